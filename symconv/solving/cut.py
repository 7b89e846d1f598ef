"""A chain cut at its one open layer, where axes are tied together: before it, and behind it.

One input goes through the layers before; what shall come out is carried back through those behind
as a set of shapes. What is left is asked of the open layer alone, for each of these shapes.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import islice, takewhile
from typing import Any

from symconv.chains import Sizes, size
from symconv.chains.axes import input_axes
from symconv.chains.backwards import backwards
from symconv.chains.through import entering
from symconv.errors import RequestError
from symconv.layers import ENDINGS, Layer
from symconv.periodic import SizeSet
from symconv.proving import Clock
from symconv.questions.documents import Line
from symconv.questions.goals import Goal, pair
from symconv.questions.listed import Blocks, Listed
from symconv.questions.running import Run, sampled
from symconv.reading.chains import Chain
from symconv.solving.axes import problems_of, uniform
from symconv.solving.cut_reasons import refused, together, unreachable
from symconv.solving.result import LayerSolution, Row
from symconv.solving.surroundings import Surroundings
from symconv.solving.together import answered_by_axes
from symconv.solving.trying import of_one_channel

FIRST = ("solved", "unknown", "infeasible")
"""Of the shapes that the open layer may give, which answer counts: none is known if one is not."""
MOST_SHAPES = 200
"""Of more shapes that the open layer may give, none are looked at."""


@dataclass(frozen=True, eq=False, repr=False)
class CutSolution(LayerSolution):
    """The settings of one layer among others that tie axes together.

    Attributes:
        ahead: the layers before it.
        behind: the layers behind it.
        given: the input.
        wanted: what shall come out.
    """

    ahead: tuple[Layer, ...] = ()
    behind: tuple[Layer, ...] = ()
    given: tuple[int, ...] = ()
    wanted: tuple[int, ...] = ()

    @property
    def chain(self) -> tuple[Layer, ...]:
        """The whole chain."""
        return (*self.ahead, self.problem.layer, *self.behind)

    @property
    def says(self) -> str:
        """The goal in words."""
        given, wanted = ("x".join(map(str, dict.fromkeys(s))) for s in (self.given, self.wanted))
        return f"{given} becomes {wanted}"

    def layers(self, row: Row | int = 0) -> tuple[Layer, ...]:
        """Return the whole chain with the numbers of a setting, or of the one at a place."""
        row = self.settings[row] if isinstance(row, int) else row
        return (*self.ahead, self.layer(row), *self.behind)

    def runs(self, clock: Clock) -> Iterator[tuple[dict[str, Any], Run]]:
        """Yield the settings that torch runs, as far as their layers work on sizes.

        Features follow from the sizes before them.
        """
        for row in sampled(self.settings):
            layers = tuple(takewhile(_on_sizes, self.layers(row)))
            tries = [] if clock.over else [(self.given, self._sizes(layers))]
            yield self.named(row), Run(tuple(map(of_one_channel, layers)), tries)

    def _sizes(self, layers: tuple[Layer, ...]) -> tuple[int, ...]:
        """Return what shall come out of the layers that work on sizes."""
        if all(map(_on_sizes, self.behind)):
            return self.wanted
        sizes: Sizes = size(layers, self.given)
        return sizes.rows[-1]

    def document(self) -> Iterator[Line]:
        """Yield the answer as a proposition with its proof."""
        from symconv.solving.cut_writing import lines

        return lines(self)

    def counted(self, clock: Clock) -> int | None:
        """Return how many settings are listed, if these are all."""
        del clock
        return len(self.settings) if self.settings.whole else None


def answered_in_parts(
    layer: Layer,
    surroundings: Surroundings,
    goals: Sequence[Goal],
    where: Any,
    limit: int | None,
    clock: Clock,
) -> CutSolution:
    """Answer for one open layer among others that tie axes together.

    Args:
        layer: the open layer.
        surroundings: the others.
        goals: one input and one output, or those of each axis.
        where: constraints on the open layer.
        limit: how many settings to list.
        clock: how long to go on.

    Raises:
        RequestError: the goal is about all sizes.
        UndecidedError: what may come out of the open layer is not decided.
    """
    if any(goal.kind != "pair" for goal in goals):
        raise RequestError(
            "one input and its output, for layers that tie axes together",
            ", ".join(map(str, goals)),
            "Write for instance --input 28 --output 100.",
        )
    before, behind = surroundings.before, surroundings.after
    axes = input_axes(before) or layer.least_axes
    given = tuple(goal.least_input for goal in goals)
    given = given * axes if len(given) == 1 else given
    wanted = tuple(dict.fromkeys(goal.gives(goal.least_input) for goal in goals))
    cut = partial(
        CutSolution,
        ahead=before,
        behind=behind,
        given=given,
        wanted=wanted * (_leaving(surroundings.around(layer), axes) if len(wanted) == 1 else 1),
    )
    sizes = size(before, given) if before else None
    if isinstance(sizes, Sizes) and sizes.refused:
        (problems, *_), _ = problems_of(layer, (pair(given[0], given[0]),), where)
        why = refused(given, sizes.refused)
        return cut("infeasible", conflict=why, problems=problems, endless=False)
    arriving = sizes.rows[-1] if isinstance(sizes, Sizes) else given
    shapes = _shapes(before, layer, behind, axes, wanted, clock)
    alike = len({*arriving}) == 1  # then an unknown that is written once is one number
    if alike and uniform(layer):
        square = [shape for shape in shapes if len({*shape}) == 1]
        shapes = square or shapes[:1]  # what is wrong with one shape is wrong with all
    most = None if limit is None else limit + 1  # one more tells that there are more
    solutions = [_alone(layer, arriving, shape, where, most, clock, alike) for shape in shapes]
    solutions.sort(key=lambda solution: FIRST.index(solution.verdict))
    if not solutions:
        (problems, *_), _ = problems_of(layer, (pair(arriving[0], arriving[0]),), where)
        why = unreachable(wanted, behind)
        return cut("infeasible", conflict=why, problems=problems, endless=False)
    first = solutions[0]
    ends = first.verdict == "infeasible"
    return cut(
        first.verdict,
        first.why,
        settings=Listed(_all(solutions), limit) if first else first.settings,
        conflict=together(given, wanted, solutions) if ends else first.conflict,
        problems=first.problems,
        axes=first.axes,
        shared=first.shared,
    )


def _all(solutions: Sequence[LayerSolution]) -> Blocks:
    """Yield the settings for one shape after the other."""
    for solution in solutions:
        yield from solution.settings.chunks()
    return next(filter(None, (solution.reason for solution in solutions)), "")


def _alone(
    layer: Layer,
    arriving: tuple[int, ...],
    shape: tuple[int, ...],
    where: Any,
    limit: int | None,
    clock: Clock,
    alike: bool,
) -> LayerSolution:
    """Answer for the open layer by itself."""
    outputs = shape if len(shape) == len(arriving) else shape * len(arriving)
    goals = tuple(dict.fromkeys(pair(*sizes) for sizes in zip(arriving, outputs, strict=True)))
    axes, shared = problems_of(layer, goals, where, alike=alike)
    return answered_by_axes(axes, shared, limit, None, clock)


def _shapes(
    before: tuple[Layer, ...],
    layer: Layer,
    behind: tuple[Layer, ...],
    axes: int,
    wanted: tuple[int, ...],
    clock: Clock,
) -> list[tuple[int, ...]]:
    """Return what may come out of the open layer."""
    if not behind:
        return [wanted]
    cut = len([*takewhile(_on_sizes, behind)])
    leaving = _leaving((*before, layer), axes)
    channels = entering((*before, layer, *behind[:cut]), axes, None)[len(before) :]
    read = Chain(behind[:cut], (), behind[cut:])
    walk = backwards(read, leaving, clock.check, channels[1] if len(channels) > 1 else _out(layer))
    outputs = [SizeSet.between(n, n) for n in wanted]
    shapes = walk.inputs(outputs * (walk.leaving if len(outputs) == 1 else 1))
    if shapes.endless or shapes.count > MOST_SHAPES:
        raise RequestError(
            f"an output that at most {MOST_SHAPES} sizes behind {layer!r} become",
            "more",
            "Ask about the layers up to there.",
        )
    return list(islice(shapes, MOST_SHAPES))


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


def _on_sizes(layer: Layer) -> bool:
    """Whether a layer works on sizes, and not on features."""
    return type(layer).__name__ not in ENDINGS
