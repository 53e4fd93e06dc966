#!/usr/bin/env python3
"""Tell which judged documents are kept out of training.

    split.py FILES...    print how many verdicts of each file are for training and held out

A document is held out when the BLAKE2b hash of "file/doc", eight bytes long and read as a big-endian
number, is divisible by 5. `file` and `doc` are those of the verdict, so the part depends on nothing
else and stays the same when verdicts are added.
"""
import hashlib
import json
import sys


def is_held_out(file, doc):
    """Whether no verdict on this document may be used for training."""
    digest = hashlib.blake2b(("%s/%s" % (file, doc)).encode(), digest_size=8).digest()
    return int.from_bytes(digest, "big") % 5 == 0


def main(paths):
    if not paths:
        sys.exit(__doc__)
    for path in paths:
        with open(path, encoding="utf-8") as handle:
            verdicts = [json.loads(line) for line in handle]
        held = sum(is_held_out(v["file"], v["doc"]) for v in verdicts)
        print("%s: %d for training, %d held out" % (path, len(verdicts) - held, held))


if __name__ == "__main__":
    main(sys.argv[1:])
