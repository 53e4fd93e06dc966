"""Main text and dates of pages, ours beside trafilatura's, by one measure.

usage: compare.py PROGRAM GOLD PAGES

Texts are compared by their runs of four words, as `tieline evaluate pages` does, which gives our
figures; dates by their day.
"""

import collections
import json
import re
import subprocess
import sys
from pathlib import Path

import trafilatura

RUN = 4


def runs(text):
    """Each run of words with the number of its places."""
    words = re.findall(r"\w+", text or "")
    length = min(RUN, len(words))
    places = range(len(words) - length + 1) if words else []
    return collections.Counter(tuple(words[n:n + length]) for n in places)


def shares(gold, found):
    """Right, false and missed runs, as shares of all."""
    gold, found = runs(gold), runs(found)
    right = (gold & found).total()
    false, missed = found.total() - right, gold.total() - right
    whole = right + false + missed
    return [part / whole if whole else 0 for part in (right, false, missed)]


def figures(rows):
    """Precision, recall and F1 of pages that count alike."""
    right, false, missed = (sum(row[n] for row in rows) for n in range(3))
    precision = right / (right + false) if right + false else 0
    recall = right / (right + missed) if right + missed else 0
    both = precision + recall
    return precision, recall, 2 * precision * recall / both if both else 0


def verdict(gold, found):
    """What became of a date."""
    if gold == found:
        return "right"
    return "invented" if gold is None else "missed" if found is None else "wrong"


def theirs(page, path):
    """What trafilatura reads of a page."""
    html = path.read_bytes()
    text = trafilatura.extract(html, include_comments=False, include_tables=True)
    facts = trafilatura.extract_metadata(html)
    return shares(page["text"], text), verdict(page.get("date"), facts.date if facts else None)


def main(program, gold, folder):
    pages = [json.loads(line) for line in Path(gold).read_text().splitlines() if line.strip()]
    command = [program, "evaluate", "pages", gold, "--pages", folder, "--format", "json"]
    out = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    ours = json.loads(out)["pages"]
    rows = {
        "tieline": [([p["right"], p["false_share"], p["missed"]], p["date"]) for p in ours],
        f"trafilatura {trafilatura.__version__}":
            [theirs(page, Path(folder) / page["doc"]) for page in pages],
    }
    stated = sum("date" in page for page in pages)
    print(f"{len(pages)} pages, {stated} of them state a date")
    for name, found in rows.items():
        precision, recall, f1 = figures([row for row, _ in found])
        dates = collections.Counter(date for _, date in found)
        right = sum(date == "right" and "date" in page
                    for (_, date), page in zip(found, pages, strict=True))
        print(f"{name:20} text: precision {precision:.3f}, recall {recall:.3f}, F1 {f1:.3f}; "
              f"dates: {right} right, {dates['wrong']} wrong, {dates['missed']} missed, "
              f"{dates['invented']} invented")


main(*sys.argv[1:])
