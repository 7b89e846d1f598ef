"""When a law multiplies or divides every size: rules, each proved by Z3 before it is used.

A rule says in the letters of a layer what a goal says of all inputs. What proves it are instances
that force it, and that it gives every instance back. Where no rule is known, instances alone can
still show that a goal is out of reach.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from symconv.operators import Operator
from symconv.operators.operator import A, F, P, S, W
from symconv.operators.window import ceil_mode, extent
from symconv.proving import Verdict, prove
from symconv.terms import Term, TermLike, both, sizes, substitute

(n,) = sizes("n")

_UP = S.eq(n) & (extent + A).eq(S + 2 * P)
_DOWN = S.eq(n) & (extent - 2 * P >= 1) & (extent - 2 * P <= n)
_DOWN_CEIL = S.eq(n) & (extent - 2 * P < 2 * n) & (P.eq(0) | (extent - 2 * P >= n))
_KEEPS = S.eq(n)


def _general(operator: Operator, kind: str, ceil: bool, keeps: bool) -> Term | None:
    """Return the rule in the letter `n`, for a family of laws."""
    if operator.name == "conv_transpose":
        return _UP if kind == "up" or keeps else None
    if "_same" in operator.name:
        return _KEEPS if keeps else None
    if kind == "up" and not keeps:
        return None
    found = _DOWN_CEIL if ceil else _DOWN
    if "pool" in operator.name and operator.name != "max_pool":
        found = substitute(found, {extent: F})
    if operator.name.startswith("lp_pool"):
        found = substitute(found, {F - 2 * P: F, P.eq(0): both()})
    return found


@lru_cache(maxsize=256)
def rule(operator: Operator, kind: str, factor: int, *, ceil: bool = False) -> Term | None:
    """Return when a law meets a goal, or `None` where no rule is known."""
    found = _general(operator, kind, ceil, factor == 1)
    return None if found is None else substitute(found, {n: factor})


def _at(operator: Operator, kind: str, size: TermLike, ceil: bool) -> Term:
    """State that a law gives the goal's output for one input: nW for W, or W for nW."""
    law = substitute(operator.size, {ceil_mode: int(ceil)})
    if kind == "up":
        return substitute(law, {W: size}).eq(n * size)
    return substitute(law, {W: n * size}).eq(size)


@lru_cache(maxsize=256)
def proof(operator: Operator, kind: str, factor: int, *, ceil: bool = False) -> Verdict:
    """Prove a rule: it follows from instances, and every instance follows from it."""
    wanted = rule(operator, kind, factor, ceil=ceil)
    if wanted is None:
        return Verdict("unknown", "z3", reason="no rule is known for this goal")
    numbers = {n: factor}
    given = [*operator.ranges.values()]
    samples: tuple[TermLike, ...] = (1, 2, S + 1, 2 * S + 1)
    at = [substitute(_at(operator, kind, size, ceil), numbers) for size in samples]
    needs = [
        substitute(term, {W: 1 if kind == "up" else factor, ceil_mode: int(ceil)})
        for sentence, term in operator.requires.items()
        if sentence == "padding is at most half the kernel"
    ]
    forces = prove(wanted, [*given, *needs, *at])
    gives = prove(
        substitute(_at(operator, kind, W, ceil), numbers), [*given, *needs, wanted, W >= 1]
    )
    return forces if not forces.proved else gives


def instances(
    operator: Operator, kind: str, factor: int, *, ceil: bool = False
) -> Iterator[tuple[int, int, Term]]:
    """Yield some inputs, the outputs asked for, and the statement that they come out."""
    for size in (1, 2, 3):
        statement = substitute(_at(operator, kind, size, ceil), {n: factor})
        pair = (size, size * factor)
        yield (*(pair if kind == "up" else pair[::-1]), statement)
