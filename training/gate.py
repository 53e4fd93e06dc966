"""Learns how likely a word starts a claim, from what the program finds when it reads thoroughly.

python gate.py OUT.bin --rules data/rules STARTS...

STARTS are files that `cargo run --release --example gate -- TEXTS` printed. A weight for each bucket
of hashed features is fitted by regularised logistic regression, words that start a claim weighing
eight times as much. The documents whose id hashes to 7, 8 or 9 of ten are kept out, but for those of the
development corpus: on them the threshold is chosen at which at most one claim in two hundred stands in
a sentence below it. No random number is involved. The format is described in `data/model/README.md`.
"""

import argparse
import pathlib
import struct
import tomllib
import zlib

import numpy as np
import scipy.optimize
import scipy.sparse

MAGIC = b"tlgate\0\x01"
BITS = 18
RIDGE = 40.0
POSITIVE = 8.0
LOST = 0.005


def fnv(text):
    h = 0x811C9DC5
    for byte in text.encode():
        h = ((h ^ byte) * 0x01000193) & 0xFFFFFFFF
    return h


class Starts:
    """Rows of features, one a start, and the sentences that they stand in."""

    def __init__(self):
        self.features, self.ends, self.labels, self.sentence = [], [0], [], []
        self.numbers = {}
        self.n_tokens, self.n_claims, self.always, self.kept_out = [], [], [], []

    def read(self, path):
        for line in open(path, encoding="utf-8"):
            document, sentence, tokens, claims, always, label, names, hashes = line.rstrip("\n").split("\t")
            key = document, sentence
            if key not in self.numbers:
                self.numbers[key] = len(self.numbers)
                self.n_tokens.append(int(tokens))
                self.n_claims.append(int(claims))
                self.always.append(always == "1")
                is_out = zlib.crc32(document.encode()) % 10 > 6
                self.kept_out.append(is_out and not path.endswith("dev.tsv"))
            if names:
                self.add(hashes.split(), label, key)
            elif always == "0":
                # Each person's features stand behind a 0.
                for person in (" " + hashes).split(" 0 ")[1:]:
                    self.add(person.split(), label, key)

    def add(self, hashes, label, key):
        self.features.extend(int(feature, 16) >> (32 - BITS) for feature in hashes)
        self.ends.append(len(self.features))
        self.labels.append(label == "1")
        self.sentence.append(self.numbers[key])

    def finish(self):
        ones = np.ones(len(self.features), np.float32)
        shape = len(self.labels), 1 << BITS
        self.rows = scipy.sparse.csr_matrix((ones, np.array(self.features, np.int32), self.ends), shape)
        for name in ("labels", "sentence", "n_tokens", "n_claims", "always", "kept_out"):
            setattr(self, name, np.array(getattr(self, name)))


def fit(rows, labels):
    columns = rows.T.tocsr()
    cost = np.where(labels, POSITIVE, 1.0)

    def loss(weights):
        scores = rows @ weights
        wrong = np.logaddexp(0, np.where(labels, -scores, scores))
        slope = cost * (1 / (1 + np.exp(-scores)) - labels)
        return (cost * wrong).sum() + RIDGE / 2 * weights @ weights, columns @ slope + RIDGE * weights

    start = np.zeros(rows.shape[1])
    options = {"maxiter": 60, "maxcor": 8}
    return scipy.optimize.minimize(loss, start, jac=True, method="L-BFGS-B", options=options).x


def threshold(starts, weights):
    """The largest score below which the sentences kept out hold few enough of their claims."""
    scores = np.full(len(starts.n_tokens), -np.inf)
    np.maximum.at(scores, starts.sentence, starts.rows @ weights)
    scores[starts.always] = np.inf
    out = starts.kept_out
    scores, claims, tokens = scores[out], starts.n_claims[out], starts.n_tokens[out]
    order = np.argsort(scores, kind="stable")
    lost = np.cumsum(claims[order])
    last = np.searchsorted(lost, LOST * claims.sum(), side="right")
    kept = scores >= scores[order[last]]
    print(
        f"kept out: {claims.sum()} claims, {claims[~kept].sum()} lost, "
        f"{tokens[kept].sum() / tokens.sum():.3f} of the words kept"
    )
    return scores[order[last]]


def triggers(folder):
    """Hashes of the triggers of all rules, each behind its rule's name: the gate judges no others."""
    known = set()
    for path in pathlib.Path(folder).glob("*.toml"):
        for rule in tomllib.loads(path.read_text(encoding="utf-8")).get("rule", []):
            name = f"{rule.get('relation', path.stem)}.{rule['name']}"
            for part in ("verbs", "nouns", "adjectives"):
                known.update(fnv(" ".join([name, *entry.split()])) for entry in rule.get(part, []))
    return sorted(known)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("out")
    parser.add_argument("--rules", required=True)
    parser.add_argument("starts", nargs="+")
    args = parser.parse_args()
    starts = Starts()
    for path in args.starts:
        starts.read(path)
    starts.finish()
    learned = ~starts.kept_out[starts.sentence]
    weights = fit(starts.rows[learned], starts.labels[learned])
    limit = threshold(starts, weights)
    scale = 127 / np.abs(weights).max()
    steps = np.rint(weights * scale).astype(np.int8)
    known = triggers(args.rules)
    with open(args.out, "wb") as file:
        file.write(MAGIC + struct.pack("<iI", int(np.floor(limit * scale)), len(known)))
        file.write(np.array(known, "<u4").tobytes() + steps.tobytes())
    labels = starts.labels[learned]
    print(f"{len(labels)} starts, {labels.sum()} of claims, threshold {limit:.2f}")


if __name__ == "__main__":
    main()
