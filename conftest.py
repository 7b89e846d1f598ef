"""Everything that is written down runs: docstrings, the README's transcripts and the pages."""

import importlib.util
import shlex
import subprocess
import sys
from pathlib import Path
from unittest import SkipTest

import pytest
from sybil import Example, Sybil
from sybil.document import PythonDocStringDocument
from sybil.integration.pytest import SybilItem
from sybil.parsers.doctest import DocTestParser
from sybil.parsers.markdown import CodeBlockParser, PythonCodeBlockParser

TORCH = importlib.util.find_spec("torch") is not None


class ConsoleParser(CodeBlockParser):
    """Runs `$ symconv ...` lines of console blocks and compares what they print."""

    def __init__(self) -> None:
        super().__init__(language="console")

    def evaluate(self, example: Example) -> str | None:
        """Run the commands of one block."""
        if not TORCH and "verify" in example.parsed:
            raise SkipTest("torch is not installed")
        lines = example.parsed.splitlines()
        if not all(line.startswith("$ symconv ") for line in lines if line.startswith("$")):
            return None  # a set-up command: the tests of the repository look at those
        wanted, actual = [], []
        for line in lines:
            wanted.append(line)
            if line.startswith("$ "):
                words = shlex.split(line[2:])
                done = subprocess.run(
                    [sys.executable, "-m", *words], capture_output=True, text=True, check=False
                )
                actual += [line, *(done.stdout + done.stderr).splitlines()]
        if wanted == actual:
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
    patterns=["symconv/**/*.py"],
    path=str(Path(__file__).parent),
    document_types={".py": PythonDocStringDocument},
)


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Keep the lines of one page or docstring in their order, whatever shuffles the tests."""
    places = [place for place, item in enumerate(items) if isinstance(item, SybilItem)]
    pages_first = sorted((items[place] for place in places), key=lambda item: item.reportinfo()[:2])
    for place, item in zip(places, pages_first, strict=True):
        items[place] = item
        text = item.example.document.text[item.example.region.start : item.example.region.end]
        if not TORCH and ".verify(" in text:
            item.add_marker(pytest.mark.skip(reason="torch is not installed"))


pytest_collect_file = (pages + docstrings).pytest()
