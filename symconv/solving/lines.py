"""All kernels, paddings and dilations with `D*(F - 1) - 2*P = rest`, in parameters `k` and `t`.

With a known dilation the equation is linear. With an open one it is a product, which is split by
parity where kernel and padding are open as well, and by divisors where the padding is known: both
ways lose nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from symconv.operators.letters import D, F
from symconv.terms import Term, both, constant, sizes

k, t = sizes("k t")

Letters = Mapping[str, Term]


class Closed(NamedTuple):
    """A family in the making: letters in parameters, which parameters there are, and witnesses."""

    letters: Letters
    domain: Term
    witnesses: Mapping[Term, Term]


def affine(slope: int, start: int, parameter: Term = t) -> Term:
    """Return `slope*t + start` without a factor of 1 or a summand of 0."""
    if slope == 0:
        return constant(start)
    sloped = parameter if slope == 1 else slope * parameter
    return sloped + start if start > 0 else sloped - -start if start else sloped


def lines(rest: int, free: tuple[str, ...], fixed: Mapping[str, int]) -> Iterator[Closed]:
    """Yield families whose union is all solutions, for what is open of F, P and D.

    >>> from symconv.meanings.notation import text
    >>> [{name: text(term) for name, term in family.letters.items()}
    ...  for family in lines(0, ("F", "P", "D"), {})]
    [{'D': '2*k', 'F': 't', 'P': 'k*(t - 1)'}, {'D': '2*k - 1', 'F': '2*t - 1', \
'P': '(2*k - 1)*(t - 1)'}]
    """
    if "D" not in free:
        line = _line(fixed.get("D", 1), rest, free, fixed)
        if line:
            yield line
    elif "F" in free and "P" in free:
        yield from _by_parity(rest)
    elif "F" in free:
        yield from _by_divisors(rest + 2 * fixed.get("P", 0))
    elif "P" in free:
        yield from _padded(fixed["F"] - 1, rest)
    else:
        yield from _dilated(fixed["F"] - 1, rest + 2 * fixed.get("P", 0))


def _line(d: int, rest: int, free: tuple[str, ...], fixed: Mapping[str, int]) -> Closed | None:
    """Solve it for what is open of F and P; one parameter at most."""
    if "F" not in free and "P" not in free:
        holds = d * (fixed["F"] - 1) - 2 * fixed.get("P", 0) == rest
        return Closed({}, both(), {}) if holds else None
    if "F" not in free:
        padding, left = divmod(d * (fixed["F"] - 1) - rest, 2)
        fits = padding >= 0 and left == 0
        return Closed({"P": constant(padding)}, both(), {}) if fits else None
    if "P" not in free:
        above, left = divmod(rest + 2 * fixed.get("P", 0), d)
        fits = above >= 0 and left == 0
        return Closed({"F": constant(above + 1)}, both(), {}) if fits else None
    if d % 2 == 0 and rest % 2:
        return None
    first = max(1, -(-rest // d) + 1)
    while (d * (first - 1) - rest) % 2:
        first += 1
    step = 2 if d % 2 else 1
    start = (d * (first - 1) - rest) // 2
    letters = {"F": affine(step, first), "P": affine(d * step // 2, start)}
    return Closed(letters, t >= 0, {t: (F - first) // step})


def _by_parity(rest: int) -> Iterator[Closed]:
    """Solve it where all three are open: where the dilation is even, and where it is odd."""
    even, odd = {"D": 2 * k}, {"D": 2 * k - 1}
    halved, least = (D + 1) // 2, rest % 2  # above it, some paddings would be negative
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
    for letters, first, second in cases:
        domain = both(k >= 1, t >= 1, *([letters["P"] >= 0] if rest > least else []))
        yield Closed(letters, domain, {k: first, t: second})


def _less(a: Term, b: int) -> Term:
    return a - b if b else a


def _by_divisors(product: int) -> Iterator[Closed]:
    """Solve `D*(F - 1) = product` where both are open."""
    if product == 0:
        yield Closed({"F": constant(1), "D": k}, k >= 1, {k: D})
    for dilation in range(1, product + 1):
        if product % dilation == 0:
            numbers = {"F": constant(product // dilation + 1), "D": constant(dilation)}
            yield Closed(numbers, both(), {})


def _padded(gaps: int, rest: int) -> Iterator[Closed]:
    """Solve `gaps*D - 2*P = rest` where dilation and padding are open."""
    if gaps % 2 == 0 and rest % 2:
        return
    step, start = (1, 0) if gaps % 2 == 0 else (2, -(rest % 2))
    padding = affine(gaps * step // 2, (gaps * start - rest) // 2, k)
    domain = both(k >= 1, *([padding >= 0] if gaps * (step + start) < rest else []))
    if not gaps and rest > 0:
        return
    yield Closed({"P": padding, "D": affine(step, start, k)}, domain, {k: (D - start) // step})


def _dilated(gaps: int, product: int) -> Iterator[Closed]:
    """Solve `gaps*D = product` where the dilation is open."""
    if not gaps and not product:
        yield Closed({"D": k}, k >= 1, {k: D})
    elif gaps and product > 0 and product % gaps == 0:
        yield Closed({"D": constant(product // gaps)}, both(), {})
