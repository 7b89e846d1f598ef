"""What `mirror` answers with."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING, Any, Literal

from symconv.layers import Layer
from symconv.mirroring.inverses import Step
from symconv.mirroring.questions import Merged
from symconv.mirroring.stated import Stated, shown_sizes
from symconv.periodic import SizeSet
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
        proof: what is said of "every size comes back", and by whom.
        merged: two sizes of the set that the encoder makes one.
        reason: for infeasible and unknown, why.
        refused: the least size of the set that the encoder does not take, and why, if there is one.
        taken: the sizes that the encoder takes, in the set or not, on each axis; `None` where exact
            functions do not tell.
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
    taken: tuple[SizeSet | None, ...] = ()
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

    @property
    def takes(self) -> str:
        """The sizes that the encoder takes, in words, to be followed by one that it does not."""
        if None in self.taken:
            return ""
        each = [f"{sizes} on axis {axis}" for axis, sizes in enumerate(self.taken, 1)]
        sets = " and ".join(each) if len(set(self.taken)) > 1 else self.taken[0]
        return f"the encoder takes {sets}; "

    def __repr__(self) -> str:
        """Write the decoder, or the reason why there is none."""
        lines = [str(step) for step in self.steps]
        if self.proof is not None and self.verdict == "proved":
            lines += [] if lines else ["nothing to undo: every layer keeps sizes"]
            taken = " that the encoder takes" if self.refused else ""
            lines.append(f"returns {self.sizes.says}{taken}: proved by {self.proof.by}")
            lines += [f"{self.takes}{self.refused}"] if self.refused else []
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
