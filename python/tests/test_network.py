"""The network of claims in Python's libraries."""

from __future__ import annotations

import html
import re

import networkx
import pyarrow as pa
import pytest
import tieline


def ties(network):
    return pa.table(network.ties).to_pylist()


def test_ties_have_standings_and_weights(claims):
    network = tieline.network(claims)
    tie = next(tie for tie in ties(network) if tie["id"] == "state:PRK supplies state:RUS")
    assert (tie["status"], tie["weight"], tie["mentions"], tie["stories"]) == ("asserted", 1.0, 2, 1)
    assert tie["disputed"]
    assert tie["items"] == ["artillery shells"] or tie["items"][0].startswith("weapon:")
    assert len(network) == len(ties(network)) > 3


def test_claims_of_any_library_make_the_same_network(claims):
    expected = ties(tieline.network(claims))
    for table in (pa.table(claims), claims.to_polars(), claims.to_pandas()):
        found = ties(tieline.network(table, entities=claims.entities))
        # Who denies is told by offices, which tables of entities do not have one by one.
        for tie in expected + found:
            tie.pop("denied_by", None)
        assert found == expected


def test_tables_that_are_none_are_named(claims):
    with pytest.raises(tieline.TielineError, match="is no table"):
        tieline.network([1, 2])
    with pytest.raises(tieline.TielineError, match="no column"):
        tieline.network(pa.table({"id": ["a"]}))
    with pytest.raises(tieline.TielineError, match="expected text"):
        tieline.network(pa.table(claims).set_column(0, "id", pa.array(range(len(claims)))))
    with pytest.raises(tieline.TielineError, match="known: asserted, all"):
        tieline.network(claims, weight="some")


def test_networkx_has_every_tie(claims):
    network = tieline.network(claims)
    graph = network.to_networkx()
    assert graph.number_of_edges() == len(network)
    assert graph.nodes["state:PRK"]["name"] == "North Korea"
    edge = graph.edges["state:PRK", "state:RUS", "supplies"]
    assert edge["weight"] == 1.0
    assert "shells" in edge["evidence"]
    # What networkx writes, it reads.
    text = "\n".join(networkx.generate_graphml(graph))
    assert networkx.parse_graphml(text, force_multigraph=True).number_of_edges() == len(network)


def test_measures_of_ties_are_those_of_the_network(claims):
    network = tieline.network(claims)
    nodes = {row["id"]: row for row in pa.table(network.entities).to_pylist()}
    measured = {row["id"]: row for row in pa.table(tieline.measures(network.ties)).to_pylist()}
    assert measured.keys() == nodes.keys()
    for id, row in measured.items():
        for name, value in row.items():
            # Communities are of all ties, asserted or not.
            if name != "community":
                assert value == nodes[id][name], (id, name)
    everything = pa.table(tieline.measures(network.ties, weight="stories")).to_pylist()
    whole = pa.table(tieline.network(claims, weight="all").entities).to_pylist()
    assert [row["strength"] for row in everything] == [row["strength"] for row in whole]


def test_the_page_stands_in_a_frame(claims):
    network = tieline.network(claims)
    shown = network._repr_html_()
    page = html.unescape(re.search(r'srcdoc="([^"]*)"', shown)[1])
    assert page == network.page()
    assert "default-src 'none'" in page
    assert 'sandbox="allow-scripts' in shown


def test_files_are_written(claims, tmp_path):
    network = tieline.network(claims)
    network.write(tmp_path / "a.graphml", "graphml")
    assert networkx.read_graphml(tmp_path / "a.graphml").number_of_edges() > 0
    network.write_all(tmp_path / "all")
    assert (tmp_path / "all" / "network.svg").is_file()
    assert (tmp_path / "all" / "neo4j" / "load.cypher").is_file()
