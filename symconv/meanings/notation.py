r"""Notation: a term as plain text or as LaTeX, in its author's form, with the brackets it needs.

The text is Python's own notation, so that reading it back gives the same term
(`symconv.reading.constraints`); a test does that for thousands of terms. The names can be the
letters of the laws, torch's, or those of Dumoulin and Visin's guide.

>>> from symconv.terms import sizes
>>> W, F, S = sizes("W F S")
>>> text((W - F) // S + 1)
'(W - F)//S + 1'
>>> text((W - F) // S + 1, names="torch")
'(input - kernel_size)//stride + 1'
>>> latex((W - F) // S + 1, names="guide")
'\\left\\lfloor \\frac{i - k}{s} \\right\\rfloor + 1'
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from math import log10
from types import MappingProxyType
from typing import NamedTuple

from symconv.meanings.meaning import Meaning
from symconv.terms import Term, constant, interpret, variable, variables
from symconv.vocabulary import renaming

MOST_DIGITS = 4000
"""Python writes integers of at most 4,300 digits; longer ones are told."""
CONDITIONAL, OR, AND, NOT, COMPARISON, REMAINDER, SUM, PRODUCT, SIGNED, ATOM = range(10)
"""How tightly a text holds together; an argument that is looser than its place needs brackets."""
COMPARED = ("le", "lt", "eq")
"""The words that compare two numbers."""


class Piece(NamedTuple):
    """A text, how tightly it holds together, and its opposite where that is one sign: `a != b`."""

    text: str
    level: int
    opposite: str = ""


def fit(piece: Piece, level: int, brackets: str) -> str:
    """Write a piece where something of a level is needed: in brackets, if it is looser."""
    return piece.text if piece.level >= level else brackets.format(piece.text)


def infix(
    sign: str, level: int, brackets: str, loosest: int | None = None, opposite: str = ""
) -> Callable[..., Piece]:
    """Return what writes `a sign b`, grouping to the left.

    Args:
        sign: the sign with its blanks.
        level: how tightly it holds its arguments together.
        brackets: what goes around an argument that is looser, such as `"({})"`.
        loosest: what the left side may be, where that is not the level.
        opposite: the sign of its negation, if it has one.
    """
    left = level if loosest is None else loosest

    def write(a: Piece, b: Piece) -> Piece:
        first, second = fit(a, left, brackets), fit(b, level + 1, brackets)
        return Piece(first + sign + second, level, opposite and first + opposite + second)

    return write


def negation(sign: str, brackets: str) -> Callable[[Piece], Piece]:
    """Return what writes `not a`, or the opposite of `a` where it has a sign of its own."""

    def write(a: Piece) -> Piece:
        if a.opposite:
            return Piece(a.opposite, a.level)
        return Piece(sign + fit(a, NOT, brackets), NOT)

    return write


def _is_number(piece: Piece) -> bool:
    return piece.text.lstrip("-").isdigit()


def _difference(minus: str, brackets: str) -> Callable[..., Piece]:
    """Write `a - b`; `0 - b` is the sign of `b`, unless `b` is a number with a sign of its own."""
    infix_minus = infix(minus, SUM, brackets)

    def write(a: Piece, b: Piece) -> Piece:
        if a.text == "0" and not _is_number(b):
            return Piece("-" + fit(b, ATOM, brackets), SIGNED)
        return infix_minus(a, b)

    return write


def _number(value: int) -> Piece:
    if abs(value) >= 10**MOST_DIGITS:
        digits = int(value.bit_length() * log10(2))
        return Piece(f"(a number of about {digits:,} digits)", ATOM)
    return Piece(str(value), ATOM if value >= 0 else SIGNED)


def template(form: str) -> Callable[..., Piece]:
    """Return what puts its arguments into a form that needs no brackets around it."""
    return lambda *pieces: Piece(form.format(*(piece.text for piece in pieces)), ATOM)


def comparison(
    sign: str, turned: str, brackets: str, is_number: Callable[[Piece], bool] = _is_number
) -> Callable[..., Piece]:
    """Return what writes `a <= b`, or `b >= a` where `a` is a number: people write the name first.

    Args:
        sign: the sign with its blanks.
        turned: the sign where the sides change places.
        brackets: what goes around an argument that is looser.
        is_number: whether a piece is a number.
    """
    loosest = COMPARISON + 1  # comparisons do not chain here: one inside another has brackets
    straight = infix(sign, COMPARISON, brackets, loosest)
    inverse = infix(turned, COMPARISON, brackets, loosest)

    def write(a: Piece, b: Piece) -> Piece:
        return inverse(b, a) if is_number(a) and not is_number(b) else straight(a, b)

    return write


_PLAIN, _TALL = "({})", r"\left({}\right)"
_plain, _tall = partial(infix, brackets=_PLAIN), partial(infix, brackets=_TALL)
_TIGHTER = COMPARISON + 1


def _text_if(condition: Piece, then: Piece, otherwise: Piece) -> Piece:
    inner = (fit(piece, OR, _PLAIN) for piece in (then, condition, otherwise))
    return Piece("{} if {} else {}".format(*inner), CONDITIONAL)


TEXT: dict[str, Callable[..., Piece]] = {
    "constant": _number,
    "add": _plain(" + ", SUM),
    "sub": _difference(" - ", _PLAIN),
    "mul": _plain("*", PRODUCT),
    "floordiv": _plain("//", PRODUCT),
    "mod": _plain(" % ", PRODUCT),
    "min": template("min({}, {})"),
    "max": template("max({}, {})"),
    "if": _text_if,
    "le": comparison(" <= ", " >= ", _PLAIN),
    "lt": comparison(" < ", " > ", _PLAIN),
    "eq": _plain(" == ", COMPARISON, loosest=_TIGHTER, opposite=" != "),
    "and": _plain(" and ", AND),
    "or": _plain(" or ", OR),
    "iff": _plain(" == ", COMPARISON, loosest=_TIGHTER, opposite=" != "),
    "not": negation("not ", _PLAIN),
}


def _latex_product(a: Piece, b: Piece) -> Piece:
    """Write a product by juxtaposition, with a dot where two numbers would run together."""
    right = fit(b, PRODUCT + 1, _TALL)
    sign = r" \cdot " if right[0].isdigit() or right[0] == "-" else " "
    return Piece(fit(a, PRODUCT, _TALL) + sign + right, PRODUCT)


def _latex_remainder(a: Piece, b: Piece) -> Piece:
    """Write `a mod b` so that nothing beside it is read into it: a sign, a factor, a summand."""
    left = _TALL.format(a.text) if a.text.startswith("-") else fit(a, PRODUCT, _TALL)
    return Piece(left + r" \bmod " + fit(b, SIGNED, _TALL), REMAINDER)


def _latex_equivalence(a: Piece, b: Piece) -> Piece:
    """Write `a iff b`, which is looser than `and` and `or` in mathematics, with brackets inside."""
    left, right = (fit(side, _TIGHTER, _TALL) for side in (a, b))
    return Piece(rf"{left} \iff {right}", CONDITIONAL)


def _latex_if(condition: Piece, then: Piece, otherwise: Piece) -> Piece:
    first = rf"{then.text} & \text{{if }} {condition.text}"
    second = rf"{otherwise.text} & \text{{otherwise}}"
    return Piece(rf"\begin{{cases}} {first} \\ {second} \end{{cases}}", ATOM)


LATEX: dict[str, Callable[..., Piece]] = TEXT | {
    "add": _tall(" + ", SUM),
    "sub": _difference(" - ", _TALL),
    "mul": _latex_product,
    "floordiv": template(r"\left\lfloor \frac{{{}}}{{{}}} \right\rfloor"),
    "mod": _latex_remainder,
    "min": template(r"\min\left({}, {}\right)"),
    "max": template(r"\max\left({}, {}\right)"),
    "if": _latex_if,
    "le": comparison(r" \le ", r" \ge ", _TALL),
    "lt": comparison(" < ", " > ", _TALL),
    "eq": _tall(" = ", COMPARISON, loosest=_TIGHTER, opposite=r" \ne "),
    "and": _tall(r" \land ", AND),
    "or": _tall(r" \lor ", OR),
    "iff": _latex_equivalence,
    "not": negation(r"\lnot ", _TALL),
}

WRITTEN, TYPESET = Meaning("text", TEXT), Meaning("latex", LATEX)
"""Plain text and LaTeX, in pieces."""


def _latex_name(name: str) -> str:
    if name in ("lo", "hi"):
        return rf"P_{{\mathrm{{{name}}}}}"
    if len(name) == 1 and name != "_":
        return name
    return r"\mathrm{" + name.replace("_", r"\_") + "}"


def _spelled(names: tuple[str, ...], style: str) -> dict[str, str]:
    """Return how each name is written; one whose spelling another has already gets a prime."""
    renamed, found = renaming(style), dict[str, str]()
    for name in sorted(names, key=lambda one: renamed.get(one, one) == one):
        called = renamed.get(name, name)
        found[name] = called + "'" if called in found.values() else called
    return found


def _write(
    term: Term,
    table: Mapping[str, Callable[..., Piece]],
    style: str,
    spell: Callable[[str], str],
    words: Mapping[str, str],
) -> str:
    letters = tuple(name for name in variables(term) if name not in words)
    pieces = {name: Piece(spell(called), ATOM) for name, called in _spelled(letters, style).items()}
    given = {name: Piece(word, ATOM) for name, word in words.items()}
    return str(interpret(term, table, pieces | given).text)


def text(
    term: Term, *, names: str = "letters", words: Mapping[str, str] = MappingProxyType({})
) -> str:
    """Write a term as plain text that reads back as the same term.

    Args:
        term: what to write.
        names: `"letters"` (`W F S`), `"torch"` (`input kernel_size stride`) or `"guide"` (`i k s`).
        words: what to write for some of the variables instead of their names.
    """
    return _write(term, TEXT, names, str, words)


def form_of_sides(compared: Term) -> str:
    """Write a comparison with `{left}` and `{right}` for its sides, in the direction of its text.

    >>> from symconv.terms import sizes
    >>> (W,) = sizes("W")
    >>> text(1 <= W), form_of_sides(1 <= W)
    ('W >= 1', '{right} >= 1')
    """
    pairs = zip(compared.args, ("left", "right"), strict=True)
    sides = [side if side.word == "constant" else variable(place) for side, place in pairs]
    return text(Term(compared.word, *sides), words={"left": "{left}", "right": "{right}"})


def text_of_sides(compared: Term, left: int, right: int) -> str:
    """Write a comparison with what its sides come to, in the direction in which it is written.

    >>> from symconv.terms import sizes
    >>> (W,) = sizes("W")
    >>> text(1 <= W), text_of_sides(1 <= W, 1, 0)
    ('W >= 1', '0 >= 1')
    """
    numbers = {"left": text(constant(left)), "right": text(constant(right))}
    return form_of_sides(compared).format(**numbers)


def latex(
    term: Term, *, names: str = "letters", words: Mapping[str, str] = MappingProxyType({})
) -> str:
    """Write a term as LaTeX mathematics; `names` and `words` as in `text`."""
    return _write(term, LATEX, names, _latex_name, words)
