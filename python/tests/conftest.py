"""Texts of our own, and what is read of them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import tieline

ROOT = Path(__file__).parents[2]
BRIEFS = ROOT / "data" / "sample" / "briefs.jsonl"

WIRE = (
    "North Korea sold artillery shells to Russia in May, the defence ministry in Seoul said on Tuesday. "
    "The shells went by ship from Rason to Vladivostok, and the first load arrived within the week. "
    "Russia denied that it had bought any shells from North Korea. Japan may send helmets to Ukraine."
)
TEXTS = [
    WIRE,
    WIRE.replace("Tuesday", "Tuesday evening"),
    "Iran supplied drones to Russia, Kyiv said. “Été à Paris”, he added.",
    "Nothing happened in the harbour of Antwerp on Monday.",
    "China warned Japan over the islands. China did not supply rockets to Russia.",
]
IDS = ["wire", "reprint", "drones", "quiet", "warning"]
DATES = ["2024-06-04", "2024-06-05", "2023-01-10", None, "2022"]
TITLES = ["Shells by ship", None, "Iran sends drones to Russia", None, None]


@pytest.fixture(scope="session")
def reader() -> tieline.Reader:
    return tieline.Reader()


@pytest.fixture(scope="session")
def claims(reader: tieline.Reader) -> tieline.Claims:
    return reader.read(TEXTS, ids=IDS, dates=DATES, titles=TITLES, outlets=["Wire"] * len(TEXTS))


@pytest.fixture(scope="session")
def briefs() -> dict[str, list[str | None]]:
    """The columns of a file of articles."""
    rows = [json.loads(line) for line in BRIEFS.read_text(encoding="utf-8").splitlines()]
    keys = {"texts": "text", "ids": "id", "dates": "date", "titles": "title", "outlets": "source", "urls": "url"}
    return {name: [row.get(key) for row in rows] for name, key in keys.items()}
