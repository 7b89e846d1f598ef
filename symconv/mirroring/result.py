"""What `mirror` answers with."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from symconv.layers import Layer
from symconv.mirroring.inverses import Step
from symconv.mirroring.questions import Merged
from symconv.mirroring.stated import ALL, Stated
from symconv.periodic import SizeSet
from symconv.proving import Clock, Verdict
from symconv.questions.answer import Answer
from symconv.questions.documents import Line
from symconv.questions.running import Run
from symconv.terms import Term
from symconv.vocabulary import SCHEMA, shown_sizes


@dataclass(frozen=True, eq=False, repr=False)
class Mirror(Answer):
    """A decoder for an encoder, or why there is none; it is the decoder's layers, in order.

    Attributes:
        layers: the encoder's layers.
        sizes: the set of sizes that shall come back.
        channels: before each of the encoder's layers and after the last.
        steps: the decoder's layers, each with the number of the layer that it undoes.
        least: the least size of the set that the encoder takes, on each axis.
        example: that size through encoder and decoder, on each axis, without the layers that
            keep sizes.
        proof: what is said of "every size comes back", and by whom.
        merged: two sizes of the set that the encoder makes one.
        refused: the least size of the set that the encoder does not take, and why, if there is one.
        taken: the sizes that the encoder takes, in the set or not, on each axis; `None` where exact
            functions do not tell.
        noted: what the reader should know.
    """

    layers: tuple[Layer, ...] = ()
    sizes: Stated = ALL
    channels: tuple[Term, ...] = ()
    steps: tuple[Step, ...] = ()
    least: tuple[int, ...] = ()
    example: tuple[tuple[int, ...], ...] = ()
    proof: Verdict | None = None
    merged: Merged | None = None
    refused: str = ""
    taken: tuple[SizeSet | None, ...] = ()
    noted: tuple[str, ...] = ()

    @property
    def notes(self) -> tuple[str, ...]:
        """What the reader should know."""
        return self.noted

    def __iter__(self) -> Iterator[Layer]:
        """Go through the decoder's layers."""
        return iter(self.decoder)

    def __len__(self) -> int:
        """Count the decoder's layers."""
        return len(self.steps)

    def __getitem__(self, place: Any) -> Any:
        """Return a layer of the decoder, or some of them."""
        return self.decoder[place]

    def __bool__(self) -> bool:
        """Whether there is a decoder."""
        return self.verdict == "proved"

    def kinds(self) -> tuple[Layer, ...]:
        """Return the layers that torch runs, as far as their classes go."""
        return (*self.layers, *self.decoder)

    def runs(self, clock: Clock) -> Iterator[tuple[dict[str, Any], Run]]:
        """Yield encoder and decoder for the first sizes that they are for."""
        from symconv.mirroring.running import runs

        del clock
        return runs(self) if self.verdict == "proved" else iter(())

    def document(self) -> Iterator[Line]:
        """Yield the answer as a proposition with its proof."""
        from symconv.mirroring.writing import lines

        return lines(self)

    @property
    def decoder(self) -> tuple[Layer, ...]:
        """The decoder's layers, in the order in which they run."""
        return tuple(step.layer for step in self.steps)

    @property
    def told(self) -> bool:
        """Whether the decoder is told the sizes that the encoder has met."""
        return any(step.told for step in self.steps)

    @property
    def takes(self) -> str:
        """The sizes that the encoder takes, in words, to be followed by one that it does not."""
        if None in self.taken:
            return ""
        each = [f"{sizes} on axis {axis}" for axis, sizes in enumerate(self.taken, 1)]
        sets = " and ".join(each) if len(set(self.taken)) > 1 else self.taken[0]
        return f"the encoder takes {sets}; "

    def lines(self) -> Iterator[str]:
        """Yield the decoder, or the reason why there is none, a line each."""
        yield from map(str, self.steps)
        if self.proof is not None and self.verdict == "proved":
            if not self.steps:
                yield "nothing to undo: every layer keeps sizes"
            taken = " that the encoder takes" if self.refused else ""
            yield f"returns {self.sizes.says}{taken}: proved by {self.proof.by}"
            if self.refused:
                yield f"{self.takes}{self.refused}"
            way = map(shown_sizes, zip(*self.example, strict=True))
            yield " -> ".join(size for size, _ in groupby(way))
        else:
            mirrors = self.proof is not None and self.merged is None
            no = "no mirror" if mirrors else "no decoder"
            lead = "unknown" if self.verdict == "unknown" else no
            which = f" for {self.sizes.says}" if self.layers else ""
            yield f"{lead}{which}: {self.reason}"
        if self.verified:
            yield self.verified.told()
        yield from (f"note: {note}" for note in self.notes)

    def to_dict(self) -> dict[str, Any]:
        """Return what `symconv mirror --json` prints."""
        merged = self.merged
        return {
            "schema": SCHEMA,
            "verdict": self.verdict,
            "encoder": [repr(layer) for layer in self.layers],
            "decoder": [repr(layer) for layer in self.decoder],
            "undoes": [step.undoes for step in self.steps],
            "output_size": [step.told for step in self.steps],
            "for": self.sizes.text,
            "taken": _one_or_each(
                [None if sizes is None else sizes.to_dict() for sizes in self.taken]
            ),
            "least": _one_or_each(list(self.least)),
            "proof": None if self.proof is None else self.proof.to_dict(),
            "merged": list(merged.sizes) if merged else None,
            "refused": self.refused or None,
            "reason": self.reason or None,
            "verified": self.verified.to_dict() if self.verified else None,
            "notes": list(self.notes),
        }


def _one_or_each(axes: list[Any]) -> Any:
    """Return what is the same on all axes once; a list where they differ."""
    return (axes or [None])[0] if all(entry == axes[0] for entry in axes) else axes
