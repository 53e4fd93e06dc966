#!/usr/bin/env python3
"""Compile annotation files into one gold file.

    compile.py [FOLDER]            write FOLDER/gold.jsonl   (default: dev, beside this file)
    compile.py [FOLDER] --check    compare only; exit 1 when gold.jsonl is out of date
    compile.py [FOLDER] --gaps     also list capitalised words that no alias covers

Read from FOLDER: `entities.tsv` (ids, names, aliases) and, for every article
`NAME.txt`, its annotations `NAME.gold.txt`.  README.md describes both forms.
Nothing is written when anything is wrong: unknown ids, a sentence or a cue that
is not in the text, a value outside its set, a claim given twice, an actor that
the sentence does not name although the claim is not marked `c`.

Offsets count Unicode characters, lines start at 1.
"""
import collections
import json
import os
import re
import sys

RELATIONS = {"supplies", "meets", "warns", "visits", "negotiates", "contacts", "agrees",
             "cooperates", "requests", "supports", "accuses", "threatens", "sanctions",
             "attacks", "represents", "rejects", "yields", "coerces", "protests", "mobilizes",
             "investigates"}
SYMMETRIC = {"meets", "negotiates", "contacts", "agrees", "cooperates"}
DATE = re.compile(r"^\d{4}(-\d\d(-\d\d)?)?(/\d{4}(-\d\d(-\d\d)?)?)?$")
ID = re.compile(r"^(state:[A-Z]{3}|group:([A-Z]{3}-)?[a-z0-9]+(-[a-z0-9]+)*"
                r"|(person|organization|weapon):[a-z0-9]+(-[a-z0-9]+)*)$")
TITLE = r"(?:(?:Mr|Mrs|Ms|Dr)\.? )?"


class Problems(list):
    """Everything found wrong, as `file:line: message`."""

    def at(self, path, number, message):
        self.append("%s:%d: %s" % (os.path.basename(path), number, message))


class Lexicon:
    """Ids, their names and the surface forms that name them.

    full     surface -> id, everywhere
    short    id -> surnames and the like, valid where a full form stands or a
             header `alias` says so
    maybe    surfaces that are neither required nor wrong as mentions
    """

    def __init__(self, path, problems):
        self.names, self.full, self.short, self.maybe = {}, {}, {}, set()
        self.slugs = collections.defaultdict(list)
        with open(path, encoding="utf-8") as handle:
            for number, line in enumerate(handle, 1):
                line = line.rstrip("\n")
                if not line or line.startswith("#"):
                    continue
                fields = line.split("\t")
                if len(fields) != 3 or not ID.match(fields[0]):
                    problems.at(path, number, "expected id, name, aliases: %r" % line)
                    continue
                ident, name, aliases = fields
                if ident in self.names:
                    problems.at(path, number, "%s is listed twice" % ident)
                self.names[ident] = name
                self.slugs[ident.split(":")[1]].append(ident)
                full, _, short = aliases.partition("/")
                for surface in filter(None, map(str.strip, full.split("|"))):
                    if surface.startswith("~"):
                        surface = surface[1:]
                        self.maybe.add(surface)
                    if self.full.setdefault(surface, ident) != ident:
                        problems.at(path, number, "%r also names %s" % (surface, self.full[surface]))
                self.short[ident] = [s for s in map(str.strip, short.split("|")) if s]

    def resolve(self, word):
        """`RUS`, `kim-jong-un` or a whole id to the id; None when unknown or ambiguous."""
        if ":" in word:
            return word if word in self.names else None
        found = self.slugs.get(word, [])
        return found[0] if len(found) == 1 else None

    def pattern(self, surface, ident):
        kind = ident.split(":")[0]
        body = re.escape(surface).replace(r"\ ", r"[\s\u00a0]")
        if kind == "weapon":
            return r"(?<![\w-])(?i:%s)(?:e?s)?(?![\w])" % body
        before = TITLE if kind == "person" else ""
        return r"(?<![\w])%s%s(?![\w])" % (before, body)


def ranges(text):
    return [[int(a), int(b or a)] for a, b in re.findall(r"(\d+)(?:-(\d+))?", text)]


def parse_claim(body, lexicon, complain):
    """One claim line without its mark; None when it cannot be read."""
    cue = re.search(r'"([^"]+)"', body)
    rest = body[:cue.start()] + body[cue.end():] if cue else body
    items = re.search(r"\[([^\]]*)\]", rest)
    rest = rest.replace(items.group(0), " ") if items else rest
    quantity = re.search(r"\{([^}]*)\}", rest)
    rest = rest.replace(quantity.group(0), " ") if quantity else rest
    voice = re.search(r"@\(([^)]*)\)|@(\S+)", rest)
    rest = rest.replace(voice.group(0), " ") if voice else rest
    words = rest.split()
    if len(words) < 3 or not cue:
        complain("expected relation, source, target and a cue")
        return None
    claim = {"sentence": None, "relation": words[0], "source": None, "target": None,
             "items": [], "quantity": quantity.group(1) if quantity else None,
             "polarity": "positive", "modality": "asserted", "attribution": None,
             "date": None, "needs_coreference": False, "cue": cue.group(1)}
    if words[0] not in RELATIONS:
        complain("no such relation: %s" % words[0])
    for role, word in (("source", words[1]), ("target", words[2])):
        claim[role] = lexicon.resolve(word)
        if not claim[role]:
            complain("unknown or ambiguous id: %s" % word)
    for item in (items.group(1).split(",") if items else []):
        item = item.strip()
        claim["items"].append(lexicon.resolve(item) or item if item.startswith("weapon:") else item)
        if item.startswith("weapon:") and not lexicon.resolve(item):
            complain("unknown item: %s" % item)
    if voice:
        claim["attribution"] = voice.group(1) or lexicon.resolve(voice.group(2))
        if not claim["attribution"]:
            complain("unknown speaker: %s" % voice.group(2))
    for word in words[3:]:
        if word == "neg":
            claim["polarity"] = "negative"
        elif word in ("hedg", "pros"):
            claim["modality"] = {"hedg": "hedged", "pros": "prospective"}[word]
        elif word == "c":
            claim["needs_coreference"] = True
        elif DATE.match(word):
            claim["date"] = word
        else:
            complain("what is %r?" % word)
    if words[0] == "represents":
        claim["role"] = claim["cue"]
    if (claim["items"] or claim["quantity"]) and words[0] != "supplies":
        complain("only supplies has items")
    return claim


def find_mentions(text, lexicon, header, boilerplate):
    """All mentions in text order; longer surfaces win over shorter ones."""
    table = dict(lexicon.full)
    for ident, shorts in lexicon.short.items():
        if any(re.search(lexicon.pattern(s, ident), text)
               for s, i in lexicon.full.items() if i == ident):
            for short in shorts:
                if table.setdefault(short, ident) != ident:
                    table[short] = None          # two people of one surname: needs an alias
    maybe = set(lexicon.maybe)
    for surface, ident in header["alias"]:
        table[surface] = ident
        maybe.discard(surface)
    taken, found = set(), []
    for surface, ident in sorted(table.items(), key=lambda kv: -len(kv[0])):
        if not ident:
            continue
        for match in re.finditer(lexicon.pattern(surface, ident), text):
            cells = set(range(*match.span()))
            if cells & taken:
                continue
            taken |= cells
            found.append({"surface": match.group(0), "id": ident, "start": match.start(),
                          "end": match.end()})
            if surface in maybe:
                found[-1]["optional"] = True
    for context in header["not"]:
        spans = spans_of(text, context)
        found = [m for m in found if (m["start"], m["end"]) not in spans]
    for context in header["optional"]:
        for mention in found:
            if (mention["start"], mention["end"]) in spans_of(text, context):
                mention["optional"] = True
    found.sort(key=lambda m: m["start"])
    for mention in found:
        line = text.count("\n", 0, mention["start"]) + 1
        if any(a <= line <= b for a, b in boilerplate):
            mention["boilerplate"] = True
    return found


def spans_of(text, context):
    """Places of `in [Riyadh]`: the bracketed part of every occurrence of the whole."""
    left, _, rest = context.partition("[")
    inner, _, right = rest.partition("]")
    return {(m.start() + len(left), m.start() + len(left) + len(inner))
            for m in re.finditer(re.escape(left + inner + right), text)}


def read_annotations(path, lexicon, problems):
    header = {"date": None, "title": [], "boilerplate": [], "teasers": [],
              "alias": [], "not": [], "optional": []}
    sentences = []
    with open(path, encoding="utf-8") as handle:
        for number, line in enumerate(handle, 1):
            line = line.rstrip("\n")
            if not line or line.startswith("#"):
                continue
            if line.startswith("| "):
                sentences.append((number, line[2:], []))
            elif line[0] in ">?" and sentences:
                claim = parse_claim(line[1:], lexicon, lambda m, n=number: problems.at(path, n, m))
                if claim:
                    sentences[-1][2].append((number, line[0] == "?", claim))
            elif ":" in line and not sentences:
                key, value = (part.strip() for part in line.split(":", 1))
                if key == "date":
                    header["date"] = value
                elif key == "title":
                    header["title"] = [a for a, _ in ranges(value)]
                elif key in ("boilerplate", "teasers"):
                    header[key] = ranges(value)
                elif key == "alias":
                    surface, ident = (part.strip() for part in value.rsplit("=", 1))
                    header["alias"].append((surface, lexicon.resolve(ident)))
                    if not lexicon.resolve(ident):
                        problems.at(path, number, "unknown id %s" % ident)
                elif key in ("not", "optional"):
                    header[key].append(value)
                else:
                    problems.at(path, number, "unknown key %s" % key)
            else:
                problems.at(path, number, "cannot read: %s" % line[:60])
    if not header["date"] or not DATE.match(header["date"]):
        problems.at(path, 1, "no date")
    return header, sentences


def check_claim(claim, optional, named, complain):
    """Value checks that need the sentence."""
    if claim["cue"] not in claim["sentence"]:
        complain("cue %r is not in the sentence" % claim["cue"])
    if claim["quantity"] and claim["quantity"] not in claim["sentence"]:
        complain("quantity %r is not in the sentence" % claim["quantity"])
    if claim["source"] == claim["target"]:
        complain("source and target are the same")
    for item in claim["items"]:
        if item.startswith("weapon:"):
            if item not in named:
                complain("%s is not named in the sentence" % item)
        elif item not in claim["sentence"]:
            complain("item %r is not in the sentence" % item)
    missing = [claim[r] for r in ("source", "target") if claim[r] not in named]
    if missing and not claim["needs_coreference"] and not optional:
        complain("%s not named in the sentence: mark it c" % ", ".join(map(str, missing)))


def compile_article(path, lexicon, problems, gaps):
    with open(path, encoding="utf-8", newline="") as handle:
        text = handle.read()
    notes = path[:-len(".txt")] + ".gold.txt"
    header, sentences = read_annotations(notes, lexicon, problems)
    lines = text.split("\n")
    mentions = find_mentions(text, lexicon, header, header["boilerplate"])
    if gaps:
        list_gaps(path, text, mentions)
    for kind in ("not", "optional"):
        for context in header[kind]:
            if not spans_of(text, context):
                problems.at(notes, 1, "%s: %r is not in the text" % (kind, context))
    claims, optional_claims, texts, at, seen = [], [], [], 0, set()
    for number, sentence, annotated in sentences:
        start = text.find(sentence, at)
        if start < 0:
            problems.at(notes, number, "sentence is not in the text (or out of order)")
            continue
        at, line = start + len(sentence), text.count("\n", 0, start) + 1
        if any(a <= line <= b for a, b in header["boilerplate"]):
            problems.at(notes, number, "sentence lies in boilerplate")
        texts.append(sentence)
        named = {m["id"] for m in mentions if start <= m["start"] < at}
        for claim_line, is_optional, claim in annotated:
            complain = lambda m, n=claim_line: problems.at(notes, n, m)  # noqa: E731
            claim["sentence"] = sentence
            check_claim(claim, is_optional, named, complain)
            pair = (claim["source"], claim["target"])
            if claim["relation"] in SYMMETRIC:
                pair = tuple(sorted(map(str, pair)))
            key = (start, claim["relation"], pair, claim["polarity"], claim["modality"],
                   tuple(claim["items"]), is_optional)
            if key in seen:
                complain("claim given twice")
            seen.add(key)
            claim.update(start=start, end=at, line=line)
            (optional_claims if is_optional else claims).append(claim)
    used = {m["id"] for m in mentions}
    for claim in claims + optional_claims:
        used |= {claim["source"], claim["target"], claim["attribution"], *claim["items"]}
    for a, b in header["boilerplate"] + header["teasers"] + [[t, t] for t in header["title"]]:
        if not 1 <= a <= b <= len(lines):
            problems.at(notes, 1, "line range %d-%d is outside the article" % (a, b))
    title = lines[header["title"][0] - 1].strip() if header["title"] else ""
    return {"doc": os.path.basename(path), "date": header["date"], "title": title,
            "title_lines": header["title"], "boilerplate": header["boilerplate"],
            "teasers": header["teasers"],
            "entities": {i: lexicon.names[i] for i in sorted(used & set(lexicon.names))},
            "mentions": mentions, "claims": claims, "optional_claims": optional_claims,
            "sentences": texts}


def list_gaps(path, text, mentions):
    """Capitalised words inside sentences that no alias covers: candidates for the lexicon."""
    covered = {i for m in mentions for i in range(m["start"], m["end"])}
    words = collections.Counter(
        m.group(0) for m in re.finditer(r"(?<=[a-z,;] )[A-Z][\w-]+(?: [A-Z][\w-]+)*", text)
        if not set(range(*m.span())) & covered)
    if words:
        print("%s: %s" % (os.path.basename(path), ", ".join(sorted(words))))


def main(argv):
    flags = {a for a in argv if a.startswith("--")}
    folders = [a for a in argv if not a.startswith("--")]
    folder = folders[0] if folders else os.path.join(os.path.dirname(os.path.abspath(__file__)), "dev")
    problems = Problems()
    lexicon = Lexicon(os.path.join(folder, "entities.tsv"), problems)
    articles = []
    for name in sorted(os.listdir(folder)):
        if name.endswith(".txt") and not name.endswith(".gold.txt"):
            articles.append(compile_article(os.path.join(folder, name), lexicon, problems,
                                            "--gaps" in flags))
    if problems:
        print("\n".join(problems), file=sys.stderr)
        return 1
    output = "".join(json.dumps(a, ensure_ascii=False) + "\n" for a in articles)
    target = os.path.join(folder, "gold.jsonl")
    if "--check" in flags:
        with open(target, encoding="utf-8") as handle:
            same = handle.read() == output
        print("gold.jsonl is %s" % ("up to date" if same else "out of date"))
        return 0 if same else 1
    with open(target, "w", encoding="utf-8", newline="\n") as handle:
        handle.write(output)
    summary(articles)
    return 0


def summary(articles):
    claims = [c for a in articles for c in a["claims"]]
    busy = {(a["doc"], c["start"]) for a in articles for c in a["claims"]}
    n_sentences = sum(len(a["sentences"]) for a in articles)
    count = collections.Counter
    print("%d articles, %d claims (%d optional beside them) in %d of %d sentences" % (
        len(articles), len(claims), sum(len(a["optional_claims"]) for a in articles),
        len(busy), n_sentences))
    print("needs coreference %d, negative %d, hedged %d, prospective %d, attributed %d, dated %d" % (
        sum(c["needs_coreference"] for c in claims),
        sum(c["polarity"] == "negative" for c in claims),
        sum(c["modality"] == "hedged" for c in claims),
        sum(c["modality"] == "prospective" for c in claims),
        sum(bool(c["attribution"]) for c in claims), sum(bool(c["date"]) for c in claims)))
    print(", ".join("%s %d" % kv for kv in count(c["relation"] for c in claims).most_common()))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
