#!/usr/bin/env python3
"""Compile annotations of real text into references to it.

    compile.py SHARED NOTES            check NOTES/*.txt, write the gold files
    compile.py SHARED NOTES --check    compare only; exit 1 when they are out of date
    compile.py SHARED NOTES --write    the other way: write NOTES/*.txt out of the gold files

SHARED is the folder that holds `plain/`. NOTES lies outside of the repository, since the notes hold
the text; what is compiled holds none of it. README.md describes both forms.

Nothing is written when anything is wrong: a sentence, cue, item or quantity that is not in the
text, an unknown id, a value outside its set, a claim given twice, an actor that the sentence does
not name although the claim is not marked `c`.
"""
import collections
import csv
import json
import os
import re
import sys
import unicodedata

HERE = os.path.dirname(os.path.abspath(__file__))
GAZETTEER = os.path.join(HERE, "..", "..", "..", "data", "gazetteer")
RELATIONS = ["supplies", "meets", "warns", "visits", "negotiates", "contacts", "agrees",
             "cooperates", "requests", "supports", "accuses", "threatens", "sanctions", "attacks",
             "rejects", "yields", "coerces", "protests", "mobilizes", "investigates", "represents"]
SYMMETRIC = {"meets", "negotiates", "contacts", "agrees", "cooperates"}
DATE = re.compile(r"^\d{4}(-\d\d(-\d\d)?)?(/\d{4}(-\d\d(-\d\d)?)?)?$")
GROUP = re.compile(r"^group:([A-Z]{3}|[a-z]+)(-[a-z]+)+$")
KINDS = {"p": "person", "o": "organization", "g": "group", "w": "weapon"}
STROKES = str.maketrans("ĐđŁłØøı", "DdLlOoi")
SHORT = {kind: letter for letter, kind in KINDS.items()}
WIKIPEDIA = "wikipedia-current-events.jsonl"
# By set, and whether the texts are Wikipedia's, which are passed on under their own licence.
OUTPUTS = {("first", False): "gold.jsonl", ("first", True): "gold-wikipedia.jsonl",
           ("late", False): "gold-late.jsonl", ("late", True): "gold-late-wikipedia.jsonl"}
LATE_KEYS = ("set", "drawn")


def fold(text):
    """Without accents."""
    text = unicodedata.normalize("NFKD", text.translate(STROKES))
    return "".join(c for c in text if not unicodedata.combining(c))


class Entities:
    """Ids with their names, and the surface forms that name them."""

    def __init__(self, gazetteer=GAZETTEER, own=os.path.join(HERE, "entities.tsv")):
        self.names, self.surfaces, self.respelled = {}, {}, {}
        for table in ("states", "people", "organizations", "weapons"):
            with open(os.path.join(gazetteer, table + ".csv"), encoding="utf-8") as handle:
                lines = (line for line in handle if not line.startswith("#"))
                for row in csv.DictReader(lines):
                    self.add(row["id"], row["name"], *(
                        surface.lstrip("?") for column in
                        ("surname", "aliases", "adjectives", "people", "capitals", "seats",
                         "organs")
                        for surface in (row.get(column) or "").split(";")))
        with open(own, encoding="utf-8") as handle:
            for line in handle:
                if line.strip() and not line.startswith("#"):
                    ident, name, surfaces, spellings = line.rstrip("\n").split("\t")
                    self.add(ident, name, *surfaces.split("|"))
                    self.respelled.update((other, ident) for other in spellings.split())

    def add(self, ident, name, *surfaces):
        self.names.setdefault(ident, name)
        if ident.startswith("person:"):
            surfaces += (name.split()[-1],)
        self.surfaces.setdefault(ident, []).extend(filter(None, (name, *surfaces)))

    def named(self, ident, sentence):
        """Whether the sentence holds a name of it, whatever the accents."""
        if ident.startswith("group:"):
            return True
        return any(re.search(r"(?<![A-Za-z])%s(?![a-z])" % re.escape(fold(surface.rstrip("-"))),
                             fold(sentence))
                   for surface in self.surfaces.get(ident, []))


def read_plain(shared, wanted):
    """The documents by id; `wanted` holds pairs of file and id."""
    documents = {}
    for name in sorted({name for name, _ in wanted}):
        with open(os.path.join(shared, "plain", name), encoding="utf-8") as handle:
            for line in handle:
                document = json.loads(line)
                if (name, document["id"]) in wanted:
                    documents[document["id"]] = document
    return documents


def byte_span(whole, part, start=0, nth=1):
    """Where the nth `part` after character `start` stands in `whole`, in bytes; None if nowhere."""
    at = start - 1
    for _ in range(nth):
        at = whole.find(part, at + 1)
        if at < 0:
            return None
    before = len(whole[:at].encode())
    return [before, before + len(part.encode())]


def expand_id(word):
    if re.fullmatch(r"[A-Z]{3}", word):
        return "state:" + word
    kind, _, slug = word.partition(":")
    return "%s:%s" % (KINDS.get(kind, kind), slug)


def shorten_id(ident):
    kind, _, slug = ident.partition(":")
    return slug if kind == "state" else "%s:%s" % (SHORT[kind], slug)


def parse_claim(line):
    """One line of notes; actors and items still as written."""
    rest = line[1:].strip()
    fields = {"optional": line[0] == "?"}
    for key, pattern in (("cue", r'"([^"]+)"(?:#(\d))?'), ("items", r"\[([^\]]*)\]()"),
                         ("quantity", r"\{([^}]*)\}()"), ("voice", r"@\(([^)]*)\)()|@(\S+)")):
        match = re.search(pattern, rest)
        if match:
            fields[key] = match.groups()
            rest = rest.replace(match.group(0), " ", 1)
    words = rest.split()
    if len(words) < 3 or "cue" not in fields:
        raise ValueError("expected relation, source, target and a cue")
    fields.update(relation=words[0], sources=words[1].split("+"), targets=words[2].split("+"),
                  polarity="positive", modality="asserted", date=None, coreference=False)
    for word in words[3:]:
        if word == "neg":
            fields["polarity"] = "negative"
        elif word in ("hedg", "pros"):
            fields["modality"] = {"hedg": "hedged", "pros": "prospective"}[word]
        elif word == "c":
            fields["coreference"] = True
        elif DATE.match(word):
            fields["date"] = word
        else:
            raise ValueError("what is %r?" % word)
    if words[0] not in RELATIONS:
        raise ValueError("no such relation: %s" % words[0])
    if words[0] != "supplies" and ("items" in fields or "quantity" in fields):
        raise ValueError("only supplies has items")
    return fields


def pairs(fields):
    """Each source with each target; `*` pairs the sources among themselves."""
    if fields["targets"] == ["*"]:
        sources = fields["sources"]
        return [(a, b) for i, a in enumerate(sources) for b in sources[i + 1:]]
    return [(a, b) for a in fields["sources"] for b in fields["targets"]]


class Passage:
    """The notes of one passage, compiled."""

    def __init__(self, path, shared, entities, problems):
        self.path, self.entities, self.problems = path, entities, problems
        header, self.lines = {}, []
        with open(path, encoding="utf-8") as handle:
            for number, line in enumerate(handle, 1):
                line = line.rstrip("\n")
                if not line or line.startswith("#"):
                    continue
                if line.startswith("| ") or line[0] in ">?" and self.lines:
                    self.lines.append((number, line))
                else:
                    key, _, value = line.partition(": ")
                    header[key] = value
        self.document = read_plain(shared, {(header["file"], header["doc"])})[header["doc"]]
        text = self.document["text"].encode()[:int(header["end"])].decode()
        self.record = {"file": header["file"], "doc": header["doc"], "part": header["part"],
                       "end": int(header["end"]), "sentences": [], "claims": []}
        self.record.update((key, header[key]) for key in LATE_KEYS if key in header)
        if header.get("set", "first") not in {name for name, _ in OUTPUTS}:
            self.complain(1, "no such set: %s" % header["set"])
        self.title, self.text = self.document["title"], text
        self.seen = set()
        self.compile()

    def complain(self, number, message):
        self.problems.append("%s:%d: %s" % (os.path.basename(self.path), number, message))

    def compile(self):
        whole, at, sentence = self.title, 0, None
        for number, line in self.lines:
            if not line.startswith("| "):
                if sentence:
                    self.claims(number, line, sentence, whole)
                continue
            words = line[2:]
            if whole is self.title and self.record["sentences"]:
                whole, at = self.text, 0
            span = byte_span(whole, words, at)
            if span is None:
                self.complain(number, "sentence is not in the text, or out of order")
                sentence = None
                continue
            at = whole.find(words, at) + len(words)
            sentence = (words, span)
            self.record["sentences"].append({"title": span} if whole is self.title else span)
        covered = sum(len(re.findall(r"\S", line[2:])) for _, line in self.lines if line[0] == "|")
        if covered != len(re.findall(r"\S", self.title + self.text)):
            self.complain(1, "the sentences do not cover the passage")

    def claims(self, number, line, sentence, whole):
        words, span = sentence
        complain = lambda message: self.complain(number, message)  # noqa: E731
        try:
            fields = parse_claim(line)
        except ValueError as error:
            return complain(str(error))

        def place(part, nth=1):
            found = byte_span(words, part, 0, nth)
            if found is None:
                complain("%r is not in the sentence" % part)
                return [0, 0]
            return [span[0] + found[0], span[0] + found[1]]

        def known(word):
            ident = expand_id(word)
            if ident not in self.entities.names and not GROUP.match(ident):
                complain("unknown id %s" % ident)
            return ident

        items = []
        for item in filter(None, map(str.strip, fields.get("items", ("",))[0].split(","))):
            items.append(known(item) if item.startswith("w:") else place(item))
        voice = fields.get("voice")
        voice = voice and (place(voice[0]) if voice[0] else known(voice[2]))
        cue = place(fields["cue"][0], int(fields["cue"][1] or 1))
        for source, target in pairs(fields):
            source, target = known(source), known(target)
            claim = {"sentence": self.record["sentences"][-1], "relation": fields["relation"],
                     "source": source, "target": target, "items": items,
                     "quantity": place(fields["quantity"][0]) if "quantity" in fields else None,
                     "polarity": fields["polarity"], "modality": fields["modality"],
                     "attribution": voice, "date": fields["date"],
                     "needs_coreference": fields["coreference"], "cue": cue,
                     "optional": fields["optional"]}
            if fields["relation"] == "represents":
                claim["role"] = cue
            if source == target:
                complain("source and target are the same")
            actors = (source, target)
            if fields["relation"] in SYMMETRIC:
                actors = tuple(sorted(actors))
            key = (json.dumps(claim["sentence"]), fields["relation"], actors, fields["polarity"],
                   fields["modality"])
            if key in self.seen:
                complain("given twice: %s %s %s" % (fields["relation"], source, target))
            self.seen.add(key)
            if not fields["coreference"] and not fields["optional"]:
                for actor in actors:
                    if not self.entities.named(actor, words):
                        complain("%s is not named in the sentence: mark it c" % actor)
            self.record["claims"].append(claim)


def write_notes(record, document, path):
    """The notes out of which a record is compiled, one claim a line."""
    title = document["title"].encode()
    text = document["text"].encode()
    cut = lambda whole, span: whole[span[0]:span[1]].decode()  # noqa: E731
    out = ["%s: %s" % (key, record[key]) for key in ("file", "doc", "part", *LATE_KEYS, "end")
           if key in record]
    for sentence in record["sentences"]:
        in_title = isinstance(sentence, dict)
        whole, span = (title, sentence["title"]) if in_title else (text, sentence)
        out += ["", "| " + cut(whole, span)]
        for claim in record["claims"]:
            if claim["sentence"] != sentence:
                continue
            line = ["?" if claim["optional"] else ">", claim["relation"],
                    shorten_id(claim["source"]), shorten_id(claim["target"])]
            if claim["items"]:
                line.append("[%s]" % ", ".join(
                    shorten_id(item) if isinstance(item, str) else cut(whole, item)
                    for item in claim["items"]))
            if claim["quantity"]:
                line.append("{%s}" % cut(whole, claim["quantity"]))
            line += ["neg"] * (claim["polarity"] == "negative")
            line += [claim["modality"][:4]] * (claim["modality"] != "asserted")
            voice = claim["attribution"]
            if voice:
                line.append("@" + (shorten_id(voice) if isinstance(voice, str)
                                   else "(%s)" % cut(whole, voice)))
            line += [claim["date"]] * bool(claim["date"])
            line += ["c"] * claim["needs_coreference"]
            words = cut(whole, claim["cue"])
            before = whole[span[0]:claim["cue"][0]].decode()
            nth = 1 + sum(1 for m in re.finditer("(?=%s)" % re.escape(words), before + words)
                          if m.start() < len(before))
            line.append('"%s"' % words + ("#%d" % nth if nth > 1 else ""))
            out.append(" ".join(line))
    with open(path, "w", encoding="utf-8", newline="\n") as handle:
        handle.write("\n".join(out) + "\n")


def read_gold():
    for name in OUTPUTS.values():
        with open(os.path.join(HERE, name), encoding="utf-8") as handle:
            for line in handle:
                yield json.loads(line)


def summary(records):
    claims = [c for r in records for c in r["claims"] if not c["optional"]]
    extra = sum(len(r["claims"]) for r in records) - len(claims)
    busy = {(r["doc"], json.dumps(c["sentence"])) for r in records for c in r["claims"]
            if not c["optional"]}
    count = collections.Counter
    print("%d passages, %d sentences, %d of them with claims; %d claims, %d optional ones" % (
        len(records), sum(len(r["sentences"]) for r in records), len(busy), len(claims), extra))
    print("needing coreference %d, negative %d, hedged %d, prospective %d, attributed %d, "
          "dated %d" % (
        sum(c["needs_coreference"] for c in claims),
        sum(c["polarity"] == "negative" for c in claims),
        sum(c["modality"] == "hedged" for c in claims),
        sum(c["modality"] == "prospective" for c in claims),
        sum(bool(c["attribution"]) for c in claims), sum(bool(c["date"]) for c in claims)))
    print(", ".join("%s %d" % pair for pair in count(c["relation"] for c in claims).most_common()))
    print("optional: " + ", ".join("%s %d" % pair for pair in count(
        c["relation"] for r in records for c in r["claims"] if c["optional"]).most_common()))


def main(argv):
    flags = {a for a in argv if a.startswith("--")}
    folders = [a for a in argv if not a.startswith("--")]
    if len(folders) != 2 or flags - {"--check", "--write"}:
        sys.exit(__doc__)
    shared, notes = folders
    if "--write" in flags:
        records = list(read_gold())
        documents = read_plain(shared, {(r["file"], r["doc"]) for r in records})
        os.makedirs(notes, exist_ok=True)
        for record in records:
            path = os.path.join(notes, record["doc"] + ".txt")
            write_notes(record, documents[record["doc"]], path)
        return 0
    entities, problems = Entities(), []
    records = [Passage(os.path.join(notes, name), shared, entities, problems).record
               for name in sorted(os.listdir(notes)) if name.endswith(".txt")]
    if problems:
        print("\n".join(problems), file=sys.stderr)
        return 1
    same = True
    for kind, name in OUTPUTS.items():
        output = "".join(json.dumps(record, ensure_ascii=False) + "\n" for record in records
                         if (record.get("set", "first"), record["file"] == WIKIPEDIA) == kind)
        path = os.path.join(HERE, name)
        if "--check" in flags:
            with open(path, encoding="utf-8") as handle:
                same = same and handle.read() == output
        else:
            with open(path, "w", encoding="utf-8", newline="\n") as handle:
                handle.write(output)
    if "--check" in flags:
        print("the gold files are %s" % ("up to date" if same else "out of date"))
        return 0 if same else 1
    for name in ("first", "late"):
        print("%s set:" % name)
        summary([record for record in records if record.get("set", "first") == name])
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
