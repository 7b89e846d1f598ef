"""What a chain should do to sizes: one output for one input, or a law for all inputs of a set."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from symconv.errors import RequestError, shown
from symconv.layers.values import GREATEST_PARAMETER
from symconv.meanings.integers import compiled
from symconv.meanings.notation import text
from symconv.operators.letters import W
from symconv.periodic import SizeSet
from symconv.terms import Term, both, defined, variables

SEARCHED = 4096
"""How far inputs are looked for that a goal for all sizes speaks of."""


@dataclass(frozen=True)
class Pairs:
    """One input size and the output that it should have, an axis each.

    Attributes:
        pairs: for each axis the input and the output, in cells; one pair is for all axes.

    Raises:
        RequestError: a size is no positive integer.

    >>> print(Pairs(((210, 1), (160, 1))))
    210x160 gives 1x1
    """

    pairs: tuple[tuple[int, int], ...]

    def __post_init__(self) -> None:
        """Check that every size is one."""
        for pair in self.pairs:
            for size in pair:
                if type(size) is not int or not 1 <= size <= GREATEST_PARAMETER:
                    raise RequestError(
                        f"sizes from 1 to {GREATEST_PARAMETER}",
                        shown(size),
                        "Write for instance 224.",
                    )
        if not self.pairs:
            raise RequestError("a size", "none", "Write for instance 224.")

    def __str__(self) -> str:
        """Say the sizes in words."""
        given, wanted = ("x".join(map(str, sizes)) for sizes in zip(*self.pairs, strict=True))
        return f"{given} gives {wanted}"


@dataclass(frozen=True)
class ForAll:
    """An output for every input of a set, the same on every axis.

    Attributes:
        output: the output size, a term in `W`.
        condition: which inputs are meant, in `W`; always only those of at least one cell.
        says: the goal in words, if there are better ones than the formulas.
        taken: the inputs, where nobody named them and layers refuse others.

    Raises:
        RequestError: something else than `W` is in them, or no input meets the condition.

    >>> print(ForAll(5 * W, (W % 8).eq(0)))
    O = 5*W for all W with W % 8 == 0
    """

    output: Term
    condition: Term = both()  # noqa: RUF009  (a term never changes)
    says: str = ""
    taken: SizeSet | None = None

    def __post_init__(self) -> None:
        """Check that both are about `W` alone, and that some input is meant."""
        if strange := set(variables(self.output, self.condition)) - {"W"}:
            raise RequestError(
                "an output and a condition in W, the input size",
                f"`{min(strange)}`",
                'Write for instance "5*W", for "W % 8 == 0".',
            )
        value = compiled(defined(self.output), ("W",))
        for size in self.inputs():
            if not value(size):
                raise RequestError(
                    "an output for every input that is meant",
                    f"{text(self.output)}, which divides by zero for W = {size}",
                    "Leave that input out with a condition.",
                )
        if next(self.inputs(), None) is None:
            raise RequestError(
                f"a condition that some size up to {SEARCHED} meets",
                text(self.condition),
                "Change the condition.",
            )

    def __str__(self) -> str:
        """Say the goal in words."""
        if self.says:
            return self.says
        some = "" if self.condition is both() else f" with {text(self.condition)}"
        return f"O = {text(self.output)} for all W{some}"

    @property
    def meant(self) -> Term:
        """State that an input is one of those that are meant."""
        return (W >= 1) & defined(self.condition) & self.condition

    def inputs(self) -> Iterator[int]:
        """Yield the inputs that are meant, the smallest first, as far as they are looked for."""
        meant = compiled(self.meant, ("W",))
        return (size for size in range(1, SEARCHED + 1) if meant(size))

    def wanted(self, size: int) -> int:
        """Return the output that an input should have."""
        return int(compiled(self.output, ("W",))(size))


Target = Pairs | ForAll


class Reach(NamedTuple):
    """How many input cells an output cell should see, from the first to the last.

    Attributes:
        least: at least so many.
        most: at most so many, if there is such a bound.

    >>> print(Reach(63))
    an output cell sees at least 63 input cells
    >>> print(Reach(63, 63)), print(Reach(most=9)), Reach(3, 5).wanted
    an output cell sees 63 input cells
    an output cell sees at most 9 input cells
    (None, None, range(2, 5))
    """

    least: int = 1
    most: int | None = None

    def __str__(self) -> str:
        """Say it in words."""
        if self.least == self.most:
            cells = f"{self.least}"
        elif self.most is None:
            cells = f"at least {self.least}"
        else:
            cells = f"at most {self.most}" if self.least <= 1 else f"{self.least} to {self.most}"
        return f"an output cell sees {cells} input cells"

    @property
    def told(self) -> int:
        """Up to how many cells fields have to be told apart; beyond, they all count alike."""
        return self.least if self.most is None else self.most + 1

    @property
    def wanted(self) -> range:
        """Where the wanted fields stand among those from 1 up to `told`, counted from 0."""
        return range(self.least - 1, self.least if self.most is None else self.most)


ANY_FIELD = Reach()


def up(n: int) -> ForAll:
    """Ask that every size is multiplied by `n`.

    >>> print(up(2))
    O = 2*W for all W
    """
    return ForAll(n * W)


def down(n: int) -> ForAll:
    """Ask that every multiple of `n` is divided by it.

    >>> print(down(4))
    O = W//4 for all W with W % 4 == 0
    """
    return ForAll(W // n, (W % n).eq(0))
