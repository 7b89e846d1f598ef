"""Names that Coq takes: a letter that is a word of Coq's own, or a law's, is called otherwise.

Only names change, all at once and no two to one, so the statement is the same; whoever writes it
puts the old names back and looks (`symconv.book.coq.own`).
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import replace
from itertools import count
from typing import Any

from symconv.book.statements.calls import laws
from symconv.book.statements.statement import (
    All,
    Have,
    Iff,
    Side,
    Some,
    Theorem,
    bound_in,
    terms_of,
)
from symconv.terms import Term, substitute, variable, variables

_KEYWORDS = re.compile(
    "_|Axiom|CoFixpoint|Definition|Fixpoint|Hypothesis|Parameter|S?Prop|Set|Theorem|Type|Variable"
    "|as|at|by|cofix|else|end|exists2?|fix|for|forall|fun|if|in|let|match|mod|return|then|using"
    "|where|with"
)
"""What no name can be in Coq: the words of its manual, and those of its notations that we load."""
_MEANT = re.compile(r"Z|Bool|andb|orb|negb|all|found|instance_\d+")
"""What the exported text means something by, beside the laws."""


def terms_in(theorem: Theorem) -> tuple[Term, ...]:
    """Return every term of a theorem, those of its steps and of its help among them."""
    claim = theorem.claim
    steps = (*theorem.steps, *getattr(claim, "forth", ()), *getattr(claim, "back", ()))
    sides = (claim.left, claim.right) if isinstance(claim, Iff) else (claim,)
    values = [value for side in sides for value in _values(side)]
    return (*terms_of(claim), *theorem.hypotheses, *(have.claim for have in steps), *values)


def _values(side: Side) -> tuple[Term, ...]:
    """Return the terms that a side brings as help."""
    if isinstance(side, Some):
        return tuple(side.witness)
    instances = side.instances if isinstance(side, All) else ()
    return tuple(value for instance in instances for value in instance)


def names_of(theorem: Theorem) -> tuple[str, ...]:
    """Return every name of an integer in a theorem, also one that is only bound."""
    return variables(*terms_in(theorem), *bound_in(theorem.claim))


def names_in_coq(names: Collection[str]) -> dict[str, str]:
    """Return what each name is called in Coq, and no two alike.

    >>> names_in_coq(["W", "fun", "fun_"])
    {'W': 'W', 'fun_': 'fun_', 'fun': 'fun__'}
    """
    laws_named = {law.name for law in laws()}

    def free(name: str) -> bool:
        return not (_KEYWORDS.fullmatch(name) or _MEANT.fullmatch(name) or name in laws_named)

    called = {name: name for name in names if free(name)}
    taken = {*names}
    for name in names:
        if not free(name):
            other = next(
                longer
                for longer in (name + "_" * n for n in count(1))
                if free(longer) and longer not in taken
            )
            taken.add(other)
            called[name] = other
    return called


def renamed(theorem: Theorem, called: Mapping[str, str]) -> Theorem:
    """Return a theorem with other names for its integers, in all its parts."""
    other = {variable(name): variable(new) for name, new in called.items() if name != new}

    def put(part: Any) -> Any:
        if isinstance(part, tuple):
            return tuple(map(put, part))
        if isinstance(part, Have):
            return replace(part, claim=put(part.claim))
        if isinstance(part, All):
            where, body = put(part.where), put(part.body)
            return All(put(part.names), where, body, put(part.instances))
        if isinstance(part, Some):
            return Some(put(part.names), put(part.body), put(part.witness))
        if isinstance(part, Iff):
            return Iff(*map(put, (part.left, part.right, part.forth, part.back)))
        return substitute(part, other)

    return replace(
        theorem,
        claim=put(theorem.claim),
        given={sentence: put(term) for sentence, term in theorem.given.items()},
        steps=put(theorem.steps),
        counterexample={called.get(n, n): value for n, value in theorem.counterexample.items()},
    )
