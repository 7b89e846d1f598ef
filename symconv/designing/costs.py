"""What designs are ranked by: ordinariness, parameters, multiply-adds.

Costs are terms: in a layer's letters, in the sizes `W1`, `W2`, … that enter it and `O1`, `O2`, …
that leave it.
"""

from __future__ import annotations

import operator
from collections.abc import Iterable, Sequence
from functools import reduce
from typing import Literal, NamedTuple, get_args

from symconv.designing.problem import Law, Step
from symconv.errors import RequestError, shown
from symconv.layers import Layer
from symconv.operators.letters import O
from symconv.operators.ordinary import chosen, fault, idle, parameter
from symconv.operators.ordinary import strangeness as ordinary_of
from symconv.terms import (
    Term,
    constant,
    maximum,
    substitute,
    variable,
    variables,
)

Rank = Literal["ordinary", "parameters", "macs"]
RANKS: tuple[Rank, ...] = get_args(Rank)

FAULT = 6
"""What counts most against a layer: cells that it does not read, an overlap that is not even."""
IDLE = 3
"""What a stride counts that does nothing; and each step of one beyond 2."""
A_LAYER = 1
"""What each layer counts, so that fewer are more ordinary."""


def strangeness(step: Step) -> Term:
    """Return how far from ordinary a layer's setting is, whatever arrives there.

    As for a single layer (`symconv.questions.order`): the extent, the padding, and what people find
    odd. In a chain also a stride beyond the kernel, which leaves cells unread, large strides, and a
    padding of more than half the kernel. Axes that are set alike count once.
    """
    found: dict[Term, None] = {}
    for law in step.laws:
        kernel = law.kernel
        if kernel is None:
            continue
        taps, stride = kernel.taps, kernel.step
        ordinary = ordinary_of(kernel) + fault(parameter(kernel.before) > taps // 2, 4)
        ordinary = ordinary + fault(taps.eq(1), 1) * (kernel.spacing - 1)
        ordinary = ordinary + IDLE * maximum(chosen(kernel) - 2, 0)
        looks = law.row.operator.looks
        uneven = kernel.extent < stride if looks else ~(taps % stride).eq(0)
        found[law.row.term(ordinary + fault(uneven, FAULT))] = None
    return reduce(operator.add, found, constant(A_LAYER))


def strain_of(law: Law, axis: int) -> Term:
    """Return how badly a layer suits what arrives on an axis (0 is the first) and leaves, `O`.

    A window leaves cells unread where so many cells less, beyond the padding, would give the same
    output. The output of a transposed convolution should be its stride times the input. A stride
    does nothing where there is only one window.
    """
    given, row, kernel = variable(f"W{axis + 1}"), law.row, law.kernel
    if kernel is None or row.operator.windows is None or given.args[0] not in variables(law.size):
        return constant(0)
    if row.operator.looks:
        shorter = given - row.term(kernel.before) - 1
        unsuited = O.eq(substitute(law.size, {given: shorter}))
    else:
        unsuited = ~O.eq(row.term(kernel.step) * given)
    return fault(unsuited, FAULT) + fault(row.term(idle(kernel)), IDLE)


class Channels(NamedTuple):
    """The channels of one convolution."""

    given: int
    made: int
    groups: int


def channels_of(
    layers: Iterable[Layer], channels: int | Sequence[int] | None
) -> tuple[Channels | None, ...]:
    """Return the channels of each layer that is a convolution.

    Args:
        layers: the layers; what one of them has written counts.
        channels: those that enter the first convolution and that leave each convolution in turn.
            Where nobody says how many there are, there are as few as the groups allow.

    Raises:
        RequestError: there are too few numbers.

    >>> from symconv import Conv1d, ReLU
    >>> channels_of([Conv1d(kernel_size=3), ReLU(), Conv1d(kernel_size=3)], (3, 16, 32))
    (Channels(given=3, made=16, groups=1), None, Channels(given=16, made=32, groups=1))
    """
    numbers = list(channels) if isinstance(channels, Sequence) else []
    found: list[Channels | None] = []
    place = 0
    for layer in layers:
        if not hasattr(layer, "in_channels"):
            found.append(None)
            continue
        pair = (layer.in_channels, layer.out_channels)  # type: ignore[attr-defined]
        if None in pair and numbers:
            if place + 2 > len(numbers):
                raise RequestError(
                    "the channels that enter the first convolution and leave each one",
                    f"{shown(channels)}, {len(numbers)} numbers for more convolutions",
                    "Write one number more than there are convolutions.",
                )
            pair = (numbers[place], numbers[place + 1])
        place += 1
        groups = layer.groups  # type: ignore[attr-defined]
        given, made = (groups if one is None else one for one in pair)
        found.append(Channels(given, made, groups))
    return tuple(found)


def price(rank: Rank, step: Step, channels: Channels | None) -> Term:
    """Return what a layer costs, in its letters and its sizes; only convolutions cost something.

    A multiply-add is counted for each tap of each channel at each output cell, at each input cell
    of a transposed convolution, as if the padding were read. Parameters are weights and biases.
    """
    if rank == "ordinary" or channels is None:
        return constant(0)
    kernels = ((law.row, law.row.operator.kernel) for law in step.laws)
    weights: Term = reduce(operator.mul, (row.term(one.taps) for row, one in kernels if one))
    weights = weights * (channels.given // channels.groups * channels.made)
    if rank == "parameters":
        biased = step.layer.bias  # type: ignore[attr-defined]
        return weights + (channels.made if biased else 0)
    side = "O" if step.laws[0].row.operator.looks else "W"
    cells = (variable(f"{side}{axis}") for axis in range(1, len(step.laws) + 1))
    return reduce(operator.mul, cells, weights)


def checked(rank: str) -> Rank:
    """Return the rank, or say which there are."""
    if rank not in RANKS:
        raise RequestError(
            f"one of {', '.join(RANKS)} to sort by", shown(rank), "Write for instance parameters."
        )
    return rank
