"""What `mirror` answers with."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING, Any, Literal

from symconv.layers import Layer
from symconv.mirroring.inverses import Step
from symconv.mirroring.questions import Merged
from symconv.mirroring.stated import Stated, shown_sizes
from symconv.proving import Verdict
from symconv.terms import Term

if TYPE_CHECKING:
    from symconv.families import Verification


@dataclass(frozen=True)
class Mirror:
    """A decoder for an encoder, or why there is none.

    Attributes:
        layers: the encoder's layers.
        sizes: the set of sizes that shall come back.
        verdict: `"proved"`, `"infeasible"` or `"unknown"`.
        channels: before each of the encoder's layers and after the last.
        steps: the decoder's layers, each with the number of the layer that it undoes.
        least: the least size of the set that the encoder takes, on each axis.
        example: that size through encoder and decoder, on each axis, without the layers that
            keep sizes.
        proof: what Z3 says of "every size comes back".
        merged: two sizes of the set that the encoder makes one.
        reason: for infeasible and unknown, why.
        refused: the least size of the set that the encoder does not take, and why, if there is one.
        notes: what the reader should know.
        verified: what torch said, if it was asked.
    """

    layers: tuple[Layer, ...]
    sizes: Stated
    verdict: Literal["proved", "infeasible", "unknown"]
    channels: tuple[Term, ...] = ()
    steps: tuple[Step, ...] = ()
    least: tuple[int, ...] = ()
    example: tuple[tuple[int, ...], ...] = ()
    proof: Verdict | None = None
    merged: Merged | None = None
    reason: str = ""
    refused: str = ""
    notes: tuple[str, ...] = ()
    verified: Verification | None = None

    @property
    def decoder(self) -> tuple[Layer, ...]:
        """The decoder's layers, in the order in which they run."""
        return tuple(step.layer for step in self.steps)

    @property
    def told(self) -> bool:
        """Whether the decoder is told the sizes that the encoder has met."""
        return any(step.told for step in self.steps)

    def __repr__(self) -> str:
        """Write the decoder, or the reason why there is none."""
        lines = [str(step) for step in self.steps]
        if self.verdict == "proved":
            lines += [] if lines else ["nothing to undo: every layer keeps sizes"]
            taken = " that the encoder takes" if self.refused else ""
            lines.append(f"returns {self.sizes.says}{taken}: proved by z3")
            lines += [self.refused] if self.refused else []
            way = map(shown_sizes, zip(*self.example, strict=True))
            lines.append(" -> ".join(size for size, _ in groupby(way)))
        else:
            mirrors = self.proof is not None and self.merged is None
            no = "no mirror" if mirrors else "no decoder"
            lead = "unknown" if self.verdict == "unknown" else no
            lines.append(f"{lead} for {self.sizes.says}: {self.reason}")
        if self.verified:
            lines.append(self.verified.told())
        return "\n".join([*lines, *(f"note: {note}" for note in self.notes)])

    def to_dict(self) -> dict[str, Any]:
        """Return what `symconv mirror --json` prints."""
        merged = self.merged
        return {
            "schema": "symconv/1",
            "verdict": self.verdict,
            "encoder": [repr(layer) for layer in self.layers],
            "decoder": [repr(layer) for layer in self.decoder],
            "undoes": [step.undoes for step in self.steps],
            "output_size": [step.told for step in self.steps],
            "for": self.sizes.text,
            "least": self.least[0] if len(set(self.least)) == 1 else list(self.least) or None,
            "proof": None if self.proof is None else self.proof.to_dict(),
            "merged": list(merged.sizes) if merged else None,
            "refused": self.refused or None,
            "reason": self.reason or None,
            "verified": self.verified.to_dict() if self.verified else None,
            "notes": list(self.notes),
        }
