"""What is derived besides the laws of operators: rules, each with its name.

What writes a derivation loads SymPy; which ones there are is known at once.
"""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module
from typing import TYPE_CHECKING, NamedTuple

from symconv.operators.families import families

if TYPE_CHECKING:
    from symconv.book.deriving.steps import Draft

HEADING = "Rules"


class Rule(NamedTuple):
    """A rule that is derived.

    Attributes:
        title: what it says when something is so.
        letters: the letters that can be given numbers.
        home: which function of which module here writes the derivation.
    """

    title: str
    letters: str
    home: str

    def draft(self, numbers: Mapping[str, int]) -> Draft:
        """Write the derivation, with the user's numbers."""
        module, _, name = self.home.partition(".")
        written: Draft = getattr(import_module(f"symconv.book.deriving.{module}"), name)(numbers)
        return written


RULES: dict[str, Rule] = {
    "upsampling": Rule(
        "When a transposed convolution multiplies every size by n", "nFSPDA", "scaling.upsampling"
    ),
    "downsampling": Rule(
        "When a convolution divides every multiple of n by n", "nFSPD", "scaling.downsampling"
    ),
    "chain": Rule("Two convolutions are one floor", "", "chains.two_windows"),
    "inverse": Rule(
        "Which inputs a convolution turns into an output size", "OFSPDA", "inverses.inverse"
    ),
}
"""The rules by their names."""


def derivable() -> dict[str, list[str]]:
    """Return the names of all that can be derived, by the headings under which people look.

    >>> derivable()["Rules"]
    ['upsampling', 'downsampling', 'chain', 'inverse']
    """
    return families() | {HEADING: [*RULES]}
