"""Z3 as a prover: given ⇒ claim over the integers, within a time limit.

Z3 looks for values that satisfy the hypotheses and not the claim; that there are none is the
proof. SMT-LIB leaves division by zero open, so the claim is first shown to divide by nothing that
may be zero. A counterexample is checked in plain integers before it is shown.
"""

from __future__ import annotations

import time
from collections.abc import Iterable, Mapping

import z3

from symconv.meanings.integers import PLAIN
from symconv.proving.clock import Clock
from symconv.proving.verdict import Verdict
from symconv.proving.z3question import MOST_DIGITS, SOON, Question
from symconv.terms import Term, both, defined, parts, variables

TIME_LIMIT = 2.0
_LONG = 10**MOST_DIGITS
TOO_LONG = f"numbers of more than {MOST_DIGITS:,} digits"
MOST_TIES = 40
"""Among counterexamples of one size, values up to this are tried in turn."""


def prove(
    claim: Term,
    given: Mapping[str, Term] | Iterable[Term] = (),
    *,
    seconds: float = TIME_LIMIT,
) -> Verdict:
    """Decide whether the hypotheses imply the claim, for all integers.

    Args:
        claim: a statement.
        given: hypotheses, perhaps under their sentences.
        seconds: the time limit; running out of it is `unknown`.

    >>> from symconv.terms import sizes
    >>> W, S = sizes("W S")
    >>> prove((W // S) * S <= W, [S >= 1]).word
    'proved'
    >>> print(prove((W // S) * S >= W, [S >= 1]))
    refuted by the smallest counterexample W = 1, S = 2
    """
    start, clock = time.monotonic(), Clock(seconds)
    hypotheses = tuple(given.values() if isinstance(given, Mapping) else given)
    names = variables(claim, *hypotheses)
    if _too_long(claim, *hypotheses):
        return Verdict("unknown", "z3", reason=TOO_LONG)
    if guards := _guards(claim, *hypotheses):
        verdict = _search(both(*guards), hypotheses, names, clock)
        if verdict.word != "proved":
            zero = "a divisor may be zero"
            reason = zero if verdict.counterexample else clock.over or zero
            if verdict.counterexample:
                values = ", ".join(f"{n} = {v}" for n, v in verdict.counterexample.items())
                reason += f", for instance with {values}"
            return Verdict("unknown", "z3", reason=reason, seconds=time.monotonic() - start)
    verdict = _search(claim, hypotheses, names, clock)
    return Verdict(
        verdict.word,
        "z3",
        verdict.counterexample,
        verdict.smallest,
        verdict.reason,
        time.monotonic() - start,
    )


def follows(claim: Term, given: Iterable[Term], clock: Clock) -> bool:
    """Whether the hypotheses imply the claim, as Z3 sees at once, on a busy machine too.

    >>> from symconv.terms import sizes
    >>> (W,) = sizes("W")
    >>> follows(W >= 1, [W >= 2], Clock(1)), follows(W >= 2, [W >= 1], Clock(1))
    (True, False)
    """
    hypotheses = tuple(given)
    if _too_long(claim, *hypotheses):
        return False
    guards = _guards(claim, *hypotheses)
    return all(
        _without_values(each, hypotheses, Question(clock, SOON)) == "unsat"
        for each in ([both(*guards), claim] if guards else [claim])
    )


def _guards(*terms: Term) -> list[Term]:
    """State that what the terms divide by is not 0."""
    nothing = both()
    return [guard for guard in map(defined, terms) if guard is not nothing]


def _without_values(claim: Term, hypotheses: tuple[Term, ...], question: Question) -> str:
    """Return `unsat` if no values meet the hypotheses and not the claim, else what Z3 says."""
    question.add(*hypotheses, ~claim)
    return question.check()


def _search(
    claim: Term, hypotheses: tuple[Term, ...], names: tuple[str, ...], clock: Clock
) -> Verdict:
    question = Question(clock)
    answer = _without_values(claim, hypotheses, question)
    if answer == "unsat":
        return Verdict("proved", "z3")
    if answer == "unknown":
        return Verdict("unknown", "z3", reason=question.why_unknown)
    if question.values_are_long(names):
        return Verdict("unknown", "z3", reason=TOO_LONG)
    example, smallest = _smallest(question, names)
    if not all(holds(given, example) for given in hypotheses) or holds(claim, example):
        return Verdict("unknown", "z3", reason=f"Z3's counterexample {example} is none")
    return Verdict("refuted", "z3", example, smallest)


def _too_long(*terms: Term) -> bool:
    """Whether there is a number of too many digits in them."""
    numbers = (part.args[0] for term in terms for part in parts(term) if part.word == "constant")
    return any(abs(number) >= _LONG for number in numbers)


def holds(statement: Term, values: Mapping[str, int]) -> bool:
    """Whether a statement is defined and true: what Z3 finds is tried before it is believed."""
    try:
        return bool(PLAIN.evaluate(statement, values))
    except ZeroDivisionError:
        return False


def _total(values: Mapping[str, int]) -> int:
    return sum(map(abs, values.values()))


def _smallest(question: Question, names: tuple[str, ...]) -> tuple[dict[str, int], bool]:
    """Go down to the least sum of absolute values, then to the least value of each name in turn."""
    least = question.values(names)
    size = z3.Sum([z3.If(v >= 0, v, -v) for v in map(question.smt_name, names)])
    certain = True
    low, high = 0, _total(least)
    while low < high:
        middle = min((low + high) // 2, 2 * low + 8)
        question.solver.push()
        question.solver.add(size <= middle)
        answer = question.check()
        if question.stopped:
            return least, False
        if answer == "sat":
            least = question.values(names)
            high = _total(least)
        else:
            low = middle + 1
            certain = certain and answer == "unsat"
        question.solver.pop()
    question.solver.add(size == high)
    for name in names:
        reach = min(abs(least[name]), MOST_TIES)
        for value in sorted(range(-reach, reach + 1), key=lambda v: (abs(v), -v)):
            if (abs(value), -value) >= (abs(least[name]), -least[name]):
                break
            question.solver.push()
            question.solver.add(question.smt_name(name) == value)
            answer = question.check()
            if question.stopped:
                return least, False
            if answer == "sat":
                least = question.values(names)
                break
            certain = certain and answer == "unsat"
            question.solver.pop()
        question.solver.add(question.smt_name(name) == least[name])
    return least, certain
