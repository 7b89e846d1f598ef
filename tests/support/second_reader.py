"""A second reader of models, which shares no code with the first: torch's own `ShapeEnv`.

A model is run at a size; the guards that torch notes are evaluated for all sizes of a window, and
the next run takes a size that no run stands for yet. So it finds which sizes of the window a model
takes, as far as nothing in the model asks for a plain integer behind torch's back.
"""

from __future__ import annotations

import copy
import operator
from collections.abc import Callable
from functools import reduce
from typing import Any

import numpy as np
import sympy
import torch
from torch._dispatch.python import enable_python_dispatcher
from torch._dynamo.source import ConstantSource
from torch.fx.experimental.symbolic_shapes import DimDynamic, ShapeEnv
from torch.utils._sympy import functions as F

WINDOW = np.arange(1, 261)


def _folded(word: Callable[..., Any]) -> Callable[..., Any]:
    return lambda *parts: reduce(word, parts)


def _divided(word: Callable[..., Any]) -> Callable[..., Any]:
    def whole(a: Any, b: Any) -> Any:
        b = np.asarray(b)
        return np.where(b != 0, word(a, np.where(b == 0, 1, b)), 0)

    return whole


MEANING: dict[Any, Callable[..., Any]] = {
    sympy.Add: _folded(operator.add), sympy.Mul: _folded(operator.mul), sympy.Pow: operator.pow,
    sympy.Max: _folded(np.maximum), F.Max: _folded(np.maximum), sympy.Min: _folded(np.minimum),
    F.Min: _folded(np.minimum), F.FloorDiv: _divided(np.floor_divide), F.CleanDiv:
    _divided(np.floor_divide), F.Mod: _divided(np.mod), F.PythonMod: _divided(np.mod), sympy.Mod:
    _divided(np.mod), F.Where: np.where, F.PowByNatural: operator.pow, F.IntTrueDiv:
    operator.truediv, F.FloatTrueDiv: operator.truediv, F.ToFloat: lambda a: np.asarray(a) * 1.0,
    F.TruncToInt: lambda a: np.trunc(a).astype(np.int64), F.FloorToInt: lambda a:
    np.floor(a).astype(np.int64), F.CeilToInt: lambda a: np.ceil(a).astype(np.int64),
    F.Identity: lambda a: a, sympy.Eq: operator.eq, sympy.Ne: operator.ne, sympy.Lt: operator.lt,
    sympy.Le: operator.le, sympy.Gt: operator.gt, sympy.Ge: operator.ge, sympy.And:
    _folded(np.logical_and), sympy.Or: _folded(np.logical_or), sympy.Not: np.logical_not,
}  # fmt: skip


def evaluated(expression: Any) -> Any:
    """Return what an expression of torch's is for each size of the window."""
    expression = sympy.sympify(expression)
    if expression.is_Symbol:
        return WINDOW
    if expression.args:
        return MEANING[expression.func](*map(evaluated, expression.args))
    plain = bool if expression.is_Boolean else int if expression.is_Integer else float
    return np.full(len(WINDOW), plain(expression))


def sizes_taken(module: torch.nn.Module, axes: tuple[Any, ...]) -> set[int]:
    """Return which sizes of the window a model takes."""
    open_sizes, taken = np.ones(len(WINDOW), bool), set[int]()
    while open_sizes.any():
        first = int(WINDOW[open_sizes][-1])
        guards, runs = _run(copy.deepcopy(module).eval().to("meta"), axes, first)
        alike = reduce(operator.and_, (evaluated(g).astype(bool) for g in guards), open_sizes)
        assert first in WINDOW[alike]
        if runs:
            taken |= {*map(int, WINDOW[alike])}
        open_sizes &= ~alike
    return taken


def _run(model: torch.nn.Module, axes: tuple[Any, ...], size: int) -> tuple[list[Any], bool]:
    """Run a model at a size, and return what torch noted and whether it ran."""
    env = ShapeEnv(specialize_zero_one=False, duck_shape=False, assume_static_by_default=False)
    source = ConstantSource("W")
    symbol = env.create_symbol(
        size, source=source, dynamic_dim=DimDynamic.DYNAMIC, constraint_dim=None,
        do_not_specialize_zero_one=True,
    )  # fmt: skip
    letter, ran = env.create_symintnode(symbol, hint=size, source=source), True
    shape = [axis if isinstance(axis, int) else letter for axis in axes]
    with torch.no_grad(), torch.device("meta"), enable_python_dispatcher():
        try:
            model(torch.empty(shape))
        except Exception:
            ran = False
    return [guard.expr for guard in env.guards], ran
