"""`solve`: every setting of a layer, or of a chain of layers, that meets a request."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import partial
from typing import Any

from symconv.chains import size
from symconv.chains.axes import input_axes, separable
from symconv.errors import RequestError
from symconv.layers import ENDINGS, Layer
from symconv.operators.letters import W
from symconv.proving.clock import TIME_LIMIT, Clock, clock_of, kept
from symconv.questions.asking import goals
from symconv.questions.listed import check_limit
from symconv.questions.solution import MOST_NOTES, Solution
from symconv.reading.chains import check_spatial, parts
from symconv.reading.repeats import Parts, each_layer
from symconv.renamed import renamed
from symconv.solving.axes import problems_of
from symconv.solving.branches import agreeing
from symconv.solving.cut import answered_in_parts
from symconv.solving.pairs import pair_of, several_outputs
from symconv.solving.result import LayerSolution
from symconv.solving.sentences import OF_ALL_AXES
from symconv.solving.settled import settled_answer
from symconv.solving.sorting import check_unsorted
from symconv.solving.surroundings import Surroundings
from symconv.solving.together import answered_by_axes
from symconv.solving.unanswered import Unanswered
from symconv.terms import variables

LIMIT = 20
SOON = 0.1
"""How many seconds settings are counted to see whether there is room for what is said of each."""
RANKS, SEEN = ("parameters", "macs"), "receptive_field"
"""What is asked of a chain only."""


@renamed(sizes="for_")
def solve(
    layers: Any,
    *,
    up: int | tuple[int, ...] | None = None,
    down: int | tuple[int, ...] | None = None,
    same: bool = False,
    input: int | tuple[int, ...] | None = None,
    output: Any = None,
    for_: Any = None,
    agree: bool = False,
    where: str | Iterable[Any] = (),
    limit: int | None = LIMIT,
    sort: str | None = None,
    verify: bool = False,
    count: bool = False,
    timeout: Any = TIME_LIMIT,
) -> Any:
    """Find every setting of a layer, or of a chain, that does to sizes what is asked.

    "Every size" is every size that the layers take, and it is named where that is not all of them.

    Args:
        layers: the layers, as text or as `symconv.Conv2d(...)`; unknowns are `"?"`, ranges or
            sets. Several layers, or a number of them such as `2..6 x Conv2d(...)`, are a chain.
        up: the factor by which every size is multiplied, or one for each axis.
        down: the factor by which every multiple of it is divided, or one for each axis.
        same: every size stays.
        input: one input size in cells, or a tuple with one for each axis.
        output: what becomes of it; or a formula in `W`, such as `"W//2 + 1"`, for all sizes.
            Layers whose parameters are all numbers tell which inputs give it. For these, and for
            one layer with unknowns and one input, it may also be several sizes, such as
            `range(1, 5)` or `"{7, 14}"`, or a condition, `"O % 8 == 0"`.
        for_: for which inputs it is meant, such as `"W % 8 == 0"` or `"even(W1) and W2 >= 8"`.
        agree: two branches give the same sizes: `layers` are a text with `|` between them, or a
            pair; one of them may have unknowns.
        where: a constraint or several: text, SymPy relations or terms.
        limit: how many settings to list; `None` for all, if there are finitely many.
        sort: what to sort by: names such as `"stride,kernel_size"`; by default ordinary ones
            first. Of chains also `"parameters"` and `"macs"`.
        verify: also run settings as torch layers, each on several sizes.
        count: whether to count settings as long as the time limit allows, not only for a second.
        timeout: seconds for the search; running out of them is `unknown`.

    Returns:
        A `LayerSolution`: families in closed form and settings, ordinary ones first; or the
        sentences that contradict each other; or unknown, with the reason. For a chain `Designs`,
        for layers without unknowns `InputSizes`.

    Raises:
        RequestError: the request is wrong.

    >>> solve("ConvTranspose1d(kernel_size=?, stride=?, padding=?)", up=2, where="kernel_size <= 4")
    ConvTranspose1d(kernel_size=?, stride=?, padding=?): every size times 2
    family: F = 2t + 2, S = 2, P = t, D = 1, A = 0   (t >= 0, 2*t + 2 <= 4; complete: proved)
    kernel_size  stride  padding  dilation  output_padding  overlap
              4       2        1         1               0  uniform
              2       2        0         1               0  uniform
    >>> solve("Conv1d(kernel_size=?, padding=?)", input=7, output=7, limit=2, where="centred")
    Conv1d(kernel_size=?, padding=?): 7 becomes 7
    kernel_size  stride  padding  dilation  unread
              1       1        0         1    none
              3       1        1         1    none
    ... and more (the list goes on)
    >>> solve("Conv1d(kernel_size=3, stride=2, padding=1)", output=7)
    13 <= W <= 14
    """
    clock = clock_of(timeout)
    goal = {"up": up, "down": down, "same": same, "input": input, "output": output}
    goal |= {"for_": for_, "agree": agree}

    def listed(answer: Any) -> Any:
        """Search now for what is wanted, and count what there is besides."""
        nonempty = isinstance(answer, Solution) and len(answer) > 0
        return answer.changed(number=answer.counted(clock)) if count and nonempty else answer

    def on_torch(answer: Any) -> Any:
        return answer.on_torch(clock) if verify else answer

    first = partial(asked, layers, goal=goal, where=where, limit=limit, sort=sort, clock=clock)
    answer, why = kept(clock, first, listed, on_torch)
    return Unanswered("unknown", why=why) if answer is None else answer


def asked(
    layers: Any,
    *,
    goal: dict[str, Any],
    where: str | Iterable[Any],
    limit: int | None,
    sort: str | None,
    clock: Clock,
    streams: bool = False,
) -> Any:
    """Return what `solve` does; what is not listed yet is searched when it is asked for.

    Args:
        layers: as of `solve`.
        goal: what `symconv.questions.asking.goals` takes.
        where: as of `solve`.
        limit: as of `solve`.
        sort: as of `solve`.
        clock: how long to go on.
        streams: whether settings shall come as they are found, rather than all of them soon.
    """
    check_limit(limit)
    where = list(where) if isinstance(where, (list, tuple)) else [where] if where != "" else []
    layers = tuple(layers) if isinstance(layers, Iterator) else layers
    goal = dict(goal)
    if goal.pop("agree", False):
        layers, goal = agreeing(layers, goal)
    chain, _ = parts(layers, ends=True)
    inputs = settled_answer(chain, goal, where, clock)
    if inputs is not None:
        return inputs
    goal |= {"axes": input_axes(each_layer(chain))}
    opened = _opened(chain)
    if opened is not None:
        outputs = several_outputs(goal)
        alone = len(chain) == 1 and goal.get("input") is None
        if outputs is not None or (_tie_axes(*opened) and not alone):
            check_unsorted(sort)
            return answered_in_parts(*opened, *(outputs or pair_of(goal)), where, limit, clock)
    check_spatial(chain)
    answer: Solution
    if opened is not None and _by_itself(*opened, where, sort):
        layer, around = opened
        axes, shared = problems_of(layer, goals(**goal), where, around)
        answer = answered_by_axes(axes, shared, limit, sort, clock, streams)
        if around.others and answer:
            _check_together(answer)
    else:
        from symconv.solving.chained import designed

        answer = designed(chain, goal, where, limit, sort, clock)
    if limit is not None and limit <= MOST_NOTES:
        return answer
    count = answer.counted(Clock(SOON))
    return answer.changed(modest=count is not None and count <= MOST_NOTES, number=count)


def _opened(chain: Parts) -> tuple[Layer, Surroundings] | None:
    """Return the one layer of a chain that has unknowns, or a layer by itself, and the others."""
    layers = tuple(part for part in chain if isinstance(part, Layer))
    open_ = [place for place, layer in enumerate(layers) if not layer.settled or len(layers) == 1]
    if len(layers) < len(chain) or len(open_) != 1:
        return None
    place = open_[0]
    return layers[place], Surroundings(layers[:place], layers[place + 1 :])


def _tie_axes(layer: Layer, around: Surroundings) -> bool:
    """Whether one of the layers changes the number of axes, or joins them in features."""
    return any(
        type(each).__name__ in ENDINGS
        or (each.input_axes and len(each.rows(each.input_axes)) != each.input_axes)
        for each in around.around(layer)
    )


def _by_itself(layer: Layer, around: Surroundings, where: Any, sort: str | None) -> bool:
    """Whether one layer is searched, and no chain is designed.

    That is so of a layer among others where some of its unknowns have no range, or where the
    others keep every size.
    """
    if not around.others:
        return True
    ranked = sort in RANKS or any(SEEN in str(condition) for condition in where)
    if ranked or not _separable(layer, around.others):
        return False
    endless = any(unknown.choices is None for unknown in layer.unknowns().values())
    return endless or all(map(_keeps, around.others))


def _separable(layer: Layer, others: tuple[Layer, ...]) -> bool:
    """Whether every axis goes through the layers by itself, so that it has a law of its own."""
    axes = layer.least_axes
    fits = all(other.input_axes in (None, axes) for other in others)
    return fits and separable((layer, *others), axes, OF_ALL_AXES)


def _keeps(layer: Layer) -> bool:
    """Whether a layer takes every size and keeps it."""
    rows = layer.rows(layer.least_axes)
    return all(r.operator.size is W for r in rows) and not any(
        name[0] == "W" for r in rows for name in variables(*r.operator.requires.values())
    )


def _check_together(answer: LayerSolution) -> None:
    """Refuse layers that do not fit together for other reasons than their sizes."""
    sizes = tuple(axis.problem.first for axis in answer.axes or (answer,))
    taken = size(answer.layers(answer.settings[0]), sizes[0] if len(sizes) == 1 else sizes)
    if taken.refused:
        raise RequestError("layers that fit together", str(taken.refused), "Change that layer.")
