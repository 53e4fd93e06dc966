"""What the net sees of a word: normalised form, hashed character n-grams, shape.

`src/syntax/features.rs` computes the same from the same bytes; `data/model/reference.json`,
written by `reference.py`, holds examples that the product is tested against.
"""

N_BUCKETS = 16384
MAX_NGRAMS = 24
N_SHAPES = 48
MAX_CHARS = 24

NORMAL, CAPITALS, TITLE = 0, 1, 2

_CHARS = {}
for _c in "\u2018\u2019\u201a\u201b\u2032\u00b4`":
    _CHARS[_c] = "'"
for _c in "\u201c\u201d\u201e\u201f\u2033\u00ab\u00bb":
    _CHARS[_c] = '"'
for _c in "\u2010\u2011\u2012\u2013\u2014\u2015\u2212":
    _CHARS[_c] = "-"
_CHARS["\u2026"] = "..."


def normalise(form):
    """Folds typographic quotes, dashes and ellipses to their ASCII spelling."""
    if form in ("\u2013", "\u2014", "\u2015"):
        return "--"
    if form in ("``", "''"):
        return '"'
    return "".join(_CHARS.get(c, c) for c in form)


def key(normalised):
    """The case-folded form with every ASCII digit as 0: what words are looked up by."""
    return "".join("0" if c in "0123456789" else c for c in normalised.lower())


def sentence_mode(forms):
    """Whether a sentence is set in capitals or as a title, so that case says little."""
    words = capitals = long_words = titled = 0
    for form in forms:
        letters = [c for c in form if c.isalpha()]
        if len(letters) >= 2:
            words += 1
            capitals += all(c.isupper() for c in letters)
        if len(letters) >= 4:
            long_words += 1
            titled += letters[0].isupper()
    if words >= 3 and capitals * 10 >= words * 7:
        return CAPITALS
    if long_words >= 4 and titled * 20 >= long_words * 17:
        return TITLE
    return NORMAL


def shape(normalised, mode):
    """A number below N_SHAPES for case and make-up of the form."""
    letters = [c for c in normalised if c.isalpha()]
    digits = any(c in "0123456789" for c in normalised)
    if not letters:
        case = 0
    elif mode == CAPITALS:
        case = 6
    elif all(c.isupper() for c in letters):
        case = 4 if len(letters) == 1 else 3
    elif letters[0].isupper() and not any(c.isupper() for c in letters[1:]):
        case = 2
    elif any(c.isupper() for c in letters):
        case = 5
    else:
        case = 1
    if mode == TITLE and case == 2:
        case = 7
    if not letters:
        kind = 1 if digits else 5
    elif digits:
        kind = 2
    elif "-" in normalised:
        kind = 3
    elif len(letters) < len(normalised):
        kind = 4
    else:
        kind = 0
    return case * 6 + kind


def fnv1a(data):
    """32-bit FNV-1a of bytes, with a final mix so that low bits are usable."""
    h = 0x811C9DC5
    for byte in data:
        h = ((h ^ byte) * 0x01000193) & 0xFFFFFFFF
    h ^= h >> 15
    h = (h * 0x2C1B3C6D) & 0xFFFFFFFF
    h ^= h >> 13
    return h


def ngrams(word_key):
    """Bucket numbers of the n-grams of a key, at most MAX_NGRAMS, in fixed order."""
    chars = list(word_key)
    if len(chars) > MAX_CHARS:
        chars = chars[: MAX_CHARS // 2] + chars[-(MAX_CHARS // 2):]
    padded = ["^"] + chars + ["$"]
    n = len(padded)
    grams = []
    for size in (2, 4):
        if n >= size:
            grams.append(padded[:size])
    for size in (2, 4, 5):
        if n > size:
            grams.append(padded[n - size:])
    for start in range(n - 2):
        grams.append(padded[start:start + 3])
    grams = grams[:MAX_NGRAMS]
    return [fnv1a("".join(g).encode()) % N_BUCKETS for g in grams]
