"""Reading and counting on a cluster, by Spark's own means.

The same articles give the same claims, stories and ties as one process, whatever the partitions::

    from tieline import spark as ts

    claims = ts.read_claims(articles, text="body", id="url", date="published")
    ties = ts.ties(claims)

What happens: workers read articles into records (``mapInArrow``), near-duplicates meet by the bands
of their sketches (a join), the driver learns what only the whole can tell (entities, ambiguous
verbs, which articles are copies), workers turn records into claims, and ties are an aggregation.
Nothing is sent but rows of Arrow.
"""

from __future__ import annotations

import hashlib
import json
import logging
import os
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any, NamedTuple

import pyarrow as pa
from pyspark.sql import Window
from pyspark.sql import functions as F

from tieline import _native
from tieline._claims import Table
from tieline._reader import Reader, _in_batches, _text

if TYPE_CHECKING:
    from pyspark.sql import Column, DataFrame

__all__ = ["claims", "read_claims", "read_files", "read_records", "ties", "unique", "whole", "write_run"]

_log = logging.getLogger("tieline.spark")

_RECORDS = (
    "given string, date string, first_date date, last_date date, title string, outlet string, url string, "
    "content string, sketch string, record string, entities string, bands array<bigint>"
)
_STANDINGS = ["asserted", "hedged", "prospective", "denied", "negated"]

# Articles of a bucket that each new one is compared with, as in one process.
_COMPARED = 16


def read_records(
    df: DataFrame,
    text: str = "text",
    id: str = "id",
    date: str | None = None,
    title: str | None = None,
    outlet: str | None = None,
    url: str | None = None,
    *,
    gazetteer: str | None = None,
    rules: str | None = None,
    lexicon: str | None = None,
    day_first: bool | None = None,
) -> DataFrame:
    """Read articles into records, a row an article: what a run keeps of it.

    This is the slow step. Keep its result (``persist``, or Parquet): all others start from it.

    Args:
        df: A row an article.
        text, id, date, title, outlet, url: The columns of ``df``. A row without an id is named by
            the hash of its text.
        gazetteer, rules, lexicon: Folders on the workers, as of :class:`tieline.Reader`.
        day_first: What ``03/04/2024`` means.

    Returns:
        given (the id), date, first_date, last_date, title, outlet, url, content (hash of the text),
        sketch, record (JSON), entities (JSON), bands. A text that cannot be read is no row; the
        worker's log has a warning.
    """
    names = [text, id, date, title, outlet, url]
    columns = [F.lit(None) if name is None else F.col(name) for name in names]
    cast = [column.cast("string").alias(f"c{n}") for n, column in enumerate(columns)]
    knowledge = (gazetteer, rules, lexicon)

    def read(batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        reader = _reader(knowledge)
        for batch in batches:
            rows = zip(*(column.to_pylist() for column in batch.columns), strict=True)
            for some in _in_batches(_named(row) for row in rows):
                yield from _records(reader._native.read(some, 0, day_first))

    return df.select(*cast).mapInArrow(read, _RECORDS)


def read_files(
    df: DataFrame,
    *,
    gazetteer: str | None = None,
    rules: str | None = None,
    lexicon: str | None = None,
    day_first: bool | None = None,
) -> DataFrame:
    """Read whole files into records: WARC, HTML, mail, archives and all else that the program reads.

    Args:
        df: ``path`` and ``content``, as ``spark.read.format("binaryFile")`` gives them. Spark holds
            a file in memory, and takes none of 2 GiB or more.
        gazetteer, rules, lexicon, day_first: As of :func:`read_records`.

    Returns:
        As of :func:`read_records`. An article that does not name itself is named by its file and
        its place there, as the program does it; files of one name should not lie in several folders.
    """
    knowledge = (gazetteer, rules, lexicon)

    def read(batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        reader = _reader(knowledge)
        for batch in batches:
            for path, content in zip(*(column.to_pylist() for column in batch.columns), strict=True):
                name = path.rsplit("/", 1)[-1]
                yield from _records(reader._native.read_file(name, content, day_first))

    return df.select("path", "content").mapInArrow(read, _RECORDS)


def read_claims(df: DataFrame, text: str = "text", id: str = "id", **columns: Any) -> DataFrame:
    """Read articles into claims: :func:`read_records`, kept by ``persist``, then :func:`claims`.

    Takes what :func:`read_records` takes.
    """
    records = read_records(df, text, id, **columns)
    try:
        records = records.persist()
    except Exception as error:  # a server without a store of its own reads anew each time
        _log.warning("records are not kept: %s", error)
    return claims(records)


def unique(records: DataFrame) -> DataFrame:
    """Each article once, with its name in the whole.

    Articles with the same id, date and text are one; of several with one id the first by date and
    text keeps it as its name, and the others get a number behind it: ``x``, ``x#2``.

    Returns:
        The columns of ``records``, doc (the name), n (1 for the first of a name).
    """
    facts = [F.col(name).asc_nulls_first() for name in ("title", "outlet", "url")]
    same = Window.partitionBy("given", "date", "content").orderBy(*facts)
    once = records.withColumn("_same", F.row_number().over(same)).where("_same = 1").drop("_same")
    when = [F.col("first_date").asc_nulls_first(), F.col("last_date").asc_nulls_first(), F.col("content")]
    numbered = once.withColumn("n", F.row_number().over(Window.partitionBy("given").orderBy(*when)))
    # A name with a number may be that of another article: such numbers are passed over.
    base, k = (F.regexp_extract("given", r"^(.*)#([1-9][0-9]{0,8})$", n) for n in (1, 2))
    # An engine may cast before it filters: what is no number is null.
    taken = once.select(base.alias("_base"), F.when(k != "", k).cast("int").alias("_k"))
    taken = taken.where("_k > 1").groupBy("_base").agg(F.sort_array(F.collect_set("_k")).alias("_taken"))
    joined = numbered.join(taken, numbered["given"] == taken["_base"], "left")
    number = F.expr("if(_taken is null or n = 1, n, aggregate(_taken, n, (n, k) -> if(k <= n, n + 1, n)))")
    doc = F.when(F.col("n") == 1, F.col("given")).otherwise(F.concat_ws("#", "given", number.cast("string")))
    return joined.withColumn("doc", doc).drop("_base", "_taken")


class Whole(NamedTuple):
    """What only the whole can tell; held by the driver."""

    knowledge: str
    """Entities and counts of verbs as JSON, for the workers."""
    stories: dict[str, str]
    """The story of each article that is not a story by itself."""

    @property
    def entities(self) -> Table:
        """The entities that claims name, and their states, as :attr:`tieline.Claims.entities`."""
        return Table(_knowledge(self.knowledge).entities())


def whole(articles: DataFrame) -> Whole:
    """Learn what only the whole can tell; ``articles`` is what :func:`unique` gives.

    The driver takes what is known of entities, once each, a few hundred bytes; the counts of verbs;
    and the pairs of articles that are versions of one text.
    """

    def known(batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        for batch in batches:
            entities = _native.unite(list(dict.fromkeys(batch.column(0).to_pylist())))
            counts = _native.count_verbs(batch.column(1).to_pylist())
            yield pa.RecordBatch.from_pydict(
                {
                    "entity": [json.dumps(entity) for entity in json.loads(entities)] + [None] * len(counts),
                    "verb": [None] * len(json.loads(entities)) + [verb for verb, _, _ in counts],
                    "relation": [None] * len(json.loads(entities)) + [relation for _, relation, _ in counts],
                    "n": [0] * len(json.loads(entities)) + [n for _, _, n in counts],
                },
                pa.schema([("entity", "string"), ("verb", "string"), ("relation", "string"), ("n", "int64")]),
            )

    told = articles.select("entities", "record").mapInArrow(
        known, "entity string, verb string, relation string, n bigint"
    )
    rows = told.groupBy("entity", "verb", "relation").agg(F.sum("n").alias("n")).collect()
    entities = [f"[{row['entity']}]" for row in rows if row["entity"] is not None]
    verbs = sorted((row["verb"], row["relation"], row["n"]) for row in rows if row["verb"] is not None)
    united = _native.unite(sorted(entities))
    return Whole(json.dumps([united, verbs]), _stories(articles))


def claims(records: DataFrame) -> DataFrame:
    """The claims of records, with the columns of ``claims.parquet``.

    Some steps run at once: the driver asks for what only the whole can tell.

    Args:
        records: What :func:`read_records` or :func:`read_files` gave, of all articles.
    """
    articles = unique(records)
    known, told = whole(articles)
    session = records.sparkSession
    stories = session.createDataFrame(list(told.items()) or [("", "")], "doc string, story string")
    rows = articles.select("record", "doc", "given", "n").join(stories, "doc", "left")
    rows = rows.select("record", "doc", F.coalesce("story", "doc").alias("story"), "given", "n")

    def put_together(batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        knowledge = _knowledge(known)
        for batch in batches:
            for record, doc, story, given, n in zip(*(c.to_pylist() for c in batch.columns), strict=True):
                for part in pa.table(Table(knowledge.claims([(record, doc, story)]))).to_batches():
                    size = part.num_rows
                    part = part.append_column("_given", pa.array([given] * size, "string"))
                    part = part.append_column("_n", pa.array([n] * size, "int32"))
                    yield part.append_column("_at", pa.array(range(size), "int32"))

    schema = f"{_ddl('claims')}, _given string, _n int, _at int"
    lines = rows.mapInArrow(put_together, schema)
    # Versions of a text share their claims.
    said = Window.partitionBy("_given", "id").orderBy("_n", "_at")
    lines = lines.withColumn("_said", F.row_number().over(said)).where("_said = 1")
    return lines.drop("_given", "_n", "_at", "_said")


def ties(claims: DataFrame) -> DataFrame:
    """The ties of claims: one of each source, relation and target, as ``edges.parquet`` has them but
    for denied_by, dates, and the event codes of relations, which rules tell and claims do not.

    A plain aggregation: status is the strongest standing, weight the number of stories that assert
    it (0.1 where none does), goods and dates are those of the claims of that standing, and the best
    line is the most probable clear one.
    """
    rank = F.lit(len(_STANDINGS) - 1)
    for n, standing in reversed(list(enumerate(_STANDINGS[:-1]))):
        rank = F.when(F.col("standing") == standing, n).otherwise(rank)
    key = ["source", "relation", "target"]
    tie = Window.partitionBy(*key)
    # Thousandths by single precision, as claims are ranked everywhere.
    sure = (F.col("confidence").cast("float") * F.lit(1000).cast("float")).cast("int")
    order = [F.col("clear").desc(), F.col("_sure").desc(), F.col("last_date").desc_nulls_last(), "id", "doc"]
    rows = claims.withColumn("_rank", rank).withColumn("_sure", sure)
    rows = rows.withColumn("_status", F.min("_rank").over(tie))
    rows = rows.withColumn("_place", F.row_number().over(tie.orderBy("_rank", *order)))
    denial = F.when(F.col("_rank") == 3, F.col("_place"))
    rows = rows.withColumn("_denial", F.min(denial).over(tie))

    holds = F.col("_rank") == F.col("_status")
    is_positive = F.col("_status") < 3

    def best(column: str) -> Column:
        return F.max(F.when(F.col("_place") == 1, F.col(column))).alias(f"evidence_{column}")

    def denied(column: str) -> Column:
        return F.max(F.when(F.col("_place") == F.col("_denial"), F.col(column)))

    def all_of(column: str, which: Column) -> Column:
        return F.array_distinct(F.flatten(F.collect_list(F.when(which, F.col(column)))))

    def goods(labels: str) -> Column:
        # Once each, in small letters where any line of the tie writes it so: they sort last.
        once = f"array_distinct(transform({labels}, label -> lower(label)))"
        written = "array_max(filter(_labels, label -> lower(label) = small))"
        return F.expr(f"array_sort(transform({once}, small -> {written}))")

    def joined(column: str, which: Column) -> Column:
        texts = F.concat_ws("; ", F.array_sort(F.collect_set(F.when(which, F.col(column)))))
        return F.when(texts != "", texts)

    counts = [F.count(F.when(F.col("_rank") == n, 1)).alias(name) for n, name in enumerate(_STANDINGS)]
    counted = rows.groupBy(*key).agg(
        F.first("directed").alias("directed"),
        F.min("_status").alias("_status"),
        F.max(F.when(F.col("_place") == 1, F.col("confidence"))).alias("confidence"),
        F.min(F.when(holds, F.col("first_date"))).alias("first_date"),
        F.max(F.when(holds, F.col("last_date"))).alias("last_date"),
        all_of("items", holds & is_positive).alias("items"),
        all_of("items", F.col("_rank") >= 3).alias("denied_items"),
        all_of("items", F.lit(True)).alias("_labels"),
        F.count(F.lit(1)).alias("claims"),
        F.count_distinct("doc").alias("mentions"),
        F.count_distinct("story").alias("stories"),
        F.count_distinct(F.when(F.col("_rank") == 0, F.col("story"))).alias("asserted_stories"),
        *counts,
        joined("quantity", holds & is_positive).alias("quantities"),
        joined("role", holds).alias("roles"),
        best("sentence").alias("evidence"),
        best("doc"),
        best("title"),
        best("date"),
        best("url"),
        best("id").alias("evidence_claim"),
        best("attribution").alias("attribution"),
        denied("sentence").alias("denial"),
        denied("id").alias("denial_claim"),
    )
    status = F.lit(_STANDINGS[-1])
    for n, standing in enumerate(_STANDINGS[:-1]):
        status = F.when(F.col("_status") == n, standing).otherwise(status)
    weight = F.when(F.col("asserted_stories") == 0, 0.1).otherwise(F.col("asserted_stories").cast("double"))
    return counted.select(
        F.concat_ws(" ", *key).alias("id"),
        "source",
        "target",
        "relation",
        "directed",
        ((F.col("_status") < 2) & (F.col("denied") > 0)).alias("disputed"),
        weight.alias("weight"),
        "confidence",
        "first_date",
        "last_date",
        goods("items").alias("items"),
        goods("denied_items").alias("denied_items"),
        "claims",
        "mentions",
        "stories",
        "asserted_stories",
        *_STANDINGS,
        status.alias("status"),
        "quantities",
        "roles",
        "evidence",
        "evidence_doc",
        "evidence_title",
        "evidence_date",
        "evidence_url",
        "evidence_claim",
        "attribution",
        "denial",
        "denial_claim",
    )


def write_run(
    records: DataFrame,
    path: str | os.PathLike[str],
    *,
    corrections: str | os.PathLike[str] | None = None,
    gazetteer: str | None = None,
    rules: str | None = None,
    lexicon: str | None = None,
    force: bool = False,
) -> None:
    """Write records as a run that the program opens, adds to, merges and exports.

    Records come to the driver partition by partition and go into segments batch by batch, so that
    its memory stays flat; its disk holds the run.

    Args:
        records: What :func:`read_records` or :func:`read_files` gave.
        path: A folder on the driver. A run that is there is replaced.
        corrections: A file ``corrections.toml`` on the driver.
        gazetteer, rules, lexicon: Folders on the driver, those that records were read with.
        force: Whether a run without claims may take the place of one with some.

    Raises:
        TielineError: The folder cannot be written, or a run would become empty.
    """
    provenance = Reader(gazetteer, rules, lexicon, threads=1)._native.provenance
    rows = records.select("record", "entities").toLocalIterator()
    _native.write_run(((row[0], row[1]) for row in rows), provenance, path, corrections, force)


def _named(row: tuple[Any, ...]) -> tuple[Any, ...]:
    text, id, *rest = (_text(value) for value in row)
    if not id or not id.strip():
        id = hashlib.sha256((text or "").encode()).hexdigest()[:16]
    return (text, id, *rest)


def _records(batch: _native.Batch) -> Iterator[pa.RecordBatch]:
    for at, reason in batch.skipped:
        _log.warning("a text was skipped (%s of its batch): %s", at, reason)
    yield from pa.table(Table(batch.table())).to_batches()


# Workers are used again for other partitions: what they have loaded stays.
_readers: dict[tuple[str | None, ...], Reader] = {}
_known: dict[str, _native.Knowledge] = {}


def _reader(knowledge: tuple[str | None, ...]) -> Reader:
    if knowledge not in _readers:
        # A worker has one core.
        _readers[knowledge] = Reader(*knowledge, threads=1)
    return _readers[knowledge]


def _knowledge(text: str) -> _native.Knowledge:
    digest = hashlib.sha256(text.encode()).hexdigest()
    if digest not in _known:
        _known.clear()
        entities, verbs = json.loads(text)
        _known[digest] = _native.Knowledge(entities, [tuple(row) for row in verbs])
    return _known[digest]


def _ddl(kind: str) -> str:
    """The columns of a table as Spark writes them."""
    types = {"int64": "bigint", "date32": "date", "bool": "boolean"}
    types |= {"list<string>": "array<string>", "list<int64>": "array<bigint>"}
    return ", ".join(f"`{name}` {types.get(type, type)}" for name, type, _ in _native.schema(kind))


def _stories(articles: DataFrame) -> dict[str, str]:
    """The story of each article that is not a story by itself.

    Articles of one id or one text are one story. Others are compared where they share a band, each
    with those before it in the order of names, and are one where their sketches say so.
    """
    facts = articles.select("doc", "given", "content", "date", "first_date")
    edges: dict[tuple[str, str], None] = {}
    first_dates: dict[str, Any] = {}
    for column in ("given", "content"):
        same = Window.partitionBy(column).orderBy("doc")
        pairs = facts.withColumn("before", F.lag("doc").over(same)).withColumn("when", F.lag("first_date").over(same))
        for row in pairs.where("before is not null").select("before", "doc", "when", "first_date").collect():
            edges[row[0], row[1]] = None
            first_dates[row[0]], first_dates[row[1]] = row[2], row[3]

    bands = articles.select("doc", F.posexplode("bands").alias("band", "hash"))
    before = Window.partitionBy("band", "hash").orderBy("doc").rowsBetween(-_COMPARED, -1)
    met = bands.withColumn("others", F.collect_list("doc").over(before))
    met = met.select(F.explode("others").alias("a"), F.col("doc").alias("b")).distinct()
    told = articles.select("doc", "sketch", "date", "first_date")
    sides = [told.select(*(F.col(name).alias(f"{side}_{name}") for name in told.columns)) for side in "ab"]
    pairs = met.join(sides[0], met["a"] == sides[0]["a_doc"]).join(sides[1], met["b"] == sides[1]["b_doc"])
    pairs = pairs.select("a", "b", "a_sketch", "b_sketch", "a_date", "b_date", "a_first_date", "b_first_date")

    def alike(batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        for batch in batches:
            rows = zip(*(batch.column(n).to_pylist() for n in range(2, 6)), strict=True)
            is_one = pa.array(_native.alike(list(rows)), "bool")
            yield batch.filter(is_one).select(["a", "b", "a_first_date", "b_first_date"])

    schema = "a string, b string, a_first_date date, b_first_date date"
    for a, b, a_date, b_date in pairs.mapInArrow(alike, schema).collect():
        edges[a, b] = None
        first_dates[a], first_dates[b] = a_date, b_date
    return _earliest(edges, first_dates)


def _earliest(edges: Iterable[tuple[str, str]], first_dates: dict[str, Any]) -> dict[str, str]:
    """For each article of a connected group but the earliest: the earliest. Articles without a date
    come last, then the first by name."""
    above = {doc: doc for doc in first_dates}

    def top(doc: str) -> str:
        while above[doc] != doc:
            above[doc] = above[above[doc]]
            doc = above[doc]
        return doc

    def age(doc: str) -> tuple[bool, str, str]:
        date = first_dates[doc]
        return (date is None, str(date), doc)

    for a, b in edges:
        a, b = sorted((top(a), top(b)), key=age)
        above[b] = a
    return {doc: story for doc in sorted(above) if (story := top(doc)) != doc}
