"""What should come out of a chain without unknowns: a size, a set of sizes, or a formula in `W`."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from typing import Any

from symconv.chains.through import GREATEST_CELLS
from symconv.errors import RequestError, shown
from symconv.meanings.notation import text
from symconv.meanings.periodic import EXACT
from symconv.operators.letters import O, W
from symconv.periodic import SizeSet, variable
from symconv.periodic.columns import MOST_RESIDUES
from symconv.periodic.comparing import NONE
from symconv.periodic.shapes import from_zero
from symconv.questions.asking import check_factor
from symconv.reading.constraints import constraint, formula
from symconv.terms import TRUTH, Term, both, variables

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
        return _holding(self.law, {"W": size})


def sized(output: int) -> Wanted:
    """Return the wish that one size comes out.

    Raises:
        RequestError: no machine could address it.
    """
    if not 0 <= output <= GREATEST_CELLS:
        raise RequestError("an output size from 0 to 2**61 - 1", shown(output), "Write output=7.")
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


def wanted(output: Any) -> Wanted:
    """Read what should come out on one axis.

    Args:
        output: a size; sizes as a range, a set or a text such as `"1..4"`; a condition on the
            output `O`, such as `">= 1"` or `"O % 8 == 0"`; or a formula in `W`.

    Raises:
        RequestError: it is none of these.

    >>> [wanted(one).says for one in (7, range(1, 5), {7, 14}, ">= 2", "1..4", "W//2 + 1")]
    ['7', '1 to 4', '7 and 14', '>= 2', '1 to 4', 'W//2 + 1']
    """
    if type(output) is int:
        return sized(output)
    if isinstance(output, range) and output.step == 1 and len(output):
        return one_of(SizeSet.between(_cells(output[0]), _cells(output[-1])))
    if isinstance(output, (range, set, frozenset)):
        return one_of(_points(output))
    if isinstance(output, SizeSet):
        return one_of(output)
    if isinstance(output, str):
        return _written(output.strip())
    return _stated(output if isinstance(output, Term) else _symbolic(output))


def _symbolic(output: Any) -> Term:
    """Return what a SymPy expression or relation says."""
    if isinstance(output, (bool, float, bytes, dict)) or output is None:
        raise RequestError("an output size, sizes, or a formula", f"{shown(output)}", EXAMPLES)
    from symconv.meanings.symbols import term_of

    return term_of(output)


def _stated(output: Term, says: str = "") -> Wanted:
    """Return the wish that a term states: a formula in `W`, or a condition on `O` and `W`."""
    names, known = {*variables(output)}, {"O", "W"} if output.sort == TRUTH else {"W"}
    if names - known:
        raise RequestError(
            f"an output in {' and '.join(sorted(known))}",
            f"{text(output)}, with {', '.join(sorted(names - known))}",
            EXAMPLES,
        )
    if output.sort != TRUTH:
        return computed(output)
    says = says or text(output)
    if "W" in names:
        return Wanted(output, says, f"condition: {says}")
    return one_of(_holding(output, {}), says, output)


def _written(written: str) -> Wanted:
    """Read a text: sizes, a condition, or a formula."""
    listed = re.fullmatch(r"\{(.*)\}", written)
    entries = (listed[1] if listed else written).split(",")
    runs = [re.fullmatch(r"\s*(\d{1,19})\s*(?:\.\.\s*(\d{1,19})\s*)?", entry) for entry in entries]
    if all(runs) and (listed or ".." in written):
        ends = [(_cells(int(run[1])), _cells(int(run[2] or run[1]))) for run in runs if run]
        sizes = NONE
        for low, high in ends:
            sizes |= from_zero(SizeSet.between(low, high))
        return one_of(sizes, "" if sizes else written)
    if re.match(r"[<>=!]", written):
        return _stated(constraint(f"O {written}", ("O",)), written)
    if re.search(r"[<>=!]|\b(and|or|not|odd|even)\b", written):
        return _stated(constraint(written, ("O", "W")), written)
    if listed or ".." in written:
        raise RequestError("output sizes", shown(written), EXAMPLES)
    return computed(formula(written, ("W",)))


def _points(sizes: Any) -> SizeSet:
    if len(sizes) > MOST_RESIDUES:
        raise RequestError(
            f"at most {MOST_RESIDUES:,} output sizes", f"{len(sizes):,}", 'Write ">= 1" or "1..4".'
        )
    return SizeSet.points(map(_cells, sizes), 0)


def _cells(size: Any) -> int:
    if type(size) is not int or not 0 <= size <= GREATEST_CELLS:
        raise RequestError("output sizes from 0 to 2**61 - 1", shown(size), EXAMPLES)
    return size


def _holding(condition: Term, numbers: Mapping[str, int]) -> SizeSet:
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


def every_axis(value: Any, read: Callable[[Any], Wanted]) -> tuple[Wanted, ...]:
    """Read one wish for all axes, or one for each, as a tuple or a list."""
    return tuple(map(read, _entries(value)))


def _entries(value: Any) -> Iterator[Any]:
    several = isinstance(value, (tuple, list))
    if several and not value:
        raise RequestError("an output, or one for each axis", shown(value), EXAMPLES)
    yield from value if several else (value,)


def given_for(condition: Any, axes: int) -> Term:
    """Read for which inputs something is asked: in `W` for each axis, or in `W1` and `W2`.

    Raises:
        RequestError: it is no condition, or has other names.
    """
    names = ("W", *(f"W{axis}" for axis in range(1, axes + 1)))
    if isinstance(condition, str):
        return constraint(condition, names)
    term = condition if isinstance(condition, Term) else _symbolic(condition)
    if term.sort != TRUTH or {*variables(term)} - {*names}:
        raise RequestError(
            f"a condition in {' or '.join(names)}", text(term), 'Write for instance "W % 8 == 0".'
        )
    return term
