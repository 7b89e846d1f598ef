"""When a law meets a goal about many sizes: a rule in the letters, proved by Z3 before it is used.

What proves a rule are instances that force it, and that it gives every instance back. Where no
rule is known, instances alone can still show that a goal is out of reach, and each setting that
meets them is proved by itself.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache
from itertools import islice

from symconv.errors import UndecidedError
from symconv.operators import Operator
from symconv.operators.letters import S, W
from symconv.operators.scaling import Condition, Grows, Scaling, Shrinks
from symconv.operators.window import ceil_mode
from symconv.proving import Clock, Verdict, prove
from symconv.proving.z3prover import TIME_LIMIT
from symconv.questions.goals import FAR, Goal
from symconv.terms import Term, both, constant, substitute, variables

TOLD = 3
"""How many instances tell a goal for which no rule is known."""


def condition(operator: Operator, goal: Goal, ceil: bool = False) -> Condition | None:
    """Return when a law meets a goal, or `None` where that is not known.

    >>> from symconv.meanings.notation import text
    >>> from symconv.operators import OPERATORS
    >>> from symconv.questions.asking import goals
    >>> text(condition(OPERATORS["conv_transpose"], *goals(output="2*W + 1")).statement)
    'S == 2 and D*(F - 1) + 1 + A == S + 2*P + 1'
    """
    try:
        return _decided(operator, goal, ceil)
    except UndecidedError:
        return None


@lru_cache(maxsize=256)
def _decided(operator: Operator, goal: Goal, ceil: bool) -> Condition | None:
    """Return when a law meets a goal, or `None` where no rule of ours says it.

    Raises:
        UndecidedError: a rule that may hold is not proved in time; next time it may be.
    """
    scaling = operator.scaling
    if scaling is None or (ceil and goal.kind == "relation"):
        return None
    if goal.kind == "down":
        return scaling.over(goal.n, ceil=ceil)
    if goal.kind == "up":
        return scaling.over(1, ceil=True) if ceil and goal.n == 1 else scaling.times(goal.n)
    if goal.kind != "relation":
        return None
    sizes = list(islice(goal.sizes, FAR))
    for guess in (_affine, _windows):
        if (guessed := guess(scaling, goal, sizes)) is None:
            continue
        verdict = _forced(operator, goal, guessed.statement)
        if verdict.proved:
            return guessed
        if verdict.word == "unknown":
            raise UndecidedError("a rule that is proved", str(verdict), "Allow more seconds.")
    return None


def _affine(scaling: Scaling, goal: Goal, sizes: list[int]) -> Condition | None:
    """Guess `n` and `b` of `O = nW + b` from two sizes."""
    if not isinstance(scaling, Grows) or len(sizes) < 2:
        return None
    slope, rest = divmod(goal.gives(sizes[1]) - goal.gives(sizes[0]), sizes[1] - sizes[0])
    offset = goal.gives(sizes[0]) - slope * sizes[0]
    if rest or slope < 1 or any(goal.gives(size) != slope * size + offset for size in sizes):
        return None
    return scaling.affine(slope, offset)


def _windows(scaling: Scaling, goal: Goal, sizes: list[int]) -> Condition | None:
    """Guess the stride from two sizes far apart, and what all sizes leave for the first window."""
    if not isinstance(scaling, Shrinks) or len(sizes) < 2:
        return None
    rise = goal.gives(sizes[-1]) - goal.gives(sizes[0])
    if rise < 1:
        return None
    about = (sizes[-1] - sizes[0]) // rise
    for stride in (about, about + 1):
        if stride < 1:
            continue
        ends = [size - stride * goal.gives(size) for size in sizes]
        low, high = max(ends) + 1, min(ends) + stride
        if low <= high:
            return scaling.between(stride, low, high)
    return None


def _at(operator: Operator, goal: Goal, size: Term | int, ceil: bool) -> Term:
    """State that a law gives what the goal asks for one input."""
    law = substitute(operator.size, {ceil_mode: int(ceil)})
    return substitute(law.eq(goal.output), {W: size})


def _ranges(operator: Operator) -> list[Term]:
    return [law for sentence, law in operator.ranges.items() if "channels" not in sentence]


def _required(operator: Operator, size: Term | int, ceil: bool) -> list[Term]:
    """Return what a law requires of an input, but for what is about channels."""
    numbers = {W: size, ceil_mode: int(ceil)}
    needs = [substitute(term, numbers) for term in operator.requires.values()]
    return [term for term in needs if set(variables(term)) <= {*"WFSPDA"}]


def proof(
    operator: Operator, goal: Goal, *, ceil: bool = False, seconds: float = TIME_LIMIT
) -> Verdict:
    """Prove a rule: it follows from instances, every instance follows from it, and validity too."""
    rule = condition(operator, goal, ceil)
    if rule is None:
        return Verdict("unknown", "z3", reason="no rule is known for this goal")
    statement, clock = rule.statement, Clock(seconds)
    forces = _forced(operator, goal, statement, ceil=ceil, seconds=seconds)
    if not forces.proved:
        return forces
    first = goal.least_input
    given = [*_ranges(operator), *_required(operator, first, ceil), statement, goal.inputs]
    claim = both(_at(operator, goal, W, ceil), *_required(operator, W, ceil))
    return prove(claim, [*given, W >= first], seconds=clock.left)


def some_refuse(operator: Operator, goal: Goal, fixed: Mapping[Term, int]) -> bool:
    """Whether some settings that meet a rule refuse inputs which the goal speaks of.

    A reflected padding is smaller than the input, for instance: one of 3 takes sizes from 4.

    Args:
        operator: the law.
        goal: what it should do.
        fixed: the letters that have numbers.
    """
    for ceil in (False, True):
        if fixed.get(ceil_mode, ceil) != ceil or (rule := condition(operator, goal, ceil)) is None:
            continue
        needs = both(*(law for law in _required(operator, W, ceil) if "W" in variables(law)))
        given = [*_ranges(operator), rule.statement, goal.inputs]
        at = [substitute(law, fixed) for law in given]
        if prove(substitute(needs, fixed), at).word == "refuted":
            return True
    return False


def _forced(
    operator: Operator,
    goal: Goal,
    statement: Term,
    *,
    ceil: bool = False,
    seconds: float = TIME_LIMIT,
) -> Verdict:
    """Prove that instances force a rule."""
    needs = [*_ranges(operator), *_required(operator, goal.least_input, ceil)]
    at = [_at(operator, goal, size, ceil) for size in forcing(goal)]
    return prove(statement, [*needs, *at], seconds=seconds)


def forcing(goal: Goal) -> list[Term]:
    """Return inputs which, when they give what a goal asks for, force the rule."""
    if goal.kind == "relation":
        sizes = list(islice(goal.sizes, FAR))
        return [constant(size) for size in sorted({*sizes[:12], *sizes[-12:]})]
    step = goal.n if goal.kind == "down" else 1
    return [
        step * size if step > 1 else size for size in (constant(1), constant(2), S + 1, 2 * S + 1)
    ]


def instances(
    operator: Operator, goal: Goal, first: int = 1, *, ceil: bool = False
) -> Iterator[tuple[int, int, Term]]:
    """Yield some inputs from a first one on, the outputs asked for, and that these come out."""
    sizes = list(islice((size for size in goal.sizes if size >= first), FAR))
    for size in dict.fromkeys([*sizes[:TOLD], sizes[-1]]):
        yield size, goal.gives(size), _at(operator, goal, size, ceil)
