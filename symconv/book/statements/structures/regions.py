"""What outputs of chains read, for numbers: cell by cell, and by the formulas."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from symconv.book.statements.structures.chain_notions import chain, factor, field, margin
from symconv.book.statements.structures.common import listed, o, valued
from symconv.book.statements.structures.computing import Layer
from symconv.book.statements.structures.field_notions import (
    NOTIONS,
    first_cell,
    last_cell,
    one,
    other,
    twice_centre,
)
from symconv.book.statements.structures.formula import Formula
from symconv.book.statements.structures.parts import Numbers, Part
from symconv.book.statements.structures.walking import MOST_READ, letters_of, read_by, refuse_more
from symconv.meanings.integers import PLAIN
from symconv.operators.letters import extent

_FIRST, _LAST = "-P0 + o S0", "-P0 + o S0 + r0 - 1"


def _of(formula: Formula, values: Numbers, called: str = "") -> tuple[str, Any]:
    return valued(formula, values, NOTIONS, called)


def _read(layers: Sequence[Layer], output: int) -> list[int]:
    """Return the cells that an output reads, in order; too many are refused."""
    refuse_more("cells that an output reads", MOST_READ, _of(field(chain), {"chain": layers})[1])
    return sorted(read_by(layers, output))


def _regular(layers: Sequence[Layer]) -> bool:
    return all(min(layer.kernel, layer.stride, layer.dilation) >= 1 for layer in layers)


def region_with(values: Numbers) -> Iterator[Part]:
    """Walk back from an output to the cells that it reads, and compare with the formulas."""
    layers, output = values["chain"], values["o"]
    cells = _read(layers, output)
    low, high = cells[0], cells[-1]
    signs = {"P0": margin, "S0": factor, "r0": field}
    yield Part(", ".join(_of(each(chain), values, sign)[0] for sign, each in signs.items()))
    first, begin = _of(first_cell(chain, o), values, _FIRST)
    last, end = _of(last_cell(chain, o), values, _LAST)
    left = f"output {output} reads {listed(cells)}: from {low} to {high}"
    yield Part(left, f"{first}, {last}", (low, high) == (begin, end))
    formula, length = _of(field(chain), values, "r0")
    yield Part(f"{high} - {low} + 1 = {high - low + 1}", formula, high - low + 1 == length)
    middle = 2 * o * factor(chain) - 2 * margin(chain) + field(chain) - 1
    formula, double = _of(middle, values, "2o S0 - 2P0 + r0 - 1")
    yield Part(f"twice the middle: {low} + {high} = {low + high}", formula, low + high == double)
    reaches = [PLAIN.evaluate(extent, letters_of(layer)) for layer in layers]
    if all(2 * layer.padding == reach - 1 for layer, reach in zip(layers, reaches, strict=True)):
        formula, double = _of(2 * o * factor(chain), values, "2o S0")
        yield Part("each layer has 2P = E - 1", formula, low + high == double)


def aligned_with(values: Numbers) -> Iterator[Part]:
    """Compare the centres of two branches at two outputs, and what both read."""
    branches = values["one"], values["other"]
    regular = all(map(_regular, branches))
    centres = [[_twice_middle(layers, output, regular) for output in (0, 1)] for layers in branches]
    strides, shifts = (
        [_of(each(branch), values)[1] for branch in (one, other)] for each in (factor, _shift)
    )
    alike = strides[0] == strides[1] and shifts[0] == shifts[1]
    first, second = map(listed, centres)
    left = f"twice the middles at o = 0 and 1: {first} in the first branch, {second} in the second"
    right = f"S0 is {strides[0]} and {strides[1]}, r0 - 2P0 is {shifts[0]} and {shifts[1]}"
    yield Part(left, right, (centres[0] == centres[1]) == alike)
    if not regular:
        yield Part("of the regions nothing is claimed: an F, S or D is less than 1")
    elif centres[0] == centres[1]:
        yield from _joined(branches)


def _twice_middle(layers: Sequence[Layer], output: int, regular: bool) -> int:
    """Return twice the middle of what an output reads; by its definition, if that is nothing."""
    if regular:
        cells = _read(layers, output)
        return cells[0] + cells[-1]
    middle: int = _of(twice_centre(chain, o), {"chain": layers, "o": output})[1]
    return middle


def _joined(branches: tuple[Sequence[Layer], Sequence[Layer]]) -> Iterator[Part]:
    """Compare what two aligned branches read together with what the wider one reads."""
    wide = max(branches, key=lambda layers: _of(field(chain), {"chain": layers})[1])
    cells = {cell for layers in branches for cell in _read(layers, 0)}
    values = {"chain": wide, "o": 0}
    ends = [_of(each(chain, o), values)[1] for each in (first_cell, last_cell)]
    left = f"at o = 0 both together read from {min(cells)} to {max(cells)}"
    right = f"by its formula the wider one reads from {ends[0]} to {ends[1]}"
    yield Part(left, right, [min(cells), max(cells)] == ends)


def _shift(branch: Formula) -> Formula:
    return field(branch) - 2 * margin(branch)
