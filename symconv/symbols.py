"""The symbols and the laws, for SymPy sessions: `from symconv.symbols import *`.

W input size · O output size · F kernel size · S stride · P padding · D dilation · A output
padding · n the scaling factor · k, t the parameters of the upsampling family. All are integers;
P, A and t may be zero, the others are positive.

The laws of windows come along, to be applied to any size: `conv(W)`, `conv_transpose(n*W)`,
`max_pool(W, kernel_size=2, ceil_mode=True)`. Any other law of one size can be imported by its name.

>>> from symconv.symbols import *
>>> conv(W)
floor((-D*(F - 1) + 2*P + W - 1)/S) + 1
>>> conv(conv_transpose(W, kernel_size=2, stride=2, padding=0, dilation=1), F=3, S=1, D=1, P=1)
A + 2*W
>>> conv.takes(W)
D*(F - 1) + 1 <= 2*P + W
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from symconv.errors import RequestError
from symconv.meanings.assumptions import assumptions
from symconv.meanings.symbols import expression, symbol, term_of
from symconv.operators import OPERATORS, Operator, missing
from symconv.operators.applied import Applied, applied, is_law
from symconv.terms import Term

W, O, F, S, P, D, A = map(symbol, "WOFSPDA")  # noqa: E741  (the output size is O, as in the article)
n, k, t = map(symbol, "nkt")


@dataclass(frozen=True)
class Law:
    """A size law, to be applied to a size.

    Attributes:
        name: the law's name.
    """

    name: str

    def __call__(self, size: Any = W, *others: Any, **letters: Any) -> Any:
        """Return the output size as a SymPy expression.

        Args:
            size: the input size: a SymPy expression or a number.
            others: nothing; letters are given by their names.
            letters: what stands for the law's letters, by letter or by torch's name; the others
                stay, and `ceil_mode` is off.

        Raises:
            RequestError: the law has no such letter, or something is no integer.
        """
        if others:
            raise RequestError(
                f"a size, and letters by their names, in {self.name}(...)",
                f"{len(others)} more without a name",
                f"Write for instance {self.name}(W, kernel_size=3).",
            )
        law, symbols = self._applied(size, letters)
        return expression(law.size, symbols)

    def takes(self, size: Any = W, **letters: Any) -> Any:
        """Return that the layer takes a size, as a SymPy relation."""
        law, symbols = self._applied(size, letters)
        return expression(law.takes, symbols)

    def every_cell_read(self, size: Any = W, **letters: Any) -> Any:
        """Return that windows leave no cell of the input unread, as a SymPy relation.

        Raises:
            RequestError: the law has no windows, or a dilation other than 1.
        """
        return self._stated(missing.every_cell_read, size, letters)

    def every_window_reads(self, size: Any = W, **letters: Any) -> Any:
        """Return that each window reads a cell of the input, as a SymPy relation.

        Raises:
            RequestError: as of `every_cell_read`.
        """
        return self._stated(missing.every_window_reads, size, letters)

    def _stated(
        self, state: Callable[[Operator, Term], Term], size: Any, letters: dict[str, Any]
    ) -> Any:
        law, symbols = self._applied(size, letters)
        return expression(state(law.operator, law.argument), symbols)

    def _applied(self, size: Any, letters: dict[str, Any]) -> tuple[Applied, dict[str, Any]]:
        given = {
            name: int(value) if isinstance(value, bool) else value
            for name, value in letters.items()
        }
        assumptions([size, *given.values()])  # refuses what is no integer, or one of two
        terms = {name: term_of(value) for name, value in given.items()}
        parts = (size, *given.values())
        free = (each for part in parts for each in getattr(part, "free_symbols", ()))
        return applied(self.name, term_of(size), terms), {each.name: each for each in free}


LAWS = tuple(name for name in OPERATORS if is_law(name) and OPERATORS[name].kernel is not None)
"""The laws that `import *` brings along: those of windows."""

__all__ = ["A", "D", "F", "O", "P", "S", "W", "k", "n", "t", *LAWS]


def __getattr__(name: str) -> Law:
    """Return a law by its name."""
    if is_law(name):
        return Law(name)
    raise AttributeError(f"module 'symconv.symbols' has no attribute {name!r}")
