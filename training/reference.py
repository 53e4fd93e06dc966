"""Runs the training framework over an exported weights file, for the product to compare with.

python reference.py WEIGHTS.bin OUT.json
Writes, for a few sentences, all arc scores and the chosen tags and labels.
"""

import json
import struct
import sys

import jax.numpy as jnp
import numpy as np

import features
import model
from data import dist_table

SENTENCES = [
    "The ministry said on Monday that it would send 40 trucks to the border .",
    "NORTHERN STATES WARN OF NEW MISSILE TESTS",
    "She gave the envoy two letters , \u201c both unsigned \u201d \u2014 he never answered .",
    "Deliveries",
    "Harbour Workers Reject Offer From Shipping Company",
    "Which of the villages were shelled , and by whom , nobody in Qarvelistan-Zubkovo knows .",
]


def read(path):
    """Sections of a weights file by name: lists of lines, or arrays of what they stand for."""
    data = open(path, "rb").read()
    assert data[:8] == b"tlsyntax"
    at, sections = 28, {}
    while at < len(data):
        length, kind = data[at], data[at + 1]
        name = data[at + 2:at + 2 + length].decode()
        at += 2 + length
        rows, cols = struct.unpack_from("<II", data, at)
        at += 8
        if kind == 0:
            sections[name] = data[at:at + rows].decode().split("\n")
            at += rows
        elif kind == 1:
            sections[name] = np.frombuffer(data, "<u4", rows, at)
            at += rows * 4
        elif kind == 2:
            sections[name] = np.frombuffer(data, "<f4", rows, at)
            at += rows * 4
        else:
            scale = np.frombuffer(data, "<f4", rows, at)
            at += rows * 4
            whole = np.frombuffer(data, "i1", rows * cols, at).reshape(rows, cols)
            at += rows * cols
            sections[name] = scale[:, None] * whole
    return sections


def parameters(sections):
    """The net's parameters, words already projected."""
    s = sections
    width = s["word"].shape[1]
    params = {
        "delta": np.zeros((1, width)), "proj": np.eye(width), "proj_b": np.zeros(width),
        "unknown": s["word"][0], "ngram": s["ngram"], "shape": s["shape"], "edge": s["edge"],
        "tag_e": s["tag_e"], "arc_root": s["arc_root"], "lab_root": s["lab_root"],
        "lab_dist": s["lab_dist"],
    }
    for layer in "123":
        params["l" + layer] = s["l" + layer].T
        params["b" + layer] = s[f"l{layer}.bias"]
    for name in ("tag", "arc_h", "arc_d", "dist", "lab_h", "lab_d"):
        params[name] = s[name].T
        params[name + "_b"] = s[name + ".bias"]
    half = s["label"].shape[1] // 2
    params["lab_sum"], params["lab_prod"] = s["label"].T[:half], s["label"].T[half:]
    return {k: jnp.array(v, jnp.float32) for k, v in params.items()}


def main():
    sections = read(sys.argv[1])
    params = parameters(sections)
    rows = {h: i + 1 for i, h in enumerate(sections["words"].tolist())}
    report = []
    for sentence in SENTENCES:
        forms = sentence.split()
        normalised = [features.normalise(f) for f in forms]
        mode = features.sentence_mode(normalised)
        keys = [features.key(f) for f in normalised]
        grams = [features.ngrams(k) for k in keys]
        n = len(forms)
        batch = {
            "words": np.array([rows.get(features.fnv1a(k.encode()), 0) for k in keys], np.int32),
            "deltas": np.zeros(n, np.int32),
            "ngrams": np.array([g + [-1] * (features.MAX_NGRAMS - len(g)) for g in grams]),
            "shapes": np.array([features.shape(f, mode) for f in normalised], np.int32),
            "tokens": np.arange(n)[None], "mask": np.ones((1, n), np.float32),
            "dist": dist_table(n),
        }
        tags, arcs, parts = model.forward(params, jnp.array(sections["word"]), batch, None)
        heads = arcs.argmax(-1)
        labels = model.label_logits(params, parts, heads, batch["dist"])
        arcs = np.where(np.asarray(arcs[0]) < -1e8, 0.0, np.asarray(arcs[0]))
        report.append({
            "forms": forms,
            "shapes": batch["shapes"].tolist(),
            "hashes": [features.fnv1a(k.encode()) for k in keys],
            "tags": np.asarray(tags[0].argmax(-1)).tolist(),
            "heads": np.asarray(heads[0]).tolist(),
            "labels": np.asarray(labels[0].argmax(-1)).tolist(),
            "arcs": [[round(float(x), 3) for x in row] for row in arcs],
        })
    with open(sys.argv[2], "w", encoding="utf-8") as file:
        file.write("[\n" + ",\n".join(json.dumps(r) for r in report) + "\n]\n")


if __name__ == "__main__":
    main()
