r"""Formulas of structural statements: what the language of laws cannot say.

They have functions, lists of layers, sums, and quantifiers anywhere. A formula is a value: LaTeX
and text are written from it (`writing`), it is computed for numbers (`computing`), and it is
compared with what the Coq file states. So the signs are Coq's, and nothing is simplified; only
what Coq has as notation is one formula here, too: `0 <= d < F` is `0 <= d /\ d < F`, and
quantifiers of one kind one behind the other are one.
"""

from __future__ import annotations

from dataclasses import dataclass

Binding = tuple[str, str]
"""A name that is bound, and what it ranges over, as Coq writes that: `Z`, `list layer`."""


class Formula:
    """A part of a statement. Signs make larger ones; `==` compares."""

    def __call__(self, *arguments: Formula | int) -> Applied:
        """Apply a function; `f(a)(b)` is `f(a, b)`."""
        more = tuple(map(formula, arguments))
        if isinstance(self, Applied):
            return Applied(self.head, self.arguments + more)
        return Applied(self, more)

    def __add__(self, other: Formula | int) -> Applied:
        return sign("+", self, other)

    def __sub__(self, other: Formula | int) -> Applied:
        return sign("-", self, other)

    def __rsub__(self, other: Formula | int) -> Applied:
        return sign("-", other, self)

    def __neg__(self) -> Applied:
        return sign("-", self)

    def __mul__(self, other: Formula | int) -> Applied:
        return sign("*", self, other)

    def __rmul__(self, other: Formula | int) -> Applied:
        return sign("*", other, self)

    def __floordiv__(self, other: Formula | int) -> Applied:
        return sign("/", self, other)

    def __mod__(self, other: Formula | int) -> Applied:
        return sign("mod", self, other)

    def __pow__(self, other: Formula | int) -> Applied:
        return sign("^", self, other)

    def __le__(self, other: Formula | int) -> Applied:
        return sign("<=", self, other)

    def __lt__(self, other: Formula | int) -> Applied:
        return sign("<", self, other)

    def __ge__(self, other: Formula | int) -> Applied:
        return sign(">=", self, other)

    def __gt__(self, other: Formula | int) -> Applied:
        return sign(">", self, other)

    def eq(self, other: Formula | int) -> Applied:
        """Write that both are equal."""
        return sign("=", self, other)

    def ne(self, other: Formula | int) -> Applied:
        """Write that both differ."""
        return sign("<>", self, other)

    def iff(self, other: Formula) -> Applied:
        """Write that both hold or neither."""
        return sign("<->", self, other)

    def divides(self, other: Formula) -> Applied:
        """Write that the other is a multiple."""
        return sign("|", self, other)

    def append(self, other: Formula) -> Applied:
        """Write one list behind the other."""
        return sign("++", self, other)

    def before(self, rest: Formula) -> Applied:
        """Write the list that begins with this and goes on with the rest."""
        return sign("::", self, rest)

    def __bool__(self) -> bool:
        """Refuse: a formula has a truth value only for numbers."""
        raise TypeError("a formula is neither true nor false; write between(0, d, F)")


@dataclass(frozen=True)
class Name(Formula):
    """A letter, or what a file defines.

    Attributes:
        name: how it is called.
    """

    name: str


@dataclass(frozen=True)
class Number(Formula):
    """A number that is written as such.

    Attributes:
        value: which.
    """

    value: int


@dataclass(frozen=True)
class Applied(Formula):
    """A function, or a sign, with what it is applied to.

    Attributes:
        head: the function.
        arguments: to what it is applied.
    """

    head: Formula
    arguments: tuple[Formula, ...]


@dataclass(frozen=True)
class Bound(Formula):
    """A quantifier, or a function that is written out.

    Attributes:
        word: `forall`, `exists` or `fun`.
        names: what it binds.
        body: what is said of them.
    """

    word: str
    names: tuple[Binding, ...]
    body: Formula


@dataclass(frozen=True)
class Cases(Formula):
    """A definition by cases.

    Attributes:
        subject: of what the cases are.
        cases: each a pattern, and what it is then.
    """

    subject: Formula
    cases: tuple[tuple[Formula, Formula], ...]


def formula(like: Formula | int) -> Formula:
    """Return a formula, also of a number."""
    return Number(like) if isinstance(like, int) else like


def names(words: str) -> tuple[Name, ...]:
    """Return several names: `names("W F S")`."""
    return tuple(map(Name, words.split()))


def sign(word: str, *arguments: Formula | int) -> Applied:
    """Return formulas joined by a sign of Coq's."""
    return Name(word)(*arguments)


def both(*parts: Formula) -> Formula:
    """Return that all parts hold, grouped as Coq does."""
    first, *others = parts
    return sign("/\\", first, both(*others)) if others else first


def between(first: Formula | int, *others: Formula | int, strict: bool = True) -> Formula:
    """Return `0 <= d < F`; if it is not strict, `0 <= d <= F`."""
    low, middle, high = (formula(part) for part in (first, *others))
    return both(low <= middle, middle < high if strict else middle <= high)


def given(*parts: Formula) -> Formula:
    """Return that the last part follows from those before it."""
    first, *others = parts
    return sign("->", first, given(*others)) if others else first


def bindings(words: str) -> tuple[Binding, ...]:
    """Read what is bound.

    >>> bindings("F S : Z; w : Z -> Z")
    (('F', 'Z'), ('S', 'Z'), ('w', 'Z -> Z'))
    """
    groups = (group.partition(":") for group in words.split(";"))
    return tuple((name, sort.strip()) for many, _, sort in groups for name in many.split())


def bound(word: str, bound_names: tuple[Binding, ...], body: Formula) -> Formula:
    """Return what a word binds; one behind another of the same word is one."""
    if isinstance(body, Bound) and body.word == word:
        return Bound(word, bound_names + body.names, body.body)
    return Bound(word, bound_names, body)


def every(words: str, body: Formula) -> Formula:
    """Return that something holds of all: `every("y : Z", ...)`."""
    return bound("forall", bindings(words), body)


def some(words: str, body: Formula) -> Formula:
    """Return that something holds of some."""
    return bound("exists", bindings(words), body)


def function(words: str, body: Formula | int) -> Formula:
    """Return a function that is written out: `function("x", x + 1)`."""
    return bound("fun", bindings(words), formula(body))


def listed(*elements: Formula | int) -> Formula:
    """Return a list of these elements."""
    return sign("[]", *elements)


def where(condition: Formula, then: Formula | int, otherwise: Formula | int) -> Formula:
    """Return one of two, as a condition has it."""
    return sign("if", condition, then, otherwise)


def cases(subject: Formula, *pairs: tuple[Formula, Formula | int]) -> Formula:
    """Return a definition by cases: pairs of a pattern and what it is then."""
    return Cases(subject, tuple((pattern, formula(value)) for pattern, value in pairs))


def taken_apart(statement: Formula) -> tuple[tuple[Binding, ...], tuple[Formula, ...], Formula]:
    """Take a statement apart: what it is about, what is given, and what follows."""
    about: tuple[Binding, ...] = ()
    if isinstance(statement, Bound) and statement.word == "forall":
        about, statement = statement.names, statement.body
    assumed: tuple[Formula, ...] = ()
    while isinstance(statement, Applied) and statement.head == Name("->"):
        premise, statement = statement.arguments
        assumed += (premise,)
    return about, assumed, statement


def conjuncts(whole: Formula) -> list[Formula]:
    """Return what is joined by *and*, part by part."""
    if isinstance(whole, Applied) and whole.head == Name("/\\"):
        return [part for side in whole.arguments for part in conjuncts(side)]
    return [whole]
