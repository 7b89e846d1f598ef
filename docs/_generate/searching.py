"""The site's search finds words, in English and in Chinese, and no LaTeX.

Sphinx cuts English at spaces and signs. Chinese has no spaces: a whole clause would be one word,
which nobody types. So Chinese is kept as single characters and as pairs of neighbours, and what a
reader types is cut in the same way, by `searching.js`.

A page says what it shall be found by, where its own words are not enough or too common:
`<!-- found by: checkerboard, uneven overlap -->` below its title.
"""

from __future__ import annotations

import re
from itertools import pairwise
from pathlib import Path
from typing import Any

from docutils import nodes
from sphinx.search.en import SearchEnglish
from sphinx.transforms.post_transforms import SphinxPostTransform

from _generate.folding import FoldedPart

HERE = Path(__file__).parent
OURS = frozenset({"same", "up", "down", "no", "not", "under"})
"""Words that Sphinx passes over as too common, and that have a meaning here."""
WORDLESS = (nodes.math, nodes.math_block, FoldedPart)
"""What a search passes over: formulas, and what Coq was given."""

_COMMAND = re.compile(r"\\[A-Za-z]+")
_CHINESE = r"\u3400-\u9fff"
_RUN = re.compile(rf"[{_CHINESE}]+|[^\W{_CHINESE}]+")
_ASKED = re.compile(r"^<!-- found by: (.+) -->$", re.MULTILINE)


def words(text: str) -> list[str]:
    r"""Cut a text into the words that it is found by.

    A name such as `output_padding` is found by its parts as well.

    >>> words("ceil_mode in LaTeX: \\left\\lfloor")
    ['ceil_mode', 'ceil', 'mode', 'in', 'LaTeX']
    >>> words("U-Net 的棋盘格")
    ['U', 'Net', '的', '棋', '盘', '格', '的棋', '棋盘', '盘格']
    """
    return [word for run in _RUN.findall(_COMMAND.sub(" ", text)) for word in _words_of(run)]


def _words_of(run: str) -> list[str]:
    if re.match(rf"[{_CHINESE}]", run):
        return [*run, *map("".join, pairwise(run))]
    parts = [part for part in run.split("_") if part]
    return [run, *parts] if len(parts) > 1 else [run]


class Words(SearchEnglish):
    """English as Sphinx has it, with Chinese beside it."""

    stopwords = SearchEnglish.stopwords - OURS
    js_splitter_code = (HERE / "searching.js").read_text(encoding="utf-8")

    def split(self, input: str) -> list[str]:
        """Cut a text into words."""
        return words(input)


class Wordless(SphinxPostTransform):
    """Marks what a search passes over, in the index and in the excerpts."""

    default_priority = 900
    formats = ("html",)

    def run(self, **_: Any) -> None:
        """Mark formulas and what Coq was given."""
        for kind in WORDLESS:
            for node in self.document.findall(kind):
                node["classes"].append("no-search")


def entered(text: str) -> str:
    """Return a page with entries of the index in place of what it says that it is found by.

    >>> print(entered("<!-- found by: checkerboard, stripes -->"))
    ```{index} ! checkerboard, ! stripes
    ```
    """
    return _ASKED.sub(lambda comment: f"```{{index}} {_entries(comment[1])}\n```", text)


def _entries(listed: str) -> str:
    """Write entries; each is a main one, since others come last in a search."""
    return ", ".join(f"! {entry.strip()}" for entry in listed.split(","))


def setup(app: Any) -> None:
    """Tell Sphinx of all this."""
    app.add_search_language(Words)
    app.add_post_transform(Wordless)
    app.connect("html-page-context", _excerpts)


def _excerpts(app: Any, page: str, *_: Any) -> None:
    """Load what cuts excerpts on the page of the search; it waits for Sphinx's own scripts."""
    if page == "search":
        app.add_js_file("excerpts.js", loading_method="defer")
