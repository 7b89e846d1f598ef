"""Every example runs, is numbered, and is at most 40 lines long."""

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

EXAMPLES = sorted((Path(__file__).parents[2] / "examples").glob("*.py"))


def test_examples_are_numbered_without_gaps():
    assert [int(re.match(r"\d+", one.name)[0]) for one in EXAMPLES] == [
        *range(1, len(EXAMPLES) + 1)
    ]
    assert len(EXAMPLES) >= 6


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda path: path.stem)
def test_an_example_runs_and_is_short(example):
    pytest.importorskip("torch")
    assert len(example.read_text().splitlines()) <= 40
    done = subprocess.run([sys.executable, example], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert done.stdout


TOUR = Path(__file__).parents[2] / "examples" / "tour.ipynb"


def _told(cell):
    """What a cell of a notebook shows, as text, without what a kernel warns of."""
    return [
        "".join(output.get("data", {}).get("text/plain", output.get("text", "")))
        for output in cell.get("outputs", ())
        if output.get("name") != "stderr"
    ]


def test_the_tour_runs_and_shows_what_stands_in_it():
    pytest.importorskip("torch")
    nbformat, nbclient = pytest.importorskip("nbformat"), pytest.importorskip("nbclient")
    stored, fresh = (nbformat.read(TOUR, as_version=4) for _ in range(2))
    nbclient.NotebookClient(fresh, timeout=300, kernel_name="python3").execute()
    pairs = zip(stored.cells, fresh.cells, strict=True)
    for cell, again in ((a, b) for a, b in pairs if a.cell_type == "code"):
        assert _told(again) == _told(cell), cell.source
        assert not any(output.output_type == "error" for output in again.outputs)


def test_a_notebook_that_shows_something_else_is_noticed():
    stored = json.loads(TOUR.read_text(encoding="utf-8"))
    cells = [cell for cell in stored["cells"] if cell["cell_type"] == "code"]
    assert len(cells) >= 10
    assert sum(bool(_told(cell)) for cell in cells) >= 10
    assert _told({"outputs": [{"data": {"text/plain": ["1"]}}]}) != _told(cells[-1])
