"""What is known of one axis of a network: its sets, its formula, who refuses what, the proof."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from symconv.layers import Layer
from symconv.meanings.notation import text
from symconv.networks.asking import axis_names
from symconv.networks.exact import Course, Need
from symconv.periodic import SizeSet
from symconv.proving.certificate import Certificate
from symconv.terms import Term


@dataclass(frozen=True)
class Refused:
    """Sizes that a layer refuses, after all that stands before it let them pass.

    Attributes:
        need: what it requires.
        layer: the layer.
        sizes: the sizes of the chain's input.
    """

    need: Need
    layer: Layer
    sizes: SizeSet

    def __str__(self) -> str:
        """Tell it in one line."""
        law = text(self.need.requirement.law, names="torch")
        name = type(self.layer).__name__
        sentence = self.need.requirement.sentence
        return f"{self.sizes}: layer {self.need.layer}, {name}: {sentence}: {law}"

    def to_dict(self) -> dict[str, Any]:
        """Return it as JSON has it."""
        return {
            "layer": self.need.layer,
            "name": type(self.layer).__name__,
            "sentence": self.need.requirement.sentence,
            "law": text(self.need.requirement.law, names="torch"),
            "sizes": self.sizes.to_dict(),
        }


@dataclass(frozen=True)
class AxisAnswer:
    """What is known of one axis, or of all of them where they go together.

    Attributes:
        name: its letter.
        course: the chain along it, as terms in `W`.
        valid: the sizes that every layer takes.
        refused: which layer refuses which others, in its own sentence.
        formulas: what comes out, in `W`, for each axis of the output that differs.
        same_size: the sizes that come out unchanged; nothing where the output has other axes.
        outputs: the sizes that come out; nothing where they do not repeat.
        every_cell_read: the sizes at which no layer leaves a cell unread; nothing where a layer
            does not say what it reads.
        certificate: the proof, if the checker accepted one.
        reason: where it did not, why.
        note: what the reader should know.
    """

    name: str
    course: Course = field(compare=False, repr=False)
    valid: SizeSet
    refused: tuple[Refused, ...]
    formulas: tuple[Term, ...]
    same_size: SizeSet | None = None
    outputs: SizeSet | None = None
    every_cell_read: SizeSet | None = None
    certificate: Certificate | None = field(default=None, compare=False, repr=False)
    reason: str = ""
    note: str = ""

    @property
    def written(self) -> dict[str, str]:
        """What comes out, as formulas in the language of constraints, by the output's axes."""
        texts = [text(formula, words={"W": self.name}) for formula in self.formulas]
        if self.course.features is not None:
            return {"features": texts[0]}
        return dict(zip(self._leaving, texts, strict=True))

    @property
    def _leaving(self) -> tuple[str, ...]:
        return (self.name,) if len(self.formulas) == 1 else axis_names(len(self.formulas))

    def sets(self) -> Iterator[tuple[str, str, SizeSet]]:
        """Yield the sets that are known beside the valid one, with their keys and what they say."""
        for key, says in SETS.items():
            sizes = getattr(self, key)
            if sizes is not None:
                yield key, says, sizes


SETS = {
    "same_size": "unchanged",
    "every_cell_read": "every cell read",
    "outputs": "possible outputs",
}
"""What is told of an axis beside the sizes that are valid, by its key."""
