"""SymPy expressions: laws as formulas to derive and simplify with, and formulas as terms.

SymPy rewrites a formula when it is built (`(2*x + 4)//2` becomes `x + 2`), so it shows a law, it
does not hold it. `expression` goes from a term to SymPy, `term_of` back again.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import cache, reduce
from types import MappingProxyType
from typing import Any

import sympy

from symconv.errors import RequestError, shown
from symconv.meanings.in_turn import ask_in_turn
from symconv.meanings.integers import INTEGERS
from symconv.meanings.meaning import Meaning
from symconv.terms import (
    Term,
    both,
    constant,
    either,
    interpret,
    maximum,
    variable,
    variables,
    where,
)
from symconv.vocabulary import VOCABULARY, torch_name

ask_in_turn()

SYMBOLS: dict[str, Callable[..., Any]] = INTEGERS | {
    "constant": sympy.Integer,
    "floordiv": lambda a, b: sympy.floor(a / b),
    "mod": sympy.Mod,
    "min": sympy.Min,
    "max": sympy.Max,
    "if": lambda condition, then, otherwise: sympy.Piecewise((then, condition), (otherwise, True)),
    "le": sympy.Le,
    "lt": sympy.Lt,
    "eq": sympy.Eq,
    "and": sympy.And,
    "or": sympy.Or,
    "iff": sympy.Equivalent,
    "not": sympy.Not,
}


def _left(value: Any) -> int | bool:
    """Return a number or a truth value without symbols as Python's."""
    return int(value) if getattr(value, "is_number", False) else bool(value)


MOST_POWER = 100
"""The greatest exponent of a formula: as a term, a power is written out."""
SYMBOLIC = Meaning("symbols", SYMBOLS, left=_left)
"""SymPy's expressions."""


class Floored(sympy.Function):  # type: ignore[misc]
    """`floor(a/b)` that stays as it is built: SymPy's own `floor` takes quotients apart."""

    nargs = 2
    is_integer = True


NO_SYMBOLS: Mapping[str, Any] = MappingProxyType({})


@cache
def symbol(name: str) -> sympy.Symbol:
    """Return the SymPy symbol of a letter: an integer, as small as its meaning allows.

    A letter may have the number of its axis or its layer: `F1`.
    """
    word = VOCABULARY.get(name.rstrip("0123456789"))
    if word is None or word.least is None:
        return sympy.Symbol(name, integer=True)
    if word.least >= 1:
        return sympy.Symbol(name, integer=True, positive=True)
    return sympy.Symbol(name, integer=True, nonnegative=True)


def expression(term: Term, symbols: Mapping[str, Any] = NO_SYMBOLS) -> Any:
    """Return the term as a SymPy expression in the symbols of `symconv.symbols`.

    Args:
        term: the term.
        symbols: other symbols for some letters, by their names.
    """
    letters = {name: symbols.get(name) or symbol(name) for name in variables(term)}
    return interpret(term, SYMBOLS, letters)


def named(term: Term) -> Any:
    """Return the term as a SymPy expression in torch's names, as plain integers.

    Nothing is assumed of the names, so that no condition on them is taken for granted; what it
    prints, SymPy parses.
    """
    plain = {name: sympy.Symbol(torch_name(name), integer=True) for name in variables(term)}
    turned = {"le": lambda a, b: b >= a if a.is_number else a <= b}
    return interpret(term, SYMBOLS | turned, plain)


def tidy(term: Term) -> Term:
    """Return an equal term with its numbers worked out, as SymPy does it over plain integers.

    What SymPy makes of it may be no term, such as a power of 200: then it stays as it is.
    """
    worked_out = plain(term)
    if worked_out in (sympy.true, sympy.false):
        return both() if worked_out else ~both()
    try:
        return _term(worked_out)
    except RequestError:
        return term


def plain(term: Term) -> Any:
    """Return the term as SymPy has it over integers of which nothing is assumed."""
    letters = {name: sympy.Symbol(name, integer=True) for name in variables(term)}
    return interpret(term, SYMBOLS, letters)


def term_of(formula: Any) -> Term:
    """Return a SymPy expression or relation as a term; symbols are matched by their names.

    Raises:
        RequestError: the formula is Python's truth value, or has a part outside the integers.
    """
    if isinstance(formula, sympy.logic.boolalg.BooleanAtom):
        return both() if formula else either()  # SymPy saw it from what its symbols are
    if isinstance(formula, bool):
        raise RequestError(
            "a condition on the unknowns",
            f"the plain truth value {formula}",
            "Python and SymPy compare structure when you write `==`: write `Eq(a, b)`, or the "
            'condition as text, like "kernel_size % stride == 0".',
        )
    try:
        return _term(sympy.sympify(formula, strict=True))  # strict: a text is not evaluated
    except sympy.SympifyError:
        raise RequestError(
            "a SymPy expression or relation",
            f"{shown(formula)} ({type(formula).__name__})",
            "Write it with symconv.symbols.",
        ) from None


def _term(node: Any) -> Term:
    if isinstance(node, sympy.Symbol):
        if not (node.name.isascii() and node.name.isidentifier()):
            raise RequestError(
                "names like W or kernel_size", shown(node.name), "Rename the symbol."
            )
        return variable(node.name)
    if isinstance(node, sympy.Integer):
        return constant(int(node))
    if isinstance(node, sympy.core.relational.Relational):
        return _relation(node)
    for kind, build in _BUILD:
        if isinstance(node, kind):
            return build(node)
    raise RequestError(
        "a formula of integers, made of + - * // %, Min, Max, Abs, floor, ceiling and comparisons",
        f"{shown(node)} ({type(node).__name__})",
        "Rewrite it with those, for instance floor(a/b) for a rounded quotient.",
    )


def _sum(node: sympy.Add) -> Term:
    """Write a sum with its positive parts first, and among them a number last, as people do."""
    plus = [a for a in node.args if not a.could_extract_minus_sign()]
    plus.sort(key=lambda part: bool(part.is_Integer))
    minus = [-a for a in node.args if a.could_extract_minus_sign()]
    start = reduce(Term.__add__, map(_term, plus)) if plus else constant(0)
    return reduce(Term.__sub__, map(_term, minus), start)


def _product(node: sympy.Mul) -> Term:
    return reduce(Term.__mul__, map(_term, node.args))


def _power(node: sympy.Pow) -> Term:
    base, exponent = node.args
    if not (exponent.is_Integer and 1 <= int(exponent) <= MOST_POWER):
        raise RequestError(
            f"whole powers from 1 to {MOST_POWER}, and quotients inside floor(...)",
            shown(node),
            "Write floor(a/b) for a rounded quotient, or multiply the relation out.",
        )
    return reduce(Term.__mul__, [_term(base)] * int(exponent))


def _quotient(argument: Any) -> tuple[Term, Term]:
    numerator, denominator = sympy.fraction(sympy.together(argument))
    return _term(sympy.expand(numerator)), _term(denominator)


def _floor(node: Any) -> Term:
    a, b = _quotient(node.args[0])
    return a // b


def _ceiling(node: Any) -> Term:
    a, b = _quotient(node.args[0])
    return -((-a) // b)


def _relation(node: Any) -> Term:
    """Clear denominators, which must be positive, and compare."""
    left, right = node.args
    scale = sympy.fraction(sympy.together(left - right))[1]
    if scale != 1:
        if not scale.is_positive:
            raise RequestError(
                "denominators known to be positive",
                shown(node),
                "Multiply the relation out, or use the symbols of symconv.symbols.",
            )
        left, right = (sympy.expand(sympy.together(side * scale)) for side in (left, right))
    a, b = _term(left), _term(right)
    return {
        "==": lambda: a.eq(b),
        "!=": lambda: ~a.eq(b),
        "<=": lambda: a <= b,
        "<": lambda: a < b,
        ">=": lambda: a >= b,
        ">": lambda: a > b,
    }[node.rel_op]()


def _fold(word: str, arguments: Iterable[Any]) -> Term:
    return reduce(lambda a, b: Term(word, a, b), map(_term, arguments))


def _choice(condition: Term, then: Term, otherwise: Term) -> Term:
    return (condition & then) | (~condition & otherwise)


def _cases(node: sympy.Piecewise) -> Term:
    *cases, (last, condition) = node.args
    if condition != sympy.true:
        raise RequestError(
            "a Piecewise with a last case for all that is left", shown(node), "Add (value, True)."
        )
    return reduce(
        lambda rest, case: where(_term(case[1]), _term(case[0]), rest), reversed(cases), _term(last)
    )


_BUILD: tuple[tuple[type, Callable[[Any], Term]], ...] = (
    (sympy.Add, _sum),
    (sympy.Mul, _product),
    (sympy.Pow, _power),
    (sympy.floor, _floor),
    (sympy.ceiling, _ceiling),
    (Floored, lambda node: _term(node.args[0]) // _term(node.args[1])),
    (sympy.Mod, lambda node: _term(node.args[0]) % _term(node.args[1])),
    (sympy.Min, lambda node: _fold("min", node.args)),
    (sympy.Max, lambda node: _fold("max", node.args)),
    (sympy.Abs, lambda node: maximum(_term(node.args[0]), -_term(node.args[0]))),
    (sympy.Piecewise, _cases),
    (sympy.And, lambda node: both(*map(_term, node.args))),
    (sympy.Or, lambda node: either(*map(_term, node.args))),
    (sympy.Not, lambda node: ~_term(node.args[0])),
    (sympy.Implies, lambda node: ~_term(node.args[0]) | _term(node.args[1])),
    (sympy.Xor, lambda node: reduce(lambda a, b: ~a.iff(b), map(_term, node.args))),
    (sympy.ITE, lambda node: _choice(*map(_term, node.args))),
    (sympy.Equivalent, lambda node: _fold("iff", node.args)),
)
