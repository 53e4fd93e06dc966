"""Trains the teacher and lets it say what it thinks: python teacher.py --treebanks FOLDER ….

The teacher is a pretrained encoder (MiniLM, six layers of 384, made by distilling BERT; Apache-2.0)
with heads for tags, arcs and labels, trained on the train parts alone. It is far too large for the
product; its opinions on the treebanks' sentences and on plain text are what the product's net
learns from. Writes `opinions.npz` (see `opinions.py`). Reads no test part.
"""

import argparse
import os
import time

import numpy as np
import torch
from torch import nn
from torch.nn import functional
from transformers import AutoTokenizer, BertModel

import features
from conllu import read_conllu
from corpus import begin
from data import dist_table
from model import N_DISTANCES
from opinions import TOP, write_opinions

# Pieces of one word that count, and the part of the training in which its rate grows.
MAX_PIECES = 8
WARM_UP = 0.06
# How the encoder marks where a sentence begins and ends.
FIRST_PIECE, LAST_PIECE = 101, 102


class Pieces:
    """Word pieces of each row of `Forms`, as the encoder knows them."""

    def __init__(self, tokenizer):
        self.tokenizer = tokenizer
        self.known = {}

    def of(self, form):
        found = self.known.get(form)
        if found is None:
            text = features.normalise(form)
            found = self.tokenizer.encode(text, add_special_tokens=False)[:MAX_PIECES]
            found = self.known[form] = found or [self.tokenizer.unk_token_id]
        return found


class Teacher(nn.Module):
    """The encoder, whose last four layers are mixed, with heads like those of the product's net, but
    wider."""

    def __init__(self, encoder, n_tags, n_labels):
        super().__init__()
        self.encoder = BertModel.from_pretrained(encoder, add_pooling_layer=False)
        width, arc, label, tag, shape = 384, 256, 192, 64, 32
        self.mix = nn.Parameter(torch.zeros(4))
        self.shape = nn.Embedding(features.N_SHAPES, shape)
        self.tag_hidden = nn.Linear(width + shape, 256)
        self.tag = nn.Linear(256, n_tags)
        self.tag_embedding = nn.Linear(n_tags, tag, bias=False)
        joint = width + shape + tag
        self.arc_head, self.arc_dependent = nn.Linear(joint, arc), nn.Linear(joint, arc)
        self.arc_product = nn.Linear(arc, arc, bias=False)
        self.arc_root = nn.Parameter(torch.randn(arc) * 0.1)
        self.head_bias = nn.Linear(arc, 1)
        self.distance = nn.Linear(joint, N_DISTANCES)
        self.label_head, self.label_dependent = nn.Linear(joint, label), nn.Linear(joint, label)
        self.label_root = nn.Parameter(torch.randn(label) * 0.1)
        self.label_sum = nn.Linear(label, n_labels)
        self.label_product = nn.Linear(label, n_labels, bias=False)
        self.drop = nn.Dropout(0.3)
        nn.init.eye_(self.arc_product.weight)
        self.arc_product.weight.data *= 0.06

    def forward(self, batch):
        """Tag logits (B, T, n_tags), arc scores (B, T, T + 1) with column 0 the root, label parts."""
        output = self.encoder(batch["pieces"], attention_mask=batch["piece_mask"],
                              output_hidden_states=True)
        layers = torch.stack([h.float() for h in output.hidden_states[-4:]])
        hidden = (torch.softmax(self.mix, 0)[:, None, None, None] * layers).sum(0)
        words = torch.bmm(batch["words"], hidden)  # the mean of each word's pieces
        x = self.drop(torch.cat([words, self.shape(batch["shapes"])], -1))
        tags = self.tag(self.drop(functional.gelu(self.tag_hidden(x))))
        x = torch.cat([x, self.tag_embedding(torch.softmax(tags.float(), -1))], -1)
        heads = self.drop(functional.gelu(self.arc_head(x)))
        dependents = self.drop(functional.gelu(self.arc_dependent(x)))
        B, T, _ = heads.shape
        heads = torch.cat([self.arc_root.expand(B, 1, -1), heads], 1)
        arcs = self.arc_product(dependents) @ heads.transpose(1, 2)
        arcs = (arcs + self.head_bias(heads).transpose(1, 2)).float()
        near = self.distance(x).float()
        arcs = arcs + near.gather(2, batch["distances"].expand(B, -1, -1))
        arcs = arcs.masked_fill(~batch["allowed"], -1e9)
        label_heads = self.drop(self.label_head(x))
        label_heads = torch.cat([self.label_root.expand(B, 1, -1), label_heads], 1)
        return tags.float(), arcs, (self.drop(self.label_dependent(x)), label_heads)

    def label_logits(self, parts, heads):
        """Label logits (B, T, n_labels) for `heads` (B, T), 0 the root."""
        dependents, governors = parts
        chosen = governors.gather(1, heads[:, :, None].expand(-1, -1, governors.shape[2]))
        return (self.label_sum(functional.relu(dependents + chosen))
                + self.label_product(dependents * chosen)).float()


def collate(sentences, rows, pieces, shapes):
    """Padded tensors of some sentences; `rows` are the (form, mode) of each number of a token."""
    texts = [[pieces.of(rows[t][0]) for t in e.tokens] for e in sentences]
    B, T = len(sentences), max(e.n for e in sentences)
    P = 2 + max(sum(map(len, text)) for text in texts)
    ids = torch.zeros((B, P), dtype=torch.long)
    mask = torch.zeros((B, P), dtype=torch.long)
    words = torch.zeros((B, T, P))
    batch = {name: torch.zeros((B, T), dtype=torch.long) for name in ("shapes", "heads")}
    batch |= {name: torch.full((B, T), -100) for name in ("tags", "gold_heads", "labels")}
    present = torch.zeros((B, T), dtype=torch.bool)
    for b, (e, text) in enumerate(zip(sentences, texts)):
        at = 1
        ids[b, 0] = FIRST_PIECE
        for t, word in enumerate(text):
            ids[b, at:at + len(word)] = torch.tensor(word)
            words[b, t, at:at + len(word)] = 1.0 / len(word)
            at += len(word)
        ids[b, at] = LAST_PIECE
        mask[b, :at + 1] = 1
        n = e.n
        present[b, :n] = True
        batch["shapes"][b, :n] = torch.from_numpy(shapes[e.tokens]).long()
        batch["heads"][b, :n] = torch.from_numpy(e.heads).long()
        batch["gold_heads"][b, :n] = torch.from_numpy(e.heads).long()
        batch["tags"][b, :n] = torch.from_numpy(np.where(e.tags < 0, -100, e.tags)).long()
        batch["labels"][b, :n] = torch.from_numpy(np.where(e.labels < 0, -100, e.labels)).long()
    own = torch.cat([torch.zeros((T, 1), dtype=torch.bool), torch.eye(T, dtype=torch.bool)], 1)
    allowed = torch.cat([torch.ones((B, 1), dtype=torch.bool), present], 1)[:, None, :]
    return batch | {"pieces": ids, "piece_mask": mask, "words": words, "present": present,
                    "allowed": allowed & ~own,
                    "distances": torch.from_numpy(dist_table(T)).long()[None]}


def plan(sentences, size, rng=None):
    """Numbers of sentences in groups of about `size` tokens of similar length."""
    order = sorted(range(len(sentences)), key=lambda i: (sentences[i].n, i))
    if rng is not None:
        noise = rng.random(len(order))
        order = sorted(order, key=lambda i: sentences[i].n * (0.9 + 0.2 * noise[i]))
    groups, group = [], []
    for i in order:
        if group and (len(group) + 1) * max(sentences[i].n, 8) > size:
            groups.append(group)
            group = []
        group.append(i)
    if group:
        groups.append(group)
    if rng is not None:
        rng.shuffle(groups)
    return groups


def train(teacher, corpus, tools, args, seed):
    """Trains in place; `tools` are what `collate` takes beside the sentences."""
    rng = np.random.default_rng(seed)
    encoder = list(teacher.encoder.parameters())
    others = [p for name, p in teacher.named_parameters() if not name.startswith("encoder.")]
    optimiser = torch.optim.AdamW([{"params": encoder, "lr": args.lr},
                                   {"params": others, "lr": args.head_lr}], weight_decay=0.01)
    rates = [group["lr"] for group in optimiser.param_groups]
    for epoch in range(args.epochs):
        started, total = time.time(), 0.0
        sentences = [e for e in corpus.epoch(rng) if e.n <= 200]
        groups = plan(sentences, args.batch, rng)
        teacher.train()
        for i, group in enumerate(groups):
            progress = (epoch + i / len(groups)) / args.epochs
            for parameters, rate in zip(optimiser.param_groups, rates):
                parameters["lr"] = rate * min(progress / WARM_UP, (1 - progress) / (1 - WARM_UP))
            batch = collate([sentences[j] for j in group], *tools)
            with torch.autocast("cpu", dtype=torch.bfloat16):
                tags, arcs, parts = teacher(batch)
                labels = teacher.label_logits(parts, batch["heads"])
            loss = sum(functional.cross_entropy(scores.flatten(0, 1), batch[name].flatten())
                       for scores, name in ((tags, "tags"), (arcs, "gold_heads"), (labels, "labels")))
            optimiser.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(teacher.parameters(), 5.0)
            optimiser.step()
            total += loss.item()
        scores = {name: evaluate(teacher, dev, tools, corpus) for name, dev in corpus.dev.items()}
        print(f"teacher {seed} epoch {epoch + 1} loss {total / len(groups):.4f} "
              f"{time.time() - started:.0f}s {scores}", flush=True)


@torch.no_grad()
def evaluate(teacher, sentences, tools, corpus):
    """UPOS, UAS, LAS in percent with plain argmax heads."""
    teacher.eval()
    n = upos = uas = las = 0
    for group in plan(sentences, 2600):
        batch = collate([sentences[i] for i in group], *tools)
        with torch.autocast("cpu", dtype=torch.bfloat16):
            tags, arcs, parts = teacher(batch)
            heads = arcs.argmax(-1)
            labels = teacher.label_logits(parts, heads).argmax(-1)
        present = batch["present"]
        kinds = torch.from_numpy(corpus.tag_upos)
        n += present.sum()
        upos += ((kinds[tags.argmax(-1)] == kinds[batch["tags"].clamp(0)])
                 & present & (batch["tags"] >= 0)).sum()
        right = (heads == batch["heads"]) & present
        uas += right.sum()
        las += (right & (labels == batch["labels"])).sum()
    return tuple(round(float(100.0 * x / n), 2) for x in (upos, uas, las))


@torch.no_grad()
def opinions(teachers, sentences, tools, gold):
    """What the teachers think on average of each sentence: the likeliest tags, heads and labels.

    Labels are for the gold heads where `gold`, else for the likeliest head.
    """
    found = [None] * len(sentences)
    for teacher in teachers:
        teacher.eval()
    for group in plan(sentences, 2600):
        batch = collate([sentences[i] for i in group], *tools)
        with torch.autocast("cpu", dtype=torch.bfloat16):
            outputs = [teacher(batch) for teacher in teachers]
            tags = sum(torch.softmax(tags, -1) for tags, _, _ in outputs) / len(teachers)
            arcs = sum(torch.softmax(arcs, -1) for _, arcs, _ in outputs) / len(teachers)
            heads = batch["heads"] if gold else arcs.argmax(-1)
            labels = sum(torch.softmax(teacher.label_logits(parts, heads), -1)
                         for teacher, (_, _, parts) in zip(teachers, outputs)) / len(teachers)
        for b, i in enumerate(group):
            n = sentences[i].n
            found[i] = (heads[b, :n].numpy().astype(np.int16),) + tuple(
                likeliest(shares[b, :n]) for shares in (tags, arcs, labels))
    return found


def likeliest(shares):
    """Numbers and shares of the `TOP` likeliest classes of each token, shares summing to 1."""
    top = min(TOP, shares.shape[1])
    values, indices = shares.float().topk(top, -1)
    values = values / values.sum(-1, keepdim=True)
    pad = (0, TOP - top)
    return (functional.pad(indices, pad).numpy().astype(np.int16),
            functional.pad(values, pad).numpy().astype(np.float16))


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--encoder", required=True, help="folder of the pretrained encoder")
    parser.add_argument("--epochs", type=int, default=6)
    parser.add_argument("--teachers", type=int, default=1)
    parser.add_argument("--lr", type=float, default=2e-4)
    parser.add_argument("--head-lr", type=float, default=1.5e-3)
    args, corpus = begin(parser)
    torch.set_num_threads(1)
    pieces = Pieces(AutoTokenizer.from_pretrained(args.encoder))
    plain_text = []
    if args.plain_text:
        plain_text = corpus.encode_more(read_conllu(args.plain_text))
    rows = list(corpus.forms.ids)
    tools = rows, pieces, corpus.forms.table["shapes"]
    teachers = []
    for seed in range(args.seed, args.seed + args.teachers):
        torch.manual_seed(seed)
        teacher = Teacher(args.encoder, len(corpus.tags), len(corpus.deprels))
        path = f"{args.out}/teacher-{seed}.pt"
        if os.path.exists(path):
            teacher.load_state_dict(torch.load(path))
        else:
            train(teacher, corpus, tools, args, seed)
            torch.save(teacher.state_dict(), path)
        teachers.append(teacher)
    write_opinions(f"{args.out}/opinions.npz", {
        "treebanks": opinions(teachers, corpus.plain, tools, gold=True),
        "plain_text": opinions(teachers, plain_text, tools, gold=False),
    })


if __name__ == "__main__":
    main()
