#!/usr/bin/env python3
"""Draw the passages that are annotated.

    draw.py SHARED      print {"file", "doc", "part", "end"} of each, one a line

SHARED is the folder that holds `plain/`. For each file a seeded random order of its documents; of
each document the whole paragraphs from its beginning as far as they stay within 240 words, or one
paragraph more where that leaves fewer than 150. Documents without such a passage of 150 to 400
words are passed over. Every fifth passage is held out.
"""
import json
import os
import random
import sys

SEED = 20240607
QUOTA = {"wikipedia-current-events": 20, "us-state-department": 8, "us-white-house": 8,
         "kremlin": 6, "wikinews": 3, "us-crs": 3, "us-congressional-record": 2}


def passage_end(text):
    """Length of the passage in bytes, or None."""
    at, best = 0, None
    for paragraph in text.split("\n\n"):
        at += len(paragraph)
        words = len(text[:at].split())
        if words > (240 if best else 400):
            break
        if words >= 150:
            best = at
        at += 2
    return best and len(text[:best].encode())


def draw(shared):
    passages = []
    for name, quota in QUOTA.items():
        with open(os.path.join(shared, "plain", name + ".jsonl"), encoding="utf-8") as handle:
            documents = [json.loads(line) for line in handle]
        documents.sort(key=lambda document: document["id"])
        random.Random("%d %s" % (SEED, name)).shuffle(documents)
        passages += [{"file": name + ".jsonl", "doc": document["id"], "end": end}
                     for document, end in ((d, passage_end(d["text"])) for d in documents)
                     if end][:quota]
    for number, passage in enumerate(passages, 1):
        passage["part"] = "dev" if number % 5 else "heldout"
    return passages


def main(argv):
    if len(argv) != 1:
        sys.exit(__doc__)
    for passage in draw(argv[0]):
        print(json.dumps(passage))


if __name__ == "__main__":
    main(sys.argv[1:])
