"""The lemmatizer's lexicon: what the rules of `src/syntax/lemma.rs` get wrong.

The rules are repeated here word for word; the lexicon lists exceptions from the train parts and,
for other frequent words, the base form that is itself the more frequent word.
"""

import collections

VOWELS = set("aeiouy")
VERBS = ("VBD", "VBN", "VBG")
# Kept as they are written, whatever they are.
AS_WRITTEN = ("X", "SYM", "PUNCT")

PLURAL = [("sses", "ss"), ("ches", "ch"), ("shes", "sh"), ("xes", "x"), ("zzes", "zz"),
          ("ies", "y"), ("men", "man"), ("ss", "ss"), ("us", "us"), ("'s", ""), ("s", "")]
THIRD = [("sses", "ss"), ("ches", "ch"), ("shes", "sh"), ("xes", "x"), ("zzes", "zz"),
         ("oes", "o"), ("ies", "y"), ("s", "")]
DROPPED_E = ("at", "iz", "v", "c", "u", "bl", "pl", "tl", "dl", "gl", "rg", "dg", "nc")


def swap(lower, table):
    for old, new in table:
        if lower.endswith(old) and len(lower[: -len(old)].encode()) > 1:
            return lower[: -len(old)] + new
    return lower


def strip(lower, ending):
    stem = lower[: -len(ending)]
    if not lower.endswith(ending) or len(stem.encode()) <= 1:
        return lower
    if not stem.isascii():
        return stem
    n = len(stem)
    last, before = stem[-1], stem[-2]
    if last == "i" and ending != "ing":
        return stem[:-1] + "y"
    if not any(c in VOWELS for c in stem):
        return lower
    if last == before and last.islower() and last not in VOWELS:
        return stem if (last in "lszf" and n > 3) or n < 3 else stem[:-1]
    dropped = (
        stem.endswith(DROPPED_E)
        or last == "s"
        or (last in "rgkptdmn" and before in "aiou" and 3 <= n <= 4 and stem[-3] not in VOWELS)
    )
    return stem + "e" if dropped else stem


def rule(lower, upos, xpos):
    if xpos in ("NNS", "NNPS"):
        return swap(lower, PLURAL)
    if xpos == "VBZ" and upos in ("VERB", "AUX"):
        return swap(lower, THIRD)
    if xpos in ("VBD", "VBN") and upos == "VERB":
        return strip(lower, "ed")
    if xpos == "VBG" and upos == "VERB":
        return strip(lower, "ing")
    if xpos in ("JJR", "RBR"):
        return strip(lower, "er")
    if xpos in ("JJS", "RBS"):
        return strip(lower, "est")
    return lower


def is_name(upos, xpos):
    return upos == "PROPN" or xpos in ("NNP", "NNPS")


def fold(form):
    return form.lower().replace("\u2019", "'")


def predict(form, upos, xpos, lexicon):
    """The lemma, with the capitals of a name already folded."""
    lower = fold(form)
    found = lexicon.get((lower, xpos))
    if found is not None:
        return found
    if is_name(upos, xpos):
        return rule(lower, upos, xpos) if xpos == "NNPS" else lower
    if upos in AS_WRITTEN:
        return form
    return rule(lower, upos, xpos)


def candidates(word, ending):
    stem = word[: -len(ending)]
    found = [stem, stem + "e"]
    if len(stem) > 2 and stem[-1] == stem[-2]:
        found.append(stem[:-1])
    if stem.endswith("i") and ending != "ing":
        found.append(stem[:-1] + "y")
    return found


def build(sentences, glove_rows, n_frequent=30000):
    """{(lower form, tag): lemma} of what the rules get wrong."""
    seen = collections.defaultdict(collections.Counter)
    upos_of = collections.defaultdict(collections.Counter)
    bases = collections.Counter()
    for s in sentences:
        for form, lemma, upos, xpos in zip(s.forms, s.lemmas, s.upos, s.xpos):
            if lemma == "_" and form != "_":
                continue
            if is_name(upos, xpos):
                lemma = lemma.lower()
            seen[(fold(form), xpos)][lemma] += 1
            upos_of[(fold(form), xpos)][upos] += 1
            if upos in ("VERB", "ADJ", "NOUN"):
                bases[(upos, lemma)] += 1
    lexicon = {}
    for key, counts in seen.items():
        lemma, times = counts.most_common(1)[0]
        upos = upos_of[key].most_common(1)[0][0]
        lower, xpos = key
        if predict(lower, upos, xpos, {}) == lemma:
            continue
        # A single sighting of an odd lemma of an open class is as often a slip as a fact.
        if times < 2 and upos in ("NOUN", "PROPN", "X", "SYM") and xpos not in ("NNS", "NNPS"):
            continue
        lexicon[key] = lemma
    rank = {w: i for w, i in glove_rows.items() if w.isalpha() and w.isascii()}
    # What is irregular stays so behind a prefix: undertook, withdrew, rebuilt.
    for (form, tag), lemma in list(lexicon.items()):
        if tag in VERBS and bases[("VERB", lemma)] and form.isalpha():
            for prefix in ("under", "over", "out", "with", "up", "re", "mis", "fore", "un"):
                longer = (prefix + form, tag)
                if longer not in seen and longer[0] in rank and prefix + lemma in rank:
                    lexicon[longer] = prefix + lemma

    def add(word, tags, upos, options):
        known = [o for o in options if bases[(upos, o)]]
        options = known or [o for o in options if rank.get(o, 10**9) < n_frequent]
        if not options:
            return
        lemma = min(options, key=lambda o: (-bases[(upos, o)] if known else 0, rank.get(o, 10**9)))
        for tag in tags:
            if (word, tag) not in seen and rule(word, upos, tag) != lemma:
                lexicon[(word, tag)] = lemma

    for word, r in rank.items():
        if r > n_frequent or len(word) < 4:
            continue
        if word.endswith("ed"):
            add(word, ("VBD", "VBN"), "VERB", candidates(word, "ed"))
        elif word.endswith("ing"):
            add(word, ("VBG",), "VERB", candidates(word, "ing"))
        elif word.endswith("er"):
            add(word, ("JJR",), "ADJ", [c for c in candidates(word, "er") if bases[("ADJ", c)]])
        elif word.endswith("est"):
            add(word, ("JJS",), "ADJ", [c for c in candidates(word, "est") if bases[("ADJ", c)]])
        elif word.endswith("s") and not word.endswith("ss"):
            hissing = word.endswith(("ses", "xes", "zes", "ches", "shes", "oes"))
            nouns = [word[:-1]] + ([word[:-2]] if hissing else [])
            if word.endswith("ies"):
                nouns.append(word[:-3] + "y")
            if word.endswith("ves"):
                nouns += [word[:-3] + "f", word[:-3] + "fe"]
            add(word, ("NNS",), "NOUN", [n for n in nouns if bases[("NOUN", n)]])
            add(word, ("VBZ",), "VERB", [n for n in nouns if bases[("VERB", n)]])
    return lexicon


def lines(lexicon):
    """Sorted by bytes, as the product looks them up."""
    rows = [f"{form}\t{tag}\t{lemma}" for (form, tag), lemma in lexicon.items()
            if "\t" not in form + lemma and "\n" not in form + lemma]
    return sorted(rows, key=lambda row: tuple(part.encode() for part in row.split("\t")))
