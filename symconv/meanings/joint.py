"""Exact functions of several sizes, as far as each size goes by itself: what a term is for shapes.

A number is an exact function of the size of one axis, or such functions added up or multiplied; a
truth value is a set of shapes, a finite union of boxes (`symconv.periodic.shapes`). Where a law
ties axes together in another way, that is said (`UndecidedError`).

>>> from symconv.terms import sizes
>>> height, width = sizes("H W")
>>> values = {"H": Along(0, variable()), "W": Along(1, variable())}
>>> joint(2).evaluate((height * width).eq(2) & (height <= width), {**values, "H": 1})
(every size) x (2)
"""

from __future__ import annotations

import operator
from collections.abc import Callable
from functools import lru_cache
from typing import Any, Literal

from symconv.meanings.integers import INTEGERS
from symconv.meanings.meaning import Meaning
from symconv.meanings.periodic import PERIODIC
from symconv.periodic import variable
from symconv.periodic.numbers import where
from symconv.periodic.shapes import Shapes
from symconv.periodic.together import Along, Joint, Together, alone, joined, lying_between, tied


def _axis(*numbers: Joint) -> int | None:
    """Return the one axis on which numbers depend; none where there are several.

    Raises:
        UndecidedError: one of them depends on several by itself.
    """
    axes = {number.axis for number in numbers if isinstance(number, Along)}
    several = len(axes) > 1 or any(isinstance(number, Together) for number in numbers)
    return None if several else min(axes, default=0)


def _bare(number: Joint) -> Any:
    return number.value if isinstance(number, Along) else number


def _arithmetic(word: str) -> Callable[[Joint, Joint], Joint]:
    """Return what a word does to numbers: on one axis what it does to exact functions."""

    def apply(a: Joint, b: Joint) -> Joint:
        axis = _axis(a, b)
        if axis is not None:
            return alone(axis, PERIODIC[word](_bare(a), _bare(b)))
        if word == "sub" and isinstance(b, int):
            return joined("add", a, -b)
        if word == "add":
            return joined("add", a, b)
        if word == "mul":
            return joined("mul", a, b)
        raise tied((a, b))

    return apply


def _comparison(word: Literal["le", "lt", "eq"], axes: int) -> Callable[[Joint, Joint], Shapes]:
    """Return what a comparison does to numbers; one of several axes is compared with an integer."""

    def apply(a: Joint, b: Joint) -> Shapes:
        axis = _axis(a, b)
        if axis is not None:
            return Shapes.along(axis, PERIODIC[word](_bare(a), _bare(b)), axes)
        strict = int(word == "lt")
        if isinstance(a, int) and isinstance(b, Together):
            return lying_between(b, a + strict, a if word == "eq" else None, axes)
        if isinstance(a, Together) and isinstance(b, int):
            return lying_between(a, b if word == "eq" else None, b - strict, axes)
        raise tied((a, b))

    return apply


def _where(condition: Shapes, then: Joint, otherwise: Joint) -> Joint:
    """Return one of two numbers; what decides depends on one axis alone."""
    every = Shapes.every(condition.axes)
    if not condition or condition == every:
        return then if condition else otherwise
    plain = isinstance(then, int) and isinstance(otherwise, int)
    axis = _axis(then, otherwise)
    for place in range(condition.axes) if plain else () if axis is None else (axis,):
        sizes = condition.boxes[0][place]
        if condition == Shapes.along(place, sizes, condition.axes):
            return alone(place, where(sizes, _bare(then), _bare(otherwise)))
    raise tied([Along(axis, variable()) for axis in range(condition.axes)])


@lru_cache
def joint(axes: int) -> Meaning:
    """Return the meaning of words for shapes of so many axes."""
    table: dict[str, Callable[..., Any]] = INTEGERS | {
        **{word: _arithmetic(word) for word in _ARITHMETIC},
        "le": _comparison("le", axes),
        "lt": _comparison("lt", axes),
        "eq": _comparison("eq", axes),
        "if": _where,
        "and": operator.and_,
        "or": operator.or_,
        "iff": lambda a, b: (a & b) | (~a & ~b),
        "not": operator.invert,
    }
    return Meaning(f"exact functions of {axes} sizes", table)


_ARITHMETIC = ("add", "sub", "mul", "floordiv", "mod", "min", "max")
