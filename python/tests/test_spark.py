"""A cluster reads as one process does: claim by claim and tie by tie, whatever the partitions.

TIELINE_SPARK says which: `cluster`, two workers of Spark with a process each, or `sail`.
"""

from __future__ import annotations

import gzip
import json
import os
import subprocess
import sys
import warnings
from pathlib import Path

import pyarrow as pa
import pytest
import tieline
from conftest import ROOT, WIRE

ENGINE = os.environ.get("TIELINE_SPARK")
if ENGINE is None:
    pytest.skip("TIELINE_SPARK names no engine", allow_module_level=True)

from tieline import spark as ts  # noqa: E402

BENCHMARK = Path(os.environ.get("TIELINE_SHARED", ROOT.parent / "shared")) / "perf" / "news.jsonl"
# Of the benchmark corpus, so many articles: a whole one takes minutes with the wheel of tests.
BENCHMARK_ARTICLES = int(os.environ.get("TIELINE_BENCHMARK_ARTICLES", "300"))


@pytest.fixture(scope="session")
def spark():
    from pyspark.sql import SparkSession

    if ENGINE == "sail":
        from pysail.spark import SparkConnectServer

        server = SparkConnectServer("127.0.0.1", 0)
        server.start(background=True)
        session = SparkSession.builder.remote(f"sc://127.0.0.1:{server.listening_address[1]}").getOrCreate()
        yield session
        session.stop()
        return
    os.environ["SPARK_LOCAL_IP"] = "127.0.0.1"
    session = (
        SparkSession.builder.master("local-cluster[2,1,1024]")
        .config("spark.ui.enabled", "false")
        .config("spark.sql.shuffle.partitions", "4")
        # Adaptive plans would put small partitions together, and test one.
        .config("spark.sql.adaptive.enabled", "false")
        .config("spark.executorEnv.PYTHONPATH", str(Path(__file__).parent))
        .getOrCreate()
    )
    yield session
    session.stop()


def articles():
    """Rows of (id, date, title, text): the sample, and what may go wrong between partitions."""
    lines = (ROOT / "data" / "sample" / "briefs.jsonl").read_text(encoding="utf-8").splitlines()
    rows = [(row["id"], row.get("date"), row.get("title"), row["text"]) for row in map(json.loads, lines)]
    long = WIRE + " The embassy of Iran in Moscow said nothing, and the harbour master of Rason was not to be reached."
    rows += [
        ("wire", "2024-06-04", None, WIRE),
        ("reprint", "2024-06-03", None, WIRE.replace("Tuesday", "Tuesday evening")),
        ("longer", None, None, long),
        # One id: versions of one text, and a name that one of them would get is taken.
        ("twice", "2024-01-01", None, "Iran sold drones to Russia."),
        ("twice", "2024-01-02", None, "Iran sold drones to Russia. China warned Japan."),
        ("twice", None, None, "Iran sold many drones to Russia."),
        ("twice#2", None, None, "Belarus sold trucks to Russia."),
        # The same article twice, and one text under two names.
        ("same", "2024-01-01", None, "China warned Japan over the islands."),
        ("same", "2024-01-01", None, "China warned Japan over the islands."),
        ("other", "2024-01-01", None, "China warned Japan over the islands."),
        # Goods are listed once, as small as they are written.
        ("headline", "2024-04-01", "Iran sold Drones to Belarus", "Iran sold drones to Belarus, Kyiv said."),
        # An official whom only another article introduces.
        ("office", "2024-02-01", None, "Ivan Petrenkov, the Russian deputy foreign minister, met Japanese envoys."),
        ("denial", "2024-02-02", None, "Russia did not buy drones from Iran, Ivan Petrenkov said."),
        ("empty", None, None, ""),
        ("titled", "2024-03", "Iran supplies missiles to Belarus", "Nothing else was said."),
    ]
    return rows


def one_process(rows):
    ids, dates, titles, texts = zip(*rows, strict=True)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", UserWarning)
        return tieline.Reader().read(texts, ids=ids, dates=dates, titles=titles, progress=False)


def sorted_rows(rows):
    """Rows as values that can be compared, in one order."""
    plain = [{name: list(v) if isinstance(v, (list, tuple)) else v for name, v in row.items()} for row in rows]
    return sorted(plain, key=lambda row: json.dumps(row, default=str, sort_keys=True))


def collected(df):
    return sorted_rows([row.asDict() for row in df.collect()])


def same_as_one_process(spark, rows, partitions, folder):
    expected = one_process(rows)
    df = spark.createDataFrame(rows, "id string, date string, title string, body string")
    df = df.repartition(partitions)
    records = ts.read_records(df, text="body", id="id", date="date", title="title")
    # Sail keeps nothing by `persist`: it would read anew for each step.
    records.write.parquet(str(folder / "records"))
    claims = ts.claims(spark.read.parquet(str(folder / "records")))
    claims.write.parquet(str(folder / "claims"))
    claims = spark.read.parquet(str(folder / "claims"))
    assert claims.columns == expected.column_names
    assert collected(claims) == sorted_rows(pa.table(expected).to_pylist())
    ties = ts.ties(claims)
    columns = ties.columns
    wanted = pa.table(tieline.network(expected).ties).select(columns).to_pylist()
    found = collected(ties)

    def one_line(row):
        texts = ("evidence", "denial", "evidence_title")
        return row | {name: " ".join((row[name] or "").split()) for name in texts}

    found, wanted = ({row["id"]: one_line(row) for row in rows} for rows in (found, wanted))
    assert found.keys() == wanted.keys()
    for id, tie in found.items():
        assert tie == wanted[id]
    return claims, expected


@pytest.mark.parametrize("partitions", [1, 5])
def test_a_cluster_reads_as_one_process(spark, partitions, tmp_path):
    claims, expected = same_as_one_process(spark, articles(), partitions, tmp_path)
    stories = {row["doc"]: row["story"] for row in pa.table(expected.articles).to_pylist()}
    assert stories["wire"] == stories["longer"] == "reprint"
    assert stories["other"] == stories["same"] == "other"
    assert {"twice", "twice#3", "twice#4", "twice#2"} <= stories.keys()
    assert claims.count() == len(expected) > 30


def test_the_benchmark_corpus_is_read_as_one_process_reads_it(spark, tmp_path):
    if not BENCHMARK.is_file():
        print(f"\nSKIPPED: no benchmark corpus beside the project ({BENCHMARK}; TIELINE_SHARED names its folder)")
        pytest.skip("no benchmark corpus beside the project")
    with BENCHMARK.open(encoding="utf-8") as lines:
        rows = [json.loads(line) for line, _ in zip(lines, range(BENCHMARK_ARTICLES))]
    rows = [(row["id"], row.get("date"), row.get("title"), row["text"]) for row in rows]
    _, expected = same_as_one_process(spark, rows, 4, tmp_path)
    print(f"\n{ENGINE}: {len(rows)} articles, {len(expected)} claims, equal to one process")


def test_a_run_is_written_that_the_program_opens(spark, tmp_path):
    rows = articles()
    df = spark.createDataFrame(rows, "id string, date string, title string, text string").repartition(3)
    records = ts.read_records(df, date="date", title="title")
    ts.write_run(records, tmp_path / "cluster")
    one_process(rows).write_run(tmp_path / "one")
    for name in ["claims.jsonl", "articles.jsonl", "entities.jsonl", "edges.parquet", "network.html"]:
        assert (tmp_path / "cluster" / name).read_bytes() == (tmp_path / "one" / name).read_bytes(), name
    segments = [sorted(path.name for path in (tmp_path / run / "segments").iterdir()) for run in ("cluster", "one")]
    assert segments[0] == segments[1]
    why = [sys.executable, "-m", "tieline", "why", "Iran", "Russia", "--in", str(tmp_path / "cluster")]
    assert "drones" in subprocess.run(why, capture_output=True, text=True, check=True).stdout


def test_measures_of_counted_ties(spark):
    rows = [("a", None, None, "Iran sold drones to Russia."), ("b", None, None, "Russia sold jets to China.")]
    df = spark.createDataFrame(rows, "id string, date string, title string, text string")
    ties = ts.ties(ts.read_claims(df))
    measured = {row["id"]: row for row in pa.table(tieline.measures(ties.toArrow())).to_pylist()}
    assert measured["state:RUS"]["betweenness"] > measured["state:CHN"]["betweenness"]


def warc(pages):
    """A compressed WARC of pages, a member a record, as crawlers write it."""
    file = b""
    for url, date, body in pages:
        http = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n" + body.encode()
        head = (
            f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Date: {date}T00:00:00Z\r\nWARC-Target-URI: {url}\r\n"
            f"Content-Type: application/http; msgtype=response\r\nContent-Length: {len(http)}\r\n\r\n"
        )
        file += gzip.compress(head.encode() + http + b"\r\n\r\n", mtime=0)
    return file


def test_a_news_crawl_becomes_ties(spark, tmp_path):
    """The example of the documentation, on a crawl of our own."""
    page = (
        "<html><head><title>{0}</title></head><body><article><h1>{0}</h1><p>{1} {2}</p><p>{2}</p></article></body></html>"
    )
    filler = "Officials of both sides spoke for some hours, and nobody else was let into the room, said those who stood outside of it. "
    told = ["Iran sold drones to Russia, officials said.", "North Korea sold shells to Russia, officials said.", "China warned Japan."]
    (tmp_path / "crawl").mkdir()
    for n in range(2):
        pages = [
            (f"https://news.example/{n}/{m}", "2024-05-01", page.format(f"Report {n} {m}", text, filler * 3))
            for m, text in enumerate(told[n:])
        ]
        (tmp_path / "crawl" / f"crawl-{n}.warc.gz").write_bytes(warc(pages))
    sys.path.insert(0, str(ROOT / "python" / "examples"))
    import crawl_to_ties

    ties = crawl_to_ties.crawl_to_ties(spark, str(tmp_path / "crawl"), str(tmp_path / "run"))
    found = {row["id"]: row["stories"] for row in ties.collect()}
    assert "state:IRN supplies state:RUS" in found
    assert "state:PRK supplies state:RUS" in found
    program = [sys.executable, "-m", "tieline", "build", "--quiet", str(tmp_path / "crawl"), "--out", str(tmp_path / "one")]
    subprocess.run(program, check=True)
    run, one = (set((tmp_path / name / "claims.jsonl").read_text().splitlines()) for name in ("run", "one"))
    assert run == one
