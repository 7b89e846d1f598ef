"""What torch and a model do with sizes: each operation, by the name that torch gives it.

The values are integers and terms, truth values and statements, floats and `Real`s. Whether one is
divided by 0 is decided first, as Python does before it divides.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

from symconv.networks.exploring import Explorer
from symconv.networks.layouts import LAYOUTS
from symconv.networks.reals import Real, Reals
from symconv.networks.truths import both, either
from symconv.terms import TRUTH, Term

MOST_FACTORS = 64
"""Powers up to this one are products."""

Operation = Callable[..., Any]


def kind(value: Any) -> type:
    """Return what a value is of Python's: `int`, `float` or `bool`."""
    if isinstance(value, Term):
        return bool if value.sort == TRUTH else int
    return float if isinstance(value, Real) else type(value)


def _floats(*values: Any) -> bool:
    return any(kind(value) is float for value in values)


def _computed(integers: str, floats: str, explorer: Explorer, a: Any, b: Any) -> Any:
    """Add, multiply and the like: by the recorder, or as floating-point numbers."""
    if _floats(a, b):
        return Reals(explorer).apply(floats, a, b)
    return getattr(explorer.recorder, integers)(a, b)


def _divided(integers: str, explorer: Explorer, a: Any, b: Any) -> Any:
    """Divide with a quotient rounded down, or return what is left."""
    if _floats(a, b):
        reals = Reals(explorer)
        if integers == "remainder":
            return reals.apply("mod", a, b)
        return reals.floordiv(a, b)
    if explorer.decide(explorer.recorder.equal(b, 0)):
        raise ZeroDivisionError("integer division or modulo by zero")
    return getattr(explorer.recorder, integers)(a, b)


def _compared(word: str, explorer: Explorer, a: Any, b: Any) -> Any:
    """Compare by one of the words `eq`, `le` and `lt`."""
    if _floats(a, b):
        return Reals(explorer).compare(word, a, b)
    a, b = (_counted(explorer, value) for value in (a, b))
    return getattr(explorer.recorder, {"eq": "equal", "le": "at_most", "lt": "less"}[word])(a, b)


def _counted(explorer: Explorer, value: Any) -> Any:
    """Return a truth value as Python counts it, 1 or 0; numbers stay as they are."""
    return int(explorer.decide(value)) if kind(value) is bool else value


def _turned(word: str, explorer: Explorer, a: Any, b: Any) -> Any:
    return _compared(word, explorer, b, a)


def _unlike(explorer: Explorer, a: Any, b: Any) -> Any:
    return explorer.recorder.no(_compared("eq", explorer, a, b))


def _power(explorer: Explorer, base: Any, exponent: Any) -> Any:
    """Raise to a power: a plain natural one of a size is a product."""
    if kind(base) is int and type(exponent) is int and exponent > MOST_FACTORS:
        explorer.lost(f"raises a size to the power of {exponent}")
    if kind(base) is int and type(exponent) is int and exponent >= 0:
        amount: Any = 1
        for _ in range(exponent):
            amount = explorer.recorder.product(amount, base)
        return amount
    if kind(base) is kind(exponent) is int:
        explorer.lost("raises to the power of a size")  # an integer, or a fraction: its sign says
    if exponent == 0.5:
        return Reals(explorer).root(base)
    if exponent == 2:
        return Reals(explorer).apply("mul", base, base)
    return Reals(explorer).apply("pow", base, exponent)


def _magnitude(explorer: Explorer, a: Any) -> Any:
    if _floats(a):
        return Reals(explorer).apply("abs", a)
    return explorer.recorder.greatest(a, explorer.recorder.product(a, -1))


def _negated(explorer: Explorer, a: Any) -> Any:
    return Reals(explorer).apply("neg", a) if _floats(a) else explorer.recorder.product(a, -1)


def _chosen(explorer: Explorer, condition: Any, then: Any, otherwise: Any) -> Any:
    if kind(then) is int and kind(otherwise) is int:
        return explorer.recorder.chosen(condition, then, otherwise)
    return then if explorer.decide(condition) else otherwise


def _summed(explorer: Explorer, amounts: Sequence[Any]) -> Any:
    total: Any = 0
    for amount in amounts:
        total = explorer.recorder.total(total, amount)
    return total


def _bitwise(explorer: Explorer, *_: Any) -> Any:
    """Look at single bits, which no term says."""
    return explorer.lost("looks at the bits of a size")


def _of_reals(name: str, explorer: Explorer, a: Any) -> Any:
    return getattr(Reals(explorer), name)(a)


def _rounded(explorer: Explorer, a: Any, digits: Any = None) -> Any:
    if digits is not None:
        explorer.lost("rounds to decimal places")
    return Reals(explorer).rounded(a)


def _function(name: str, explorer: Explorer, *values: Any) -> Any:
    return Reals(explorer).apply(name, *values)


OPERATIONS: dict[str, Operation] = {
    "add": partial(_computed, "total", "add"),
    "sub": partial(_computed, "difference", "sub"),
    "mul": partial(_computed, "product", "mul"),
    "sym_min": partial(_computed, "least", "min"),
    "sym_max": partial(_computed, "greatest", "max"),
    "eq": partial(_compared, "eq"),
    "ne": _unlike,
    "xor": _unlike,
    "le": partial(_compared, "le"),
    "ge": partial(_turned, "le"),
    "lt": partial(_compared, "lt"),
    "gt": partial(_turned, "lt"),
    "mod": partial(_divided, "remainder"),
    "neg": _negated,
    "pos": lambda _, a: a,
    "abs": _magnitude,
    "sym_ite": _chosen,
    "sym_sum": _summed,
    "sym_not": lambda explorer, a: explorer.recorder.no(a),
    "is_integer": partial(_of_reals, "whole"),
    "sym_float": partial(_of_reals, "of"),
    "sym_sqrt": partial(_of_reals, "root"),
    "floor": partial(_of_reals, "floor"),
    "ceil": partial(_of_reals, "ceil"),
    "trunc": partial(_of_reals, "trunc"),
    "sym_int": partial(_of_reals, "trunc"),
    "round": _rounded,
    **{name: partial(_divided, "quotient") for name in ("floordiv", "int_floordiv")},
    **{name: lambda _, a, b: both(a, b) for name in ("and_", "sym_and")},
    **{name: lambda _, a, b: either(a, b) for name in ("or_", "sym_or")},
    **dict.fromkeys(("pow", "pow_by_natural", "float_pow"), _power),
    **{name: partial(_function, "truediv") for name in ("truediv", "int_truediv", "float_truediv")},
    **dict.fromkeys(("bitwise_and", "bitwise_or", "bitwise_xor", "lshift", "rshift"), _bitwise),
    **{
        f"sym_{name}": partial(_function, name)
        for name in ("log2", "sin", "cos", "tan", "sinh", "cosh", "tanh", "asin", "acos", "atan")
    },
    **LAYOUTS,
}
"""Every operation, by torch's name for it, on the explorer and the values."""
