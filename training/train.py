"""Trains the parser: python train.py --treebanks FOLDER --vectors FOLDER --out RUN ….

Reads the train parts and what the teacher thinks of them and of plain text, reports on the dev
parts after each epoch, writes averaged weights, the vocabulary and the lemmatizer's lexicon to RUN.
Test parts are never read.

The product multiplies by pairs of weights, of two neighbouring inputs and one output, and skips
pairs of zeros. In the midst of the training pairs are set to zero bit by bit, those first whose
loss would cost least for the time that they take.
"""

import argparse
import time

import jax
import jax.numpy as jnp
import numpy as np

import features
import model
from conllu import read_conllu
from corpus import begin
from data import batches
from opinions import KINDS

jax.config.update("jax_default_prng_impl", "unsafe_rbg")

RATES = {"input": 0.15, "layer": 0.15, "mlp": 0.15, "word": 0.1, "delta": 0.2}
PAIR = 2
# Layers that are thinned out, and how often a token needs them: the first layer's products are
# kept for each form, and most forms are met again soon.
COSTS = {"l1": 0.4} | dict.fromkeys(
    ("l2", "l3", "tag", "arc_h", "arc_d", "dist", "lab_h", "lab_d", "lab_sum", "lab_prod"), 1.0)
# Steps between two cuts, and the part of the training before the first and at the last.
CUT_EVERY, FIRST_CUT, LAST_CUT = 50, 0.2, 0.6


def cross_entropy(logits, gold, mask, smoothing=0.0):
    """Mean over the tokens of `mask` (B, T) whose `gold` (B, T) is known."""
    log_p = jax.nn.log_softmax(logits, axis=-1)
    weight = mask * (gold >= 0)
    picked = jnp.take_along_axis(log_p, jnp.maximum(gold, 0)[:, :, None], axis=-1)[:, :, 0]
    loss = -(picked * weight).sum()
    if smoothing:
        loss = (1 - smoothing) * loss - smoothing * (log_p.mean(-1) * weight).sum()
    return loss


def distance_to(logits, batch, kind, mask):
    """Cross entropy to the teacher's shares, summed over the tokens of `mask` (B, T)."""
    log_p = jnp.maximum(jax.nn.log_softmax(logits, axis=-1), -30.0)
    picked = jnp.take_along_axis(log_p, batch[f"{kind}_numbers"], axis=-1)
    return -((picked * batch[f"{kind}_shares"]).sum(-1) * mask).sum()


def loss_of(scores, batch):
    """Of `scores`, tag, arc and label logits, the last for the heads of the batch: how far they are
    from the annotation and from what the teacher says. Mean over the tokens."""
    mask = batch["mask"]
    gold = mask * batch["gold"][:, None]
    told = mask - gold
    loss = 0.0
    for logits, kind, name, smoothing in zip(
            scores, KINDS, ("tags", "heads", "labels"), (0.03, 0.0, 0.03)):
        loss += cross_entropy(logits, batch[name], gold, smoothing)
        loss += distance_to(logits, batch, kind, told)
    return loss / jnp.maximum(mask.sum(), 1.0)


def masks(state, share):
    """1 for the weights of the pairs to keep, `share` of all by their cost.

    What the loss of a pair would cost is estimated by the squares of its weights, each times the
    mean square of its gradient (the diagonal of Fisher's information, as in "Optimal Brain Damage",
    LeCun and others, 1989), which Adam keeps.
    """
    params, _, square, _, _ = state
    worth = {}
    for name, cost in COSTS.items():
        both = np.asarray(params[name]) ** 2 * np.asarray(square[name]) / cost
        worth[name] = both.reshape(-1, PAIR, both.shape[1]).sum(1)
    flat = np.concatenate([worth[name].ravel() for name in COSTS])
    costs = np.concatenate([np.full(worth[name].size, cost) for name, cost in COSTS.items()])
    order = np.argsort(-flat, kind="stable")
    n_kept = np.searchsorted(np.cumsum(costs[order]), share * costs.sum(), side="right")
    bound = flat[order[min(n_kept, len(order) - 1)]]
    return {name: jnp.array((w >= bound).repeat(PAIR, 0), jnp.float32)
            for name, w in worth.items()}


def keep_share(keep):
    """The share of the products that is kept."""
    kept = sum(float(keep[name].sum()) * cost for name, cost in COSTS.items())
    return kept / sum(keep[name].size * cost for name, cost in COSTS.items())


def scores_at_gold(params, glove, batch, rates=None, key=None):
    """Tag, arc and label logits, the last for the gold heads."""
    tags, arcs, parts = model.forward(params, glove, batch, rates, key)
    return tags, arcs, model.label_logits(params, parts, batch["heads"], batch["dist"])


def make_step(decay):
    """One step of Adam with averaged weights. `keep` holds masks by the name of a weight: where one
    is 0, the weight is and stays 0.
    """

    def loss_at(params, glove, batch, key):
        return loss_of(scores_at_gold(params, glove, batch, RATES, key), batch)

    def step(state, keep, glove, batch, key, lr):
        params, m, v, ema, t = state
        loss, grads = jax.value_and_grad(loss_at)(params, glove, batch, key)
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
    parser.add_argument("--opinions", help="what the teacher thinks: its opinions.npz")
    parser.add_argument("--epochs", type=int, default=30)
    parser.add_argument("--hidden", type=int, default=128)
    parser.add_argument("--keep", type=float, default=0.45, help="share of the products kept")
    parser.add_argument("--lr", type=float, default=0.004)
    args, corpus = begin(parser)
    if args.opinions:
        plain_text = read_conllu(args.plain_text) if args.plain_text else []
        corpus.learn_from_teacher(args.opinions, plain_text)
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
    step, predict = make_step(0.998), make_predict()
    keep = {name: jnp.ones_like(params[name]) for name in COSTS}

    rng = np.random.default_rng(args.seed)
    done = 0
    key = jax.random.PRNGKey(args.seed + 100)
    for epoch in range(args.epochs):
        started = time.time()
        total = 0
        planned = list(batches(corpus.epoch(rng), forms, args.batch, rng))
        for i, (batch, _) in enumerate(planned):
            key, sub = jax.random.split(key)
            progress = (epoch + i / len(planned)) / args.epochs
            cut = min(1.0, (progress - FIRST_CUT) / (LAST_CUT - FIRST_CUT))
            if cut > 0 and done % CUT_EVERY == 0 and keep_share(keep) > args.keep + 1e-3:
                keep = masks(state, args.keep + (1 - args.keep) * (1 - cut) ** 3)
            lr = args.lr * min(1.0, (done + 1) / 200) * max(0.01, 1 - progress)
            state, loss = step(state, keep, glove, batch, sub, lr)
            total += float(loss)
            done += 1
        seconds = time.time() - started
        averaged = {k: v * keep[k] if k in keep else v for k, v in state[3].items()}
        scores = {k: evaluate(predict, averaged, glove, v, forms, corpus.tag_upos)
                  for k, v in corpus.dev.items()}
        print(f"epoch {epoch + 1} loss {total / len(planned):.4f} {seconds:.0f}s "
              f"kept {keep_share(keep):.3f} {scores}", flush=True)
        np.savez(f"{args.out}/params.npz", **{k: np.asarray(v) for k, v in averaged.items()})
    print({k: round(float(v.mean()), 2) for k, v in keep.items()})


if __name__ == "__main__":
    main()
