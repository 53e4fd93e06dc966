"""Thins a trained net out: python compress.py RUN --treebanks FOLDER --vectors FOLDER --out RUN2.

The product multiplies by pairs of weights, of two neighbouring inputs and one output, and skips
pairs of zeros. Here pairs are set to zero bit by bit, those first whose loss would cost least for
the time that they take, while the rest is trained on to say what the whole net says. Reads train
parts only, reports on the dev parts.
"""

import argparse
import time

import jax
import jax.numpy as jnp
import numpy as np

from corpus import begin
from data import batches
from train import cross_entropy, evaluate, loss_of_gold, make_predict, make_step, scores_at_gold

PAIR = 2
# Layers that are thinned out, and how often a token needs them: the first layer's products are
# kept for each form, and seven of ten forms are met again soon.
COSTS = {"l1": 0.3} | dict.fromkeys(
    ("l2", "l3", "tag", "arc_h", "arc_d", "dist", "lab_h", "lab_d", "lab_sum", "lab_prod"), 1.0)
RATES = {"input": 0.1, "layer": 0.1, "mlp": 0.1, "word": 0.1, "delta": 0.1}
# Share of what the gold annotation says in the loss; the rest is what the whole net says.
GOLD = 0.25
# Steps between two cuts, before the first, and the part of the training after the last.
CUT_EVERY, FIRST_CUT, AFTER_CUTS = 50, 200, 0.5


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


def loss_of(params, batch, key, given):
    """What the gold annotation and the whole net say of `params`; `given` is glove and that net."""
    glove, teacher = given
    scores = scores_at_gold(params, glove, batch, RATES, key)
    mask = batch["mask"]
    total = jnp.maximum(mask.sum(), 1.0)
    loss = GOLD * loss_of_gold(scores, batch)
    for own, whole in zip(scores, scores_at_gold(teacher, glove, batch)):
        wanted = jax.lax.stop_gradient(jax.nn.softmax(whole, axis=-1))
        own = jnp.maximum(jax.nn.log_softmax(own, axis=-1), -30.0)
        loss -= (1 - GOLD) * ((wanted * own).sum(-1) * mask).sum() / total
    return loss


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("run")
    parser.add_argument("--keep", type=float, default=0.33, help="share of the products kept")
    parser.add_argument("--epochs", type=int, default=14)
    parser.add_argument("--lr", type=float, default=0.002)
    args, corpus = begin(parser)
    teacher = {name: jnp.array(v) for name, v in np.load(f"{args.run}/params.npz").items()}
    dims = {"hidden": teacher["l2"].shape[1] // 6, "word": 64, "ngram": 64, "shape": 16,
            "arc": 128, "label": 128}
    corpus.write(args.out, dims, args)
    glove = jnp.array(corpus.vocabulary.glove)
    params = jax.tree.map(jnp.copy, teacher)
    zeros = lambda: jax.tree.map(jnp.zeros_like, params)
    state = (params, zeros(), zeros(), jax.tree.map(jnp.copy, params), jnp.zeros(()))
    step, predict = make_step(loss_of, 0.998), make_predict()
    keep = {name: jnp.ones_like(params[name]) for name in COSTS}

    rng = np.random.default_rng(args.seed + 1)
    key = jax.random.PRNGKey(args.seed + 200)
    done = 0
    for epoch in range(args.epochs):
        started = time.time()
        total = 0
        planned = list(batches(corpus.epoch(rng), corpus.forms, args.batch, rng))
        for i, (batch, _) in enumerate(planned):
            key, sub = jax.random.split(key)
            progress = (epoch + i / len(planned)) / args.epochs
            cut = min(1.0, progress / (1 - AFTER_CUTS))
            if done >= FIRST_CUT and done % CUT_EVERY == 0 and keep_share(keep) > args.keep + 1e-3:
                keep = masks(state, args.keep + (1 - args.keep) * (1 - cut) ** 3)
            lr = args.lr * min(1.0, (done + 1) / 200) * max(0.01, 1 - progress)
            state, loss = step(state, keep, (glove, teacher), batch, sub, lr)
            total += float(loss)
            done += 1
        averaged = {k: v * keep[k] if k in keep else v for k, v in state[3].items()}
        scores = {k: evaluate(predict, averaged, glove, v, corpus.forms, corpus.tag_upos)
                  for k, v in corpus.dev.items()}
        shares = {k: round(float(v.mean()), 2) for k, v in keep.items()}
        print(f"epoch {epoch + 1} loss {total / len(planned):.4f} {time.time() - started:.0f}s "
              f"kept {keep_share(keep):.3f} {shares} {scores}", flush=True)
        np.savez(f"{args.out}/params.npz", **{k: np.asarray(v) for k, v in averaged.items()})


def keep_share(keep):
    """The share of the products that is kept."""
    kept = sum(float(keep[name].sum()) * cost for name, cost in COSTS.items())
    return kept / sum(keep[name].size * cost for name, cost in COSTS.items())


if __name__ == "__main__":
    main()
