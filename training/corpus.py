"""What one epoch of training sees: treebanks, their noisy copies, invented sentences, plain text."""

import json
import os

import jax
import numpy as np

import features
import lemmas
from conllu import read_conllu
from data import Encoded, Forms, Vocabulary, load_glove, variants
from grammar import Grammar
from opinions import read_opinions

# Documents whose sentences are seen half as often again: edited prose like that of news.
NEWS_LIKE = ("GUM_news", "GUM_bio", "GUM_voyage")
NOISY = 0.12
# Share of what the annotation says of a treebank's sentence; the rest is what the teacher says.
GOLD = 0.25
# Sentences an epoch of plain text, which the teacher alone says something of.
N_PLAIN_TEXT = 12000


def begin(parser):
    """Adds what every training is told to `parser`; returns the arguments and the corpus."""
    parser.add_argument("--treebanks", required=True)
    parser.add_argument("--vectors", required=True)
    parser.add_argument("--out", required=True)
    parser.add_argument("--words", type=int, default=24000)
    parser.add_argument("--batch", type=int, default=1280)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--invented", type=int, default=900,
                        help="sentences an epoch from the grammar")
    parser.add_argument("--plain-text", help="CoNLL-U file of plain text cut into words")
    args = parser.parse_args()
    os.makedirs(args.out, exist_ok=True)
    jax.config.update("jax_compilation_cache_dir", f"{args.out}/compiled")
    return args, Corpus(args.treebanks, args.vectors, args.words, args.invented, args.seed)


class Corpus:
    """The train and dev parts of `treebanks` in numbers; test parts are never read."""

    def __init__(self, treebanks, vectors, n_words, n_invented, seed):
        self.sentences = [s for name in ("ewt", "gum")
                          for s in read_conllu(f"{treebanks}/{name}-train.conllu")]
        self.glove_rows, vectors = load_glove(vectors)
        self.vocabulary = Vocabulary(self.sentences, self.glove_rows, vectors, n_words)
        self.tags = sorted({pair for s in self.sentences for pair in zip(s.upos, s.xpos)})
        self.deprels = sorted({d for s in self.sentences for d in s.deprels})
        upos = sorted({u for u, _ in self.tags})
        self.tag_upos = np.array([upos.index(u) for u, _ in self.tags])
        tag_ids = {t: i for i, t in enumerate(self.tags)}
        label_ids = {d: i for i, d in enumerate(self.deprels)}
        self.forms = Forms(self.vocabulary)

        def encode(sentence):
            return Encoded(sentence, self.forms, tag_ids, label_ids)

        self._encode = encode
        self.plain_text = []
        self.plain = [encode(s) for s in self.sentences]
        self.like_news = [s.source.startswith(NEWS_LIKE) for s in self.sentences]
        self.noisy = [[encode(v) for v in variants(s)] for s in self.sentences]
        grammar = Grammar(np.random.default_rng(seed))
        invented = [grammar.sentence() for _ in range(10 * n_invented)]
        self.invented = [[encode(v) for v in [s] + variants(s)] for s in invented]
        self.n_invented = n_invented
        self.dev = {name: [encode(s) for s in read_conllu(f"{treebanks}/{name}-dev.conllu")]
                    for name in ("ewt", "gum")}
        self.forms.freeze()

    def learn_from_teacher(self, path, plain_text):
        """Takes what the teacher thinks (`opinions.npz` at `path`) of the treebanks' sentences, and
        those of `plain_text`, sentences which it alone has annotated, in the same order."""
        opinions = read_opinions(path, "treebanks")
        for e, copies, opinion in zip(self.plain, self.noisy, opinions, strict=True):
            for copy in [e] + copies:
                copy.learn_from(opinion, GOLD)
        for s, opinion in zip(plain_text, read_opinions(path, "plain_text"), strict=True):
            copies = [self._encode(v) for v in [s] + variants(s)[1:2]]
            for copy in copies:
                copy.tags[:], copy.labels[:] = -1, -1
                copy.learn_from(opinion, 0.0)
            self.plain_text.append(copies)
        self.forms.freeze()

    def encode_more(self, sentences):
        """Further sentences in numbers."""
        encoded = [self._encode(s) for s in sentences]
        self.forms.freeze()
        return encoded

    def epoch(self, rng):
        """The sentences of one epoch, drawn anew."""
        chosen = [
            other[rng.integers(len(other))] if rng.random() < NOISY else e
            for e, other in zip(self.plain, self.noisy)
        ]
        chosen += [e for e, news in zip(self.plain, self.like_news) if news and rng.random() < 0.5]
        for i in rng.choice(len(self.invented), self.n_invented, replace=False):
            other = self.invented[i]
            chosen.append(other[rng.integers(len(other))] if rng.random() < NOISY else other[0])
        n_plain_text = min(N_PLAIN_TEXT, len(self.plain_text))
        for i in rng.choice(len(self.plain_text), n_plain_text, replace=False):
            chosen.append(self.plain_text[i][int(rng.random() < NOISY)])
        return chosen

    def write(self, out, dims, args):
        """Writes what `export.py` needs beside the weights."""
        vocabulary = self.vocabulary
        meta = {"dims": dims, "tags": self.tags, "deprels": self.deprels,
                "words": vocabulary.words, "n_delta": vocabulary.n_delta,
                "has_glove": vocabulary.has_glove.tolist(), "args": vars(args)}
        with open(f"{out}/meta.json", "w", encoding="utf-8") as file:
            json.dump(meta, file)
        np.save(f"{out}/glove.npy", vocabulary.glove)
        with open(f"{out}/lemmas.tsv", "w", encoding="utf-8") as file:
            lines = lemmas.lines(lemmas.build(self.sentences, self.glove_rows))
            file.write("\n".join(lines) + "\n")
