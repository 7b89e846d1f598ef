"""Random conditions with quotients and sets, each with what Python's fractions make of it.

A `Written` holds a text, with the brackets that Python's precedence asks for and no others, and a
function from the numbers of its names to its value: what the text means is never read from it.
"""

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from math import ceil, floor
from typing import Any

from hypothesis import strategies as st

COMPARISON, SUM, PRODUCT, SIGNED, ATOM = range(5)


@dataclass(frozen=True)
class Written:
    text: str
    level: int
    value: Callable[[dict], Any]

    def at(self, level):
        return self.text if self.level >= level else f"({self.text})"

    def __repr__(self):
        return self.text


def number(value):
    return Written(str(value), ATOM, lambda _: Fraction(value))


def name(word):
    return Written(word, ATOM, lambda numbers: Fraction(numbers[word]))


SIGNS = {
    "+": (SUM, lambda a, b: a + b),
    "-": (SUM, lambda a, b: a - b),
    "*": (PRODUCT, lambda a, b: a * b),
    "/": (PRODUCT, lambda a, b: a / b),
    "//": (PRODUCT, lambda a, b: Fraction(a // b)),
    "%": (PRODUCT, lambda a, b: a % b),
}
FUNCTIONS = {"floor": floor, "ceil": ceil, "abs": abs, "min": min, "max": max}
COMPARISONS = {
    "==": lambda a, b: a == b,
    "!=": lambda a, b: a != b,
    "<": lambda a, b: a < b,
    "<=": lambda a, b: a <= b,
    ">": lambda a, b: a > b,
    ">=": lambda a, b: a >= b,
}


def joined(a, sign, b):
    level, function = SIGNS[sign]
    text = f"{a.at(level)} {sign} {b.at(level + 1)}"
    return Written(text, level, lambda numbers: function(a.value(numbers), b.value(numbers)))


def called(word, *arguments):
    text = f"{word}({', '.join(one.text for one in arguments)})"
    function = FUNCTIONS[word]
    return Written(text, ATOM, lambda n: Fraction(function(*(one.value(n) for one in arguments))))


def minus(a):
    return Written(f"-{a.at(SIGNED)}", SIGNED, lambda numbers: -a.value(numbers))


def compared(a, sign, b):
    function = COMPARISONS[sign]
    text = f"{a.at(SUM)} {sign} {b.at(SUM)}"
    return Written(text, COMPARISON, lambda n: function(a.value(n), b.value(n)))


def chained(a, first, b, second, c):
    left, right = compared(a, first, b), compared(b, second, c)
    text = f"{a.at(SUM)} {first} {b.at(SUM)} {second} {c.at(SUM)}"
    return Written(text, COMPARISON, lambda n: left.value(n) and right.value(n))


def parity(word, a):
    rest = int(word == "odd")
    return Written(f"{word}({a.text})", ATOM, lambda numbers: a.value(numbers) % 2 == rest)


def member(a, entries, brackets, outside):
    """What is in a set equals one of its entries; they are looked at from the left."""
    text = f"{a.at(SUM)} {'not in' if outside else 'in'} "
    text += brackets.format(", ".join(one[0] for one in entries))

    def value(numbers):
        return outside != any(inside(a, numbers) for _, inside in entries)

    return Written(text, COMPARISON, value)


def entry(b):
    return b.at(SUM), lambda a, numbers: a.value(numbers) == b.value(numbers)


def span(first, last):
    return f"{first}..{last}", lambda a, n: a.value(n) in range(first, last + 1)


def stepped(numbers):
    return f"range({', '.join(map(str, numbers))})", lambda a, n: a.value(n) in range(*numbers)


whole_numbers = st.integers(0, 12)


@lru_cache(maxsize=64)
def wholes(names, depth):
    """Amounts that are integers by how they are written."""
    leaves = st.sampled_from(names).map(name) | whole_numbers.map(number)
    if depth == 0:
        return leaves
    inner, quotient = wholes(names, depth - 1), amounts(names, depth - 1)
    return st.one_of(
        leaves,
        st.builds(joined, inner, st.sampled_from(["+", "-", "*", "//", "%"]), inner),
        st.builds(joined, quotient, st.just("//"), inner),
        st.builds(called, st.sampled_from(["floor", "ceil"]), quotient),
        st.builds(called, st.just("abs"), inner),
        st.builds(called, st.sampled_from(["min", "max"]), inner, inner),
        inner.map(minus),
    )


fractions = st.builds(
    lambda a, b: joined(number(a), "/", number(b)), whole_numbers, st.integers(1, 7)
)


@lru_cache(maxsize=64)
def amounts(names, depth):
    """Integers, and quotients of them; nothing is divided by what has a name below its line."""
    if depth == 0:
        return wholes(names, 0) | fractions
    inner, divisor = amounts(names, depth - 1), wholes(names, depth - 1) | fractions
    return st.one_of(
        wholes(names, depth),
        st.builds(joined, inner, st.sampled_from(["+", "-", "*"]), inner),
        st.builds(joined, inner, st.sampled_from(["/", "/", "%", "//"]), divisor),
        inner.map(minus),
    )


ranges = (
    st.tuples(st.integers(-5, 5), st.integers(0, 9)).map(lambda p: span(p[0], p[0] + p[1]))
    | st.tuples(st.integers(1, 9)).map(stepped)
    | st.tuples(st.integers(-5, 5), st.integers(1, 9), st.integers(1, 4)).map(
        lambda t: stepped((t[0], t[0] + t[1], t[2]))
    )
    | st.tuples(st.integers(-5, 5), st.integers(1, 9), st.integers(1, 4)).map(
        lambda t: stepped((t[0], t[0] - t[1], -t[2]))
    )
)


@lru_cache(maxsize=64)
def conditions(names, depth=2):
    """Comparisons, chains of two, parities and memberships."""
    value, signs = amounts(names, depth), st.sampled_from([*COMPARISONS])
    entries = st.lists(amounts(names, 1).map(entry) | ranges, min_size=1, max_size=3)
    brackets = st.sampled_from(["{{{}}}", "[{}]", "({})", "({},)"])
    return st.one_of(
        st.builds(compared, value, signs, value),
        st.builds(compared, value, signs, wholes(names, 0)),
        st.builds(chained, value, signs, value, signs, value),
        st.builds(parity, st.sampled_from(["odd", "even"]), value),
        st.builds(member, value, entries, brackets, st.booleans()),
        st.builds(member, value, ranges.map(lambda one: [one]), st.just("{}"), st.booleans()),
    )
