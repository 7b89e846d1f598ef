"""`derive`: a derivation with every step checked, by SymPy, Z3 and the record of Coq."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from itertools import product
from typing import Any

import symconv.book.wording as wording
import symconv.book.writing as writing
from symconv.book.coq.record import acceptance, acceptance_of_step
from symconv.book.deriving.drafts import draft_of
from symconv.book.deriving.given import Given, parted, spoken_of
from symconv.book.deriving.shortening import Wholes, definitions, shortened
from symconv.book.deriving.steps import Draft, Written, is_algebra, is_law, same
from symconv.book.page import Formula, Line, Page, Part
from symconv.book.statements.chapters import THEOREMS
from symconv.book.statements.checking import check
from symconv.book.statements.statement import Theorem
from symconv.book.steps import Step, formula
from symconv.errors import DerivationError, UndecidedError
from symconv.markup import displayed
from symconv.meanings import notation
from symconv.meanings.integers import compiled
from symconv.operators.letters import O
from symconv.proving import Verdict
from symconv.terms import Term, both, conjuncts, substitute, variables
from symconv.vocabulary import SCHEMA

PATIENCE = 10.0
"""Seconds for the proof of one step; each takes some milliseconds."""
MOST_TRIED = 100_000
"""Of small numbers, how many are tried against a claim that Z3 leaves open."""
OTHERWISE = "The law is not what this derivation derives: mend it, or write steps of its own."
"""What a failed step says of the law; that it is wrong, no step can know."""


@dataclass(frozen=True)
class Derivation:
    """A derivation: its steps, each checked, and what they arrive at.

    Attributes:
        name: what was derived.
        title: the same in words.
        steps: the steps, in order.
        conclusion: what the steps arrive at: a term, as its author wrote it, or in SymPy.
        result: the same in SymPy; of a size law, its formula.
        says: what it is about, in a sentence.
        hypotheses: under which conditions it holds, by their sentences.
        source: where the law is written down.
        numbers: the user's numbers, by their letters.
        facts: what follows for these numbers.
        wholes: the letters that steps define for terms, by these terms.

    >>> from symconv import derive
    >>> derive("pixel_shuffle").result
    W*upscale_factor
    """

    name: str
    title: str
    steps: tuple[Step, ...]
    conclusion: Any
    result: Any
    says: str
    hypotheses: Mapping[str, Term]
    source: str
    numbers: Mapping[str, int]
    facts: Mapping[str, Any]
    wholes: Wholes

    @property
    def given(self) -> Given:
        """The hypotheses that play a part: those about sizes, and those about channels."""
        spoken = spoken_of([*(step.statement for step in self.steps), self.conclusion])
        return parted(self.hypotheses, spoken)

    @property
    def page(self) -> Page:
        """The derivation as it is laid out."""
        result = formula(shortened(self.conclusion, self.wholes))
        facts = [f"{name}: {value}" for name, value in self.facts.items()]
        below = [*facts, *([f"source: {self.source}"] if self.source else [])]
        return Page(
            title=self.title,
            says=self.says,
            given=tuple(self._given()),
            claim=None,
            numbers=(),
            parts=(Part("", tuple(step.shown for step in self.steps)),),
            notes=(),
            result=result,
            verdict="",
            follows=True,
            counterexample={},
            there=(),
            below=tuple(below),
        )

    def _given(self) -> list[Line]:
        """Return what is assumed, each with its words; channels last, then what letters mean."""
        given = self.given
        kinds = (("given", given.of_sizes), ("given, of channels", given.of_channels))
        lines = [
            Line(kind, sentence, formula(shortened(law, self.wholes)))
            for kind, laws in kinds
            for sentence, law in laws.items()
        ]
        return [*lines, *(Line("where", "", formula(told)) for told in definitions(self.wholes))]

    def __repr__(self) -> str:
        """Write the derivation as plain text."""
        return writing.text(self.page)

    def latex(self) -> str:
        """Write the derivation as LaTeX, one aligned line a hypothesis, a step and the result."""
        return writing.latex(self.page)

    def _repr_latex_(self) -> str:
        """Show the derivation where LaTeX is set."""
        return displayed(self.latex())

    def markdown(self) -> str:
        """Write the derivation as Markdown with LaTeX in it, to paste into documentation."""
        return writing.markdown(self.page)

    def _repr_markdown_(self) -> str:
        """Show the derivation in a notebook that prefers Markdown."""
        return self.markdown()

    def _repr_html_(self) -> str:
        """Show the derivation in a notebook: the reasons stand beside the steps."""
        return writing.html(self.page)

    def to_dict(self) -> dict[str, Any]:
        """Return the derivation as JSON has it."""
        given = self.given.of_sizes | self.given.of_channels
        return {
            "schema": SCHEMA,
            "derivation": self.name,
            "title": self.title,
            "result": str(self.result),
            "hypotheses": {sentence: notation.text(law) for sentence, law in given.items()},
            "numbers": dict(self.numbers),
            "facts": dict(self.facts),
            "steps": [step.to_dict() for step in self.steps],
            "source": self.source,
        }


def derive(
    of: Any, /, *, output: int | None = None, axis: int | None = None, **numbers: Any
) -> Derivation:
    """Derive a law or an identity, step by step.

    Args:
        of: the name of an operator's law, as in `symconv.operators`, or `"upsampling"`,
            `"downsampling"`, `"chain"` or `"inverse"`; a layer, whose numbers are then put into
            its law; or several layers, whose output size is then derived.
        output: for layers: which inputs give this output size is derived instead, in cells.
        axis: for layers whose axes differ, which axis, from 0.
        numbers: numbers to put in, by letter (`W=6`) or by torch's name (`input=6`); where all
            but dilation, output padding and ceil mode are given, these are torch's defaults.

    Returns:
        The `Derivation`.

    Raises:
        RequestError: there is no such derivation, or a number is none.
        DerivationError: a step fails its check.

    >>> derive("conv", W=6, F=3, S=2, P=1).facts["output"]
    3
    >>> derive("MaxPool2d(3, stride=2, ceil_mode=True)", W=6).facts["output"]
    3
    >>> derive("Conv2d(kernel_size=3, stride=2) -> ReLU()", output=7).facts["inputs"]
    '15 <= W <= 16'
    """
    return checked(draft_of(of, output=output, axis=axis, **numbers))


def checked(draft: Draft) -> Derivation:
    """Have every step of a derivation checked.

    Raises:
        DerivationError: a step fails its check, so the law is not what is derived.
        UndecidedError: Z3 does not settle a step.
    """
    return Derivation(
        name=draft.name,
        title=draft.title,
        steps=tuple(_checked(written, draft) for written in draft.steps),
        conclusion=draft.conclusion,
        result=draft.result,
        says=draft.says,
        hypotheses=draft.hypotheses,
        source=draft.source,
        numbers=draft.numbers,
        facts=draft.facts,
        wholes=draft.wholes,
    )


def _checked(written: Written, draft: Draft) -> Step:
    """Have one step checked: SymPy finds its expressions equal, Z3 proves its claim."""
    if written.equality and not same(*written.equality):
        raise DerivationError(
            f"step `{written.name}`: an equality that SymPy confirms",
            f"{written.equality[0]} and {written.equality[1]}",
            OTHERWISE,
        )
    theorem, verdict, coq = written.theorem, None, None
    own = theorem is not None and THEOREMS.get(theorem.name) == theorem
    if theorem is not None:
        verdict = _decided(theorem, written.wholes)
        if verdict.word == "unknown":
            raise UndecidedError(
                f"step `{written.name}`: a claim that Z3 settles",
                str(verdict),
                "Allow more seconds, or fewer layers.",
            )
        if verdict.word != theorem.expected:
            raise DerivationError(
                f"step `{written.name}`: a claim that Z3 settles", str(verdict), OTHERWISE
            )
        coq = acceptance(theorem.name) if own else acceptance_of_step(theorem)
    return Step(
        written.reason,
        written.statement,
        formula(written.short),
        verdict,
        coq,
        name=written.name,
        equality=written.equality,
        theorem=theorem,
        claim=_claim(written, draft),
        of_the_book=own,
        expression=draft.symbolic(written.statement),
        value=written.value,
    )


def _claim(written: Written, draft: Draft) -> Formula | None:
    """Return what the checkers are asked, where that is more than the step says, or algebra.

    From the step on that finds the size, it is shown as `O`.
    """
    theorem = written.theorem
    if theorem is None or theorem.claim is written.statement:
        return None
    if not theorem.plain:
        return Formula(wording.claim_text(theorem.claim), wording.claim_latex(theorem.claim))
    if is_algebra(theorem.claim):
        return None
    statements = [step.statement for step in draft.steps]
    stated = [written.statement]
    if draft.conclusion in statements[: statements.index(written.statement)]:
        stated.append(draft.conclusion)
    claim = substitute(theorem.claim, {law.args[1]: O for law in stated if is_law(law)})
    parts = dict.fromkeys(conjuncts(shortened(claim, written.wholes)))
    lines = [wording.text(part, ()) for part in parts]
    return Formula("\n  and ".join(lines), wording.latex(both(*parts), ()))


def _decided(theorem: Theorem, wholes: Wholes) -> Verdict:
    """Decide what a step claims, if that helps for any value of what it has only as a whole.

    Z3 cannot do products under floors. A claim that holds for every `E` holds for the extent.
    """
    if theorem.plain and (general := _generalized(theorem, wholes)) is not None:
        verdict = check(general, seconds=PATIENCE).verdict
        if verdict.proved:
            return verdict
    verdict = check(theorem, seconds=PATIENCE).verdict
    if verdict.word == "unknown" and theorem.plain and theorem.expected == "proved":
        example = _small_counterexample(theorem)
        if example is not None:
            return Verdict("refuted", "integers", example)
    return verdict


def _generalized(theorem: Theorem, wholes: Wholes) -> Theorem | None:
    """Return a claim for any values of the letters of wholes, if it has these only as wholes."""
    terms = (theorem.claim, *theorem.hypotheses)
    general = [substitute(term, wholes) for term in terms]
    letters = {*variables(*wholes.values())}
    if general == [*terms] or not letters.isdisjoint(variables(*terms)):
        return None
    return replace(theorem, claim=general[0], given=general[1:])


def _small_counterexample(theorem: Theorem) -> dict[str, int] | None:
    """Look for small numbers for which the hypotheses hold and not the claim."""
    names = variables(theorem.claim, *theorem.hypotheses)
    stated = compiled(both(*theorem.hypotheses, ~theorem.claim), names)
    greatest = max(1, int(MOST_TRIED ** (1 / max(1, len(names)))) - 1)
    for numbers in product(range(greatest + 1), repeat=len(names)):
        with suppress(ZeroDivisionError):
            if stated(*numbers):
                return dict(zip(names, numbers, strict=True))
    return None
