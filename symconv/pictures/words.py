"""A picture in words: its title, and a description for those who do not see it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from symconv.pictures.cells import ADDED, BEYOND, INPUT, PADDING, ZERO, Strokes, Windows

NAMES = {
    INPUT: "input cell",
    PADDING: "padding cell",
    ZERO: "inserted zero",
    ADDED: "cell of output padding",
    BEYOND: "place beyond the padding",
}


def many(count: int, what: str) -> str:
    """Count things.

    >>> many(1, "input cell"), many(2, "inserted zero")
    ('1 input cell', '2 inserted zeros')
    """
    return f"{count} {what}" if count == 1 else f"{count} {_plural(what)}"


def _plural(what: str) -> str:
    first, of, rest = what.partition(" of ")
    first, beyond, where = first.partition(" beyond ")
    return f"{first}s{beyond}{where}{of}{rest}"


def title(name: str, before: Sequence[int], after: Sequence[int]) -> str:
    """Return a title."""
    if len(before) == 1:
        return f"{name}: {many(before[0], 'input cell')}, {many(after[0], 'output cell')}"
    return f"{name}: {_by(before)} input cells, {_by(after)} output cells"


def _by(sizes: Iterable[int]) -> str:
    return " by ".join(map(str, sizes))


def of_windows(axes: Sequence[Windows]) -> str:
    """Describe windows: what they read, and what is never read."""
    return " ".join(
        f"{_where(axes, number)}{_one_axis(axis)}" for number, axis in enumerate(axes, 1)
    )


def _where(axes: Sequence[object], number: int) -> str:
    return f"Axis {number}: " if len(axes) > 1 else ""


def _one_axis(axis: Windows) -> str:
    counts = [(role, sum(cell.role == role for cell in axis.cells)) for role in NAMES]
    cells = ", ".join(many(count, NAMES[role]) for role, count in counts if count)
    said = [f"{cells} in a row."]
    for number, taps in list(enumerate(axis.windows))[:3]:
        places = ", ".join(str(tap.place) for tap in taps)
        said.append(f"Output {number} reads the places {places}.")
    if axis.output > 3:
        last = ", ".join(str(tap.place) for tap in axis.windows[-1])
        said.append(f"And so on, up to output {axis.output - 1}, which reads {last}.")
    if axis.output and axis.first < 0:
        said.append("Places are counted from the first input cell, 0; padding before it is below.")
    for role in NAMES:
        unread = sum(axis.cell(place).role == role for place in axis.unread)
        if unread:
            said.append(f"Never read: {many(unread, NAMES[role])}.")
    return " ".join(said)


def of_strokes(axes: Sequence[Strokes]) -> str:
    """Describe paint: what each cell paints, and how often each output cell is painted."""
    said = []
    for number, axis in enumerate(axes, 1):
        start = axis.strokes[0]
        places = ", ".join(str(tap.place) for tap in start)
        said.append(
            f"{_where(axes, number)}{many(axis.size, 'input cell')}; input 0 paints the places "
            f"{places} of an output with places 0 to {axis.output - 1}, and what lies outside is "
            f"cropped. Taps on each output cell: {', '.join(map(str, axis.counts))}."
        )
    return " ".join(said)
