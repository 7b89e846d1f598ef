"""An audit as a proposition with its proof, in LaTeX and in Markdown."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from symconv.meanings.normal import normal
from symconv.networks.result import Audit, AxisAnswer
from symconv.periodic import SizeSet
from symconv.terms import Term


class Step(NamedTuple):
    """One layer of the proof.

    Attributes:
        number: its number in the chain.
        layer: the layer, as it is written.
        size: the size after it, as a formula.
        needs: what it requires, in words, as a formula in `W`, and for which sizes that holds.
    """

    number: int
    layer: str
    size: Term | None
    needs: tuple[tuple[str, Term, SizeSet], ...]


def steps(audit: Audit, answer: AxisAnswer) -> Iterator[Step]:
    """Yield the proof layer by layer, in `W`, the size of the chain's input."""
    course = answer.course
    after = [*course.sizes[1:], *[()] * len(audit.read.ending)]
    for number, (layer, sizes) in enumerate(zip(audit.layers, after, strict=True), 1):
        needs = tuple(
            (need.requirement.sentence, normal(need.term), course.value(need.term))
            for need in course.needs
            if need.layer == number and not course.value(need.term).everything
        )
        alike = len(set(sizes)) == 1
        yield Step(number, repr(layer), normal(sizes[0]) if alike else None, needs)
