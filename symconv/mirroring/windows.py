"""Windows and scattered windows along one axis, each undone by the other, in numbers.

The numbers are found with the laws themselves. The letters are those of the laws.
"""

from __future__ import annotations

from bisect import bisect_left

from symconv.layers import Row
from symconv.meanings.integers import PLAIN, compiled
from symconv.operators import OPERATORS
from symconv.operators.letters import extent
from symconv.operators.ordinary import parameter
from symconv.operators.reading import NONE, ONE, Windows
from symconv.terms import variables

_SCATTERED = compiled(OPERATORS["conv_transpose"].size, tuple("WFSPDA"))
_EXTENT = compiled(extent, ("F", "D"))


def window(row: Row) -> dict[str, int]:
    """Return the numbers of an axis's windows; an axis that stays has windows of one cell.

    Windows whose taps do not lie equally far apart count as those that cover them.

    >>> from symconv import MaxPool1d
    >>> window(MaxPool1d(3, stride=2).rows(1)[0])
    {'F': 3, 'S': 2, 'P': 0, 'D': 1, 'A': 0}
    """
    kernel, factor = row.operator.windows, row.operator.factor
    if kernel is None:
        side = ONE if factor is None else factor[1]
        kernel = Windows(taps=side, step=side)
    elif not kernel.even:
        kernel = kernel.changed(taps=kernel.extent, tap=None)
    before, added = parameter(kernel.before), parameter(kernel.added)
    numbers = (kernel.taps, kernel.step, before, kernel.spacing, added)
    written = {name: value for name, value in row.values.items() if isinstance(value, int)}
    return dict(zip("FSPDA", (PLAIN.evaluate(number, written) for number in numbers), strict=True))


def sides(row: Row) -> tuple[int, int] | None:
    """Return how many cells an axis is padded with before and after it; a crop is a negative one.

    Nothing, if that depends on the size.

    >>> from symconv import ZeroPad1d
    >>> sides(ZeroPad1d((1, -2)).rows(1)[0])
    (1, -2)
    """
    cells = row.operator.reads
    before, after = (row.term(getattr(cells, side, NONE)) for side in ("before", "after"))
    if variables(before, after):
        return None
    return PLAIN.evaluate(before, {}), PLAIN.evaluate(after, {})


def scatter(row: Row, axis: int, before: int, after: int, told: bool) -> dict[str, int]:
    """Return the letters of a transposed convolution that undoes an axis of windows.

    In ceil mode the last window reaches over the border, and scattered it is too long: then more
    is cropped.

    Args:
        row: the law of the axis.
        axis: its place, from 0.
        before: a size, in cells.
        after: what the law makes of it.
        told: whether the transposed convolution is told which size to give. If not, its output
            padding is for the size `before`; else it has none, and reaches just the least size
            that gives `after`.

    >>> from symconv import MaxPool1d
    >>> scatter(MaxPool1d(3, stride=2).rows(1)[0], 0, 8, 3, told=False)
    {'F': 3, 'S': 2, 'P': 0, 'D': 1, 'A': 1}
    """
    letters = window(row) | {"A": 0}
    target = _least_of_its_block(row, axis, before, letters["S"]) if told else before
    missing = target - _SCATTERED(after, *letters.values())
    if missing < 0:
        letters["P"] += (1 - missing) // 2
        missing %= 2
    if not told:
        return letters | {"A": missing}
    del letters["A"]
    wider = {"F": _EXTENT(letters["F"], letters["D"]) + missing, "D": 1}
    return letters | (wider if missing else {})


def _least_of_its_block(row: Row, axis: int, size: int, stride: int) -> int:
    """Return the least size, by the law alone, with the same output as this one."""
    law = compiled(row.term(row.operator.size), (f"W{axis + 1}",))
    block = range(size - stride + 1, size + 1)
    return block[bisect_left(block, law(size), key=law)]


def gather(row: Row) -> dict[str, int]:
    """Return the letters of a convolution that undoes an axis of a transposed convolution.

    Output padding of a stride or more would leave room for another window: then the kernel,
    without its holes, covers it.

    >>> from symconv import ConvTranspose1d
    >>> gather(ConvTranspose1d(kernel_size=3, stride=2, padding=1, output_padding=1).rows(1)[0])
    {'F': 3, 'S': 2, 'P': 1, 'D': 1}
    """
    letters = window(row)
    added = letters.pop("A")
    if added < letters["S"]:
        return letters
    return letters | {"F": _EXTENT(letters["F"], letters["D"]) + added, "D": 1}
