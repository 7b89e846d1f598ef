"""Links within the built site: each leads to a file that is there, and to a place in it.

Sphinx looks at what it links itself; pictures, downloads and pages with HTML of their own have
links that it does not see.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from functools import cache
from html import unescape
from pathlib import Path
from urllib.parse import unquote, urlsplit

_LINK = re.compile(r"""<a\b[^>]*?\shref=["']([^"']*)["']""")
_PLACE = re.compile(r"""\s(?:id|name)=["']([^"']+)["']""")


def broken(site: Path) -> Iterator[str]:
    """Say which links of a built site lead nowhere, and on which page they stand."""

    @cache
    def text(name: str) -> str:
        return (site / name).read_text(encoding="utf-8")

    @cache
    def places(name: str) -> frozenset[str]:
        return frozenset(map(unescape, _PLACE.findall(text(name))))

    for page in sorted(path.relative_to(site).as_posix() for path in site.rglob("*.html")):
        for link in sorted({unescape(target) for target in _LINK.findall(text(page))}):
            parts = urlsplit(link)
            if parts.scheme or parts.netloc:
                continue
            folder = posixpath.dirname(page)
            target = posixpath.normpath(posixpath.join(folder, unquote(parts.path)))
            name = target if parts.path else page
            if not (site / name).is_file():
                yield f"{page} links to {link}: there is no such file"
            elif parts.fragment and unquote(parts.fragment) not in places(name):
                yield f"{page} links to {link}: there is no such place"
