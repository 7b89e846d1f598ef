"""An audit's sizes run on torch, those at the edges of the set first: taken, refused, and given."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from math import prod

from symconv.chains.channels import channels_along
from symconv.chains.features import joined
from symconv.chains.through import through
from symconv.chains.unmet import unmet
from symconv.families import Verification, witnessed
from symconv.layers import Layer
from symconv.meanings.integers import PLAIN
from symconv.networks.answers import AxisAnswer
from symconv.networks.result import Audit
from symconv.periodic import SizeSet
from symconv.proving.clock import Clock
from symconv.reading.chains import Chain
from symconv.witness import Witness, lacking, weights

MOST_TURNS = 12
"""At how many places where a set begins or ceases sizes are run."""
AWAY = 64
"""A size that is run where a set has no edge, because it is empty."""
BATCH = 2
"""How many samples are run: of one alone, some norms refuse what they take (`docs/limits.md`)."""
MOST_CELLS = 2**22
"""Larger tensors are not run."""
MOST_WEIGHTS = 2**27
"""Layers of more parameters are not built."""


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


def run(audit: Audit, clock: Clock) -> Verification:
    """Run sizes of an audit on torch, and return what torch said.

    Args:
        audit: an answer.
        clock: how long to go on; sizes that are left are counted, and so are those whose tensors
            are too large.

    Raises:
        RequestError: torch is not installed.
    """
    assumed = any(note.startswith("assuming") for note in audit.notes)
    channels = channels_along(audit.read, len(audit.shape.axes), audit.shape.channels, assumed)
    heavy = too_heavy(audit.layers)

    def judge(witness: Witness, case: tuple[AxisAnswer, int]) -> str | None:
        answer, size = case
        shape = _shape(audit, answer, size)
        if shape is None or heavy or cells_of(audit.read, shape, channels) > MOST_CELLS:
            return None
        outcome = outcome_of(audit.read, witness, shape, channels)
        if isinstance(outcome, str):
            return f"torch refuses: {outcome}" if size in answer.valid else ""
        if size not in answer.valid:
            return f"torch gives {outcome}"
        expected = _expected(audit, answer, size, outcome)
        return "" if outcome == expected else f"torch gives {outcome}, not {expected}"

    cases = (
        ({answer.name: size}, (answer, size))
        for answer in audit.axes
        for size in edges(answer.valid)
    )
    return witnessed(cases, judge, audit.read.layers, clock, BATCH)


def _shape(audit: Audit, answer: AxisAnswer, size: int) -> tuple[int, ...] | None:
    """Return the input's sizes: the one that is tried, and for other letters their least one."""
    least = {other.name: other.valid.least for other in audit.axes}
    names = audit.names
    sizes = [
        axis if isinstance(axis, int) else size if name == answer.name else least[name]
        for axis, name in zip(audit.shape.axes, names, strict=True)
    ]
    return None if None in sizes else tuple(sizes)  # type: ignore[arg-type]


def _expected(
    audit: Audit, answer: AxisAnswer, size: int, outcome: tuple[int, ...]
) -> tuple[int, ...]:
    """Return what the formulas give for a size; of the axes of other letters, what torch said."""
    values = [PLAIN.evaluate(formula, {"W": size}) for formula in answer.formulas]
    if audit.apart:
        pairs = zip(audit.names, outcome, strict=True)
        return tuple(values[0] if name == answer.name else size for name, size in pairs)
    return tuple(values) if len(values) > 1 else tuple(values) * len(outcome)


def too_heavy(layers: Iterable[Layer]) -> bool:
    """Whether a layer has too many parameters to be built."""
    each = dict.fromkeys(layers)
    return not lacking(each) and any(weights(layer) > MOST_WEIGHTS for layer in each)


def cells_of(read: Chain, shape: tuple[int, ...], channels: list[int | None]) -> int:
    """Return how many cells the largest tensor has, up to the first layer that refuses."""
    largest = prod(shape) * (channels[0] or 1)
    passages = through(read.layers, shape, PLAIN, channels[:-1])
    for passage, leaving in zip(passages, channels[1:], strict=True):
        if any(unmet(passage)):
            break
        largest = max(largest, prod(passage.leaving) * (leaving or 1))
    return largest


def outcome_of(
    read: Chain, witness: Witness, shape: tuple[int, ...], channels: list[int | None]
) -> tuple[int, ...] | str:
    """Return the sizes, or the features, that torch gives in the end; or why it refuses."""
    sizes = shape
    for layer, count in zip(read.layers, channels, strict=False):
        leaving = witness.sizes(layer, sizes, count)
        if isinstance(leaving, str):
            return f"{leaving} ({layer!r})"
        sizes = leaving
    features = prod(sizes) * (channels[-1] or 1)
    walk = joined(read.ending, features, PLAIN)
    for layer, (crossing, after) in zip(read.ending, walk, strict=True):
        if crossing is not None:
            leaving = witness.sizes(layer, (), features)
            if isinstance(leaving, str):
                return f"{leaving} ({layer!r})"
            features = after
    return (features,) if read.ending else sizes
