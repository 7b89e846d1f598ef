"""Laws by name inside a term: `conv(n*W)` where a statement has the law written out.

Statements are made of the operators' own laws, so a term holds the whole formula. To show it, or to
export it, each part that is an instance of a named law is found again by matching, from the
outside in. Reading a name back gives the formula: nothing rests on this but how a statement looks.
"""

from __future__ import annotations

import itertools
from collections.abc import Mapping
from dataclasses import dataclass

from symconv.operators import OPERATORS
from symconv.operators.dialects import DIALECTS
from symconv.operators.operator import A, D, F, P, S, W
from symconv.operators.scaling import extent
from symconv.terms import Term, substitute, variable, variables


@dataclass(frozen=True)
class Law:
    """A formula with a name.

    Attributes:
        name: how it is called in exported files.
        letters: its variables, in order.
        term: the formula.
    """

    name: str
    letters: tuple[Term, ...]
    term: Term


_WINDOW = (W, F, S, P, D)
LAWS: tuple[Law, ...] = (
    Law("conv", _WINDOW, OPERATORS["conv"].symmetric.size),
    Law("conv_transpose", (*_WINDOW, A), OPERATORS["conv_transpose"].size),
    *(Law(name, _WINDOW, term) for name, term in DIALECTS.items()),
    Law("extent", (D, F), extent),
)
"""The laws that have a name in statements, the larger before those that they are made of."""


@dataclass(frozen=True)
class Call:
    """A part of a term that is an instance of a law."""

    law: Law
    arguments: tuple[Term, ...]


def folded(term: Term, laws: tuple[Law, ...] = LAWS) -> tuple[Term, Mapping[str, Call]]:
    """Return the term with a new variable for each instance of a law, and what these stand for.

    The arguments of a call are terms as they stood; fold them in turn.
    """
    found: dict[Term, Call] = {}
    seen, waiting = set(), [term]
    while waiting:
        node = waiting.pop()
        if node in seen or node.word in ("variable", "constant"):
            continue
        seen.add(node)
        call = _called(node, laws)
        if call is None:
            waiting += reversed(node.args)
        else:
            found[node] = call
    numbers = (f"call_{count}" for count in itertools.count())
    free = (name for name in numbers if name not in variables(term))
    names = dict(zip(found, free, strict=False))
    short = substitute(term, {node: variable(name) for node, name in names.items()})
    return short, {names[node]: call for node, call in found.items()}


def _called(node: Term, laws: tuple[Law, ...]) -> Call | None:
    """Return the call that a term is, of the first law that it is an instance of."""
    for law in laws:
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


def instance(law: Law, **letters: Term) -> Term:
    """Return a law with some of its letters replaced."""
    return substitute(law.term, {variable(name): term for name, term in letters.items()})
