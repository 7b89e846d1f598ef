"""How a proof is written: text, LaTeX, Markdown and HTML say the same thing.

Only what is proved follows from what stands before it. A refuted claim stands with the numbers for
which it fails, and with what each part of the statement comes to there.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING, NamedTuple

import symconv.book.wording as wording
from symconv import markup
from symconv.book.evaluating import Valued, claimed, compared, letters_of, valued
from symconv.book.statements.statement import Theorem
from symconv.book.statements.structural import Structural
from symconv.terms import Term

if TYPE_CHECKING:
    from symconv.book.proof import Proof

WITH_NUMBERS, THERE = "with the numbers", "there"
"""What stands before what a part comes to: for the user's numbers, for a counterexample."""
UNMET = "a hypothesis does not hold for these numbers: nothing is claimed"
NOBODY = "but no integers meet the hypotheses"
"""What is said of a statement that claims nothing, or nothing of these numbers."""


class Said(NamedTuple):
    """A line about numbers: a condition and what it comes to, or a sentence.

    Attributes:
        before: for which numbers it is so.
        came: the condition with its numbers, if the line is about one.
        sentence: the line, if it is not.
    """

    before: str
    came: Valued | None
    sentence: str = ""


def _with_numbers(proof: Proof) -> Iterator[Said]:
    """Yield what the user's numbers make of the claim, and what is missing."""
    theorem, numbers = proof.theorem, proof.numbers
    if not numbers:
        return
    if isinstance(theorem, Structural):
        made = theorem.with_numbers(numbers)
        yield from (Said(WITH_NUMBERS, None, line) for line in made.lines)
        unmet, missing = bool(made.unmet), made.missing
    else:
        yield from _claimed(theorem, numbers, WITH_NUMBERS)
        came = [valued(term, numbers) for term in theorem.hypotheses]
        unmet = any(hypothesis and hypothesis.truth is False for hypothesis in came)
        missing = tuple(name for name in letters_of(theorem) if name not in numbers)
    if unmet:
        yield Said("", None, UNMET)
    if missing:
        yield Said("", None, f"to put in everything, give {', '.join(missing)} too")


def _there(proof: Proof) -> Iterator[Said]:
    """Yield what each hypothesis and the claim come to for the counterexample."""
    theorem, numbers = proof.theorem, proof.counterexample
    if isinstance(theorem, Theorem) and numbers:
        for term in theorem.hypotheses:
            yield Said(THERE, valued(term, numbers))
        yield from _claimed(theorem, numbers, THERE)


def _claimed(theorem: Theorem, numbers: Mapping[str, int], before: str) -> Iterator[Said]:
    """Yield what the parts of a claim come to, and how the sides of an equivalence compare."""
    for came in claimed(theorem.claim, numbers):
        yield Said(before, came)
    if sentence := compared(theorem.claim, numbers):
        yield Said(before, None, sentence)


def _given(proof: Proof, theorem: Theorem) -> Iterator[tuple[str, Term, Valued | None]]:
    """Yield the hypotheses: what each is called, if somebody named it, and what it comes to."""
    for sentence, term in theorem.given.items():
        named = "" if sentence.startswith("hypothesis ") else f"{sentence}: "
        yield named, term, valued(term, proof.numbers)


def _claim_tex(proof: Proof) -> str:
    """Write the claim as LaTeX."""
    if isinstance(proof.theorem, Structural):
        return proof.theorem.statement
    return wording.claim_latex(proof.theorem.claim, proof.laws(proof.theorem.claim))


def _tex(proof: Proof, term: Term, came: Valued | None) -> str:
    """Write a condition as LaTeX, and what it comes to, if there are numbers."""
    shown = proof.tex(term)
    return rf"{shown} \;\leadsto\; {came.latex}" if came and came.latex else shown


def text(proof: Proof) -> str:
    """Write a proof as plain text."""
    theorem = proof.theorem
    lines = [theorem.name, *([theorem.says] if theorem.says else []), ""]
    if isinstance(theorem, Theorem):
        for named, term, came in _given(proof, theorem):
            lines.append(f"given  {named}{proof.text(term)}" + (f"   {came}" if came else ""))
        lines += ["claim  " + proof.statement.replace("\n", "\n       "), ""]
    else:
        lines += [f"given  {theorem.given}"] if theorem.given else []
        lines += [*theorem.lines, ""]
    lines += [*(_line(proof, said, ": ") for said in _with_numbers(proof)), ""]
    for count, (goal, verdict) in enumerate(proof.steps, 1):
        lines += [f"{count}. {goal.says}", f"   {proof.text(goal.shown)}", f"   Z3: {verdict}"]
    there = [_line(proof, said, "  ") for said in _there(proof)]
    lines += ["", *proof.told[:1], *there, *proof.told[1:]]
    return re.sub("\n{3,}", "\n\n", "\n".join(lines))


def _line(proof: Proof, said: Said, between: str) -> str:
    """Write what is said of numbers as plain text."""
    shown = f"{proof.text(said.came.term)}   {said.came}" if said.came else said.sentence
    return f"{said.before}{between}{shown}" if said.before else shown


def latex(proof: Proof) -> str:
    """Write a statement and its steps as LaTeX, an aligned line each."""
    theorem = proof.theorem
    if isinstance(theorem, Structural):
        rows = [_row(proof, said) for said in _with_numbers(proof)]
        claim = (theorem.statement, proof.told[0])
        return markup.aligned([*rows, claim]) if rows else theorem.statement
    rows = [
        (_tex(proof, term, came), f"given{f': {came.said}' if came else ''}")
        for _, term, came in _given(proof, theorem)
    ]
    rows += [_row(proof, said) for said in _with_numbers(proof)]
    rows += [(proof.tex(goal.shown), f"{goal.says}: Z3 {said}") for goal, said in proof.steps]
    verdict = ", ".join([proof.told[0], *([NOBODY] if proof.vacuous else [])])
    claim = (_claim_tex(proof), verdict)
    if proof.word == "proved":
        return markup.aligned(rows, claim)
    return markup.aligned([*rows, claim, *(_row(proof, said) for said in _there(proof))])


def _row(proof: Proof, said: Said) -> markup.Row:
    """Return what is said of numbers as a formula and words."""
    if said.came is None:
        return "", ": ".join(filter(None, [said.before, said.sentence]))
    return _tex(proof, said.came.term, said.came), f"{said.before}: {said.came.said}"


def markdown(proof: Proof) -> str:
    """Write a proof as Markdown with LaTeX in it."""
    theorem = proof.theorem
    lines = [f"## {theorem.name}", "", *([theorem.says, ""] if theorem.says else [])]
    lines += [*(f"* {line}" for line in _hypotheses(proof, _DOLLARS)), ""]
    lines += [f"$${_claim_tex(proof)}$$", ""]
    lines += [*(f"* {_sentence(proof, said, _DOLLARS)}" for said in _with_numbers(proof)), ""]
    for count, (goal, verdict) in enumerate(proof.steps, 1):
        lines += [f"{count}. {goal.says}", "", f"   $${proof.tex(goal.shown)}$$", ""]
        lines += [f"   Z3: {verdict}", ""]
    there = [_sentence(proof, said, _DOLLARS) for said in _there(proof)]
    lines += [f"* {line}" for line in (*proof.told[:1], *there, *proof.told[1:])]
    return re.sub("\n{3,}", "\n\n", "\n".join(lines)) + "\n"


class _Form(NamedTuple):
    """How a kind of document writes LaTeX and words within a line."""

    formula: Callable[[str], str]
    words: Callable[[str], str]


_DOLLARS = _Form("${}$".format, str)
_HTML = _Form(markup.inline, markup.words)


def _hypotheses(proof: Proof, form: _Form) -> Iterator[str]:
    """Yield the hypotheses, each in a line."""
    if isinstance(proof.theorem, Structural):
        yield from filter(None, [form.words(proof.theorem.given)])
        return
    for named, term, came in _given(proof, proof.theorem):
        beside = f": {came.said}" if came else ""
        yield f"{form.words(named)}{form.formula(_tex(proof, term, came))}{beside}"


def _sentence(proof: Proof, said: Said, form: _Form) -> str:
    """Write what is said of numbers in a line."""
    if said.came is None:
        return ": ".join(filter(None, [said.before, form.words(said.sentence)]))
    shown = form.formula(_tex(proof, said.came.term, said.came))
    return f"{said.before}: {shown}: {said.came.said}"


def html(proof: Proof) -> str:
    """Write a proof as HTML: a table with the reasons beside the steps."""
    rows = (
        (
            f"{count}.",
            markup.inline(proof.tex(goal.shown)),
            markup.beside(
                f"{markup.words(goal.says)}<br><small>Z3: {markup.words(str(verdict))}</small>"
            ),
        )
        for count, (goal, verdict) in enumerate(proof.steps, 1)
    )
    return "".join(
        [
            markup.heading(proof.theorem.name, proof.theorem.says),
            markup.listed(_hypotheses(proof, _HTML)),
            f"<p><b>claim:</b> {markup.inline(_claim_tex(proof))}</p>",
            markup.listed(_sentence(proof, said, _HTML) for said in _with_numbers(proof)),
            markup.table(rows),
            f"<p><b>{markup.words(proof.told[0])}</b></p>",
            markup.numbers(proof.counterexample or {}),
            markup.listed(_sentence(proof, said, _HTML) for said in _there(proof)),
            markup.listed(map(markup.words, proof.told[1:])),
        ]
    )
