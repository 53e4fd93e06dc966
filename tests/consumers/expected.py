"""The network as it follows from `claims.jsonl` and `entities.jsonl`, by the book: what every file
is compared with."""

import calendar
import json
import re
from pathlib import Path


class Tie:
    def __init__(self, claim):
        self.source, self.target = claim["source"], claim["target"]
        self.relation = claim["relation"]
        self.directed = claim["directed"]
        self.articles = set()
        self.claims = []
        self.dates = []
        self.items = set()

    @property
    def ends(self):
        return self.source, self.relation, self.target

    @property
    def weight(self):
        return len(self.articles)

    def count(self, field, value):
        return sum(claim[field] == value for claim in self.claims)

    @property
    def first_date(self):
        return min(first for first, _ in self.dates) if self.dates else None

    @property
    def last_date(self):
        return max(last for _, last in self.dates) if self.dates else None


def days(text):
    """First and last day of a day, month, year or interval, as ISO text."""
    if "/" in text:
        first, last = text.split("/")
        return days(first)[0], days(last)[1]
    parts = [int(part) for part in text.split("-")]
    if len(parts) == 1:
        return f"{text}-01-01", f"{text}-12-31"
    if len(parts) == 2:
        return f"{text}-01", f"{text}-{calendar.monthrange(*parts)[1]:02}"
    return text, text


def one_line(text):
    """White space and control characters folded, as the files fold them."""
    return " ".join(re.sub(r"[\x00-\x20\x7f-\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+", " ", text).split(" ")).strip(" ")


def lines(path):
    with open(path, encoding="utf-8", newline="\n") as file:
        return [json.loads(line) for line in file]


class Run:
    def __init__(self, folder):
        self.folder = Path(folder)
        self.entities = {entity["id"]: entity for entity in lines(self.folder / "entities.jsonl")}
        self.claims = lines(self.folder / "claims.jsonl")
        self.ties = {}
        manifest = json.loads((self.folder / "manifest.json").read_text(encoding="utf-8"))
        self.an_edge_a_claim = manifest["settings"].get("claims_as_edges") == "true"
        for claim in self.claims:
            key = f"{claim['source']} {claim['relation']} {claim['target']}"
            key = claim["id"] if self.an_edge_a_claim else key
            tie = self.ties.setdefault(key, Tie(claim))
            tie.articles.add(claim["doc"])
            tie.claims.append(claim)
            tie.items.update(claim["items"])
            date = claim["event_date"] or claim["date"]
            if date:
                tie.dates.append(days(date))
        self.nodes = {
            claim[end]: self.entities[claim[end]] for claim in self.claims for end in ("source", "target")
        }


def shortened(value):
    text = repr(value)
    return text if len(text) <= 300 else text[:300] + "…"


class Checker:
    """Compares and counts; the first differences are printed."""

    def __init__(self):
        self.failed = 0

    def equal(self, what, found, wanted):
        if found != wanted:
            self.failed += 1
            if self.failed <= 12:
                print(f"    MISMATCH {what}: found {shortened(found)}, expected {shortened(wanted)}")

    def near(self, what, found, wanted):
        if abs(float(found) - float(wanted)) > 1e-6 * max(1.0, abs(float(wanted))):
            self.equal(what, found, wanted)
