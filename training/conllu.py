"""Reads CoNLL-U treebanks: words only, no multiword ranges and no empty nodes."""

from dataclasses import dataclass


@dataclass
class Sentence:
    """One gold sentence. `heads` are 1-based with 0 for the root, as in the file."""

    forms: list
    lemmas: list
    upos: list
    xpos: list
    heads: list
    deprels: list
    source: str = ""


def read_conllu(path):
    """Returns the sentences of the file at `path`, in order."""
    sentences = []
    rows = []
    document = ""
    with open(path, encoding="utf-8") as file:
        for line in file:
            line = line.rstrip("\n")
            if not line:
                if rows:
                    sentences.append(_sentence(rows, document))
                    rows = []
            elif line.startswith("# newdoc id = "):
                document = line.removeprefix("# newdoc id = ")
            elif not line.startswith("#"):
                columns = line.split("\t")
                if columns[0].isdigit():
                    rows.append(columns)
    if rows:
        sentences.append(_sentence(rows, document))
    return sentences


def _sentence(rows, document):
    return Sentence(
        forms=[row[1] for row in rows],
        lemmas=[row[2] for row in rows],
        upos=[row[3] for row in rows],
        xpos=[row[4] for row in rows],
        heads=[int(row[6]) for row in rows],
        deprels=[row[7] for row in rows],
        source=document,
    )
