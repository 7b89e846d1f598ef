"""Long names in headings break between their words, where a screen is narrow.

A browser breaks `no_output_padding_for_all_sizes` anywhere or nowhere, unless it is told where.
"""

from __future__ import annotations

import re
from typing import Any

from docutils import nodes
from sphinx.transforms.post_transforms import SphinxPostTransform

_LONG = re.compile(r"\w+_\w+_\w+")


class LongNames(SphinxPostTransform):
    """Tells browsers where the names in headings may break."""

    default_priority = 900
    formats = ("html",)

    def run(self, **_: Any) -> None:
        """Put a mark behind each `_` of a heading; what is copied from the page has none."""
        for title in self.document.findall(nodes.title):
            for text in list(title.findall(nodes.Text)):
                if _LONG.search(text):
                    text.parent.replace(text, list(broken(text)))


def broken(text: str) -> list[nodes.Node]:
    """Return a text with marks where it may break."""
    pieces = re.findall(r"[^_]*_|[^_]+", text)
    marked = ((nodes.Text(piece), nodes.raw("", "<wbr>", format="html")) for piece in pieces)
    return [node for both in marked for node in both][:-1]
