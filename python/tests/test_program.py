"""The program in the wheel, and the examples of the documentation."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import tieline
from conftest import ROOT

PROGRAM = [str(Path(sys.executable).parent / "tieline")]


@pytest.mark.parametrize("program", [PROGRAM, [sys.executable, "-m", "tieline"]])
def test_the_program_runs(program, tmp_path):
    def run(*arguments):
        return subprocess.run([*program, *arguments], capture_output=True, text=True)

    assert run("--version").stdout == f"tieline {tieline.__version__}\n"
    assert "Usage: tieline build" in run("build", "--help").stdout
    wrong = run("why", "A", "B", "--in", str(tmp_path))
    assert (wrong.returncode, wrong.stdout) == (2, "")
    assert str(tmp_path) in wrong.stderr
    (tmp_path / "a.txt").write_text("Iran sold drones to Russia.")
    made = run("build", str(tmp_path / "a.txt"), "--out", str(tmp_path / "out"), "--quiet")
    assert made.returncode == 0, made.stderr
    assert "drones" in run("why", "Iran", "Russia", "--in", str(tmp_path / "out")).stdout


def blocks(file, heading):
    section = (ROOT / file).read_text(encoding="utf-8").split(heading, 1)[1].split("\n## ", 1)[0]
    return re.findall(r"^```python\n(.*?)^```", section, re.M | re.S)


@pytest.mark.parametrize("file, heading", [("README.md", "## In Python"), ("python/README.md", "## A notebook")])
def test_the_notebooks_of_the_documentation_run(file, heading, tmp_path, monkeypatch):
    found = blocks(file, heading)
    assert found
    shutil.copytree(ROOT / "data" / "sample", tmp_path / "data" / "sample")
    monkeypatch.chdir(tmp_path)
    shown = []
    names = {"display": lambda *things: shown.extend(thing._repr_html_() for thing in things)}
    exec(compile("".join(found), file, "exec"), names)
    assert names["graph"].number_of_edges() > 0
    assert all("<" in html for html in shown)


def test_everything_public_says_what_it_is():
    for name in tieline.__all__:
        thing = getattr(tieline, name)
        if name == "__version__":
            continue
        assert thing.__doc__, name
        for method in vars(thing) if isinstance(thing, type) else ():
            if not method.startswith("_"):
                assert getattr(thing, method).__doc__ or method == "skipped", f"{name}.{method}"
