"""The laws as `symconv.law` has them, written as LaTeX, and which operators have the same one."""

from __future__ import annotations

import re
from typing import Any

from sympy.printing.latex import LatexPrinter

import symconv
from symconv.meanings import notation
from symconv.operators import OPERATORS
from symconv.terms import variable

_WORD = re.compile(r"[a-z]\w+")
"""A symbol that is a word needs room beside a letter; one with a number SymPy writes well."""


class _Readers(LatexPrinter):
    """SymPy's printer, with summands in the order in which people write them."""

    def _as_ordered_terms(self, sum_: Any, order: Any = None) -> list[Any]:
        """Begin with the input; take away after adding; end with the number."""
        return sorted(super()._as_ordered_terms(sum_, order), key=_place)


def _place(summand: Any) -> tuple[bool, bool, bool]:
    """Return where a summand stands among others."""
    of_the_input = any(symbol.name.startswith("W") for symbol in summand.free_symbols)
    return summand.is_number, summand.could_extract_minus_sign(), not of_the_input


def latex(expression: Any) -> str:
    r"""Write an expression of SymPy, with its symbols as the laws write their letters.

    >>> print(latex(symconv.law("conv")))
    \left\lfloor{\frac{W + 2 P - D \left(F - 1\right) - 1}{S}}\right\rfloor + 1
    """
    names = {
        symbol: rf"\,{notation.latex(variable(symbol.name))}"
        for symbol in expression.free_symbols
        if _WORD.fullmatch(symbol.name)
    }
    return str(_Readers({"symbol_names": names}).doprint(expression))


def law(name: str) -> str:
    """Return the LaTeX of the law of an operator."""
    return latex(symconv.law(name))


def by_law() -> dict[str, list[str]]:
    """Return the operators that have the same law, by its LaTeX, in their order.

    Letters alone say what has to be said elsewhere: `O` is the size that is asked for.
    """
    sharing: dict[str, list[str]] = {}
    for name in OPERATORS:
        sharing.setdefault(law(name), []).append(name)
    return sharing
