"""`design`: chains of layers that do what is asked, the cheapest first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from symconv.designing.conflicts import conflict
from symconv.designing.costs import checked
from symconv.designing.question import Question
from symconv.designing.reach import Reach
from symconv.designing.result import Designs
from symconv.designing.searches import ManyInputs, OneInput
from symconv.errors import RequestError, shown
from symconv.proving import Clock, clock_of
from symconv.proving.clock import TIME_LIMIT
from symconv.questions.conflicts import Sentence
from symconv.questions.goals import Goal
from symconv.questions.listed import Listed, check_limit
from symconv.reading.chains import parts

LIMIT = 20
GREATEST_FIELD = 10**4
"""Larger receptive fields are not told apart."""


def design(
    layers: Any,
    goals: Sequence[Goal],
    *,
    rank: str = "ordinary",
    receptive_field: int | Reach | None = None,
    where: Sequence[Sentence] = (),
    limit: int | None = LIMIT,
    timeout: Any = TIME_LIMIT,
    channels: int | Sequence[int] | None = None,
) -> Designs:
    """Find chains of layers that do to sizes what is asked, the cheapest first.

    Args:
        layers: a chain with unknowns, as text or layers; `2..6 x` before a layer leaves its number
            open.
        goals: what the chain should do to sizes: one goal for all axes, or a pair of sizes for
            each.
        rank: what is cheap: `"ordinary"`, `"parameters"` or `"macs"` (multiply-adds).
        receptive_field: how many input cells an output cell should see on each axis: at least so
            many, or a `Reach`.
        where: constraints in the letters of a layer; each holds for every layer that has all of
            its letters, one of them written or to be found.
        limit: how many designs to list; `None` for all.
        timeout: the time limit in seconds; running out of it is `unknown`.
        channels: those of the input, or of the input and after each convolution; they matter to
            parameters and multiply-adds.

    Returns:
        `Designs`: exact, in order; or the sentences that contradict each other; or unknown. Those
        that are not listed yet are searched when they are asked for.

    Raises:
        RequestError: the request is wrong, or an unknown needs a range.

    >>> from symconv.questions.goals import pair
    >>> text = "Conv1d(kernel_size=3..5, stride=2) -> MaxPool1d(kernel_size={2, 3})"
    >>> design(text, [pair(12, 2)])
    Conv1d(kernel_size=3..5, stride=2) -> MaxPool1d(kernel_size={2, 3}): 12 becomes 2
    ordinary  sees            unread  sizes         layers
          29     6           layer 2  12 -> 5 -> 2  Conv1d(kernel_size=4, stride=2) -> \
MaxPool1d(kernel_size=2)
          29     7           layer 1  12 -> 4 -> 2  Conv1d(kernel_size=5, stride=2) -> \
MaxPool1d(kernel_size=2)
          51     5  layer 1, layer 2  12 -> 5 -> 2  Conv1d(kernel_size=3, stride=2) -> \
MaxPool1d(kernel_size=2)
    """
    least = 1 if receptive_field is None else receptive_field
    reach = least if isinstance(least, Reach) else Reach(least)
    check_limit(limit)
    _check(reach, channels)
    read, unprinted = parts(layers)
    question = Question(read, tuple(goals), checked(rank), reach, tuple(where), channels, unprinted)
    clock = clock_of(timeout)
    with clock.running():
        answer = _answered(question, clock, limit)
        if answer.verdict == "unknown" and question.differs:
            alike = _answered(replace(question, alike=True), clock, limit)
            return alike if alike.verdict == "solved" else answer
    return answer


def _answered(question: Question, clock: Clock, limit: int | None) -> Designs:
    """Search, and explain where there is nothing."""
    kind = ManyInputs if question.for_all else OneInput
    search = kind(question, clock, limit)
    designs = Listed(search.blocks(), limit)
    if designs.started:
        return search.answer(designs)
    if designs.whole:
        return Designs("infeasible", conflict=conflict(search.question, clock), question=question)
    return Designs("unknown", question=question, why=designs.reason)


def _check(reach: Reach, channels: Any) -> None:
    """Refuse numbers that are none, in three beats."""
    for value in (reach.least, reach.most):
        if value is not None and (type(value) is not int or not 1 <= value <= GREATEST_FIELD):
            raise RequestError(
                f"receptive_field as an integer from 1 to {GREATEST_FIELD}",
                shown(value),
                "Write receptive_field=20.",
            )
    counts = channels if isinstance(channels, (tuple, list)) else [channels]
    if channels is not None and not all(type(count) is int and count >= 1 for count in counts):
        raise RequestError(
            "channels as positive integers", shown(channels), "Write channels=(3, 16, 32)."
        )
