"""The axes of a layer as problems: one for all that are alike, else one for each.

Where sizes differ by axis, each axis has unknowns of its own, but for torch's flags. Where they do
not, what is written once holds for all axes, and a tuple gives each axis its own.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from symconv.errors import RequestError
from symconv.layers import Layer, Row
from symconv.operators.letters import W
from symconv.operators.window import FITS
from symconv.questions.goals import Goal
from symconv.solving.problem import Problem, problems
from symconv.solving.rules import some_refuse
from symconv.solving.sentences import OF_ALL_AXES
from symconv.solving.surroundings import ALONE, Surroundings
from symconv.terms import Term, both, constant, substitute, variable, variables

FLAGS = {"ceil_mode"}
"""Letters of which torch has one for all axes."""


def problems_of(
    layer: Layer,
    goals: tuple[Goal, ...],
    where: Any,
    surroundings: Surroundings = ALONE,
    *,
    alike: bool = False,
) -> tuple[list[tuple[Problem, ...]], tuple[str, ...]]:
    """Return the problems of each axis that differs, and the letters that these share.

    Args:
        layer: the layer.
        goals: one goal, or one for each axis.
        where: the constraints.
        surroundings: the layers before and after it.
        alike: whether what is written once holds for all axes also where their goals differ.
    """
    axes = layer.least_axes if layer.input_axes else max(layer.least_axes, len(goals))
    rows = layer.rows(axes)
    if len(goals) not in (1, axes):
        raise RequestError(
            f"sizes for {axes} axes, or one for all",
            f"{len(goals)} sizes",
            "Write one size, or one for each axis.",
        )
    if len(rows) < axes:
        return [problems(layer, *_joined(rows[0], goals, axes), where)], ()
    targets = goals * (len(rows) // len(goals))
    axes = len(rows)
    plain = [surroundings.law(_plain(row, axis), axis, axes) for axis, row in enumerate(rows, 1)]
    differing = len(set(targets)) > 1
    targets = tuple(map(_for_sizes_taken, targets, plain))
    plain = list(map(_one_by_one, plain, targets))
    numbered = {name for row in rows for name in row.values if _own(row, name)}
    if not differing and not numbered and _alike(plain):
        return [problems(layer, plain[0], targets[0], where, 1, surroundings)], ()
    values = plain[0].values.items()
    free = [name for name, value in values if isinstance(value, Term)]
    kept = FLAGS if differing and not alike else {*free} - {"W", *OF_ALL_AXES}
    shared = tuple(name for name in free if name in kept and name not in numbered)
    pairs = enumerate(zip(plain, targets, strict=True), 1)
    each_axis = [
        problems(layer, row, goal, where, axis, surroundings) for axis, (row, goal) in pairs
    ]
    return each_axis, shared


def uniform(layer: Layer) -> bool:
    """Whether all axes of a layer have one law and one set of values."""
    rows = layer.rows(layer.least_axes)
    plain = [_plain(row, axis) for axis, row in enumerate(rows, 1)]
    return _alike(plain) and not any(_own(row, name) for row in rows for name in row.values)


def _for_sizes_taken(goal: Goal, row: Row) -> Goal:
    """Return the goal for the sizes that no layer refuses whatever the unknowns are.

    Those into which no window fits give no size, whatever is asked; to say it would mislead.
    """
    fixed = _fixed(row)
    needs = row.operator.requires.items()
    laws = (substitute(law, fixed) for sentence, law in needs if sentence != FITS)
    return goal.where(both(*(law for law in laws if variables(law) == ("W",))))


def _one_by_one(row: Row, goal: Goal) -> Row:
    """Return a row without a rule where some settings would refuse sizes: each has its own.

    Where somebody named the sizes, all of them are meant, and the rule says it.
    """
    if goal.kind == "pair" or goal.named or row.operator.scaling is None:
        return row
    if not some_refuse(row.operator, goal, _fixed(row)):
        return row
    return row._replace(operator=replace(row.operator, scaling=None))


def _fixed(row: Row) -> dict[Term, int]:
    """Return the numbers of the letters that have some."""
    return {variable(letter): n for letter, n in row.values.items() if isinstance(n, int)}


def _alike(rows: list[Row]) -> bool:
    """Whether all axes have one law and one set of values."""
    first = rows[0]
    return all(
        row.values == first.values
        and row.operator.size is first.operator.size
        and row.operator.requires == first.operator.requires
        for row in rows
    )


def _own(row: Row, name: str) -> bool:
    """Whether an axis has a letter for itself, as a tuple gives each axis its own."""
    value = row.values[name]
    named = isinstance(value, Term) and value.word == "variable"
    return named and name != "W" and bool(value.args[0][-1].isdigit())  # type: ignore[union-attr]


def _plain(row: Row, axis: int) -> Row:
    """Return an axis's row in letters without its number; a letter for another is put in its place.

    A stride that follows its kernel keeps its letter: that it does so is said.
    """
    values: dict[str, Any] = {}
    put_in: dict[Term, Term] = {}
    for name, value in row.values.items():
        if not isinstance(value, Term) or value.word != "variable":
            values[name] = value
            continue
        letter = variable(value.args[0].removesuffix(str(axis)))
        if letter is variable(name) or name == "S":
            values[name] = letter
        else:
            put_in[variable(name)] = letter
            values[letter.args[0]] = letter
    operator = row.operator.where(put_in) if put_in else row.operator
    return row._replace(operator=operator, values=values)


def _joined(row: Row, goals: tuple[Goal, ...], axes: int) -> tuple[Row, Goal]:
    """Return the row of a layer that lays several axes out in one, in one letter for each unknown.

    Sizes are put in where they are known; for a goal about all sizes every axis is `W`.
    """
    goal = goals[0]
    if len({target.output for target in goals}) > 1:
        raise RequestError(
            "one output for the one axis that comes out",
            " and ".join(map(str, goals)),
            "Write one output.",
        )
    targets = goals * (axes // len(goals))
    sizes = [constant(target.least_input) if target.kind == "pair" else W for target in targets]
    put_in = {variable(f"W{axis}"): size for axis, size in enumerate(sizes, 1)}
    values = dict(row.values)
    for name, value in row.values.items():
        if isinstance(value, Term) and value is not variable(name):
            put_in[variable(name)] = value
            del values[name]
            values |= {free: variable(free) for free in variables(value)}
    shown = "x".join(str(target.least_input) for target in targets)
    if goal.kind == "pair" and len(goals) > 1:
        goal = replace(goal, says=f"{shown} becomes {goal.gives(goal.least_input)}")
    return Row(row.operator.where(put_in), values), goal
