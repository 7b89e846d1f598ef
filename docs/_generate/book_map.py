"""The map of the book: its chapters and theorems, with a line from each to what uses it.

It is drawn as the pictures of layers are, with their colours. Each theorem is a link that the Tab
key reaches; the chapters' pages have the same links in words.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from html import escape
from itertools import pairwise
from typing import NamedTuple

from _generate.map_places import Grid, placed
from _generate.theorem_parts import label
from _generate.tongues import ENGLISH, Tongue
from symconv.book.statements.chapters import CHAPTERS, THEOREMS, Entry
from symconv.book.statements.structural import Structural
from symconv.pictures.canvas import MARGIN, WIDE, Canvas, number

LEFT, PITCH, WIDTH = 20, 178, 152
"""Where the first column begins, from one column to the next, and how wide a box is."""
LINE, SPACE, GAP = 13, 9, 7
"""The height of a line of a name, of the room around it, and from a box to the one below."""
HEAD, BETWEEN = 30, 24
"""The height of a chapter's title, and from one chapter to the next."""
SIZE, LONGEST = 11, 23
"""How large a name is written, and how many letters of it fit on a line."""
LANES, LANE = 6, 2.6
"""Lines that go the same way lie beside each other: in so many lanes, so far apart."""
ROUND = 5
"""The radius of a line's corners."""


class Box(NamedTuple):
    """Where a theorem is drawn."""

    chapter: int
    x: float
    y: float
    lines: Sequence[str]

    @property
    def height(self) -> float:
        """From its upper edge to its lower one."""
        return LINE * len(self.lines) + SPACE

    @property
    def middle(self) -> float:
        """Where its lines begin and end."""
        return self.y + self.height / 2


def book_map(tongue: Tongue, titles: Sequence[str], pages: Sequence[str]) -> str:
    """Draw the map, as HTML.

    Args:
        tongue: the language of what is said of the theorems.
        titles: how the chapters are headed.
        pages: their pages, seen from the page of the map.
    """
    names = [[theorem.name for theorem in chapter.theorems] for chapter in CHAPTERS]
    grids = placed(names, {name: entry.uses for name, entry in THEOREMS.items()})
    canvas, boxes, heads = Canvas(), dict[str, Box](), list[float]()
    columns = 1 + max(place.column for grid in grids for place in grid.values())
    right = LEFT + columns * PITCH
    _legend(canvas, tongue)
    top = canvas.bottom + BETWEEN
    for chapter, grid in enumerate(grids):
        heads.append(top)
        own = _stacked(chapter, grid, top + HEAD)
        bottom = max((box.y + box.height for box in own.values()), default=top + HEAD) + GAP
        _panel(canvas, right, top, bottom)
        boxes |= own
        top = bottom + BETWEEN
    numbers = {name: place for place, name in enumerate(THEOREMS)}
    edges = [(used, name) for name, entry in THEOREMS.items() for used in entry.uses]
    far = [(used, name) for used, name in edges if not _near(boxes[used], boxes[name])]
    out = _lanes(boxes, (used for used, _ in far))
    home = _lanes(boxes, (name for _, name in far))
    for used, name in edges:
        user = boxes[name]
        kind, way = "edge", _straight(boxes[used], user)
        if (used, name) in far:
            inside = boxes[used].chapter == user.chapter
            above = heads[user.chapter] - ROUND - home[name] / 2
            above = boxes[used].y - GAP / 2 if inside else above
            kind = "edge" if inside else "far edge"
            way = _around(boxes[used], user, above, out[used], home[name])
        marked = f"{kind} m{numbers[used]} m{numbers[name]}"
        canvas.items.append(f'<path class="{marked}" d="{way}{_arrow(user)}"/>')
    for chapter, (title, page, grid) in enumerate(zip(titles, pages, grids, strict=True)):
        _title(canvas, title, page, heads[chapter])
        for name in sorted(grid, key=numbers.__getitem__):
            address = f"{page}#{_anchor(name, tongue)}"
            _box(canvas, THEOREMS[name], boxes[name], f"m{numbers[name]}", address, tongue)
    return _framed(canvas, tongue, len(numbers))


def _anchor(name: str, tongue: Tongue) -> str:
    """Return where a theorem stands on its page: sphinx-proof keeps labels, docutils does not."""
    return name if tongue is ENGLISH else label(name, tongue).replace("_", "-").lower()


def _stacked(chapter: int, grid: Grid, top: float) -> dict[str, Box]:
    """Return the boxes of a chapter: its rows from above, each as high as its longest name asks."""
    boxes = dict[str, Box]()
    for row in sorted({place.row for place in grid.values()}):
        own = {name: place for name, place in grid.items() if place.row == row}
        for name, place in own.items():
            boxes[name] = Box(chapter, LEFT + place.column * PITCH, top, broken(name))
        top = max(boxes[name].y + boxes[name].height for name in own) + GAP
    return boxes


def broken(name: str) -> list[str]:
    """Break a name into lines, between its words.

    >>> broken("emulation_of_dilated_conv_transpose")
    ['emulation_of_dilated_', 'conv_transpose']
    """
    lines = [""]
    for word in name.replace("_", "_ ").split():
        if lines[-1] and len(lines[-1]) + len(word) > LONGEST:
            lines.append("")
        lines[-1] += word
    return lines


def _near(used: Box, user: Box) -> bool:
    """Whether a line goes straight: within a chapter, to the next column."""
    return used.chapter == user.chapter and used.x + PITCH == user.x


def _lanes(boxes: Mapping[str, Box], names: Iterable[str]) -> dict[str, float]:
    """Return how far from its box each theorem's line turns, so that few lie on each other."""
    turned = Counter[float]()
    lanes = dict[str, float]()
    for name in names:
        if name not in lanes:
            lanes[name] = 5 + turned[boxes[name].x] % LANES * LANE
            turned[boxes[name].x] += 1
    return lanes


def _arrow(user: Box) -> str:
    x, y = user.x, user.middle
    return (
        f"M{number(x - 4)} {number(y - 3)}L{number(x)} {number(y)}L{number(x - 4)} {number(y + 3)}"
    )


def _straight(used: Box, user: Box) -> str:
    """Return a line from the right of one box to the left of another, on its right."""
    right, left, reach = used.x + WIDTH, user.x, (PITCH - WIDTH) * 0.6
    bends = [(right + reach, used.middle), (left - reach, user.middle), (left, user.middle)]
    ends = " ".join(f"{number(x)} {number(y)}" for x, y in bends)
    return f"M{number(right)} {number(used.middle)}C{ends}"


def _around(used: Box, user: Box, above: float, out: float, home: float) -> str:
    """Return a line around all boxes: between columns, and above a chapter or a row."""
    right, left = used.x + WIDTH, user.x
    corners = [(right, used.middle), (right + out, used.middle), (right + out, above)]
    corners += [(left - home, above), (left - home, user.middle), (left, user.middle)]
    return "".join(_rounded(corners))


def _rounded(corners: Sequence[tuple[float, float]]) -> Iterator[str]:
    """Draw a line around corners."""
    yield f"M{number(corners[0][0])} {number(corners[0][1])}"
    for (before, corner), (_, after) in pairwise(pairwise(corners)):
        near, far = _towards(corner, before), _towards(corner, after)
        yield f"L{near}Q{number(corner[0])} {number(corner[1])} {far}"
    yield f"L{number(corners[-1][0])} {number(corners[-1][1])}"


def _towards(corner: tuple[float, float], other: tuple[float, float]) -> str:
    """Return the point a little before a corner."""
    along = [b - a for a, b in zip(corner, other, strict=True)]
    length = max(map(abs, along)) or 1
    part = min(ROUND, length / 2) / length
    return " ".join(number(a + part * step) for a, step in zip(corner, along, strict=True))


def _panel(canvas: Canvas, right: float, top: float, bottom: float) -> None:
    canvas.items.append(
        f'<rect class="panel" x="2" y="{number(top)}" width="{number(right)}" '
        f'height="{number(bottom - top)}" rx="6"/>'
    )
    canvas.reach(right - MARGIN + 4, bottom)


def _title(canvas: Canvas, title: str, page: str, head: float) -> None:
    canvas.items.append(f'<a href="{escape(page)}">')
    canvas.text(LEFT - 8, head + HEAD / 2, title, "head halo", 14)
    canvas.items.append("</a>")


def _box(canvas: Canvas, entry: Entry, box: Box, mark: str, address: str, tongue: Tongue) -> None:
    """Draw a theorem as a link that says what the theorem says."""
    says = tongue.of(entry.says, entry.zh)
    named = escape(tongue("{}: {}", entry.name, says))
    canvas.items.append(
        f'<a class="{mark}" href="{escape(address)}" aria-label="{named}">'
        f"<title>{escape(says, quote=False)}</title>"
    )
    canvas.box(box.x, box.y, WIDTH, box.height, _kind(entry), gap=0)
    for place, line in enumerate(box.lines):
        canvas.text(box.x + 6, box.y + SPACE / 2 + LINE * (place + 0.5), line, "", SIZE)
    canvas.items.append("</a>")


def _kind(entry: Entry) -> str:
    """Return how a theorem looks: one that Z3 proves, one proved by hand in Coq, a false one."""
    if entry.expected == "refuted":
        return "beyond"
    return "out" if isinstance(entry, Structural) else "in"


def _legend(canvas: Canvas, tongue: Tongue) -> None:
    """Explain how theorems look."""
    x: float = LEFT
    for kind, said in (("in", "proved"), ("out", "proved by hand, in Coq"), ("beyond", "false")):
        canvas.box(x, 14, 16, 16, kind, gap=0.5)
        words = tongue(said)
        canvas.text(x + 22, 22, words, "muted", 12.5)
        x += 22 + len(words) * 12.5 * (WIDE if words.isascii() else 1) + 20


def _framed(canvas: Canvas, tongue: Tongue, count: int) -> str:
    """Put the map into a frame that scrolls, with the rules by which lines stand out."""
    title = tongue("Map of the book")
    drawn = canvas.svg(title, "").replace('role="img"', f'role="group" aria-label="{title}"')
    rules = "".join(
        f".book-map:has(a.m{node}:is(:hover,:focus-visible)) .edge.m{node}"
        "{opacity:1;stroke:var(--sc-kernel)}"
        for node in range(count)
    )
    return (
        f"```{{raw}} html\n:class: no-search\n\n<style>{rules}</style>\n"
        f'<div class="picture book-map" tabindex="0" role="region" aria-label="{title}">\n'
        f"{drawn.strip()}\n</div>\n```\n"
    )
