"""Two branches that must agree: what one of them makes of a size is what the other is asked for.

A skip that is added to its branch fits where both give the same sizes.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Any

from symconv.chains import Sizes, size
from symconv.chains.axes import input_axes, separable
from symconv.errors import RequestError, shown
from symconv.layers import Layer
from symconv.questions.goals import Goal, pair, relation
from symconv.reading.chains import parts
from symconv.reading.repeats import Repeat, expanded, written
from symconv.reading.tokens import tokens
from symconv.solving.surroundings import Surroundings
from symconv.terms import Term, both

Parts = tuple[Layer | Repeat, ...]
EXAMPLE = 'Write "Conv2d(...) -> MaxPool2d(2) | Conv2d(kernel_size=3, stride=?, padding=?)".'


def branches(layers: Any) -> tuple[tuple[Layer, ...], Parts]:
    """Read two branches: one without unknowns, and the other one.

    Args:
        layers: a text with `|` between them, or a pair.

    Raises:
        RequestError: there are not two, or both have unknowns.
    """
    each = _cut(layers) if isinstance(layers, str) else layers
    if not isinstance(each, (list, tuple)) or len(each) != 2:
        raise RequestError(
            "two branches that must agree, with | between them",
            f"{len(each)}" if isinstance(each, (list, tuple)) else shown(layers),
            EXAMPLE,
        )
    first, second = (parts(branch)[0] for branch in each)
    if _settled(first):
        return expanded(first)[0], second
    if _settled(second):
        return expanded(second)[0], first
    raise RequestError(
        "unknowns in one branch only",
        "some in both",
        "Write the numbers of one branch, and ask for the other's.",
    )


def _cut(text: str) -> list[str]:
    """Cut a text at each `|`."""
    ends = [token.start for token in tokens(text) if token.kind == "sign" and token.text == "|"]
    return [
        text[start:end]
        for start, end in zip([0, *(e + 1 for e in ends)], [*ends, None], strict=True)
    ]


def _settled(branch: Parts) -> bool:
    return all(part.settled for part in branch)


def like(
    branch: tuple[Layer, ...], other: Iterable[Layer | Repeat], given: Any, condition: Term | None
) -> tuple[Goal, ...]:
    """Return the goals that give the same sizes as a branch does.

    Args:
        branch: layers without unknowns.
        other: the other branch; where it alone says how many axes there are, it counts.
        given: the input's sizes, if it is about one input.
        condition: which inputs are meant, if somebody named them.

    Raises:
        RequestError: the branch refuses the input, or its axes do not go by themselves.
    """
    axes = input_axes((*branch, *_flat(other))) or 1
    if given is not None:
        return _for_one(branch, given)
    if not separable(branch, axes):
        raise RequestError(
            "a branch whose axes go through it by themselves, to agree with for all sizes",
            written(branch),
            "Ask about one input: --input 56.",
        )
    around = Surroundings(branch)
    return tuple(
        dict.fromkeys(
            _for_all(around, branch, axis, axes, condition) for axis in range(1, axes + 1)
        )
    )


def _flat(parts: Iterable[Layer | Repeat]) -> Iterator[Layer]:
    for part in parts:
        yield from part.layers if isinstance(part, Repeat) else (part,)


def _for_one(branch: tuple[Layer, ...], given: Any) -> tuple[Goal, ...]:
    """Return what an input should become."""
    passed = size(branch, given)
    if not isinstance(passed, Sizes) or passed.refused:
        why = passed.refused if isinstance(passed, Sizes) else "an array"
        raise RequestError(f"an input that {written(branch)} takes", str(why), "Write another.")
    return tuple(pair(*sizes) for sizes in zip(passed.rows[0], passed.rows[-1], strict=True))


def _for_all(
    around: Surroundings,
    branch: tuple[Layer, ...],
    axis: int,
    axes: int,
    condition: Term | None,
) -> Goal:
    """Return what every input that the branch takes should become along one axis."""
    output, needs = around.made(axis, axes)
    named = both() if condition is None else condition
    goal = relation(output, both(needs, named), "" if condition is None else "these sizes")
    return replace(goal, says=f"every size as `{written(branch)}`")
