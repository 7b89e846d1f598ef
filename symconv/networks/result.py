"""What `audit` answers with."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from symconv.errors import RequestError
from symconv.layers import Layer
from symconv.networks.answers import SETS, AxisAnswer
from symconv.networks.asking import Shape, axis_names
from symconv.periodic import SizeSet
from symconv.proving.certificate import Certificate
from symconv.questions.documents import as_latex, as_markdown
from symconv.reading.chains import Chain

if TYPE_CHECKING:
    from symconv.families import Verification
    from symconv.proving import Verdict
from symconv.vocabulary import SCHEMA

RULES = "torch 2.13 CPU"
"""Whose rules the laws are: they are tested against it on wide grids."""


@dataclass(frozen=True)
class Audit:
    """Which sizes a chain takes, refuses, keeps and makes.

    Attributes:
        read: the chain.
        shape: the input that was asked about.
        axes: an answer for each letter.
        apart: whether each axis goes through the layers by itself.
        reason: for unknown, why.
        notes: what the reader should know.
        verified: what torch said, if it was asked.
        second: what Z3 said, if it was asked.
    """

    read: Chain
    shape: Shape
    axes: tuple[AxisAnswer, ...]
    apart: bool = True
    reason: str = ""
    notes: tuple[str, ...] = ()
    verified: Verification | None = None
    second: Verdict | None = None

    @property
    def certificates(self) -> list[Certificate]:
        """The certificates that the checker accepted."""
        return [answer.certificate for answer in self.axes if answer.certificate is not None]

    @property
    def verdict(self) -> Literal["proved", "unknown"]:
        """`"proved"` where the checker accepted a certificate for each axis."""
        certified = len(self.certificates)
        return "proved" if certified and certified == len(self.axes) else "unknown"

    @property
    def valid(self) -> SizeSet:
        """The sizes that every layer takes, where there is one answer.

        Raises:
            RequestError: there is none, or several.
        """
        if len(self.axes) != 1:
            raise RequestError(
                "an answer for one letter",
                self.reason or ", ".join(answer.name for answer in self.axes),
                "Ask each of `.axes` for its `.valid`.",
            )
        return self.axes[0].valid

    @property
    def takes_nothing(self) -> bool:
        """Whether no input at all is taken."""
        return not all(answer.valid for answer in self.axes)

    @property
    def names(self) -> tuple[str, ...]:
        """What the input's axes are called: their letters, or a name for each where they differ."""
        lettered = [axis for axis in self.shape.axes if isinstance(axis, str)]
        if len(set(lettered)) == 1 and len(self.axes) > 1:
            return axis_names(len(self.shape.axes))
        return tuple(map(str, self.shape.axes))

    @property
    def square(self) -> bool:
        """Whether the answer is about inputs whose axes are all as large as each other."""
        every = self.shape.axes
        return not self.apart and len(every) > 1 and len(set(every)) == 1

    @property
    def layers(self) -> tuple[Layer, ...]:
        """The chain's layers."""
        return (*self.read.layers, *self.read.ending)

    def __repr__(self) -> str:
        """Tell everything, a line each."""
        if not self.axes:
            return "\n".join([f"unknown: {self.reason}", *self._noted])
        lines = [line for answer in self.axes for line in self._told(answer)]
        if self.verdict == "proved":
            largest = max(self.certificates, key=lambda each: (each.modulus, each.base))
            lines.append(
                f"proved: by a certificate of modulus {largest.modulus} from {largest.base} on, "
                f"which the checker accepts (rules: {RULES})"
            )
        else:
            lines.append(f"unknown: {self.reason}")
        lines += [f"Z3, as a second opinion: {self.second}"] if self.second is not None else []
        lines += [f"torch: {self.verified.told()}"] if self.verified else []
        return "\n".join([*lines, *self._noted])

    @property
    def _noted(self) -> list[str]:
        return [f"note: {note}" for note in self.notes]

    def _told(self, answer: AxisAnswer) -> Iterator[str]:
        name = answer.name
        square = f" (the input is {' x '.join([name] * len(self.shape.axes))})" * self.square
        yield f"valid {name}: {answer.valid}{square}"
        written = answer.written
        if answer.valid:
            for axis, formula in written.items():
                plain = axis == name and len(written) == 1
                yield f"output{'' if plain else f' {axis}'}: {formula}"
            yield from (f"{says}: {sizes}" for _, says, sizes in answer.sets())
        yield from (f"refused: {refused}" for refused in answer.refused)

    def to_dict(self) -> dict[str, Any]:
        """Return what `symconv audit --json` prints."""
        letters = [answer.name for answer in self.axes] or self.shape.letters
        domain = " and ".join(f"{letter} >= 1" for letter in letters)
        square = [f"every axis is {self.shape.letters[0]}"] if self.square else []
        assumes = [*square, *(note for note in self.notes if note.startswith("assuming"))]
        scope = {"mode": "eval", "rules": RULES, "domain": domain, "assumes": assumes}
        form: dict[str, Any] = {"schema": SCHEMA, "verdict": self.verdict, "scope": scope}
        if self.reason:
            form["reason"] = self.reason
        form["valid"] = {answer.name: answer.valid.to_dict() for answer in self.axes}
        for key in SETS:
            sets = {answer.name: getattr(answer, key) for answer in self.axes}
            form[key] = {name: s.to_dict() for name, s in sets.items() if s is not None}
        written = {
            axis: formula
            for answer in self.axes
            if answer.valid
            for axis, formula in answer.written.items()
        }
        form["output"] = [written] if written else []
        form["blame"] = [
            {"axis": answer.name} | refused.to_dict()
            for answer in self.axes
            for refused in answer.refused
        ]
        if self.second is not None:
            form["second_opinion"] = self.second.to_dict()
        if self.verified:
            form["verified"] = self.verified.to_dict()
        return form

    def __contains__(self, size: object) -> bool:
        """Whether an input of this size, on all axes, passes."""
        return bool(self.axes) and all(size in answer.valid for answer in self.axes)

    def latex(self) -> str:
        """Return a proposition with its proof, as LaTeX."""
        from symconv.networks.writing import lines

        return as_latex(lines(self))

    def _repr_markdown_(self) -> str:
        """Show the proposition and its proof in a notebook."""
        return self.markdown()

    def markdown(self) -> str:
        """Return a proposition with its proof, as Markdown."""
        from symconv.networks.writing import lines

        return as_markdown(lines(self))
