"""What `audit` says of a torch model."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import reduce
from typing import Any, Literal

from symconv.families import Verification
from symconv.networks.model_input import Axes
from symconv.networks.model_outputs import Output
from symconv.networks.model_paths import ModelPath
from symconv.networks.values import ExactValues
from symconv.networks.witnessing import written
from symconv.periodic import NOTHING, SizeSet
from symconv.proving.paths import PathsCertificate
from symconv.proving.verdict import Verdict
from symconv.questions.documents import as_latex, as_markdown
from symconv.terms import Term
from symconv.vocabulary import SCHEMA

MOST_ALIKE = 4
"""So many refusals that differ only in their numbers are told apart."""
MOST_LINES = 8
"""The text lists so many formulas of one tensor, and so many refusals; JSON lists them all."""
NUMBER = re.compile(r"\d+(?:\.\d+)?")


@dataclass(frozen=True)
class ModelAudit:
    """Which sizes a model takes and what comes out.

    Attributes:
        name: what the model is called.
        axes: its input, with a letter for the size that is asked about.
        paths: what the model does, each for a set of sizes.
        values: what the terms of the paths are as exact functions.
        places: at which line of the model each decision was first asked for.
        left: the sizes that were not followed.
        outputs: the tensors that come out, in order; several entries where they depend on the size.
        same_size: the sizes for which the first of them is as large as the input.
        certificate: the proof, if the checker accepted one.
        reason: for unknown, why.
        rules: whose rules these are.
        assumes: what the reading takes for granted.
        escapes: lines that want a plain integer.
        unruled: operators that torch's own code answered.
        second: what Z3 said, if it was asked.
        verified: what torch said of sizes at the edges of the set, if it was asked.
    """

    name: str
    axes: Axes
    paths: tuple[ModelPath, ...]
    values: ExactValues = field(compare=False, repr=False)
    places: Mapping[Term, str] = field(compare=False, repr=False)
    left: SizeSet
    outputs: tuple[tuple[Output, ...], ...]
    same_size: SizeSet
    certificate: PathsCertificate | None
    reason: str
    rules: str
    assumes: tuple[str, ...] = ()
    escapes: tuple[str, ...] = ()
    unruled: tuple[str, ...] = ()
    second: Verdict | None = None
    verified: Verification | None = None

    @property
    def letter(self) -> str:
        """The letter of the size that is asked about."""
        return next(axis for axis in self.axes if isinstance(axis, str))

    @property
    def valid(self) -> SizeSet:
        """The sizes that the model takes, as far as they are known."""
        return _union(path.sizes for path in self.paths if path.taken)

    @property
    def takes_nothing(self) -> bool:
        """Whether it is found that no size at all is taken."""
        return not self.valid and not self.open

    @property
    def open(self) -> SizeSet:
        """The sizes of which nothing is known."""
        return _union([self.left, *(path.sizes for path in self.paths if path.lost)])

    @property
    def verdict(self) -> Literal["proved", "unknown"]:
        """`"proved"` where the checker accepted certificates that cover all sizes."""
        return "proved" if self.certificate is not None else "unknown"

    @property
    def refused(self) -> Iterator[tuple[SizeSet, str]]:
        """The sizes that are refused, by what refuses them and where.

        Many refusals of one line that differ only in their numbers, as where a message tells the
        size, are one.
        """
        alike: dict[Any, dict[str, SizeSet]] = {}
        for path in self.paths:
            if not path.lost and not path.taken:
                line, reason = path.outcome.line, path.reason
                reasons = alike.setdefault((line, *NUMBER.split(reason)), {})
                reasons[reason] = reasons.get(reason, NOTHING) | path.sizes
        for (line, *_), reasons in alike.items():
            told = reasons
            if len(reasons) > MOST_ALIKE:
                told = {_without_what_differs([*reasons]): _union(reasons.values())}
            yield from (
                (sizes, f"{line}: {each}" if line else each) for each, sizes in told.items()
            )

    def __contains__(self, size: object) -> bool:
        """Whether the model takes a size."""
        return size in self.valid

    def __repr__(self) -> str:
        """Tell everything, a line each."""
        letter = self.letter
        valid = self.valid if self.valid or self.takes_nothing else "none known"
        lines = [f"valid {letter}: {valid} (the input is {written(self.axes)})"]
        several = len(self.outputs) > 1
        for number, entries in enumerate(self.outputs, 1):
            name = f"output {number}" if several else "output"
            one = len(entries) == 1
            lines += _listed(
                f"{name}: {written(output.written(letter))}"
                + ("" if one else f", for {letter} {output.sizes}")
                for output in entries
            )
        lines += [f"unchanged: {self.same_size}"] if self.same_size else []
        lines += _listed(f"refused: {sizes}: {reason}" for sizes, reason in self.refused)
        if self.certificate is not None:
            lines.append(
                f"proved: {_counted(len(self.paths))} all {letter} >= 1, by certificates that the "
                f"checker accepts (rules: {self.rules}; eval mode)"
            )
        else:
            lines += [f"not known: {self.open}"] if self.open else []
            lines.append(f"unknown: {self.reason}")
        lines += [f"Z3, as a second opinion: {self.second}"] if self.second is not None else []
        lines += [f"torch: {self.verified.told()}"] if self.verified else []
        lines += [f"note: assuming {each}" for each in self.assumes]
        return "\n".join(lines)

    def to_dict(self) -> dict[str, Any]:
        """Return what `symconv audit --json` prints."""
        letter = self.letter
        least = self.open.least
        domain = f"{letter} >= 1" if least is None else f"1 <= {letter} <= {least - 1}"
        batch = self.axes[0] if len(self.axes) > 2 and isinstance(self.axes[0], int) else None
        form: dict[str, Any] = {
            "schema": SCHEMA,
            "verdict": self.verdict,
            "scope": {
                "mode": "eval",
                "batch": batch,
                "rules": self.rules,
                "domain": domain,
                "assumes": [f"the input is {written(self.axes)}", *self.assumes],
            },
        }
        if self.reason:
            form["reason"] = self.reason
        if self.open:
            form["open"] = {letter: self.open.to_dict()}
        form |= {
            "valid": {letter: self.valid.to_dict()},
            "joint": None,
            "same_size": {letter: self.same_size.to_dict()},
            "output": [
                output.to_dict(letter)
                | ({} if len(entries) == 1 else {"for": {letter: output.sizes.to_dict()}})
                for entries in self.outputs
                for output in entries
            ],
            "blame": [
                {"axis": letter, "sentence": reason, "sizes": sizes.to_dict()}
                for sizes, reason in self.refused
            ],
            "repairs": [],
            "paths": len(self.paths),
            "escapes": list(self.escapes),
            "measured_up_to": None,
            "unruled": list(self.unruled),
        }
        if self.second is not None:
            form["second_opinion"] = self.second.to_dict()
        if self.verified:
            form["verified"] = self.verified.to_dict()
        return form

    def latex(self) -> str:
        """Return a proposition with its proof, as LaTeX."""
        from symconv.networks.model_writing import lines

        return as_latex(lines(self))

    def markdown(self) -> str:
        """Return a proposition with its proof, as Markdown."""
        from symconv.networks.model_writing import lines

        return as_markdown(lines(self))

    _repr_markdown_ = markdown


def _counted(paths: int) -> str:
    return "one path covers" if paths == 1 else f"{paths} paths cover"


def _listed(lines: Iterable[str]) -> list[str]:
    """Return the first of some lines that begin alike, and how many more there are."""
    every = [*lines]
    if len(every) <= MOST_LINES:
        return every
    head = every[0].partition(":")[0]
    return [*every[:MOST_LINES], f"{head}: … and {len(every) - MOST_LINES} more"]


def _without_what_differs(reasons: Sequence[str]) -> str:
    """Return texts that differ only in their numbers as one, with `…` for the ones that differ."""
    columns = zip(*map(NUMBER.findall, reasons), strict=True)
    numbers = (column[0] if len({*column}) == 1 else "…" for column in columns)
    first, *rest = NUMBER.split(reasons[0])
    return first + "".join(f"{number}{text}" for number, text in zip(numbers, rest, strict=True))


def _union(sets: Any) -> SizeSet:
    return reduce(SizeSet.__or__, sets, NOTHING)
