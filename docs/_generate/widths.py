"""No page scrolls sideways, on a telephone or on a desk, and what scrolls by itself shows it.

Chromium opens every page in frames of some widths, and looks for what is wider than its place.
Nothing may be cut off. Code, formulas, tables and pictures may scroll by themselves, if a shadow
at the edge shows that they go on.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from queue import Empty, Queue
from threading import Thread
from typing import Any

from _generate.browser import started

LOOKING = Path(__file__).with_suffix(".js")
WIDTHS = (400, 1280)
"""A telephone and a desk, in pixels."""
PATIENCE = 900.0
"""Seconds for all pages, on a machine that may be busy."""
FRAME = b"<!doctype html><meta charset=utf-8><body><script src='/looking.js'></script>"


class _Site(SimpleHTTPRequestHandler):
    """Serves a site on this machine, with the page that looks at the others."""

    asked: bytes
    told: Queue[list[str]]

    def do_GET(self) -> None:
        """Send the page that looks, what it is asked, or a file of the site."""
        ours = {
            "/looking": ("text/html", FRAME),
            "/looking.js": ("text/javascript; charset=utf-8", LOOKING.read_bytes()),
            "/asked": ("application/json", self.asked),
        }
        if self.path not in ours:
            super().do_GET()
            return
        kind, sent = ours[self.path]
        self.send_response(200)
        self.send_header("Content-Type", kind)
        self.end_headers()
        self.wfile.write(sent)

    def do_POST(self) -> None:
        """Take what it tells."""
        length = int(self.headers["Content-Length"])
        self.told.put(json.loads(self.rfile.read(length)))
        self.send_response(204)
        self.end_headers()

    def log_message(self, *_: Any) -> None:
        """Say nothing."""


@contextmanager
def _served(site: Path, asked: dict[str, Any]) -> Iterator[tuple[int, Queue[list[str]]]]:
    """Serve a site, and return at which port, and where answers come."""
    told = Queue[list[str]]()
    kind = type("_Own", (_Site,), {"asked": json.dumps(asked).encode(), "told": told})

    def handler(*given: Any) -> _Site:
        served: _Site = kind(*given, directory=str(site))
        return served

    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield server.server_port, told
    finally:
        server.shutdown()
        server.server_close()


def faults(
    site: Path,
    pages: Sequence[str] | None = None,
    widths: Sequence[int] = WIDTHS,
    seconds: float = PATIENCE,
) -> list[str]:
    """Return what is too wide on the pages of a site; by default on all.

    Raises:
        TimeoutError: the browser has not answered in time.
        FileNotFoundError: there is no browser.
    """
    every = sorted(path.relative_to(site).as_posix() for path in site.rglob("*.html"))
    asked = {"pages": every if pages is None else [*pages], "widths": [*widths]}
    with (
        _served(site, asked) as (port, told),
        started("--window-size=1400,1000", f"http://127.0.0.1:{port}/looking"),
    ):
        try:
            return told.get(timeout=seconds)
        except Empty:
            raise TimeoutError(f"no answer from the browser in {seconds:g} seconds") from None
