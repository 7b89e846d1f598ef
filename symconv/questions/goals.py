"""What sizes should do: times n, a part of n, one size into another, or any relation.

A goal speaks of one axis. `W` is the input size, `O` the output size.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import islice
from typing import Literal, TypeVar

from symconv.errors import RequestError, shown
from symconv.meanings.closed import condition as written
from symconv.meanings.integers import compiled
from symconv.meanings.notation import text
from symconv.operators.letters import W
from symconv.periodic import SizeSet
from symconv.proving import holding, prove_exactly
from symconv.terms import Term, both, conjuncts, constant, defined

Entry = TypeVar("Entry")
GREATEST_SIZE = 2**40
SCANNED = 20_000
"""Up to which size the members of a set of sizes are looked for one by one."""
FAR = 1000
"""How many of the sizes that a goal speaks of are looked at."""
TRIED = (1, 2, 3, 5, 8)
"""Which of the sizes that a goal speaks of are tried on torch, counted from 1."""


@dataclass(frozen=True)
class Goal:
    """What the sizes along one axis should do.

    Attributes:
        output: the output for an input `W`.
        inputs: which inputs the goal speaks of, as a condition on `W`; it implies `W >= 1`.
        says: the goal in words.
        kind: `"up"` and `"down"` for a factor `n` of every size, `"pair"` for one size into
            another, `"relation"` for anything else.
        n: the factor.
        named: whether somebody named the inputs; if not, they are those that can be asked for.
        taken: the inputs, where layers refuse others whatever the unknowns are.
    """

    output: Term
    inputs: Term
    says: str
    kind: Literal["up", "down", "pair", "relation"]
    n: int = 1
    named: bool = False
    taken: SizeSet | None = None

    def __str__(self) -> str:
        """Say the goal in words."""
        return self.says

    def gives(self, size: int) -> int:
        """Return the output that an input should have."""
        return int(compiled(self.output, ("W",))(size))

    def speaks_of(self, size: int) -> bool:
        """Whether an input size is one that the goal is about."""
        return bool(compiled(self.inputs, ("W",))(size))

    @property
    def sizes(self) -> Iterator[int]:
        """The inputs that the goal speaks of, rising, as far as they are looked for."""
        if self.kind == "pair":
            return iter((self.least_input,))
        if self.taken is not None:
            return iter(self.taken)
        if self.kind in ("up", "down"):
            step = self.n if self.kind == "down" else 1
            return iter(range(step, step * SCANNED + 1, step))
        return (size for size in range(1, SCANNED + 1) if self.speaks_of(size))

    @cached_property
    def least_input(self) -> int:
        """The least input that the goal speaks of."""
        return int(self.inputs.args[1].args[0]) if self.kind == "pair" else next(self.sizes)

    @property
    def far(self) -> int:
        """A large input that the goal speaks of: the last of the first thousand."""
        return next(islice(self.sizes, FAR - 1, None), self.least_input)

    def where(self, needs: Term) -> Goal:
        """Return the goal for the inputs that meet what other layers require of them, in `W`.

        The goal stays as it is where somebody named its inputs, where all of them meet that or
        none does, and where those that do are no set that a short condition says.

        >>> scaling("up", 1).where((W >= 3) & (W % 2).eq(1)).says
        'every size stays, for odd sizes, from 3'
        """
        more = {*conjuncts(needs)} - {*conjuncts(self.inputs), W >= 1}
        if self.named or not more or prove_exactly(needs, self.inputs).word != "refuted":
            return self
        taken = holding(self.inputs & needs)
        short = written(taken, W) if taken else None
        if short is None:
            return self
        every = " for every size"
        says = self.says.removesuffix(every) if self.says.endswith(every) else f"{self.says},"
        inputs, says = both(W >= 1, short), f"{says} for {taken}"
        return replace(self, inputs=inputs, says=says, taken=taken)

    def tried(self) -> tuple[int, ...]:
        """Return some of the inputs, small ones, to try a layer on."""
        small = list(islice(self.sizes, TRIED[-1]))
        return tuple(small[place - 1] for place in TRIED if place <= len(small))


def scaling(kind: Literal["up", "down"], n: int) -> Goal:
    """Return the goal that multiplies every size, or divides every multiple, by `n`."""
    if n == 1:
        return Goal(W, W >= 1, "every size stays", kind)
    if kind == "up":
        return Goal(n * W, W >= 1, f"every size times {n}", kind, n)
    return Goal(W // n, (W >= n) & (W % n).eq(0), f"every multiple of {n}, divided by it", kind, n)


def pair(size: int, output: int) -> Goal:
    """Return the goal that turns one size into another."""
    return Goal(constant(output), W.eq(size), f"{size} becomes {output}", "pair", named=True)


def one_if_alike(entries: Sequence[Entry]) -> tuple[Entry, ...]:
    """Return what holds of each axis: once if it is the same for all, else one for each.

    >>> one_if_alike([4, 4, 4]), one_if_alike([4, 4, 6])
    ((4,), (4, 4, 6))
    """
    return tuple(entries[:1] if len({*entries}) == 1 else entries)


def _beyond(goal: Goal, condition: Term) -> str:
    """Return a condition for the sizes beyond the last one whose output is no size."""
    last = max(size for size in islice(goal.sizes, FAR) if not _is_met(goal, size))
    beyond = W > last
    return text(beyond if condition is both() else condition & beyond)


def _is_met(goal: Goal, size: int) -> bool:
    """Whether the output that an input should have is a size."""
    try:
        return 1 <= goal.gives(size) <= GREATEST_SIZE
    except ZeroDivisionError:
        return False


def relation(output: Term, condition: Term, named: str = "") -> Goal:
    """Return the goal that the output is a formula of every input that meets a condition.

    Raises:
        RequestError: the condition holds for no size from 1 to 20,000, or divides by zero, or
            an output is less than one cell.
    """
    inputs = both(W >= 1, *([] if condition is both() else [condition]))
    of, taken = f" for {named}" if named else " for every size", None
    if not named and prove_exactly(output >= 1, inputs).word == "refuted":
        inputs = both(inputs, output >= 1)  # nobody names the inputs: those that leave a cell
        taken = holding(inputs)
        of = f", for {taken}" if taken else of
    has_value = defined(inputs)
    whole = inputs if has_value is both() else has_value & inputs
    says = f"{text(output, names='letters')} cells{of}"
    goal = Goal(output, whole, says, "relation", named=bool(named), taken=taken or None)
    first = next(goal.sizes, None)
    if first is None and not named:
        raise RequestError(
            f"an output of at least one cell for some input size W up to {SCANNED}",
            text(output),
            "Write for instance W//2.",
        )
    if first is None:
        raise RequestError(
            f"a condition that holds for some input size W up to {SCANNED}",
            f"{named!r}",
            'Write for instance --for "W % 8 == 0".',
        )
    for size in islice(goal.sizes, FAR):
        try:
            cells = goal.gives(size)
        except ZeroDivisionError:
            raise RequestError(
                "an output that has a value for every input it is asked of",
                f"{text(output)} with W = {size}, which divides by zero",
                f'Leave such sizes out, as in --for "{_beyond(goal, condition)}".',
            ) from None
        if not 1 <= cells <= GREATEST_SIZE:
            raise RequestError(
                "an output of at least one cell for every input it is asked of",
                f"{text(output)}, which is {shown(cells)} for W = {size}",
                f'Leave such sizes out, as in --for "{_beyond(goal, condition)}".',
            )
    return goal
