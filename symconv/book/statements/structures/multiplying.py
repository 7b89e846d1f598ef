"""The matrix of a convolution multiplied out for sizes: its weights and values stay letters.

A value is a list of products, each of a weight and an input: `[(0, 1), (2, 3)]` is
`w0*x1 + w2*x3`.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping, Sequence

from symconv.book.statements.structures.common import (
    D,
    F,
    P,
    S,
    W,
    conv,
    conv_transpose,
    counted,
    extent,
    listed,
    maximum,
    valued,
)
from symconv.book.statements.structures.parts import Numbers, Part

Products = list[tuple[int, int]]
Rows = list[list[int | None]]
"""A matrix: the number of a weight in each place, or nothing for a zero."""
MOST_PLACES, MOST_PRODUCTS = 80, 30
"""A matrix with more places is not shown, nor are values of more products."""
NO_LAYER = "no layer has these numbers: W, F, S and D are at least 1"


def outputs_of(numbers: Mapping[str, int]) -> int:
    """Return how many outputs a convolution has."""
    outputs: int = valued(maximum(0, conv(W, F, S, P, D)), numbers)[1]
    return outputs


def matrix(numbers: Mapping[str, int]) -> Rows:
    """Return the matrix of a convolution, place by place: the tap of a row that reads a column.

    Args:
        numbers: `W`, `F`, `S`, `P` and `D`.

    >>> matrix({"W": 4, "F": 3, "S": 1, "P": 0, "D": 1})
    [[0, 1, 2, None], [None, 0, 1, 2]]
    """

    def tap(output: int, cell: int) -> int | None:
        begin, step = output * numbers["S"] - numbers["P"], numbers["D"]
        return next((t for t in range(numbers["F"]) if begin + t * step == cell), None)

    columns = range(numbers["W"])
    return [[tap(output, cell) for cell in columns] for output in range(outputs_of(numbers))]


def times(rows: Rows) -> list[Products]:
    """Return a matrix times a vector of letters."""
    return [[(tap, cell) for cell, tap in enumerate(row) if tap is not None] for row in rows]


def turned(rows: Rows, columns: int) -> Rows:
    """Return the transpose of a matrix that has so many columns."""
    return [[row[column] for row in rows] for column in range(columns)]


def convolved(numbers: Mapping[str, int], outputs: int) -> list[Products]:
    """Return what a convolution computes, tap by tap; the padding is zeros."""
    return [
        [
            (tap, cell)
            for tap in range(numbers["F"])
            if 0 <= (cell := output * numbers["S"] + tap * numbers["D"] - numbers["P"])
            and cell < numbers["W"]
        ]
        for output in range(outputs)
    ]


def scattered(numbers: Mapping[str, int], inputs: int, cells: int) -> list[Products]:
    """Return what a transposed layer computes: from zeros on, each input adds its taps."""
    line: list[Products] = [[] for _ in range(cells)]
    for value in range(inputs):
        for tap in range(numbers["F"]):
            cell = value * numbers["S"] + tap * numbers["D"] - numbers["P"]
            if 0 <= cell < cells:
                line[cell].append((tap, value))
    return line


def written(values: Sequence[Products], letter: str) -> str:
    """Write values in the letters of weights and inputs, if they are not too many."""
    if sum(map(len, values)) > MOST_PRODUCTS:
        return f"{len(values)} values"
    sums = (" + ".join(f"w{tap}*{letter}{cell}" for tap, cell in value) for value in values)
    return ", ".join(each or "0" for each in sums) or "nothing"


def _shown(rows: Rows) -> str:
    if not rows:
        return "C has no row: no window fits"
    size = f"C has {counted(len(rows), 'row')} and {counted(len(rows[0]), 'column')}"
    if len(rows) * len(rows[0]) > MOST_PLACES:
        return size
    lines = (", ".join("0" if tap is None else f"w{tap}" for tap in row) for row in rows)
    return f"{size}: {', '.join(f'({line})' for line in lines)}"


def is_layer(numbers: Mapping[str, int]) -> bool:
    """Whether a layer can have these numbers."""
    return min(numbers[letter] for letter in "WFSD") >= 1


def adjoint_with(numbers: Numbers) -> Iterator[Part]:
    """Say what the matrix of a convolution and its transpose come to."""
    if not is_layer(numbers):
        yield Part(NO_LAYER)
        return
    rows, inputs = matrix(numbers), numbers["W"]
    yield Part(_shown(rows))
    there, taps = times(rows), convolved(numbers, len(rows))
    same = [sorted(value) for value in there] == [sorted(value) for value in taps]
    yield Part(f"C x is {written(there, 'x')}", f"tap by tap: {written(taps, 'x')}", same)
    back, added = times(turned(rows, inputs)), scattered(numbers, len(rows), inputs)
    same = [sorted(value) for value in back] == [sorted(value) for value in added]
    left = f"C transposed times y is {written(back, 'y')}"
    yield Part(left, f"scattered: {written(added, 'y')}", same)
    products = {(tap, cell, out) for out, value in enumerate(taps) for tap, cell in value}
    turned_products = {(tap, cell, out) for cell, value in enumerate(added) for tap, out in value}
    left = f"C x times y has {len(products)} products"
    right = f"x times what is scattered has {len(turned_products)}"
    yield Part(left, right, products == turned_products)


def stretched_with(numbers: Numbers) -> Iterator[Part]:
    """Say what scattering comes to, and the convolution of the stretched input."""
    if not is_layer(numbers):
        yield Part(NO_LAYER)
        return
    inputs, stride, taps = numbers["W"], numbers["S"], numbers["F"]
    _, cells = valued(conv_transpose(W, F, S, P, D, 0), numbers)
    line = [None if cell % stride else cell // stride for cell in range((inputs - 1) * stride + 1)]
    around, padding = valued(extent(D, F) - 1 - P, numbers)
    shown = ", ".join("0" if value is None else f"y{value}" for value in line[:MOST_PRODUCTS])
    shown += ", ..." if len(line) > MOST_PRODUCTS else ""
    flipped = listed(reversed(range(taps)))
    yield Part(f"the input stretched: {shown}; the weights flipped: {flipped}; {around}")
    added = scattered(numbers, inputs, max(0, cells))
    plain = {**numbers, "W": len(line), "S": 1, "P": padding}
    direct = [
        [(taps - 1 - tap, value) for tap, cell in value_taps if (value := line[cell]) is not None]
        for value_taps in convolved(plain, max(0, cells))
    ]
    same = [sorted(value) for value in added] == [sorted(value) for value in direct]
    left = f"scattered: {written(added, 'y')}"
    yield Part(left, f"convolved: {written(direct, 'y')}", same)


def not_inverse_with(numbers: Numbers) -> Iterator[Part]:
    """Say what C transposed times C does to an input, for weights that are all alike."""
    if not is_layer(numbers):
        yield Part(NO_LAYER)
        return
    rows, inputs = matrix(numbers), range(numbers["W"])
    yield Part(_shown(rows))
    for weight, cell in itertools.product((1, 2), inputs):
        unit = [int(other == cell) for other in inputs]
        down = [sum(weight for k in inputs if row[k] is not None and unit[k]) for row in rows]
        back = [
            sum(weight * value for row, value in zip(rows, down, strict=True) if row[k] is not None)
            for k in inputs
        ]
        if back != unit:
            left = f"with each weight {weight}, x = ({listed(unit)}) becomes ({listed(down)})"
            said = "x does not come back", "x comes back"
            yield Part(left, f"the transposed layer gives ({listed(back)})", True, said)
            return
