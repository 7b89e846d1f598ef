"""Rows drawn at random, evenly from all that meet a request."""

from __future__ import annotations

from contextlib import suppress
from random import Random
from typing import TYPE_CHECKING, Any

from symconv.errors import RequestError, UndecidedError, shown
from symconv.proving.clock import Clock

if TYPE_CHECKING:
    from symconv.questions.solution import Solution

SECONDS = 10.0
MOST_DRAWN = 10**6


def drawn(answer: Solution, n: int, seed: int) -> list[Any]:
    """Return so many rows of an answer, each once, in their order; see `Solution.sample`.

    Raises:
        RequestError: `n` is no number of rows; or there are infinitely many, or too many to go
            through in time.
    """
    for name, value, least in (("n", n, 1), ("seed", seed, None)):
        if type(value) is not int or (least is not None and not least <= value <= MOST_DRAWN):
            raise RequestError(
                f"{name} as an integer" + (f" from 1 to {MOST_DRAWN}" if least else ""),
                f"{shown(value)} ({type(value).__name__})",
                f"Write for instance {name}=5.",
            )
    with suppress(UndecidedError), Clock(SECONDS).running() as clock:
        count = answer.counted(clock)
        if count is not None:
            places = _places(count, n, Random(seed))  # noqa: S311
            rows = answer.at(places) if places else []
            if len(rows) == len(places):
                return rows
    raise RequestError(
        f"finitely many {answer.noun}s, few enough to go through in {SECONDS:g} seconds",
        "infinitely many, or too many",
        "Give ranges, as in kernel_size=1..11.",
    )


def _places(count: int, n: int, random: Random) -> list[int]:
    """Return rising places below a count, each subset of them as likely as any other."""
    if n >= count:
        return list(range(count))
    chosen: set[int] = set()
    while len(chosen) < n:
        chosen.add(random.randrange(count))
    return sorted(chosen)
