"""Answers for several axes put together: what settings add up to rises, shared letters agree."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from symconv.proving.clock import Clock, stopped
from symconv.questions.conflicts import Conflict, Sentence
from symconv.questions.listed import Listed
from symconv.solving.combining import Together
from symconv.solving.result import LayerSolution
from symconv.solving.single import Problems, answered, unsearched, until
from symconv.solving.sorting import check_unsorted, sort_keys
from symconv.solving.ways_out import everywhere
from symconv.terms import Term, both, either, variable

MOST_STATED = 20
COMPARED = "The settings of each axis were listed and compared."


def answered_by_axes(
    axes: Sequence[Problems],
    shared: tuple[str, ...],
    limit: int | None,
    sort: str | None,
    clock: Clock,
    streams: bool = False,
) -> LayerSolution:
    """Answer what is asked of one axis, or of several that differ.

    Args:
        axes: the problems of each axis.
        shared: the letters that all axes have in common.
        limit: how many settings to list; `None` for all.
        sort: what to sort by, where there is one axis.
        clock: how long to go on.
        streams: whether settings shall come as they are found, rather than all of them soon.
    """
    try:
        return _answered(axes, shared, limit, sort, clock, streams)
    except BaseException as error:  # work that did not ask the clock
        if not (why := stopped(error)):
            raise
        return LayerSolution("unknown", problems=axes[0], why=why)


def _answered(
    axes: Sequence[Problems],
    shared: tuple[str, ...],
    limit: int | None,
    sort: str | None,
    clock: Clock,
    streams: bool,
) -> LayerSolution:
    """Answer what is asked of one axis, or of several that differ."""
    problem = axes[0][0]
    windows = problem.operator.kernel is not None
    keys = sort_keys(sort, problem.letters, windows) if sort is not None else ()
    if len(axes) == 1:
        return answered(axes[0], limit, clock, keys, streams)
    if keys:
        check_unsorted(sort, "where axes differ")
    each: tuple[LayerSolution, ...] = ()
    for number, problems in enumerate(axes, 1):
        solution = answered(problems, limit, clock, (), streams)
        each = (*each, solution)
        if solution.verdict == "infeasible" and solution.conflict is not None:
            why = everywhere(replace(solution.conflict, axis=number), axes, shared, clock)
            return solution.changed(axes=each, conflict=why, families=())
        if solution.verdict != "solved":
            return solution.changed(axes=each, families=())
    agreed = agreement(each, shared)
    together = Together(axes, shared, clock, agreed)
    left_out = next(filter(None, (unsearched(problems, clock) for problems in axes)), "")
    rows = Listed(until(together.blocks(), left_out), limit)
    endless = any(solution.endless for solution in each) if not shared else None
    if rows.started:
        return LayerSolution(
            "solved", settings=rows, problems=axes[0], axes=each, endless=endless, shared=shared
        )
    if not rows.whole:
        return LayerSolution("unknown", problems=axes[0], axes=each, why=rows.reason)
    layer = axes[0][0].layer
    names = " and ".join(map(layer.parameter_of, shared))
    says = (
        f"every axis has settings, but none of them agree on {names}, which the axes share; write "
        f"a tuple, such as {layer.parameter_of(shared[0])}=({', '.join('?' * len(axes))}), to let "
        "each axis have its own"
    )
    disagree = Conflict((Sentence(says, both()),), minimal=True, ground=COMPARED)
    return LayerSolution("infeasible", problems=axes[0], axes=each, conflict=disagree)


def agreement(axes: Sequence[LayerSolution], shared: tuple[str, ...]) -> Term:
    """State what the axes that have few settings say of the letters that all axes share."""
    stated = []
    for axis in axes if shared else ():
        if axis.settings.seen <= MOST_STATED and axis.exhausted:
            keys = {tuple((letter, row[letter]) for letter in shared) for row in axis}
            each = (both(*(variable(letter).eq(v) for letter, v in key)) for key in sorted(keys))
            stated.append(either(*each))
    return both(*stated)
