"""The families of a problem: constraints in their domains, and the proof that they are all."""

from __future__ import annotations

from collections.abc import Mapping

from symconv.families import Family
from symconv.meanings.normal import NORMAL, Floor
from symconv.meanings.notation import text
from symconv.meanings.symbols import tidy
from symconv.operators.letters import W
from symconv.proving import Clock, Verdict, follows, holding, prove_by_parity
from symconv.rules.closing import Closed
from symconv.solving.closed import families_in
from symconv.solving.problem import Problem
from symconv.terms import (
    Term,
    both,
    conjuncts,
    constant,
    defined,
    either,
    parts,
    substitute,
    variable,
    variables,
)

Letters = Mapping[str, Term]
PROOF_LIMIT = 2.0
"""Seconds for the proof that the families are all, within the search's own limit."""


def families_of(problem: Problem, clock: Clock) -> tuple[Family, ...]:
    """Return the families, constraints in their domains, and the proof that they are all."""
    forms = families_in(problem)
    complete = _complete(problem, forms, clock)
    families = (_family(problem, form, complete, clock) for form in forms)
    return tuple(family for family in families if family is not None)


def _family(problem: Problem, form: Closed, complete: Verdict, clock: Clock) -> Family | None:
    """Return a form with what its domain leaves open of the sentences; nothing if it is empty."""
    inside = {variable(letter): term for letter, term in form.letters.items()}
    narrowed: list[Term] = []
    for sentence in problem.sentences:
        there = substitute(sentence.term, inside)
        for needed in conjuncts(defined(there) & there):
            if not follows(needed, [form.domain, *narrowed], clock):
                narrowed += conjuncts(_short(needed, clock))
    domain = both(
        *_needed([*conjuncts(form.domain), *narrowed], clock) if narrowed else [form.domain]
    )
    if follows(~(defined(domain) & domain), [], clock):
        return None
    own = {letter: form.letters[letter] for letter in problem.letters}
    letters, domain = _stepped(*_settled(own, domain, clock))
    names = variables(*letters.values(), domain)
    order = sorted(names, key=lambda name: (name not in ("k", "t"), name))
    return Family(letters, tuple(order), domain, complete)


def _needed(conditions: list[Term], clock: Clock) -> list[Term]:
    """Leave out what others about the same letters say: of `k >= 1` and `k >= 2` the first."""
    for condition in sorted(conditions, key=lambda each: -len(text(each))):
        others = [other for other in conditions if other is not condition]
        near = [other for other in others if {*variables(other)} <= {*variables(condition)}]
        if near and follows(condition, near, clock):
            conditions = others
    return conditions


def _settled(letters: Letters, domain: Term, clock: Clock) -> tuple[Letters, Term]:
    """Put numbers into it that equations say, or bounds: with `3 - 2*P == 1`, `P` is 1."""
    for name in variables(*letters.values(), domain):
        own = [part for part in conjuncts(domain) if variables(part) == (name,)]
        equations = (part for part in own if part.word == "eq")
        roots = [number for part in equations if (number := _root(part)) is not None]
        for number in roots or _only(variable(name), own, clock):
            point = {variable(name): constant(number)}
            letters = _put_in(letters, point)
            domain = both(*(tidy(substitute(part, point)) for part in conjuncts(domain)))
    return letters, domain


def _only(letter: Term, bounds: list[Term], clock: Clock) -> list[int]:
    """Return the one number that some bounds leave, if there is just one and none is below 0."""
    beyond = holding(substitute(both(*bounds), {letter: W - 1})) if bounds else None
    if beyond is None or beyond.endless or len(beyond) != 1:
        return []
    return [size - 1 for size in beyond] if follows(letter >= 0, bounds, clock) else []


def _root(equation: Term) -> int | None:
    """Return the one integer for which a linear equation holds, if it has one letter."""
    lacks = NORMAL.evaluate(
        equation.args[0] - equation.args[1],
        {name: Floor(1, 0, 1, variable(name)) for name in variables(equation)},
    )
    alone = len(variables(equation)) == 1 and lacks.x is variable(*variables(equation))
    return -lacks.b // lacks.a if alone and lacks.s == 1 and lacks.b % lacks.a == 0 else None


def _stepped(letters: Letters, domain: Term) -> tuple[Letters, Term]:
    """Put congruences of one parameter into it: with `t % 3 == 2`, `2*t` is `6*t + 4`."""
    for name in variables(*letters.values(), domain):
        letters, domain = _stepped_by(variable(name), letters, domain)
    return letters, domain


def _stepped_by(parameter: Term, letters: Letters, domain: Term) -> tuple[Letters, Term]:
    """Put what congruences say of a parameter from its least value on into it; bounds stay."""
    own = [part for part in conjuncts(domain) if {*variables(part)} == {*variables(parameter)}]
    congruences = [part for part in own if any(inner.word == "mod" for inner in parts(part))]
    least = [part for part in own if part in (parameter >= 0, parameter >= 1)]
    if not congruences or not least:
        return letters, domain
    values = holding(substitute(both(*congruences, *least), {parameter: W - 1}))
    if values is None or not values.endless:
        return letters, domain
    form = values.to_dict()
    if len(form["residues"]) != 1 or form["also"]:
        return letters, domain
    point = {parameter: form["period"] * parameter + (form["start"] - 1)}
    stepped = [part for part in conjuncts(domain) if part not in (*congruences, *least)]
    bounds = (tidy(substitute(part, point)) for part in stepped)
    return _put_in(letters, point), both(parameter >= 0, *bounds)


def _put_in(letters: Letters, point: Mapping[Term, Term]) -> Letters:
    return {letter: tidy(substitute(term, point)) for letter, term in letters.items()}


def _short(condition: Term, clock: Clock) -> Term:
    """Return a condition as SymPy writes it, if that is shorter and Z3 proves it the same."""
    short = tidy(condition)
    if len(text(short)) >= len(text(condition)):
        return condition
    return short if follows(short.iff(condition), [], clock) else condition


def _complete(problem: Problem, forms: list[Closed], clock: Clock) -> Verdict:
    """Prove that every setting that meets the rule is in one of the families."""
    given = [sentence.term for sentence in problem.sentences if sentence.kind != "condition"]
    given += [variable(letter).eq(value) for letter, value in problem.fixed.items()]
    seconds = min(PROOF_LIMIT, clock.left)
    return prove_by_parity(
        either(*(form.member for form in forms)), given, ("D", "F"), seconds=seconds
    )
