"""What should come out of a chain without unknowns: a size, some sizes, or a formula in `W`."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import islice
from typing import Any

from symconv.chains.through import GREATEST_CELLS
from symconv.errors import RequestError, shown
from symconv.meanings.notation import text
from symconv.meanings.periodic import EXACT
from symconv.operators.letters import O, W
from symconv.periodic import SizeSet, variable
from symconv.questions.asking import check_factor
from symconv.terms import Term, both

EVERY = both()
"""The condition that every input meets."""
EXAMPLES = 'Write for instance 7, 1..4, "{7, 14}", ">= 1", "O % 8 == 0" or "W//2 + 1".'


@dataclass(frozen=True)
class Wanted:
    """What should come out on one axis.

    Attributes:
        law: the same as a statement about `W`, the input's size, and `O`, the output's.
        says: a size or several, or a formula, in words.
        told: what was asked, as JSON has it: a number, a set, a text.
        outputs: the sizes that may come out, where that does not depend on the input's.
        inputs: of which inputs it is asked.
        which: these in words, such as `"multiple of 2"`.
    """

    law: Term
    says: str
    told: Any
    outputs: SizeSet | None = None
    inputs: Term = EVERY
    which: str = "size"

    @property
    def stays(self) -> bool:
        """Whether the size should stay."""
        return self.outputs is None and self.says == "W"

    @property
    def aim(self) -> str:
        """What becomes of `W`."""
        if self.stays:
            return "W stays"
        formula = self.outputs is not None or (self.law.args[0] is O and self.says == self.told)
        return f"W becomes {self.says}" if formula else self.says

    @property
    def called(self) -> str:
        """What comes out, as the subject of a sentence."""
        if type(self.told) is int:
            return self.says
        if self.outputs is None or re.search(r"[<>=!(]", self.says):
            return f"an output {'' if re.match('[<>=!]', self.says) else 'with '}{self.says}"
        return f"one of {self.says}"

    def of(self, size: int) -> SizeSet:
        """Return the sizes that may come out of one input."""
        if self.outputs is not None:
            return self.outputs
        return outputs_for(self.law, {"W": size})


def sized(output: int) -> Wanted:
    """Return the wish that one size comes out.

    Raises:
        RequestError: no machine could address it.
    """
    if not 0 <= output <= GREATEST_CELLS:
        raise RequestError(
            "an output size from 0 to 2**61 - 1", shown(output), "Write output=7.", about="output"
        )
    return Wanted(O.eq(output), f"{output}", output, SizeSet.points([output], 0))


def one_of(sizes: SizeSet, says: str = "", law: Term | None = None) -> Wanted:
    """Return the wish that one of some sizes comes out.

    Raises:
        RequestError: there is none.
    """
    if not sizes:
        raise RequestError("at least one output size", says or "none", EXAMPLES)
    if len(runs := [*islice(sizes.runs(), 2)]) == 1 and runs[0][0] == runs[0][1]:
        return sized(runs[0][0])
    return Wanted(EVERY if law is None else law, says or f"{sizes}", sizes.to_dict(), sizes)


def computed(output: Term, inputs: Term | None = None, which: str = "size") -> Wanted:
    """Return the wish that a formula in `W` comes out."""
    if output.word == "constant":
        return sized(output.args[0])
    law = text(output)
    return Wanted(O.eq(output), law, law, None, EVERY if inputs is None else inputs, which)


def factor(kind: str, n: Any) -> Wanted:
    """Return the wish that sizes are multiplied by a factor (`"up"`), or divided (`"down"`).

    Raises:
        RequestError: it is none.
    """
    check_factor(kind, n)
    if n == 1 or kind == "up":
        return computed(W if n == 1 else n * W)
    return computed(W // n, (W % n).eq(0), f"multiple of {n}")


def outputs_for(condition: Term, numbers: Mapping[str, int]) -> SizeSet:
    """Return the output sizes for which a condition holds; where it has no value, it does not.

    Raises:
        RequestError: it divides by zero for a size from 1 on.
    """
    for first in (0, 1):
        try:
            holds: SizeSet = EXACT.evaluate(condition, {"O": variable(first), **numbers})
        except ZeroDivisionError:
            continue
        return holds
    raise divides_by_zero(condition)


def divides_by_zero(condition: Term) -> RequestError:
    """Return the error that a condition, or a formula, has no value for some sizes."""
    return RequestError(
        "what has a value for every size it is asked of",
        f"{text(condition)}, which divides by zero",
        "Change the divisor, as in max(W - 3, 1).",
    )
