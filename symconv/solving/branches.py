"""Two branches that must agree: what one of them makes of a size is what the other is asked for.

A skip that is added to its branch fits where both give the same sizes.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from symconv.chains import Sizes, size
from symconv.chains.axes import input_axes, separable
from symconv.errors import RequestError, shown
from symconv.layers import Layer
from symconv.meanings.closed import condition as condition_of
from symconv.meanings.normal import normal
from symconv.meanings.notation import text
from symconv.operators.letters import W
from symconv.places import Excerpt, Place
from symconv.proving import holding
from symconv.questions.goals import Goal, one_if_alike, relation
from symconv.questions.inputs import by_axis, of_axes
from symconv.reading.chains import parts
from symconv.reading.constraints import one_line
from symconv.reading.repeats import Parts, each_layer, expanded, written
from symconv.reading.tokens import tokens
from symconv.solving.surroundings import Surroundings
from symconv.terms import Term, both

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
            place=_beyond(each),
        )
    first, second = (parts(branch)[0] for branch in each)
    for branch, read in zip(each, (first, second), strict=True):
        if not read:
            raise RequestError(
                "layers in both branches",
                "a branch of none",
                "Write Identity() for a bare skip.",
                place=branch.place if isinstance(branch, Excerpt) else None,
            )
    if _settled(first):
        return expanded(first)[0], second
    if _settled(second):
        return expanded(second)[0], first
    raise RequestError(
        "unknowns in one branch only",
        "some in both",
        "Write the numbers of one branch, and ask for the other's.",
    )


def _cut(text: str) -> list[Excerpt]:
    """Cut a text at each `|`."""
    ends = [token.start for token in tokens(text) if token.kind == "sign" and token.text == "|"]
    starts = [0, *(end + 1 for end in ends)]
    return [Excerpt(text, *span) for span in zip(starts, [*ends, len(text)], strict=True)]


def _beyond(branches: Any) -> Place | None:
    """Return where the third branch stands, if it stands in a text."""
    third = branches[2] if isinstance(branches, list) and len(branches) > 2 else None
    return third.place if isinstance(third, Excerpt) else None


def _settled(branch: Parts) -> bool:
    return all(part.settled for part in branch)


def agreeing(layers: Any, goal: Mapping[str, Any]) -> tuple[Any, dict[str, Any]]:
    """Return what is asked of one branch, where two must agree.

    Args:
        layers: what somebody wrote.
        goal: what else was asked, as `solve` takes it.

    Raises:
        RequestError: it is asked for something else as well, or the branches do not allow it.
    """
    request = dict(goal)
    others = [name for name in ("up", "down", "same", "output") if request.get(name)]
    if others:
        raise RequestError("agree by itself", f"{others[0]} as well", "Leave one of them out.")
    branch, other = branches(layers)
    axes = input_axes((*branch, *each_layer(other))) or 1
    if request["input"] is not None:
        return other, request | {"output": _given_by(branch, request["input"])}
    if not separable(branch, axes):
        raise RequestError(
            "a branch whose axes go through it by themselves, to agree with for all sizes",
            written(branch),
            "Ask about one input: --input 56.",
        )
    made = (Surroundings(branch).made(axis, axes) for axis in range(1, axes + 1))
    each = [(normal(output), _shortly(needs)) for output, needs in made]
    conditions = by_axis(request["for_"], axes)
    conditions = conditions * axes if len(conditions) == 1 else conditions
    if _settled(other):
        outputs = tuple(output for output, _ in each)
        pairs = zip(each, conditions, strict=True)
        wishes = [_joined(needs, condition) for (_, needs), condition in pairs]
        meant = wishes[0] if len({*wishes}) == 1 else of_axes(wishes)
        alike = len({*outputs}) == 1
        return other, request | {
            "output": outputs[0] if alike else outputs,
            "for_": None if meant is both() else meant,
        }
    named = request["for_"]
    says = one_line(named) if isinstance(named, str) else "" if named is None else text(*conditions)
    agreed = [
        _goal(branch, *law, inputs, says if inputs is not both() else "")
        for law, inputs in zip(each, conditions, strict=True)
    ]
    return other, request | {"agree": one_if_alike(agreed), "for_": None}


def _shortly(needs: Term) -> Term:
    """Return a condition on `W` without what every size meets, in short if it can be said so."""
    taken = holding(needs)
    if taken is not None and taken.everything:
        return both()
    short = condition_of(taken, W) if taken else None
    return needs if short is None else short


def _joined(*conditions: Term) -> Term:
    """State that all of some conditions hold, without those that always do."""
    return both(*(condition for condition in conditions if condition is not both()))


def _given_by(branch: tuple[Layer, ...], given: Any) -> tuple[int, ...]:
    """Return what a branch makes of an input."""
    passed = size(branch, given)
    if not isinstance(passed, Sizes) or passed.refused:
        why = passed.refused if isinstance(passed, Sizes) else "an array"
        raise RequestError(f"an input that {written(branch)} takes", str(why), "Write another.")
    return passed.rows[-1]


def _goal(branch: tuple[Layer, ...], output: Term, needs: Term, condition: Term, said: str) -> Goal:
    """Return what every input that the branch takes should become along one axis."""
    goal = relation(output, _joined(needs, condition), said)
    of = f", for {said}" if said else ""
    return replace(goal, says=f"every size as `{written(branch)}`{of}")
