"""How many settings there are, and those at given places, without listing all of them."""

from __future__ import annotations

from collections.abc import Sequence
from math import prod
from typing import Any

from symconv.families.setting import Setting
from symconv.proving import Clock
from symconv.questions.listed import Listed
from symconv.questions.settings import Settings
from symconv.solving.combining import Together
from symconv.solving.result import LayerSolution
from symconv.solving.single import ORDINARY_WEIGHT, listing
from symconv.solving.together import agreement

BEYOND, SECONDS = 20, 1.0
"""How many settings beyond the list are run on torch, and how long they are looked for."""


def counted(answer: LayerSolution, clock: Clock) -> int | None:
    """Return how many settings an answer has, if that can be told in time."""
    if answer.endless or answer.verdict != "solved":
        return 0 if answer.verdict == "infeasible" else None
    number = _unlisted(answer, clock)
    if number is None and answer.settings.ended and answer.exhausted:
        return len(answer)
    return number


def _unlisted(answer: LayerSolution, clock: Clock) -> int | None:
    """Return how many settings there are, where that is told without listing them."""
    if _proved_one_by_one(answer):
        return None
    if not answer.axes:
        return listing(answer.problems, clock).count(clock)
    numbers = [axis.counted(clock) for axis in answer.axes]
    told = [number for number in numbers if number is not None]
    if len(told) < len(numbers):
        return None
    if not answer.shared:
        return prod(told)
    rows = _agreeing(answer, clock)
    return len(rows) if rows.whole else None


def at(answer: LayerSolution, places: Sequence[int]) -> list[Any]:
    """Return the settings at some rising places, in an order that is fixed."""
    clock = Clock(10**5)
    if _unlisted(answer, clock) is None:  # those that are listed are all
        return [answer[place] for place in places]
    if not answer.axes:
        return list(listing(answer.problems, clock).at(places))
    if answer.shared:
        rows = _agreeing(answer, clock)
        return [rows[place] for place in places]
    counts = [axis.counted(clock) or 0 for axis in answer.axes]  # `sample` knows how many
    return [_mixed(answer, place, counts) for place in places]


def beyond(answer: LayerSolution, clock: Clock) -> Settings | tuple[()]:
    """Return settings from beyond the list, spread over what weighs little; none by axes."""
    if answer.axes or _proved_one_by_one(answer):
        return ()
    search = listing(answer.problems, Clock(min(SECONDS, clock.left)))
    chunks = [block.columns for block in search.blocks(ORDINARY_WEIGHT)]
    others = Settings.joined(search.letters, chunks)[len(answer.settings) :]
    step = max(1, len(others) // BEYOND)
    return others[step - 1 :: step][:BEYOND]


def _proved_one_by_one(answer: LayerSolution) -> bool:
    """Whether each setting needs a proof of its own; then those that are listed are known."""
    return not answer.axes and any(problem.proved_one_by_one for problem in answer.problems)


def _mixed(answer: LayerSolution, place: int, counts: Sequence[int]) -> tuple[Setting, ...]:
    """Return the settings of all axes at a place, as the digits of a number."""
    row: list[Any] = []
    for axis, count in zip(reversed(answer.axes), reversed(counts), strict=True):
        place, digit = divmod(place, count)
        row.insert(0, axis.at([digit])[0])
    return tuple(row)


def _agreeing(answer: LayerSolution, clock: Clock) -> Listed:
    """List the settings of all axes that agree in what they share."""
    agreed = agreement(answer.axes, answer.shared)
    axes = [axis.problems for axis in answer.axes]
    return Listed(Together(axes, answer.shared, clock, agreed).blocks())
