"""Measures against networkx, on random graphs of different kinds: equal to 1e-9.

usage: measures.py PROGRAM   (the example `measures`, built)
"""

import csv
import math
import random
import subprocess
import sys
import tempfile

import igraph
import networkx as nx
import numpy as np

UNIT = 2_329_089_562_800  # parts of the length of a tie of weight 1: lcm(1..30)
TOLERANCE = 1e-9


def graphs():
    """Name, number of nodes, ties (source, target, weight, symmetric)."""
    draw = random.Random(20241005)
    whole = lambda: draw.choice([1, 1, 1, 2, 2, 3, 4, 5, 7, 12, 31])
    yield "no node", 0, []
    yield "one node", 1, []
    yield "nodes without ties", 5, []
    yield "one pair", 2, [(0, 1, 3, 0)]
    yield "self-contained pairs", 12, [(2 * i, 2 * i + 1, i + 1, i % 2) for i in range(6)]
    directed = nx.gnp_random_graph(60, 0.08, seed=1, directed=True)
    yield "random, directed, weighted", 60, [(a, b, whole(), 0) for a, b in directed.edges]
    undirected = nx.gnp_random_graph(60, 0.06, seed=2)
    yield "random, symmetric, weighted", 60, [(a, b, whole(), 1) for a, b in undirected.edges]
    law = nx.barabasi_albert_graph(300, 3, seed=3)
    mixed = [(a, b, whole(), draw.randrange(2)) for a, b in law.edges]
    yield "power law, mixed", 300, mixed
    yield "power law, all weights equal", 300, [(a, b, 1, 0) for a, b in law.edges]
    small = nx.connected_watts_strogatz_graph(120, 6, 0.1, seed=4)
    yield "small world, symmetric", 120, [(a, b, whole(), 1) for a, b in small.edges]
    parallel = [
        (draw.randrange(40), draw.randrange(40), whole(), draw.randrange(2)) for _ in range(300)
    ]
    yield "parallel ties and loops", 40, parallel
    parts = nx.disjoint_union_all(
        [nx.gnp_random_graph(n, 0.2, seed=n) for n in (30, 20, 10)] + [nx.empty_graph(3)]
    )
    yield "parts, mixed", 63, [(a, b, whole(), draw.randrange(2)) for a, b in parts.edges]
    tree = nx.random_labeled_tree(80, seed=5)
    yield "tree, directed", 80, [(a, b, whole(), 0) for a, b in tree.edges]
    dense = nx.complete_graph(25)
    yield "complete, symmetric", 25, [(a, b, whole(), 1) for a, b in dense.edges]


def views(n, ties):
    """The directed and the undirected simple graph, as the program's documentation defines them."""
    directed, undirected = nx.DiGraph(), nx.Graph()
    for graph in (directed, undirected):
        graph.add_nodes_from(range(n))

    def add(graph, a, b, weight):
        known = graph.edges[a, b]["weight"] if graph.has_edge(a, b) else 0
        graph.add_edge(a, b, weight=known + weight)

    for a, b, weight, symmetric in ties:
        if a == b:
            continue
        add(directed, a, b, weight)
        if symmetric:
            add(directed, b, a, weight)
        add(undirected, a, b, weight)
    for graph in (directed, undirected):
        for _, _, data in graph.edges(data=True):
            # Whole numbers, so that equal routes are equal for networkx, too.
            data["parts"] = round(UNIT / data["weight"])
    return directed, undirected


def expected(n, ties):
    if n == 0:  # networkx refuses it
        return {"degree": [], "page_rank": [], "betweenness": [], "eigenvector": [], "katz": []}
    directed, undirected = views(n, ties)
    column = lambda values: [float(values[i]) for i in range(n)]
    found = {
        "degree": column(dict(undirected.degree)),
        "in_degree": column(dict(directed.in_degree)),
        "out_degree": column(dict(directed.out_degree)),
        "strength": column(dict(undirected.degree(weight="weight"))),
        "core_number": column(nx.core_number(undirected)),
        "page_rank": column(nx.pagerank(directed, tol=1e-15, max_iter=10_000)),
        "betweenness": column(nx.betweenness_centrality(directed, weight="parts")),
        "closeness": [
            value * UNIT for value in column(nx.closeness_centrality(directed, distance="parts"))
        ],
        "harmonic": [
            value * UNIT for value in column(nx.harmonic_centrality(directed, distance="parts"))
        ],
        "constraint": [
            0.0 if math.isnan(value) else value
            for value in column(nx.constraint(undirected, weight="weight"))
        ],
    }
    weights = nx.to_numpy_array(directed, nodelist=range(n))
    around = nx.to_numpy_array(undirected, nodelist=range(n))
    found["eigenvector"] = dominant(around)
    singular = math.sqrt(top_value(weights.T @ weights))
    alpha = 0.85 / singular if singular else 0.0
    # networkx cannot solve for one node.
    found["katz"] = (
        column(nx.katz_centrality_numpy(directed, alpha=alpha, weight="weight")) if n > 1 else [1.0]
    )
    # networkx's hits starts its iteration at random: the definition's own vectors instead, checked
    # against networkx where the largest singular value stands alone.
    authority = dominant(weights.T @ weights)
    total = sum(authority)
    found["authority"] = [value / total if total else 0.0 for value in authority]
    hub = weights @ np.array(authority)
    total = hub.sum()
    found["hub"] = [float(value / total) if total else 0.0 for value in hub]
    if stands_alone(weights.T @ weights):
        hubs, authorities = nx.hits(directed, tol=1e-14, max_iter=10_000)
        assert close(found["hub"], column(hubs)) <= 1e-8, "definition of hubs"
        assert close(found["authority"], column(authorities)) <= 1e-8, "definition of authorities"
    if n > 2 and stands_alone(around) and nx.is_connected(undirected):
        numpy = column(nx.eigenvector_centrality_numpy(undirected, weight="weight"))
        assert close(found["eigenvector"], numpy) <= 1e-9, "definition of eigenvector"
    return found


def top_value(matrix):
    return float(max(np.linalg.eigvalsh(matrix)[-1], 0.0)) if len(matrix) else 0.0


def stands_alone(matrix):
    if len(matrix) < 2:
        return False
    values = np.linalg.eigvalsh(matrix)
    return values[-1] > 0 and values[-2] < values[-1] * (1 - 1e-6)


def dominant(matrix):
    """Projection of the row sums on the eigenspace of the largest eigenvalue, length 1."""
    if not matrix.any():
        return [0.0] * len(matrix)
    values, vectors = np.linalg.eigh(matrix)
    top = vectors[:, values > values[-1] * (1 - 1e-9)]
    vector = np.abs(top @ (top.T @ matrix.sum(axis=1)))
    return [float(value) for value in vector / np.linalg.norm(vector)]


def close(a, b):
    """Greatest difference, relative to values above 1."""
    return max((abs(x - y) / max(1.0, abs(y)) for x, y in zip(a, b, strict=True)), default=0.0)


def measured(program, n, ties):
    with tempfile.NamedTemporaryFile("w", suffix=".txt") as file:
        file.write(f"{n}\n" + "".join(f"{a} {b} {w} {s}\n" for a, b, w, s in ties))
        file.flush()
        out = subprocess.run([program, file.name], check=True, capture_output=True, text=True)
    header, *rows = csv.reader(out.stdout.splitlines())
    assert len(rows) == n, f"{len(rows)} rows for {n} nodes"
    return {name: [float(row[i]) for row in rows] for i, name in enumerate(header)}


def modularity(undirected, membership):
    """Weighted modularity, by igraph."""
    graph = igraph.Graph(undirected.number_of_nodes(), list(undirected.edges))
    weights = [data["weight"] for _, _, data in undirected.edges(data=True)]
    return graph.modularity(membership, weights=weights), graph, weights


def main():
    program = sys.argv[1]
    failed = 0
    for name, n, ties in graphs():
        ours, theirs = measured(program, n, ties), expected(n, ties)
        worst = {measure: close(ours[measure], values) for measure, values in theirs.items()}
        bad = {measure: error for measure, error in worst.items() if not error <= TOLERANCE}
        note = ""
        _, undirected = views(n, ties)
        if undirected.number_of_edges():
            ours_q, graph, weights = modularity(undirected, [int(c) - 1 for c in ours["community"]])
            best = max(
                graph.community_leiden("modularity", weights=weights, n_iterations=-1).modularity
                for _ in range(10)
            )
            note = f", modularity {ours_q:.4f} (igraph's Leiden, best of 10: {best:.4f})"
            if ours_q < best - 0.02:
                bad["community"] = best - ours_q
        print(
            f"  {name}: {n} nodes, {len(ties)} ties, {len(worst)} measures,"
            f" largest difference {max(worst.values()):.1e}{note}"
        )
        for measure, error in bad.items():
            print(f"    MISMATCH {measure}: {error:.3e}")
            failed = 1
    sys.exit(failed)


if __name__ == "__main__":
    main()
