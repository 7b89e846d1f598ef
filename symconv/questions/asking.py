"""Goals as people ask for them, by names: up, down, same, input, output, for_."""

from __future__ import annotations

from typing import Any, Literal

from symconv.errors import RequestError, shown
from symconv.meanings.integers import compiled
from symconv.meanings.notation import text
from symconv.operators.letters import W
from symconv.periodic import SizeSet
from symconv.questions.goals import GREATEST_SIZE, Goal, pair, relation, scaling
from symconv.questions.inputs import by_axis
from symconv.reading.constraints import formula, one_line
from symconv.terms import Term, both, constant, variables

GREATEST_FACTOR = 10**6


def goals(
    up: Any = None,
    down: Any = None,
    same: bool = False,
    input: Any = None,
    output: Any = None,
    for_: Any = None,
    agree: tuple[Goal, ...] = (),
    axes: int | None = None,
) -> tuple[Goal, ...]:
    """Return the one goal that was asked for, or one for each axis.

    Args:
        up: a factor that multiplies, or one for each axis.
        down: a factor that divides, or one for each axis.
        same: every size stays.
        input: one size, or one for each axis.
        output: a size or one for each axis; or a formula in `W`, such as `"W//2 + 1"`.
        for_: for which inputs it is meant, such as `"W % 8 == 0"` or `"even(W1) and W2 >= 8"`.
        agree: goals that somebody else has made; then there are no others.
        axes: how many axes the input has, if that is known: a condition on `W1` is about that
            axis, and leaves the others as they are.

    Raises:
        RequestError: there is not just one goal, or it makes no sense.

    >>> [str(goal) for goal in goals(input=(7, 9), output=(14, 18))]
    ['7 becomes 14', '9 becomes 18']
    >>> str(*goals(output="W//2 + 1", for_="W % 8 == 0"))
    'W//2 + 1 cells for W % 8 == 0'
    """
    if agree:
        return agree
    name, value = one_goal(up, down, same, input, output, for_)
    if name != "output":
        return _scaled(name, value, for_, axes)
    formulas = _entries(output)
    if input is None:
        if all(type(entry) is int for entry in formulas) and for_ is None:
            raise RequestError(
                "an input for this output, as every parameter is not a number",
                f"output={shown(output)}",
                "Write input=7; or write all numbers of the layers to learn which "
                "inputs give this output.",
            )
        return _related([_formula(entry) for entry in formulas], for_, axes)
    inputs = _entries(input)
    return tuple(
        pair(_cells("input", size), _output(entry, _cells("input", size)))
        for size, entry in _matched(inputs, formulas)
    )


def one_goal(
    up: Any = None,
    down: Any = None,
    same: bool = False,
    input: Any = None,
    output: Any = None,
    for_: Any = None,
) -> tuple[str, Any]:
    """Return the name of the goal that was asked for, and its value; of `same`, a factor of 1.

    Raises:
        RequestError: there is not just one goal, or it speaks of other inputs than those given.

    >>> one_goal(down=2), one_goal(same=True)
    (('down', 2), ('same', 1))
    """
    values = {"up": up, "down": down, "same": 1 if same else None, "output": output}
    named = [(name, value) for name, value in values.items() if value is not None]
    if len(named) != 1:
        raise RequestError(
            "one of up=, down=, same=, agree= and output=",
            f"{len(named)} of them" if named else "none of them",
            "Write for instance up=2, or input=7, output=14.",
        )
    if output is None and input is not None:
        raise RequestError(
            f"{named[0][0]}, which speaks of all sizes, by itself",
            f"input={shown(input)}",
            'Write output="W" for sizes that stay, "2*W" for twice the size.',
        )
    if input is not None and for_ is not None:
        raise RequestError(
            "either input= or for_=", "both", "An input is one size: drop the other."
        )
    return named[0]


def _scaled(name: str, factor: Any, sizes: Any, axes: int | None) -> tuple[Goal, ...]:
    """Return the goals of a factor, or of one for each axis; where inputs are named, of these."""
    kind: Literal["up", "down"] = "down" if name == "down" else "up"
    factors = [check_factor(kind, entry) for entry in _entries(factor)]
    if sizes is None:
        return tuple(scaling(kind, n) for n in factors)
    if kind == "up":
        return _related([n * W if n > 1 else W for n in factors], sizes, axes)
    return _related([W // n if n > 1 else W for n in factors], sizes, axes, factors)


def _related(
    formulas: list[Term], sizes: Any, axes: int | None, divisors: list[int] | None = None
) -> tuple[Goal, ...]:
    """Return the goals of formulas, for inputs that meet a condition, perhaps one on each axis.

    Args:
        formulas: the output: for all axes, or on each.
        sizes: the condition.
        axes: how many axes the input has, if that is known.
        divisors: of which inputs it is asked only that they are multiples.
    """
    conditions, divisors = by_axis(sizes, axes), divisors or [1] * len(formulas)
    if len(conditions) > 1 and len(formulas) == 1:
        formulas, divisors = formulas * len(conditions), divisors * len(conditions)
    conditions = conditions * len(formulas) if len(conditions) == 1 else conditions
    if len(conditions) != len(formulas):
        raise RequestError(
            f"conditions on {len(formulas)} axes", f"{len(conditions)}", "Write W for all axes."
        )
    says = one_line(sizes) if isinstance(sizes, str) else text(conditions[0])
    return tuple(
        _of_multiples(formula, condition, n, says if condition is not both() else "")
        for formula, condition, n in zip(formulas, conditions, divisors, strict=True)
    )


def _of_multiples(formula: Term, condition: Term, n: int, says: str) -> Goal:
    """Return the goal of a formula, for the multiples of `n` that meet a condition."""
    if n == 1:
        return relation(formula, condition, says)
    multiples = f"multiples of {n}"
    says = f"{says}, {multiples}" if says else multiples
    return relation(formula, both(condition, (W % n).eq(0)), says)


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
            about=name,
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


_SEVERAL = ("..", "{", "<", ">", "==", "!=")
"""Signs of a text that tells several outputs, or a condition on them."""


def is_several(value: Any) -> bool:
    """Whether an output tells several sizes, or a condition on them.

    >>> [is_several(value) for value in (4, "W//2", "1..4", ">= 2", {7, 14}, range(3))]
    [False, False, True, True, True, True]
    """
    said = isinstance(value, str) and any(sign in value for sign in _SEVERAL)
    return said or isinstance(value, (range, set, frozenset, SizeSet))


def _formula(value: Any) -> Term:
    if is_several(value):
        raise RequestError(
            "one output, or a formula in W, of several layers with unknowns or of every size",
            shown(value),
            "Ask about each output by itself, as in output=4; of one layer with unknowns and one "
            "input it may be several: input=9, output='1..4'.",
        )
    if isinstance(value, str):
        return formula(value, ("W",))
    output = constant(value) if type(value) is int else value
    if not isinstance(output, Term):
        from symconv.meanings.symbols import term_of

        output = term_of(output)
    if set(variables(output)) - {"W"}:
        raise RequestError(
            "an output in W, the input size", text(output), 'Write for instance "W//2 + 1".'
        )
    return output


def check_factor(kind: str, n: Any) -> int:
    """Return a factor by which sizes are multiplied (`"up"`), or divided (`"down"`).

    Raises:
        RequestError: it is none.
    """
    if type(n) is not int or not 1 <= n <= GREATEST_FACTOR:
        raise RequestError(
            f"{kind} as an integer from 1 to {GREATEST_FACTOR}, or one for each axis",
            f"{shown(n)} ({type(n).__name__})",
            f"Write for instance {kind}=2.",
            about=kind,
        )
    return n
