"""An audit's sizes run on torch, those at the edges of the set first: taken, refused, and given."""

from __future__ import annotations

from collections.abc import Iterator
from math import prod

from symconv.chains.through import through
from symconv.families import Verification, witnessed
from symconv.layers.ending import Flatten
from symconv.meanings.integers import PLAIN
from symconv.networks.result import Audit, AxisAnswer
from symconv.periodic import SizeSet
from symconv.witness import Witness

MOST_TURNS = 12
"""At how many places where a set begins or ceases sizes are run."""
AWAY = 64
"""A size that is run where a set has no edge, because it is empty."""
BATCH = 2
"""How many samples are run: of one alone, some norms refuse what they take (`docs/limits.md`)."""
MOST_CELLS = 2**22
"""Larger tensors are not run."""


def edges(sizes: SizeSet) -> Iterator[int]:
    """Yield the sizes on both sides of the places where a set begins or ceases, the least first.

    >>> list(edges(SizeSet.of(period=16, residues=[12], start=28)))[:7]
    [1, 27, 28, 29, 43, 44, 45]
    """
    yield 1
    inside, last = 1 in sizes, 1
    for _ in range(MOST_TURNS):
        turn = (~sizes if inside else sizes).next_above(last)
        if turn is None:
            break
        if turn - 1 > last:
            yield turn - 1
        yield turn
        inside, last = not inside, turn
    yield from (last + 1, last + 2)
    if sizes.empty:
        yield AWAY


def run(audit: Audit, seconds: float) -> Verification:
    """Run sizes of an audit on torch, and return what torch said.

    Args:
        audit: an answer.
        seconds: how long to go on, once torch is loaded; sizes that are left are counted, and so
            are those whose tensors are too large.

    Raises:
        RequestError: torch is not installed.
    """
    channels = _channels(audit)

    def judge(witness: Witness, case: tuple[AxisAnswer, int]) -> str | None:
        answer, size = case
        given = _shape(audit, answer, size)
        if given is None or prod(given) * max(filter(None, channels), default=1) > MOST_CELLS:
            return None
        outcome = _outcome(audit, witness, given, channels)
        if isinstance(outcome, str):
            return f"torch refuses: {outcome}" if size in answer.valid else ""
        if size not in answer.valid:
            return f"torch gives {outcome}"
        wanted = _wanted(audit, answer, size, outcome)
        return "" if outcome == wanted else f"torch gives {outcome}, not {wanted}"

    cases = (
        ({answer.name: size}, (answer, size))
        for answer in audit.axes
        for size in edges(answer.valid)
    )
    return witnessed(cases, judge, audit.read.layers, seconds, BATCH)


def _shape(audit: Audit, answer: AxisAnswer, size: int) -> tuple[int, ...] | None:
    """Return the input's sizes: the one that is tried, and for other letters their least one."""
    least = {other.name: other.valid.least for other in audit.axes}
    names = audit.names
    sizes = [
        axis if isinstance(axis, int) else size if name == answer.name else least[name]
        for axis, name in zip(audit.shape.axes, names, strict=True)
    ]
    return None if None in sizes else tuple(sizes)  # type: ignore[arg-type]


def _wanted(
    audit: Audit, answer: AxisAnswer, size: int, outcome: tuple[int, ...]
) -> tuple[int, ...]:
    """Return what the formulas give for a size; of the axes of other letters, what torch said."""
    values = [PLAIN.evaluate(formula, {"W": size}) for formula in answer.formulas]
    if audit.apart:
        pairs = zip(audit.names, outcome, strict=True)
        return tuple(values[0] if name == answer.name else one for name, one in pairs)
    return tuple(values) if len(values) > 1 else tuple(values) * len(outcome)


def _channels(audit: Audit) -> list[int | None]:
    """Return the channels that enter each layer, and those that leave the last."""
    start, count = (None,) * len(audit.shape.axes), audit.shape.channels
    channels: list[int | None] = []
    for passage in through(audit.read.layers, start, PLAIN, count):
        channels, count = [*channels, passage.channels], passage.channels_leaving
    return [*channels, count]


def _outcome(
    audit: Audit, witness: Witness, given: tuple[int, ...], channels: list[int | None]
) -> tuple[int, ...] | str:
    """Return the sizes, or the features, that torch gives in the end; or why it refuses."""
    sizes = given
    for layer, count in zip(audit.read.layers, channels, strict=False):
        leaving = witness.sizes(layer, sizes, count)
        if isinstance(leaving, str):
            return f"{leaving} ({layer!r})"
        sizes = leaving
    features = prod(sizes) * (channels[-1] or 1)
    for layer in audit.read.ending:
        if not isinstance(layer, Flatten):
            leaving = witness.sizes(layer, (), features)
            if isinstance(leaving, str):
                return f"{leaving} ({layer!r})"
            features = layer.rows(1)[0].values.get("out_features", features)  # type: ignore[assignment]
    return (features,) if audit.read.ending else sizes
