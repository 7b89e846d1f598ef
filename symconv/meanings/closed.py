"""Sets of sizes and exact functions written as formulas, in the language of constraints.

A formula is found from what a function is, and taken only where it is equal to it for every size of
a set; the exact functions themselves decide that.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from itertools import islice
from math import gcd
from typing import NamedTuple

from symconv.meanings.normal import Floor
from symconv.meanings.periodic import EXACT
from symconv.periodic import Number, SizeSet, Value, function, variable
from symconv.periodic.comparing import at_least_zero
from symconv.periodic.division import floordiv
from symconv.periodic.images import progressions
from symconv.periodic.saying import repeating
from symconv.terms import Term, both, constant, either, variables

MOST_CLAUSES = 40
"""How many remainders, intervals and single sizes a condition may list."""


def condition(sizes: SizeSet, size: Term) -> Term | None:
    """Return the condition that a size belongs to a set; none where it is too long to be read.

    >>> from symconv.meanings.notation import text
    >>> from symconv.terms import variable as letter
    >>> text(condition(SizeSet.of(period=16, residues=[12], start=188), letter("W")))
    'W >= 188 and W % 16 == 12'
    """
    first, (period, residues, start, below) = sizes.first, repeating(sizes)
    before = sizes & SizeSet.between(first, below - 1)
    runs = list(islice(before.runs(), MOST_CLAUSES + 1))
    stretches = [_Stretch(low, high, 1, (0,)) for low, high in runs]
    if len(runs) > MOST_CLAUSES:  # as stretches that repeat, if those are few
        spans = ((low, end, bits) for low, end, bits in before.spans() if end is not None)
        stretches = [_Stretch(low, end - 1, bits.period, bits.residues) for low, end, bits in spans]
    if residues:
        stretches.append(_Stretch(start if below > first else first, None, period, residues))
    if sum(len(stretch.residues) for stretch in stretches) > MOST_CLAUSES:
        return None
    return either(*(stretch.holds(size, first) for stretch in stretches if stretch.residues))


class _Stretch(NamedTuple):
    """Sizes between two others, with one of some remainders."""

    low: int
    high: int | None
    period: int
    residues: tuple[int, ...]

    def holds(self, size: Term, first: int) -> Term:
        """State that a size, which is at least the first one, is one of these."""
        if self.low == self.high:
            return size.eq(self.low)
        bounds = [size >= self.low] if self.low > first or self.high is not None else []
        bounds += [] if self.high is None else [size <= self.high]
        if self.period > 1:
            bounds.append(either(*((size % self.period).eq(residue) for residue in self.residues)))
        return both(*bounds)


def closed_form(number: Value, sizes: SizeSet, size: Term) -> Term | None:
    """Return a formula for a function on a set of sizes: a number, or one floor of a quotient.

    Args:
        number: the function.
        sizes: the sizes for which the formula has to hold.
        size: what the formula is in.

    Returns:
        The formula, for instance `W - 184`, `(W + 31)//32` or `16*((W + 4)//16) - 188`; none where
        it is none of these.

    >>> from symconv.meanings.notation import text
    >>> from symconv.terms import variable as letter
    >>> halved = floordiv(variable() + 1, 2)
    >>> text(closed_form(2 * halved - 1, SizeSet.of(), letter("W")))
    '2*((W + 1)//2) - 1'
    """
    if not sizes:
        return None
    exact, size_itself = function(number, sizes.first), variable(sizes.first)
    for formula in _candidates(exact, sizes, size):
        value = EXACT.evaluate(formula, dict.fromkeys(variables(size), size_itself))
        if sizes <= (at_least_zero(exact - value) & at_least_zero(value - exact)):
            return formula
    return None


def _candidates(number: Number, sizes: SizeSet, size: Term) -> Iterator[Term]:
    """Yield the formulas `scale*((a*W + b)//s) + rest` that a function may have on a set.

    Its slope is `scale*a/s`. What the values have in common as a step is the scale, if it is not 1;
    `b` follows from what the function lacks from its slope, see `_floor`.
    """
    quasi = number.pieces[-1][1]
    slope = quasi.columns[1] if quasi.degree else 0
    if quasi.degree > 1 or not isinstance(slope, int):
        return
    rise = Fraction(slope, quasi.period)
    if floor := _floor(number, sizes, rise):
        numerator, denominator, (low, high) = floor
        yield _written(size, 1, numerator, min(max(0, low), high), denominator, 0)
    scale, value = _step(number, sizes)
    if scale > 1:
        rest = value % scale
        floor = _floor(function(floordiv(number - rest, scale)), sizes, rise / scale)
        if floor:
            numerator, denominator, (low, high) = floor
            shifts = (k - low // denominator for k in range(-1, 3))
            forms = [(b + k * denominator, rest - scale * k) for k in shifts for b in (low, high)]
            b, rest = min(forms, key=_plainness)
            yield _written(size, scale, numerator, b, denominator, rest)


def _plainness(form: tuple[int, int]) -> tuple[bool, int, bool]:
    """Return how plain a formula with this `b` and this rest is; the least is the plainest."""
    b, rest = form
    return rest != 0, abs(b) + abs(rest), b < 0


def _floor(
    number: Number, sizes: SizeSet, rise: Fraction
) -> tuple[int, int, tuple[int, int]] | None:
    """Return for which `b` a function is `(a*W + b)//s` on a set, with the slope `a/s`.

    It is just where `s*f <= a*W + b < s*f + s`, so `b` lies between the greatest value of
    `s*f - a*W` and the least one plus `s - 1`.
    """
    a, s = rise.numerator, rise.denominator
    lacking = [*progressions(number * s - variable(number.first) * a, sizes)]
    if any(step for _, step, _ in lacking):
        return None
    values = [value for value, _, _ in lacking]
    low, high = max(values), min(values) + s - 1
    return (a, s, (low, high)) if low <= high else None


def _step(number: Number, sizes: SizeSet) -> tuple[int, int]:
    """Return what all differences of a function's values on a set are multiples of, and a value."""
    pairs = [(value, step) for value, step, _ in progressions(number, sizes)]
    first = pairs[0][0]
    return gcd(*(x for value, step in pairs for x in (value - first, step))), first


def _written(size: Term, scale: int, a: int, b: int, s: int, rest: int) -> Term:
    """Write `scale*((a*W + b)//s) + rest` as people do."""
    if a == 0:
        return constant(scale * (b // s) + rest)
    floor = Floor(a, b, s, size).term
    return Floor(scale, rest, 1, floor).term
