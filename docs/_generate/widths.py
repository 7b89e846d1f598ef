"""No page scrolls sideways, on a telephone or on a desk, and what scrolls by itself shows it.

Chromium opens every page at some widths, and looks for what is wider than its place. Nothing may be
cut off. Code, formulas, tables and pictures may scroll by themselves, if a shadow at the edge shows
that they go on.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from _generate.browser import WIDTHS

if TYPE_CHECKING:
    from playwright.sync_api import Page

LOOKING = Path(__file__).with_suffix(".js").read_text(encoding="utf-8")
"""Functions in JavaScript, of which `faults()` says what is wrong with the page that is open."""


def faults(page: Page, site: Path, widths: Sequence[int] = WIDTHS) -> Iterator[str]:
    """Say what is too wide on the pages of a site."""
    for path in sorted(site.rglob("*.html")):
        page.goto(path.resolve().as_uri())
        for width in widths:
            for fault in faults_at(page, width):
                yield f"{path.relative_to(site).as_posix()} at {width} pixels {fault}"


def faults_at(page: Page, width: int) -> list[str]:
    """Say what is too wide on the page that is open, in a window of so many pixels."""
    page.set_viewport_size({"width": width, "height": 900})
    descriptions: list[str] = page.evaluate(
        f"{LOOKING}\ndocument.fonts.ready.then(() => [...faults()])"
    )
    return descriptions
