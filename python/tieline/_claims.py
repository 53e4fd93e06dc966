"""Claims as users hold them: a table, and one by one."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any, overload

from tieline import _native, _show

if TYPE_CHECKING:
    import pandas
    import polars
    import pyarrow


class Table:
    """Rows with typed columns, as Arrow.

    Whatever takes ``__arrow_c_stream__`` takes a table: ``pyarrow.table(t)``, ``polars.DataFrame(t)``,
    ``duckdb.sql("from t")``. Text is ``string``; lists and truth values hold no nulls; days are
    ``date32``.
    """

    def __init__(self, native: _native.Table) -> None:
        self._table = native

    def _native_table(self) -> _native.Table:
        return self._table

    def __arrow_c_stream__(self, requested_schema: object | None = None) -> Any:
        """The rows as an Arrow C stream in a capsule."""
        return self._native_table().__arrow_c_stream__(requested_schema)

    def __arrow_c_schema__(self) -> Any:
        """The columns as an Arrow C schema in a capsule."""
        return self._native_table().__arrow_c_schema__()

    def __len__(self) -> int:
        return len(self._native_table())

    @property
    def column_names(self) -> list[str]:
        """Names of the columns, in order."""
        return self._native_table().column_names

    def to_arrow(self) -> pyarrow.Table:
        """The rows as a ``pyarrow.Table``, not copied.

        Raises:
            ImportError: There is no pyarrow.
        """
        import pyarrow

        return pyarrow.table(self)

    def to_pandas(self) -> pandas.DataFrame:
        """The rows as a ``pandas.DataFrame``; lists are arrays, days are ``date`` objects.

        Raises:
            ImportError: There is no pandas, or no pyarrow.
        """
        frame: pandas.DataFrame = self.to_arrow().to_pandas()
        return frame

    def to_polars(self) -> polars.DataFrame:
        """The rows as a ``polars.DataFrame``.

        Raises:
            ImportError: There is no polars.
        """
        import polars

        frame = polars.DataFrame(self)
        assert isinstance(frame, polars.DataFrame)
        return frame

    def __repr__(self) -> str:
        return f"<{type(self).__name__}: {len(self)} rows of {', '.join(self.column_names)}>"


class Claim(Mapping[str, Any]):
    """One claim: a mapping from the columns of claims to their values.

    Besides the columns there are ``source_name`` and ``target_name``. Shown in a notebook, the line
    stands there with its words marked.
    """

    def __init__(self, row: dict[str, Any]) -> None:
        self._row = row

    def __getitem__(self, column: str) -> Any:
        return self._row[column]

    def __iter__(self) -> Iterator[str]:
        return iter(self._row)

    def __len__(self) -> int:
        return len(self._row)

    @property
    def sentence(self) -> str:
        """The line, as it stands in the text."""
        return str(self._row["sentence"])

    def words(self, part: str) -> str | None:
        """The words of the line that are its ``part``: trigger, source, target, quantity,
        attribution or attribution_cue. None where the line does not name it.

        Raises:
            KeyError: There is no such part.
        """
        start, end = self._row[f"{part}_start"], self._row[f"{part}_end"]
        if start is None:
            return None
        line, first = self.sentence.encode(), self._row["start"]
        return line[max(start - first, 0) : max(end - first, 0)].decode(errors="replace") or None

    def __repr__(self) -> str:
        row = self._row
        return (
            f"<Claim {row['id']}: {row['source']} {row['relation']} {row['target']}, "
            f"{row['standing']}: {self.sentence!r}>"
        )

    def _repr_html_(self) -> str:
        return _show.claim(self)


class Claims(Table):
    """Claims with their articles and entities, in the order of the texts.

    The columns are those of ``claims.parquet``, a row a claim; ``claims[0]`` is one by itself.
    """

    def __init__(self, native: _native.Claims, skipped: list[tuple[int, str]]) -> None:
        self._claims = native
        self._columns: _native.Table | None = None
        self.skipped: list[tuple[int, str]] = skipped
        """Texts that were not read: the place of each, counted from 0, and why."""

    def _native_table(self) -> _native.Table:
        if self._columns is None:
            self._columns = self._claims.table()
        return self._columns

    def __len__(self) -> int:
        return len(self._claims)

    @property
    def entities(self) -> Table:
        """The entities that claims name, and their states, sorted by id: id, name, kind, state
        (alpha-3), iso2, aliases, offices, discovered."""
        return Table(self._claims.entities())

    @property
    def articles(self) -> Table:
        """All articles with their stories: doc, story (the article that stands for copies of one
        text), title, date, first_date, last_date, outlet, url, claims (their number)."""
        return Table(self._claims.articles())

    @overload
    def __getitem__(self, at: int) -> Claim: ...
    @overload
    def __getitem__(self, at: slice) -> list[Claim]: ...
    def __getitem__(self, at: int | slice) -> Claim | list[Claim]:
        if isinstance(at, slice):
            return [self[n] for n in range(*at.indices(len(self)))]
        if not -len(self) <= at < len(self):
            raise IndexError(f"there are {len(self)} claims, and none at {at}")
        return Claim(self._claims.row(at % len(self)))

    def __iter__(self) -> Iterator[Claim]:
        return (self[n] for n in range(len(self)))

    def write_run(self, path: str | os.PathLike[str], *, force: bool = False) -> None:
        """Write the run of these claims into a folder: all files, as ``tieline build`` makes them,
        and segments that ``tieline add`` and ``tieline merge`` take.

        Args:
            path: The folder. A run that is there is replaced.
            force: Whether a run without claims may take the place of one with some.

        Raises:
            TielineError: The folder cannot be written, or a run would become empty.
        """
        self._claims.write_run(path, force)

    def __repr__(self) -> str:
        return f"<Claims: {len(self)}>"

    def _repr_html_(self) -> str:
        return _show.claims(self)
