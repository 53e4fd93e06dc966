"""Texts in, claims out."""

from __future__ import annotations

import datetime
import os
import warnings
from collections.abc import Iterable, Iterator
from itertools import repeat
from typing import Any

from tieline import _native
from tieline._claims import Claims

# Texts that are read together: what bounds the memory of a reading that is not kept, and how often
# progress is shown and an interrupt is heard.
_BATCH_BYTES = 4 << 20
_BATCH_TEXTS = 1024


class Reader:
    """The compiled knowledge that texts are read with. Making one takes a part of a second.

    A reader may be used by several threads at once, and be pickled: the copy loads its knowledge
    anew.

    Args:
        gazetteer: Folder with tables of names that add to the embedded ones or override them.
        rules: Folder with relations and rules that add to the embedded ones.
        lexicon: Folder with word lists that add to the embedded ones.
        corrections: A file ``corrections.toml`` with decisions about claims and entities.
        threads: Threads that read; 0 for as many as there are cores. Results are the same.

    Raises:
        TielineError: A file cannot be read or is wrong; file, line and value are named.
    """

    def __init__(
        self,
        gazetteer: str | os.PathLike[str] | None = None,
        rules: str | os.PathLike[str] | None = None,
        lexicon: str | os.PathLike[str] | None = None,
        corrections: str | os.PathLike[str] | None = None,
        *,
        threads: int = 0,
    ) -> None:
        self._arguments = (gazetteer, rules, lexicon, corrections)
        self._threads = threads
        self._native = _native.Reader(*self._arguments, threads)

    def __reduce__(self) -> tuple[Any, ...]:
        return _reader, (*self._arguments, self._threads)

    @property
    def relations(self) -> list[str]:
        """Names of the relations that claims may have, sorted."""
        return self._native.relations

    @property
    def hashes(self) -> dict[str, str]:
        """Hashes (BLAKE3) of gazetteer, lexicon, model and rules, by these names."""
        return self._native.hashes

    def read(
        self,
        texts: str | Iterable[str | None],
        ids: Iterable[Any] | None = None,
        dates: Iterable[Any] | None = None,
        titles: Iterable[Any] | None = None,
        outlets: Iterable[Any] | None = None,
        urls: Iterable[Any] | None = None,
        *,
        day_first: bool | None = None,
        progress: bool = True,
    ) -> Claims:
        """Read texts and put their claims together: stories, standings, corrections.

        The interpreter's lock is released while texts are read. What is claimed does not depend on
        the order of the texts or on threads.

        Args:
            texts: One text or any iterable of n texts: a list, a generator, a column of a data
                frame or of an Arrow table. An empty one is skipped.
            ids: n names of the articles; by default ``"0"``, ``"1"``, …
            dates: n days of publication, from which "last month" counts: ``date``, ``datetime``,
                or text such as ``2024-10-05``, ``2024-10``, ``5 October 2024``.
            titles: n headlines that are kept apart from the texts. They are read too, and spans in
                them count from their own start (column ``field``).
            outlets: n publishers.
            urls: n addresses.
            day_first: What ``03/04/2024`` means. Without it, such dates are left out.
            progress: Whether to show a bar by tqdm, where that is installed and there is more than
                one batch of texts.

        Returns:
            The claims, in the order of the texts. Everything is kept in memory, about two
            kilobytes a text; :meth:`stream` keeps nothing.

        Raises:
            ValueError: A column has not as many values as there are texts.

        Warns:
            UserWarning: Texts were skipped, or dates are none; once each, with an example.
        """
        if isinstance(texts, str):
            texts = [texts]
        rows = _rows(texts, ids, dates, titles, outlets, urls)
        batches = []
        with _bar(_length(texts), progress) as bar:
            for batch, n in self._batches(rows, day_first):
                batches.append(batch)
                bar.update(n)
        return Claims(self._native.gather(batches), _doubts(batches))

    def stream(
        self,
        texts: Iterable[str | None],
        ids: Iterable[Any] | None = None,
        dates: Iterable[Any] | None = None,
        titles: Iterable[Any] | None = None,
        outlets: Iterable[Any] | None = None,
        urls: Iterable[Any] | None = None,
        *,
        day_first: bool | None = None,
    ) -> Iterator[Claims]:
        """Read texts batch by batch, for corpora that do not fit into memory.

        Takes what :meth:`read` takes and yields the claims of at most 1,024 texts or 4 MiB each
        time. Stories are those of one batch alone.
        """
        rows = _rows(texts, ids, dates, titles, outlets, urls)
        for batch, _ in self._batches(rows, day_first):
            yield Claims(self._native.gather([batch]), _doubts([batch]))

    def _batches(
        self, rows: Iterator[tuple[Any, ...]], day_first: bool | None
    ) -> Iterator[tuple[_native.Batch, int]]:
        first = 0
        for some in _in_batches(rows):
            yield self._native.read(some, first, day_first), len(some)
            first += len(some)

    def __repr__(self) -> str:
        given = zip(("gazetteer", "rules", "lexicon", "corrections"), self._arguments, strict=True)
        return f"Reader({', '.join(f'{name}={str(path)!r}' for name, path in given if path is not None)})"


def _reader(gazetteer: Any, rules: Any, lexicon: Any, corrections: Any, threads: int) -> Reader:
    return Reader(gazetteer, rules, lexicon, corrections, threads=threads)


def _values(column: Any) -> Iterable[Any]:
    """The values of a column as Python's own."""
    if isinstance(column, (str, bytes)):
        raise ValueError("expected one value for each text, found a single one")
    chunks = getattr(column, "chunks", None)
    if isinstance(chunks, list):  # pyarrow: a chunk at a time, so that memory stays flat
        return (value for chunk in chunks for value in chunk.to_pylist())
    if hasattr(column, "to_pylist"):
        return column.to_pylist()  # type: ignore[no-any-return]
    return column  # type: ignore[no-any-return]


def _text(value: Any) -> str | None:
    """A value as text; what data frames take for absent is None."""
    if value is None or isinstance(value, str):
        return value
    if value != value or type(value).__name__ in ("NAType", "NaTType"):
        return None
    if isinstance(value, datetime.date):
        return value.isoformat()[:10]
    if hasattr(value, "item") and type(value).__module__ == "numpy":
        if type(value).__name__ == "datetime64":
            return str(value)[:10] if str(value) != "NaT" else None
        return str(value.item())
    return str(value)


def _rows(texts: Iterable[Any], *columns: Iterable[Any] | None) -> Iterator[tuple[Any, ...]]:
    """Texts with what belongs to each; as many of each as there are texts."""
    absent = [column is None for column in columns]
    iterators = [iter(repeat(None) if column is None else _values(column)) for column in columns]
    n = 0
    end = object()
    for text in _values(texts):
        row = [next(values, end) for values in iterators]
        if end in row:
            raise ValueError(f"a column ends after {n} values, and there are more texts")
        n += 1
        yield (_text(text), *map(_text, row))
    for values, is_absent in zip(iterators, absent, strict=True):
        if not is_absent and next(values, end) is not end:
            raise ValueError(f"there are {n} texts, and a column has more values")


def _in_batches(rows: Iterator[tuple[Any, ...]]) -> Iterator[list[tuple[Any, ...]]]:
    some: list[tuple[Any, ...]] = []
    size = 0
    for row in rows:
        some.append(row)
        size += len(row[0] or "")
        if size >= _BATCH_BYTES or len(some) >= _BATCH_TEXTS:
            yield some
            some, size = [], 0
    if some:
        yield some


def _doubts(batches: Iterable[_native.Batch]) -> list[tuple[int, str]]:
    """The texts that were skipped; warns of them and of dates that are none."""
    skipped = [entry for batch in batches for entry in batch.skipped]
    dates = [entry for batch in batches for entry in batch.dates]
    if skipped:
        at, reason = skipped[0]
        warnings.warn(f"{len(skipped)} texts were skipped, such as number {at}: {reason}", stacklevel=3)
    if dates:
        at, date = dates[0]
        warnings.warn(
            f"{len(dates)} dates were left out, such as {date!r} of number {at}: none, or the order of "
            "day and month is not told (day_first)",
            stacklevel=3,
        )
    return skipped


def _length(texts: Any) -> int | None:
    return len(texts) if hasattr(texts, "__len__") else None


class _NoBar:
    def __enter__(self) -> _NoBar:
        return self

    def __exit__(self, *_: object) -> None: ...

    def update(self, n: int) -> None: ...


def _bar(length: int | None, wanted: bool) -> Any:
    if not wanted or (length is not None and length <= _BATCH_TEXTS):
        return _NoBar()
    try:
        from tqdm.auto import tqdm
    except ImportError:
        return _NoBar()
    return tqdm(total=length, unit=" texts", desc="reading", leave=False)
