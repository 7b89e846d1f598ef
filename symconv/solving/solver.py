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
from symconv.proving.clock import Clock, clock_of, kept
from symconv.questions.asking import goals
from symconv.questions.goals import Goal
from symconv.questions.listed import check_limit
from symconv.questions.solution import MOST_NOTES, Solution
from symconv.reading.chains import parts
from symconv.solving.axes import problems_of
from symconv.solving.branches import agreeing
from symconv.solving.cut import answered_in_parts
from symconv.solving.result import LayerSolution
from symconv.solving.sentences import OF_ALL_AXES
from symconv.solving.settled import settled_answer
from symconv.solving.surroundings import Surroundings
from symconv.solving.together import answered_by_axes
from symconv.solving.unanswered import Unanswered
from symconv.terms import variables

LIMIT = 20
TIME_LIMIT = 10.0
SOON = 0.1
"""How many seconds settings are counted to see whether there is room for what is said of each."""
RANKS, SEEN = ("parameters", "macs"), "receptive_field"
"""What is asked of a chain only."""


def solve(
    layers: Any,
    *,
    up: int | tuple[int, ...] | None = None,
    down: int | tuple[int, ...] | None = None,
    same: bool = False,
    input: int | tuple[int, ...] | None = None,
    output: Any = None,
    sizes: Any = None,
    agree: bool = False,
    where: str | Iterable[Any] = (),
    limit: int | None = LIMIT,
    sort: str | None = None,
    verify: bool = False,
    count: bool = False,
    timeout: Any = TIME_LIMIT,
) -> Any:
    """Find every setting of a layer, or of a chain, that does to sizes what is asked.

    "Every size" is every size that the layers with numbers before the unknowns take.

    Args:
        layers: the layers, as text or as `symconv.Conv2d(...)`; unknowns are `"?"`, ranges or
            sets. Several layers, or a number of them such as `2..6 x Conv2d(...)`, are a chain.
        up: the factor by which every size is multiplied, or one for each axis.
        down: the factor by which every multiple of it is divided, or one for each axis.
        same: every size stays.
        input: one input size in cells, or a tuple with one for each axis.
        output: what becomes of it; or a formula in `W`, such as `"W//2 + 1"`, for all sizes.
            Layers whose parameters are all numbers tell which inputs give it; for these it may also
            be several sizes, such as `range(1, 5)` or `"{7, 14}"`, or a condition, `"O % 8 == 0"`.
        sizes: for which inputs it is meant, such as `"W % 8 == 0"` or `"even(W1) and W2 >= 8"`.
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
    goal |= {"sizes": sizes, "agree": agree}

    def listed(answer: Any) -> Any:
        """Search now for what is wanted, and count what there is besides."""
        known = isinstance(answer, Solution) and len(answer) > 0
        return answer.changed(number=answer.counted(clock)) if count and known else answer

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
    layers, goal = agreeing(layers, goal)
    settled = settled_answer(layers, goal, where, clock)
    if settled is not None:
        return settled
    read, _ = parts(layers, ends=True)
    cut = _place_to_cut(read)
    if cut is not None:
        chain = tuple(part for part in read if isinstance(part, Layer))
        return answered_in_parts(chain, cut, goals(**goal), where, limit, clock)
    read, _ = parts(layers)
    goal |= {"axes": input_axes([part for part in read if isinstance(part, Layer)])}
    place = _one_place(read, where, sort)
    answer: Solution
    if place is None:
        from symconv.solving.chained import designed

        answer = designed(read, goal, where, limit, sort, clock)
    else:
        answer = _of_one_layer(read, place, goals(**goal), where, limit, sort, clock, streams)
    if limit is not None and limit <= MOST_NOTES:
        return answer
    count = answer.counted(Clock(SOON))
    return answer.changed(modest=count is not None and count <= MOST_NOTES)


def _of_one_layer(
    read: tuple[Any, ...],
    place: int,
    wanted: tuple[Goal, ...],
    where: Any,
    limit: int | None,
    sort: str | None,
    clock: Clock,
    streams: bool,
) -> LayerSolution:
    """Answer what is asked of the one layer of a chain that has unknowns."""
    chain = tuple(part for part in read if isinstance(part, Layer))
    layer, around = chain[place], Surroundings(chain[:place], chain[place + 1 :])
    axes, shared = problems_of(layer, wanted, where, around)
    answer = answered_by_axes(axes, shared, limit, sort, clock, streams)
    _check_together(answer)
    return answer


def _place_to_cut(read: tuple[Any, ...]) -> int | None:
    """Return where the one open layer stands, if others around it change the number of axes."""
    open_ = [number for number, part in enumerate(read) if not part.settled]
    if len(open_) != 1 or len(read) == 1 or not all(isinstance(part, Layer) for part in read):
        return None
    ends = any(type(part).__name__ in ENDINGS for part in read)
    joins = (
        part.input_axes and len(part.rows(part.input_axes)) != part.input_axes
        for part in read
        if type(part).__name__ not in ENDINGS
    )
    return open_[0] if ends or any(joins) else None


def _one_place(found: tuple[Any, ...], where: Any, sort: str | None) -> int | None:
    """Return where the one layer stands that is searched, if it is not a chain that is designed.

    A chain is searched like its one layer with unknowns if some of them have no range, or if its
    other layers keep every size.
    """
    if len(found) == 1 and isinstance(found[0], Layer):
        return 0
    open_ = [number for number, one in enumerate(found) if not one.settled]
    ranked = sort in RANKS or any(SEEN in str(one) for one in where)
    if len(open_) != 1 or not isinstance(found[open_[0]], Layer) or ranked:
        return None
    layer = found[open_[0]]
    others = [one for one in found if one is not layer]
    if not all(isinstance(one, Layer) for one in others) or not _separable(layer, others):
        return None
    endless = any(one.choices is None for one in layer.unknowns().values())
    return open_[0] if endless or all(map(_keeps, others)) else None


def _separable(layer: Layer, others: list[Layer]) -> bool:
    """Whether every axis goes through the layers by itself, so that it has a law of its own."""
    axes = layer.least_axes
    fits = all(one.input_axes in (None, axes) for one in others)
    return fits and separable((layer, *others), axes, OF_ALL_AXES)


def _keeps(layer: Layer) -> bool:
    """Whether a layer takes every size and keeps it."""
    rows = layer.rows(layer.least_axes)
    return all(r.operator.size is W for r in rows) and not any(
        name[0] == "W" for r in rows for name in variables(*r.operator.requires.values())
    )


def _check_together(answer: LayerSolution) -> None:
    """Refuse layers that do not fit together for other reasons than their sizes."""
    if len(answer.problem.chain) == 1 or not answer:
        return
    sizes = tuple(one.problem.first for one in answer.axes or (answer,))
    taken = size(answer.layers(answer.settings[0]), sizes[0] if len(sizes) == 1 else sizes)
    if taken.refused:
        raise RequestError("layers that fit together", str(taken.refused), "Change that layer.")
