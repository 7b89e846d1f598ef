"""The solutions of a rule in closed form: families in `t`, `k` and a layer's own letters.

Each family comes with witnesses: what its parameters are, in the letters of a setting that is in
it. With them Z3 proves that every setting is in one of the families. Forms are known for the rules
of torch's own windows. Any other rule is the family itself, and the letters are its parameters.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from symconv.meanings.symbols import tidy
from symconv.operators.letters import A, F, P, S
from symconv.operators.scaling import SCATTERED, WINDOWED, Condition, Scaling, Shrinks
from symconv.solving.lines import Closed, Letters, k, lines, t
from symconv.solving.problem import Problem
from symconv.terms import (
    Term,
    TermLike,
    both,
    conjuncts,
    constant,
    substitute,
    variable,
)

MOST_FAMILIES = 16
RESTS = (WINDOWED.rest, F - 2 * P, F)
"""What is bounded where windows are read: of any, of undilated ones, of unpadded ones."""


def closed(problem: Problem) -> list[Closed]:
    """Return families whose union is the solutions of the problem's rule."""
    condition = _condition(problem)
    stride = int(condition.stride)  # type: ignore[arg-type]
    strided = condition.scaling.stride
    if problem.stride_is_kernel and strided is S:  # then the rule says the kernel as well
        numbers = {"F": stride, "S": stride}
        free = tuple(letter for letter in problem.free if letter not in numbers)
        return closed(replace(problem, fixed=dict(problem.fixed) | numbers, free=free))
    letters = {letter: constant(value) for letter, value in problem.fixed.items()}
    letters |= {letter: constant(stride) for letter in problem.free if strided is variable(letter)}
    free = tuple(letter for letter in problem.free if letter not in letters)
    if ("P" in free and not problem.padding_adds) or not _solved(condition.scaling):
        return [_as_it_is(problem, letters, free)]
    solve = _transposed if problem.operator.scatters else _window
    families = list(solve(problem, condition, letters, free))
    return families if len(families) <= MOST_FAMILIES else [_as_it_is(problem, letters, free)]


def member(family: Closed) -> Term:
    """State that a setting is in a family."""
    witnesses: dict[Term, TermLike] = dict(family.witnesses)
    equal = [variable(name).eq(substitute(v, witnesses)) for name, v in family.letters.items()]
    return both(*equal, substitute(family.domain, witnesses))


def _condition(problem: Problem) -> Condition:
    condition = problem.condition
    if condition is None:  # families are asked for only where a rule is known
        raise ValueError("no rule is known for this goal")
    return condition


def _solved(scaling: Scaling) -> bool:
    """Whether forms are known: just for what the letters of torch's windows say."""
    if isinstance(scaling, Shrinks):
        return scaling.stride is S and scaling.rest in RESTS
    return scaling == SCATTERED


def _as_it_is(
    problem: Problem, letters: Letters, free: tuple[str, ...], also: Term | None = None
) -> Closed:
    """Return the rule itself as a family."""
    own = {letter: variable(letter) for letter in free}
    numbers = {variable(letter): value for letter, value in letters.items()}
    rule = substitute(_condition(problem).statement, numbers)
    domain = both(*(tidy(part) for part in conjuncts(rule)), *([] if also is None else [also]))
    return Closed(dict(letters) | own, domain, {parameter: parameter for parameter in own.values()})


def _rest(condition: Condition, a: int) -> int:
    """Return what `D*(F - 1) - 2*P` must be for an output padding: `E + A = S + 2P + b`."""
    return int(condition.stride + condition.least) - a - 1  # type: ignore[arg-type]


def _transposed(
    problem: Problem, condition: Condition, letters: Letters, free: tuple[str, ...]
) -> Iterator[Closed]:
    """Solve `E + A = S + 2P`: families for each output padding, which is less than S or than D."""
    n, fixed = int(condition.stride), problem.fixed  # type: ignore[arg-type]
    few = 3 * n < MOST_FAMILIES
    if "A" not in free:
        yield from _with_added(condition, letters, free, fixed, fixed["A"])
    elif "D" in free:
        for a in range(n) if few else ():
            yield from _with_added(condition, letters, free, fixed, a)
        yield _as_it_is(problem, letters, free, A >= n if few else None)
    elif max(n, fixed["D"]) > MOST_FAMILIES and {"F", "P"} <= set(free) and fixed["D"] == 1:
        first = _rest(condition, 0) + 1
        own: dict[str, Term] = {"F": first - k + 2 * t, "P": t, "A": k}
        domain = both(t >= 0, k >= 0, k < n, own["F"] >= 1)
        yield Closed(dict(letters) | own, domain, {t: P, k: A})
    else:
        for a in range(max(n, fixed["D"])):
            yield from _with_added(condition, letters, free, fixed, a)


def _with_added(
    condition: Condition,
    letters: Letters,
    free: tuple[str, ...],
    fixed: Mapping[str, int],
    added: int,
) -> Iterator[Closed]:
    """Solve it for one output padding."""
    for line in lines(_rest(condition, added), free, fixed):
        own = {"A": constant(added)} | dict(line.letters)
        yield line._replace(letters=dict(letters) | own)


def _window(
    problem: Problem, condition: Condition, letters: Letters, free: tuple[str, ...]
) -> Iterator[Closed]:
    """Solve `least <= E - 2P <= most`: a kernel for each padding and each k between them."""
    fixed = problem.fixed
    d = fixed.get("D", 1)
    bounds = _between(condition)
    undilated = "D" not in free and d == 1
    if bounds is None and undilated and {"F", "P"} <= set(free):
        yield from _ceiled(condition, letters)
    elif bounds is None:
        yield _as_it_is(problem, letters, free)
    elif bounds[0] == bounds[1]:
        for line in lines(bounds[0] - 1, free, fixed):
            yield line._replace(letters=dict(letters) | dict(line.letters))
    elif undilated and "F" in free:
        yield _kernels(bounds, letters, free, fixed)
    elif "D" not in free and "F" in fixed and "P" in free:
        yield from _paddings(d * (fixed["F"] - 1) + 1, bounds, letters)
    else:
        yield _as_it_is(problem, letters, free)


def _ceiled(condition: Condition, letters: Letters) -> Iterator[Closed]:
    """Solve it for a pool in ceil mode, with padding and without."""
    n = int(condition.stride)  # type: ignore[arg-type]
    yield Closed(dict(letters) | {"F": k, "P": constant(0)}, both(k >= 1, k < 2 * n), {k: F})
    some = {"F": 2 * t + k, "P": t}
    domain = both(t >= 1, k >= n, k < 2 * n)
    yield Closed(dict(letters) | some, domain, {t: P, k: F - 2 * P})


def _kernels(
    bounds: tuple[int, int], letters: Letters, free: tuple[str, ...], fixed: Mapping[str, int]
) -> Closed:
    """Solve it for the kernel, and for the padding where that is open."""
    padding = t if "P" in free else letters.get("P", constant(0))
    twice = 2 * t if "P" in free else constant(2 * fixed.get("P", 0))
    kernel = k if twice is constant(0) else twice + k
    positive = [kernel >= 1] if bounds[0] < 1 else []
    among = [t >= 0] if "P" in free else []
    domain = both(*among, k >= bounds[0], k <= bounds[1], *positive)
    own = {"F": kernel} | ({"P": padding} if "P" in {*free, *letters} else {})
    witnesses = {k: F - twice} if "P" not in free else {t: P, k: F - 2 * P}
    return Closed(dict(letters) | own, domain, witnesses)


def _paddings(extent: int, bounds: tuple[int, int], letters: Letters) -> Iterator[Closed]:
    """Solve it for the padding, where the extent is known."""
    low, high = max(0, -((bounds[1] - extent) // 2)), (extent - bounds[0]) // 2
    if low == high:
        yield Closed(dict(letters) | {"P": constant(low)}, both(), {})
    elif low < high:
        yield Closed(dict(letters) | {"P": t}, both(t >= low, t <= high), {t: P})


def _between(condition: Condition) -> tuple[int, int] | None:
    """Return the least and the greatest of what is left for `E - 2P`, if it lies between two."""
    if condition.ceil:
        return None
    return int(condition.least), int(condition.most)  # type: ignore[arg-type]
