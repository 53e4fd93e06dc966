"""Trains the parser: python train.py --treebanks FOLDER --vectors FOLDER --out RUN.

Reads the train parts, reports on the dev parts after each epoch, writes averaged weights, the
vocabulary and the lemmatizer's lexicon to RUN. Test parts are never read.
"""

import argparse
import time

import jax
import jax.numpy as jnp
import numpy as np

import features
import model
from corpus import begin
from data import batches

jax.config.update("jax_default_prng_impl", "unsafe_rbg")

RATES = {"input": 0.2, "layer": 0.25, "mlp": 0.25, "word": 0.1, "delta": 0.25}


def cross_entropy(logits, gold, mask, smoothing=0.0):
    """Mean over the tokens of `mask` (B, T) whose `gold` (B, T) is known."""
    log_p = jax.nn.log_softmax(logits, axis=-1)
    weight = mask * (gold >= 0)
    total = jnp.maximum(mask.sum(), 1.0)
    picked = jnp.take_along_axis(log_p, jnp.maximum(gold, 0)[:, :, None], axis=-1)[:, :, 0]
    loss = -(picked * weight).sum() / total
    if smoothing:
        loss = (1 - smoothing) * loss - smoothing * (log_p.mean(-1) * weight).sum() / total
    return loss


def loss_of_gold(scores, batch):
    """Of `scores`: tag, arc and label logits, the last for the gold heads."""
    tags, arcs, labels = scores
    mask = batch["mask"]
    return (
        cross_entropy(tags, batch["tags"], mask, 0.03)
        + cross_entropy(arcs, batch["heads"], mask)
        + cross_entropy(labels, batch["labels"], mask, 0.03)
    )


def scores_at_gold(params, glove, batch, rates=None, key=None):
    """Tag, arc and label logits, the last for the gold heads."""
    tags, arcs, parts = model.forward(params, glove, batch, rates, key)
    return tags, arcs, model.label_logits(params, parts, batch["heads"], batch["dist"])


def make_step(loss_of, decay):
    """One step of Adam with averaged weights that makes `loss_of(params, batch, key, given)` smaller.

    `given` goes to the loss as it is. `keep` holds masks by the name of a weight: where one is 0,
    the weight is and stays 0.
    """

    def step(state, keep, given, batch, key, lr):
        params, m, v, ema, t = state
        loss, grads = jax.value_and_grad(loss_of)(params, batch, key, given)
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
        params = {name: p * keep[name] if name in keep else p for name, p in params.items()}
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
    parser.add_argument("--epochs", type=int, default=26)
    parser.add_argument("--hidden", type=int, default=128)
    parser.add_argument("--lr", type=float, default=0.004)
    args, corpus = begin(parser)
    vocabulary, forms = corpus.vocabulary, corpus.forms
    dims = {"hidden": args.hidden, "word": 64, "ngram": 64, "shape": 16, "arc": 128, "label": 128}
    params = model.init(
        jax.random.PRNGKey(args.seed), len(vocabulary.words), vocabulary.n_delta,
        vocabulary.glove, dims, len(corpus.tags),
        len(corpus.deprels), features.N_BUCKETS, features.N_SHAPES,
    )
    corpus.write(args.out, dims, args)
    glove = jnp.array(vocabulary.glove)
    zeros = lambda: jax.tree.map(jnp.zeros_like, params)
    state = (params, zeros(), zeros(), jax.tree.map(jnp.copy, params), jnp.zeros(()))
    step = make_step(
        lambda params, batch, key, glove: loss_of_gold(
            scores_at_gold(params, glove, batch, RATES, key), batch),
        0.998,
    )
    predict = make_predict()

    rng = np.random.default_rng(args.seed)
    done = 0
    key = jax.random.PRNGKey(args.seed + 100)
    for epoch in range(args.epochs):
        epoch_started = time.time()
        total = 0
        planned = list(batches(corpus.epoch(rng), forms, args.batch, rng))
        for i, (batch, _) in enumerate(planned):
            key, sub = jax.random.split(key)
            progress = (epoch + i / len(planned)) / args.epochs
            lr = args.lr * min(1.0, (done + 1) / 200) * max(0.02, 1 - progress)
            state, loss = step(state, {}, glove, batch, sub, lr)
            total += float(loss)
            done += 1
        seconds = time.time() - epoch_started
        scores = {k: evaluate(predict, state[3], glove, v, forms, corpus.tag_upos)
                  for k, v in corpus.dev.items()}
        print(f"epoch {epoch + 1} loss {total / len(planned):.4f} {seconds:.0f}s {scores}", flush=True)
        np.savez(f"{args.out}/params.npz", **{k: np.asarray(v) for k, v in state[3].items()})


if __name__ == "__main__":
    main()
