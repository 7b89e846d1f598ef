"""Designs run as real torch layers, one after the other."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from math import inf, prod
from typing import TYPE_CHECKING

from symconv.chains import size
from symconv.designing.result import Design, Designs
from symconv.designing.targets import ForAll
from symconv.witness import Witness

if TYPE_CHECKING:
    from symconv.families import Verification

MOST_RUN = 20
"""How many designs are run: the first, the last and some between."""
INPUTS = 3
"""How many inputs of a goal for all sizes each design is run on."""
MOST_CELLS = 10**6
"""Designs with more cells than this at some place are not run."""


def verified(designs: Designs, seconds: float = inf) -> Verification:
    """Run some of the listed designs as torch layers, and return what torch said.

    Args:
        designs: what was found.
        seconds: how long to run layers, once torch is loaded; what is left is not checked.

    Raises:
        RequestError: torch is not installed.
    """
    from symconv.families import witnessed  # it loads SymPy, which a search does without

    listed = designs.designs
    step = max(1, -(-len(listed) // MOST_RUN))
    chosen = [*listed[::step], *(listed[-1:] if (len(listed) - 1) % step else ())]

    def judge(witness: Witness, one: Design) -> str | None:
        runs = [run for run in _runs(designs, one) if _largest(run) <= MOST_CELLS]
        said = (_difference(witness, one, run) for run in runs)
        return next(filter(None, said), "") if runs else None

    layers = (layer for one in listed for layer in one.layers)
    cases = (({"layers": repr(one)}, one) for one in chosen)
    return witnessed(cases, judge, layers, seconds)


_Run = tuple[tuple[int, ...], ...]


def _largest(run: _Run) -> int:
    return max(map(prod, run))


def _runs(designs: Designs, one: Design) -> Iterator[_Run]:
    """Yield the sizes that a design should have, for one input or several."""
    target = designs.asked.target
    if not isinstance(target, ForAll):
        yield one.sizes
        return
    for given in islice(target.inputs(), INPUTS):
        yield size(one.layers, (given,) * len(one.given), channels=one.channels).rows


def _difference(witness: Witness, one: Design, run: _Run) -> str:
    """Say where torch's sizes are others than these; nothing where they agree."""
    for number, (layer, given, wanted) in enumerate(zip(one.layers, run, run[1:], strict=False), 1):
        found = witness.sizes(layer, given)
        if found != wanted:
            return f"layer {number}: {given} gives {found}, not {wanted}"
    return ""
