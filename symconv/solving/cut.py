"""A chain cut at its one open layer, where axes are tied together: before it, and behind it.

One input goes through the layers before; what shall come out is carried back through those behind
as a set of shapes. What is left is asked of the open layer alone, for each of these shapes.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from itertools import islice, product, takewhile
from typing import Any

from symconv.chains import Sizes, size
from symconv.chains.axes import input_axes
from symconv.chains.backwards import backwards
from symconv.chains.through import entering
from symconv.errors import RequestError
from symconv.layers import ENDINGS, Layer
from symconv.periodic import SizeSet
from symconv.periodic.comparing import NONE
from symconv.proving import Clock
from symconv.questions.goals import one_if_alike, pair
from symconv.questions.listed import Blocks, Listed
from symconv.reading.chains import Chain
from symconv.solving.axes import problems_of, uniform
from symconv.solving.cut_reasons import eliminated, refused, together, unreachable
from symconv.solving.cut_result import Alone, CutSolution, on_sizes
from symconv.solving.outputs import Wanted
from symconv.solving.result import LayerSolution, Row
from symconv.solving.single import Problems, listing
from symconv.solving.surroundings import Surroundings
from symconv.solving.together import answered_by_axes

FIRST = ("solved", "unknown", "infeasible")
"""Of the shapes that the open layer may give, which answer counts: none is known if one is not."""
MOST_SHAPES, MOST_OUTPUTS = 200, 50
"""Of more shapes that the open layer may give, none are looked at; of outputs, the first ones."""
SOON = 0.2
"""Seconds in which elimination may show that there is no setting for a shape."""


def answered_in_parts(
    layer: Layer,
    surroundings: Surroundings,
    given: tuple[int, ...],
    wanted: tuple[Wanted, ...],
    where: Any,
    limit: int | None,
    clock: Clock,
) -> CutSolution:
    """Answer for one open layer and one input, whatever the other layers tie together.

    Args:
        layer: the open layer.
        surroundings: the others.
        given: the input, on all axes or on each.
        wanted: what shall come out, on all axes or on each.
        where: constraints on the open layer.
        limit: how many settings to list.
        clock: how long to go on.

    Raises:
        RequestError: so many shapes become the output that they are not looked at.
        UndecidedError: what may come out of the open layer is not decided.
    """
    before, behind = surroundings.before, surroundings.after
    axes = input_axes(before) or layer.least_axes
    given = given * axes if len(given) == 1 else given
    cut = partial(CutSolution, ahead=before, behind=behind, given=given, wanted=wanted)
    sizes = size(before, given) if before else None
    if isinstance(sizes, Sizes) and sizes.refused:
        (problems, *_), _ = problems_of(layer, (pair(given[0], given[0]),), where)
        why = refused(given, sizes.refused)
        return cut("infeasible", conflict=why, problems=problems, endless=False)
    arriving = sizes.rows[-1] if isinstance(sizes, Sizes) else given
    outputs = _outputs(wanted, given)
    shapes, reason = _shapes(before, layer, behind, axes, outputs, clock)
    alike = len({*arriving}) == len({*outputs}) == 1  # then what is written once is one number
    if alike and uniform(layer):
        square = [shape for shape in shapes if len({*shape}) == 1]
        shapes = square or shapes[:1]  # what is wrong with one shape is wrong with all
    most = None if limit is None else limit + 1  # one more tells that there are more
    if not shapes:
        (problems, *_), _ = problems_of(layer, (pair(arriving[0], arriving[0]),), where)
        why = unreachable(wanted, behind)
        return cut("infeasible", conflict=why, problems=problems, endless=False)
    every = [_alone(layer, arriving, shape, where, alike) for shape in shapes]
    possible = tuple(alone for alone in every if not _empty(alone[0], clock))
    solutions = list[LayerSolution]()
    settings = Listed(_rows(possible or every[:1], solutions, most, clock, reason), limit)
    if not settings.started:
        solutions.sort(key=lambda solution: FIRST.index(solution.verdict))
    first = next(filter(None, solutions), solutions[0])
    if first.verdict == "infeasible" and reason:  # another output may come
        first = first.changed(verdict="unknown", why=reason, conflict=None)
    conflict = first.conflict
    if first.verdict == "infeasible":
        conflict = together(given, wanted, solutions)
        if len(every) > max(1, len(possible)):
            conflict = eliminated(given, wanted, every, conflict)
    return cut(
        first.verdict,
        first.why,
        arriving=arriving,
        settings=settings if first else first.settings,
        conflict=conflict,
        problems=first.problems,
        axes=first.axes,
        shared=first.shared,
        alone=possible,
    )


def _rows(
    possible: Sequence[Alone],
    solutions: list[LayerSolution],
    most: int | None,
    clock: Clock,
    reason: str,
) -> Blocks:
    """Yield the settings for each shape in turn, of each its first ones first.

    Args:
        possible: what is asked of the open layer, for each shape.
        solutions: where the answers are put, as far as they are looked for.
        most: how many settings to look for of each; `None` for all, of one shape after the other.
        clock: how long to go on.
        reason: why these are not all shapes, if so.
    """
    going: list[Iterator[Row]] = []
    alike = len({len(axes) for axes, _ in possible}) == 1  # else rows are of two kinds
    for alone in possible:
        solution = answered_by_axes(*alone, most, None, clock)
        solutions.append(solution)
        if most is None:
            yield from (part if alike else list(part) for part in solution.settings.chunks())
        else:
            rows = iter(solution.settings)
            yield list(islice(rows, 1))
            going.append(rows)
    while going:
        firsts = [list(islice(rows, 1)) for rows in going]
        yield [row for first in firsts for row in first]
        going = [rows for rows, first in zip(going, firsts, strict=True) if first]
    return next(filter(None, (solution.reason for solution in solutions)), reason)


def _alone(
    layer: Layer, arriving: tuple[int, ...], shape: tuple[int, ...], where: Any, alike: bool
) -> Alone:
    """Return what is asked of the open layer by itself, on each axis, and what axes share."""
    outputs = shape if len(shape) == len(arriving) else shape * len(arriving)
    arriving = arriving * (len(outputs) // len(arriving))  # `Fold` makes two axes of one
    goals = one_if_alike([pair(*sizes) for sizes in zip(arriving, outputs, strict=True)])
    return problems_of(layer, goals, where, alike=alike)


def _empty(axes: Sequence[Problems], clock: Clock) -> bool:
    """Whether elimination shows soon that an axis has no setting; why, is another question."""
    return any(listing(problems, clock).count(Clock(SOON)) == 0 for problems in axes)


def _shapes(
    before: tuple[Layer, ...],
    layer: Layer,
    behind: tuple[Layer, ...],
    axes: int,
    outputs: Sequence[SizeSet],
    clock: Clock,
) -> tuple[list[tuple[int, ...]], str]:
    """Return what may come out of the open layer; and why not all of it, if so."""
    if not behind:
        leaving = _leaving((layer,), axes)
        outputs = [*outputs] * (leaving if len(outputs) == 1 else 1)
        few = [list(islice(sizes, MOST_OUTPUTS)) for sizes in outputs]
        whole = all(not sizes.endless and sizes.count <= MOST_OUTPUTS for sizes in outputs)
        reason = f"outputs after the first {MOST_OUTPUTS} are not looked at"
        return [*product(*few)], "" if whole else reason
    cut = len([*takewhile(on_sizes, behind)])
    leaving = _leaving((*before, layer), axes)
    channels = entering((*before, layer, *behind[:cut]), axes, None)[len(before) :]
    read = Chain(behind[:cut], (), behind[cut:])
    walk = backwards(read, leaving, clock.check, channels[1] if len(channels) > 1 else _out(layer))
    shapes = walk.inputs([*outputs] * (walk.leaving if len(outputs) == 1 else 1))
    if shapes.endless or shapes.count > MOST_SHAPES:
        raise RequestError(
            f"an output that at most {MOST_SHAPES} sizes behind {layer!r} become",
            "more",
            "Ask about the layers up to there.",
        )
    return list(islice(shapes, MOST_SHAPES)), ""


def _outputs(wanted: Sequence[Wanted], given: Sequence[int]) -> tuple[SizeSet, ...]:
    """Return which outputs would do, on all axes or on each, for one input.

    Raises:
        RequestError: it depends on the input's axes, of which the output has another number.
    """
    if all(wish.outputs is not None for wish in wanted):
        return tuple(wish.outputs or NONE for wish in wanted)
    each = tuple(wanted) * (len(given) if len(wanted) == 1 else 1)
    if len(each) != len(given):
        raise RequestError(
            "an output on each axis of the input, as it depends on that",
            f"{len(each)} for {len(given)} axes",
            "Write sizes for the output.",
        )
    sizes = [wish.of(cells) for wish, cells in zip(each, given, strict=True)]
    return tuple(sizes if len({*sizes}) > 1 else sizes[:1])


def _out(layer: Layer) -> int | None:
    channels: int | None = getattr(layer, "out_channels", None)
    return channels


def _leaving(chain: Sequence[Layer], axes: int) -> int:
    """Return how many axes come out of a chain."""
    for layer in chain:
        if type(layer).__name__ in ENDINGS:
            return 1
        axes = len(layer.rows(axes))
    return axes
