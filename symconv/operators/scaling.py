"""When a law multiplies or divides every size by `n`: numbers and terms, and what they say.

An operator carries its `Scaling`; asked for a factor, that gives a `Condition`: what the stride is,
and between which numbers the rest lies. The statement about a layer's letters is made from it.
The conditions follow from the laws; `symconv.book.deriving` derives them step by step, and
`symconv.solving` has Z3 prove them before it uses them.
"""

from __future__ import annotations

from symconv.operators.letters import A, P, S, extent
from symconv.operators.value import Value
from symconv.terms import Term, TermLike, sizes

(n,) = sizes("n")


class Condition(Value):
    """What a layer's letters must be for its law to scale as asked.

    Attributes:
        scaling: how the law scales.
        stride: what the stride is.
        least: the least that the scaling's `rest` may be.
        most: the greatest.
        ceil: whether it is about torch's ceil mode, where `rest` may be more.
    """

    scaling: Scaling
    stride: TermLike
    least: TermLike = 0
    most: TermLike = 0
    ceil: bool = False

    @property
    def statement(self) -> Term:
        """The condition as a term in the layer's letters."""
        return self.scaling.stated(self)


class Scaling(Value):
    """How a law scales.

    Attributes:
        stride: what must be the factor.
    """

    stride: Term

    def times(self, factor: TermLike) -> Condition | None:
        """Return when every size is multiplied by a factor, where that is known."""
        return None if factor != 1 else self.kept

    def over(self, factor: TermLike, *, ceil: bool = False) -> Condition | None:
        """Return when every multiple of a factor is divided by it, where that is known."""
        del ceil
        return None if factor != 1 else self.kept

    @property
    def kept(self) -> Condition | None:
        """When every size stays."""
        return Condition(scaling=self, stride=1)

    def stated(self, asked: Condition) -> Term:
        """Return a condition as a term."""
        return self.stride.eq(asked.stride)


class Keeps(Scaling):
    """Windows that are padded so that every size stays."""


class Grows(Scaling):
    """Windows that are painted: `O = nW + b` for all `W`.

    Attributes:
        painted: the cells of one window, with what is added.
        room: the cells of a stride and of what is cropped: `painted` is `room + b`.
    """

    painted: Term
    room: Term

    def times(self, factor: TermLike) -> Condition:
        """Return when `O = nW`."""
        return self.affine(factor, 0)

    @property
    def kept(self) -> Condition:
        """When every size stays."""
        return self.affine(1, 0)

    def affine(self, factor: TermLike, more: TermLike) -> Condition:
        """Return when `O = nW + b`."""
        return Condition(scaling=self, stride=factor, least=more, most=more)

    def stated(self, asked: Condition) -> Term:
        """Return a condition as a term."""
        room = self.room if asked.least == 0 else self.room + asked.least
        return self.stride.eq(asked.stride) & self.painted.eq(room)


class Shrinks(Scaling):
    """Windows that are read: `n` times `W` gives `W`, for all `W`.

    Attributes:
        rest: where the first window ends, beyond the padding of both sides.
        padding: the padding of a side, where there is any; ceil mode asks whether there is.
        ceiled: whether there is a ceil mode.
    """

    rest: Term
    padding: Term | None = None
    ceiled: bool = False

    def over(self, factor: TermLike, *, ceil: bool = False) -> Condition | None:
        """Return when every multiple of `n` is divided by it."""
        if ceil and not self.ceiled:
            return None
        if ceil:
            return self.between(factor, factor, 2 * factor - 1).changed(ceil=True)
        return self.between(factor, 1, factor)

    def times(self, factor: TermLike) -> Condition | None:
        """Return when every size stays; nothing is multiplied."""
        return self.over(1) if factor == 1 else None

    def between(self, factor: TermLike, low: TermLike, high: TermLike) -> Condition:
        """Return that the stride is `n`, and that the first window ends between two places."""
        return Condition(scaling=self, stride=factor, least=low, most=high)

    def stated(self, asked: Condition) -> Term:
        """Return a condition as a term."""
        strided = self.stride.eq(asked.stride)
        if asked.ceil:
            within = self.rest < 2 * asked.stride  # the last window may hang over by S - 1 cells
            if self.padding is None:
                return strided & within
            return strided & within & (self.padding.eq(0) | (self.rest >= asked.stride))
        if isinstance(asked.least, int) and asked.least == asked.most:
            return strided & self.rest.eq(asked.least)
        return strided & (self.rest >= asked.least) & (self.rest <= asked.most)


SCATTERED = Grows(stride=S, painted=extent + A, room=S + 2 * P)
"""A transposed convolution."""

WINDOWED = Shrinks(stride=S, rest=extent - 2 * P, padding=P)
"""A convolution, padded alike on both sides."""

multiplies = SCATTERED.times(n).statement
"""A transposed convolution: `O = nW` for all `W`."""

divides = WINDOWED.between(n, 1, n).statement
"""Windows: `n` times `W` gives `W`, for all `W`."""
