"""`derive`: a derivation with every step checked, by SymPy, Z3 and the record of Coq."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import nullcontext, suppress
from dataclasses import replace
from itertools import product
from typing import Any

import symconv.book.wording as wording
from symconv.book.asking import prove
from symconv.book.coq.record import acceptance, acceptance_of_step
from symconv.book.derivation import Derivation, stated
from symconv.book.deriving.drafts import draft_of
from symconv.book.deriving.expressions import is_algebra, same
from symconv.book.deriving.shortening import Wholes, shortened
from symconv.book.deriving.steps import Draft, Written, is_law
from symconv.book.page import Formula
from symconv.book.statements.chapters import THEOREMS
from symconv.book.statements.checking import check
from symconv.book.statements.goals import says_nothing
from symconv.book.statements.statement import Theorem
from symconv.book.steps import Step
from symconv.errors import DerivationError, UndecidedError
from symconv.meanings.integers import PLAIN, compiled
from symconv.proving import Verdict
from symconv.proving.clock import Clock, clock_of
from symconv.terms import Term, both, chosen, conjuncts, substitute, variables

PATIENCE = 10.0
"""Seconds for the proof of one step; each takes some milliseconds."""
MOST_TRIED = 100_000
"""Of small numbers, how many are tried against a claim that Z3 leaves open."""
OTHERWISE = "The law is not what this derivation derives: mend it, or write steps of its own."
"""What a failed step says of the law; that it is wrong, no step can know."""


def derive(
    of: Any,
    /,
    *,
    output: int | None = None,
    axis: int | None = None,
    timeout: float | Clock | None = None,
    **numbers: Any,
) -> Derivation:
    """Derive a law or an identity, step by step.

    Args:
        of: the name of an operator's law, as in `symconv.operators`, or `"upsampling"`,
            `"downsampling"`, `"chain"` or `"inverse"`; a layer, whose numbers are then put into
            its law; or several layers, whose output size is then derived.
        output: for layers: which inputs give this output size is derived instead, in cells.
        axis: for layers whose axes differ, which axis, from 1, as in `W1`.
        timeout: seconds for all steps; if nothing is said, as many as they take.
        numbers: numbers to put in, by letter (`W=6`) or by torch's name (`input=6`); where all
            but dilation, output padding and ceil mode are given, these are torch's defaults.

    Returns:
        The `Derivation`.

    Raises:
        RequestError: there is no such derivation, or a number is none.
        DerivationError: a step fails its check.
        UndecidedError: the time limit was reached, or Z3 does not settle a step.

    >>> derive("conv", W=6, F=3, S=2, P=1).facts["output"]
    3
    >>> derive("MaxPool2d(3, stride=2, ceil_mode=True)", W=6).facts["output"]
    3
    >>> derive("Conv2d(kernel_size=3, stride=2) -> ReLU()", output=7).facts["inputs"]
    '15 <= W <= 16'
    """
    with nullcontext() if timeout is None else clock_of(timeout).running():
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
        steps=tuple(step for written in draft.steps for step in _steps(written, draft)),
        conclusion=draft.conclusion,
        result=draft.result,
        says=draft.says,
        hypotheses=draft.hypotheses,
        source=draft.source,
        numbers=draft.numbers,
        facts=draft.facts,
        wholes=draft.wholes,
        named=draft.named,
    )


def _steps(written: Written, draft: Draft) -> Iterator[Step]:
    """Yield a step, behind those of the theorem that it is, where they belong to the derivation."""
    if not written.argued:
        yield _checked(written, draft)
        return
    proof = prove(written.theorem, timeout=PATIENCE)
    for step in proof.steps:
        expression = draft.symbolic(step.statement)
        value = draft.value(expression) if draft.met else None
        yield replace(step, expression=expression, value=value)
    yield _checked(written, draft, proof.z3.verdict if proof.z3 else None)


def _checked(written: Written, draft: Draft, known: Verdict | None = None) -> Step:
    """Have one step checked: SymPy finds its expressions equal, Z3 proves its claim.

    Args:
        written: the step.
        draft: the derivation.
        known: what Z3 says of the claim, if it was asked already.
    """
    if written.equality and not same(*written.equality):
        raise DerivationError(
            f"step `{written.name}`: an equality that SymPy confirms",
            f"{written.equality[0]} and {written.equality[1]}",
            OTHERWISE,
        )
    theorem, verdict, coq = written.theorem, None, None
    of_the_book = theorem is not None and THEOREMS.get(theorem.name) == theorem
    if theorem is not None:
        verdict = _decided(theorem, written.wholes) if known is None else known
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
        coq = acceptance(theorem.name) if of_the_book else acceptance_of_step(theorem)
    return Step(
        written.reason,
        written.statement,
        stated(written.short, draft.named),
        verdict,
        coq,
        name=written.name,
        equality=written.equality,
        theorem=theorem,
        claim=_claim(written, draft),
        given=_own(written, draft),
        of_the_book=of_the_book,
        expression=draft.symbolic(written.statement),
        value=written.value if draft.met else None,
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
    laws_found = {law.args[1]: law.args[0] for law in stated if is_law(law)}
    claim = without_the_obvious(chosen(substitute(theorem.claim, laws_found)))
    if claim is written.statement:
        return None
    stated_parts = conjuncts(shortened(claim, written.wholes))
    parts = dict.fromkeys(part for part in stated_parts if not says_nothing(part))
    laws = None if draft.named else ()
    lines = [wording.text(part, laws) for part in parts]
    return Formula("\n  and ".join(lines), wording.latex(both(*parts), laws))


def _own(written: Written, draft: Draft) -> tuple[Formula, ...]:
    """Return what a step supposes that is not given for the whole derivation."""
    above = {part for law in draft.hypotheses.values() for part in conjuncts(law)}
    supposed = written.theorem.hypotheses if written.theorem else ()
    parts = dict.fromkeys(part for law in supposed for part in conjuncts(law))
    beyond = (part for part in parts if part not in above and variables(part))
    return tuple(stated(shortened(part, written.wholes), draft.named) for part in beyond)


def without_the_obvious(claim: Term) -> Term:
    """Return a claim without those conditions on numbers alone that hold: a layer's own are many.

    >>> from symconv.terms import sizes
    >>> W, P = sizes("W P")
    >>> without_the_obvious(substitute(((P >= 0) & (W >= P)).iff(W >= 2), {P: 1}))
    iff(le(1, W), le(2, W))
    """
    if claim.word == "and":
        parts = map(without_the_obvious, conjuncts(claim))
        return both(*(part for part in parts if variables(part) or not PLAIN.evaluate(part, {})))
    if claim.word in ("iff", "or", "not"):
        return Term(claim.word, *map(without_the_obvious, claim.args))
    return claim


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
