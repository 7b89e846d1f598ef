"""Faults planted in the operators' laws, and the recorded answers of torch that must catch them.

A mutant is an operator with one constant of its size, channels or requirements changed by one, or
with one requirement deleted. It is killed by a recorded sample to which the layers, with the
mutant installed in `OPERATORS`, give another answer than torch gave. `record_torch_samples.py`
writes the samples; nothing here needs torch.
"""

import gzip
import json
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any, NamedTuple

from symconv.chains.through import through
from symconv.errors import RequestError
from symconv.layers import LAYERS
from symconv.meanings.integers import PLAIN
from symconv.operators import OPERATORS, Operator
from symconv.terms import Term, constant

SAMPLES = Path(__file__).parent / "data" / "torch_samples.json.gz"

Answer = tuple[int, ...] | str | None
"""Output sizes and then channels; `None` for a refusal; how the law failed, where it failed."""


class Sample(NamedTuple):
    """One configuration that torch was asked about, and what it answered."""

    layer: str
    parameters: Mapping[str, Any]
    sizes: tuple[int, ...]
    channels: int
    answer: Answer


class Mutant(NamedTuple):
    """An operator with a planted fault, and where the fault is."""

    fault: str
    operator: Operator


def samples() -> dict[str, list[Sample]]:
    """Return the recorded samples of each operator."""
    recorded = json.loads(gzip.decompress(SAMPLES.read_bytes()))["samples"]
    return {name: list(map(_sample, rows)) for name, rows in recorded.items()}


def _sample(row: list[Any]) -> Sample:
    layer, parameters, sizes, channels, answer = row
    parameters = {k: tuple(v) if isinstance(v, list) else v for k, v in parameters.items()}
    return Sample(
        layer, parameters, tuple(sizes), channels, None if answer is None else tuple(answer)
    )


def our_answer(sample: Sample) -> Answer:
    """Ask the layers, as they stand in `OPERATORS` now, what they answer to a configuration."""
    try:
        layer = LAYERS[sample.layer](**sample.parameters)
        (passage,) = through([layer], sample.sizes, PLAIN, sample.channels)
        taken = all(holds for axis in passage.axes for _, holds in axis.required())
        return (*passage.leaving, passage.channels_leaving) if taken else None
    except RequestError:
        return None
    except ZeroDivisionError:
        return "divides by zero"


def mutants(operator: Operator) -> Iterator[Mutant]:
    """Plant every fault in an operator, one at a time."""
    for part in ("size", "channels"):
        for fault, term in off_by_one(getattr(operator, part)):
            yield Mutant(f"{part}: {fault}", replace(operator, **{part: term}))
    for sentence, law in operator.requires.items():
        yield Mutant(f"{sentence}: deleted", replace(operator, requires=operator.without(sentence)))
        for fault, term in off_by_one(law):
            requires = dict(operator.requires) | {sentence: term}
            yield Mutant(f"{sentence}: {fault}", replace(operator, requires=requires))


def off_by_one(term: Term, place: str = "") -> Iterator[tuple[str, Term]]:
    """Change every constant of a term by one, one occurrence at a time."""
    if term.word == "constant":
        (value,) = term.args
        for other in (value + 1, value - 1):
            yield f"{value} -> {other} at {place or 'the top'}", constant(other)
    elif term.word != "variable":
        for index, argument in enumerate(term.args):
            for fault, changed in off_by_one(argument, f"{place}/{term.word}.{index}"):
                args = [*term.args[:index], changed, *term.args[index + 1 :]]
                yield fault, Term(term.word, *args)


def survives(name: str, mutant: Mutant, recorded: list[Sample]) -> bool:
    """Say whether no recorded answer tells a mutant from torch."""
    original = OPERATORS[name]
    OPERATORS[name] = mutant.operator
    try:
        return all(our_answer(sample) == sample.answer for sample in recorded)
    finally:
        OPERATORS[name] = original
