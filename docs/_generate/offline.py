"""The built site needs no network: a search for scripts, styles, fonts and pictures from outside.

`python docs/_generate/offline.py build/site` does it by hand; every build does it at its end.
Links that a reader may follow are no faults. Formulas are looked at where `node` wrote them when
the site was built; where browsers are to write them, that is said, and by hand it is a fault.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

OUTSIDE = re.compile(r"\s*(https?:)?//", re.IGNORECASE)
LOADING = {
    "script": ("src",),
    "link": ("href",),
    "img": ("src", "srcset"),
    "iframe": ("src",),
    "source": ("src", "srcset"),
    "video": ("src", "poster"),
    "audio": ("src",),
    "embed": ("src",),
    "object": ("data",),
    "image": ("href", "xlink:href"),
    "use": ("href", "xlink:href"),
}
"""What a browser loads by itself, by tag and attribute."""
NOT_LOADED = ("canonical", "next", "prev", "index", "search", "author", "copyright", "license")
"""Links of a page's head that only say something."""
IN_STYLE = re.compile(r"""(?:url\(\s*['"]?|@import\s+['"])((?:https?:)?//[^'")\s]+)""")
IN_SCRIPT = re.compile(r"""(?:import|fetch|importScripts)\s*\(?\s*['"](https?://[^'"]+)""")

FORMULA = re.compile(r'<(?:span|div) class="(?:[\w-]+ )*math[ "]')


class _Loads(HTMLParser):
    """Collects what a page loads from outside."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Look at one tag."""
        given = {name: value or "" for name, value in attrs}
        if tag == "link" and given.get("rel", "").lower() in NOT_LOADED:
            return
        for name in LOADING.get(tag, ()):
            if OUTSIDE.match(given.get(name, "")):
                self.found.append(f"<{tag} {name}={given[name]}>")
        self.found += [f"style: {url}" for url in IN_STYLE.findall(given.get("style", ""))]


def loads(text: str, kind: str) -> list[str]:
    """Return what a file loads from outside.

    Args:
        text: the file's text.
        kind: its suffix: `.html`, `.svg`, `.css` or `.js`.
    """
    if kind == ".css":
        return IN_STYLE.findall(text)
    if kind == ".js":
        return IN_SCRIPT.findall(text)
    page = _Loads()
    page.feed(text)
    styles = re.findall(r"<style[^>]*>(.*?)</style>", text, re.DOTALL)
    scripts = re.findall(r"<script[^>]*>(.*?)</script>", text, re.DOTALL)
    return [
        *page.found,
        *(url for style in styles for url in IN_STYLE.findall(style)),
        *(url for script in scripts for url in IN_SCRIPT.findall(script)),
    ]


def faults(site: Path) -> Iterator[str]:
    """Say what is wrong with a built site: what it loads from outside, formulas in red."""
    if not (site / "index.html").is_file():
        yield f"{site} is no site: it has no index.html"
    for path in sorted(site.rglob("*")):
        if path.suffix in (".html", ".svg", ".css", ".js"):
            text = path.read_text(encoding="utf-8")
            name = path.relative_to(site).as_posix()
            yield from (f"{name} loads {one}" for one in loads(text, path.suffix))
            if path.suffix == ".html":
                wrong = re.findall(r'class="katex-error" title="([^"]*)"', text)
                yield from (f"{name} has a formula that is none: {one}" for one in wrong)


def unseen(site: Path) -> str:
    """Say loudly which formulas were not looked at: those that no `node` wrote at build time."""
    pages = [path.read_text(encoding="utf-8") for path in site.rglob("*.html")]
    left = sum(bool(FORMULA.search(text)) and 'class="katex' not in text for text in pages)
    if not left:
        return ""
    return (
        f"FORMULAS NOT CHECKED: KaTeX has not seen those of {left} pages, since node was missing "
        "when the site was built. Install nodejs and build again."
    )


if __name__ == "__main__":
    place = Path(sys.argv[1])
    found = [*faults(place), *filter(None, [unseen(place)])]
    print("\n".join(found) or "nothing is loaded from outside")
    sys.exit(bool(found))
