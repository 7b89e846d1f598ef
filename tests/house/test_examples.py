"""Every example runs, is numbered, and is at most 40 lines long."""

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
