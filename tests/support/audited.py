"""An audit of a chain against the chain's sizes, one by one: what differs, as sentences."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from random import Random
from typing import Any

import numpy as np

import symconv
from random_chains import RandomChain
from symconv.chains.axes import input_axes
from symconv.chains.inverse import along, inputs, output_set, pulled_back
from symconv.chains.stages import stages
from symconv.chains.unmet import ALLOCATES
from symconv.meanings.integers import compiled
from symconv.networks.answers import AxisAnswer
from symconv.networks.result import Audit
from symconv.periodic import SizeSet
from symconv.periodic.comparing import ANY
from symconv.reading.constraints import formula

WINDOW = 600
"""Every size up to this is compared."""
BEYOND = 2000
"""How many sizes beyond the base are compared, if the period is longer."""
OUTPUTS = 10
"""For how many output sizes the inputs are asked."""
SINGLE = 5
"""How many sizes are also asked one at a time."""
MANY_FEATURES = 60
"""How many sizes are compared of a chain that ends with features, which go one at a time."""


class Measured:
    """The sizes that a chain takes, in a window, and what becomes of them along the axes asked.

    Attributes:
        window: the sizes of the axis, or of all axes.
        valid: which of them pass.
        leaving: the size of each axis that comes out, or the features, where they pass.
    """

    def __init__(self, chain: RandomChain, window: Sequence[int], others: Sequence[int | None]):
        self.window = np.array(window)
        sizes = tuple(
            self.window if one is None else np.full_like(self.window, one) for one in others
        )
        if chain.ending:
            answers = [one_size(chain, given) for given in zip(*sizes, strict=True)]
            self.valid = np.array([one is not None for one in answers])
            self.leaving = [np.array([-1 if one is None else one for one in answers])]
            return
        many = symconv.size(chain.layers, sizes, channels=chain.channels)
        self.valid, self.leaving = many.valid, list(many.rows[-1])


def one_size(chain: RandomChain, sizes: Sequence[Any]) -> int | tuple[int, ...] | None:
    """Return the size that comes out, or the features; nothing where a layer refuses."""
    given = tuple(map(int, sizes))
    answer = symconv.size(chain.whole, given, channels=chain.channels)
    if answer.refused:
        return None
    return answer.features[-1] if chain.ending else answer.rows[-1]


def windowed(answer: AxisAnswer, features: bool) -> list[int]:
    """Return the sizes to compare: those from 1 on, and one period beyond the base."""
    certificate = answer.certificate
    base = certificate.base if certificate else 1
    modulus = certificate.modulus if certificate else 1
    beyond = range(base, base + min(modulus + 2, BEYOND))
    every = sorted({*range(1, WINDOW + 1), *beyond})
    if not features:
        return every
    edges = {base + step for step in range(-2, 3)} | {
        (answer.valid.least or 1) + s for s in (-1, 0, 1)
    }
    return sorted(
        {*every[:12], *every[:: max(1, len(every) // MANY_FEATURES)], *(edges & {*every})}
    )


def differences(chain: RandomChain, audit: Audit, random: Random) -> Iterator[str]:
    """Yield what an audit that is proved says and the sizes do not."""
    names = audit.names
    answers = {answer.name: answer for answer in audit.axes}
    if not audit.apart:
        yield from _axis(chain, audit, answers["W"], [None] * chain.axes, None, random)
        return
    least = [answers[name].valid.least for name in names]
    for place, name in enumerate(names):
        if name in names[:place]:
            continue
        if None in least[:place] + least[place + 1 :]:
            if any(Measured(chain, range(1, WINDOW + 1), [None] * chain.axes).valid):
                yield "an axis with no valid size, and yet some size passes"
            continue
        others = [None if other == place else size for other, size in enumerate(least)]
        yield from _axis(chain, audit, answers[name], others, place, random)


def _axis(
    chain: RandomChain,
    audit: Audit,
    answer: AxisAnswer,
    others: list[int | None],
    place: int | None,
    random: Random,
) -> Iterator[str]:
    """Yield what differs of one axis, or of all of them together."""
    seen = Measured(chain, windowed(answer, bool(chain.ending)), others)
    claimed = np.array([int(size) in answer.valid for size in seen.window])
    for size in seen.window[claimed != seen.valid]:
        given = tuple(int(size) if one is None else one for one in others)
        refused = symconv.size(chain.whole, given, channels=chain.channels).refused
        if not refused or refused.sentence != ALLOCATES:
            yield f"{given}: valid says {size in answer.valid}, and size {refused}"
    passing = claimed & seen.valid
    leaving = seen.leaving if place is None else [seen.leaving[place]]
    yield from _formulas(answer, seen.window[passing], [one[passing] for one in leaving])
    for size in random.sample(list(seen.window), SINGLE):
        passes = one_size(chain, [size if one is None else one for one in others]) is not None
        if passes != seen.valid[list(seen.window).index(size)]:
            yield f"{size}: alone it passes is {passes}"
    if answer.same_size is not None:
        kept = np.all([one == seen.window for one in leaving], axis=0) & seen.valid
        claims = np.array([int(size) in answer.same_size for size in seen.window]) & (
            passing | ~claimed
        )
        yield from (f"{size}: same_size differs" for size in seen.window[kept != claims])
    if answer.outputs is not None and len({one.tobytes() for one in leaving}) <= 1:
        every = {int(one) for one in leaving[0][passing]}
        yield from (
            f"{one} comes out and is no output" for one in every if one not in answer.outputs
        )
    if audit.apart and chain.axes == (input_axes(chain.layers) or 1):
        yield from _backwards(chain, answer, seen, leaving[0], place, random)


def _formulas(answer: AxisAnswer, sizes: Any, leaving: list[Any]) -> Iterator[str]:
    """Yield where the formulas that are written do not give what comes out."""
    written = list(answer.written.values())
    if len(written) not in (1, len(leaving)):
        yield f"{len(written)} formulas for {len(leaving)} axes"
    for one, axis in zip(
        written * len(leaving) if len(written) == 1 else written, leaving, strict=False
    ):
        law = compiled(formula(one, {answer.name}), (answer.name,))
        for size, out in zip(sizes.tolist(), axis.tolist(), strict=True):
            if law(size) != out:
                yield f"{size}: {one} is {law(size)}, and {out} comes out"
                break


def _backwards(
    chain: RandomChain, answer: AxisAnswer, seen: Measured, out: Any, place: int, random: Random
) -> Iterator[str]:
    """Yield where what is found from the end backwards is not what is found forwards."""
    line = stages(chain.layers, place + 1, chain.channels)
    crossings = along(line)
    if (backwards := pulled_back(crossings, ANY)[0]) != answer.valid:
        yield f"backwards: {backwards}, not {answer.valid}"
    values = sorted({int(one) for one in out[seen.valid]})
    asked = random.sample(values, min(len(values), OUTPUTS - 4))
    asked += [random.randint(0, (values or [9])[-1] + 4) for _ in range(OUTPUTS - len(asked))]
    near = SizeSet.between(1, WINDOW)
    for output in asked:
        found = pulled_back(crossings, output_set(line, output))[0]
        if output == asked[0]:
            public = inputs(chain.layers, output, axis=place + 1, channels=chain.channels)
            if public.sizes != found:
                yield f"inputs of {output}: {public}, not {found}"
        given = seen.window[seen.valid & (out == output) & (seen.window <= WINDOW)].tolist()
        if given != [*(found & near)]:
            yield f"inputs of {output}: {found}, not {given[:20]}"
        if answer.outputs is not None and bool(found) != (output in answer.outputs):
            yield f"{output}: inputs {found}, possible outputs {answer.outputs}"
