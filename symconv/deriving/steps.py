"""Derivations: steps that are each an expression, a reason and a check.

A step is checked twice, by SymPy (an equality simplifies to zero) and by Z3 (given ⇒ claim). A
step that fails stops the derivation there, under its name.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

import sympy

from symconv.errors import DerivationError, UndecidedError
from symconv.meanings.symbols import expression, symbol
from symconv.proving import Verdict, prove
from symconv.terms import Term

PATIENCE = 10.0
"""Seconds for the proof of one step; each takes some milliseconds."""


@dataclass(frozen=True)
class Step:
    """One step.

    Attributes:
        name: what the step is called.
        reason: why it holds, in a sentence.
        expression: what it says, in SymPy.
        equality: the two SymPy expressions that were found equal.
        verdict: what Z3 said of the step's claim.
        value: the expression with the user's numbers in it, if there are any.
    """

    name: str
    reason: str
    expression: Any
    equality: tuple[Any, Any]
    verdict: Verdict
    value: Any = None

    def to_dict(self) -> dict[str, Any]:
        """Return the step as JSON has it."""
        found = {
            "name": self.name,
            "reason": self.reason,
            "expression": str(self.expression),
            "latex": sympy.latex(self.expression),
            "checks": {"sympy": "equal", "z3": self.verdict.word},
        }
        return found | ({} if self.value is None else {"value": str(self.value)})


@dataclass(frozen=True)
class Derivation:
    """A derivation: its steps, and the result as a SymPy expression.

    Attributes:
        name: what was derived.
        title: the same in words.
        steps: the steps, in order.
        result: what the last step but the remarks arrives at.
        numbers: the user's numbers, by their letters.
        facts: what follows for these numbers.
    """

    name: str
    title: str
    steps: tuple[Step, ...]
    result: Any
    numbers: Mapping[str, int] = field(default_factory=dict)
    facts: Mapping[str, Any] = field(default_factory=dict)

    def __repr__(self) -> str:
        """Write the derivation as plain text."""
        lines = [self.title, "=" * len(self.title)]
        for count, step in enumerate(self.steps, 1):
            lines += [f"{count}. {step.name}: {step.reason}", f"       {step.expression}"]
            if step.value is not None:
                lines.append(f"     with the numbers: {step.value}")
            lines.append(f"     checked: SymPy equal, Z3 {step.verdict}")
        lines += [f"{name}: {value}" for name, value in self.facts.items()]
        return "\n".join(lines)

    def latex(self) -> str:
        """Write the derivation as LaTeX, one aligned line a step."""
        rows = []
        for step in self.steps:
            value = "" if step.value is None else rf" \leadsto {sympy.latex(step.value)}"
            rows.append(rf"& {sympy.latex(step.expression)}{value} && \text{{{step.reason}}}")
        return "\\begin{aligned}\n" + " \\\\\n".join(rows) + "\n\\end{aligned}"

    def _repr_latex_(self) -> str:
        """Show the derivation in a notebook."""
        return f"$$\n{self.latex()}\n$$"

    def markdown(self) -> str:
        """Write the derivation as Markdown with LaTeX in it."""
        lines = [f"## {self.title}", ""]
        for count, step in enumerate(self.steps, 1):
            value = "" if step.value is None else rf" \leadsto {sympy.latex(step.value)}"
            lines += [
                f"{count}. **{step.name}.** {step.reason}",
                "",
                f"   $${sympy.latex(step.expression)}{value}$$",
                "",
                f"   Checked: SymPy equal, Z3 {step.verdict}.",
                "",
            ]
        lines += [f"* {name}: {value}" for name, value in self.facts.items()]
        return "\n".join(lines).rstrip() + "\n"

    def to_dict(self) -> dict[str, Any]:
        """Return the derivation as JSON has it."""
        return {
            "schema": "symconv/1",
            "derivation": self.name,
            "title": self.title,
            "result": str(self.result),
            "numbers": dict(self.numbers),
            "facts": dict(self.facts),
            "steps": [step.to_dict() for step in self.steps],
        }


class Draft:
    """A derivation being written, which checks each step as it comes."""

    def __init__(self, name: str, numbers: Mapping[str, int]) -> None:
        """Begin, with the user's numbers by their letters."""
        self.name, self.numbers = name, dict(numbers)
        self.steps: list[Step] = []

    def step(
        self,
        name: str,
        reason: str,
        shown: Any,
        *,
        equal: tuple[Any, Any],
        given: Iterable[Term] = (),
        claim: Term,
        refuted: bool = False,
    ) -> None:
        """Add a step, or stop the derivation here.

        Args:
            name: what the step is called.
            reason: why it holds.
            shown: what it says: a term or a SymPy expression.
            equal: two terms or expressions whose difference must simplify to zero.
            given: Z3's hypotheses.
            claim: what Z3 must prove.
            refuted: whether the claim is one that must be refuted instead.

        Raises:
            DerivationError: a check does not pass.
        """
        left, right = map(_symbolic, equal)
        if not same(left, right):
            raise DerivationError(
                f"step `{name}`: an equality that SymPy confirms",
                f"{left} and {right}",
                "The law is wrong.",
            )
        verdict = prove(claim, tuple(given), seconds=PATIENCE)
        if verdict.word == "unknown":
            raise UndecidedError(
                f"step `{name}`: a claim that Z3 settles", str(verdict), "Try again."
            )
        if verdict.word != ("refuted" if refuted else "proved"):
            raise DerivationError(
                f"step `{name}`: a claim that Z3 settles", str(verdict), "The law is wrong."
            )
        found = _symbolic(shown)
        self.steps.append(Step(name, reason, found, (left, right), verdict, self.value(found)))

    def value(self, found: Any) -> Any:
        """Return an expression with the user's numbers in it, if it has any of them."""
        numbers = {symbol(letter): value for letter, value in self.numbers.items()}
        if not any(one in numbers for one in getattr(found, "free_symbols", ())):
            return None
        return found.subs(numbers)

    def done(self, title: str, result: Any, facts: Mapping[str, Any] | None = None) -> Derivation:
        """Return what was derived."""
        return Derivation(
            self.name, title, tuple(self.steps), _symbolic(result), self.numbers, facts or {}
        )


def _symbolic(given: Any) -> Any:
    return expression(given) if isinstance(given, Term) else given


def same(left: Any, right: Any) -> bool:
    """Whether SymPy finds two expressions, or two relations, equal."""
    if left == right:
        return True
    if isinstance(left, sympy.core.relational.Relational):
        return bool(sympy.simplify(sympy.Equivalent(left, right)) == sympy.true)
    difference = (left - right).rewrite(sympy.floor)
    return bool(sympy.simplify(sympy.expand(difference)) == 0)
