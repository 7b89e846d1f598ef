"""Steps of a derivation: each says something, with a reason, and is checked as it is written.

SymPy finds two expressions equal where a step has them, and Z3 proves the step's claim from what
is given. A step that fails stops the derivation there, under its name.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from itertools import product
from typing import Any

import sympy

from symconv.book.deriving.shortening import Wholes, shortened
from symconv.errors import DerivationError, UndecidedError
from symconv.meanings import notation
from symconv.meanings.integers import PLAIN, compiled
from symconv.meanings.symbols import SYMBOLS, symbol
from symconv.operators.letters import O
from symconv.proving import Verdict, prove
from symconv.terms import Term, both, interpret, substitute, variables

PATIENCE = 10.0
"""Seconds for the proof of one step; each takes some milliseconds."""
MOST_TRIED = 100_000
"""Of small numbers, how many are tried against a claim that Z3 leaves open."""
OTHERWISE = "The law is not what this derivation derives: mend it, or write steps of its own."
"""What a failed step says of the law; that it is wrong, no step can know."""


@dataclass(frozen=True)
class Step:
    """One step.

    Attributes:
        name: what the step is called.
        reason: why it holds, in a sentence.
        statement: what it says: a term, as its author wrote it, or a SymPy expression.
        short: the same as it is shown, with the letters that the steps before it define.
        expression: the same in SymPy, which may rewrite it.
        equality: the two SymPy expressions that were found equal, if the step has any.
        verdict: what Z3 said of the step's claim; nothing, where it claims nothing.
        value: the expression with the user's numbers in it, if there are any.
    """

    name: str
    reason: str
    statement: Any
    short: Any
    expression: Any
    equality: tuple[Any, Any] | None
    verdict: Verdict | None
    value: Any = None

    @property
    def checked(self) -> str:
        """Say who checked the step, and what they found."""
        if self.verdict is None:
            return "nothing, it is declared"
        return f"{'SymPy equal, ' if self.equality else ''}Z3 {self.verdict}"

    @property
    def latex(self) -> str:
        """Write what the step says as LaTeX, and what it comes to for the user's numbers."""
        value = "" if self.value is None else rf" \leadsto {sympy.latex(self.value)}"
        return written(self.short) + value

    def to_dict(self) -> dict[str, Any]:
        """Return the step as JSON has it."""
        checks = {"sympy": "equal"} if self.equality else {}
        checks |= {} if self.verdict is None else {"z3": self.verdict.word}
        found = {
            "name": self.name,
            "reason": self.reason,
            "expression": str(self.expression),
            "latex": written(self.short),
            "checks": checks,
        }
        return found | ({} if self.value is None else {"value": str(self.value)})


class Draft:
    """A derivation being written, which checks each step as it comes."""

    def __init__(self, numbers: Mapping[str, int], signed: Iterable[str] = ()) -> None:
        """Begin.

        Args:
            numbers: the user's numbers, by their letters.
            signed: letters that may be negative here, though a size or a padding mostly is not.
        """
        self.numbers, self.facts = dict(numbers), dict[str, Any]()
        self.signed = frozenset(signed)
        self.steps: list[Step] = []
        self.wholes: Wholes = {}
        """Letters for terms, such as `E` for the extent: later steps show them, and Z3 proves for
        any value of them what has these terms only as a whole."""
        self.assumed: Sequence[Term] = ()
        """What is required of the letters of terms that not all numbers give a value."""

    def step(
        self,
        name: str,
        reason: str,
        shown: Any,
        *,
        equal: tuple[Any, Any] | None = None,
        given: Iterable[Term] = (),
        claim: Term | None = None,
        refuted: bool = False,
    ) -> None:
        """Add a step, or stop the derivation here.

        Args:
            name: what the step is called.
            reason: why it holds.
            shown: what it says: a term or a SymPy expression.
            equal: two terms or expressions whose difference must simplify to zero.
            given: Z3's hypotheses.
            claim: what Z3 must prove; by default that the two are equal, or, where there are
                none, what the step says.
            refuted: whether the claim is one that must be refuted instead.

        Raises:
            DerivationError: a check does not pass.
            UndecidedError: Z3 does not settle the claim.
        """
        equality = equal and (self.symbolic(equal[0]), self.symbolic(equal[1]))
        if equality and not same(*equality):
            raise DerivationError(
                f"step `{name}`: an equality that SymPy confirms",
                f"{equality[0]} and {equality[1]}",
                OTHERWISE,
            )
        hypotheses = tuple(given)
        if claim is None:
            claim = equal[0].eq(equal[1]) if equal else shown
        verdict = self._decided(claim, (*hypotheses, *self.assumed), refuted)
        if verdict.word == "unknown":
            raise UndecidedError(
                f"step `{name}`: a claim that Z3 settles",
                str(verdict),
                "Allow more seconds, or fewer layers.",
            )
        if verdict.word != ("refuted" if refuted else "proved"):
            raise DerivationError(
                f"step `{name}`: a claim that Z3 settles", str(verdict), OTHERWISE
            )
        self._add(name, reason, shown, equality, verdict, all(map(self.may_hold, hypotheses)))

    def law(
        self,
        name: str,
        reason: str,
        size: Term,
        cells: Term,
        given: Iterable[Term] = (),
    ) -> None:
        """Add the step that finds the size law in a number of cells; it stands for `O`."""
        self.step(name, reason, as_law(size), equal=(size, cells), given=given)

    def declare(self, name: str, reason: str, shown: Any) -> None:
        """Add a step that claims nothing: it says what is declared, and why no more is known."""
        self._add(name, reason, shown, None, None)

    def _add(
        self,
        name: str,
        reason: str,
        shown: Any,
        equality: tuple[Any, Any] | None,
        verdict: Verdict | None,
        valued: bool = True,
    ) -> None:
        """Add a step that is checked, with the user's numbers in it if they may be put in."""
        symbolic, short = self.symbolic(shown), shortened(shown, self.wholes)
        value = self.value(symbolic) if valued else None
        self.steps.append(Step(name, reason, shown, short, symbolic, equality, verdict, value))

    def _decided(self, claim: Term, hypotheses: tuple[Term, ...], refuted: bool) -> Verdict:
        """Decide a claim, if that helps for any value of what it has only as a whole.

        Z3 cannot do products under floors. A claim that holds for every `E` holds for the extent.
        """
        whole = [substitute(one, self.wholes) for one in (claim, *hypotheses)]
        letters = {*variables(*self.wholes.values())}
        clear = letters.isdisjoint(variables(claim, *hypotheses))
        if not refuted and clear and whole != [claim, *hypotheses]:
            verdict = prove(whole[0], whole[1:], seconds=PATIENCE)
            if verdict.proved:
                return verdict
        verdict = prove(claim, hypotheses, seconds=PATIENCE)
        if verdict.word == "unknown" and not refuted:
            example = _small_counterexample(claim, hypotheses)
            if example is not None:
                return Verdict("refuted", "integers", example)
        return verdict

    def may_hold(self, hypothesis: Term) -> bool:
        """Whether the user's numbers leave a hypothesis open or meet it."""
        known = set(variables(hypothesis)) <= set(self.numbers)
        return not known or bool(PLAIN.evaluate(hypothesis, self.numbers))

    def symbolic(self, given: Any) -> Any:
        """Return a term as a SymPy expression; other expressions as they are."""
        if not isinstance(given, Term):
            return given
        return interpret(given, SYMBOLS, {name: self.symbol(name) for name in variables(given)})

    def symbol(self, name: str) -> Any:
        """Return the SymPy symbol of a letter, of which no more is assumed than holds here."""
        return sympy.Symbol(name, integer=True) if name in self.signed else symbol(name)

    def value(self, found: Any) -> Any:
        """Return an expression with the user's numbers in it, if it has any of them."""
        numbers = {self.symbol(letter): value for letter, value in self.numbers.items()}
        if not any(one in numbers for one in getattr(found, "free_symbols", ())):
            return None
        return found.subs(numbers)


def _small_counterexample(claim: Term, hypotheses: tuple[Term, ...]) -> dict[str, int] | None:
    """Look for small numbers for which the hypotheses hold and not the claim."""
    names = variables(claim, *hypotheses)
    stated = compiled(both(*hypotheses, ~claim), names)
    greatest = max(1, int(MOST_TRIED ** (1 / max(1, len(names)))) - 1)
    for numbers in product(range(greatest + 1), repeat=len(names)):
        with suppress(ZeroDivisionError):
            if stated(*numbers):
                return dict(zip(names, numbers, strict=True))
    return None


def as_law(size: Term) -> Term:
    """State that an output size is `O`; a size that is asked for stands for itself."""
    return size if size is O else O.eq(size)


def written(statement: Any) -> str:
    """Write a term or a SymPy expression as LaTeX."""
    return notation.latex(statement) if isinstance(statement, Term) else sympy.latex(statement)


def same(left: Any, right: Any) -> bool:
    """Whether SymPy finds two expressions, or two relations, equal."""
    if left == right:
        return True
    if isinstance(left, sympy.core.relational.Relational):
        return bool(sympy.simplify(sympy.Equivalent(left, right)) == sympy.true)
    difference = (left - right).rewrite(sympy.floor)
    return bool(sympy.simplify(sympy.expand(difference)) == 0)
