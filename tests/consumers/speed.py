"""CPU time of measures and of the GraphML writer against igraph, in the same run.

usage: speed.py FOLDER   (where the examples `measures` and `synthetic` lie, built for release)

Each program does the same work on the same power-law graph, by turns; the least of three times
counts. CPU time is that of all threads. A sum of squares of the values tells that both computed the
same.
"""

import os
import random
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import igraph

TURNS = 3
failed = False


def cpu(run):
    """CPU seconds of one call, repeated where it is short; and its result."""
    start, calls = time.process_time(), 0
    while calls == 0 or time.process_time() - start < 0.5:
        result = run()
        calls += 1
    return (time.process_time() - start) / calls, result


def ours(folder, path, options, threads):
    """Name -> (CPU seconds, sum of squares, digest of the bits, note)."""
    environment = {**os.environ, "RAYON_NUM_THREADS": str(threads)}
    out = subprocess.run([folder / "measures", path, "--time", *options], check=True, text=True,
                         capture_output=True, env=environment).stdout
    rows = [line.split(" ", 4) for line in out.splitlines()]
    return {name: (float(seconds), float(squares), digest, *note) for name, seconds, squares, digest, *note in rows}


def igraphs(graph, weights, large):
    """Name -> a function that computes the measure as ours is defined."""
    n = graph.vcount()
    lengths = None if weights is None else [1 / weight for weight in weights]
    pairs = (n - 1) * (n - 2) / 2
    small = {
        "closeness": lambda: graph.closeness(weights=lengths),
        "betweenness": lambda: [value / pairs for value in graph.betweenness(weights=lengths)],
    }
    return {
        "page_rank": lambda: graph.pagerank(weights=weights),
        "eigenvector": lambda: graph.eigenvector_centrality(weights=weights),
        **({} if large else small),
    }


def squares(name, values):
    if name == "eigenvector":  # igraph scales to the maximum 1, we to the length 1.
        return 1.0
    return sum(value * value for value in values)


def compare(what, found, reference, limit):
    global failed
    ratio = found / reference
    missed = "" if ratio <= limit else "   MISSED"
    failed |= ratio > limit
    print(f"  {what}: {found:.4f} s, igraph {reference:.4f} s, ratio {ratio:.2f} (at most {limit:.2f}){missed}", flush=True)


def measures(folder, n, m, weighted, large):
    global failed
    draw = random.Random(n)
    igraph.set_random_number_generator(draw)
    graph = igraph.Graph.Static_Power_Law(n, m, 2.5)
    # One part, so that both normalise closeness alike.
    graph = graph.connected_components().giant().simplify()
    weights = [draw.choice([1, 1, 1, 2, 2, 3, 5, 12]) for _ in graph.es] if weighted else None
    kind = "weighted" if weighted else "all weights equal"
    print(f"power law, {graph.vcount()} nodes, {graph.ecount()} edges, {kind}")
    with tempfile.TemporaryDirectory() as place:
        path = Path(place) / "edges.txt"
        edges = zip(graph.get_edgelist(), weights or [1] * graph.ecount(), strict=True)
        path.write_text(f"{graph.vcount()}\n" + "".join(f"{a} {b} {w} 1\n" for (a, b), w in edges))
        options = ["--large"] if large else []
        references = igraphs(graph, weights, large)
        best, reference = {}, {}
        for turn in range(TURNS):
            found = ours(folder, path, options, threads=1 if turn == 1 else os.cpu_count())
            for name, (seconds, total, digest, *note) in found.items():
                if name in best and best[name][2] != digest:
                    print(f"  {name}: DIFFERS between numbers of threads")
                    failed = True
                if name not in best or seconds < best[name][0]:
                    best[name] = (seconds, total, digest, *note)
            for name, run in references.items():
                seconds, values = cpu(run)
                if seconds < reference.get(name, (float("inf"),))[0]:
                    reference[name] = (seconds, squares(name, values))
        for name, (seconds, total, _, *note) in best.items():
            if name not in reference:
                print(f"  {name}: {seconds:.4f} s{', ' + note[0] if note else ''}")
                continue
            compare(name, seconds, reference[name][0], 1.0)
            if abs(total - reference[name][1]) > 1e-6 * abs(total):
                print(f"    other values: sum of squares {total!r}, igraph {reference[name][1]!r}")
                failed = True
    print(f"  the same bits on 1 and {os.cpu_count()} threads", flush=True)


def graphml(folder, n_entities, n_claims):
    global failed
    with tempfile.TemporaryDirectory() as place:
        out = subprocess.run([folder / "synthetic", place, str(n_entities), str(n_claims), "--time"],
                             check=True, text=True, capture_output=True).stdout.split()
        nodes, ties, seconds, size, grown = int(out[0]), int(out[1]), float(out[2]), int(out[3]), int(out[4])
        print(f"GraphML, {nodes} nodes, {ties} edges, {size / 1e6:.0f} MB; peak memory grew by {grown / 1024:.0f} MiB")
        graph = igraph.Graph.Read_GraphML(str(Path(place) / "graph.graphml"))
        assert (graph.vcount(), graph.ecount()) == (nodes, ties)
        start = time.process_time()
        graph.write_graphml(str(Path(place) / "again.graphml"))
        compare("written", seconds, time.process_time() - start, 1 / 3)


def main():
    folder = Path(sys.argv[1])
    for weighted in (False, True):
        measures(folder, 5_000, 30_000, weighted, large=False)
    for weighted in (False, True):
        measures(folder, 50_000, 300_000, weighted, large=True)
    graphml(folder, 50_000, 330_000)
    sys.exit(failed)


if __name__ == "__main__":
    main()
