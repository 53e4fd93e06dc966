"""Vocabulary, feature tables and padded batches."""

import collections
import json

import numpy as np

import features
from conllu import Sentence
from grammar import SMALL_WORDS
from model import distance_class
from opinions import KINDS, TOP

BUCKETS = [8, 14, 20, 26, 34, 44, 60, 90, 160, 320]


def load_glove(folder):
    """Words and vectors in order of frequency, folded to keys (first one wins)."""
    words = json.load(open(f"{folder}/glove_words.json"))
    vectors = np.load(f"{folder}/glove.npy")
    rows = {}
    for i, word in enumerate(words):
        rows.setdefault(features.key(features.normalise(word)), i)
    return rows, vectors


class Vocabulary:
    """Rows of known words. Row 0 is unknown; rows below `n_delta` have a trained part."""

    def __init__(self, sentences, glove_rows, vectors, n_glove):
        counts = collections.Counter(
            features.key(features.normalise(form)) for s in sentences for form in s.forms
        )
        trained = [w for w, c in counts.most_common() if c >= 2]
        seen = set(trained)
        extra = []
        for word in glove_rows:
            if len(seen) + len(extra) >= n_glove:
                break
            if word not in seen:
                extra.append(word)
        self.words = [""] + trained + extra
        self.n_delta = 1 + len(trained)
        self.rows = {w: i for i, w in enumerate(self.words) if i}
        self.has_glove = np.array([w in glove_rows for w in self.words])
        self.glove = np.zeros((len(self.words), vectors.shape[1]), np.float32)
        for i, word in enumerate(self.words):
            if word in glove_rows and i:
                self.glove[i] = vectors[glove_rows[word]]


class Forms:
    """Feature rows of all (form, mode) pairs met, numbered as they come."""

    def __init__(self, vocabulary):
        self.vocabulary = vocabulary
        self.ids = {}
        self.words, self.deltas, self.ngrams, self.shapes = [], [], [], []

    def row(self, form, mode):
        found = self.ids.get((form, mode))
        if found is not None:
            return found
        normalised = features.normalise(form)
        key = features.key(normalised)
        word = self.vocabulary.rows.get(key, 0)
        self.words.append(word if self.vocabulary.has_glove[word] else 0)
        self.deltas.append(word if word < self.vocabulary.n_delta else 0)
        grams = features.ngrams(key)
        self.ngrams.append(grams + [-1] * (features.MAX_NGRAMS - len(grams)))
        self.shapes.append(features.shape(normalised, mode))
        self.ids[(form, mode)] = len(self.words) - 1
        return len(self.words) - 1

    def freeze(self):
        self.table = {
            "words": np.array(self.words, np.int32),
            "deltas": np.array(self.deltas, np.int32),
            "ngrams": np.array(self.ngrams, np.int32),
            "shapes": np.array(self.shapes, np.int32),
        }


class Encoded:
    """A sentence as numbers. `gold` is the weight of its own annotation beside `opinion`, what the
    teacher thinks of it, if known."""

    def __init__(self, sentence, forms, tag_ids, label_ids):
        self.gold, self.opinion = 1.0, None
        mode = features.sentence_mode([features.normalise(f) for f in sentence.forms])
        self.tokens = np.array([forms.row(f, mode) for f in sentence.forms], np.int32)
        self.tags = np.array(
            [tag_ids.get((u, x), -1) for u, x in zip(sentence.upos, sentence.xpos)], np.int32
        )
        self.heads = np.array(sentence.heads, np.int32)
        self.labels = np.array([label_ids.get(d, -1) for d in sentence.deprels], np.int32)
        self.n = len(self.tokens)

    def learn_from(self, opinion, gold):
        """Adds what the teacher thinks; of its heads those of `opinion` count where `gold` is 0."""
        self.opinion, self.gold = opinion, gold
        if gold == 0.0:
            self.heads = opinion["heads"].astype(np.int32)


def variants(sentence):
    """The noisy copies of a sentence that news text suggests: capitals, title, no stop."""
    def copy(forms, cut=None):
        s = slice(0, cut)
        return Sentence(forms[s], sentence.lemmas[s], sentence.upos[s], sentence.xpos[s],
                        sentence.heads[s], sentence.deprels[s], sentence.source)

    capitals = copy([f.upper() for f in sentence.forms])
    title = copy([
        f if (i and f.lower() in SMALL_WORDS) or not f[:1].islower() else f[0].upper() + f[1:]
        for i, f in enumerate(sentence.forms)
    ])
    n = len(sentence.forms)
    if n > 3 and sentence.upos[-1] == "PUNCT" and n not in sentence.heads:
        return [capitals, title, copy(sentence.forms, n - 1), copy(title.forms, n - 1)]
    return [capitals, title]


_DIST = {}


def dist_table(T):
    """(T, T+1) distance classes; column 0 is the root."""
    if T not in _DIST:
        d = np.arange(T)[:, None]
        h = np.arange(T)[None, :]
        table = np.full((T, T + 1), 22, np.int32)
        table[:, 1:] = distance_class(h - d)
        _DIST[T] = table
    return _DIST[T]


def batches(encoded, forms, size, rng=None):
    """Padded batches of about `size` tokens of sentences of similar length."""
    groups = collections.defaultdict(list)
    for index, e in enumerate(encoded):
        T = next((b for b in BUCKETS if e.n <= b), None)
        if T is not None:
            groups[T].append(index)
    plan = []
    for T, members in groups.items():
        if rng is not None:
            rng.shuffle(members)
        B = max(1, size // T)
        for start in range(0, len(members), B):
            plan.append((T, B, members[start:start + B]))
    if rng is not None:
        rng.shuffle(plan)
    for T, B, members in plan:
        yield pad([encoded[i] for i in members], forms, T, B), members


def pad(sentences, forms, T, B):
    tokens = np.zeros((B, T), np.int32)
    mask = np.zeros((B, T), np.float32)
    tags = np.full((B, T), -1, np.int32)
    heads = np.zeros((B, T), np.int32)
    labels = np.full((B, T), -1, np.int32)
    gold = np.zeros(B, np.float32)
    opinion = {f"{kind}_numbers": np.zeros((B, T, TOP), np.int32) for kind in KINDS}
    opinion |= {f"{kind}_shares": np.zeros((B, T, TOP), np.float32) for kind in KINDS}
    for b, e in enumerate(sentences):
        gold[b] = e.gold
        if e.opinion is not None:
            for name, array in opinion.items():
                array[b, :e.n] = e.opinion[name][:e.n]
        tokens[b, :e.n] = e.tokens
        mask[b, :e.n] = 1
        tags[b, :e.n] = e.tags
        heads[b, :e.n] = e.heads
        labels[b, :e.n] = e.labels
    # Heads that a shortened copy lacks.
    missing = opinion["arcs_numbers"] > mask.sum(1).astype(int)[:, None, None]
    opinion["arcs_numbers"][missing], opinion["arcs_shares"][missing] = 0, 0.0
    unique, inverse = np.unique(tokens, return_inverse=True)
    limit = -(-int(B * T * 0.65) // 64) * 64
    while len(unique) > limit:
        limit += 128
    rows = np.zeros(limit, np.int64)
    rows[: len(unique)] = unique
    batch = {name: table[rows] for name, table in forms.table.items()}
    batch.update(
        tokens=inverse.reshape(B, T).astype(np.int32), mask=mask, tags=tags,
        heads=heads, labels=labels, dist=dist_table(T), gold=gold, **opinion,
    )
    return batch
