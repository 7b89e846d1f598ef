"""The families of a request: constraints in their domains, and the proof that they are all."""

from __future__ import annotations

import time

from symconv.families import Family
from symconv.meanings.notation import text
from symconv.meanings.symbols import tidy
from symconv.proving import Verdict, prove, prove_by_parity
from symconv.solving.closed import Closed, closed, member
from symconv.solving.requests import Request
from symconv.terms import (
    Term,
    both,
    conjuncts,
    defined,
    either,
    substitute,
    variable,
    variables,
)

PROOF_LIMIT = 2.0
"""Seconds for each proof about families, within the search's own limit."""


def families_of(asked: Request, deadline: float) -> tuple[Family, ...]:
    """Return the families, constraints in their domains, and the proof that they are all."""
    found = closed(asked)
    complete = _complete(asked, found, seconds_left(deadline))
    families = []
    for one in found:
        inside = {variable(letter): term for letter, term in one.letters.items()}
        narrowed: list[Term] = []
        for term in asked.sentences.values():
            there = substitute(term, inside)
            for needed in conjuncts(defined(there) & there):
                if not prove(
                    needed, [one.domain, *narrowed], seconds=seconds_left(deadline)
                ).proved:
                    narrowed.append(_short(needed, deadline))
        domain = both(*conjuncts(one.domain), *narrowed)
        if prove(~(defined(domain) & domain), seconds=seconds_left(deadline)).proved:
            continue
        letters = {letter: one.letters[letter] for letter in asked.letters}
        names = variables(*letters.values(), domain)
        order = sorted(names, key=lambda name: (name not in ("k", "t"), name))
        families.append(Family(letters, tuple(order), domain, complete, asked.operator.name))
    return tuple(families)


def _short(condition: Term, deadline: float) -> Term:
    """Return a condition as SymPy writes it, if that is shorter and Z3 proves it the same."""
    short = tidy(condition)
    if len(text(short)) >= len(text(condition)):
        return condition
    same = short.iff(condition)
    return short if prove(same, seconds=seconds_left(deadline)).proved else condition


def _complete(asked: Request, found: list[Closed], seconds: float) -> Verdict:
    """Prove that every setting that meets the rule is in one of the families."""
    given = [term for sentence, term in asked.sentences.items() if sentence not in asked.asked]
    given += [variable(letter).eq(value) for letter, value in asked.fixed.items()]
    return prove_by_parity(either(*map(member, found)), given, ("D", "F"), seconds=seconds)


def seconds_left(deadline: float) -> float:
    """Return the seconds for one proof: what is left, within the limit of a proof."""
    return max(0.001, min(PROOF_LIMIT, deadline - time.monotonic()))
