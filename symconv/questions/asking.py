"""Goals as people ask for them, by names: up, down, same, input, output, sizes."""

from __future__ import annotations

from typing import Any, Literal

from symconv.errors import RequestError, shown
from symconv.meanings.integers import compiled
from symconv.meanings.notation import text
from symconv.questions.goals import GREATEST_SIZE, Goal, pair, relation, scaling
from symconv.reading.constraints import constraint, formula
from symconv.terms import Term, both, constant, variables

GREATEST_FACTOR = 10**6


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
