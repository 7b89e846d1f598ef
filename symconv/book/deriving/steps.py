"""Steps of a derivation as they are written: what each says, why, and what checkers are asked.

Nothing is checked here. A derivation that is written is a value, so that Z3 and Coq are asked the
same (`symconv.book.derived`, `symconv.book.coq`), and it can be exported without either.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from typing import Any

import sympy

from symconv.book.deriving.shortening import Wholes, shortened
from symconv.book.statements.chapters import THEOREMS, stated
from symconv.book.statements.goals import says_nothing
from symconv.book.statements.statement import Theorem
from symconv.meanings.integers import PLAIN
from symconv.meanings.symbols import SYMBOLS, symbol
from symconv.operators.letters import O
from symconv.terms import Term, interpret, variables


@dataclass(frozen=True)
class Written:
    """One step as it is written.

    Attributes:
        name: what the step is called.
        reason: why it holds, in a sentence.
        statement: what it says: a term, as its author wrote it, or a SymPy expression.
        short: the same as it is shown, with the letters that the steps before it define.
        theorem: what it claims; nothing, where it defines or declares something.
        equality: two SymPy expressions whose difference must simplify to zero, if it has any.
        wholes: these letters, by the terms for which they stand.
        value: what it says with the user's numbers in it, if there are any.
        argued: whether the steps of the theorem stand before it, as steps of the derivation.
    """

    name: str
    reason: str
    statement: Any
    short: Any
    theorem: Theorem | None
    equality: tuple[Any, Any] | None
    wholes: Wholes
    value: Any = None
    argued: bool = False


@dataclass
class Draft:
    """A derivation that is being written, and when it is finished.

    Attributes:
        name: what is derived.
        numbers: the user's numbers, by their letters.
        signed: letters that may be negative here, though a size or a padding mostly is not.
        title: the same in words.
        says: what it is about, in a sentence.
        steps: the steps, in order.
        conclusion: what the steps arrive at: a term, as its author wrote it, or in SymPy.
        result: the part of it that people compute with, if not all of it.
        hypotheses: under which conditions it holds, by their sentences.
        source: where the law is written down.
        facts: what follows for the user's numbers.
        wholes: letters for terms, such as `E` for the extent: later steps show them, and Z3 proves
            for any value of them what has these terms only as a whole.
        named: whether laws are shown by their names, as theorems show them: where a law is not
            what is derived.
        assumed: what is required of the letters of terms that not all numbers give a value.
    """

    name: str
    numbers: Mapping[str, int] = field(default_factory=dict)
    signed: Iterable[str] = ()
    title: str = ""
    says: str = ""
    steps: list[Written] = field(default_factory=list)
    conclusion: Any = None
    result: Any = None
    hypotheses: Mapping[str, Term] = field(default_factory=dict)
    source: str = ""
    facts: dict[str, Any] = field(default_factory=dict)
    wholes: Wholes = field(default_factory=dict)
    named: bool = False
    assumed: Sequence[Term] = ()

    def step(
        self,
        name: str,
        reason: str,
        shown: Any,
        *,
        equal: tuple[Any, Any] | None = None,
        given: Iterable[Term] = (),
        claim: Term | None = None,
    ) -> None:
        """Add a step.

        Args:
            name: what the step is called.
            reason: why it holds.
            shown: what it says: a term or a SymPy expression.
            equal: two terms or expressions whose difference must simplify to zero.
            given: its hypotheses.
            claim: what must be proved; by default that the two are equal, or, where there are
                none, what the step says.
        """
        hypotheses = (*given, *self.assumed)
        if claim is None:
            claim = equal[0].eq(equal[1]) if equal else shown
        if says_nothing(claim):
            self.declare(name, reason, shown)
            return
        theorem = known(claim, hypotheses) or Theorem(
            given=hypotheses, claim=claim, name=self._lemma_name(name), says=reason
        )
        valued = all(map(self.may_hold, hypotheses))
        self._add(name, reason, shown, theorem, self._symbolic_pair(equal), valued)

    def theorem(
        self,
        name: str,
        reason: str,
        shown: Any,
        theorem: str,
        *,
        equal: tuple[Any, Any] | None = None,
        argued: bool = False,
    ) -> None:
        """Add a theorem of the book as a step.

        Args:
            name: what the step is called.
            reason: why it holds.
            shown: what it says here.
            theorem: the theorem's name.
            equal: two expressions whose difference must simplify to zero.
            argued: whether its own steps are to stand before it.
        """
        self._add(name, reason, shown, stated(theorem), self._symbolic_pair(equal), True)
        self.steps[-1] = replace(self.steps[-1], argued=argued)

    def law(
        self, name: str, reason: str, size: Term, cells: Term, given: Iterable[Term] = ()
    ) -> None:
        """Add the step that finds the size law in a number of cells; it stands for `O`."""
        self.step(name, reason, as_law(size), equal=(size, cells), given=given)

    def declare(self, name: str, reason: str, shown: Any) -> None:
        """Add a step that claims nothing: it names something, or says what is declared."""
        self._add(name, reason, shown, None, None, True)

    def _add(
        self,
        name: str,
        reason: str,
        shown: Any,
        theorem: Theorem | None,
        equality: tuple[Any, Any] | None,
        valued: bool,
    ) -> None:
        value = self.value(self.symbolic(shown)) if valued else None
        short = shortened(shown, self.wholes)
        self.steps.append(
            Written(name, reason, shown, short, theorem, equality, self.wholes, value)
        )

    def _lemma_name(self, step: str) -> str:
        """Name what a step claims, as Coq will know it: after the derivation, and one each."""
        stem = re.sub(r"\W+", "_", f"{self.name}_{step}".lower(), flags=re.ASCII)
        stem = stem if stem[0].isalpha() else f"step_{stem}"
        taken = {written.theorem.name for written in self.steps if written.theorem}
        names = (stem, *(f"{stem}_{count}" for count in range(2, len(taken) + 3)))
        return next(name for name in names if name not in taken)

    def may_hold(self, hypothesis: Term) -> bool:
        """Whether the user's numbers leave a hypothesis open or meet it."""
        given = set(variables(hypothesis)) <= set(self.numbers)
        return not given or bool(PLAIN.evaluate(hypothesis, self.numbers))

    @property
    def met(self) -> bool:
        """Whether the user's numbers meet what is given, as far as they settle it."""
        return all(map(self.may_hold, self.hypotheses.values()))

    def symbolic(self, given: Any) -> Any:
        """Return a term as a SymPy expression; other expressions as they are."""
        if not isinstance(given, Term):
            return given
        return interpret(given, SYMBOLS, {name: self.symbol(name) for name in variables(given)})

    def _symbolic_pair(self, equal: tuple[Any, Any] | None) -> tuple[Any, Any] | None:
        return equal and (self.symbolic(equal[0]), self.symbolic(equal[1]))

    def symbol(self, name: str) -> Any:
        """Return the SymPy symbol of a letter, of which no more is assumed than holds here."""
        return sympy.Symbol(name, integer=True) if name in self.signed else symbol(name)

    def value(self, expression: Any) -> Any:
        """Return an expression with the user's numbers in it, if it has any of them."""
        numbers = {self.symbol(letter): value for letter, value in self.numbers.items()}
        if not any(letter in numbers for letter in getattr(expression, "free_symbols", ())):
            return None
        return expression.subs(numbers)

    def done(
        self,
        title: str,
        conclusion: Any,
        *,
        result: Any = None,
        says: str = "",
        hypotheses: Mapping[str, Term] | None = None,
        source: str = "",
    ) -> Draft:
        """Finish the derivation: say what the steps arrive at, and return it.

        Args:
            title: what was derived, in words.
            conclusion: what the steps arrive at.
            result: the part of it that people compute with, if not all of it.
            says: what it is about, in a sentence.
            hypotheses: under which conditions it holds, by their sentences.
            source: where the law is written down.
        """
        self.title, self.says, self.source = title, says, source
        self.conclusion, self.hypotheses = conclusion, dict(hypotheses or {})
        self.result = self.symbolic(conclusion if result is None else result)
        return self


def known(claim: Term, hypotheses: Iterable[Term]) -> Theorem | None:
    """Return the theorem of the book that says just this, if there is one."""
    return _stated(tuple(THEOREMS.values())).get((claim, frozenset(hypotheses)))


@cache
def _stated(entries: tuple[Any, ...]) -> dict[tuple[Term, frozenset[Term]], Theorem]:
    return {
        (theorem.claim, frozenset(theorem.hypotheses)): theorem
        for theorem in entries
        if isinstance(theorem, Theorem) and theorem.plain and theorem.expected == "proved"
    }


def as_law(size: Term) -> Term:
    """State that an output size is `O`; a size that is asked for stands for itself."""
    return size if size is O else O.eq(size)


def is_law(statement: Any) -> bool:
    """Whether a statement says what an output size is, or one of its cases: a letter for a law."""
    if not isinstance(statement, Term) or statement.word != "eq":
        return False
    letter, law = statement.args
    named = letter.word == "variable" and re.fullmatch(r"O(\d+|_\w+)?", letter.args[0])
    return bool(named) and law.word != "variable"
