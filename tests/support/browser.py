"""The page to play with in a real browser; and axe-core from npm, which knows accessibility."""

import re
from contextlib import contextmanager
from functools import cache
from pathlib import Path

import pytest

from _generate import npm
from _generate.browser import chromium, opened

ROOT = Path(__file__).parents[2]
SCHEMES = ("light", "dark")

needs_browser = pytest.mark.skipif(chromium() is None, reason="chromium is not installed")

AXE = (
    "axe-core",
    "4.14.1",
    "FHfa+lmNjQZfJz1q8wKqIDwC6DExcHt/pkjNQb09a3NPjCKg2rhu5qb2S4r76ASyFNNtuFooJpZe37OgudVGtQ==",
    re.compile(r"package/(LICENSE|axe\.min\.js)"),
)


@cache
def axe_script():
    """The script of axe-core, or None where npm does not reach it."""
    folder = npm.unpacked(npm.Package(*AXE), ROOT / "build")
    return None if folder is None else (folder / "axe.min.js").read_text(encoding="utf-8")


@contextmanager
def browsing(**options):
    """A page with a profile of its own; errors of the page fail the test."""
    faults = []
    with opened(**options) as page:
        page.on("pageerror", lambda error: faults.append(str(error)))
        page.on(
            "console",
            lambda message: faults.append(message.text) if message.type == "error" else None,
        )
        page.on(
            "request",
            lambda request: faults.append(request.url) if is_outside(request.url) else None,
        )
        yield page
    assert not faults, faults


def is_outside(url):
    """Whether a request leaves the machine, or even the file."""
    return not url.startswith(("file:", "data:", "about:", "blob:"))


def violations(page):
    """What axe-core finds wrong: rule, and where."""
    page.evaluate(axe_script())
    report = page.evaluate("axe.run(document, {resultTypes: ['violations']})")
    return [
        (rule["id"], [node["html"][:150] for node in rule["nodes"]])
        for rule in report["violations"]
    ]
