"""Ways out of a conflict on one axis, where there are several: what helps all of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from symconv.proving import Clock
from symconv.questions.conflicts import Conflict, Relaxation
from symconv.questions.listed import Listed
from symconv.solving.combining import Together
from symconv.solving.problem import Problem, ordered
from symconv.solving.single import Problems

SECONDS = 1.0


def everywhere(
    why: Conflict, axes: Sequence[Problems], shared: tuple[str, ...], clock: Clock
) -> Conflict:
    """Return a conflict with the ways out that give settings on every axis, and these settings.

    Args:
        why: the conflict on one of the axes.
        axes: the problems of each axis.
        shared: the letters that all axes have in common.
        clock: how long to go on.
    """
    ways = (_way(way.sentence, axes, shared, clock) for way in why.relaxations)
    return replace(why, relaxations=tuple(way for way in ways if way is not None))


def _way(
    says: str, axes: Sequence[Problems], shared: tuple[str, ...], clock: Clock
) -> Relaxation | None:
    """Return the first setting of all axes without a sentence, if one is found soon."""
    if not any(says == sentence.says for problems in axes for sentence in problems[0].sentences):
        return None
    freed = [tuple(_without(problem, says) for problem in problems) for problems in axes]
    if not _differ(axes):
        opened = [{*new[0].free} - {*old[0].free} for new, old in zip(freed, axes, strict=True)]
        shared = ordered({*shared, *set.intersection(*opened)})
    soon = Clock(min(SECONDS, clock.left))
    rows = Listed(Together(freed, shared, soon).blocks(), 1)
    if not rows.started:
        return None
    row = rows[0]
    layer = axes[0][0].layer
    changed = {
        layer.parameter_of(letter)
        for problems, setting in zip(axes, row, strict=True)
        for letter, value in setting.items()
        if problems[0].fixed.get(letter) != value
    }
    example = layer.named(row)
    numbers = (f"{name} = {_text(value)}" for name, value in example.items() if name in changed)
    return Relaxation(says, example, ", ".join(numbers))


def _text(value: object) -> str:
    return f"({', '.join(map(str, value))})" if isinstance(value, list) else str(value)


def _without(problem: Problem, says: str) -> Problem:
    """Return a problem without a sentence; a number that it gives is to be found."""
    left_out = [sentence for sentence in problem.sentences if sentence.says == says]
    numbers = {
        sentence.term.args[0].args[0]
        for sentence in left_out
        if sentence.term.word == "eq"
        and [part.word for part in sentence.term.args] == ["variable", "constant"]
    }
    return replace(
        problem,
        sentences=tuple(other for other in problem.sentences if other not in left_out),
        fixed={letter: n for letter, n in problem.fixed.items() if letter not in numbers},
        free=ordered({*problem.free, *numbers}),
    )


def _differ(axes: Sequence[Problems]) -> bool:
    """Whether different things are asked of the axes: then each has unknowns of its own."""
    goals = [problems[0].goal for problems in axes]
    different = {(g.kind, g.n, g.output, g.inputs if g.named else None) for g in goals}
    return len(different) > 1
