"""Stretches of sizes in which membership in a set repeats, neighbours as the bits of integers.

Bit `r` says whether the sizes `W % period == r` of a stretch belong to the set. Python's integers
are as long as need be, so a union of two patterns is one `|`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import lru_cache
from math import gcd, lcm

from symconv.periodic.columns import checked_period, primes


@dataclass(frozen=True)
class Stretch:
    """Sizes from `start` on, up to the next stretch, among which membership repeats."""

    start: int
    period: int
    bits: int

    def bits_over(self, start: int, length: int) -> int:
        """Return whether each of some sizes in a row belongs, the first one in bit 0."""
        turn = start % self.period
        bits = repeated(self.bits, self.period, -(-(turn + length) // self.period))
        return (bits >> turn) & ones(length)

    @property
    def residues(self) -> tuple[int, ...]:
        """The residues that belong to the set."""
        return tuple(residue for residue in range(self.period) if self.bits >> residue & 1)

    def of(self, period: int) -> int:
        """Return the bits with a multiple of the period."""
        return repeated(self.bits, self.period, period // self.period)


def ones(length: int) -> int:
    """Return so many bits in a row."""
    return (1 << length) - 1


def repeated(bits: int, period: int, times: int) -> int:
    """Return bits so many times in a row."""
    return bits if times == 1 else bits * _every(period, times)


@lru_cache(maxsize=128)
def _every(period: int, times: int) -> int:
    """Return so many bits, a period apart."""
    return ones(period * times) // ones(period)


def stretch_over(start: int, length: int, bits: int) -> Stretch:
    """Return a stretch by the bits of its sizes in a row, the first one in bit 0."""
    turn = start % length
    return Stretch(start, length, ((bits << turn) | (bits >> (length - turn))) & ones(length))


def bits_of(truths: Iterable[bool]) -> int:
    """Return truth values as the bits of an integer, the first one in bit 0."""
    return int("".join("1" if truth else "0" for truth in truths)[::-1], 2)


def reduced(stretch: Stretch) -> Stretch:
    """Return a stretch with its smallest period."""
    period, bits = stretch.period, stretch.bits
    for prime in primes(period):
        while period % prime == 0:
            smaller = period // prime
            part = bits & ones(smaller)
            if repeated(part, smaller, prime) != bits:
                break
            period, bits = smaller, part
    return Stretch(stretch.start, period, bits)


def joined(stretches: Iterable[Stretch]) -> tuple[Stretch, ...]:
    """Let each stretch reach down, and then up, as far as it agrees with its neighbours."""
    neighbours: list[Stretch] = []
    for stretch in map(reduced, stretches):
        start = stretch.start
        while neighbours:
            last = neighbours[-1]
            start = last.start + _agreement(last, stretch, start)
            if start > last.start:
                break
            neighbours.pop()
        neighbours.append(Stretch(start, stretch.period, stretch.bits))
    return _upwards(neighbours) if len(neighbours) > 2 else tuple(neighbours)


def _enough(a: Stretch, b: Stretch) -> int:
    """Return over how many sizes in a row two patterns can only agree if they always do.

    Reference: Fine and Wilf, "Uniqueness theorems for periodic functions" (1965).
    """
    return a.period + b.period - gcd(a.period, b.period)


def _agreement(last: Stretch, after: Stretch, end: int) -> int:
    """Return after how many sizes of a stretch, which ends at `end`, the next one's pattern holds.

    All sizes from there to the end agree, and the one before does not.
    """
    length = end - last.start
    looked = min(length, _enough(last, after))
    differing = 0
    for window in (min(64, looked), looked):
        start = end - window
        differing = last.bits_over(start, window) ^ after.bits_over(start, window)
        if differing:
            return length - window + differing.bit_length()
    return 0


def _upwards(stretches: list[Stretch]) -> tuple[Stretch, ...]:
    """Let each stretch reach up into the next one, but for the last, as far as it agrees."""
    neighbours = [stretches[0]]
    for stretch, after in zip(stretches[1:], [*stretches[2:], None], strict=True):
        start = stretch.start
        if after is not None:
            looked = min(after.start - start, _enough(neighbours[-1], stretch))
            differing = neighbours[-1].bits_over(start, looked) ^ stretch.bits_over(start, looked)
            if not differing:
                continue
            start += (differing & -differing).bit_length() - 1
        neighbours.append(Stretch(start, stretch.period, stretch.bits))
    return tuple(neighbours)


def combined(
    word: Callable[[int, int], int], a: tuple[Stretch, ...], b: tuple[Stretch, ...]
) -> list[Stretch]:
    """Apply an operation on bits to two sets, where both speak of a size."""
    first = max(a[0].start, b[0].start)
    starts = sorted({first, *(s.start for s in (*a, *b) if s.start > first)})
    parts = list[Stretch]()
    i = j = 0
    for place, start in enumerate(starts):
        while i + 1 < len(a) and a[i + 1].start <= start:
            i += 1
        while j + 1 < len(b) and b[j + 1].start <= start:
            j += 1
        x, y = a[i], b[j]
        period = lcm(x.period, y.period)
        if place + 1 < len(starts) and starts[place + 1] - start < period:
            length = checked_period(starts[place + 1] - start)
            bits = word(x.bits_over(start, length), y.bits_over(start, length))
            parts.append(stretch_over(start, length, bits))
        else:
            checked_period(period)
            parts.append(Stretch(start, period, word(x.of(period), y.of(period))))
    return parts
