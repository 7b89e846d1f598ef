"""A step of a proof: what it says, the reason in a sentence, and who checked it.

The steps of a derivation and those of a theorem are of this one kind.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from symconv.book.coq.record import Acceptance
from symconv.book.page import Formula, Shown
from symconv.book.statements.goals import Way
from symconv.book.statements.statement import Theorem
from symconv.meanings import notation
from symconv.proving import Verdict
from symconv.terms import Term


@dataclass(frozen=True)
class Step:
    """One step.

    Attributes:
        reason: why it holds, in a sentence.
        statement: what it says: a term, as its author wrote it, or a SymPy expression.
        formula: the same as it is shown.
        verdict: what Z3 says of it; nothing, where it claims nothing.
        coq: that Coq has accepted it, if the record or a fresh run says so.
        name: what it is called, if it is.
        equality: the two SymPy expressions that were found equal, if it has any.
        theorem: what it claims, as a statement of its own, if it is one.
        claim: what the checkers were asked, where that says more than the formula.
        given: what it needs beyond what is given for all steps.
        of_the_book: whether that is a theorem of the book.
        expression: what it says in SymPy, of a derivation.
        value: the same with the user's numbers in it, if there are any.
        lemma: the lemma of a Coq file that is the step, if one is.
        way: of an equivalence, the direction to which the step belongs.
        zh: the reason in Chinese.
    """

    reason: str
    statement: Any
    formula: Formula
    verdict: Verdict | None
    coq: Acceptance | None = None
    name: str = ""
    equality: tuple[Any, Any] | None = None
    theorem: Theorem | None = None
    claim: Formula | None = None
    given: tuple[Formula, ...] = ()
    of_the_book: bool = False
    expression: Any = None
    value: Any = None
    lemma: str = ""
    way: Way = ""
    zh: str = ""

    @property
    def checks(self) -> dict[str, str]:
        """What each checker says, by its name; nothing of a step that claims nothing."""
        checks = {"SymPy": "equal"} if self.equality else {}
        if self.verdict is not None:
            checks["Z3"] = self.verdict.word
        if self.coq is not None:
            checks["Coq"] = self.theorem.expected if self.theorem else "proved"
        return checks if self.verdict is not None or self.lemma else {}

    @property
    def checked(self) -> str:
        """Say who checked the step, and what they found."""
        if self.lemma:
            return f"Coq proved, lemma {self.lemma}" if self.coq else "Coq has not accepted it"
        if self.verdict is None:
            return "by definition" if self.expression is not None else "by people"
        words = [f"{who} {word}" for who, word in self.checks.items() if who != "Z3"]
        words.insert(1 if self.equality else 0, f"Z3 {self.verdict}")
        return ", ".join(words)

    @property
    def latex(self) -> str:
        """What the step says as LaTeX, and what it comes to for the user's numbers."""
        return self.shown.latex

    @property
    def shown(self) -> Shown:
        """The step as a page has it."""
        value = None if self.value is None else formula(self.value)
        theorem = self.theorem.name if self.theorem and self.of_the_book else ""
        return Shown(
            self.name,
            self.reason,
            self.formula,
            value,
            self.claim,
            self.checked,
            theorem,
            self.given,
        )

    def to_dict(self) -> dict[str, Any]:
        """Return the step as JSON has it."""
        step: dict[str, Any] = {"name": self.name} if self.name else {}
        step |= {"reason": self.reason, "statement": self.formula.text, "latex": self.formula.latex}
        step |= {} if self.expression is None else {"expression": str(self.expression)}
        step |= {} if self.claim is None else {"claim": self.claim.text}
        if self.theorem:
            step["given"] = [notation.text(term) for term in self.theorem.hypotheses]
        step["checks"] = {who.lower(): word for who, word in self.checks.items()}
        if self.theorem and self.of_the_book:
            step["theorem"] = self.theorem.name
        return step | ({} if self.value is None else {"value": formula(self.value).text})


def formula(statement: Any) -> Formula:
    """Write a term or a SymPy expression as text and as LaTeX."""
    if isinstance(statement, Term):
        return Formula(notation.text(statement), notation.latex(statement))
    from symconv.book.deriving.expressions import latex_of, text_of

    return Formula(text_of(statement), latex_of(statement))
