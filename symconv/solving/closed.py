"""The solutions of a rule in closed form: families in `t`, `k` and a layer's own letters.

Each family comes with witnesses: what its parameters are, in the letters of a setting that is in
it. With them Z3 proves that every setting is in one of the families. Forms are known for the rules
of torch's own windows. Any other rule is the family itself, and the letters are its parameters.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import NamedTuple

from symconv.meanings.symbols import tidy
from symconv.operators.letters import A, D, F, P, S
from symconv.operators.scaling import SCATTERED, WINDOWED, Condition, Scaling, Shrinks
from symconv.solving.problem import Problem
from symconv.terms import (
    Term,
    TermLike,
    both,
    conjuncts,
    constant,
    sizes,
    substitute,
    variable,
)

k, t = sizes("k t")
MOST_FAMILIES = 16
RESTS = (WINDOWED.rest, F - 2 * P, F)
"""What is bounded where windows are read: of any, of undilated ones, of unpadded ones."""

Letters = Mapping[str, Term]


class Closed(NamedTuple):
    """A family in the making: letters in parameters, which parameters there are, and witnesses."""

    letters: Letters
    domain: Term
    witnesses: Mapping[Term, Term]


def closed(problem: Problem) -> list[Closed]:
    """Return families whose union is the solutions of the problem's rule."""
    condition = _condition(problem)
    stride = int(condition.stride)  # type: ignore[arg-type]
    strided = condition.scaling.stride
    if problem.stride_is_kernel and strided is S:  # then the rule says the kernel as well
        known = {"F": stride, "S": stride}
        free = tuple(one for one in problem.free if one not in known)
        return closed(replace(problem, fixed=dict(problem.fixed) | known, free=free))
    letters = {letter: constant(value) for letter, value in problem.fixed.items()}
    letters |= {one: constant(stride) for one in problem.free if strided is variable(one)}
    free = tuple(one for one in problem.free if one not in letters)
    if ("P" in free and not problem.padding_adds) or not _solved(condition.scaling):
        return [_as_it_is(problem, letters, free)]
    solve = _transposed if problem.operator.scatters else _window
    found = list(solve(problem, condition, letters, free))
    return found if len(found) <= MOST_FAMILIES else [_as_it_is(problem, letters, free)]


def member(one: Closed) -> Term:
    """State that a setting is in a family."""
    witnesses: dict[Term, TermLike] = dict(one.witnesses)
    equal = [variable(name).eq(substitute(v, witnesses)) for name, v in one.letters.items()]
    return both(*equal, substitute(one.domain, witnesses))


def _condition(problem: Problem) -> Condition:
    known = problem.condition
    assert known is not None  # families are asked for only where a rule is known
    return known


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
    known = {variable(letter): value for letter, value in letters.items()}
    rule = substitute(_condition(problem).statement, known)
    domain = both(*(tidy(part) for part in conjuncts(rule)), *([] if also is None else [also]))
    return Closed(dict(letters) | own, domain, {one: one for one in own.values()})


def _affine(slope: int, start: int) -> Term:
    """Return `slope*t + start` without a factor of 1 or a summand of 0."""
    sloped = t if slope == 1 else slope * t
    return sloped + start if start else sloped


def _less(a: Term, b: int) -> Term:
    return a - b if b else a


def _rest(condition: Condition, a: int) -> int:
    """Return what `D*(F - 1) - 2*P` must be for an output padding: `E + A = S + 2P + b`."""
    return int(condition.stride + condition.least) - a - 1  # type: ignore[arg-type]


def _line(d: int, rest: int, free: tuple[str, ...], fixed: Mapping[str, int]) -> Closed | None:
    """Solve `d*(F - 1) - 2*P = rest` for what is free of F and P; one parameter at most."""
    if "F" not in free and "P" not in free:
        holds = d * (fixed["F"] - 1) - 2 * fixed["P"] == rest
        return Closed({}, both(), {}) if holds else None
    if "F" not in free:
        padding, left = divmod(d * (fixed["F"] - 1) - rest, 2)
        fits = padding >= 0 and left == 0
        return Closed({"P": constant(padding)}, both(), {}) if fits else None
    if "P" not in free:
        above, left = divmod(rest + 2 * fixed["P"], d)
        fits = above >= 0 and left == 0
        return Closed({"F": constant(above + 1)}, both(), {}) if fits else None
    if d % 2 == 0 and rest % 2:
        return None
    first = max(1, -(-rest // d) + 1)
    while (d * (first - 1) - rest) % 2:
        first += 1
    step = 2 if d % 2 else 1
    start = (d * (first - 1) - rest) // 2
    letters = {"F": _affine(step, first), "P": _affine(d * step // 2, start)}
    return Closed(letters, t >= 0, {t: (F - first) // step})


def _transposed(
    problem: Problem, condition: Condition, letters: Letters, free: tuple[str, ...]
) -> Iterator[Closed]:
    """Solve `E + A = S + 2P`: a family for each output padding and each parity of dilation."""
    n, fixed = int(condition.stride), problem.fixed  # type: ignore[arg-type]
    both_free = {"F", "P"} <= set(free)
    if "D" in free and not both_free:
        yield _as_it_is(problem, letters, free)
    elif "D" in free and "A" in free:
        for a in range(n) if 3 * n < MOST_FAMILIES else ():
            yield from _dilated(condition, letters, a)
        beyond = A >= n if 3 * n < MOST_FAMILIES else None
        yield _as_it_is(problem, letters, free, beyond)
    elif "D" in free:
        yield from _dilated(condition, letters, fixed["A"])
    elif "A" in free and max(n, fixed["D"]) > MOST_FAMILIES and both_free and fixed["D"] == 1:
        first = _rest(condition, 0) + 1
        own: dict[str, Term] = {"F": first - k + 2 * t, "P": t, "A": k}
        domain = both(t >= 0, k >= 0, k < n, own["F"] >= 1)
        yield Closed(dict(letters) | own, domain, {t: P, k: A})
    else:
        for a in range(max(n, fixed["D"])) if "A" in free else [fixed["A"]]:
            line = _line(fixed["D"], _rest(condition, a), free, fixed)
            if line:
                yield line._replace(letters=dict(letters) | {"A": constant(a)} | dict(line.letters))


def _dilated(condition: Condition, letters: Letters, a: int) -> Iterator[Closed]:
    """Solve for a free dilation by parity, where kernel and padding are free as well."""
    rest = _rest(condition, a)
    even, odd = {"D": 2 * k}, {"D": 2 * k - 1}
    halved = (D + 1) // 2
    cases: list[tuple[dict[str, Term], Term, Term]]
    if rest % 2:
        padding = _less((2 * k - 1) * t - k, (rest - 1) // 2)
        cases = [(odd | {"F": 2 * t, "P": padding}, halved, F // 2)]
    else:
        evenly, oddly = k * (t - 1), (2 * k - 1) * (t - 1)
        cases = [
            (even | {"F": t, "P": _less(evenly, rest // 2)}, D // 2, F),
            (odd | {"F": 2 * t - 1, "P": _less(oddly, rest // 2)}, halved, (F + 1) // 2),
        ]
    for own, first, second in cases:
        domain = both(k >= 1, t >= 1, own["P"] >= 0)
        whole = dict(letters) | {"A": constant(a)} | own
        yield Closed(whole, domain, {k: first, t: second})


def _window(
    problem: Problem, condition: Condition, letters: Letters, free: tuple[str, ...]
) -> Iterator[Closed]:
    """Solve `least <= E - 2P <= most`: a kernel for each padding and each k between them."""
    d = problem.fixed.get("D", 1)
    shrinks = isinstance(condition.scaling, Shrinks)
    simple = "D" not in free and d == 1 and shrinks
    bounds = _between(condition) if shrinks else None
    if simple and condition.ceil and {"F", "P"} <= set(free) and bounds is None:
        n = int(condition.stride)  # type: ignore[arg-type]
        none = {"F": k, "P": constant(0)}
        yield Closed(dict(letters) | none, both(k >= 1, k < 2 * n), {k: F})
        some = {"F": 2 * t + k, "P": t}
        domain = both(t >= 1, k >= n, k < 2 * n)
        yield Closed(dict(letters) | some, domain, {t: P, k: F - 2 * P})
    elif bounds is None or "D" in free:
        yield _as_it_is(problem, letters, free)
    elif bounds[0] == bounds[1] and "P" in {*free, *problem.fixed}:
        line = _line(d, bounds[0] - 1, free, problem.fixed)
        if line:
            yield line._replace(letters=dict(letters) | dict(line.letters))
    elif simple and "F" in free:
        padding = t if "P" in free else letters.get("P", constant(0))
        twice = 2 * t if "P" in free else constant(2 * problem.fixed.get("P", 0))
        kernel = k if twice is constant(0) else twice + k
        positive = [kernel >= 1] if bounds[0] < 1 else []
        among = [t >= 0] if "P" in free else []
        domain = both(*among, k >= bounds[0], k <= bounds[1], *positive)
        own = {"F": kernel} | ({"P": padding} if "P" in {*free, *letters} else {})
        witnesses = {k: F - twice} if "P" not in free else {t: P, k: F - 2 * P}
        yield Closed(dict(letters) | own, domain, witnesses)
    else:
        yield _as_it_is(problem, letters, free)


def _between(condition: Condition) -> tuple[int, int] | None:
    """Return the least and the greatest of what is left for `E - 2P`, if it lies between two."""
    if condition.ceil:
        return None
    return int(condition.least), int(condition.most)  # type: ignore[arg-type]
