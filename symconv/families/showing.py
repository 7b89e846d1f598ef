"""Families as text and as LaTeX: `S = 2k, P = t, F = 2k + 2t   (k >= 1, t >= 0; ...)`."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING

import sympy

from symconv.meanings import notation
from symconv.meanings.symbols import expression
from symconv.terms import Term, conjuncts, variable

if TYPE_CHECKING:
    from symconv.families.family import Family


def text(family: Family) -> str:
    """Write a family as people write it."""
    parts = [
        f"{letter} = {_juxtaposed(term)}" if term is not variable(letter) else f"{letter} free"
        for letter, term in family.letters.items()
    ]
    domain = ", ".join(_conditions(family.domain, notation.text, "<"))
    conditions = f"{domain}; " if domain else ""
    return f"{', '.join(parts)}   ({conditions}complete: {family.complete.word})"


def latex(family: Family) -> str:
    """Write a family as LaTeX."""
    letters = [
        rf"{letter} = {sympy.latex(expression(term))}"
        if term is not variable(letter)
        else rf"{letter}\text{{ free}}"
        for letter, term in family.letters.items()
    ]
    joint = r",\; "
    domain = joint.join(_conditions(family.domain, notation.latex, ""))
    conditions = rf"{domain};\; " if domain else ""
    verdict = rf"\text{{complete: {family.complete.word}}}"
    return rf"{joint.join(letters)} \qquad ({conditions}{verdict})"


def _conditions(domain: Term, write: Callable[[Term], str], less: str) -> list[str]:
    """Write conditions; where two bound one thing from both sides, in one: `1 <= k <= n`."""
    signs = {"le": f"{less}=" if less else r"\le", "lt": less or "<"}
    waiting, written = [*conjuncts(domain)], list[str]()
    while waiting:
        part = waiting.pop(0)
        other = next((each for each in waiting if _meet(part, each) or _meet(each, part)), None)
        if other is None:
            written.append(write(part))
            continue
        waiting.remove(other)
        part, above = (part, other) if _meet(part, other) else (other, part)
        low, middle, high = (write(side) for side in (*part.args, above.args[1]))
        written.append(f"{low} {signs[part.word]} {middle} {signs[above.word]} {high}")
    return written


def _meet(low: Term, high: Term) -> bool:
    """Whether one condition ends with what another begins with."""
    ordered = {low.word, high.word} <= {"le", "lt"}
    return ordered and low.args[1] is high.args[0]


def _juxtaposed(term: Term) -> str:
    """Write `2*k` as `2k`, as one does by hand."""
    written = str(expression(term))
    return re.sub(r"(\d)\*(?=[A-Za-z(])", r"\1", written)
