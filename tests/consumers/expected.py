"""The network as it follows from `claims.jsonl` and `entities.jsonl`, by the book: what every file
is compared with."""

import calendar
import json
import re
from datetime import date, timedelta
from pathlib import Path


STANDINGS = ["asserted", "hedged", "prospective", "denied", "negated"]


def next_day(text):
    return str(date.fromisoformat(text) + timedelta(days=1))


class Tie:
    def __init__(self, claim):
        self.source, self.target = claim["source"], claim["target"]
        self.relation = claim["relation"]
        self.directed = claim["directed"]
        self.claims = []

    @property
    def ends(self):
        return self.source, self.relation, self.target

    def of(self, standing):
        return [claim for claim in self.claims if claim["standing"] == standing]

    @property
    def status(self):
        return next(standing for standing in STANDINGS if self.of(standing))

    @property
    def disputed(self):
        return self.status in ("asserted", "hedged") and bool(self.of("denied"))

    @property
    def counts(self):
        counts = {
            "claims": len(self.claims),
            "mentions": len({claim["doc"] for claim in self.claims}),
            "stories": len({claim["story"] for claim in self.claims}),
            "asserted_stories": len({claim["story"] for claim in self.of("asserted")}),
        }
        return counts | {standing: len(self.of(standing)) for standing in STANDINGS}

    @property
    def weight(self):
        return self.counts["asserted_stories"] or 0.1

    @property
    def intervals(self):
        """Stretches of days of the claims of the tie's status, joined where they touch."""
        joined = []
        for first, last in sorted(self.dates_of(self.status)):
            if joined and first <= next_day(joined[-1][1]):
                joined[-1][1] = max(joined[-1][1], last)
            else:
                joined.append([first, last])
        return joined

    def dates_of(self, standing):
        dates = [claim["event_date"] or claim["date"] for claim in self.of(standing)]
        return [days(date) for date in dates if date]

    @property
    def first_date(self):
        return self.intervals[0][0] if self.intervals else None

    @property
    def last_date(self):
        return self.intervals[-1][1] if self.intervals else None

    @property
    def items(self):
        positive = self.status not in ("denied", "negated")
        return {item for claim in self.of(self.status) for item in claim["items"] if positive}

    @property
    def denied_items(self):
        return {item for standing in ("denied", "negated") for claim in self.of(standing) for item in claim["items"]}


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
        stories = {line["doc"]: line["story"] for line in lines(self.folder / "articles.jsonl")}
        for claim in self.claims:
            claim["story"] = stories[claim["doc"]]
        self.ties = {}
        manifest = json.loads((self.folder / "manifest.json").read_text(encoding="utf-8"))
        self.an_edge_a_claim = manifest["settings"]["claims_as_edges"]
        for claim in self.claims:
            key = f"{claim['source']} {claim['relation']} {claim['target']}"
            key = claim["id"] if self.an_edge_a_claim else key
            tie = self.ties.setdefault(key, Tie(claim))
            tie.claims.append(claim)
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
