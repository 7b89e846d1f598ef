r"""Formulas as people write them in a sentence, read as LaTeX: `2P`, `nW`, `o' = s(i' - 1) + k`.

The grammar, the loosest first; whatever does not fit ends the formula:

    several   relation {, relation} with "..." among them
    relation  sum {< <= = ... sum}
    sum       [-] product {+ - product}
    product   power {* / // % mod power}, or factors beside each other
    power     atom [^ atom]
    atom      number, letter, function(several, with or without letter=), (relation)
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import NamedTuple, TypeVar

RELATIONS = {
    "=": "=", "==": "=", "!=": r"\ne", "≠": r"\ne", "<": "<", ">": ">", "<=": r"\le",
    ">=": r"\ge", "≤": r"\le", "≥": r"\ge", "|": r"\mid", "∣": r"\mid", "≡": r"\equiv",
    "<=>": r"\iff", "⇔": r"\iff", "=>": r"\implies", "⇒": r"\implies",
}  # fmt: skip
"""Signs between sums."""
SUMS = {"+": "+", "-": "-", "−": "-"}
PRODUCTS = {"*": r"\cdot", "·": r"\cdot", "×": r"\times", "/": "/", "//": "//", "%": "%"}
SIGNS = {*RELATIONS, *SUMS, *PRODUCTS, "^"}
_ROUNDED = {"floor": r"\lfloor {} \rfloor", "ceil": r"\lceil {} \rceil", "abs": r"\lvert {} \rvert"}
_FUNCTIONS = ("gcd", "max", "min")
"""What LaTeX has a command for."""
_LETTER = re.compile(r"([A-Za-z])(\d*)(?:_([A-Za-z0-9]+))?('*)")


class Token(NamedTuple):
    """A piece of a sentence.

    Attributes:
        kind: `number`, `letter`, `function`, `sign`, `open`, `close`, `comma`, `dots`, `mod`,
            `code` or `word`.
        text: as it stands.
        start: where it begins.
        spaced: whether a space stands before it.
    """

    kind: str
    text: str
    start: int
    spaced: bool

    @property
    def end(self) -> int:
        """Where it ends."""
        return self.start + len(self.text)


Inside = TypeVar("Inside", str, list[str])
_NOTHING = Token("end", "", 0, False)


LONG_LETTERS = ("lo", "hi")
"""What the two paddings of an axis are called: one letter each."""


class Read(NamedTuple):
    """A formula that was read: its LaTeX, and how many tokens it takes."""

    latex: str
    length: int


def formula(tokens: Sequence[Token], start: int) -> Read | None:
    """Read the longest formula that begins at a token.

    Returns:
        The formula; nothing where none begins, where it would be a lone number, or two numbers
        with a hyphen, which is a range.
    """
    reader = _Reader(tokens, start)
    if tokens[start].kind == "sign" and reader.hyphened():
        return None
    try:
        latex = reader.several()
    except _Other:
        return None
    taken = tokens[start : reader.place]
    kinds = {token.kind for token in taken}
    if not kinds & {"letter", "function", "sign", "mod"}:
        return None
    joined = [token.text for token in taken[1:-1]] == ["-"] and not taken[1].spaced
    if joined and {taken[0].kind, taken[-1].kind} == {"number"}:
        return None
    return Read(latex, len(taken))


class _Other(Exception):  # noqa: N818 - no error: what stands there is no part of a formula
    """What stands here is no formula."""


class _Reader:
    """Reads tokens from a place on; what does not fit is left there."""

    def __init__(self, tokens: Sequence[Token], start: int) -> None:
        self.tokens, self.start, self.place = tokens, start, start

    def at(self, place: int) -> Token:
        return self.tokens[place] if place < len(self.tokens) else _NOTHING

    @property
    def next(self) -> Token:
        return self.at(self.place)

    def hyphened(self) -> bool:
        """Whether a sign hangs on the word or number before it."""
        before = self.at(self.start - 1) if self.start else _NOTHING
        return not self.next.spaced and (before.text[-1:].isascii() and before.text[-1:].isalnum())

    def attempt(self, read: Callable[[], str]) -> str | None:
        """Read something if it stands here, or else stay."""
        before = self.place
        try:
            return read()
        except _Other:
            self.place = before
            return None

    def several(self) -> str:
        """Read `1, ..., n`; commas between formulas without dots are the sentence's own."""
        latex = self.relation()
        parts, whole, last, dotted = [latex], latex, self.place, False
        while (more := self.attempt(self.further)) is not None:
            dotted = dotted or more.endswith(r"\dots")
            parts.append(more)
            if dotted:
                whole, last = "".join(parts), self.place
        self.place = last
        return whole

    def further(self) -> str:
        """Read what goes on with a comma, with dots, or after dots."""
        comma = ", " if self.next.kind == "comma" else " "
        self.place += comma == ", "
        if self.next.kind == "dots":
            self.place += 1
            return rf"{comma}\dots"
        if comma == " " and self.at(self.place - 1).kind != "dots":
            raise _Other
        return comma + self.sum()

    def relation(self) -> str:
        latex = self.sum()
        while self.next.text in RELATIONS:
            sign = RELATIONS[self.next.text]
            right = self.attempt(self.after_sign(self.sum))
            if right is None:
                break
            latex = f"{latex} {sign} {right}"
        return latex

    def after_sign(self, read: Callable[[], str]) -> Callable[[], str]:
        """Return a reader of what stands behind the next token."""

        def reading() -> str:
            self.place += 1
            return read()

        return reading

    def sum(self) -> str:
        sign = ""
        if self.next.text in SUMS and not self.at(self.place + 1).spaced:
            self.place, sign = self.place + 1, SUMS[self.next.text]
        latex = sign + self.product()
        while self.next.text in SUMS and self.next.spaced == self.at(self.place + 1).spaced:
            sign = SUMS[self.next.text]
            right = self.attempt(self.after_sign(self.product))
            if right is None:
                break
            latex = f"{latex} {sign} {right}"
        return latex

    def product(self) -> str:
        latex = self.power()
        while True:
            sign = "mod" if self.next.kind == "mod" else PRODUCTS.get(self.next.text, "")
            if sign:
                right = self.attempt(self.after_sign(self.power))
            else:
                right = self.attempt(self.power) if self.beside() else None
            if right is None:
                return latex
            latex = _product(latex, sign, right)

    def beside(self) -> bool:
        """Whether what stands here is a factor beside the one before: `2P`, `m B`, `n(S + 1)`."""
        last, here = self.at(self.place - 1), self.next
        if not here.spaced:
            return here.kind in ("letter", "open", "function")
        counted = last.kind == "number" and self.place - 1 > self.start
        return here.kind == "letter" and (last.kind == "letter" or counted)

    def power(self) -> str:
        latex = self.atom()
        if self.next.text == "^" and (over := self.attempt(self.after_sign(self.atom))):
            return f"{latex}^{{{over.removeprefix('(').removesuffix(')')}}}"
        return latex

    def atom(self) -> str:
        token = self.next
        self.place += 1
        if token.kind == "number":
            return token.text
        if token.kind == "letter":
            return letter(token.text)
        if token.kind == "open":
            return f"({self.closed(self.relation)})"
        if token.kind == "function":
            self.place += 1
            return self.called(token.text)
        raise _Other

    def closed(self, read: Callable[[], Inside]) -> Inside:
        """Read what stands before a closing bracket."""
        inside = read()
        if self.next.kind != "close":
            raise _Other
        self.place += 1
        return inside

    def called(self, name: str) -> str:
        """Read the arguments of a function; those with a letter and `=` go below its name."""
        arguments = self.closed(self.arguments)
        if name in _ROUNDED:
            return _ROUNDED[name].format(", ".join(arguments))
        below = ", ".join(part for part in arguments if " = " in part)
        inside = ", ".join(part for part in arguments if " = " not in part)
        command = rf"\{name}" if name in _FUNCTIONS else rf"\operatorname{{{name}}}"
        return command + (f"_{{{below}}}" if below else "") + f"({inside})"

    def arguments(self) -> list[str]:
        parts = [self.relation()]
        while self.next.kind == "comma":
            self.place += 1
            parts.append(self.relation())
        return parts


def _product(left: str, sign: str, right: str) -> str:
    """Write two factors, with a dot only where two numbers would run together."""
    if sign == "//":
        return rf"\lfloor {left}/{right} \rfloor"
    if sign == "/":
        return f"{left}/{right}"
    if sign in ("%", "mod"):
        return rf"{left} \bmod {right}"
    if sign == r"\cdot" and not right[0].isdigit():
        sign = ""
    return f"{left} {sign} {right}" if sign else f"{left} {right}"


def letter(text: str) -> str:
    r"""Write a letter with its number or name below and its primes.

    >>> print(letter("S0"), letter("P'"), letter("W_out"), letter("lo"))
    S_{0} P' W_{\mathrm{out}} \mathrm{lo}
    """
    if text in LONG_LETTERS:
        return rf"\mathrm{{{text}}}"
    match = _LETTER.fullmatch(text)
    if match is None:
        raise ValueError(f"a letter with what belongs to it; got {text!r}")
    name, number, below, primes = match.groups()
    lower = number or (rf"\mathrm{{{below}}}" if below else "")
    return name + (f"_{{{lower}}}" if lower else "") + primes
