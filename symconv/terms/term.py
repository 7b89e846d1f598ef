"""Terms: integer and truth-valued expressions, written once, interpreted anywhere.

A `Term` is a word of `WORDS` with its arguments. It is built with Python's operators and is never
evaluated here: a *meaning* (`symconv.meanings`) is a table that says what each word does to
integers, NumPy arrays, SymPy expressions, Z3 expressions or text, and `interpret` folds a term
with it. No simplifier lives here: a term keeps its author's form.

>>> W, F, P = sizes("W F P")
>>> law = (W + 2 * P - F) // 2 + 1
>>> law
add(floordiv(sub(add(W, mul(2, P)), F), 2), 1)

Two terms of the same structure are the same object, so `==` and hashing are structural and cheap;
a *statement* of equality is written `a.eq(b)`. `//` and `%` are Python's: the quotient is the
mathematical floor. The language is strict: a term has a value when all of its parts do, so a term
with a division by zero anywhere has none.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import lru_cache, reduce
from threading import RLock
from typing import Any
from weakref import WeakValueDictionary

INTEGER, TRUTH = "an integer", "a truth value"

_ARITHMETIC = ((INTEGER, INTEGER), INTEGER)
_COMPARISON = ((INTEGER, INTEGER), TRUTH)
_LOGIC = ((TRUTH, TRUTH), TRUTH)

WORDS: dict[str, tuple[tuple[str, ...], str]] = {
    "constant": ((), INTEGER),
    "variable": ((), INTEGER),
    "add": _ARITHMETIC,
    "sub": _ARITHMETIC,
    "mul": _ARITHMETIC,
    "floordiv": _ARITHMETIC,
    "mod": _ARITHMETIC,
    "min": _ARITHMETIC,
    "max": _ARITHMETIC,
    "if": ((TRUTH, INTEGER, INTEGER), INTEGER),
    "le": _COMPARISON,
    "lt": _COMPARISON,
    "eq": _COMPARISON,
    "and": _LOGIC,
    "or": _LOGIC,
    "iff": _LOGIC,
    "not": ((TRUTH,), TRUTH),
}
"""Every word, with what it takes and what it gives."""

_known: WeakValueDictionary[tuple[Any, ...], Term] = WeakValueDictionary()
_adding = RLock()
"""Held while a term is added: the first thread that makes one of a structure makes it for all."""


class Term:
    """An integer or truth-valued expression; immutable, and one object for each structure.

    Build terms from `sizes`, `constant` and Python's operators: `+ - * // %` and `<= < >= >` on
    integers, `& | ~` on truth values, `.eq()` for equality. A plain `int` stands for its constant.

    Raises:
        TypeError: a word is given something that it does not take.
    """

    __slots__ = ("__weakref__", "args", "word")
    word: str
    args: tuple[Any, ...]

    def __new__(cls, word: str, *args: Any) -> Term:
        """Return the one term with this word and these arguments."""
        if word not in ("constant", "variable"):
            args = _checked(word, args)
        key = (word, *args)
        term = _known.get(key)
        if term is None:
            term = object.__new__(cls)
            object.__setattr__(term, "word", word)
            object.__setattr__(term, "args", args)
            with _adding:
                term = _known.setdefault(key, term)
        return term

    def __setattr__(self, name: str, value: object) -> None:
        """Refuse: a term never changes."""
        raise AttributeError(f"a Term is immutable; cannot set {name}")

    def __reduce__(self) -> tuple[type[Term], tuple[Any, ...]]:
        """Pickle and copy by rebuilding, which finds the one object again."""
        return Term, (self.word, *self.args)

    def __repr__(self) -> str:
        """Show the structure: words applied to arguments (`meanings.notation` writes formulas)."""
        return str(interpret(self, _STRUCTURE, _EveryName()))

    def __bool__(self) -> bool:
        """Refuse: whether a statement holds is not known before its names have values."""
        raise TypeError(
            f"a Term has no truth value: {self!r}. Write `a & b` for `a and b`, `a | b` for "
            "`a or b`, `~a` for `not a`, and `(a <= b) & (b <= c)` for `a <= b <= c`"
        )

    def __add__(self, other: TermLike) -> Term:
        return Term("add", self, other)

    def __radd__(self, other: TermLike) -> Term:
        return Term("add", other, self)

    def __sub__(self, other: TermLike) -> Term:
        return Term("sub", self, other)

    def __rsub__(self, other: TermLike) -> Term:
        return Term("sub", other, self)

    def __mul__(self, other: TermLike) -> Term:
        return Term("mul", self, other)

    def __rmul__(self, other: TermLike) -> Term:
        return Term("mul", other, self)

    def __floordiv__(self, other: TermLike) -> Term:
        return Term("floordiv", self, other)

    def __rfloordiv__(self, other: TermLike) -> Term:
        return Term("floordiv", other, self)

    def __mod__(self, other: TermLike) -> Term:
        return Term("mod", self, other)

    def __rmod__(self, other: TermLike) -> Term:
        return Term("mod", other, self)

    def __neg__(self) -> Term:
        return Term("sub", 0, self)

    def __le__(self, other: TermLike) -> Term:
        return Term("le", self, other)

    def __lt__(self, other: TermLike) -> Term:
        return Term("lt", self, other)

    def __ge__(self, other: TermLike) -> Term:
        return Term("le", other, self)

    def __gt__(self, other: TermLike) -> Term:
        return Term("lt", other, self)

    def __and__(self, other: Term) -> Term:
        return Term("and", self, other)

    def __or__(self, other: Term) -> Term:
        return Term("or", self, other)

    def __invert__(self) -> Term:
        return Term("not", self)

    def eq(self, other: TermLike) -> Term:
        """State that two integers are equal (`==` asks whether two terms look the same)."""
        return Term("eq", self, other)

    def iff(self, other: Term) -> Term:
        """State that two statements hold together or fail together."""
        return Term("iff", self, other)

    @property
    def sort(self) -> str:
        """What the term stands for: `INTEGER` or `TRUTH`."""
        return WORDS[self.word][1]


TermLike = Term | int


def _checked(word: str, args: tuple[Any, ...]) -> tuple[Term, ...]:
    """Turn plain integers into constants, and refuse what the word does not take."""
    takes, _ = WORDS[word]
    terms = tuple([a if isinstance(a, Term) else constant(a) for a in args])
    for term, sort in zip(terms, takes, strict=True):
        if WORDS[term.word][1] != sort:
            remedy = (
                "compare it first, as in `a <= b` or `a.eq(b)`"
                if sort == TRUTH
                else "use `where(condition, 1, 0)` to count a condition"
            )
            raise TypeError(f"`{word}` takes {sort}, got {term!r}, {term.sort}; {remedy}")
    return terms


def constant(value: int) -> Term:
    """Return the term of one integer. A truth value is no integer here, nor is a float."""
    if isinstance(value, bool) or not isinstance(value, int):
        raise TypeError(
            f"a Term is made of integers, got {value!r} ({type(value).__name__}); write an int, "
            "and for a comparison of terms `a.eq(b)` instead of `a == b`"
        )
    return Term("constant", int(value))


def variable(name: str) -> Term:
    """Return the integer variable of this name."""
    if not re.fullmatch(r"[A-Za-z_]\w*", name, re.ASCII):
        raise TypeError(f"a variable needs a name like W or kernel_size, got {name!r}")
    return Term("variable", name)


def sizes(names: str) -> tuple[Term, ...]:
    """Return integer variables, in the order of their names, which blanks separate."""
    return tuple(map(variable, names.split()))


def minimum(first: TermLike, *others: TermLike) -> Term:
    """Return the least of the arguments."""
    return reduce(lambda a, b: Term("min", a, b), others, first)  # type: ignore[return-value]


def maximum(first: TermLike, *others: TermLike) -> Term:
    """Return the greatest of the arguments."""
    return reduce(lambda a, b: Term("max", a, b), others, first)  # type: ignore[return-value]


def where(condition: Term, then: TermLike, otherwise: TermLike) -> Term:
    """Return `then` where the condition holds and `otherwise` where it does not."""
    return Term("if", condition, then, otherwise)


def both(*statements: Term) -> Term:
    """State that all of the statements hold; of none, something that is true."""
    return reduce(Term.__and__, statements) if statements else constant(0) <= 0


def either(*statements: Term) -> Term:
    """State that at least one of the statements holds; of none, something that is false."""
    return reduce(Term.__or__, statements) if statements else constant(0) < 0


@lru_cache(maxsize=4096)
def parts(term: Term) -> tuple[Term, ...]:
    """Return every part of the term once, each after its own parts, the term itself last."""
    order: dict[Term, None] = {}
    waiting = [term]
    while waiting:
        node = waiting[-1]
        missing = [a for a in node.args if isinstance(a, Term) and a not in order]
        if missing and node not in order:
            waiting.extend(reversed(missing))
        else:
            order.setdefault(waiting.pop())
    return tuple(order)


def interpret(
    term: Term, meaning: Mapping[str, Callable[..., Any]], values: Mapping[str, Any]
) -> Any:
    """Fold the term with a meaning: each word becomes what the table says, from the leaves up.

    Args:
        term: what to interpret.
        meaning: a function for each word; `"constant"` receives a Python integer.
        values: what each variable stands for, already in the meaning's own values.

    Raises:
        KeyError: a variable of the term has no value.
    """
    done: dict[Term, Any] = {}
    for node in parts(term):
        if node.word == "variable":
            done[node] = values[node.args[0]]
        elif node.word == "constant":
            done[node] = meaning["constant"](node.args[0])
        else:
            done[node] = meaning[node.word](*[done[a] for a in node.args])
    return done[term]


class _EveryName(dict[str, str]):
    """Values for a fold in which each variable stands for its own name."""

    def __missing__(self, name: str) -> str:
        return name


_STRUCTURE: dict[str, Callable[..., str]] = {
    word: lambda *args, word=word: f"{word}({', '.join(args)})" for word in WORDS
} | {"constant": str}


@lru_cache(maxsize=4096)
def variables(*terms: Term) -> tuple[str, ...]:
    """Return the names in the terms, in the order in which they appear."""
    names = (node.args[0] for term in terms for node in parts(term) if node.word == "variable")
    return tuple(dict.fromkeys(names))
