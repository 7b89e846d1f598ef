"""Plain integers: the reference meaning, by table and compiled.

`INTEGERS` gives each word Python's own operator, so `//` is the mathematical floor and `%` has the
divisor's sign. `compiled` turns a term into a Python function that costs what the same formula
written by hand costs; it builds a syntax tree, never text.
"""

from __future__ import annotations

import ast
import operator
from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from typing import Any

from symconv.meanings.meaning import Meaning
from symconv.terms import Term, interpret, parts, substitute, variables

INTEGERS: dict[str, Callable[..., Any]] = {
    "constant": lambda value: value,
    "add": operator.add,
    "sub": operator.sub,
    "mul": operator.mul,
    "floordiv": operator.floordiv,
    "mod": operator.mod,
    "min": min,
    "max": max,
    "if": lambda condition, then, otherwise: then if condition else otherwise,
    "le": operator.le,
    "lt": operator.lt,
    "eq": operator.eq,
    "and": lambda a, b: a and b,
    "or": lambda a, b: a or b,
    "iff": operator.eq,
    "not": operator.not_,
}


def _binary(word: type[ast.operator]) -> Callable[[ast.expr, ast.expr], ast.expr]:
    return lambda a, b: ast.BinOp(a, word(), b)


def _comparison(word: type[ast.cmpop]) -> Callable[[ast.expr, ast.expr], ast.expr]:
    return lambda a, b: ast.Compare(a, [word()], [b])


def _call(name: str) -> Callable[..., ast.expr]:
    return lambda *args: ast.Call(ast.Name(name, ast.Load()), list(args), [])


SYNTAX: dict[str, Callable[..., ast.expr]] = {
    "constant": ast.Constant,
    "add": _binary(ast.Add),
    "sub": _binary(ast.Sub),
    "mul": _binary(ast.Mult),
    "floordiv": _binary(ast.FloorDiv),
    "mod": _binary(ast.Mod),
    "min": _call("min"),
    "max": _call("max"),
    "if": ast.IfExp,
    "le": _comparison(ast.LtE),
    "lt": _comparison(ast.Lt),
    "eq": _comparison(ast.Eq),
    "and": lambda a, b: ast.BoolOp(ast.And(), [a, b]),
    "or": lambda a, b: ast.BoolOp(ast.Or(), [a, b]),
    "iff": _comparison(ast.Eq),
    "not": lambda a: ast.UnaryOp(ast.Not(), a),
}
"""The same words as Python's syntax: what `compiled` builds its functions from."""


@lru_cache(maxsize=1024)
def compiled(term: Term, names: Sequence[str] | None = None) -> Callable[..., Any]:
    """Return a Python function of the named arguments that computes the term.

    Args:
        term: what to compute.
        names: the order of the arguments (a tuple); by default the order of appearance.

    >>> from symconv.terms import sizes
    >>> W, F, S = sizes("W F S")
    >>> compiled((W - F) // S + 1)(7, 3, 2)
    3

    The function is lazy where Python is, in `and`, `or` and `if`; where the strict fold has a
    value, both have the same. A term of some hundreds of levels is folded instead.
    """
    names = variables(term) if names is None else names
    body = interpret(term, SYNTAX, {name: ast.Name(name, ast.Load()) for name in names})
    arguments = ast.arguments(
        posonlyargs=[], args=[ast.arg(name) for name in names], kwonlyargs=[], kw_defaults=[],
        defaults=[],
    )  # fmt: skip
    try:
        tree = ast.fix_missing_locations(ast.Expression(ast.Lambda(arguments, body)))
        code = compile(tree, "<law>", "eval")
    except RecursionError:  # nested deeper than Python compiles: fold it, which takes no stack
        return lambda *values: interpret(term, INTEGERS, dict(zip(names, values, strict=True)))
    function: Callable[..., Any] = eval(  # noqa: S307  (our own syntax tree, never a text)
        code, {"__builtins__": {}, "min": min, "max": max}
    )
    return function


def settled(term: Term) -> Term:
    """Return a term without the cases that its numbers exclude.

    >>> from symconv.terms import constant, sizes, where
    >>> W, F = sizes("W F")
    >>> settled(W + where(constant(0).eq(1), F, W))
    add(W, W)
    """
    cases = (part for part in parts(term) if part.word == "if" and not variables(part.args[0]))
    chosen = {case: case.args[1 if interpret(case.args[0], INTEGERS, {}) else 2] for case in cases}
    return substitute(term, chosen)


class _Compiled(Meaning):
    """Integers, computed by compiled functions instead of a fold."""

    def evaluate(self, term: Term, values: Mapping[str, Any]) -> Any:
        return compiled(term)(*[values[name] for name in variables(term)])


PLAIN = _Compiled("integers", INTEGERS, lambda function, size: function(size), lambda value: value)
"""Python's integers."""
PARSED = Meaning("syntax", SYNTAX)
"""Python's syntax."""
