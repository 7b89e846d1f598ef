"""Everything that is written down runs: docstrings, the README's transcripts and the pages."""

import importlib.util
import re
import shlex
import subprocess
import sys
from functools import cache
from pathlib import Path
from unittest import SkipTest

import pytest
from sybil import Example, Sybil
from sybil.document import PythonDocStringDocument
from sybil.integration.pytest import SybilItem
from sybil.parsers.doctest import DocTestParser
from sybil.parsers.markdown import CodeBlockParser, PythonCodeBlockParser

TORCH = importlib.util.find_spec("torch") is not None


@cache
def printed(command: str) -> list[str]:
    """Run a command as a user does; pages in two languages have many in common."""
    done = subprocess.run(
        [sys.executable, "-m", *shlex.split(command)], capture_output=True, text=True, check=False
    )
    return (done.stdout + done.stderr).splitlines()


LEFT_OUT = "⋮"
"""A line of this sign alone stands for lines that a page leaves out of what is printed."""

GOES_ON = "\\\n    "
"""Ends a line whose command goes on in the next one."""


def is_printed(wanted: list[str], actual: list[str]) -> bool:
    """Whether a page shows what is printed, in order, but for what it says that it leaves out."""
    lines = ("(?:.*\n)+" if one.strip() == LEFT_OUT else re.escape(f"{one}\n") for one in wanted)
    return re.fullmatch("".join(lines), "".join(f"{one}\n" for one in actual)) is not None


class ConsoleParser(CodeBlockParser):
    """Runs `$ symconv ...` lines of console blocks and compares what they print."""

    def __init__(self) -> None:
        super().__init__(language="console")

    def evaluate(self, example: Example) -> str | None:
        """Run the commands of one block."""
        if not TORCH and ("verify" in example.parsed or ".py:" in example.parsed):
            raise SkipTest("torch is not installed")
        lines = example.parsed.replace(GOES_ON, " ").splitlines()
        if not all(line.startswith("$ symconv ") for line in lines if line.startswith("$")):
            return None  # a set-up command: the tests of the repository look at those
        wanted, actual = [], []
        for line in lines:
            wanted.append(line)
            if line.startswith("$ "):
                actual += [line, *printed(line[2:])]
        if is_printed(wanted, actual):
            return None
        return "this is printed instead:\n" + "\n".join(actual)


pages = Sybil(
    parsers=[PythonCodeBlockParser(), ConsoleParser()],
    patterns=["README.md", "docs/*.md", "docs/**/*.md"],
    excludes=["docs/_generate/*", "docs/_generated/*", "docs/_generated/*/*"],
    path=str(Path(__file__).parent),
)
docstrings = Sybil(
    parsers=[DocTestParser()],
    patterns=["symconv/[a-z]*.py", "symconv/**/*.py"],
    path=str(Path(__file__).parent),
    document_types={".py": PythonDocStringDocument},
)


def needs_torch(example: Example) -> bool:
    """Whether an example runs torch: it asks for it, or its page has imported torch before."""
    whole, region = example.document.text, example.region
    imported = whole.find("import torch")
    return ".verify(" in whole[region.start : region.end] or 0 <= imported < region.end


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with what takes long; keep the lines of one page in their order, whatever shuffles.

    A process that is last with a long file would let the others wait.

    Raises:
        pytest.UsageError: a test is named after an address, which differs in each process.
    """
    if unnamed := [item.nodeid for item in items if " at 0x" in item.nodeid]:
        raise pytest.UsageError(f"give these tests ids of their own: {unnamed}")
    items.sort(key=lambda item: item.get_closest_marker("exhaustive") is None)
    places = [place for place, item in enumerate(items) if isinstance(item, SybilItem)]
    pages_first = sorted((items[place] for place in places), key=lambda item: item.reportinfo()[:2])
    for place, item in zip(places, pages_first, strict=True):
        items[place] = item
        if not TORCH and needs_torch(item.example):
            item.add_marker(pytest.mark.skip(reason="torch is not installed"))


pytest_collect_file = (pages + docstrings).pytest()
