"""The solutions of a rule in closed form: families in `t`, `k` and a layer's own letters.

Each family comes with witnesses: what its parameters are, in the letters of a setting that is in
it. With them Z3 proves that every setting is in one of the families. Where no form is known, the
rule itself is the family, and the letters are its parameters.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import NamedTuple

from symconv.meanings.integers import INTEGERS
from symconv.meanings.symbols import tidy
from symconv.operators.operator import A, D, F, P, S
from symconv.solving.requests import Request
from symconv.terms import (
    Term,
    TermLike,
    both,
    conjuncts,
    constant,
    interpret,
    parts,
    sizes,
    substitute,
    variable,
)

k, t = sizes("k t")
MOST_FAMILIES = 16

Letters = Mapping[str, Term]


class Closed(NamedTuple):
    """A family in the making: letters in parameters, which parameters there are, and witnesses."""

    letters: Letters
    domain: Term
    witnesses: Mapping[Term, Term]


def closed(request: Request) -> list[Closed]:
    """Return families whose union is the solutions of the request's rule."""
    stride = _stride(request)
    if request.stride_is_kernel:  # then the rule says the kernel as well
        known = {"F": stride, "S": stride}
        free = tuple(one for one in request.free if one not in known)
        return closed(replace(request, fixed=dict(request.fixed) | known, free=free))
    letters = {letter: constant(value) for letter, value in request.fixed.items()}
    if "S" in request.free:
        letters["S"] = constant(stride)
    free = tuple(one for one in request.free if one not in letters)
    if "P" in free and not request.padding_adds:
        return [_as_it_is(request, letters, free)]
    solve = _transposed if request.transposed else _window
    found = list(solve(request, letters, free))
    return found if len(found) <= MOST_FAMILIES else [_as_it_is(request, letters, free)]


def member(one: Closed) -> Term:
    """State that a setting is in a family."""
    witnesses: dict[Term, TermLike] = dict(one.witnesses)
    equal = [variable(name).eq(substitute(v, witnesses)) for name, v in one.letters.items()]
    return both(*equal, substitute(one.domain, witnesses))


def _ruled(request: Request) -> Term:
    found = request.rule()
    assert found is not None  # families are asked for only where a rule is known
    return found


def _stride(request: Request) -> int:
    """Return the stride that the rule says."""
    (said,) = (part for part in conjuncts(_ruled(request)) if part.args[0] is S)
    return int(said.args[1].args[0])


def _as_it_is(
    request: Request, letters: Letters, free: tuple[str, ...], also: Term | None = None
) -> Closed:
    """Return the rule itself as a family."""
    own = {letter: variable(letter) for letter in free}
    known = {variable(letter): value for letter, value in letters.items()}
    rule = substitute(_ruled(request), known)
    domain = both(*(tidy(part) for part in conjuncts(rule)), *([] if also is None else [also]))
    return Closed(dict(letters) | own, domain, {one: one for one in own.values()})


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
    at = {"F": 1, "P": 0, "D": 1, "A": a, "S": _stride(request)}
    left, right = (interpret(side, INTEGERS, at) for side in equation.args)
    return int(right - left)


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


def _transposed(request: Request, letters: Letters, free: tuple[str, ...]) -> Iterator[Closed]:
    """Solve `E + A = S + 2P`: a family for each output padding and each parity of dilation."""
    n, fixed = _stride(request), request.fixed
    both_free = {"F", "P"} <= set(free)
    if "D" in free and not both_free:
        yield _as_it_is(request, letters, free)
    elif "D" in free and "A" in free:
        for a in range(n) if 3 * n < MOST_FAMILIES else ():
            yield from _dilated(request, letters, a)
        beyond = A >= n if 3 * n < MOST_FAMILIES else None
        yield _as_it_is(request, letters, free, beyond)
    elif "D" in free:
        yield from _dilated(request, letters, fixed["A"])
    elif "A" in free and max(n, fixed["D"]) > MOST_FAMILIES and both_free and fixed["D"] == 1:
        first = _rest(request, 0) + 1
        own: dict[str, Term] = {"F": first - k + 2 * t, "P": t, "A": k}
        domain = both(t >= 0, k >= 0, k < n, own["F"] >= 1)
        yield Closed(dict(letters) | own, domain, {t: P, k: A})
    else:
        for a in range(max(n, fixed["D"])) if "A" in free else [fixed["A"]]:
            line = _line(fixed["D"], _rest(request, a), free, fixed)
            if line:
                yield line._replace(letters=dict(letters) | {"A": constant(a)} | dict(line.letters))


def _dilated(request: Request, letters: Letters, a: int) -> Iterator[Closed]:
    """Solve for a free dilation by parity, where kernel and padding are free as well."""
    rest = _rest(request, a)
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


def _window(request: Request, letters: Letters, free: tuple[str, ...]) -> Iterator[Closed]:
    """Solve `least <= E - 2P <= most`: a kernel for each padding and each k between them."""
    d = request.fixed.get("D", 1)
    simple = "D" not in free and d == 1 and "keep" not in request.operator.scaling
    bounds = _between(request)
    if simple and request.ceil and {"F", "P"} <= set(free) and bounds is None:
        n = _stride(request)
        none = {"F": k, "P": constant(0)}
        yield Closed(dict(letters) | none, both(k >= 1, k < 2 * n), {k: F})
        some = {"F": 2 * t + k, "P": t}
        domain = both(t >= 1, k >= n, k < 2 * n)
        yield Closed(dict(letters) | some, domain, {t: P, k: F - 2 * P})
    elif bounds is None or "D" in free:
        yield _as_it_is(request, letters, free)
    elif bounds[0] == bounds[1] and "P" in {*free, *request.fixed}:
        line = _line(d, bounds[0] - 1, free, request.fixed)
        if line:
            yield line._replace(letters=dict(letters) | dict(line.letters))
    elif simple and "F" in free:
        padding = t if "P" in free else letters.get("P", constant(0))
        twice = 2 * t if "P" in free else constant(2 * request.fixed.get("P", 0))
        kernel = k if twice is constant(0) else twice + k
        positive = [kernel >= 1] if bounds[0] < 1 else []
        among = [t >= 0] if "P" in free else []
        domain = both(*among, k >= bounds[0], k <= bounds[1], *positive)
        own = {"F": kernel} | ({"P": padding} if "P" in {*free, *letters} else {})
        witnesses = {k: F - twice} if "P" not in free else {t: P, k: F - 2 * P}
        yield Closed(dict(letters) | own, domain, witnesses)
    else:
        yield _as_it_is(request, letters, free)


def _between(request: Request) -> tuple[int, int] | None:
    """Return the least and the greatest of what the rule leaves for `E - 2P`, if it is such."""
    found = []
    for part in conjuncts(_ruled(request)):
        numbers = [side.args[0] for side in part.args if side.word == "constant"]
        if F in parts(part) and len(numbers) == 1 and part.word in ("le", "eq"):
            found += numbers * (2 if part.word == "eq" else 1)
        elif F in parts(part):
            return None
    return (min(found), max(found)) if len(found) == 2 else None
