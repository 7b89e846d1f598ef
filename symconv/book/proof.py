"""A proof as people write one: hypotheses, numbered steps with reasons, and who checked them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Literal

from symconv.book import wording
from symconv.book.sampling import Samples, sampled
from symconv.coq.record import Acceptance
from symconv.errors import DerivationError, RequestError
from symconv.meanings.integers import compiled
from symconv.proving import Verdict
from symconv.statements.chapters import Entry
from symconv.statements.checking import Checked
from symconv.statements.goals import Goal
from symconv.statements.statement import Theorem, terms_of
from symconv.statements.structural import Structural
from symconv.terms import Term, constant, substitute, variable, variables

Word = Literal["proved", "refuted", "unknown"]


@dataclass(frozen=True)
class Proof:
    """What the checkers say of a statement.

    Attributes:
        theorem: the statement.
        z3: what Z3 says of it and of its goals; nothing of a structural statement.
        coq: that Coq accepted it as it stands, if the record or a fresh run says so.
        numbers: the user's numbers, by letters.
        samples: how samples came out on torch, if they were run.
    """

    theorem: Entry
    z3: Checked | None
    coq: Acceptance | None
    numbers: Mapping[str, int] = field(default_factory=dict)
    samples: Samples | None = None

    @property
    def word(self) -> Word:
        """The verdict: `"proved"`, `"refuted"` or `"unknown"`."""
        by_coq = self.theorem.expected if self.coq else "unknown"
        by_z3 = self.z3.verdict.word if self.z3 else "unknown"
        if {by_coq, by_z3} == {"proved", "refuted"}:
            raise DerivationError(
                f"checkers that agree on {self.theorem.name}",
                f"Z3 {by_z3}, Coq {by_coq}",
                "This is an error in symconv; please report it.",
            )
        found: Word = by_z3 if by_z3 != "unknown" else by_coq  # type: ignore[assignment]
        return found

    @property
    def counterexample(self) -> dict[str, int] | None:
        """The smallest values for which the hypotheses hold and the claim does not."""
        found = self.z3.verdict.counterexample if self.z3 else None
        return None if found is None else dict(found)

    @property
    def statement(self) -> str:
        """The claim as plain text."""
        if isinstance(self.theorem, Structural):
            return self.theorem.statement
        return wording.claim_text(self.theorem.claim)

    def verify(self, samples: int = 20, seed: int = 0) -> Proof:
        """Run samples of the hypotheses on real torch layers, and count.

        Raises:
            RequestError: torch is not installed.
        """
        return replace(self, samples=sampled(self.theorem, samples, seed))

    def at(self, **numbers: int) -> Proof:
        """Put numbers in.

        Raises:
            RequestError: a name is no letter of the statement, or a value is no integer.
        """
        letters = () if isinstance(self.theorem, Structural) else _letters(self.theorem)
        for name, value in numbers.items():
            if name not in letters or isinstance(value, bool) or not isinstance(value, int):
                raise RequestError(
                    f"integers for the letters of {self.theorem.name}",
                    f"{name} = {value!r}",
                    f"Its letters: {', '.join(letters) or 'none'}.",
                )
        return replace(self, numbers=dict(numbers))

    def __repr__(self) -> str:
        """Write the proof as plain text."""
        one = self.theorem
        lines = [one.name, *([one.says] if one.says else []), ""]
        if isinstance(one, Theorem):
            lines += [
                f"given  {_labelled(sentence)}{wording.text(term)}{self._value(term)}"
                for sentence, term in one.given.items()
            ]
            lines += ["claim  " + self.statement.replace("\n", "\n       "), ""]
            lines += [*(f"with the numbers: {text}" for text in self._valued()), ""]
        else:
            lines += ["claim  " + self.statement, ""]
        for count, (goal, said) in enumerate(self.steps, 1):
            lines += [f"{count}. {goal.says}", f"   {wording.text(goal.shown)}"]
            lines += [f"   Z3: {said}"]
        return re.sub("\n{3,}", "\n\n", "\n".join([*lines, "", *self.told]))

    @property
    def steps(self) -> tuple[tuple[Goal, Verdict], ...]:
        """The steps with what Z3 said of each; none where the claim itself is the only one."""
        found = self.z3.goals if self.z3 else ()
        return found if len(found) > 1 else ()

    @property
    def as_declared(self) -> bool:
        """Whether the verdict is the one that the book declares, and no sample contradicts it.

        Of a false statement the counterexample must be the declared one, shown to be the smallest.
        """
        if self.samples and self.samples.failed:
            return False
        example = getattr(self.theorem, "counterexample", {})
        return self.word == self.theorem.expected and (
            self.word != "refuted"
            or not self.z3
            or (self.counterexample == dict(example) and self.z3.verdict.smallest)
        )

    @property
    def line(self) -> str:
        """The verdict in one line."""
        z3 = self.z3.verdict.word if self.z3 else "has no say"
        coq = f"Coq {self.theorem.expected}" if self.coq else "Coq has not accepted it"
        run = f", {self.samples}" if self.samples else ""
        wrong = "" if self.as_declared else f", where {self.theorem.expected} is declared"
        return f"{self.word:8} {self.theorem.name} (Z3 {z3}, {coq}{run}){wrong}"

    @property
    def told(self) -> list[str]:
        """Who checked the statement, a line each; the verdict first."""
        one, lines = self.theorem, list[str]([self.word])
        if self.z3:
            lines = [f"{self.z3.verdict}, by Z3"]
        if self.coq:
            lines += [f"{one.expected}, by Coq {self.coq.version}: {self.coq.file}"]
        elif isinstance(one, Structural):
            lines += ["Coq has not accepted the file as it stands now"]
        if self.samples:
            lines += [str(self.samples)]
        if one.uses:
            lines += [f"see also: {', '.join(one.uses)}"]
        return lines + ([f"source: {one.cites}"] if one.cites else [])

    def _valued(self) -> list[str]:
        terms = terms_of(self.theorem.claim) if isinstance(self.theorem, Theorem) else ()
        return [f"{wording.text(term)}{value}" for term in terms if (value := self._value(term))]

    def _value(self, term: Term) -> str:
        """Say what a statement comes to for the user's numbers, if they are all there."""
        if not self.numbers or not set(variables(term)) <= set(self.numbers):
            return ""
        chosen = {variable(name): constant(value) for name, value in self.numbers.items()}
        try:
            truth = compiled(substitute(term, chosen), ())()
        except ZeroDivisionError:
            return "   [a division by zero]"
        return f"   [{'true' if truth else 'false'}]"

    def latex(self) -> str:
        """Write the statement and the steps as LaTeX, one aligned line each."""
        one = self.theorem
        if isinstance(one, Structural):
            return one.statement
        rows = [rf"& {wording.latex(term)} && \text{{given}}" for term in one.hypotheses]
        rows += [
            rf"& {wording.latex(goal.shown)} && \text{{{_plain(goal)}: Z3 {said.word}}}"
            for goal, said in (self.z3.goals if self.z3 else ())
        ]
        rows += [rf"\therefore\ & {wording.claim_latex(one.claim)} && \text{{{self.word}}}"]
        return "\\begin{aligned}\n" + " \\\\\n".join(rows) + "\n\\end{aligned}"

    def _repr_latex_(self) -> str:
        """Show the proof in a notebook."""
        return f"$$\n{self.latex()}\n$$"

    def markdown(self) -> str:
        """Write the proof as Markdown with LaTeX in it."""
        one = self.theorem
        lines = [f"## {one.name}", "", *([one.says, ""] if one.says else [])]
        if isinstance(one, Theorem):
            lines += [
                f"* {_labelled(sentence)}${wording.latex(term)}$"
                for sentence, term in one.given.items()
            ]
            lines += ["", f"$${wording.claim_latex(one.claim)}$$", ""]
        else:
            lines += [f"$${one.statement}$$", ""]
        for count, (goal, said) in enumerate(self.steps, 1):
            lines += [f"{count}. {goal.says}", "", f"   $${wording.latex(goal.shown)}$$", ""]
            lines += [f"   Z3: {said}", ""]
        return "\n".join([*lines, *(f"* {line}" for line in self.told)]) + "\n"

    def to_dict(self) -> dict[str, Any]:
        """Return the proof as JSON has it."""
        steps = [
            {"says": goal.says, "claim": wording.text(goal.shown), "z3": said.word}
            for goal, said in (self.z3.goals if self.z3 else ())
        ]
        coq = vars(self.coq) if self.coq else None
        found = {
            "schema": "symconv/1",
            "name": self.theorem.name,
            "statement": self.statement,
            "verdict": self.word,
            "expected": self.theorem.expected,
            "checkers": {
                "z3": self.z3.verdict.word if self.z3 else None,
                "coq": self.theorem.expected if self.coq else None,
            },
            "counterexample": self.counterexample,
            "steps": steps,
            "accepted": coq,
            "samples": self.samples.to_dict() if self.samples else None,
        }
        reason = self.z3.verdict.reason if self.z3 else ""
        return found | ({"reason": reason} if reason else {})


def _letters(theorem: Theorem) -> tuple[str, ...]:
    """Return every letter of a statement, those too that it binds."""
    return variables(*terms_of(theorem.claim), *theorem.hypotheses)


def _labelled(sentence: str) -> str:
    return "" if sentence.startswith("hypothesis ") else f"{sentence}: "


def _plain(goal: Goal) -> str:
    return goal.says.replace("_", r"\_").replace("%", r"\%")
