"""What a teacher thinks of sentences, in a file: `opinions.npz`.

For each part, end to end over its sentences: `lengths`, `heads` (which the labels are for; 0 the
root), and for tags, arcs and labels the `TOP` likeliest classes of each token with their shares.
"""

import numpy as np

TOP = 8
KINDS = ("tags", "arcs", "labels")


def write_opinions(path, parts):
    """`parts` hold a list of (heads, (numbers, shares) of tags, of arcs, of labels) by name."""
    arrays = {}
    for part, found in parts.items():
        arrays[f"{part}_lengths"] = np.array([len(entry[0]) for entry in found], np.int32)
        if found:
            arrays[f"{part}_heads"] = np.concatenate([entry[0] for entry in found])
            for k, kind in enumerate(KINDS, 1):
                for j, what in enumerate(("numbers", "shares")):
                    arrays[f"{part}_{kind}_{what}"] = np.concatenate([e[k][j] for e in found])
    np.savez(path, **arrays)


def read_opinions(path, part):
    """A list with a dictionary of arrays for each sentence of `part`."""
    file = np.load(path)
    lengths = file[f"{part}_lengths"]
    if not len(lengths):
        return []
    names = ["heads"] + [f"{kind}_{what}" for kind in KINDS for what in ("numbers", "shares")]
    arrays = {name: file[f"{part}_{name}"] for name in names}
    found, start = [], 0
    for n in lengths:
        found.append({name: array[start:start + n] for name, array in arrays.items()})
        start += n
    return found
