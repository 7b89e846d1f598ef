"""SVG by hand: cells, taps, lines and words, and how much room they take."""

from __future__ import annotations

import math
from collections.abc import Iterator
from contextlib import contextmanager
from html import escape

from symconv.pictures.theme import style_sheet

MARGIN = 22
WIDE = 0.62
"""A letter's width as a part of its height, rounded up for the fonts that a reader may have."""


def number(value: float) -> str:
    """Write a coordinate, with one decimal where it needs one.

    >>> number(3.0), number(2.25)
    ('3', '2.2')
    """
    return f"{value:.1f}".removesuffix(".0")


class Canvas:
    """What has been drawn so far, and the room that it takes.

    Attributes:
        right, bottom: where the drawing ends so far.
        roles: the roles that were drawn, for the legend.
    """

    def __init__(self) -> None:
        self.items: list[str] = []
        self.right: float = 0
        self.bottom: float = MARGIN
        self.roles: set[str] = set()

    def reach(self, right: float, bottom: float) -> None:
        """Make room up to there."""
        self.right, self.bottom = max(self.right, right), max(self.bottom, bottom)

    def box(
        self, x: float, y: float, width: float, height: float, kind: str, gap: float = 1.5
    ) -> None:
        """Draw a rounded box inside a cell, with a gap around it."""
        self.roles.add(kind.split()[0])
        self.items.append(
            f'<rect class="{_classes(kind)}" x="{number(x + gap)}" y="{number(y + gap)}" '
            f'width="{number(width - 2 * gap)}" height="{number(height - 2 * gap)}" rx="3"/>'
        )
        self.reach(x + width, y + height)

    def cell(self, x: float, y: float, side: float, role: str, label: str = "") -> None:
        """Draw a cell with a label in its middle."""
        self.box(x, y, side, side, role)
        if label:
            size = 13 if side >= 28 else 10.5
            kind = "" if role in ("in", "out") else "muted"
            self.text(x + side / 2, y + side / 2, label, kind, size, middle=True)

    def hatch(self, x: float, y: float, width: float, height: float, why: str) -> None:
        """Hatch a cell, which is `unread`, `unpainted` or `empty`."""
        self.roles.add(why)
        left, top, w, h = x + 3, y + 3, width - 6, height - 6
        strokes = []
        step = 6
        for along in range(step // 2, int(w + h), step):
            x1, y1 = (along, 0) if along <= w else (w, along - w)
            x2, y2 = (0, along) if along <= h else (along - h, h)
            strokes.append(
                f"M{number(left + x1)} {number(top + y1)}L{number(left + x2)} {number(top + y2)}"
            )
        self.items.append(f'<path class="sc-hatch" d="{"".join(strokes)}"/>')

    def tap(
        self, x: float, y: float, width: float, height: float, kind: str, name: str = ""
    ) -> None:
        """Draw a tap of the kernel, `w` with its number where there is room for it."""
        if "faded" in kind:
            self.box(x, y, width, height, "paper", gap=0)
        self.box(x, y, width, height, kind, gap=0)
        size = 11 if width >= 24 else 9
        if name and (0.6 * size * (1 + 0.75 * len(name))) <= width - 2:
            ink = "kernel-text" if "faded" in kind else "kernel-ink"
            self.weight(x + width / 2, y + height / 2, name, size, ink)

    def weight(self, x: float, y: float, name: str, size: float, kind: str = "kernel-ink") -> None:
        """Write `w` with its number below the line."""
        below = f'<tspan dy="{number(size * 0.22)}" font-size="{number(size * 0.78)}">'
        self.items.append(
            f'<text class="sc-{kind}" x="{number(x)}" y="{number(y + size * 0.3)}" '
            f'font-size="{number(size)}" text-anchor="middle">w{below}{escape(name)}</tspan></text>'
        )

    def path(self, data: str, kind: str) -> None:
        """Draw a path."""
        self.items.append(f'<path class="{_classes(kind)}" d="{data}"/>')

    def line(self, x1: float, y1: float, x2: float, y2: float, kind: str) -> None:
        """Draw a line."""
        self.path(f"M{number(x1)} {number(y1)}L{number(x2)} {number(y2)}", kind)

    def text(
        self,
        x: float,
        y: float,
        words: str,
        kind: str = "",
        size: float = 13,
        *,
        middle: bool = False,
    ) -> None:
        """Write words; `y` is the middle of their line."""
        anchor = ' text-anchor="middle"' if middle else ""
        named = f' class="{_classes(kind)}"' if kind else ""
        self.items.append(
            f'<text{named} x="{number(x)}" y="{number(y + size * 0.36)}" '
            f'font-size="{number(size)}"{anchor}>{escape(words, quote=False)}</text>'
        )
        length = len(words) * size * WIDE
        self.reach(x + (length / 2 if middle else length), y + size / 2)

    def fill(self, x: float, y: float, side: float, kind: str, strength: float) -> None:
        """Tint a cell, from 0 for nothing to 1."""
        self.items.append(
            f'<rect class="{_classes(kind)}" x="{number(x + 1.5)}" y="{number(y + 1.5)}" '
            f'width="{number(side - 3)}" height="{number(side - 3)}" rx="3" '
            f'fill-opacity="{strength:.2f}"/>'
        )

    @contextmanager
    def one(self, says: str) -> Iterator[None]:
        """Keep what is drawn together: it stands out under the pointer, which shows what it is."""
        self.items.append(f'<g class="sc-one"><title>{escape(says, quote=False)}</title>')
        yield
        self.items.append("</g>")

    @contextmanager
    def view(self) -> Iterator[None]:
        """Keep one of several drawings together: only its own parts step back under the pointer."""
        self.items.append('<g class="sc-view">')
        yield
        self.items.append("</g>")

    def svg(self, title: str, description: str) -> str:
        """Return the picture."""
        width, height = (math.ceil(edge + MARGIN) for edge in (self.right, self.bottom))
        head = (
            f'<svg xmlns="http://www.w3.org/2000/svg" class="sc-picture" role="img" '
            f'viewBox="0 0 {width} {height}" width="{width}" height="{height}" '
            f'style="max-width:100%;height:auto">'
        )
        return "\n".join(
            [
                head,
                f"<title>{escape(title, quote=False)}</title>",
                f"<desc>{escape(description, quote=False)}</desc>",
                f"<style>{style_sheet()}</style>",
                f'<rect class="sc-paper" width="{width}" height="{height}" rx="8"/>',
                *self.items,
                "</svg>",
                "",
            ]
        )


def _classes(kind: str) -> str:
    return " ".join(f"sc-{one}" for one in kind.split())
