"""Sets of sizes in words, as people say them, and as JSON has them."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, Any, NamedTuple

from symconv.periodic.columns import MOST_RESIDUES

if TYPE_CHECKING:
    from symconv.periodic.sets import SizeSet

MOST_SAID = 8
"""How many sizes, or remainders, are named one by one."""


class Repeating(NamedTuple):
    """A set that repeats from some size on, in its canonical form.

    Attributes:
        period: the smallest one.
        residues: which remainders belong to it, rising; none of a finite set.
        start: the least member of the periodic part, which goes as far down as it holds.
        below: from which size on it repeats: the members before it are said one by one.
    """

    period: int
    residues: tuple[int, ...]
    start: int
    below: int


def repeating(sizes: SizeSet) -> Repeating:
    """Return how a set repeats."""
    last = sizes.stretches[-1]
    if not last.bits:
        return Repeating(1, (), 1, last.start)
    residues = last.residues
    start = last.start + min((r - last.start) % last.period for r in residues)
    return Repeating(last.period, residues, start, last.start)


def described(sizes: SizeSet) -> dict[str, Any]:
    """Return a set as JSON has it; see `SizeSet.to_dict`."""
    period, residues, start, below = repeating(sizes)
    form = {"period": period, "residues": list(residues), "start": start}
    before = sizes & type(sizes).between(sizes.first, below - 1)
    if before.count <= MOST_RESIDUES:
        return form | {"also": list(before)}
    return form | {"also": None, "stretches": [_stretch(*span) for span in before.spans()]}


def _stretch(start: int, end: int | None, stretch: Any) -> dict[str, Any]:
    residues = list(stretch.residues)
    last = None if end is None else end - 1
    return {"from": start, "to": last, "period": stretch.period, "residues": residues}


def said(sizes: SizeSet) -> str:
    """Say a set as people do.

    >>> from symconv.periodic.sets import SizeSet
    >>> said(SizeSet.of(period=8, also=[1])), said(SizeSet.of(period=3, residues=[0, 2]))
    ('1, and multiples of 8', 'all but 1 mod 3')
    """
    period, residues, start, below = repeating(sizes)
    before = sizes & type(sizes).between(sizes.first, below - 1)
    if not residues:
        return _finite(before) if before else "no size"
    tail = _endless(period, residues, start)
    return f"{_finite(before)}, and {tail}" if before else tail


def _endless(period: int, residues: tuple[int, ...], start: int) -> str:
    """Say the periodic part of a set, with the size from which it counts, if it is not plain."""
    if period == 1:
        return "every size" if start <= 1 else f"sizes from {start}"
    words, plain = _residues(period, residues)
    return words if start <= plain else f"{words}, from {start}"


def _residues(period: int, residues: tuple[int, ...]) -> tuple[str, int]:
    """Say which remainders belong to a set, and return the least positive size that has one."""
    least = min(residue or period for residue in residues)
    if period == 2:
        return ("even sizes", "odd sizes")[residues[0]], least
    if len(residues) == 1:
        residue = residues[0]
        if residue == 0:
            return f"multiples of {period}", least
        if residue == period - 1:
            return f"1 less than a multiple of {period}", least
        return f"{residue} more than a multiple of {period}", least
    missing = sorted({*range(period)} - {*residues})
    if missing == [0]:
        return f"all but multiples of {period}", least
    if len(missing) < len(residues) and len(missing) <= MOST_SAID:
        return f"all but {_listed(missing, 'or')} mod {period}", least
    if len(residues) <= MOST_SAID:
        return f"{_listed(residues, 'or')} mod {period}", least
    first = ", ".join(map(str, residues[:MOST_SAID]))
    return f"{first}, … mod {period} ({len(residues)} remainders of {period})", least


def _finite(sizes: SizeSet) -> str:
    """Say a finite set: as single sizes and intervals, or stretch by stretch."""
    runs = list(islice(sizes.runs(), MOST_SAID + 1))
    if len(runs) <= MOST_SAID:
        return _listed([_run(low, high) for low, high in runs], "and")
    parts = []
    for start, end, stretch in sizes.spans():
        if stretch.bits and end is not None:
            inside = sizes & type(sizes).between(start, end - 1)
            if stretch.period > (end - start) // 2:
                low, high = inside.least, inside.next_below(end)
                parts.append(f"{inside.count} sizes from {low} to {high}")
            elif stretch.period == 1:
                parts.append(f"{start} to {end - 1}")
            else:
                words, _ = _residues(stretch.period, stretch.residues)
                parts.append(f"{words} from {inside.least} to {inside.next_below(end)}")
    return _listed(parts, "and") if len(parts) <= MOST_SAID else _counted(sizes)


def _counted(sizes: SizeSet) -> str:
    last = sizes.stretches[-1].start
    return f"{sizes.count} sizes from {sizes.least} to {sizes.next_below(last)}"


def _run(low: int, high: int | None) -> str:
    if low == high:
        return str(low)
    return f"{low} and {high}" if high == low + 1 else f"{low} to {high}"


def _listed(entries: Any, word: str) -> str:
    """Write entries with commas, and a word before the last one."""
    texts = list(map(str, entries))
    return texts[0] if len(texts) == 1 else f"{', '.join(texts[:-1])} {word} {texts[-1]}"
