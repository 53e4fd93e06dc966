"""Time and memory of runs of growing size: a corpus, repeated with changed texts until it is as large.

usage: growth.py NEWS.jsonl PROGRAM [SIZE...]     (10000 30000 100000 articles if no size is told)

PROGRAM is `tieline`, built for release. Each size is built in a temporary folder; printed are
processor time of all threads, time on the clock, the most memory that the program held, and the same
of an addition of 20 articles. Exits non-zero where an article costs more than twice as much time in
the largest run as in the smallest.
"""

import json
import os
import random
import re
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ADDED = 20


def changed(text, words, chance):
    """The text with a third of its small words and all of its numbers replaced: no copy, and as long."""
    def other(match):
        word = match.group()
        if word.isdigit():
            return str(chance.randint(2, 999))
        return chance.choice(words) if word.islower() and len(word) > 3 and chance.random() < 1 / 3 else word
    return re.sub(r"[A-Za-z]+|[0-9]+", other, text)


def repeat(records, size, out):
    """Writes `size` records: those of the corpus first, then changed ones."""
    words = sorted({word for record in records for word in re.findall(r"\b[a-z]{4,9}\b", record["text"])})
    for n in range(size):
        turn, at = divmod(n, len(records))
        record = dict(records[at])
        if turn:
            chance = random.Random(n)
            record["id"] = f"{record['id']}-{turn}"
            record["text"] = changed(record["text"], words, chance)
        out.write(json.dumps(record) + "\n")


def run(*command):
    """CPU seconds, seconds and the most KiB of memory of a command."""
    start = time.monotonic()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    if status:
        sys.exit(f"{' '.join(map(str, command))}: ended with {status}")
    return usage.ru_utime + usage.ru_stime, time.monotonic() - start, usage.ru_maxrss


def main(news, program, *sizes):
    records = [json.loads(line) for line in open(news, encoding="utf-8", newline="\n")]
    each = []
    for size in map(int, sizes or ("10000", "30000", "100000")):
        with tempfile.TemporaryDirectory() as folder:
            first, later, out = (Path(folder) / name for name in ("first.jsonl", "later.jsonl", "run"))
            with open(first, "w", encoding="utf-8") as file:
                repeat(records, size, file)
            lines = first.read_text(encoding="utf-8").split("\n")[:-1]
            later.write_text("\n".join(lines[-ADDED:]) + "\n", encoding="utf-8")
            first.write_text("\n".join(lines[:-ADDED]) + "\n", encoding="utf-8")
            built = run(program, "build", "--quiet", first, "--out", out)
            added = run(program, "add", "--quiet", later, "--to", out)
            counts = json.loads((out / "manifest.json").read_text())["counts"]
        print(f"{size} articles, {counts['stories']} stories, {counts['claims']} claims, {counts['ties']} ties")
        for what, (cpu, clock, memory) in (("build", built), (f"add {ADDED}", added)):
            print(f"  {what}: {cpu:.1f} s processor, {clock:.1f} s, {memory // 1024} MiB at most", flush=True)
        print(f"  adding takes {added[0] / built[0]:.1%} of the processor time of building", flush=True)
        each.append(built[0] / size)
    if each[-1] > 2 * each[0]:
        sys.exit("an article of the largest run costs more than twice as much as one of the smallest")


main(*sys.argv[1:])
