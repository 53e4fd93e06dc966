"""What Python adds to reading, beside the program in one run: ``python python/benches/cost.py FILE``.

FILE holds articles as JSON lines. The program and Python read it in turns, each in a process of its
own, and write a run; their claims must be equal. Compared are processor seconds, on one thread,
which Python may need at most a twentieth more of; and elapsed seconds on one and two threads, which
tell little on a machine that is busy. At last many short texts are streamed: memory must not grow.

Needs the installed wheel alone. The program is that of the wheel unless ``--program`` names another.
Exits with 1 where a limit is passed.
"""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

MOST_OVERHEAD = 1.05
# Memory after all texts, in parts of that after the first tenth.
MOST_GROWTH = 1.10

READ = """
import json, sys
import tieline
file, out, threads = sys.argv[1], sys.argv[2], int(sys.argv[3])
with open(file, encoding="utf-8") as lines:
    rows = [json.loads(line) for line in lines]
columns = {"ids": "id", "dates": "date", "titles": "title", "outlets": "source", "urls": "url"}
columns = {name: [row.get(key) for row in rows] for name, key in columns.items()}
reader = tieline.Reader(threads=threads)
claims = reader.read([row["text"] for row in rows], **columns, progress=False)
claims.write_run(out)
"""


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("file", type=Path)
    parser.add_argument("--program", nargs="+", default=[sys.executable, "-m", "tieline"])
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--texts", type=int, default=1_000_000, help="texts that are streamed")
    arguments = parser.parse_args()
    overhead = compare(arguments.file, arguments.program, arguments.rounds)
    growth = stream(arguments.texts)
    return 0 if overhead <= MOST_OVERHEAD and growth <= MOST_GROWTH else 1


def compare(file: Path, program: list[str], rounds: int) -> float:
    """Processor seconds of Python, in parts of the program's."""
    used: dict[tuple[str, int], list[tuple[float, float]]] = {}
    with tempfile.TemporaryDirectory() as folder:
        for turn in range(rounds):
            for threads in (1, 2):
                out = {name: Path(folder, f"{name}-{threads}-{turn}") for name in ("program", "python")}
                build = [*program, "build", str(file), "--quiet", "--threads", str(threads), "--out", str(out["program"])]
                read = [sys.executable, "-c", READ, str(file), str(out["python"]), str(threads)]
                used.setdefault(("program", threads), []).append(cost(build))
                used.setdefault(("python", threads), []).append(cost(read))
                claims = [(path / "claims.jsonl").read_bytes() for path in out.values()]
                assert claims[0] == claims[1] and claims[0], "the program and Python find the same claims"
    print(f"{file.name}, {rounds} rounds, medians; claims of both are equal")
    print("            processor s, 1 thread   elapsed s, 1 thread   2 threads   gain")
    medians = {}
    for name in ("program", "python"):
        processor, one, two = (
            statistics.median(values[part] for values in used[name, threads])
            for threads, part in ((1, 0), (1, 1), (2, 1))
        )
        medians[name] = processor
        print(f"  {name:9} {processor:21.2f} {one:21.2f} {two:11.2f} {one / two:6.2f}")
    overhead = medians["python"] / medians["program"]
    print(f"  Python needs {overhead:.3f} times the program's processor time (at most {MOST_OVERHEAD})")
    return overhead


def cost(command: list[str]) -> tuple[float, float]:
    """Processor and elapsed seconds of a command."""
    start = time.perf_counter()
    child = subprocess.Popen(command)
    _, status, usage = os.wait4(child.pid, 0)
    assert status == 0, f"{command} failed: {status}"
    return usage.ru_utime + usage.ru_stime, time.perf_counter() - start


def stream(n_texts: int) -> float:
    """Streams short texts; memory at the end in parts of that after the first tenth."""
    import tieline

    n_claims = 0
    n_batches = 0
    early = 0
    for claims in tieline.Reader().stream(short_texts(n_texts)):
        n_claims += len(claims)
        n_batches += 1
        if early == 0 and n_batches * 1024 >= n_texts / 10:
            early = peak()
    print(f"streamed {n_texts} texts, {n_claims} claims; peak {early / 1024:.0f} MiB after a tenth, {peak() / 1024:.0f} at the end")
    return peak() / early


def short_texts(n: int) -> Iterator[str]:
    """Texts, no two alike, of which one in eight holds a claim."""
    states = ["Iran", "Russia", "China", "Japan", "Belarus", "Poland", "Serbia", "Norway"]
    for i in range(n):
        one, other = states[i % 8], states[(i + 1 + i // 8 % 7) % 8]
        if i % 8 == 0:
            yield f"{one} sold {i} drones to {other}, officials said."
        else:
            yield f"Rain fell on harbour number {i} in {one} for the whole of the week."


def peak() -> int:
    """The most memory that this process has held, in KiB."""
    import resource

    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss


if __name__ == "__main__":
    sys.exit(main())
