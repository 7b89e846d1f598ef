"""`explore`: the page to play with, as one file that needs no network and no server."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from html import escape
from importlib.resources import files
from pathlib import Path
from tempfile import mkstemp
from typing import Any

from symconv.explorer.forms import Drawing, drawn
from symconv.explorer.goals import EVEN, GOALS
from symconv.explorer.layers_of_page import layers as layers_of_page
from symconv.explorer.literals import declaration, literal
from symconv.explorer.operators_of_page import operators
from symconv.explorer.start import LARGEST, MOST_LAYERS, beginning
from symconv.explorer.words import FAMILIES, LANGUAGES, WORDS, chinese
from symconv.meanings.javascript import PRELUDE
from symconv.networks.result import RULES
from symconv.pictures.theme import style_sheet

COMPUTED = ("walk.js", "fields.js", "cells.js", "state.js")
"""What computes, and needs no page."""
SHOWN = ("canvas.js", "drawing.js", "view.js", "controls.js", "page.js", "start.js")
"""What shows it."""
STYLES = ("elements.css", "parts.css")
"""How it looks: the elements of every page, and the parts of this one."""
CONSTANTS: Mapping[str, Any] = {
    "RULES": RULES,
    "LANGUAGES": LANGUAGES,
    "GOALS": list(GOALS),
    "EVEN": EVEN,
    "MOST_LAYERS": MOST_LAYERS,
    "LARGEST": LARGEST,
}
"""What the scripts call by these names."""


@dataclass(frozen=True)
class Explorer:
    """The page to play with.

    Attributes:
        html: the page.
    """

    html: str

    def save(self, path: str | Path) -> None:
        """Write the page to a file."""
        Path(path).write_text(self.html, encoding="utf-8")

    def kept(self) -> Path:
        """Write the page to a new temporary file, and return the file."""
        handle, path = mkstemp(prefix="symconv-", suffix=".html")
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(self.html)
        return Path(path)

    def open(self) -> Path:
        """Write the page to a new temporary file, show it in a browser, and return the file."""
        file = self.kept()
        opened(file)
        return file

    def _repr_html_(self) -> str:
        """Show the page in a notebook, in a frame of its own."""
        return (
            f'<iframe srcdoc="{escape(self.html)}" title="symconv" loading="lazy" '
            'style="width:100%;height:900px;border:0"></iframe>'
        )

    def __repr__(self) -> str:
        """Say what to do with it."""
        return "Explorer: `open()` shows the page in a browser, `save(path)` writes it to a file"


def has_windows() -> bool:
    """Whether a browser has a screen: without one, some would run in the terminal instead."""
    named = ("BROWSER", "DISPLAY", "WAYLAND_DISPLAY")
    return sys.platform in ("win32", "darwin") or any(os.environ.get(name) for name in named)


def opened(file: Path) -> bool:
    """Open a file in a browser, if there is one, and say whether there was."""
    if not has_windows():
        return False
    import webbrowser

    return webbrowser.open(file.as_uri())


def explore(layers: Any = None, size: Any = None, *, language: str = "en") -> Explorer:
    """Return a page on which layers can be played with.

    Args:
        layers: what it begins with: layers over one axis or two, as a text or as `size` takes them.
        size: the input's size in cells, as for `size`.
        language: `"en"` or `"zh"`.

    Returns:
        An `Explorer`: `open()` shows the page in a browser, `save(path)` writes it as one file,
        and a notebook shows it in a frame.

    Raises:
        RequestError: the layers are none that the page can show, or the size is none.

    >>> explore("Conv2d(3, 8, kernel_size=3) -> MaxPool2d(2)", 32)
    Explorer: `open()` shows the page in a browser, `save(path)` writes it to a file
    """
    drawings = tuple(drawn())
    start = beginning(layers, size, language, layers_of_page(drawings))
    parts = [computing(drawings), f"const START = {literal(start)};", *map(asset, SHOWN)]
    script = "\n".join(parts)
    sheet = "".join([style_sheet(), *map(asset, STYLES)])
    page = asset("page.html").replace("/* style */", sheet)
    return Explorer(page.replace("/* script */", script))


@cache
def asset(name: str) -> str:
    """Return one of the page's files."""
    return files("symconv.explorer").joinpath("assets", name).read_text(encoding="utf-8")


def computing(drawings: Sequence[Drawing]) -> str:
    """Return the script that computes with some layers: laws, and the walk along a chain."""
    known = operators(drawings)
    sentences = {english: chinese(english) for english in sorted(_sentences(known.values()))}
    words = {
        language: {name: phrases[place] for name, phrases in WORDS.items()}
        for place, language in enumerate(LANGUAGES)
    }
    return "\n".join(
        [
            PRELUDE,
            *(f"const {name} = {literal(value)};" for name, value in CONSTANTS.items()),
            declaration("OPERATORS", known),
            declaration("LAYERS", layers_of_page(drawings)),
            declaration("WORDS", words),
            declaration("SENTENCES", {"zh": sentences | dict(FAMILIES)}),
            *map(asset, COMPUTED),
        ]
    )


def _sentences(known: Iterable[dict[str, Any]]) -> set[str]:
    """Return the sentences of operators that the page may say."""
    sentences: set[str] = set()
    for operator in known:
        sentences.update(need["says"] for need in operator["requires"])
        sentences.update(operator["channels"])
        if "says" in operator["reads"]:
            sentences.add(operator["reads"]["says"])
    return sentences
