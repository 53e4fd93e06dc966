"""Texts in, claims out: the same as the program's, in every form that people use."""

from __future__ import annotations

import datetime
import pickle
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

import duckdb
import pandas
import polars
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import tieline
from conftest import BRIEFS, DATES, IDS, TEXTS, TITLES


@pytest.fixture(scope="module")
def run(tmp_path_factory):
    """The run that the program makes of the briefs."""
    folder = tmp_path_factory.mktemp("run")
    subprocess.run([sys.executable, "-m", "tieline", "build", "--quiet", str(BRIEFS), "--out", str(folder)], check=True)
    return folder


def by_id(table):
    rows = table.to_pylist() if isinstance(table, pa.Table) else pa.table(table).to_pylist()
    return {(row["id"], row.get("doc")): row for row in rows}


def test_claims_and_ties_are_those_of_the_program(reader, briefs, run):
    claims = reader.read(**briefs)
    expected = pq.read_table(run / "claims.parquet")
    assert pa.table(claims).schema == expected.schema
    assert len(expected) > 20
    assert by_id(claims) == by_id(expected)
    network = tieline.network(claims)
    for name, table in [("edges", network.ties), ("nodes", network.entities)]:
        expected = pq.read_table(run / f"{name}.parquet")
        assert pa.table(table).schema == expected.schema, name
        assert by_id(table) == by_id(expected), name


def test_a_run_that_is_written_is_the_run_of_the_program(reader, briefs, run, tmp_path):
    reader.read(**briefs).write_run(tmp_path / "mine")
    for name in ["claims.jsonl", "entities.jsonl", "articles.jsonl", "graph.graphml", "network.html", "edges.parquet"]:
        assert (tmp_path / "mine" / name).read_bytes() == (run / name).read_bytes(), name
    merged = subprocess.run(
        [sys.executable, "-m", "tieline", "merge", "--quiet", tmp_path / "mine", run, "--out", tmp_path / "both"]
    )
    assert merged.returncode == 0
    assert (tmp_path / "both" / "claims.jsonl").read_bytes() == (run / "claims.jsonl").read_bytes()


def test_columns_are_text_numbers_lists_and_days(claims):
    schema = pa.table(claims).schema
    types = {name: str(schema.field(name).type) for name in ("id", "start", "items", "first_date", "clear")}
    assert types == {
        "id": "string",
        "start": "int64",
        "items": "list<element: string not null>",
        "first_date": "date32[day]",
        "clear": "bool",
    }


def test_standings_and_stories_are_those_of_the_whole(claims):
    found = {(claim["source"], claim["relation"], claim["target"], claim["standing"], claim["story"]) for claim in claims}
    assert ("state:PRK", "supplies", "state:RUS", "asserted", "wire") in found
    assert ("state:IRN", "supplies", "state:RUS", "asserted", "drones") in found
    assert {story for source, *_, story in found if source == "state:PRK"} == {"wire"}
    assert {standing for *_, standing, _ in found} >= {"asserted", "denied"}
    stories = {row["doc"]: row["story"] for row in pa.table(claims.articles).to_pylist()}
    assert stories == {"wire": "wire", "reprint": "wire", "drones": "drones", "quiet": "quiet", "warning": "warning"}


def test_any_column_of_a_data_frame_can_be_read(reader, claims):
    expected = pa.table(claims).column("id").to_pylist()
    days = [datetime.date.fromisoformat(d) if d and len(d) == 10 else d for d in DATES]
    frame = {"text": TEXTS, "id": IDS, "date": DATES, "title": TITLES}
    forms = [
        ((text for text in TEXTS), iter(IDS), days, TITLES),
        tuple(pa.table(frame)[name] for name in frame),
        tuple(pandas.DataFrame(frame)[name] for name in frame),
        tuple(polars.DataFrame(frame)[name] for name in frame),
    ]
    for texts, ids, dates, titles in forms:
        found = reader.read(texts, ids=ids, dates=dates, titles=titles)
        assert pa.table(found).column("id").to_pylist() == expected


def test_libraries_of_data_frames_take_claims(claims):
    n = len(claims)
    assert claims.to_pandas().shape == (n, len(claims.column_names))
    assert claims.to_polars().height == n
    rows = claims  # noqa: F841, DuckDB finds it by its name
    assert duckdb.sql("select count(*) from rows").fetchall() == [(n,)]
    assert len(pa.table(claims.entities)) >= 5


def test_texts_without_ids_are_numbered(reader):
    claims = reader.read(["Iran sold drones to Russia.", "", "China warned Japan."][:1] + ["China warned Japan."])
    assert pa.table(claims).column("doc").to_pylist() == ["0", "1"]
    assert len(reader.read("Iran sold drones to Russia.")) == 1


def test_what_cannot_be_read_is_told_once(reader):
    with pytest.warns(UserWarning) as told:
        claims = reader.read(["Iran sold drones to Russia.", None, " "], dates=["soon", None, "03/04/2024"])
    assert [at for at, _ in claims.skipped] == [1, 2]
    assert len(claims) == 1
    messages = sorted(str(warning.message) for warning in told)
    assert messages[0].startswith("2 dates were left out, such as 'soon' of number 0")
    assert messages[1].startswith("2 texts were skipped, such as number 1")


def test_columns_are_as_long_as_the_texts(reader):
    with pytest.raises(ValueError, match="ends after 1 values"):
        reader.read(["a", "b"], ids=["1"])
    with pytest.raises(ValueError, match="there are 1 texts"):
        reader.read(["a"], ids=["1", "2"])
    with pytest.raises(ValueError, match="a single one"):
        reader.read(["a"], ids="1")


def test_errors_are_the_library_s(tmp_path, reader):
    (tmp_path / "weapons.csv").write_text("nothing,of,the,kind\n1,2,3,4\n")
    with pytest.raises(tieline.TielineError, match=r"weapons\.csv"):
        tieline.Reader(gazetteer=tmp_path)
    with pytest.raises(tieline.TielineError, match="there is no such file"):
        tieline.Reader(corrections=tmp_path / "none.toml")
    bad = tmp_path / "corrections.toml"
    bad.write_text('[[correction]]\nkind = "reject"\n')
    with pytest.raises(tieline.TielineError, match=r"corrections\.toml"):
        tieline.Reader(corrections=bad)
    with pytest.raises(tieline.TielineError, match="graphml"):
        tieline.network(reader.read([])).to_bytes("graphm")
    assert issubclass(tieline.TielineError, ValueError)


def test_corrections_hold(tmp_path, claims):
    wrong = claims[0]["id"]
    file = tmp_path / "corrections.toml"
    file.write_text(f'[[correction]]\nkind = "reject"\nclaim = "{wrong}"\nby = "A. Analyst"\non = "2025-01-31"\n')
    corrected = tieline.Reader(corrections=file).read(TEXTS, ids=IDS, dates=DATES, titles=TITLES)
    before, after = (set(pa.table(some).column("id").to_pylist()) for some in (claims, corrected))
    assert before - after == {wrong}


def test_threads_and_copies_of_a_reader_read_alike(reader, claims):
    expected = pa.table(claims)
    columns = {"ids": IDS, "dates": DATES, "titles": TITLES, "outlets": ["Wire"] * 5}
    one = tieline.Reader(threads=1)
    assert pa.table(one.read(TEXTS, **columns)) == expected
    copy = pickle.loads(pickle.dumps(one))
    assert pa.table(copy.read(TEXTS, **columns)) == expected
    with ThreadPoolExecutor(4) as pool:
        for found in pool.map(lambda _: pa.table(reader.read(TEXTS, **columns)), range(8)):
            assert found == expected


def test_the_lock_is_released_while_texts_are_read(reader):
    """A thread that only counts goes on while another one reads."""
    import threading

    counted, done = 0, threading.Event()

    def read():
        reader.read(TEXTS * 40, ids=map(str, range(200)), progress=False)
        done.set()

    thread = threading.Thread(target=read)
    # Held by whoever counts for as long as nobody asks for it: without a release, nothing is counted
    # from the start of the reading to its end.
    thread.start()
    while not done.is_set():
        counted += 1
    thread.join()
    assert counted > 1000


def test_a_stream_takes_texts_as_it_needs_them(reader):
    taken = 0

    def texts():
        nonlocal taken
        for n in range(5000):
            taken += 1
            yield f"Iran sold {n} drones to Russia."

    stream = reader.stream(texts())
    first = next(stream)
    assert taken <= 1025
    assert len(first) == 1024
    assert pa.table(first).column("doc")[5].as_py() == "5"
    assert sum(map(len, stream)) == 5000 - 1024


def test_a_claim_shows_its_words(claims):
    claim = next(claim for claim in claims if claim["doc"] == "drones" and claim["field"] == "text")
    assert claim.words("source") == "Iran"
    assert claim.words("target") == "Russia"
    assert claim["source_name"] == "Iran"
    html = claim._repr_html_()
    assert '<mark title="source" style="background:#9fd3c7;color:#000">Iran</mark>' in html
    assert "state:IRN supplies state:RUS" in repr(claim)
    assert claims[-1]["id"] == claims[len(claims) - 1]["id"]
    assert len(claims[:2]) == 2
    with pytest.raises(IndexError):
        claims[len(claims)]


def test_text_is_shown_and_not_run(reader):
    claims = reader.read(["Iran sold drones to Russia, AT&T said."], outlets=["<b>x"])
    assert len(claims) == 1
    html = claims._repr_html_()
    assert "<b>x" not in html
    assert "&lt;b&gt;x" in html
    assert "AT&amp;T" in html
