"""When a law multiplies or divides every size: rules, each proved by Z3 before it is used.

A rule says in the letters of a layer what a goal says of all inputs. What proves it are instances
that force it, and that it gives every instance back. Where no rule is known, instances alone can
still show that a goal is out of reach.
"""

from __future__ import annotations

from collections.abc import Iterator

from symconv.operators import Operator
from symconv.operators.operator import S, W
from symconv.operators.scaling import n
from symconv.operators.window import ceil_mode
from symconv.proving import Verdict, prove
from symconv.proving.z3prover import TIME_LIMIT
from symconv.terms import Term, TermLike, substitute


def rule(operator: Operator, kind: str, factor: int, *, ceil: bool = False) -> Term | None:
    """Return when a law meets a goal, or `None` where no rule is known."""
    down = "down in ceil mode" if ceil else "down"
    known = [kind if kind == "up" else down, *(["up", down, "keep"] if factor == 1 else [])]
    for name in known:
        if name in operator.scaling:
            return substitute(operator.scaling[name], {n: factor})
    return None


def _at(operator: Operator, kind: str, size: TermLike, ceil: bool) -> Term:
    """State that a law gives the goal's output for one input: nW for W, or W for nW."""
    law = substitute(operator.size, {ceil_mode: int(ceil)})
    if kind == "up":
        return substitute(law, {W: size}).eq(n * size)
    return substitute(law, {W: n * size}).eq(size)


def proof(
    operator: Operator, kind: str, factor: int, *, ceil: bool = False, seconds: float = TIME_LIMIT
) -> Verdict:
    """Prove a rule: it follows from instances, and every instance follows from it."""
    wanted = rule(operator, kind, factor, ceil=ceil)
    if wanted is None:
        return Verdict("unknown", "z3", reason="no rule is known for this goal")
    numbers = {n: factor}
    given = [law for sentence, law in operator.ranges.items() if "channels" not in sentence]
    samples: tuple[TermLike, ...] = (1, 2, S + 1, 2 * S + 1)
    at = [substitute(_at(operator, kind, size, ceil), numbers) for size in samples]
    needs = [
        substitute(term, {W: 1 if kind == "up" else factor, ceil_mode: int(ceil)})
        for sentence, term in operator.requires.items()
        if sentence == "padding is at most half the kernel"
    ]
    forces = prove(wanted, [*given, *needs, *at], seconds=seconds)
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
