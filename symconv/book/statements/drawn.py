"""Pictures that belong to a statement: a layer at one size, where that says more than words."""

from __future__ import annotations

from typing import NamedTuple


class Drawn(NamedTuple):
    """What `symconv.draw` is to draw.

    Attributes:
        layer: the layer, as text.
        size: the size of its input, in cells.
        view: which view; by default the usual ones of the layer.
    """

    layer: str
    size: int
    view: str | None = None

    @property
    def command(self) -> str:
        """The command that draws it."""
        view = f" --view {self.view}" if self.view else ""
        return f'symconv draw "{self.layer}" {self.size} --output picture.svg{view}'
