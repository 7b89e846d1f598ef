"""What `draw` answers with: a picture as SVG text."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from symconv.layers import Layer
from symconv.vocabulary import SCHEMA


@dataclass(frozen=True, repr=False)
class Picture:
    """A picture of one layer at one size.

    Attributes:
        layer: the layer.
        sizes: the input's size on each axis, and the output's, by the layer's law.
        views: what is shown, from top to bottom.
        title: what the picture shows, in a line.
        description: the same for those who do not see it.
        svg: the picture, a whole SVG document that may also stand inside a page.

    >>> from symconv import draw
    >>> draw("Conv1d(kernel_size=3, stride=2, padding=1)", 6)
    Picture of Conv1d(kernel_size=3, stride=2, padding=1), 6 -> 3: window
    """

    layer: Layer
    sizes: tuple[tuple[int, ...], tuple[int, ...]]
    views: tuple[str, ...]
    title: str
    description: str
    svg: str = field(repr=False)

    def __repr__(self) -> str:
        """Say what is shown; a notebook shows the picture itself."""
        before, after = ("x".join(map(str, one)) for one in self.sizes)
        return f"Picture of {self.layer!r}, {before} -> {after}: {' and '.join(self.views)}"

    def _repr_svg_(self) -> str:
        """Show the picture in a notebook."""
        return self.svg

    def save(self, path: str | Path) -> Path:
        """Write the picture to a file, and return where it is."""
        to = Path(path)
        to.write_text(self.svg, encoding="utf-8", newline="\n")
        return to

    def to_dict(self) -> dict[str, Any]:
        """Return what `symconv draw --json` prints."""
        return {
            "schema": SCHEMA,
            "layer": repr(self.layer),
            "sizes": [one[0] if len(one) == 1 else list(one) for one in self.sizes],
            "views": list(self.views),
            "title": self.title,
            "description": self.description,
            "svg": self.svg,
        }
