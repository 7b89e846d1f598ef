"""`family`: the solutions of a rule in closed form, with the padding as parameter `t`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import sympy

from symconv.deriving.laws import law
from symconv.deriving.rules import Rule, hypotheses
from symconv.errors import RequestError, shown
from symconv.families import Family
from symconv.meanings.symbols import symbol, term_of
from symconv.operators import OPERATORS
from symconv.proving import Verdict, prove
from symconv.terms import Term, both, substitute, variable
from symconv.vocabulary import DEFAULTS, VOCABULARY

LETTERS = ("S", "P", "F", "D", "A")
"""The letters of a layer, in the order in which a family shows them."""


def family(rule: Any, where: Mapping[Any, Any] | None = None) -> Family:
    """Solve a rule: every letter of the layer in terms of free parameters.

    Args:
        rule: a rule from `forall`, or a SymPy relation of linear equations.
        where: what some symbols are, such as `{n: 2*k}` or `{n: 3}`.

    Returns:
        The family, with Z3's proof that it is sound and complete.

    Raises:
        RequestError: the rule has no solution of this kind, or Z3 does not confirm it.
    """
    known = {_read(name): _read(value) for name, value in (where or {}).items()}
    relation = _read(rule.relation if isinstance(rule, Rule) else rule).subs(known)
    equations = [one for one in sympy.And.make_args(relation) if isinstance(one, sympy.Equality)]
    rest = [one for one in sympy.And.make_args(relation) if not isinstance(one, sympy.Equality)]
    if not equations or rest:
        raise RequestError(
            "a rule made of equations, like Eq(S, n) & Eq(F - 2*P - S, 0)",
            shown(relation),
            "Use `forall`.",
        )
    letters = [symbol(one) for one in LETTERS if symbol(one) in relation.free_symbols]
    solved = _solved(equations, letters)
    terms = {letter.name: term_of(solved[letter]) for letter in letters}
    free = sorted({s for value in solved.values() for s in value.free_symbols}, key=str)
    names = tuple(one.name for one in free)
    domain = _domain(terms, free)
    verdict = _proof(relation, terms, domain)
    operator, target = _statement(rule, known) if isinstance(rule, Rule) else ("", None)
    return Family(terms, names, domain, verdict, operator, target)


def _read(given: Any) -> Any:
    """Take a SymPy expression or a number; a text is not evaluated."""
    try:
        return sympy.sympify(given, strict=True)
    except sympy.SympifyError:
        raise RequestError(
            "SymPy expressions and relations",
            f"{shown(given)} ({type(given).__name__})",
            "Write them with symconv.symbols, as in {n: 2*k}.",
        ) from None


def _solved(equations: list[Any], letters: list[Any]) -> dict[Any, Any]:
    """Solve for every letter, with the padding called `t`."""
    padding, parameter = symbol("P"), symbol("t")
    renamed = [one.subs(padding, parameter) for one in equations]
    unknowns = [one for one in letters if one != padding]
    found = sympy.solve(renamed, unknowns, dict=True)
    if len(found) != 1 or set(found[0]) != set(unknowns):
        raise RequestError(
            "as many equations as there are letters besides the padding",
            f"{len(equations)} for {', '.join(map(str, unknowns))}",
            "Put numbers in for the others, as in subs({D: 1, A: 0}).",
        )
    solved = found[0] | ({padding: parameter} if padding in letters else {})
    for letter, value in solved.items():
        coefficients = (
            sympy.Poly(value, *value.free_symbols).coeffs() if value.free_symbols else [value]
        )
        if not all(c.is_Integer for c in coefficients):
            raise RequestError(
                "a solution in integers", f"{letter} = {value}", "Put numbers in for more letters."
            )
    return {letter: sympy.expand(solved[letter]) for letter in letters}


def _least(name: str) -> Term:
    return variable(name) >= (VOCABULARY[name].least or 0)


def _domain(terms: Mapping[str, Term], free: list[Any]) -> Term:
    """Return which parameters there are: their own least values, and what the letters need."""
    own = [one for symbol in free for one in hypotheses(symbol)]
    if len(own) < len(free):
        raise RequestError(
            "parameters that are positive or not negative",
            ", ".join(map(str, free)),
            "Use the symbols of symconv.symbols, or Symbol('m', integer=True, positive=True).",
        )
    needs = [term >= (VOCABULARY[letter].least or 0) for letter, term in terms.items()]
    extra = [need for need in needs if prove(need, own).word != "proved"]
    return both(*own, *extra)


def _proof(relation: Any, terms: Mapping[str, Term], domain: Term) -> Verdict:
    """Prove that the family solves the rule, and has every solution, with `t` the padding."""
    rule = term_of(relation)
    inside = {variable(letter): term for letter, term in terms.items()}
    sound = prove(substitute(rule, inside), [domain])
    witness = {variable("t"): variable("P")} if "P" in terms else {}
    member = [variable(letter).eq(substitute(term, witness)) for letter, term in terms.items()]
    given = [rule, *hypotheses(relation), *(_least(letter) for letter in terms)]
    complete = prove(both(*member, substitute(domain, witness)), given)
    for verdict in (sound, complete):
        if verdict.word == "refuted":
            raise RequestError(
                "a family that Z3 confirms", str(verdict), "Put numbers in for more letters."
            )
    return complete if sound.proved else sound


def _statement(rule: Rule, where: Mapping[Any, Any]) -> tuple[str, Term | None]:
    """Recognise which law the rule speaks of, and the size that it asks for."""
    defaults = {symbol(letter): value for letter, value in DEFAULTS.items()}
    left, right = rule.statement.lhs, rule.statement.rhs
    scaled = (operator for operator in OPERATORS.values() if operator.scaling is not None)
    for operator in sorted(scaled, key=lambda one: not one.scatters):
        formula = law(operator.name)
        for size, target in ((left, right), (right, left)):
            if 0 in (sympy.expand(size - one) for one in (formula, formula.subs(defaults))):
                return operator.name, term_of(target.subs(where))
    return "", None
