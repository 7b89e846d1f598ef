"""`forall`: when does a relation hold for all values of a variable? An equivalence, proved.

A relation that is a polynomial in the variable holds for all its values just when every
coefficient is zero. One floor of a linear quotient is handled as well: the floor is a whole number
just when the quotient lies in a block. Either way SymPy finds the rule and Z3 proves it, from a
few instances and back.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import sympy

from symconv.errors import RequestError, UndecidedError, shown
from symconv.meanings.symbols import symbol, term_of
from symconv.proving import Verdict, prove
from symconv.terms import Term, TermLike, both, substitute, variable


@dataclass(frozen=True)
class Rule:
    """When a statement holds for all values of a variable.

    Attributes:
        variable: the variable.
        statement: what holds for all its values.
        relation: the equivalent condition on the other symbols, a SymPy relation.
        verdict: Z3's verdict on the equivalence.
    """

    variable: Any
    statement: Any
    relation: Any
    verdict: Verdict

    def __repr__(self) -> str:
        """Show the relation as SymPy does."""
        return str(self.relation)

    def _repr_latex_(self) -> str:
        """Show the relation in a notebook."""
        return f"$${sympy.latex(self.relation)}$$"

    def _sympy_(self) -> Any:
        """Stand for the relation wherever SymPy wants an expression."""
        return self.relation


def hypotheses(formula: Any) -> tuple[Term, ...]:
    """Return what the symbols of a formula are assumed to be: positive, or not negative."""
    found = []
    for one in sorted(formula.free_symbols, key=str):
        if one.is_positive:
            found.append(variable(one.name) >= 1)
        elif one.is_nonnegative:
            found.append(variable(one.name) >= 0)
    return tuple(found)


def forall(over: Any, statement: Any) -> Rule:
    """Return the condition under which a relation holds for all values of a variable.

    Args:
        over: the symbol, such as `W`; its values are the positive integers.
        statement: an equality `Eq(...)` that is polynomial in the symbol, or has one floor of a
            quotient that is linear in it.

    Returns:
        The condition, with Z3's proof that it is equivalent.

    Raises:
        RequestError: the statement is none of these, or Z3 does not confirm the rule.

    >>> from symconv import law
    >>> from symconv.symbols import A, D, W, n
    >>> from sympy import Eq
    >>> forall(W, Eq(law("conv_transpose").subs({D: 1, A: 0}), n * W))
    Eq(S, n) & Eq(F - 2*P - S, 0)
    """
    if not isinstance(over, sympy.Symbol):
        raise RequestError("a symbol to range over", shown(over), "Write W, from symconv.symbols.")
    if not isinstance(statement, sympy.Equality):
        raise RequestError(
            "an equality with the symbol in it",
            shown(statement),
            "Write Eq(left, right): `==` compares how two expressions look.",
        )
    loose = [one for one in statement.free_symbols | {over} if not one.is_nonnegative]
    if loose or not all(one.is_integer for one in statement.free_symbols):
        raise RequestError(
            "symbols that are integers, positive or not negative",
            ", ".join(sorted(map(str, loose or statement.free_symbols))),
            "Import the letters: from symconv.symbols import W, F, S, P, n.",
        )
    difference = sympy.together(statement.lhs - statement.rhs)
    floors = [one for one in difference.atoms(sympy.floor) if one.has(over)]
    if not floors:
        parts, instances = _polynomial(over, difference, statement)
    elif len(floors) == 1:
        parts, instances = _floor(over, difference, floors[0], statement)
    else:
        raise _beyond(statement)
    relation = sympy.And(*parts)
    return Rule(over, statement, relation, _proof(over, statement, relation, instances))


def _beyond(statement: Any) -> RequestError:
    return RequestError(
        "an equality that is polynomial in the symbol, or has one floor of a linear quotient",
        shown(statement),
        "Rewrite it, or ask Z3 about instances with symconv.proving.prove.",
    )


def _polynomial(over: Any, difference: Any, statement: Any) -> tuple[list[Any], list[TermLike]]:
    numerator, denominator = sympy.fraction(difference)
    if denominator.has(over) or not denominator.is_positive:
        raise _beyond(statement)
    try:
        poly = sympy.Poly(sympy.expand(numerator), over)
    except sympy.PolynomialError:
        raise _beyond(statement) from None
    parts = [_equation(c) for c in poly.all_coeffs()]
    return parts, list(range(1, len(parts) + 1))


def _floor(
    over: Any, difference: Any, floor: Any, statement: Any
) -> tuple[list[Any], list[TermLike]]:
    """Solve for the floor; it is m*W + q for all W when its argument stays in that block."""
    numerator, denominator = sympy.fraction(sympy.together(floor.args[0]))
    wanted = sympy.solve(difference, floor)
    polys = [sympy.Poly(sympy.expand(one), over) for one in (numerator, *wanted)]
    if len(wanted) != 1 or denominator.has(over) or any(poly.degree() > 1 for poly in polys):
        raise _beyond(statement)
    (a, c), (m, q) = ((poly.nth(1), poly.nth(0)) for poly in polys)
    low = sympy.expand(c - denominator * q)
    parts = [
        _equation(sympy.expand(m * denominator - a)),
        sympy.Ge(low, 0),
        sympy.Lt(low, denominator),
    ]
    return parts, [1, term_of(denominator) + 1]


def _equation(coefficient: Any) -> Any:
    """Write `S - n = 0` as `S = n`, and a longer sum as it is, the layer's letters first."""
    first = next((one for one in map(symbol, "FSDAPOW") if coefficient.coeff(one) != 0), None)
    if first is not None and coefficient.coeff(first).could_extract_minus_sign():
        coefficient = sympy.expand(-coefficient)
    minus = [one for one in coefficient.args if one.could_extract_minus_sign()]
    if coefficient.is_Add and len(coefficient.args) == 2 and len(minus) == 1:
        return sympy.Eq(coefficient - minus[0], -minus[0])
    return sympy.Eq(coefficient, 0)


def _proof(over: Any, statement: Any, relation: Any, instances: list[TermLike]) -> Verdict:
    """Prove the equivalence: the instances force the rule, and the rule gives every instance."""
    if relation in (sympy.true, sympy.false):
        rule = both() if relation == sympy.true else ~both()
    else:
        rule = term_of(relation)
    stated = term_of(statement)
    given = hypotheses(statement)
    samples = [substitute(stated, {variable(over.name): one}) for one in instances]
    forces = prove(rule, (*given, *samples))
    gives = prove(stated, (*given, rule))
    for verdict in (forces, gives):
        if verdict.word == "unknown":
            raise UndecidedError(
                "a rule that Z3 settles",
                str(verdict),
                "Allow more seconds, or fewer layers.",
            )
        if verdict.word != "proved":
            raise RequestError(
                "a rule that Z3 confirms", str(verdict), "Ask for a simpler statement."
            )
    return forces
