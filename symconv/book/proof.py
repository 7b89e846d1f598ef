"""A proof as people write one: hypotheses, numbered steps with reasons, and who checked them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Literal

import symconv.book.coq.own as own
import symconv.book.layout as layout
import symconv.book.paper as paper
import symconv.book.wording as wording
import symconv.book.writing as writing
from symconv.book.coq.by_hand import unlike
from symconv.book.coq.record import Acceptance
from symconv.book.evaluating import both_sides, put
from symconv.book.languages import language_of
from symconv.book.sampling import Samples, sampled
from symconv.book.statements.calls import Law, laws_called
from symconv.book.statements.calls import laws as all_laws
from symconv.book.statements.chapters import THEOREMS, Entry
from symconv.book.statements.checking import Checked
from symconv.book.statements.statement import Theorem
from symconv.book.statements.structural import Structural
from symconv.book.steps import Step
from symconv.errors import DerivationError, RequestError
from symconv.proving.clock import Clock, clock_of
from symconv.renamed import renamed
from symconv.terms import Term
from symconv.vocabulary import SCHEMA

NOBODY = "but no integers meet the hypotheses"
"""What is said of a statement that claims nothing."""
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
        vacuous: of a user's own statement that holds, whether nothing meets its hypotheses.
        coq_says: why Coq has not accepted a user's own statement that was to be put to it.
    """

    theorem: Entry
    z3: Checked | None
    coq: Acceptance | None
    numbers: Mapping[str, int] = field(default_factory=dict)
    samples: Samples | None = None
    vacuous: bool = False
    coq_says: str = ""

    def __hash__(self) -> int:
        """Few proofs are of the same theorem."""
        return hash(self.theorem)

    @property
    def word(self) -> Word:
        """The verdict: `"proved"`, `"refuted"` or `"unknown"`.

        It is Z3's, who also sees to it that nothing divides by zero, where Coq's division is
        total; of a structural statement it is Coq's.
        """
        if not self.z3:
            return "proved" if self.coq and not self.unlike else "unknown"
        word = self.z3.verdict.word
        if self.coq and {word, self.coq.word} == {"proved", "refuted"}:
            raise DerivationError(
                f"checkers that agree on {self.theorem.name}",
                f"Z3 {word}, Coq {self.coq.word}",
                "This is an error in symconv; please report it.",
            )
        return word

    @property
    def of_the_book(self) -> bool:
        """Whether the statement is one of the book's, and not a user's own."""
        return THEOREMS.get(self.theorem.name) == self.theorem

    def laws(self, term: Any) -> tuple[Law, ...] | None:
        """The laws that a part writes by their names: in what a user typed, those typed."""
        if isinstance(self.theorem, Structural) or self.of_the_book:
            return None
        typed, claim = self.theorem.typed, self.theorem.claim
        own = term in typed or (claim in typed and term in both_sides(claim))
        known = laws_called(self.theorem.called) if own else all_laws()
        return tuple(law for law in known if law.shown not in self.theorem.letters)

    def text(self, term: Term) -> str:
        """Write a part of the statement as plain text."""
        return wording.text(term, self.laws(term))

    def tex(self, term: Term) -> str:
        """Write a part of the statement as LaTeX."""
        return wording.latex(term, self.laws(term))

    @property
    def counterexample(self) -> dict[str, int] | None:
        """The smallest values for which the hypotheses hold and the claim does not."""
        numbers = self.z3.verdict.counterexample if self.z3 else None
        return None if numbers is None else dict(numbers)

    @property
    def statement(self) -> str:
        """The claim as plain text."""
        if isinstance(self.theorem, Structural):
            return self.theorem.says
        return wording.claim_text(self.theorem.claim, self.laws(self.theorem.claim))

    @property
    def unlike(self) -> dict[str, str]:
        """How a structural statement differs from the Coq file that it names; nothing if not."""
        return unlike(self.theorem) if isinstance(self.theorem, Structural) else {}

    def verify(self, samples: int = 20, seed: int = 0) -> Proof:
        """Run samples of the hypotheses on real torch layers, and count.

        Raises:
            RequestError: torch is not installed, or `samples` is no count.
        """
        if type(samples) is not int or not 1 <= samples <= 10**6:
            raise RequestError("a number of samples, from 1 on", repr(samples), "Write 20.")
        return replace(self, samples=sampled(self.theorem, samples, seed))

    def coq_text(self) -> str:
        """Write the statement with its proof, or that it does not hold, as a file for Coq.

        Raises:
            RequestError: it was proved in Coq by hand.
            UndecidedError: it is unknown, or too long to be written out.
        """
        return own.own(self.theorem, self.z3.verdict if self.z3 else None).text

    @renamed(seconds="timeout")
    def ask_coq(self, folder: str | Path, timeout: float | Clock = own.TIME_LIMIT) -> Proof:
        """Write the statement into a folder for Coq, and have Coq compile it, where it is.

        Args:
            folder: where to write it.
            timeout: seconds for Coq.

        Returns:
            The proof: `.coq` says what Coq accepted, or `.coq_says` why it did not.

        Raises:
            RequestError: it was proved in Coq by hand, or the folder cannot be written.
        """
        outcome = own.ask(
            self.theorem, self.z3.verdict if self.z3 else None, folder, clock_of(timeout)
        )
        return replace(self, coq=outcome.accepted, coq_says=outcome.says)

    def at(self, **numbers: int) -> Proof:
        """Put numbers in, by their letters or by torch's names.

        Raises:
            RequestError: a name is no letter of the statement, or a value is no integer.
        """
        if isinstance(self.theorem, Structural):
            return replace(self, numbers=self.theorem.put(numbers))
        return replace(self, numbers=put(self.theorem, numbers))

    def __repr__(self) -> str:
        """Write the proof as plain text."""
        return self.plain()

    def plain(self, language: str = "en") -> str:
        """Write the proof as plain text, in English or in Chinese (`"zh"`).

        Raises:
            RequestError: the language is another one; so do `latex` and `markdown`.
        """
        return writing.text(layout.page(self, language_of(language)))

    def latex(self, language: str = "en") -> str:
        """Write the proof as LaTeX, to put into a paper: what is proved is a proposition."""
        return paper.latex(layout.page(self, language_of(language)))

    def _repr_latex_(self) -> str:
        """Show the proof where LaTeX is set."""
        return self.latex()

    def markdown(self, language: str = "en") -> str:
        """Write the proof as Markdown with LaTeX in it."""
        return writing.markdown(layout.page(self, language_of(language)))

    def _repr_html_(self) -> str:
        """Show the proof in a notebook: the reasons stand beside the steps."""
        return writing.html(layout.page(self))

    @property
    def steps(self) -> tuple[Step, ...]:
        """The steps, each with its reason and what the checkers say of it.

        There are none where the claim itself is the only one.
        """
        return layout.steps_of(self)

    @property
    def as_declared(self) -> bool:
        """Whether both checkers say what the book declares, and no sample contradicts it.

        Of a false statement the counterexample must be the declared one, shown to be the smallest.
        """
        failed = self.samples is not None and self.samples.failed > 0
        return self.coq is not None and not failed and self.as_stated

    @property
    def as_stated(self) -> bool:
        """Whether the verdict is what the book declares, with the counterexample that it names."""
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
        coq = f"Coq {self.coq.word}" if self.coq else "Coq has not accepted it"
        run = f", {self.samples}" if self.samples else ""
        wrong = "" if self.as_stated else f", where {self.theorem.expected} is declared"
        return f"{self.word:8} {self.theorem.name} (Z3 {z3}, {coq}{run}){wrong}"

    def _given(self) -> list[str]:
        one = self.theorem
        if isinstance(one, Structural):
            return [one.given] if one.given else []
        return [self.text(term) for term in one.hypotheses]

    @property
    def told(self) -> list[str]:
        """Who checked the statement, a line each; the verdict first."""
        one, lines = self.theorem, list[str]([] if self.coq else [self.word])
        if self.z3:
            said = str(self.z3.verdict) if self.counterexample != {} else "refuted"
            lines = [f"{said}, by Z3" + (f", {NOBODY}" if self.vacuous else "")]
        if self.coq:
            names = "" if isinstance(one, Theorem) else f": {', '.join(one.lemmas)}"
            names = ": it rests on no axiom" if self.coq.file == own.FILE else names
            lines += [f"{self.coq.word}, by Coq {self.coq.version}, {self.coq.file}{names}"]
        elif self.coq_says:
            lines += [self.coq_says]
        elif self.of_the_book:
            what = "it" if isinstance(one, Theorem) else "the file"
            lines += [f"Coq has not accepted {what} as it stands now"]
        if isinstance(one, Structural):
            lines += one.comparison
            lines += [
                f"not what the Coq file says: {name} {said}" for name, said in self.unlike.items()
            ]
        if self.samples:
            lines += [str(self.samples)]
        if isinstance(one, Theorem) and one.drawn:
            lines += [f"picture: `{drawn.command}`" for drawn in one.drawn]
        if one.uses:
            lines += [f"see also: {', '.join(one.uses)}"]
        return lines + ([f"source: {one.cites}"] if one.cites else [])

    def to_dict(self) -> dict[str, Any]:
        """Return the proof as JSON has it."""
        coq = vars(self.coq) if self.coq else None
        answer = {
            "schema": SCHEMA,
            "name": self.theorem.name,
            "statement": self.statement,
            "given": self._given(),
            "numbers": dict(self.numbers),
            "verdict": self.word,
            "expected": self.theorem.expected,
            "checkers": {
                "z3": self.z3.verdict.word if self.z3 else None,
                "coq": self.coq.word if self.coq else None,
            },
            "counterexample": self.counterexample,
            "steps": [step.to_dict() for step in self.steps],
            "vacuous": self.vacuous,
            "accepted": coq,
            "samples": self.samples.to_dict() if self.samples else None,
        }
        if isinstance(self.theorem, Structural):
            answer |= self.theorem.to_dict(self.numbers)
        reason = self.z3.verdict.reason if self.z3 else ""
        reasons = {"reason": reason, "coq_says": self.coq_says}
        return answer | {key: sentence for key, sentence in reasons.items() if sentence}
