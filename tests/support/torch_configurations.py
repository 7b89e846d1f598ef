"""Configurations for each operator: most are valid, some have one thing broken, some are wild.

A draw is a dictionary of letters for each axis. It starts out valid. With some probability one
`break` of the operator is then applied to one axis, so that one requirement alone is the cause.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from random import Random
from typing import Any, NamedTuple


class Configuration(NamedTuple):
    """A layer as it is written, and an input."""

    layer: str
    parameters: dict[str, Any]
    sizes: tuple[int, ...]
    channels: int = 2


Axis = dict[str, Any]
Break = Callable[[Random, Axis], object]
Draw = Callable[[Random], Configuration]

BROKEN, WILD = 0.24, 0.06
HUGE = (10**4, 10**9, 2**31 - 1)
GENERATORS: dict[str, Draw] = {}


def configurations(operator: str, count: int) -> Iterator[Configuration]:
    """Return as many configurations of an operator, no two alike; the same ones each time."""
    random, draw, seen = Random(f"symconv {operator}"), GENERATORS[operator], set()
    for _ in range(10 * count):
        one = draw(random)
        if (key := repr(one)) not in seen:
            seen.add(key)
            yield one
        if len(seen) == count:
            return
    raise AssertionError(f"{operator}: only {len(seen)} configurations")


def draws(*operators: str) -> Callable[[Callable[[str], Draw]], Callable[[str], Draw]]:
    """Register a function that makes the generator of each of these operators."""

    def register(make: Callable[[str], Draw]) -> Callable[[str], Draw]:
        GENERATORS.update({operator: make(operator) for operator in operators})
        return make

    return register


def more(random: Random) -> int:
    """Return how far above its least value something is: often not at all."""
    return random.choice((0, 0, 1, 1, 2, 3, random.randint(0, 12)))


def how_many_axes(random: Random, most: int = 3) -> int:
    """Return a number of axes: often one, for its forwards are the fastest."""
    return random.choice((1, 1, 1, 2, 2, 3)[: (3, 5, 6)[most - 1]])


def broken_or_wild(
    random: Random,
    axes: list[Axis],
    breaks: tuple[Break, ...],
    wild: tuple[str, ...] = (),
    chance: float = BROKEN,
) -> bool:
    """Break one thing on one axis, or draw some letters of an axis at random, or do nothing."""
    kind, axis = random.random(), random.choice(axes)
    if breaks and kind < chance:
        random.choice(breaks)(random, axis)
    elif wild and kind < chance + WILD:
        axis.update({letter: random.randint(-2, 6) for letter in wild})
        axis["W"] = max(axis["W"], 0)
    return kind < chance + WILD


def written(random: Random, axes: list[Axis], **names: str) -> dict[str, Any]:
    """Write a letter of each axis as torch's parameter: one number where they agree, or a tuple."""
    found = {}
    for name, letter in names.items():
        values = tuple(axis[letter] for axis in axes)
        alike = len(set(values)) == 1 and values[0] is not None
        found[name] = values[0] if alike and random.random() < 0.6 else values
    return found


def configuration(
    layer: str, axes: list[Axis], parameters: dict[str, Any], channels: int = 2
) -> Configuration:
    """Return the configuration with the axes' input sizes."""
    return Configuration(layer, parameters, tuple(axis["W"] for axis in axes), channels)


def put(**letters: Any) -> Break:
    """Return a break that gives letters other values: one of a tuple, or a function of the axis."""

    def change(random: Random, axis: Axis) -> None:
        for letter, value in letters.items():
            chosen = random.choice(value) if isinstance(value, tuple) else value
            axis[letter] = chosen(axis) if callable(chosen) else chosen

    return change


def extent(axis: Axis) -> int:
    """Return `E`, the cells from a window's first tap to its last."""
    return axis["D"] * (axis["F"] - 1) + 1


def window(random: Random) -> Axis:
    """Return a kernel, a stride and a dilation that torch takes."""
    return {
        "F": random.choice((1, 2, 2, 3, 3, 4, 5)),
        "S": random.choice((1, 1, 2, 3, 4)),
        "D": random.choice((1, 1, 1, 2, 3)),
        "P": random.choice((0, 0, 1, 1, 2, 3)),
        "A": 0,
    }


NO_TAP = put(F=(0, -1, -2))
NO_STRIDE = put(S=(0, -1, -3))
NO_DILATION = put(D=(0, -1))
NEGATIVE_PADDING = put(P=(-1, -2), W=lambda a: a["W"] + 12)
