"""A Chromium that looks at a built site, as a reader's browser does, where one is installed."""

from __future__ import annotations

import re
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

NAMES = ("chromium", "chromium-browser", "google-chrome")
"""What it is called."""
_SHEET = re.compile(rb"/Type\s*/Page\b")


def chromium() -> str | None:
    """Return where it is, if it is anywhere."""
    return next(filter(None, map(shutil.which, NAMES)), None)


@contextmanager
def started(*arguments: str) -> Iterator[subprocess.Popen[bytes]]:
    """Start it without a window, with a profile of its own, and end it afterwards.

    Raises:
        FileNotFoundError: none is installed.
    """
    found = chromium()
    if found is None:
        raise FileNotFoundError(f"a browser, one of {', '.join(NAMES)}: install chromium")
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as profile:
        options = ("--headless", "--no-sandbox", "--disable-gpu", f"--user-data-dir={profile}")
        process = subprocess.Popen(  # noqa: S603
            [found, *options, *arguments],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        try:
            yield process
        finally:
            process.kill()
            process.wait()


def sheets(page: Path, seconds: float = 120) -> int:
    """Return how many sheets of paper a page takes where it is printed.

    Raises:
        TimeoutExpired: it is not printed in time.
    """
    with tempfile.TemporaryDirectory() as folder:
        printed = Path(folder) / "printed.pdf"
        to = ("--no-pdf-header-footer", f"--print-to-pdf={printed}", page.resolve().as_uri())
        with started(*to) as process:
            process.wait(seconds)
        return len(_SHEET.findall(printed.read_bytes()))
