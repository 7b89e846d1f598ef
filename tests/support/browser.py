"""Pages in a real browser: Debian's Chromium, driven by Playwright; and axe-core from npm."""

import re
import shutil
import sys
from contextlib import contextmanager
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
WIDTHS = (360, 768, 1280, 1600)
SCHEMES = ("light", "dark")

needs_browser = pytest.mark.skipif(CHROMIUM is None, reason="chromium is not installed")

AXE = (
    "axe-core",
    "4.14.1",
    "FHfa+lmNjQZfJz1q8wKqIDwC6DExcHt/pkjNQb09a3NPjCKg2rhu5qb2S4r76ASyFNNtuFooJpZe37OgudVGtQ==",
    re.compile(r"package/(LICENSE|axe\.min\.js)"),
)


@cache
def axe_script():
    """The script of axe-core, or None where npm does not reach it."""
    sys.path.insert(0, str(ROOT / "docs"))
    from _generate import npm

    folder = npm.unpacked(npm.Package(*AXE), ROOT / "build")
    return None if folder is None else (folder / "axe.min.js").read_text(encoding="utf-8")


@contextmanager
def browsing(**options):
    """A browser with a context of its own; errors of the page fail the test."""
    from playwright.sync_api import sync_playwright

    faults = []
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        context = browser.new_context(**options)
        page = context.new_page()
        page.on("pageerror", lambda error: faults.append(str(error)))
        page.on("console", lambda told: faults.append(told.text) if told.type == "error" else None)
        page.on(
            "request", lambda asked: faults.append(asked.url) if is_outside(asked.url) else None
        )
        yield page
        browser.close()
    assert not faults, faults


def is_outside(url):
    """Whether a request leaves the machine, or even the file."""
    return not url.startswith(("file:", "data:", "about:", "blob:"))


def violations(page):
    """What axe-core finds wrong: rule, and where."""
    page.evaluate(axe_script())
    found = page.evaluate("axe.run(document, {resultTypes: ['violations']})")
    return [
        (each["id"], [node["html"][:150] for node in each["nodes"]]) for each in found["violations"]
    ]
