#!/usr/bin/env python3
"""Learns `data/model/judge.csv`: how likely a careful reader would sign a proposed claim.

    tieline explain --format json --article FILE.jsonl > explained/FILE.jsonl   (for each FILE)
    python3 training/judge.py --explained explained --judged tests/corpus/judged \
        --gold tests/corpus/dev/gold.jsonl dev.jsonl --out data/model/judge.csv

`--judged` holds verdicts on proposals of real text, as references (file, document, byte span);
`--gold` pairs annotated articles with what `explain` says of them; relations that a gold file never
annotates teach nothing there. A linear model over the named
features of a proposal is fitted by penalised likelihood; features seen fewer than `--least` times
are left out. Documents that `split.py` keeps out are measured, never fitted. Doubtful verdicts
count in part towards each side. Each fifth of the training documents is estimated by a model that
did not see it; what that says of all five stretches or shrinks the weights, so that a probability
means what it says (Platt's scaling). Prints the area under the curve, the calibration and the share
of wrong claims at several cuts. Same input, same bytes out.
"""

import argparse
import collections
import csv
import json
import math
import os
import re
import sys
import zlib

import numpy as np
from scipy.optimize import minimize
from scipy.sparse import csr_matrix

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "..", "tests", "corpus", "judged"))
from split import is_held_out  # noqa: E402

FOLDS = 5
SYMMETRIC = {"meets", "negotiates", "contacts", "agrees", "cooperates"}
Row = collections.namedtuple("Row", "doc features label weight held relation confidence")


def pair(relation, source, target):
    return (source, target) if relation not in SYMMETRIC else tuple(sorted((source, target)))


def proposals(path):
    """Each proposal of a file that `explain` wrote, with the name of its document."""
    with open(path, encoding="utf-8") as lines:
        for article in map(json.loads, lines):
            for sentence in article["sentences"]:
                for claim in sentence["claims"]:
                    yield article["article"], claim


def judged_rows(explained, judged, weight):
    verdicts = {}
    for name in sorted(os.listdir(judged)):
        if not name.endswith(".jsonl") or name.startswith("missed"):
            continue
        with open(os.path.join(judged, name), encoding="utf-8") as lines:
            for v in map(json.loads, lines):
                # Sentences that were read whole hold their verdicts in a list.
                if "claims" in v:
                    place = {name: v[name] for name in ("file", "doc", "field", "start", "end")}
                    read = [dict(place, **claim) for claim in v["claims"]]
                else:
                    read = [v]
                for v in read:
                    key = (v["file"], v["doc"], v["field"], v["start"], v["end"], v["relation"])
                    key += pair(v["relation"], v["source"], v["target"])
                    verdicts[key] = v["verdict"]
    found = 0
    for file in sorted({key[0] for key in verdicts}):
        for doc, claim in proposals(os.path.join(explained, file)):
            key = (file, doc, claim["field"], claim["start"], claim["end"], claim["relation"])
            key += pair(claim["relation"], claim["source"], claim["target"])
            verdict = verdicts.get(key)
            if verdict is None:
                continue
            found += 1
            names = [name for name, _ in claim["features"]]
            held = is_held_out(file, doc)
            base = (f"{file}/{doc}", names)
            rest = (held, claim["relation"], claim["confidence"])
            if verdict == "doubtful":
                if not held:
                    yield Row(*base, 1, 0.3 * weight, *rest)
                    yield Row(*base, 0, 0.7 * weight, *rest)
            else:
                yield Row(*base, int(verdict == "right"), weight, *rest)
    print(f"{len(verdicts)} verdicts, {found} of them on proposals that are still made", file=sys.stderr)


def plain(text):
    return re.sub(r"\W+", " ", text).strip().lower()


def gold_rows(gold_path, explained_path, weight):
    wanted, optional = collections.defaultdict(list), collections.defaultdict(list)
    with open(gold_path, encoding="utf-8") as lines:
        for article in map(json.loads, lines):
            for claims, slot in ((article["claims"], wanted), (article.get("optional_claims") or [], optional)):
                for c in claims:
                    key = (c["relation"], *pair(c["relation"], c["source"], c["target"]))
                    slot[article["doc"]].append((plain(c["sentence"]), key))
    annotated = {key[0] for slot in (wanted, optional) for claims in slot.values() for _, key in claims}
    for doc, claim in proposals(explained_path):
        doc = next((d for d in (doc, doc + ".txt") if d in wanted or d in optional), None)
        if doc is None or claim["relation"] not in annotated:
            continue
        key = (claim["relation"], *pair(claim["relation"], claim["source"], claim["target"]))
        text = plain(claim["sentence"])
        stands = lambda slot: any(k == key and (t in text or text in t) for t, k in slot[doc])
        right = stands(wanted)
        if not right and stands(optional):
            continue
        names = [name for name, _ in claim["features"]]
        yield Row(f"gold/{doc}", names, int(right), weight, False, claim["relation"], claim["confidence"])


def auc(scores, labels):
    order = np.argsort(scores, kind="stable")
    ranks = np.empty(len(scores))
    sorted_scores = scores[order]
    start = 0
    while start < len(scores):
        end = start
        while end < len(scores) and sorted_scores[end] == sorted_scores[start]:
            end += 1
        ranks[order[start:end]] = (start + end + 1) / 2
        start = end
    n_right = labels.sum()
    n_wrong = len(labels) - n_right
    return (ranks[labels == 1].sum() - n_right * (n_right + 1) / 2) / max(n_right * n_wrong, 1)


def fit(rows, least, ridge):
    counts = collections.Counter(name for row in rows for name in set(row.features))
    names = sorted(name for name, n in counts.items() if n >= least)
    index = {name: i for i, name in enumerate(names)}
    matrix = table(rows, index)
    labels = np.array([row.label for row in rows], dtype=float)
    weights = np.array([row.weight for row in rows], dtype=float)
    penalty = np.full(len(names), ridge)
    penalty[index["always"]] = 1e-3

    def loss(w):
        z = matrix @ w
        value = (weights * (np.logaddexp(0, z) - labels * z)).sum() + 0.5 * (penalty * w * w).sum()
        p = 1 / (1 + np.exp(-z))
        return value, matrix.T @ (weights * (p - labels)) + penalty * w

    best = minimize(loss, np.zeros(len(names)), jac=True, method="L-BFGS-B", options={"maxiter": 500})
    return index, best.x


def table(rows, index):
    """A row each; a feature counts as often as it is told, as in the program."""
    data, columns, starts = [], [], [0]
    for row in rows:
        seen = collections.Counter(index[name] for name in row.features if name in index)
        for column in sorted(seen):
            columns.append(column)
            data.append(float(seen[column]))
        starts.append(len(columns))
    return csr_matrix((data, columns, starts), shape=(len(rows), len(index)))


def in_folds(rows, least, ridge):
    """The log odds of each row by a model that saw none of its document's fold."""
    fold = np.array([zlib.crc32(row.doc.encode()) % FOLDS for row in rows])
    scores = np.zeros(len(rows))
    for number in range(FOLDS):
        seen = [row for row, at in zip(rows, fold) if at != number]
        index, weights = fit(seen, least, ridge)
        unseen = np.flatnonzero(fold == number)
        scores[unseen] = table([rows[at] for at in unseen], index) @ weights
    return scores


def calibration(rows, scores):
    """Slope and intercept that turn log odds into those of how often they are right."""
    labels = np.array([row.label for row in rows], dtype=float)
    weights = np.array([row.weight for row in rows], dtype=float)

    def loss(line):
        z = line[0] * scores + line[1]
        p = 1 / (1 + np.exp(-z))
        value = (weights * (np.logaddexp(0, z) - labels * z)).sum()
        difference = weights * (p - labels)
        return value, np.array([difference @ scores, difference.sum()])

    return minimize(loss, np.array([1.0, 0.0]), jac=True, method="L-BFGS-B").x


def report(title, rows, probabilities):
    labels = np.array([row.label for row in rows])
    print(f"{title}: {len(rows)} proposals, {labels.mean():.3f} right, area {auc(probabilities, labels):.3f}")
    for cut in (0.0, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9):
        kept = probabilities >= cut
        if kept.any():
            recall = labels[kept].sum() / max(labels.sum(), 1)
            print(f"  from {cut:.1f}: {kept.sum():5d} kept, {labels[kept].mean():.3f} right, {recall:.3f} of the right ones")
    error = 0.0
    for low in np.arange(0, 1, 0.1):
        inside = (probabilities >= low) & (probabilities < low + 0.1)
        if inside.any():
            error += abs(labels[inside].mean() - probabilities[inside].mean()) * inside.mean()
    print(f"  expected calibration error {error:.3f}")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--explained", required=True)
    parser.add_argument("--judged", required=True)
    parser.add_argument("--gold", nargs=2, action="append", default=[], metavar=("GOLD", "EXPLAINED"))
    parser.add_argument("--gold-weight", type=float, default=0.5)
    parser.add_argument("--least", type=int, default=3)
    parser.add_argument("--ridge", type=float, default=1.0)
    parser.add_argument("--leave-out", metavar="REGEX", help="features that begin so are not used")
    parser.add_argument("--out")
    arguments = parser.parse_args()
    rows = list(judged_rows(arguments.explained, arguments.judged, 1.0))
    fitted = [row for row in rows if not row.held]
    held = [row for row in rows if row.held]
    # An annotated passage may lie in a document of which verdicts are kept out.
    measured = {"gold/" + row.doc.split("/", 1)[1] + end for row in held for end in ("", ".txt")}
    for gold, explained in arguments.gold:
        told = gold_rows(gold, explained, arguments.gold_weight)
        fitted.extend(row for row in told if row.doc not in measured)
    if arguments.leave_out:
        drop = re.compile(arguments.leave_out)
        cut = lambda row: row._replace(features=[name for name in row.features if not drop.match(name)])
        fitted, held = [cut(row) for row in fitted], [cut(row) for row in held]
    index, weights = fit(fitted, arguments.least, arguments.ridge)
    scores = in_folds(fitted, arguments.least, arguments.ridge)
    # Articles written for the project are easier than real text: they fit, but do not calibrate.
    real = np.array([not row.doc.startswith("gold/") for row in fitted])
    read = [row for row in fitted if not row.doc.startswith("gold/")]
    slope, intercept = calibration(read, scores[real])
    weights = weights * slope
    weights[index["always"]] += intercept
    report("estimated in folds", read, 1 / (1 + np.exp(-(slope * scores[real] + intercept))))
    print(f"calibration: slope {slope:.3f}, intercept {intercept:.3f}")

    def estimate(some):
        return 1 / (1 + np.exp(-(table(some, index) @ weights)))

    report("fitted", fitted, estimate(fitted))
    report("kept out", held, estimate(held))
    without = [row for row in held if row.relation != "represents"]
    report("kept out, without represents", without, estimate(without))
    before = np.array([row.confidence for row in held])
    print(f"area of the confidence in the input, kept out: {auc(before, np.array([r.label for r in held])):.3f}")
    if arguments.out:
        with open(arguments.out, "w", encoding="utf-8", newline="") as out:
            out.write("feature,weight\n")
            for name, at in sorted(index.items()):
                if abs(weights[at]) >= 0.005:
                    out.write(f"{name},{weights[at]:.3f}\n")
        print(f"{arguments.out}: {sum(abs(w) >= 0.005 for w in weights)} features", file=sys.stderr)


if __name__ == "__main__":
    main()
