#!/usr/bin/env python3
"""Fits the numbers of `data/rules/confidence.toml` to annotated articles.

    tieline explain --format json --article ARTICLE... > explained.jsonl
    python3 training/confidence.py gold.jsonl explained.jsonl [gold.jsonl explained.jsonl ...] \
        --out data/rules/confidence.toml

A found claim is right where the annotators made a claim of the same relation and pair in the same
sentence; those that they call optional are left out. Logistic regression with a ridge, stronger
for the relations' own terms. Prints how well the estimates hold on articles that were left out of
the fit: ten parts, whole articles. Needs nothing but Python.
"""

import argparse
import collections
import json
import math
import re

SYMMETRIC = {"meets", "negotiates", "contacts", "agrees", "cooperates"}
FEATURES = ["weight", "recovered", "owners", "conducts", "references", "stand_ins", "distance"]
# Terms far from these cost: how far is told by the second number.
PRIOR = {"intercept": (0.0, 3.0), "weight": (0.5, 0.5), "distance": (0.0, 0.1)}
RIDGE, RELATION_RIDGE = 1.0, 0.5


def plain(text):
    return re.sub(r"\W+", " ", text).strip().lower()


def key(claim):
    pair = [claim["source"], claim["target"]]
    if claim["relation"] in SYMMETRIC:
        pair.sort()
    return (claim["relation"], *pair)


def examples(gold_path, explained_path):
    """(article, relation, features, right) of each found claim."""
    gold, optional = collections.defaultdict(list), collections.defaultdict(list)
    with open(gold_path, encoding="utf-8") as lines:
        for article in map(json.loads, lines):
            for claim in article["claims"]:
                gold[article["doc"]].append((plain(claim["sentence"]), key(claim)))
            for claim in article.get("optional_claims") or article.get("optional") or []:
                optional[article["doc"]].append((plain(claim["sentence"]), key(claim)))
    with open(explained_path, encoding="utf-8") as lines:
        for article in map(json.loads, lines):
            doc = article["article"]
            if doc not in gold:
                continue
            for sentence in article["sentences"]:
                for claim in sentence["claims"]:
                    text = plain(claim["sentence"])

                    def stands_in(claims):
                        return any(
                            of == key(claim) and (said in text or text in said)
                            for said, of in claims
                        )

                    right = stands_in(gold[doc])
                    if not right and stands_in(optional[doc]):
                        continue
                    weight = min(max(claim["features"]["weight"], 0.02), 0.98)
                    values = dict(claim["features"], weight=math.log(weight / (1 - weight)))
                    yield doc, claim["relation"], values, right


def row(relation, values, relations):
    return (
        [1.0]
        + [float(values[name]) for name in FEATURES]
        + [1.0 if relation == known else 0.0 for known in relations]
    )


def solve(matrix, vector):
    """Gaussian elimination with pivots."""
    n = len(vector)
    rows = [list(matrix[i]) + [vector[i]] for i in range(n)]
    for i in range(n):
        pivot = max(range(i, n), key=lambda r: abs(rows[r][i]))
        rows[i], rows[pivot] = rows[pivot], rows[i]
        for r in range(i + 1, n):
            factor = rows[r][i] / rows[i][i]
            for c in range(i, n + 1):
                rows[r][c] -= factor * rows[i][c]
    found = [0.0] * n
    for i in reversed(range(n)):
        rest = sum(rows[i][c] * found[c] for c in range(i + 1, n))
        found[i] = (rows[i][n] - rest) / rows[i][i]
    return found


def probability(theta, x):
    score = sum(t * v for t, v in zip(theta, x))
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, score))))


def fit(data, relations):
    """Newton's method; converges in a few steps."""
    names = ["intercept", *FEATURES]
    centre = [PRIOR.get(name, (0.0, 0.0))[0] for name in names] + [0.0] * len(relations)
    spread = [PRIOR.get(name, (0.0, RIDGE))[1] for name in names] + [RELATION_RIDGE] * len(relations)
    theta = list(centre)
    rows = [(row(relation, values, relations), right) for _, relation, values, right in data]
    for _ in range(30):
        n = len(theta)
        gradient = [(theta[i] - centre[i]) / spread[i] ** 2 for i in range(n)]
        hessian = [[0.0] * n for _ in range(n)]
        for i in range(n):
            hessian[i][i] = 1 / spread[i] ** 2
        for x, right in rows:
            p = probability(theta, x)
            for i in range(n):
                if x[i]:
                    gradient[i] += (p - right) * x[i]
                    for j in range(n):
                        hessian[i][j] += p * (1 - p) * x[i] * x[j]
        step = solve(hessian, gradient)
        theta = [t - s for t, s in zip(theta, step)]
        if max(map(abs, step)) < 1e-6:
            break
    return theta


def report(judged):
    """Reliability of (estimate, right) pairs."""
    bins = [(0.0, 0.3), (0.3, 0.5), (0.5, 0.7), (0.7, 0.8), (0.8, 0.9), (0.9, 1.01)]
    error = 0.0
    print("| estimate | claims | mean estimate | right |")
    print("| --- | ---: | ---: | ---: |")
    for low, high in bins:
        inside = [pair for pair in judged if low <= pair[0] < high]
        if inside:
            mean = sum(p for p, _ in inside) / len(inside)
            right = sum(r for _, r in inside) / len(inside)
            error += abs(mean - right) * len(inside) / len(judged)
            print(f"| {low:.1f} to {min(high, 1.0):.1f} | {len(inside)} | {mean:.2f} | {right:.2f} |")
    brier = sum((p - r) ** 2 for p, r in judged) / len(judged)
    base = sum(r for _, r in judged) / len(judged)
    wrong = [p for p, r in judged if not r]
    good = [p for p, r in judged if r]
    wins = sum((g > w) + 0.5 * (g == w) for g in good for w in wrong)
    print(f"\nClaims {len(judged)}, right {base:.3f}, expected calibration error {error:.3f}, "
          f"Brier score {brier:.3f} (constant: {base * (1 - base):.3f}), "
          f"area under the curve {wins / max(1, len(good) * len(wrong)):.3f}")


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("inputs", nargs="+", help="gold and explained files in turn")
    parser.add_argument("--out", help="write the numbers here")
    arguments = parser.parse_args()
    pairs = list(zip(arguments.inputs[::2], arguments.inputs[1::2]))
    data = [example for pair in pairs for example in examples(*pair)]
    relations = sorted({relation for _, relation, _, _ in data})
    articles = sorted({doc for doc, *_ in data})
    judged = []
    for part in range(10):
        held = set(articles[part::10])
        theta = fit([d for d in data if d[0] not in held], relations)
        for doc, relation, values, right in data:
            if doc in held:
                judged.append((probability(theta, row(relation, values, relations)), right))
    report(judged)
    theta = fit(data, relations)
    if arguments.out:
        with open(arguments.out, "w", encoding="utf-8") as out:
            print("# Log odds that a claim is right, for each unit of what its derivation shows.", file=out)
            print("# Made by training/confidence.py; ARCHITECTURE.md tells how well they hold.\n", file=out)
            print("[confidence]", file=out)
            for name, value in zip(["intercept", *FEATURES], theta):
                print(f"{name} = {value:.3f}", file=out)
            print("\n[confidence.relations]", file=out)
            for name, value in zip(relations, theta[1 + len(FEATURES):]):
                print(f"{name} = {value:.3f}", file=out)


if __name__ == "__main__":
    main()
