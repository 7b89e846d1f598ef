"""What the chapters share: the letters, the laws under the names of statements, hypotheses.

Hypotheses are the operators' own requirements, by their sentences. A statement that needs fewer of
them has fewer.
"""

from __future__ import annotations

from collections.abc import Mapping

from symconv.operators import OPERATORS, Operator
from symconv.operators.letters import A, D, F, P, S, W, extent
from symconv.terms import Term, TermLike, sizes, substitute, variables

CONV = OPERATORS["conv"].symmetric
CONV_TRANSPOSE = OPERATORS["conv_transpose"]
SUBJECTS = (CONV, CONV_TRANSPOSE)
"""What the book is about: statements call these laws, and those of the dialects, by their names."""
FITS = {sentence: CONV.requires[sentence] for sentence in ("one window fits the padded input",)}

a, b, c, d, e, g, h, k, m, n, q, r, t, x, y = sizes("a b c d e g h k m n q r t x y")


def conv(size: TermLike = W, **letters: TermLike) -> Term:
    """Return the size law of a convolution for an input size, with some letters replaced."""
    return _put(CONV.size, size, letters)


def conv_transpose(size: TermLike = W, **letters: TermLike) -> Term:
    """Return the size law of a transposed convolution, as `conv`."""
    return _put(CONV_TRANSPOSE.size, size, letters)


def _put(law: Term, size: TermLike, letters: Mapping[str, TermLike]) -> Term:
    replaced: dict[Term, TermLike] = {W: size}
    for name, value in letters.items():
        (letter,) = sizes(name)
        replaced[letter] = value
    return substitute(law, replaced)


def requirements(operator: Operator, letters: str) -> dict[str, Term]:
    """Return an operator's requirements that speak of these letters only."""
    known = set(letters.split())
    return {
        sentence: term
        for sentence, term in operator.requires.items()
        if set(variables(term)) <= known
    }


STRIDE = requirements(CONV, "S")
KERNEL = requirements(CONV, "F D")
PADDING = requirements(CONV, "P")
CELL = requirements(CONV, "W")
WINDOW = KERNEL | STRIDE | PADDING
"""Every setting of a window that torch takes."""

__all__ = [
    "CELL",
    "CONV",
    "CONV_TRANSPOSE",
    "FITS",
    "KERNEL",
    "PADDING",
    "STRIDE",
    "SUBJECTS",
    "WINDOW",
    "A",
    "D",
    "F",
    "P",
    "S",
    "W",
    "a",
    "b",
    "c",
    "conv",
    "conv_transpose",
    "d",
    "e",
    "extent",
    "g",
    "h",
    "k",
    "m",
    "n",
    "q",
    "r",
    "requirements",
    "t",
    "x",
    "y",
]
