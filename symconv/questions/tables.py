"""Rows of text as aligned columns, as they come."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence


class Table:
    """Columns that are as wide as their widest entry so far.

    Args:
        names: what the columns are called.
        left: the columns, by name, whose entries begin at the left; the last one of them, if it is
            the last of all, is not filled with blanks.

    >>> table = Table(["kernel_size", "padding"])
    >>> list(table.lines([("3", "1"), ("5", "2")]))
    ['kernel_size  padding', '          3        1', '          5        2']
    >>> list(table.lines([("7", "3")]))
    ['          7        3']
    """

    def __init__(self, names: Sequence[str], left: Iterable[str] = ()) -> None:
        self.names, self.left = tuple(names), frozenset(left)
        self.widths = [0] * len(self.names)
        self.begun = False

    def lines(self, rows: Sequence[Sequence[str]]) -> Iterator[str]:
        """Yield rows as lines, the first time after the names."""
        written = rows if self.begun else [self.names, *rows]
        self.begun = True
        for place, column in enumerate(zip(*written, strict=True)):
            self.widths[place] = max(self.widths[place], *map(len, column))
        return map(self._pattern().__mod__, map(tuple, written))

    def filled(
        self, names: Sequence[str], rows: Sequence[Sequence[str]]
    ) -> Sequence[Sequence[str]]:
        """Return rows of some of the columns with nothing in the others.

        >>> Table(["stride", "unread"]).filled(["stride"], [("1",)])
        [('1', '')]
        """
        if tuple(names) == self.names:
            return rows
        cells = (dict(zip(names, row, strict=True)) for row in rows)
        return [tuple(row.get(name, "") for name in self.names) for row in cells]

    def _pattern(self) -> str:
        """Return how a row is filled in."""
        last = self.names[-1] if self.names else ""
        pairs = zip(self.names, self.widths, strict=True)
        return "  ".join(
            "%s" if name == last and name in self.left else f"%{'-' * (name in self.left)}{width}s"
            for name, width in pairs
        )
