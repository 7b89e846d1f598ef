"""Constraints as people write them in Python, read into terms.

    or, and, not · chains of == != < <= > >= · + - * // % · min max abs odd even · a if c else b

>>> from symconv.meanings.notation import text
>>> text(constraint("kernel_size % stride == 0 and kernel_size <= 8"))
'F % S == 0 and F <= 8'

A name is one of torch's (`kernel_size`) or a letter of the laws (`F`); both give the letter.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from types import MappingProxyType

from symconv.errors import RequestError, nearest_name
from symconv.reading.tokens import Reader
from symconv.terms import INTEGER, TRUTH, Term, both, constant, maximum, minimum, variable, where
from symconv.vocabulary import LETTERS, torch_name

_FUNCTIONS = ("min", "max", "abs", "odd", "even")
_RESERVED = {"or", "and", "not", "if", "else", "in", "is", "lambda", *_FUNCTIONS} | {
    "True",
    "False",
    "None",
}

_COMPARE: dict[str, Callable[[Term, Term], Term]] = {
    "<=": lambda a, b: a <= b,
    "<": lambda a, b: a < b,
    ">=": lambda a, b: a >= b,
    ">": lambda a, b: a > b,
}
_SUMS: dict[str, Callable[[Term, Term], Term]] = {
    "+": lambda a, b: a + b,
    "-": lambda a, b: a - b,
}
_PRODUCTS: dict[str, Callable[[Term, Term], Term]] = {
    "*": lambda a, b: a * b,
    "//": lambda a, b: a // b,
    "%": lambda a, b: a % b,
}
_REMEDY = {
    "=": "Write `==` for an equality.",
    "/": "Write `//` for a rounded quotient, or multiply out: `2*padding == kernel_size - 1`.",
    "**": "Write a product: `stride*stride`.",
    "is": "Write `odd(kernel_size)`, or `==` for an equality.",
    ",": "Join conditions by `and`, or give several.",
}


def constraint(
    text: str,
    known: Collection[str] | None = None,
    words: Mapping[str, Term] = MappingProxyType({}),
) -> Term:
    """Read one condition, such as `"kernel_size <= 8"`.

    Args:
        text: the condition.
        known: the letters that may appear; by default any name may.
        words: names that stand for a term each.

    Raises:
        RequestError: the text is no condition, or has a name that is not known.
    """
    return _parsed(text, known, TRUTH, words)


def formula(text: str, known: Collection[str] | None = None) -> Term:
    """Read one integer expression, such as `"5*W"`; otherwise as `constraint`."""
    return _parsed(text, known, INTEGER)


def _parsed(
    text: str,
    known: Collection[str] | None,
    sort: str,
    words: Mapping[str, Term] = MappingProxyType({}),
) -> Term:
    if not isinstance(text, str):
        raise RequestError(
            "a condition as text", f"{text!r} ({type(text).__name__})", 'Write "stride == 2".'
        )
    parser = _Parser(text, known, words)
    if parser.next.kind == "end":
        raise RequestError("a condition", "an empty text", 'Write for instance "stride == 2".')
    term = parser.expression()
    if parser.next.kind != "end":
        raise parser.error(
            "an operator or the end of the text", write=_REMEDY.get(parser.next.text, "")
        )
    if term.sort != sort:
        wanted = 'a comparison, like "stride == 2"' if sort == TRUTH else 'a size, like "2*W"'
        raise RequestError(wanted, f"{text.strip()!r}, which is {term.sort}", f"Write {wanted}.")
    return term


class _Parser(Reader):
    """One method a level of precedence, loosest first."""

    def __init__(self, text: str, known: Collection[str] | None, words: Mapping[str, Term]) -> None:
        super().__init__(text.replace("\n", " "))
        self.known, self.words = known, words

    def expression(self) -> Term:
        self.enter()
        term = self.disjunction()
        if self.accept("if"):
            condition = self.need(self.disjunction(), TRUTH)
            self.expect("else")
            term = where(condition, self.need(term, INTEGER), self.need(self.expression(), INTEGER))
        self.leave()
        return term

    def disjunction(self) -> Term:
        term = self.conjunction()
        while self.accept("or"):
            term = self.need(term, TRUTH) | self.need(self.conjunction(), TRUTH)
        return term

    def conjunction(self) -> Term:
        term = self.negation()
        while self.accept("and"):
            term = self.need(term, TRUTH) & self.need(self.negation(), TRUTH)
        return term

    def negation(self) -> Term:
        if not self.accept("not"):
            return self.comparison()
        self.enter()
        term = ~self.need(self.negation(), TRUTH)
        self.leave()
        return term

    def comparison(self) -> Term:
        left, links = self.sum(), []
        while sign := self.accept("==", "!=", *_COMPARE):
            right = self.sum()
            links.append(self.link(sign, left, right))
            left = right
        return both(*links) if links else left

    def link(self, sign: str, left: Term, right: Term) -> Term:
        if sign in _COMPARE:
            return _COMPARE[sign](self.need(left, INTEGER), self.need(right, INTEGER))
        same = left.iff(self.need(right, TRUTH)) if left.sort == TRUTH else None
        same = left.eq(self.need(right, INTEGER)) if same is None else same
        return same if sign == "==" else ~same

    def sum(self) -> Term:
        return self.chain(self.product, _SUMS)

    def product(self) -> Term:
        return self.chain(self.signed, _PRODUCTS)

    def chain(
        self, inner: Callable[[], Term], words: dict[str, Callable[[Term, Term], Term]]
    ) -> Term:
        term = inner()
        while sign := self.accept(*words):
            term = words[sign](self.need(term, INTEGER), self.need(inner(), INTEGER))
        return term

    def signed(self) -> Term:
        if self.accept("+"):
            self.enter()
            term = self.need(self.signed(), INTEGER)
            self.leave()
            return term
        if not self.accept("-"):
            return self.atom()
        if self.next.kind == "int":
            return constant(-int(self.advance().text))
        self.enter()
        term = -self.need(self.signed(), INTEGER)
        self.leave()
        return term

    def atom(self) -> Term:
        if self.accept("("):
            term = self.expression()
            self.expect(")")
            return term
        if self.next.kind == "int":
            return constant(int(self.advance().text))
        if self.next.kind == "float":
            raise self.error(
                "whole numbers", write="Sizes are integers: write the condition with those."
            )
        if called := self.accept(*_FUNCTIONS):
            return self.call(called)
        if self.next.kind == "name" and self.next.text not in _RESERVED:
            return self.name()
        raise self.error("a number, a name or `(`", write=_REMEDY.get(self.next.text, ""))

    def call(self, name: str) -> Term:
        self.expect("(")
        arguments = [self.need(self.expression(), INTEGER)]
        while self.accept(","):
            arguments.append(self.need(self.expression(), INTEGER))
        self.expect(")", "`,` or `)`")
        single = name in ("abs", "odd", "even")
        if single != (len(arguments) == 1):
            raise self.error("one argument for abs, odd and even, two or more for min and max")
        if name == "abs":
            return maximum(arguments[0], -arguments[0])
        if single:
            return (arguments[0] % 2).eq(int(name == "odd"))
        return (minimum if name == "min" else maximum)(*arguments)

    def name(self) -> Term:
        word = self.next.text
        if self.tokens[self.index + 1].text == "(":
            raise self.no_function(word)
        if word in self.words:
            found = self.words[word]
            self.advance()
            return found
        letter = LETTERS.get(word, word)
        if self.known is not None and letter not in self.known:
            names = [*(torch_name(one) for one in self.known), *self.words]
            raise self.error("a name that this request has", write=nearest_name(word, names))
        self.advance()
        return variable(letter)

    def no_function(self, word: str) -> RequestError:
        names = ", ".join(_FUNCTIONS)
        write = f"Write `{word}*(...)` for a product." if word in LETTERS.values() else ""
        return self.error(
            f"one of the functions that there are: {names}",
            arrived=f"the function `{word[:40]}`",
            write=write or "Write the condition with these, and with + - * // %.",
        )

    def need(self, term: Term, sort: str) -> Term:
        if term.sort != sort:
            raise self.error(f"{sort} before this place", arrived=term.sort)
        return term
