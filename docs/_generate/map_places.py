"""Where the theorems stand in the map of the book: a grid for each chapter.

What a theorem uses stands to its left, in the row above or in its own. So a chapter falls into
trees, which are packed from the left and from above, in the order of the book. A theorem that uses
several of its chapter hangs on the one that is deepest; its other lines are drawn all the same.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import count
from typing import NamedTuple

COLUMNS = 4
"""So many columns at least; a chapter that builds higher has more."""


class Place(NamedTuple):
    """A cell of a chapter's grid."""

    row: int
    column: int


Grid = dict[str, Place]


def placed(chapters: Sequence[Sequence[str]], uses: Mapping[str, Sequence[str]]) -> list[Grid]:
    """Return where the theorems of each chapter stand.

    Args:
        chapters: the names of each chapter's theorems, in order.
        uses: what each theorem uses; what is of another chapter moves nothing.

    >>> placed([["a", "b", "c"], ["d"]], {"a": [], "b": ["a"], "c": ["a"], "d": ["a"]})[0]["c"]
    Place(row=1, column=1)
    """
    forests = [_Forest(names, uses) for names in chapters]
    columns = max([COLUMNS, *(tree.width for forest in forests for tree in forest.trees())])
    return [_packed(forest.trees(), columns) for forest in forests]


class _Tree(NamedTuple):
    """A theorem with all that hangs on it, as a grid of its own."""

    grid: Grid
    height: int
    width: int


class _Forest:
    """The trees of a chapter."""

    def __init__(self, names: Sequence[str], uses: Mapping[str, Sequence[str]]) -> None:
        self.names = names
        self.own = {name: [used for used in uses[name] if used in names] for name in names}
        self.depths = {name: self._depth(name, ()) for name in names}
        self.below: dict[str, list[str]] = {name: [] for name in names}
        self.roots = []
        for name in names:
            deepest = max(self.own[name], key=self.depths.__getitem__, default=None)
            if deepest is None or self.depths[deepest] >= self.depths[name]:
                self.roots.append(name)
            else:
                self.below[deepest].append(name)

    def _depth(self, name: str, above: tuple[str, ...]) -> int:
        """Return how many theorems stand below one; a circle is cut where it is met again."""
        inner = (self._depth(used, (*above, name)) for used in self.own[name] if used not in above)
        return 1 + max(inner, default=-1)

    def trees(self) -> Iterator[_Tree]:
        """Yield the trees in order."""
        return map(self._tree, self.roots)

    def _tree(self, name: str) -> _Tree:
        grid, height, width = {name: Place(0, 0)}, 0, 1
        for branch in map(self._tree, self.below[name]):
            for inner, place in branch.grid.items():
                grid[inner] = Place(height + place.row, place.column + 1)
            height += branch.height
            width = max(width, branch.width + 1)
        return _Tree(grid, max(1, height), width)


def _packed(trees: Iterator[_Tree], columns: int) -> Grid:
    """Put each tree where it first fits: its lines need no cells, they lie between the columns."""
    grid = Grid()
    for tree in trees:
        taken = {*grid.values()}
        moved = (
            _moved(tree.grid, row, column)
            for row in count()
            for column in range(columns - tree.width + 1)
        )
        grid |= next(own for own in moved if not taken & {*own.values()})
    return grid


def _moved(grid: Grid, down: int, right: int) -> Grid:
    return {name: Place(row + down, column + right) for name, (row, column) in grid.items()}
