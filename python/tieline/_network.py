"""The network of claims."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any, Literal

from tieline import _native, _show
from tieline._claims import Claims, Table

if TYPE_CHECKING:
    import networkx


class Network:
    """Entities and the ties between them; made by :func:`network`.

    One tie is all that is said of one relation from one entity to another. It weighs as many as
    independent stories assert it. Measures and places are computed when they are first asked for.
    """

    def __init__(self, native: _native.Network) -> None:
        self._native = native

    @property
    def ties(self) -> Table:
        """All ties, sorted by source, relation, target, with the columns of ``edges.parquet``:
        status, weight, counts by standing, dates, goods, the best line. ``weight`` is 0.1 where
        nobody asserts it; ``asserted_stories`` is 0 there."""
        return Table(self._native.ties())

    @property
    def entities(self) -> Table:
        """All entities of the network, sorted by id, with their measures, as in ``nodes.parquet``:
        degree, strength, page_rank, betweenness, closeness, harmonic, eigenvector, katz, hub,
        authority, core_number, constraint, community."""
        return Table(self._native.nodes())

    def __len__(self) -> int:
        """Number of ties."""
        return self._native.n_ties

    def to_networkx(self) -> networkx.MultiDiGraph:
        """The network as a ``networkx.MultiDiGraph``: nodes by id and edges by relation, with the
        columns of :attr:`entities` and :attr:`ties` as attributes. What is absent is left out.

        Raises:
            ImportError: There is no networkx, or no pyarrow.
        """
        import networkx

        graph = networkx.MultiDiGraph()
        for node in self.entities.to_arrow().to_pylist():
            graph.add_node(node.pop("id"), **_known(node))
        for tie in self.ties.to_arrow().to_pylist():
            ends = tie.pop("source"), tie.pop("target")
            graph.add_edge(*ends, key=tie["relation"], **_known(tie))
        return graph

    def page(self) -> str:
        """The page: one HTML document that asks the network for nothing."""
        return self._native.to_bytes("html").decode()

    def to_bytes(self, format: str) -> bytes:
        """The network in one format: graphml, gexf, html, svg, cypher and others.

        Raises:
            TielineError: There is no such format; the known ones are named.
        """
        return self._native.to_bytes(format)

    def write(self, path: str | os.PathLike[str], format: str) -> None:
        """Write the network in one format into the file ``path``.

        Raises:
            TielineError: There is no such format.
            OSError: The file cannot be written.
        """
        data = self.to_bytes(format)
        with open(path, "wb") as file:
            file.write(data)

    def write_all(self, path: str | os.PathLike[str]) -> None:
        """Write the network in every format into the folder ``path``.

        Raises:
            TielineError: A file cannot be written.
        """
        self._native.write_all(path)

    def __repr__(self) -> str:
        return f"<Network: {self._native.n_nodes} entities, {self._native.n_ties} ties>"

    def _repr_html_(self) -> str:
        return _show.page(self.page())


def network(
    claims: Any,
    *,
    entities: Any = None,
    weight: Literal["asserted", "all"] = "asserted",
    exact: bool = False,
) -> Network:
    """The network of claims.

    Args:
        claims: What :meth:`Reader.read` gave, or a table with the columns of claims that takes
            part in ``__arrow_c_stream__``: of pyarrow, polars, pandas, DuckDB, Spark's ``toArrow``.
        entities: Of such a table: the table of its entities (``Claims.entities``), for their names.
        weight: What measures weigh a tie by: the stories that assert it, or all that tell of it.
        exact: Whether to follow routes from every entity, however large the network is; else
            betweenness, closeness and harmonic centrality of large ones are estimated.

    Raises:
        TielineError: The table lacks a column, or a row is no claim.
    """
    if isinstance(claims, Claims) and entities is None:
        return Network(claims._claims.network(weight, exact))
    return Network(_native.network_of(claims, entities, weight, exact))


def measures(ties: Any, *, weight: str = "asserted_stories", exact: bool = False) -> Table:
    """The measures of a table of ties, such as those that a cluster has counted.

    Args:
        ties: A table with source, target, directed and ``weight`` that takes part in
            ``__arrow_c_stream__``.
        weight: The column that ties weigh by. One that weighs less than 1 is left out; its ends stay.
        exact: As of :func:`network`.

    Returns:
        A row an entity, sorted by id: id, and a column of numbers for each measure.

    Raises:
        TielineError: A column is missing or is of another type.
    """
    return Table(_native.ranks(ties, weight, exact))


def _known(row: dict[str, Any]) -> dict[str, Any]:
    """What is not null, and what networkx can write: no lists, no days."""
    plain = {}
    for name, value in row.items():
        if isinstance(value, list):
            value = "; ".join(map(str, value))
        elif hasattr(value, "isoformat"):
            value = value.isoformat()
        if value is not None:
            plain[name] = value
    return plain
