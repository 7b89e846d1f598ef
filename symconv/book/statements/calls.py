"""Laws by name inside a term: `conv(n*W)` where a statement has the law written out.

Statements are made of the operators' own laws, so a term holds the whole formula. To show it, or to
export it, each part that is an instance of a named law is found again by matching, from the
outside in. Reading a name back gives the formula: nothing rests on this but how a statement looks.
"""

from __future__ import annotations

import itertools
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from functools import cache

from symconv.book.statements.letters import SUBJECTS
from symconv.operators import Operator
from symconv.operators.applied import applied
from symconv.operators.dialects import DIALECTS, Dialect
from symconv.operators.letters import A, D, F, P, S, W, extent
from symconv.terms import WORDS, Term, interpret, substitute, variable, variables


@dataclass(frozen=True)
class Law:
    """A formula with a name.

    Attributes:
        name: how it is called in exported files.
        letters: its variables, in order.
        term: the formula.
        text: how it is called in texts, where not by its name.
        latex: how it is called in formulas, where not by its name.
        operator: the operator that follows it, if one does, ...
        settings: ... where these letters have these values.
    """

    name: str
    letters: tuple[Term, ...]
    term: Term
    text: str = ""
    latex: str = ""
    operator: Operator | None = None
    settings: Mapping[str, int] = field(default_factory=dict)

    @property
    def shown(self) -> str:
        """How the formula is called in texts."""
        return self.text or self.name

    @property
    def of_a_size(self) -> bool:
        """Whether the formula takes an input size to an output size."""
        return self.letters[:1] == (W,)


_ORDER = (W, F, S, P, D, A)
ONE_OPERATION = 3
"""How many words a formula has that is an operation on two letters."""
_EXTENT = Law("extent", (D, F), extent, text="E", latex="E")


def laws() -> tuple[Law, ...]:
    """Return the laws that have a name in statements, now: the larger before the smaller.

    They are those that the book is about, every dialect, and the extent. A larger law is tried
    first, so that no law hides one that it is a part of.
    """
    return _laws(tuple(DIALECTS.values()))


@cache
def _laws(dialects: tuple[Dialect, ...]) -> tuple[Law, ...]:
    stated = (
        *map(_of, SUBJECTS),
        *map(_in_dialect, dialects),
        _EXTENT,
    )
    return tuple(sorted(stated, key=lambda law: -length(law.term)))


def laws_called(names: Collection[str]) -> tuple[Law, ...]:
    """Return the laws of some names, as texts call them; the larger before the smaller.

    A law of one operation or of none is written out: anything would be an instance of it.
    """
    known = {law.name: law for law in laws()}
    named = (known.get(name) or _applied(name) for name in names)
    telling = (law for law in named if length(law.term) > ONE_OPERATION)
    return tuple(sorted(telling, key=lambda law: (-length(law.term), law.name)))


def _applied(name: str) -> Law:
    """Return a law as texts have it where they write no letters."""
    law = applied(name, W, {})
    return Law(name, letters_of(law.size), law.size, operator=law.operator)


def _of(operator: Operator) -> Law:
    """Return an operator's law with one padding for both sides."""
    own = operator.symmetric
    return Law(own.name, letters_of(own.size), own.size, operator=own)


def _in_dialect(dialect: Dialect) -> Law:
    return Law(
        dialect.name,
        letters_of(dialect.term),
        dialect.term,
        latex=dialect.latex,
        operator=dialect.operator.symmetric if dialect.operator else None,
        settings=dialect.settings,
    )


def letters_of(term: Term) -> tuple[Term, ...]:
    """Return the letters of a law in the order in which layers have them, then all others."""
    own = [variable(name) for name in variables(term)]
    usual = [letter for letter in _ORDER if letter in own]
    return (*usual, *(letter for letter in own if letter not in _ORDER))


def length(term: Term) -> int:
    """Return how many words a formula has, written out."""
    counted = dict.fromkeys(WORDS, lambda *parts: 1 + sum(parts)) | {"constant": lambda _: 1}
    length: int = interpret(term, counted, dict.fromkeys(variables(term), 1))
    return length


@dataclass(frozen=True)
class Call:
    """A part of a term that is an instance of a law."""

    law: Law
    arguments: tuple[Term, ...]


def folded(term: Term, named: tuple[Law, ...] | None = None) -> tuple[Term, Mapping[str, Call]]:
    """Return the term with a new variable for each instance of a law, and what these stand for.

    Args:
        term: what to fold.
        named: the laws that are looked for; by default all.

    The arguments of a call are terms as they stood; fold them in turn.
    """
    known = laws() if named is None else named
    found: dict[Term, Call] = {}
    seen, waiting = set(), [term]
    while waiting:
        node = waiting.pop()
        if node in seen or node.word in ("variable", "constant"):
            continue
        seen.add(node)
        call = _called(node, known)
        if call is None:
            waiting += reversed(node.args)
        else:
            found[node] = call
    numbers = (f"call_{count}" for count in itertools.count())
    free = (name for name in numbers if name not in variables(term))
    names = dict(zip(found, free, strict=False))
    short = substitute(term, {node: variable(name) for node, name in names.items()})
    return short, {names[node]: call for node, call in found.items()}


def _called(node: Term, known: tuple[Law, ...]) -> Call | None:
    """Return the call that a term is, of the first law that it is an instance of."""
    for law in known:
        matched = matching(law.term, node)
        if matched is not None:
            return Call(law, tuple(matched[letter] for letter in law.letters))
    return None


def matching(pattern: Term, term: Term) -> dict[Term, Term] | None:
    """Return what the pattern's variables stand for if the term is an instance of it.

    >>> from symconv.terms import sizes
    >>> W, S = sizes("W S")
    >>> matching(W // S + 1, (2 * W) // 3 + 1) == {W: 2 * W, S: 0 * S + 3}
    False
    >>> matching(W // S + 1, (2 * W) // S + 1) == {W: 2 * W, S: S}
    True
    """
    found: dict[Term, Term] = {}
    waiting = [(pattern, term)]
    while waiting:
        one, other = waiting.pop()
        if one.word == "variable":
            if found.setdefault(one, other) is not other:
                return None
        elif one.word != other.word or (one.word == "constant" and one is not other):
            return None
        elif one.word != "constant":
            waiting += zip(one.args, other.args, strict=True)
    return found
