"""`law` and `takes`: size laws, and what layers take, as SymPy expressions."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

import sympy

from symconv.chains.axes import axis_place, check_axes, input_axes
from symconv.errors import RequestError, UndecidedError, nearest_name, shown
from symconv.layers import Layer, Row
from symconv.meanings.symbols import expression, symbol
from symconv.operators import OPERATORS
from symconv.operators.applied import applied, is_law, operator_of
from symconv.operators.families import families
from symconv.operators.letters import W
from symconv.proving.clock import TIME_LIMIT, Clock
from symconv.reading.chains import chain
from symconv.rules.amounts import Reading, number
from symconv.rules.facts import Facts
from symconv.rules.relations import Relations
from symconv.rules.stating import in_symbols, relation
from symconv.rules.tidying import tidied
from symconv.rules.writing import plainly, written
from symconv.terms import Term, both, substitute, variable, variables


def law(of: Any, axis: int | None = None) -> Any:
    """Return a size law as a SymPy expression in the symbols of `symconv.symbols`.

    Args:
        of: the name of an operator; or a layer or a chain of layers, as text or not, whose numbers
            are then put in. What is marked with `?` stays a letter; in a chain it has the number
            of its layer: `S2` is the stride of the second one.
        axis: for layers whose axes differ, which axis of their output, from 1, as in `W1`.

    Raises:
        RequestError: there is no such operator, or the layer's sizes follow no law.

    >>> law("conv_transpose")
    A + D*(F - 1) - 2*P + S*(W - 1) + 1
    >>> from symconv import Conv2d
    >>> law(Conv2d(kernel_size=3, stride=2, padding=1))
    floor(W/2 - 1/2) + 1
    >>> law("Conv1d(kernel_size=?, stride=?, padding=?) -> MaxPool1d(2)")
    floor((-F1 + 2*P1 + S1 + W)/(2*S1))
    """
    if isinstance(of, str) and "(" not in of:
        if of not in OPERATORS:
            raise RequestError(
                "the name of an operator, or a layer",
                shown(of),
                nearest_name(of, OPERATORS, families),
            )
        return expression(operator_of(of).size)
    passages = _along(of, axis)
    size = passages[-1].leaving
    if len(passages) > 1 and (joined := _joined(size)) is not None:
        return joined
    return expression(size)


def takes(of: Any, axis: int | None = None) -> Any:
    """Return that layers take a size, as a SymPy relation in the symbols of `symconv.symbols`.

    Args:
        of: as of `law`.
        axis: as of `law`.

    Raises:
        RequestError: as `law` does.

    >>> takes("conv")
    D*(F - 1) + 1 <= 2*P + W
    >>> takes("Conv1d(kernel_size=3) -> MaxPool1d(2)")
    W >= 4
    """
    if isinstance(of, str) and is_law(of):
        return expression(applied(of, W, {}).takes)
    needs = both(*(need for passage in _along(of, axis) for need in passage.needs))
    facts = Facts(Relations().facts(needs), Clock(TIME_LIMIT))
    try:
        parts = tidied(Reading(facts).clauses(needs), facts)
    except UndecidedError:
        return expression(needs)
    return sympy.false if parts is None else relation(written(parts, {}), symbol)


class _Passage(NamedTuple):
    """What a layer of a chain requires of the chain's input, and the size that leaves it."""

    needs: tuple[Term, ...]
    leaving: Term


def _along(of: Any, axis: int | None) -> list[_Passage]:
    """Return what each layer of a chain does to the chain's input."""
    if not isinstance(of, (str, Layer, list, tuple)):
        raise RequestError(
            "the name of an operator, or layers", shown(of), "Write for instance conv."
        )
    layers = chain(of).layers
    axes = input_axes(layers) or max(layer.least_axes for layer in layers)
    check_axes(layers, axes)
    size: Term = W
    passages = []
    for place_in_chain, layer in enumerate(layers, 1):
        letters = {} if len(layers) == 1 else _numbered(layer, place_in_chain)

        def own(place: int, row: Row, law: Term, letters: Any = letters) -> Term:
            return substitute(substitute(row.term(law), {variable(f"W{place + 1}"): W}), letters)

        rows = layer.rows(axes)
        told = [own(place, row, row.operator.size) for place, row in enumerate(rows)]
        place, axes = row_of(layer, rows, axis, told), len(rows)
        row = rows[place]
        needs = (own(place, row, need) for need in row.operator.requires.values())
        known = (need for need in needs if not {*CHANNELS} & {*variables(need)})
        entering = {W: size}
        passed = own(place, row, row.operator.size)
        passages.append(
            _Passage(
                tuple(substitute(need, entering) for need in known), substitute(passed, entering)
            )
        )
        size = passages[-1].leaving
    return passages


CHANNELS = ("C", "groups", "in_channels", "out_channels")
"""What is about channels, and not about sizes."""


def _numbered(layer: Layer, number: int) -> dict[Term, Term]:
    """Return the letters of a layer's unknowns with the number of the layer."""
    stems = {letter.rstrip("0123456789") for letter in layer.unknowns()}
    return {variable(stem): variable(f"{stem}{number}") for stem in stems}


def _joined(size: Term) -> Any:
    """Return a size as one floor, where it is one."""
    relations = Relations()
    facts = Facts(relations.facts(size), Clock(TIME_LIMIT))
    try:
        return in_symbols(plainly(number(size, facts)), symbol)
    except UndecidedError:
        return None


def row_of(layer: Layer, rows: Sequence[Row], axis: int | None, told: Sequence[object]) -> int:
    """Return which axis of a layer's output is meant, from 0.

    Args:
        layer: the layer.
        rows: its rows.
        axis: which axis, from 1; nothing, where all axes are alike.
        told: what is then alike, of each row.

    Raises:
        RequestError: there is no such axis, the axes differ, or its sizes follow no law.
    """
    place = axis_place(axis, len(rows)) or 0
    if axis is None and any(other != told[0] for other in told):
        raise RequestError(
            "which axis, for a layer whose axes differ",
            repr(layer),
            "Say which: axis=1 is the first.",
            place=layer.place(),
        )
    if measured := rows[place].measured:
        raise RequestError(
            "a layer whose sizes follow a law",
            f"{layer!r}: {measured.says}",
            "Ask `symconv size` about single sizes.",
            place=layer.place(),
        )
    return place
