"""How the proof of a statement is laid out: its steps with their reasons, and a page of it all."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING

import symconv.book.wording as wording
from symconv.book.evaluating import beyond, claimed, compared, letters_of, valued
from symconv.book.languages import CHINESE, ENGLISH, Language, in_language
from symconv.book.legend import letters
from symconv.book.page import Came, Formula, Line, Page, Part, Shown
from symconv.book.statements.calls import Law, length
from symconv.book.statements.calls import laws as all_laws
from symconv.book.statements.goals import Goal, Way, says_nothing
from symconv.book.statements.statement import All, Claim, Iff, Some, Theorem, terms_of
from symconv.book.statements.structural import Because, Structural
from symconv.book.statements.structures.chinese import in_chinese
from symconv.book.steps import Step
from symconv.meanings.notation import text
from symconv.proving import Verdict
from symconv.terms import Term, both, conjuncts

if TYPE_CHECKING:
    from symconv.book.proof import Proof

NUMBERS, WITH_NUMBERS, THERE, CASE = "numbers", "with the numbers", "there", "used here"
"""What stands before what a part comes to: for the user's numbers, for a counterexample; and before
instances of what is assumed."""
UNMET = "a hypothesis does not hold for these numbers: nothing is claimed"
HEADINGS: Mapping[Way, str] = {
    "": "",
    "forth": "From left to right",
    "back": "From right to left",
}
"""What stands above the steps of each direction."""


_SIDES: Mapping[Way, str] = {"forth": "left", "back": "right"}
"""From which side of an equivalence each direction starts."""


def steps_of(proof: Proof) -> tuple[Step, ...]:
    """Return the steps, with what the checkers say of each; none where the claim is the only one.

    A claim that the step before it has reached says nothing new, and is no step.
    """
    if isinstance(proof.theorem, Structural):
        return tuple(_because(proof, because) for because in proof.theorem.argument)
    passed = proof.z3.goals if proof.z3 else ()
    if len(passed) < 2:
        return ()
    steps, before = list[Step](), None
    for goal, verdict in passed:
        reached = before is not None and before.claim is goal.claim and before.way == goal.way
        if goal.kind != "instance" and not (reached and verdict.proved):
            steps.append(_step(proof, goal, verdict))
        before = goal
    return tuple(steps)


def _step(proof: Proof, goal: Goal, verdict: Verdict) -> Step:
    reason, zh = (goal.says, goal.zh) if goal.kind == "step" else _concluding(proof, goal, verdict)
    shown = both(*(part for part in conjuncts(goal.shown) if not says_nothing(part)))
    formula = Formula(proof.text(shown), proof.tex(shown))
    held = proof.coq if proof.coq and proof.coq.word == "proved" else None
    coq = held if verdict.proved else None
    return Step(reason, shown, formula, verdict, coq, way=goal.way, zh=zh)


def _because(proof: Proof, because: Because) -> Step:
    """Return a step of the argument for a structural statement: Coq's, if it names a lemma."""
    formula = Formula(because.text, because.formula)
    coq = proof.coq if because.lemma else None
    return Step(because.says, None, formula, None, coq, lemma=because.lemma, zh=because.zh)


def _concluding(proof: Proof, goal: Goal, verdict: Verdict) -> tuple[str, str]:
    """Say why the claim itself follows, in English and in Chinese."""
    if not verdict.proved:
        return "This is not proved.", "这一步没有得到证明。"
    claim = proof.theorem.claim if isinstance(proof.theorem, Theorem) else None
    end: Claim | None = claim
    if isinstance(claim, Iff):
        end = claim.left if goal.way == "back" else claim.right
    if isinstance(end, Some):
        pairs = zip(end.names, end.witness, strict=True)
        values = ", ".join(f"{text(name)} = {text(value)}" for name, value in pairs)
        return f"Take {values}.", f"取 {values}。"
    if isinstance(end, All):
        names = ", ".join(map(text, end.names))
        return f"So it holds for any {names}.", f"因此对任意 {names} 成立。"
    goals = proof.z3.goals if proof.z3 else ()
    passed = {other.kind for other, _ in goals if other.way == goal.way}
    if "step" in passed:
        return "So the claim holds.", "因此结论成立。"
    if "instance" in passed:
        return "The cases above force it.", "上面的情形就已推出它。"
    return "This follows directly.", "由此直接得出。"


def page(proof: Proof, language: Language = ENGLISH) -> Page:
    """Lay out a proof, in a language."""
    first, *others = proof.told
    claim, parts = Formula(_claim_text(proof), _claim_tex(proof)), tuple(_parts(proof, language))
    given = tuple(_given(proof))
    guide = isinstance(proof.theorem, Theorem) and "relationship" in proof.theorem.cites
    if proof.of_the_book:
        given = (*given, *letters((claim, *formulas(given, parts)), guide))
    chinese = proof.theorem.zh if language is CHINESE else ""
    laid_out = Page(
        title=proof.theorem.name,
        says=chinese or proof.theorem.says,
        given=given,
        claim=claim,
        numbers=tuple(_with_numbers(proof, language)),
        parts=parts,
        result=None,
        verdict=first,
        follows=proof.word == "proved",
        counterexample=proof.counterexample or {},
        there=tuple(_there(proof)),
        below=tuple(others),
        typeset=proof.of_the_book,
    )
    return in_language(laid_out, language)


def _parts(proof: Proof, language: Language) -> Iterator[Part]:
    steps = proof.steps
    for way, heading in HEADINGS.items():
        shown = tuple(_shown(step, language) for step in steps if step.way == way)
        if shown:
            yield Part(heading, shown, tuple(_cases(proof, way)))


def _shown(step: Step, language: Language) -> Shown:
    return step.shown._replace(reason=step.zh) if language is CHINESE and step.zh else step.shown


def _cases(proof: Proof, way: Way) -> Iterator[Line]:
    """Yield the instances of what a direction assumes that the checkers were given."""
    for goal, verdict in proof.z3.goals if proof.z3 else ():
        if goal.kind == "instance" and goal.way == way:
            formula = Formula(proof.text(goal.shown), proof.tex(goal.shown))
            values = ", ".join(f"{text(name)} = {wording.text(to)}" for name, to in goal.values)
            side = _SIDES[way]
            yield Line(
                CASE,
                f"the {side} side for {values}, which meets its condition (Z3 {verdict})",
                formula,
            )


def _given(proof: Proof) -> Iterator[Line]:
    """Yield the hypotheses: what each is called, if somebody named it, and what it comes to."""
    theorem = proof.theorem
    if isinstance(theorem, Structural):
        for hypothesis in theorem.supposed:
            yield Line("given", "", Formula(*hypothesis))
        for definition in theorem.definitions:
            yield Line("where", "", Formula(*definition))
        return
    for sentence, term in theorem.given.items():
        named = "" if sentence.startswith("hypothesis ") else sentence
        yield _line(proof, "given", term, proof.numbers)._replace(words=named)
    yield from _where(proof, theorem)


def _where(proof: Proof, theorem: Theorem) -> Iterator[Line]:
    """Yield what the names of laws stand for that the statement and its steps are written with."""
    named = dict[str, Law]()
    steps = [goal.shown for goal, _ in (proof.z3.goals if proof.z3 else ())]
    for term in (*theorem.hypotheses, *terms_of(theorem.claim), *steps):
        named |= {law.name: law for law in wording.laws_in([term], proof.laws(term))}
    shown = [law for law in all_laws() if law.shown not in theorem.letters]
    for law in sorted(named.values(), key=lambda law: -length(law.term)):
        if law.shown not in theorem.letters:
            yield Line("where", "", wording.definition(law, tuple(shown)))


def _line(proof: Proof, kind: str, term: Term, numbers: Mapping[str, int]) -> Line:
    formula = Formula(proof.text(term), proof.tex(term))
    came = valued(term, numbers)
    facts = ", ".join(map(str, came.facts)) if came and came.truth is not None else ""
    return Line(kind, "", formula, came and Came(facts, came.latex, came.said))


def formulas(given: Iterable[Line], parts: Iterable[Part]) -> Iterator[Formula]:
    """Yield the formulas of a page: those given, and those of the steps."""
    yield from (line.formula for line in given if line.formula)
    yield from (step.formula for part in parts for step in part.steps)


def _with_numbers(proof: Proof, language: Language) -> Iterator[Line]:
    """Yield what the user's numbers make of the claim, and what is missing."""
    theorem, numbers = proof.theorem, proof.numbers
    if not numbers:
        return
    written = ", ".join(f"{name} = {value}" for name, value in numbers.items())
    yield Line(NUMBERS, written)
    if isinstance(theorem, Structural):
        made = theorem.with_numbers(numbers)
        worded = in_chinese if language is CHINESE else str
        yield from (Line(WITH_NUMBERS, worded(counted), plain=True) for counted in made.lines)
        unmet, missing = bool(made.unmet), made.missing
    else:
        yield from _claimed(proof, theorem, numbers, WITH_NUMBERS)
        came = [valued(term, numbers) for term in theorem.hypotheses]
        unmet = any(hypothesis and hypothesis.truth is False for hypothesis in came)
        missing = tuple(name for name in letters_of(theorem) if name not in numbers)
    if unmet:
        yield Line("", UNMET)
    if missing:
        yield Line("", f"to put in everything, give {', '.join(missing)} too")


def _there(proof: Proof) -> Iterator[Line]:
    """Yield what each hypothesis and the claim come to for the counterexample."""
    theorem, numbers = proof.theorem, proof.counterexample
    if isinstance(theorem, Theorem) and numbers:
        for term in theorem.hypotheses:
            yield _line(proof, THERE, term, numbers)
        yield from _claimed(proof, theorem, numbers, THERE)


def _claimed(
    proof: Proof, theorem: Theorem, numbers: Mapping[str, int], kind: str
) -> Iterator[Line]:
    """Yield what the parts of a claim come to, and how the sides of an equivalence compare."""
    for came in claimed(theorem.claim, numbers):
        yield _line(proof, kind, came.term, numbers)
    sentence = compared(theorem.claim, numbers)
    yield from (
        Line(kind, told) for told in filter(None, [sentence, *beyond(theorem.claim, numbers)])
    )


def _claim_text(proof: Proof) -> str:
    """Write the claim as plain text; of several lemmas a line each."""
    if isinstance(proof.theorem, Structural):
        return "\n".join(claim.text or claim.latex for claim in proof.theorem.claims)
    return proof.statement


def _claim_tex(proof: Proof) -> str:
    """Write the claim as LaTeX."""
    if isinstance(proof.theorem, Structural):
        return proof.theorem.statement
    return wording.claim_latex(proof.theorem.claim, proof.laws(proof.theorem.claim))
