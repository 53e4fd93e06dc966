"""Trains the parser: python train.py --treebanks FOLDER --vectors FOLDER --out RUN.

Reads the train parts, reports on the dev parts after each epoch, writes averaged weights, the
vocabulary and the lemmatizer's lexicon to RUN. Test parts are never read.
"""

import argparse
import json
import os
import time

import jax
import jax.numpy as jnp
import numpy as np

import features
import lemmas
import model
from conllu import read_conllu
from data import Encoded, Forms, Vocabulary, batches, load_glove, variants
from grammar import Grammar

jax.config.update("jax_default_prng_impl", "unsafe_rbg")

# Documents whose sentences are seen half as often again: edited prose like that of news.
NEWS_LIKE = ("GUM_news", "GUM_bio", "GUM_voyage")
RATES = {"input": 0.2, "layer": 0.25, "mlp": 0.25, "word": 0.1, "delta": 0.25}


def losses(params, glove, batch, key, rates):
    tags, arcs, parts = model.forward(params, glove, batch, rates, key)
    mask = batch["mask"]
    total = jnp.maximum(mask.sum(), 1.0)

    def cross_entropy(logits, gold, smoothing=0.0):
        log_p = jax.nn.log_softmax(logits, axis=-1)
        weight = mask * (gold >= 0)
        picked = jnp.take_along_axis(log_p, jnp.maximum(gold, 0)[:, :, None], axis=-1)[:, :, 0]
        loss = -(picked * weight).sum() / total
        if smoothing:
            loss = (1 - smoothing) * loss - smoothing * (log_p.mean(-1) * weight).sum() / total
        return loss

    labels = model.label_logits(params, parts, batch["heads"], batch["dist"])
    return (
        cross_entropy(tags, batch["tags"], 0.03)
        + cross_entropy(arcs, batch["heads"])
        + cross_entropy(labels, batch["labels"], 0.03)
    )


def make_step(rates, decay):
    def step(state, glove, batch, key, lr):
        params, m, v, ema, t = state
        loss, grads = jax.value_and_grad(losses)(params, glove, batch, key, rates)
        norm = jnp.sqrt(sum(jnp.sum(g * g) for g in jax.tree.leaves(grads)))
        grads = jax.tree.map(lambda g: g * jnp.minimum(1.0, 5.0 / (norm + 1e-6)), grads)
        t = t + 1
        b1, b2 = 0.9, 0.98
        m = jax.tree.map(lambda a, g: b1 * a + (1 - b1) * g, m, grads)
        v = jax.tree.map(lambda a, g: b2 * a + (1 - b2) * g * g, v, grads)
        c1, c2 = 1 - b1**t, 1 - b2**t
        params = jax.tree.map(
            lambda p, a, b: p - lr * (a / c1) / (jnp.sqrt(b / c2) + 1e-8), params, m, v
        )
        d = jnp.minimum(decay, (1 + t) / (10 + t))
        ema = jax.tree.map(lambda e, p: d * e + (1 - d) * p, ema, params)
        return (params, m, v, ema, t), loss

    return jax.jit(step, donate_argnums=0)


def make_predict():
    def predict(params, glove, batch):
        tags, arcs, parts = model.forward(params, glove, batch, None)
        heads = arcs.argmax(-1)
        labels = model.label_logits(params, parts, heads, batch["dist"])
        return tags.argmax(-1), heads, labels.argmax(-1)

    return jax.jit(predict)


def evaluate(predict, params, glove, encoded, forms, tag_upos):
    """UPOS, UAS, LAS in percent with plain argmax heads."""
    n = upos = uas = las = 0
    for batch, _ in batches(encoded, forms, 2600):
        tags, heads, labels = (np.asarray(a) for a in predict(params, glove, batch))
        mask = batch["mask"] > 0
        n += mask.sum()
        gold = batch["tags"]
        upos += ((tag_upos[tags] == tag_upos[np.maximum(gold, 0)]) & mask & (gold >= 0)).sum()
        right = (heads == batch["heads"]) & mask
        uas += right.sum()
        las += (right & (labels == batch["labels"])).sum()
    return tuple(round(float(100.0 * x / n), 2) for x in (upos, uas, las))


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--treebanks", required=True)
    parser.add_argument("--vectors", required=True)
    parser.add_argument("--out", required=True)
    parser.add_argument("--epochs", type=int, default=26)
    parser.add_argument("--hidden", type=int, default=128)
    parser.add_argument("--words", type=int, default=24000)
    parser.add_argument("--lr", type=float, default=0.004)
    parser.add_argument("--batch", type=int, default=1280)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--invented", type=int, default=900,
                        help="sentences an epoch from the grammar")
    args = parser.parse_args()
    os.makedirs(args.out, exist_ok=True)
    jax.config.update("jax_compilation_cache_dir", f"{args.out}/compiled")

    train = read_conllu(f"{args.treebanks}/ewt-train.conllu") + read_conllu(f"{args.treebanks}/gum-train.conllu")
    devs = {name: read_conllu(f"{args.treebanks}/{name}-dev.conllu") for name in ("ewt", "gum")}
    glove_rows, vectors = load_glove(args.vectors)
    vocabulary = Vocabulary(train, glove_rows, vectors, args.words)
    tags = sorted({pair for s in train for pair in zip(s.upos, s.xpos)})
    deprels = sorted({d for s in train for d in s.deprels})
    tag_ids = {t: i for i, t in enumerate(tags)}
    label_ids = {d: i for i, d in enumerate(deprels)}
    upos_names = sorted({u for u, _ in tags})
    tag_upos = np.array([upos_names.index(u) for u, _ in tags])

    forms = Forms(vocabulary)
    plain = [Encoded(s, forms, tag_ids, label_ids) for s in train]
    like_news = [s.source.startswith(NEWS_LIKE) for s in train]
    noisy = [[Encoded(v, forms, tag_ids, label_ids) for v in variants(s)] for s in train]
    grammar = Grammar(np.random.default_rng(args.seed))
    invented = [grammar.sentence() for _ in range(10 * args.invented)]
    invented = [[Encoded(v, forms, tag_ids, label_ids) for v in [s] + variants(s)] for s in invented]
    dev = {k: [Encoded(s, forms, tag_ids, label_ids) for s in v] for k, v in devs.items()}
    forms.freeze()

    dims = {"hidden": args.hidden, "word": 64, "ngram": 64, "shape": 16, "arc": 128, "label": 128}
    params = model.init(
        jax.random.PRNGKey(args.seed), len(vocabulary.words), vocabulary.n_delta,
        vocabulary.glove, dims, len(tags), len(deprels), features.N_BUCKETS, features.N_SHAPES,
    )
    meta = {"dims": dims, "tags": tags, "deprels": deprels, "words": vocabulary.words,
            "n_delta": vocabulary.n_delta, "has_glove": vocabulary.has_glove.tolist(),
            "args": vars(args)}
    json.dump(meta, open(f"{args.out}/meta.json", "w"))
    np.save(f"{args.out}/glove.npy", vocabulary.glove)
    with open(f"{args.out}/lemmas.tsv", "w", encoding="utf-8") as file:
        file.write("\n".join(lemmas.lines(lemmas.build(train, glove_rows))) + "\n")
    glove = jnp.array(vocabulary.glove)
    zeros = lambda: jax.tree.map(jnp.zeros_like, params)
    state = (params, zeros(), zeros(), jax.tree.map(jnp.copy, params), jnp.zeros(()))
    step = make_step(RATES, 0.998)
    predict = make_predict()

    rng = np.random.default_rng(args.seed)
    done = 0
    key = jax.random.PRNGKey(args.seed + 100)
    for epoch in range(args.epochs):
        epoch_started = time.time()
        chosen = [
            other[rng.integers(len(other))] if rng.random() < 0.12 else e
            for e, other in zip(plain, noisy)
        ]
        chosen += [e for e, news in zip(plain, like_news) if news and rng.random() < 0.5]
        for i in rng.choice(len(invented), args.invented, replace=False):
            other = invented[i]
            chosen.append(other[rng.integers(len(other))] if rng.random() < 0.12 else other[0])
        total = 0
        planned = list(batches(chosen, forms, args.batch, rng))
        for i, (batch, _) in enumerate(planned):
            key, sub = jax.random.split(key)
            progress = (epoch + i / len(planned)) / args.epochs
            lr = args.lr * min(1.0, (done + 1) / 200) * max(0.02, 1 - progress)
            state, loss = step(state, glove, batch, sub, lr)
            total += float(loss)
            done += 1
        seconds = time.time() - epoch_started
        scores = {k: evaluate(predict, state[3], glove, v, forms, tag_upos) for k, v in dev.items()}
        print(f"epoch {epoch + 1} loss {total / len(planned):.4f} {seconds:.0f}s {scores}", flush=True)
        np.savez(f"{args.out}/params.npz", **{k: np.asarray(v) for k, v in state[3].items()})


if __name__ == "__main__":
    main()
