"""Constraints as people write them in Python, read into terms.

    or, and, not · chains of == != < <= > >= · in {3, 5}, in 3..7, in range(3, 8, 2), not in
    + - * / // % · min max abs floor ceil odd even · a if c else b
    conv(W) · max_pool(W, kernel_size=3, ceil_mode=1): a law, for a size

>>> from symconv.meanings.notation import text
>>> text(constraint("kernel_size % stride == 0 and kernel_size <= 8"))
'F % S == 0 and F <= 8'
>>> text(constraint("padding == (kernel_size - 1)/2 and kernel_size not in 2..7"))
'2*P == F - 1 and (F < 2 or F > 7)'

A name is one of torch's (`kernel_size`) or a letter of the laws (`F`); both give the letter.

`/` divides exactly. A quotient can be compared, and rounded by `floor`, `ceil` and `//`; where a
whole number is needed (a size such as `"W/2"`, an argument of `min`) it is refused, because it
need not be one: the remedy names `//` and `ceil`. Where a divisor is 0, a quotient has no value,
as `//` and `%` have none, and no setting meets the condition.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from types import MappingProxyType
from typing import NamedTuple

from symconv.errors import RequestError, shown
from symconv.operators.applied import Applied
from symconv.places import Place
from symconv.reading.grammar import Parser, Part
from symconv.reading.quotients import Quotient, Value
from symconv.reading.remedies import WORDS, in_names_of
from symconv.terms import INTEGER, TRUTH, Term

Words = Mapping[str, Value]
NO_WORDS: Words = MappingProxyType({})

_WANTED = {TRUTH: ("a condition", "stride == 2"), INTEGER: ("a size, or a formula", "2*W")}
"""What a text of each sort is, and an example."""


def constraint(text: str, known: Collection[str] | None = None, words: Words = NO_WORDS) -> Term:
    """Read one condition, such as `"kernel_size <= 8"`.

    Args:
        text: the condition.
        known: the letters that may appear. They then have their least values or more (a stride is
            at least 1), so that `kernel_size/stride >= 2` is `F >= 2*S`. By default any name may
            appear, and is any integer.
        words: names that stand for a term each, or for a `Quotient`.

    Raises:
        RequestError: the text is no condition, or has a name that is not known.
    """
    return _sorted(*_parsed(text, known, words), TRUTH)


def formula(text: str, known: Collection[str] | None = None) -> Term:
    """Read one integer expression, such as `"5*W"` or `"ceil(W/2)"`; otherwise as `constraint`."""
    return _sorted(*_parsed(text, known, NO_WORDS, INTEGER), INTEGER)


def read_with_laws(
    text: str, known: Collection[str] | None = None, words: Words = NO_WORDS
) -> tuple[Term, list[Applied]]:
    """Read one condition, and return the laws that it calls as well, as `constraint` otherwise."""
    parser, value = _parsed(text, known, words)
    return _sorted(parser, value, TRUTH), parser.called


class Clause(NamedTuple):
    """A part of a condition, in its author's words.

    Attributes:
        says: what was written, on a line and without comments.
        term: what it states.
        place: where it stands in its text.
    """

    says: str
    term: Term
    place: Place | None = None


def split(
    text: str, known: Collection[str] | None = None, words: Words = NO_WORDS
) -> tuple[Clause, ...]:
    """Read a condition as the parts that `and` joins.

    Args:
        text: the condition.
        known: as in `constraint`.
        words: as in `constraint`.

    Raises:
        RequestError: the text is no condition, or has a name that is not known.

    >>> [part.says for part in split("odd(stride) and (1 < stride <= 4 and padding in {1, 2})")]
    ['odd(stride)', '1 < stride <= 4', 'padding in {1, 2}']
    >>> [part.says for part in split("stride == 1 or stride == 2 and padding == 0")]
    ['stride == 1 or stride == 2 and padding == 0']
    """
    parser, value = _parsed(text, known, words)
    clauses: list[Clause] = []
    waiting: list[Part] = [(0, len(parser.tokens) - 1, _sorted(parser, value, TRUTH))]
    while waiting:
        start, stop, term = waiting.pop()
        inner = parser.parts_of(start, stop)
        waiting += reversed(inner)
        if not inner:
            place = parser.place(start, stop)
            clauses.append(Clause(one_line(place.piece), parser.truth(term, start), place))
    return tuple(clauses)


def one_line(text: str) -> str:
    """Return a condition as somebody wrote it, on a line and without comments."""
    return " ".join(re.sub(r"#[^\n]*", "", text).split())


def _parsed(
    text: str, known: Collection[str] | None, words: Words, sort: str = TRUTH
) -> tuple[Parser, Value]:
    what, example = _WANTED[sort]
    example = in_names_of(known, example)
    if not isinstance(text, str):
        raise RequestError(
            f"{what} as text", f"{shown(text)} ({type(text).__name__})", f'Write "{example}".'
        )
    parser = Parser(text, known, words)
    if parser.next.kind == "end":
        raise RequestError(what, "an empty text", f'Write for instance "{example}".')
    value = parser.expression()
    if parser.next.kind != "end":
        write = in_names_of(known, WORDS.get(parser.next.text, ""))
        raise parser.error("an operator or the end of the text", write=write)
    return parser, value


def _sorted(parser: Parser, value: Value, sort: str) -> Term:
    """Return a value of the sort that is needed, or say what the text is instead."""
    named = "a comparison" if sort == TRUTH else "a size"
    wanted = f'{named}, like "{in_names_of(parser.known, _WANTED[sort][1])}"'
    if isinstance(value, Term) and value.sort == sort:
        return value
    what, write = f"which is {value.sort}", f"Write {wanted}."
    if isinstance(value, Quotient) and sort == INTEGER:
        what = "which need not be a whole number"
        write = "Write `W//2` (or floor(...)) to round down, `ceil(W/2)` to round up."
    raise parser.error(
        wanted, arrived=f"{shown(parser.text.strip())}, {what}", write=write, since=0
    )
