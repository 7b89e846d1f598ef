"""The solutions of a rule in closed form: families in `t`, `k` and torch's names.

Each family comes with witnesses: what its parameters are, in the letters of a setting that is in
it. With them Z3 proves that every setting is in one of the families.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from symconv.families.family import conjuncts
from symconv.meanings.integers import INTEGERS
from symconv.meanings.symbols import tidy
from symconv.operators.operator import D, F, P
from symconv.operators.window import extent
from symconv.solving.request import Request
from symconv.terms import (
    Term,
    TermLike,
    both,
    constant,
    interpret,
    parts,
    sizes,
    substitute,
    variable,
)

k, t = sizes("k t")
MOST_FAMILIES = 16


class Closed(NamedTuple):
    """A family in the making: letters in parameters, which parameters there are, and witnesses."""

    letters: Mapping[str, Term]
    domain: Term
    witnesses: Mapping[Term, Term]


def closed(request: Request) -> list[Closed]:
    """Return families whose union is the solutions of the request's rule."""
    letters = {letter: constant(value) for letter, value in request.fixed.items()}
    if "S" in request.free:
        letters["S"] = constant(request.goal.n)
    free = tuple(one for one in request.free if one != "S")
    transposed = request.operator.name == "conv_transpose"
    found = list((_transposed if transposed else _window)(request, letters, free))
    return [one for one in found if len(found) <= MOST_FAMILIES] or [
        _as_it_is(request, letters, free)
    ]


def _ruled(request: Request) -> Term:
    found = request.rule()
    assert found is not None  # families are asked for only where a rule is known
    return found


def _as_it_is(request: Request, letters: Mapping[str, Term], free: tuple[str, ...]) -> Closed:
    """Return the rule itself as a family: its letters are its parameters."""
    own = {letter: variable(letter) for letter in free}
    known = {variable(letter): value for letter, value in letters.items()}
    domain = both(*(tidy(part) for part in conjuncts(substitute(_ruled(request), known))))
    return Closed(dict(letters) | own, domain, {one: one for one in own.values()})


def _line(d: int, rest: int, free: tuple[str, ...], fixed: Mapping[str, int]) -> Closed | None:
    """Solve `d*(F - 1) - 2*P = rest` for what is free of F and P; one parameter at most."""
    if "F" not in free and "P" not in free:
        holds = d * (fixed["F"] - 1) - 2 * fixed["P"] == rest
        return Closed({}, both(), {}) if holds else None
    if "F" not in free:
        twice = d * (fixed["F"] - 1) - rest
        return (
            Closed({"P": constant(twice // 2)}, both(), {})
            if twice >= 0 and twice % 2 == 0
            else None
        )
    if "P" not in free:
        above, left = divmod(rest + 2 * fixed["P"], d)
        return Closed({"F": constant(above + 1)}, both(), {}) if left == 0 and above >= 0 else None
    if d % 2 == 0 and rest % 2:
        return None
    first = max(1, -(-rest // d) + 1)
    while (d * (first - 1) - rest) % 2:
        first += 1
    step = 2 if d % 2 else 1
    start = (d * (first - 1) - rest) // 2
    letters = {"F": _affine(step, first), "P": _affine(d * step // 2, start)}
    return Closed(letters, t >= 0, {t: (F - first) // step})


def _affine(slope: int, start: int) -> Term:
    """Return `slope*t + start` without a factor of 1 or a summand of 0."""
    sloped = t if slope == 1 else slope * t
    return sloped + start if start else sloped


def _less(a: Term, b: int) -> Term:
    return a - b if b else a


def _rest(request: Request, a: int) -> int:
    """Return what `D*(F - 1) - 2*P` must be by the rule, for an output padding."""
    (equation,) = (
        part for part in conjuncts(_ruled(request)) if F in parts(part) and part.word == "eq"
    )
    at = {"F": 1, "P": 0, "D": 1, "A": a, "S": request.goal.n}
    left, right = (interpret(side, INTEGERS, at) for side in equation.args)
    return int(right - left)


def _transposed(
    request: Request, letters: Mapping[str, Term], free: tuple[str, ...]
) -> Iterator[Closed]:
    """Solve `E + A = n + 2P`, one family for each output padding where that is free."""
    n, fixed = request.goal.n, request.fixed
    if "D" in free:
        yield from _dilated(request, letters, free)
        return
    d = fixed["D"]
    paddings = range(max(n, d)) if "A" in free else [fixed["A"]]
    if len(paddings) > MOST_FAMILIES:
        yield _as_it_is(request, letters, free)
        return
    for a in paddings:
        line = _line(d, _rest(request, a), free, fixed)
        if line:
            yield line._replace(letters=dict(letters) | {"A": constant(a)} | dict(line.letters))


def _dilated(
    request: Request, letters: Mapping[str, Term], free: tuple[str, ...]
) -> Iterator[Closed]:
    """Solve for a free dilation by parity, where kernel and padding are free as well."""
    if "A" in free or not {"F", "P"} <= set(free):
        yield _as_it_is(request, letters, free)
        return
    rest = _rest(request, request.fixed["A"])
    even, odd = {"D": 2 * k}, {"D": 2 * k - 1}
    if rest % 2:
        cases = [
            (
                odd | {"F": 2 * t, "P": _less((2 * k - 1) * t - k, (rest - 1) // 2)},
                (D + 1) // 2,
                F // 2,
            )
        ]
    else:
        cases = [
            (even | {"F": t, "P": _less(k * (t - 1), rest // 2)}, D // 2, F),
            (
                odd | {"F": 2 * t - 1, "P": _less((2 * k - 1) * (t - 1), rest // 2)},
                (D + 1) // 2,
                (F + 1) // 2,
            ),
        ]
    for own, first, second in cases:
        yield Closed(
            dict(letters) | own, both(k >= 1, t >= 1, own["P"] >= 0), {k: first, t: second}
        )


def _window(
    request: Request, letters: Mapping[str, Term], free: tuple[str, ...]
) -> Iterator[Closed]:
    """Solve `1 <= E - 2P <= n`: a kernel for each padding and each k from 1 to n."""
    n, d = request.goal.n, request.fixed.get("D", 1)
    ceil = getattr(request.layer, "ceil_mode", False)
    same = "_same" in request.operator.name
    if "D" in free or ceil or same or not {"F", "P"} <= set(free):
        yield _as_it_is(request, letters, free)
    elif n == 1:
        line = _line(d, 0, free, request.fixed)
        if line:
            yield line._replace(letters=dict(letters) | dict(line.letters))
    elif d == 1:
        own: dict[str, Term] = {"F": 2 * t + k, "P": t}
        domain = both(t >= 0, k >= 1, k <= n)
        yield Closed(dict(letters) | own, domain, {t: P, k: F - 2 * P})
    else:
        reach = substitute(extent, {D: d})
        yield _as_it_is(request, letters, free)._replace(
            domain=both(F >= 1, P >= 0, reach - 2 * P >= 1, reach - 2 * P <= n)
        )


def member(one: Closed) -> Term:
    """State that a setting is in a family."""
    witnesses: dict[Term, TermLike] = dict(one.witnesses)
    equal = [variable(name).eq(substitute(v, witnesses)) for name, v in one.letters.items()]
    return both(*equal, substitute(one.domain, witnesses))
