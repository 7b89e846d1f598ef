"""The grammar of amounts: numbers, names, calls, and what `+ - * / // %` make of them."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from fractions import Fraction
from typing import TypeVar

from symconv.errors import RequestError, near_name, nearest_name
from symconv.operators.applied import Applied, is_law, law_names
from symconv.reading import laws, quotients
from symconv.reading.quotients import Quotient, Value
from symconv.reading.remedies import CALLS, WORDS, in_names_of
from symconv.reading.tokens import Reader
from symconv.terms import INTEGER, TRUTH, Term, constant, maximum, minimum, variable
from symconv.vocabulary import FRACTIONS, LETTERS, VOCABULARY, torch_name

Checked = TypeVar("Checked", bound=Value)
Binary = tuple[Callable[[Term, Term], Term] | None, Callable[[Value, Value], Value]]

SUMS: dict[str, Binary] = {
    "+": (lambda a, b: a + b, quotients.added),
    "-": (lambda a, b: a - b, quotients.subtracted),
}
PRODUCTS: dict[str, Binary] = {
    "*": (lambda a, b: a * b, quotients.multiplied),
    "//": (lambda a, b: a // b, quotients.floor_divided),
    "%": (lambda a, b: a % b, quotients.remainder),
    "/": (None, quotients.divided),
}
"""What a sign makes of two integers, kept as they are written, and what of two quotients."""

ROUNDING = {"floor": quotients.floored, "ceil": quotients.ceiled}
FUNCTIONS = ("min", "max", "abs", "odd", "even", *ROUNDING)
RESERVED = {"or", "and", "not", "if", "else", "in", "is", "lambda", "True", "False", "None"}
DIGITS = "0123456789"


class Amounts(Reader):
    """A text of which amounts are read; what stands between brackets is for a class below it.

    Args:
        text: what to read; it may go over several lines.
        known: the letters that may appear; by default any name may.
        words: names that stand for a term or a quotient each.
    """

    def __init__(
        self, text: str, known: Collection[str] | None, words: Mapping[str, Value]
    ) -> None:
        """Cut the text, and forget where its lines end."""
        super().__init__(text)
        self.tokens = [token for token in self.tokens if token.kind != "newline"]
        self.known, self.words = known, words
        self.brackets: dict[int, int] = {}
        self.called: list[Applied] = []

    def expression(self) -> Value:
        """Read what may stand between brackets."""
        raise NotImplementedError

    @property
    def after(self) -> str:
        """The text of the token after the next one."""
        return self.tokens[min(self.index + 1, len(self.tokens) - 1)].text

    def sum(self) -> Value:
        """Read `a + b - c`."""
        return self.chain(self.product, SUMS)

    def product(self) -> Value:
        """Read `a*b // c % d / e`."""
        return self.chain(self.signed, PRODUCTS)

    def chain(self, inner: Callable[[], Value], signs: Mapping[str, Binary]) -> Value:
        """Read operands joined by some signs, grouped to the left."""
        start = self.index
        value = inner()
        while self.at(*signs):
            left, sign = self.amount(value, start), self.advance().text
            place = self.index
            right = self.amount(inner(), place)
            plain, exact = signs[sign]
            whole = plain and isinstance(left, Term) and isinstance(right, Term)
            divides = sign in PRODUCTS and sign != "*" and not (whole and self.known is None)
            if divides and (why := quotients.why_no_divisor(right)):
                raise self.error(why[0], write=why[1], since=place)
            if plain and isinstance(left, Term) and isinstance(right, Term):
                value = plain(left, right)  # a statement may divide by 0: that has no value
                continue
            value = self.reasonable(exact(left, right), start)
        return value

    def signed(self) -> Value:
        """Read a sign and what follows."""
        if not (sign := self.accept("+", "-")):
            return self.atom()
        if sign == "-" and self.next.kind == "int":
            return constant(-int(self.advance().text))
        self.enter()
        value = self.operand(self.signed, self.amount)
        self.leave()
        if sign == "+":
            return value
        return -value if isinstance(value, Term) else quotients.negative(value)

    def atom(self) -> Value:
        """Read a number, a name, a call or brackets."""
        place = self.index
        if self.accept("("):
            value = self.expression()
            self.brackets[place] = self.index
            self.expect(")")
            return value
        if self.next.kind == "int":
            return constant(int(self.advance().text))
        if self.next.kind == "float":
            raise self.no_float()
        if self.next.text == "math" and self.after == ".":
            self.advance()
            self.advance()
        if self.at(*FUNCTIONS):
            return self.call()
        if self.next.kind == "name" and self.after == "(" and is_law(self.next.text):
            return laws.called(self)
        if self.next.kind == "name" and self.next.text not in (*RESERVED, *FUNCTIONS):
            return self.name()
        write = in_names_of(self.known, WORDS.get(self.next.text, ""))
        raise self.error("a number, a name or `(`", write=write)

    def call(self) -> Value:
        """Read a function and its arguments, and return its value."""
        start = self.index
        name = self.advance().text
        if name in ("min", "max", "abs"):
            return self.of_integers(name, self.arguments(self.integer), start)
        amount, *others = self.arguments(self.amount)
        if others:
            raise self.miscounted(name, 1 + len(others), start)
        if name in ROUNDING:
            return ROUNDING[name](amount)
        half = quotients.remainder(amount, constant(2))
        return quotients.compared("==", half, constant(int(name == "odd")), self.least)

    def of_integers(self, name: str, arguments: list[Term], since: int) -> Term:
        """Return the value of a function of integers."""
        if (name == "abs") != (len(arguments) == 1):
            raise self.miscounted(name, len(arguments), since)
        if name == "abs":
            return maximum(arguments[0], -arguments[0])
        return (minimum if name == "min" else maximum)(*arguments)

    def miscounted(self, name: str, count: int, since: int) -> RequestError:
        """Return the error that a function has too many arguments, or too few."""
        return self.error(
            "two or more arguments for min and max, one for the other functions",
            arrived=f"{count} for {name}",
            since=since,
        )

    def arguments(self, checked: Callable[[Value, int], Checked]) -> list[Checked]:
        """Read what stands between round brackets, and check each part."""
        self.expect("(")
        values = [self.operand(self.expression, checked)]
        while self.accept(","):
            values.append(self.operand(self.expression, checked))
        self.expect(")", "`,` or `)`")
        return values

    def operand(
        self, read: Callable[[], Value], checked: Callable[[Value, int], Checked]
    ) -> Checked:
        """Read something, and check it as what stands from here to where it ends."""
        start = self.index
        return checked(read(), start)

    def name(self) -> Value:
        """Read a name: a word of this request, one of torch's names, or a letter."""
        word = self.next.text
        if self.after == "(":
            raise self.no_function(word)
        letter, parts = letter_of(word), FRACTIONS.get(word, ())
        value: Value | None = self.words.get(word)
        if value is None and parts and self.known is not None and set(parts) <= set(self.known):
            value = quotients.divided(*map(variable, parts))
        if value is None and self.known is not None and letter not in self.known:
            raise self.no_name(word, self.known)
        self.advance()
        return variable(letter) if value is None else value

    def no_name(self, word: str, known: Collection[str]) -> RequestError:
        """Return the error that a name is none of this request, with those that are."""
        stem = letter_of(word.rstrip(DIGITS))
        numbered = [one for one in known if one.rstrip(DIGITS) == stem != one]
        if stem == word and numbered:
            write = f"Say of which axis: {', '.join(numbered)}."
        elif stem != word and stem in known:
            write = f"Write `{word.rstrip(DIGITS)}`, which is the same on all axes."
        elif word in WORDS:
            write = in_names_of(known, WORDS[word])
        else:
            whole = {part: name for name, parts in FRACTIONS.items() for part in parts}
            sizes = [one for one in ("W", "O") if one in known]  # by their letters, too
            others = dict.fromkeys(whole.get(one, torch_name(one)) for one in known)
            names = [*sizes, *others, *self.words]
            letters = [one for one in known if one.lower() == word.lower()]
            write = nearest_name(word, letters or names)
        return self.error("a name that this request has", write=write)

    def no_function(self, word: str) -> RequestError:
        """Return the error that there is no such function, with those that there are."""
        write = f"Write `{word}*(...)` for a product." if word in LETTERS.values() else ""
        return self.error(
            f"one of the functions that there are: {', '.join(FUNCTIONS)}",
            arrived=f"the function `{word[:40]}`",
            write=in_names_of(self.known, CALLS.get(word, ""))
            or write
            or near_name(word, (*FUNCTIONS, *law_names()))
            or "Write the condition with these, and with + - * / // %.",
        )

    def no_float(self) -> RequestError:
        """Return the error that a number is not whole, and how to write it exactly."""
        text = self.next.text
        exact = Fraction(text) if "e" not in text.lower() and len(text) < 20 else None
        write = f"Write {exact} for {text}." if exact else "Write whole numbers, or 5/2 for 2.5."
        return self.error("whole numbers, or quotients of such", write=write)

    def amount(self, value: Value, since: int) -> Value:
        """Return an integer or a quotient; a truth value is neither."""
        return value if isinstance(value, Quotient) else self.integer(value, since)

    def least(self, name: str) -> int | None:
        """Return the least value of a name of this request; where any may appear, there is none."""
        if self.known is None:
            return None
        if any(name in parts for parts in FRACTIONS.values()):
            return 1
        word = VOCABULARY.get(name.rstrip(DIGITS))
        return word.least if word else None

    def integer(self, value: Value, since: int) -> Term:
        """Return an integer, or say what stands from a token on to this place instead."""
        if isinstance(value, Quotient):
            write = "Round it with `//`, floor(...) or ceil(...), or compare it."
            raise self.error(
                "a whole number",
                arrived="a quotient, which need not be one",
                write=write,
                since=since,
            )
        if value.sort != INTEGER:
            raise self.error("an integer", arrived=value.sort, since=since)
        return value

    def truth(self, value: Value, since: int) -> Term:
        """Return a truth value, or say what stands from a token on to this place instead."""
        if isinstance(value, Quotient) or value.sort != TRUTH:
            write = in_names_of(self.known, 'Write a comparison, like "stride == 2".')
            raise self.error("a truth value", arrived=value.sort, write=write, since=since)
        return value

    def reasonable(self, value: Value, since: int) -> Value:
        """Return a quotient that is no endless formula."""
        if quotients.too_long(value):
            raise self.error(
                f"at most {quotients.MOST_DIVISORS} divisors in one sum or product",
                arrived="more",
                write="Multiply the condition out.",
                since=since,
            )
        return value


def letter_of(word: str) -> str:
    """Return the letter of one of torch's names; any other name stays."""
    return LETTERS.get(word, word)
