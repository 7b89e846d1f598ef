"""Z3 expressions over the unbounded integers.

z3py overloads Python's operators, with two differences that the table settles: SMT-LIB's division
is Euclidean (the remainder is never negative) where ours is floored, and z3py has no `//`. The two
agree for a positive divisor. Division by zero is left open by SMT-LIB; a proof says first that
there is none (`symconv.terms.defined`).

What Z3 makes belongs to a context, and one thread at a time may use that. So each thread has a
context of its own, and Z3's global one is left to whoever uses Z3 beside symconv.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any

import z3

from symconv.meanings.integers import INTEGERS
from symconv.meanings.meaning import Meaning


def _new() -> z3.Context:
    """Return a context that takes it when another thread's garbage collection frees its parts."""
    made = z3.Context()
    z3.Z3_enable_concurrent_dec_ref(made.ref())
    return made


class _Own(threading.local):
    """What a thread has to itself; it is freed when the thread has ended."""

    def __init__(self) -> None:
        """Begin with a context."""
        self.context = _new()


_own = _Own()


def context() -> z3.Context:
    """Return the Z3 context of this thread."""
    return _own.context


def renew() -> None:
    """Give this thread a new context: the old one may not forget that Z3 was stopped in it."""
    _own.context = _new()


def integer(value: int) -> z3.IntNumRef:
    """Return an integer in the context of this thread."""
    return z3.IntVal(value, context())


def _positive(b: Any) -> bool:
    """Whether a divisor is a constant above zero, where both divisions agree."""
    return bool(z3.is_int_value(b)) and b.as_long() > 0


def _floordiv(a: Any, b: Any) -> Any:
    return a / b if _positive(b) else z3.If(b > 0, a / b, (-a) / (-b))


def _mod(a: Any, b: Any) -> Any:
    return a % b if _positive(b) else a - b * _floordiv(a, b)


SMT: dict[str, Callable[..., Any]] = INTEGERS | {
    "constant": integer,
    "floordiv": _floordiv,
    "mod": _mod,
    "min": lambda a, b: z3.If(a <= b, a, b),
    "max": lambda a, b: z3.If(a >= b, a, b),
    "if": z3.If,
    "and": z3.And,  # Python's `and` would ask a symbolic statement for its truth
    "or": z3.Or,
    "not": z3.Not,
}


def _left(value: Any) -> int | bool:
    """Return a number or a truth value without names as Python's."""
    plain = z3.simplify(value, ctrl_c=False) if z3.is_expr(value) else value
    if z3.is_int_value(plain):
        return int(plain.as_long())
    return bool(z3.is_true(plain)) if z3.is_expr(plain) else bool(plain)


STATED = Meaning("smt", SMT, left=_left)
"""Z3's expressions."""
