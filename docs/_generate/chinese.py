"""Chinese pages: they say which language they are in, and their lines are joined without spaces.

A browser chooses the shapes of characters by the language of a page. And a line's end, which is a
space in English, is nothing in Chinese: the sources have a sentence a line, and no gap is meant.
"""

from __future__ import annotations

import re
from typing import Any

from docutils import nodes
from sphinx.transforms.post_transforms import SphinxPostTransform

LANGUAGE = "zh-CN"
FOLDERS = re.compile(r"(?:zh|_generated/zh_\w+)(?:/|$)")
"""Where Chinese pages are."""

KEPT = (nodes.FixedTextElement, nodes.raw, nodes.math_block)
"""Where a line's end is one."""

_SIGN = "\u2014\u2018-\u201d\u2026\u3000-\u303f\uff00-\uff65"
_CHARACTER = rf"\u3400-\u9fff{_SIGN}"
_GAP = re.compile(rf"(?<=[{_CHARACTER}])\n(?=[{_CHARACTER}])|(?<=[{_SIGN}])\n|\n(?=[{_SIGN}])")


def joined(text: str) -> str:
    r"""Join lines where Chinese has no space: between its characters, and beside its signs.

    >>> joined("已证明。\n否则未知，\nZ3 说\n不")
    '已证明。否则未知，Z3 说不'
    >>> joined("一个 torch\n层")
    '一个 torch\n层'
    """
    return _GAP.sub("", text)


class Joined(SphinxPostTransform):
    """Joins the lines of Chinese pages."""

    default_priority = 900

    def run(self, **_: Any) -> None:
        """Join the lines of every paragraph; code keeps its lines."""
        if not FOLDERS.match(self.env.docname):
            return
        for text in [*self.document.findall(nodes.Text)]:
            if "\n" in text and not isinstance(text.parent, KEPT):
                text.parent.replace(text, nodes.Text(_joined(text)))


def _joined(text: nodes.Text) -> str:
    """Join a text with what stands before and after it: a line's end may be a text by itself."""
    place, parts = text.parent.index(text), text.parent.children
    before = "".join(part.astext() for part in parts[place - 1 : place])[-1:]
    after = "".join(part.astext() for part in parts[place + 1 : place + 2])[:1]
    whole = joined(f"{before}{text}{after}")
    return whole[len(before) : len(whole) - len(after)]


def _said(_app: Any, page: str, _template: str, context: dict[str, Any], _tree: Any) -> None:
    """Say which language a Chinese page is in."""
    if FOLDERS.match(page):
        context["language"] = LANGUAGE


def setup(app: Any) -> None:
    """Tell Sphinx of both."""
    app.add_post_transform(Joined)
    app.connect("html-page-context", _said)
