"""Turns averaged weights into the file that the product embeds.

python export.py RUN OUT.bin [--bits 8]
The format is described in `data/model/README.md`.
"""

import argparse
import json
import struct

import numpy as np

import features

MAGIC = b"tlsyntax"
VERSION = 1


def checksum(body):
    """Four interleaved 64-bit FNV-1a sums over little-endian words, then folded into one."""
    padded = body + b"\0" * (-len(body) % 32)
    words = np.frombuffer(padded, "<u8").reshape(-1, 4)
    prime = 0x100000001B3
    mask = (1 << 64) - 1
    sums = [0xCBF29CE484222325 + i for i in range(4)]
    for row in words.tolist():
        sums = [((s ^ w) * prime) & mask for s, w in zip(sums, row)]
    total = 0xCBF29CE484222325
    for s in sums + [len(body)]:
        total = ((total ^ s) * prime) & mask
        total ^= total >> 29
    return total


class Writer:
    def __init__(self):
        self.parts = []

    def section(self, name, kind, rows, cols, data):
        name = name.encode()
        self.parts.append(struct.pack("<BB", len(name), kind) + name)
        self.parts.append(struct.pack("<II", rows, cols) + data)

    def text(self, name, lines):
        data = "\n".join(lines).encode()
        self.section(name, 0, len(data), 1, data)

    def hashes(self, name, values):
        self.section(name, 1, len(values), 1, np.asarray(values, "<u4").tobytes())

    def vector(self, name, values):
        values = np.asarray(values, "<f4").reshape(-1)
        self.section(name, 2, len(values), 1, values.tobytes())

    def rows8(self, name, matrix):
        """Row-wise 8 bits: value = scale of its row times integer in -127..=127."""
        scale, whole = quantise(matrix)
        data = scale.astype("<f4").tobytes() + whole.tobytes()
        self.section(name, 3, *whole.shape, data)

    def finish(self):
        body = b"".join(self.parts)
        return MAGIC + struct.pack("<IQQ", VERSION, len(body), checksum(body)) + body


def quantise(matrix, limit=127):
    matrix = np.asarray(matrix, np.float32)
    scale = np.abs(matrix).max(1) / limit
    scale = np.where(scale == 0, 1.0, scale).astype(np.float32)
    whole = np.clip(np.rint(matrix / scale[:, None]), -limit, limit).astype(np.int8)
    return scale, whole


def word_table(params, glove, meta):
    """One row a word: projected vector plus trained part; row 0 the unknown word."""
    has = np.array(meta["has_glove"])[:, None]
    table = (glove @ params["proj"] + params["proj_b"]) * has
    table[: meta["n_delta"]] += params["delta"]
    table[0] = params["unknown"]
    return table


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("run")
    parser.add_argument("out")
    args = parser.parse_args()
    params = dict(np.load(f"{args.run}/params.npz"))
    meta = json.load(open(f"{args.run}/meta.json"))
    glove = np.load(f"{args.run}/glove.npy")

    writer = Writer()
    writer.text("tags", ["\t".join(t) for t in meta["tags"]])
    writer.text("deprels", meta["deprels"])
    writer.text("lemmas", open(f"{args.run}/lemmas.tsv", encoding="utf-8").read().splitlines())
    hashes = np.array([features.fnv1a(w.encode()) for w in meta["words"][1:]], np.uint32)
    order = np.argsort(hashes, kind="stable")
    order = order[np.concatenate([[True], hashes[order][1:] != hashes[order][:-1]])]
    table = word_table(params, glove, meta)
    writer.hashes("words", hashes[order])
    writer.rows8("word", np.concatenate([table[:1], table[1:][order]]))
    writer.rows8("ngram", params["ngram"])
    writer.rows8("shape", params["shape"])
    writer.rows8("edge", params["edge"])
    for name in ("l1", "l2", "l3"):
        writer.rows8(name, params[name].T)
        writer.vector(name + ".bias", params["b" + name[1]])
    for name in ("tag", "arc_h", "arc_d", "dist", "lab_h", "lab_d"):
        writer.rows8(name, params[name].T)
        writer.vector(name + ".bias", params[name + "_b"])
    writer.rows8("tag_e", params["tag_e"])
    writer.vector("arc_root", np.maximum(params["arc_root"], 0))
    writer.vector("lab_root", params["lab_root"])
    writer.rows8("label", np.concatenate([params["lab_sum"], params["lab_prod"]]).T)
    writer.rows8("lab_dist", params["lab_dist"])
    data = writer.finish()
    with open(args.out, "wb") as file:
        file.write(data)
    print(f"{args.out}: {len(data)} bytes, {len(order)} words")


if __name__ == "__main__":
    main()
