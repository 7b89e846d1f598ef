"""A Chromium that looks at pages as a reader's browser does, driven by Playwright.

It is the one that is installed on this machine: Playwright gets none of its own.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from playwright.sync_api import Page

NAMES = ("chromium", "chromium-browser", "google-chrome")
"""What it is called."""
WIDTHS = (360, 400, 768, 1280, 1600)
"""Telephones, a tablet and desks, in pixels."""
_SHEET = re.compile(rb"/Type\s*/Page\b")


def chromium() -> str | None:
    """Return where it is, if it is anywhere."""
    return next(filter(None, map(shutil.which, NAMES)), None)


@contextmanager
def opened(**options: Any) -> Iterator[Page]:
    """Start it without a window, with a profile of its own, and end it afterwards.

    Args:
        **options: those of Playwright's `new_page`, such as `viewport`.

    Raises:
        FileNotFoundError: none is installed.
    """
    executable = chromium()
    if executable is None:
        raise FileNotFoundError(f"a browser, one of {', '.join(NAMES)}: install chromium")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=executable, args=["--no-sandbox"])
        try:
            yield browser.new_page(**options)
        finally:
            browser.close()


def height(page: Page) -> int:
    """Return how many pixels high a page is, on its screen and below it."""
    pixels: int = page.evaluate("document.documentElement.scrollHeight")
    return pixels


def sheets(page: Page) -> int:
    """Return how many sheets of paper a page takes where it is printed."""
    return len(_SHEET.findall(page.pdf(prefer_css_page_size=True)))
