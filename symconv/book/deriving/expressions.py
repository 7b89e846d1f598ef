"""SymPy's expressions beside terms: how both are written, and whether two are equal."""

from __future__ import annotations

from typing import Any

import sympy
from sympy.printing.precedence import PRECEDENCE
from sympy.printing.str import StrPrinter

from symconv.meanings import notation
from symconv.meanings.symbols import expression
from symconv.terms import Term, conjuncts, parts


def is_algebra(claim: Term) -> bool:
    """Whether a claim is made of equations that hold by multiplying out.

    >>> from symconv.terms import sizes
    >>> W, S = sizes("W S")
    >>> [is_algebra(claim) for claim in (((W + 1) * S).eq(W * S + S), (W // S).eq(W // S + 0 * W))]
    [True, False]
    """
    equations = conjuncts(claim)
    plain = {"variable", "constant", "add", "sub", "mul"}
    return bool(equations) and all(
        equation.word == "eq"
        and {part.word for side in equation.args for part in parts(side)} <= plain
        and sympy.expand(expression(equation.args[0]) - expression(equation.args[1])) == 0
        for equation in equations
    )


class _Plain(StrPrinter):  # type: ignore[misc]
    """Writes SymPy's expressions with the signs that terms have."""

    def _print_Mod(self, mod: sympy.Mod) -> str:  # noqa: N802
        whole, divisor = (self.parenthesize(part, PRECEDENCE["Mul"]) for part in mod.args)
        return f"({whole} % {divisor})"

    def _print_BooleanTrue(self, _: Any) -> str:  # noqa: N802
        return "true"

    def _print_BooleanFalse(self, _: Any) -> str:  # noqa: N802
        return "false"


_PLAIN = _Plain()


def text_of(statement: Any) -> str:
    """Write a term or a SymPy expression as plain text; an equation has its sign between."""
    if isinstance(statement, Term):
        return notation.text(statement)
    if isinstance(statement, sympy.Equality):
        return f"{_PLAIN.doprint(statement.lhs)} == {_PLAIN.doprint(statement.rhs)}"
    return str(_PLAIN.doprint(statement))


def latex_of(statement: Any) -> str:
    """Write a term or a SymPy expression as LaTeX."""
    return notation.latex(statement) if isinstance(statement, Term) else sympy.latex(statement)


def same(left: Any, right: Any) -> bool:
    """Whether SymPy finds two expressions, or two relations, equal."""
    if left == right:
        return True
    if isinstance(left, sympy.core.relational.Relational):
        return bool(sympy.simplify(sympy.Equivalent(left, right)) == sympy.true)
    difference = (left - right).rewrite(sympy.floor)
    return bool(sympy.simplify(sympy.expand(difference)) == 0)
