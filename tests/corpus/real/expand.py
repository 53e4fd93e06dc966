#!/usr/bin/env python3
"""Join the references with the texts that they point into.

    expand.py SHARED OUT_DIR [--known] [--set first|late|all] [--part dev|heldout] [--files]

SHARED is the folder that holds `plain/`; OUT_DIR lies outside of the repository, since what is
written holds the texts.

    passages.jsonl   the passages as documents: id, date, title, text, url, source, licence
    gold.jsonl       their claims in the form of the gold of the seed texts
    aliases.json     spellings of ids that count as the same

    --known   leave out the claims of the relations rejects, yields, coerces, protests, mobilizes
              and investigates, and those with an entity of the kind group
    --set     only passages of this set; without it those of the first one
    --part    only passages of this part
    --files   a text file for each passage in place of passages.jsonl, named as `doc` in gold.jsonl

A document's text is its title, an empty line, and the passage; offsets count its characters. There
are no mentions: only claims are annotated.
"""
import argparse
import json
import os
import sys

import compile as notes

NEW = {"rejects", "yields", "coerces", "protests", "mobilizes", "investigates"}


def is_known(claim):
    ids = [claim["source"], claim["target"]]
    if isinstance(claim["attribution"], str):
        ids.append(claim["attribution"])
    return claim["relation"] not in NEW and not any(i.startswith("group:") for i in ids)


class Text:
    """Title and passage as one text, addressed by the references' byte spans."""

    def __init__(self, document, end):
        self.parts = {True: document["title"].encode(), False: document["text"].encode()[:end]}
        self.head = document["title"] + "\n\n"
        self.whole = self.head + self.parts[False].decode()

    def cut(self, span, in_title):
        return self.parts[in_title][span[0]:span[1]].decode()

    def at(self, byte, in_title):
        """The character that a byte of one part is in the whole."""
        before = len(self.parts[in_title][:byte].decode())
        return before if in_title else len(self.head) + before


def place_of(sentence):
    return (sentence["title"], True) if isinstance(sentence, dict) else (sentence, False)


def expand_claim(claim, text):
    span, in_title = place_of(claim["sentence"])
    words = lambda value: (text.cut(value, in_title) if isinstance(value, list)  # noqa: E731
                           else value)
    start = text.at(span[0], in_title)
    out = {"sentence": text.cut(span, in_title), "relation": claim["relation"],
           "source": claim["source"], "target": claim["target"],
           "items": [words(item) for item in claim["items"]], "quantity": words(claim["quantity"]),
           "polarity": claim["polarity"], "modality": claim["modality"],
           "attribution": words(claim["attribution"]), "date": claim["date"],
           "needs_coreference": claim["needs_coreference"], "cue": words(claim["cue"]),
           "start": start, "end": start + len(text.cut(span, in_title)),
           "line": text.whole.count("\n", 0, start) + 1}
    if "role" in claim:
        out["role"] = words(claim["role"])
    return out


def expand(record, document, entities, doc, known):
    text = Text(document, record["end"])
    kept = [c for c in record["claims"] if not known or is_known(c)]
    claims = [(c["optional"], expand_claim(c, text)) for c in kept]
    used = set()
    for _, claim in claims:
        used |= {claim["source"], claim["target"], claim["attribution"], *claim["items"]}
    return {"doc": doc, "date": document["date"], "title": document["title"], "text": text.whole,
            "title_lines": [1], "boilerplate": [], "teasers": [], "part": record["part"],
            **{key: record[key] for key in notes.LATE_KEYS if key in record},
            "entities": {i: entities.names.get(i, i.partition(":")[2].replace("-", " "))
                         for i in sorted(filter(None, used)) if i in entities.names
                         or i.startswith("group:")},
            "claims": [c for optional, c in claims if not optional],
            "optional_claims": [c for optional, c in claims if optional],
            "sentences": [text.cut(*place_of(s)) for s in record["sentences"]]}


def write_lines(path, rows):
    with open(path, "w", encoding="utf-8", newline="\n") as handle:
        for row in rows:
            handle.write(json.dumps(row, ensure_ascii=False) + "\n")


def main(argv=None):
    parser = argparse.ArgumentParser(description="Join the references with the texts.")
    parser.add_argument("shared")
    parser.add_argument("out")
    parser.add_argument("--known", action="store_true")
    parser.add_argument("--set", choices=("first", "late", "all"), default="first")
    parser.add_argument("--part", choices=("dev", "heldout"))
    parser.add_argument("--files", action="store_true")
    args = parser.parse_args(argv)
    entities = notes.Entities()
    records = [r for r in notes.read_gold() if args.part in (None, r["part"])
               and args.set in ("all", r.get("set", "first"))]
    documents = notes.read_plain(args.shared, {(r["file"], r["doc"]) for r in records})
    os.makedirs(args.out, exist_ok=True)
    gold, passages = [], []
    for record in records:
        document = documents[record["doc"]]
        text = document["text"].encode()[:record["end"]].decode()
        doc = record["doc"] + ".txt" * args.files
        gold.append(expand(record, document, entities, doc, args.known))
        passages.append(dict(document, text=text))
        if args.files:
            with open(os.path.join(args.out, doc), "w", encoding="utf-8", newline="\n") as handle:
                handle.write(gold[-1]["text"])
    if not args.files:
        write_lines(os.path.join(args.out, "passages.jsonl"), passages)
    write_lines(os.path.join(args.out, "gold.jsonl"), gold)
    path = os.path.join(args.out, "aliases.json")
    with open(path, "w", encoding="utf-8", newline="\n") as handle:
        json.dump(entities.respelled, handle, indent=1, sort_keys=True)
        handle.write("\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
