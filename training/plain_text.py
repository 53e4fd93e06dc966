"""Writes plain text of news and encyclopaedia: python plain_text.py > text.txt.

A hundred articles of the English Wikipedia (CC BY-SA 3.0) and three hundred of the Australian
Broadcasting Corporation (the corpus of Lee, Pincombe and Welsh, 2005), which the package `gensim`
carries among the data of its tests. A paragraph a line. The teacher says how its sentences are read.
"""

import html
import re

from gensim.corpora.wikicorpus import extract_pages, filter_wiki
from gensim.test.utils import datapath
from gensim.utils import open as open_any

WIKIPEDIA = "enwiki-latest-pages-articles1.xml-p000000010p000030302-shortened.bz2"
NEWS = "lee_background.cor"


def paragraphs(markup):
    """The paragraphs of prose of an article in wiki markup."""
    for line in filter_wiki(markup, promote_remaining=True, simplify_links=True).splitlines():
        line = re.sub(r"'{2,}|\{\{[^}]*\}\}|\[https?://\S+|\]\]?|\[\[", "", html.unescape(line)).strip()
        line = re.sub(r"\(\s*[;,]?\s*\)", "", re.sub(r"\s+", " ", line))
        if len(line) > 120 and line[0].isalpha() and line.endswith((".", '"')) and "|" not in line:
            yield line


def main():
    with open(datapath(NEWS), encoding="utf-8") as file:
        for line in file:
            print(line.strip())
    with open_any(datapath(WIKIPEDIA), "rb") as file:
        for title, markup, _ in extract_pages(file, ("0",)):
            for line in paragraphs(markup):
                print(line)


if __name__ == "__main__":
    main()
