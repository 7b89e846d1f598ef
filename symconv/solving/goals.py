"""What sizes should do: times n, a part of n, one size into another, or any relation.

A goal speaks of one axis. `W` is the input size, `O` the output size.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice
from typing import Any, Literal

from symconv.errors import RequestError, shown
from symconv.meanings.integers import compiled
from symconv.meanings.notation import text
from symconv.operators.operator import W
from symconv.reading.constraints import constraint, formula
from symconv.terms import Term, both, constant, defined, variables

GREATEST_FACTOR = 10**6
GREATEST_SIZE = 2**40
SCANNED = 20_000
"""Up to which size the members of a set of sizes are looked for one by one."""
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
    """

    output: Term
    inputs: Term
    says: str
    kind: Literal["up", "down", "pair", "relation"]
    n: int = 1
    _first: list[int] = field(default_factory=list, compare=False, repr=False)

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
        if self.kind in ("up", "down"):
            step = self.n if self.kind == "down" else 1
            return iter(range(step, step * SCANNED + 1, step))
        return (size for size in range(1, SCANNED + 1) if self.speaks_of(size))

    @property
    def least_input(self) -> int:
        """The least input that the goal speaks of."""
        if not self._first:
            if self.kind == "pair":
                self._first.append(int(self.inputs.args[1].args[0]))
            else:
                self._first.append(next(self.sizes))
        return self._first[0]

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
    return Goal(constant(output), W.eq(size), f"{size} becomes {output}", "pair")


def relation(output: Term, condition: Term, asked: str = "") -> Goal:
    """Return the goal that the output is a formula of every input that meets a condition.

    Raises:
        RequestError: the condition holds for no size from 1 to 20,000, or divides by zero, or
            an output is less than one cell.
    """
    inputs = both(W >= 1, *([] if condition is both() else [condition]))
    whole = defined(inputs) & inputs
    of = f" for {asked}" if asked else " for every size"
    says = f"{text(output, names='letters')} cells{of}"
    found = Goal(output, whole, says, "relation")
    first = next(found.sizes, None)
    if first is None:
        raise RequestError(
            f"a condition that holds for some input size W up to {SCANNED}",
            f"{asked!r}",
            'Write for instance --for "W % 8 == 0".',
        )
    for size in islice(found.sizes, 1000):
        try:
            cells = found.gives(size)
        except ZeroDivisionError:
            raise RequestError(
                "an output that has a value for every input it is asked of",
                f"{text(output)} with W = {size}, which divides by zero",
                'Leave that size out, as in --for "W != 0".',
            ) from None
        if not 1 <= cells <= GREATEST_SIZE:
            raise RequestError(
                "an output of at least one cell for every input it is asked of",
                f"{text(output)}, which is {shown(cells)} for W = {size}",
                f'Leave that size out, as in --for "W > {size}".',
            )
    return found


def goals(
    up: Any = None,
    down: Any = None,
    same: bool = False,
    input: Any = None,
    output: Any = None,
    sizes: Any = None,
) -> tuple[Goal, ...]:
    """Return the one goal that was asked for, or one for each axis.

    Args:
        up: a factor that multiplies.
        down: a factor that divides.
        same: every size stays.
        input: one size, or one for each axis.
        output: a size or one for each axis; or a formula in `W`, such as `"W//2 + 1"`.
        sizes: for which inputs a formula is meant, such as `"W % 8 == 0"`.

    Raises:
        RequestError: there is not just one goal, or it makes no sense.

    >>> [str(goal) for goal in goals(input=(7, 9), output=(14, 18))]
    ['7 becomes 14', '9 becomes 18']
    >>> str(*goals(output="W//2 + 1", sizes="W % 8 == 0"))
    'W//2 + 1 cells for W % 8 == 0'
    """
    named = {"up": up, "down": down, "same": same or None, "output": output}
    given = [name for name, value in named.items() if value is not None]
    if len(given) != 1:
        raise RequestError(
            "one of up, down, same and output",
            f"{len(given)} of them" if given else "none of them",
            "Write for instance up=2 (--up 2), or input=7, output=14 (--input 7 --output 14).",
        )
    if output is None and (input is not None or sizes is not None):
        raise RequestError(
            f"{given[0]}, which speaks of all sizes, by itself",
            f"input={shown(input)}" if input is not None else f"sizes={shown(sizes)} (--for)",
            'Write output="W" (--output W) for sizes that stay, "2*W" for twice the size.',
        )
    if same:
        return (scaling("up", 1),)
    if output is None:
        kind: Literal["up", "down"] = "up" if up is not None else "down"
        return (scaling(kind, _factor(kind, up if up is not None else down)),)
    formulas = _entries(output)
    if input is None:
        if all(type(one) is int for one in formulas) and sizes is None:
            raise RequestError(
                "an input for this output, as every parameter is not a number",
                f"output={shown(output)}",
                "Write input=7 (--input 7); or write all numbers of the layers to learn which "
                "inputs give this output.",
            )
        condition = _condition(sizes)
        said = str(sizes).strip() if isinstance(sizes, str) else ""
        return tuple(relation(_formula(one), condition, said) for one in formulas)
    if sizes is not None:
        raise RequestError(
            "either input or sizes (--for)", "both", "An input is one size: drop the other."
        )
    inputs = _entries(input)
    return tuple(
        pair(_cells("input", size), _output(one, _cells("input", size)))
        for size, one in _matched(inputs, formulas)
    )


def _matched(inputs: tuple[Any, ...], outputs: tuple[Any, ...]) -> list[tuple[Any, Any]]:
    if len(inputs) != len(outputs) and 1 not in (len(inputs), len(outputs)):
        raise RequestError(
            "as many inputs as outputs, one for each axis",
            f"{len(inputs)} and {len(outputs)}",
            "Write for instance input=(7, 9), output=(14, 18).",
        )
    axes = max(len(inputs), len(outputs))
    return list(zip(inputs * (axes // len(inputs)), outputs * (axes // len(outputs)), strict=True))


def _entries(value: Any) -> tuple[Any, ...]:
    entries = tuple(value) if isinstance(value, (tuple, list)) else (value,)
    if not 1 <= len(entries) <= 3:
        raise RequestError(
            "a size, or one for each of up to three axes", shown(value), "Write for instance 7."
        )
    return entries


def _cells(name: str, value: Any) -> int:
    if type(value) is not int or not 1 <= value <= GREATEST_SIZE:
        raise RequestError(
            f"{name} as a number of cells from 1 to 2**40",
            f"{shown(value)} ({type(value).__name__})",
            f"Write for instance {name}=7.",
        )
    return value


def _output(value: Any, size: int) -> int:
    if type(value) is int:
        return _cells("output", value)
    try:
        return _cells("output", int(compiled(_formula(value), ("W",))(size)))
    except ZeroDivisionError:
        raise RequestError(
            "an output that has a value", f"{value} with W = {size}", "It divides by zero."
        ) from None


def _formula(value: Any) -> Term:
    if isinstance(value, str):
        return formula(value, ("W",))
    found = constant(value) if type(value) is int else value
    if not isinstance(found, Term):
        from symconv.meanings.symbols import term_of

        found = term_of(found)
    if set(variables(found)) - {"W"}:
        raise RequestError(
            "an output in W, the input size", text(found), 'Write for instance "W//2 + 1".'
        )
    return found


def _condition(value: Any) -> Term:
    if value is None:
        return both()
    if isinstance(value, str):
        return constraint(value, ("W",))
    if isinstance(value, Term):
        return value
    from symconv.meanings.symbols import term_of

    return term_of(value)


def _factor(kind: str, n: Any) -> int:
    if type(n) is not int or not 1 <= n <= GREATEST_FACTOR:
        raise RequestError(
            f"{kind} as an integer from 1 to {GREATEST_FACTOR}",
            f"{shown(n)} ({type(n).__name__})",
            "Write for instance 2.",
        )
    return n
