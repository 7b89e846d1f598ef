"""Padding that copies the input: which cell a padding cell stands for, and how wide it can be.

A padding of zeros copies nothing and has no border here.

References: torch 2.13, `ATen/native/PadNd.cpp`, `ReflectionPad.cpp`, `ReplicationPadding.cpp`.
"""

from __future__ import annotations

from symconv.operators.letters import W, hi, lo
from symconv.operators.value import Value
from symconv.terms import Term, maximum, sizes, substitute, where

j, x = sizes("j x")


class Border(Value):
    """What the cells of a padding copy.

    Attributes:
        name: what the copying is called.
        copied: what a padding cell copies, in words.
        left: the input cell that place `-j` copies, for `j` from 1.
        right: the input cell that place `W - 1 + j` copies.
        sentence: what a padding requires of the input.
        required: the same as a term, in `W` and the two paddings.
    """

    name: str
    copied: str
    left: Term
    right: Term
    sentence: str
    required: Term

    @property
    def source(self) -> Term:
        """The input cell whose value place `x` has, counted from the input's first cell, 0."""
        before = substitute(self.left, {j: -x})
        after = substitute(self.right, {j: x - W + 1})
        return where(x < 0, before, where(W <= x, after, x))

    @property
    def requires(self) -> dict[str, Term]:
        """The requirement by its sentence."""
        return {self.sentence: self.required}


REFLECTED = Border(
    name="reflection",
    copied="cell j",
    left=j,
    right=W - 1 - j,
    sentence="a reflected padding is smaller than the input",
    required=maximum(lo, hi) < W,
)
WRAPPED = Border(
    name="wrapping",
    copied="cell W - j",
    left=W - j,
    right=j - 1,
    sentence="a wrapped padding is at most the input",
    required=maximum(lo, hi) <= W,
)
REPEATED = Border(
    name="border",
    copied="the cell that is nearest to it",
    left=0 * j,
    right=W - 1,
    sentence="the input has a cell",
    required=W >= 1,
)
