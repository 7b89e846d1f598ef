"""A verdict: proved, refuted with a counterexample, or unknown with the reason."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from symconv.markup import numbers, words


@dataclass(frozen=True)
class Verdict:
    """What a prover says of a claim. `unknown` is an answer of its own, never a proof.

    Attributes:
        word: `"proved"`, `"refuted"` or `"unknown"`.
        by: who says so.
        counterexample: values for which the hypotheses hold and the claim does not.
        smallest: whether no counterexample has a smaller sum of absolute values.
        reason: for unknown, why.
    """

    word: Literal["proved", "refuted", "unknown"]
    by: str
    counterexample: Mapping[str, int] | None = None
    smallest: bool = False
    reason: str = ""
    seconds: float = field(default=0.0, compare=False)

    @property
    def proved(self) -> bool:
        """Whether the claim is proved: not refuted and not unknown."""
        return self.word == "proved"

    def __bool__(self) -> bool:
        """Refuse: three answers do not fit into two."""
        raise TypeError(
            "a verdict is proved, refuted or unknown; ask verdict.proved or verdict.word"
        )

    def __str__(self) -> str:
        """Say the verdict in one line."""
        if self.word == "refuted" and self.counterexample is not None:
            values = ", ".join(f"{name} = {value}" for name, value in self.counterexample.items())
            return f"refuted by {'the smallest ' if self.smallest else ''}counterexample {values}"
        return f"unknown: {self.reason}" if self.word == "unknown" else self.word

    def _repr_html_(self) -> str:
        """Show the verdict in a notebook, a counterexample as a table."""
        said = f"<b>{words(str(self))}</b>, by {words(self.by)}"
        return said + numbers(self.counterexample or {})

    def to_dict(self) -> dict[str, Any]:
        """Return the verdict as JSON has it."""
        example = None if self.counterexample is None else dict(self.counterexample)
        form: dict[str, Any] = {"verdict": self.word, "by": self.by, "counterexample": example}
        return form | ({"reason": self.reason} if self.reason else {})
