"""Prints code blocks of the README's walk from articles to Gephi and Neo4j, so that they are run as
they stand there.

usage: readme.py LANGUAGE [NUMBER]   (from 1; all blocks of the language without a number)
"""

import re
import sys
from pathlib import Path

HEADING = "## Moscow, Pyongyang, Beijing"


def blocks(language):
    readme = (Path(__file__).parents[2] / "README.md").read_text(encoding="utf-8")
    section = readme.split(HEADING, 1)[1].split("\n## ", 1)[0]
    return re.findall(rf"^```{language}\n(.*?)^```", section, re.M | re.S)


def main():
    found = blocks(sys.argv[1])
    if len(sys.argv) > 2:
        found = [found[int(sys.argv[2]) - 1]]
    print("".join(found), end="")


if __name__ == "__main__":
    main()
