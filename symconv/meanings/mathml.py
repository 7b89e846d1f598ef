"""MathML: a term as mathematics that a browser sets by itself, in its author's form.

Every variable is an element whose class is its name, so that a page can put numbers there. A
product without a sign has an invisible one of the class `times`, which a page shows between
numbers.

>>> from symconv.terms import sizes
>>> W, F = sizes("W F")
>>> mathml(W - F)
'<mi class="W">W</mi><mo>−</mo><mi class="F">F</mi>'
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import partial
from html import escape
from types import MappingProxyType

from symconv.meanings.meaning import Meaning
from symconv.meanings.notation import (
    AND,
    ATOM,
    COMPARISON,
    CONDITIONAL,
    OR,
    PRODUCT,
    REMAINDER,
    SIGNED,
    SUM,
    TEXT,
    Piece,
    comparison,
    fit,
    infix,
    negation,
    template,
)
from symconv.terms import Term, interpret, variables

BRACKETS = "<mrow><mo>(</mo>{}<mo>)</mo></mrow>"
TIMES = '<mo class="times">&#x2062;</mo>'
ZERO = "<mn>0</mn>"
_TIGHTER = COMPARISON + 1


def _sign(sign: str) -> str:
    return f"<mo>{sign}</mo>"


def _row(*parts: str) -> str:
    return f"<mrow>{''.join(parts)}</mrow>"


def _number(value: int) -> Piece:
    if value >= 0:
        return Piece(f"<mn>{value}</mn>", ATOM)
    return Piece(_row(_sign("−"), f"<mn>{-value}</mn>"), SIGNED)


_difference = infix(_sign("−"), SUM, BRACKETS)


def _subtraction(a: Piece, b: Piece) -> Piece:
    """Write `a - b`; `0 - b` is the sign of `b`."""
    if a.text == ZERO:
        return Piece(_row(_sign("−"), fit(b, ATOM, BRACKETS)), SIGNED)
    return _difference(a, b)


def _is_number(piece: Piece) -> bool:
    return bool(re.fullmatch(r"(<mrow><mo>−</mo>)?<mn>\d+</mn>(</mrow>)?", piece.text))


_comparison = partial(comparison, brackets=BRACKETS, is_number=_is_number)


def _conditional(condition: Piece, then: Piece, otherwise: Piece) -> Piece:
    when = f'<mtext class="if">if </mtext>{condition.text}'
    rows = ((then.text, when), (otherwise.text, '<mtext class="otherwise">otherwise</mtext>'))
    cells = "".join(f"<mtr><mtd>{value}</mtd><mtd>{when}</mtd></mtr>" for value, when in rows)
    return Piece(_row(_sign("{"), f'<mtable class="cases">{cells}</mtable>'), ATOM)


def _function(name: str) -> Callable[..., Piece]:
    head = f"<mi>{name}</mi>"
    return template(_row(head, _sign("("), "{}", _sign(","), "{}", _sign(")")))


MATHML: dict[str, Callable[..., Piece]] = TEXT | {
    "constant": _number,
    "add": infix(_sign("+"), SUM, BRACKETS),
    "sub": _subtraction,
    "mul": infix(TIMES, PRODUCT, BRACKETS),
    "floordiv": template(_row(_sign("⌊"), f"<mfrac>{_row('{}')}{_row('{}')}</mfrac>", _sign("⌋"))),
    "mod": infix('<mo lspace="0.2em" rspace="0.2em">mod</mo>', REMAINDER, BRACKETS),
    "min": _function("min"),
    "max": _function("max"),
    "if": _conditional,
    "le": _comparison(_sign("≤"), _sign("≥")),
    "lt": _comparison(_sign("&lt;"), _sign("&gt;")),
    "eq": infix(_sign("="), COMPARISON, BRACKETS, loosest=_TIGHTER, opposite=_sign("≠")),
    "and": infix(_sign("∧"), AND, BRACKETS),
    "or": infix(_sign("∨"), OR, BRACKETS),
    "iff": infix(_sign("⟺"), CONDITIONAL, BRACKETS, loosest=_TIGHTER),
    "not": negation(_sign("¬"), BRACKETS),
}


def _named(name: str, word: str) -> str:
    """Write a variable; the number of an axis, and the side of a padding, stand below the line."""
    letter, below = ("P", word) if word in ("lo", "hi") else (word[:1], word[1:])
    if word in ("lo", "hi") or below.isdecimal():
        return f'<msub class="{name}"><mi>{letter}</mi><mi>{below}</mi></msub>'
    return f'<mi class="{name}">{escape(word)}</mi>'


LAID_OUT = Meaning("mathml", MATHML)
"""MathML, in pieces."""


def mathml(term: Term, words: Mapping[str, str] = MappingProxyType({})) -> str:
    """Write a term as MathML, without the `<math>` around it.

    Args:
        term: what to write.
        words: what to show for some of the variables instead of their names.
    """
    pieces = {name: Piece(_named(name, words.get(name, name)), ATOM) for name in variables(term)}
    return str(interpret(term, MATHML, pieces).text)
