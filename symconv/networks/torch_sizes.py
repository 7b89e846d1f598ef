"""Sizes that torch computes with, each a term in `W`.

`torch.SymInt` takes any object with the methods of torch's `SymNode`. Ours holds a value of
`networks.arithmetic`, and every question that torch or the model asks of it is a decision of the
explorer. This file and `torch_reader` are the ones that import torch's internals.

Reference: torch 2.13, `torch/fx/experimental/sym_node.py` and `c10/core/SymNodeImpl.h`, whose names
the methods have.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from threading import get_ident
from typing import Any

import torch
from torch.fx.experimental.sym_node import SymNode

from symconv.meanings.notation import text
from symconv.networks.arithmetic import OPERATIONS, kind
from symconv.networks.exploring import Explorer
from symconv.networks.layouts import LAYOUTS, strides_of
from symconv.networks.lines import asking, tells_people
from symconv.networks.reals import Real, Reals
from symconv.networks.sums import Amount
from symconv.terms import Term


class SizeNode(SymNode):  # type: ignore[misc]  # torch has no types here
    """A number or a truth value that torch computes with."""

    shape_env = None
    fx_node = None

    def __init__(self, explorer: Explorer, value: Any) -> None:
        """Hold a value."""
        if get_ident() != explorer.thread:  # torch's modes are a thread's own
            explorer.lost("computes with a size in a thread of its own")
        self.explorer, self.value, self.pytype = explorer, value, kind(value)

    def is_int(self) -> bool:
        """Whether it is a size."""
        return self.pytype is int

    def is_float(self) -> bool:
        """Whether it is a floating-point number."""
        return self.pytype is float

    def is_bool(self) -> bool:
        """Whether it is a truth value."""
        return self.pytype is bool

    def is_nested_int(self) -> bool:
        """Whether it has a hash: asked by a model, the sizes are followed value by value.

        `einops` counts on a size having none.
        """
        caller = sys._getframe(1)
        if caller.f_code.co_name != "__hash__":
            return False
        frame = asking()
        return frame is not None and not frame.f_globals.get("__name__", "").startswith("einops")

    def nested_int(self) -> int:
        """Return what its hash is made of."""
        return self.guard_int()

    def is_symbolic(self) -> bool:
        """Whether torch should ask before it takes it for a number: always."""
        return True

    def is_constant(self) -> bool:
        """Whether it is one of torch's own constants: never; torch asks `constant` then."""
        return False

    def has_hint(self) -> bool:
        """Whether a number can stand for it: always, that of the least size."""
        return True

    @property
    def constant(self) -> Any:
        """What it is for all sizes that are followed, if that was decided."""
        if isinstance(self.value, Term):
            return self.explorer.recalled(self.value) if self.pytype is bool else None
        return None if isinstance(self.value, Real) else self.value

    @property
    def hint(self) -> Any:
        """What it is for the least size that is followed."""
        if isinstance(self.value, Real):
            self.explorer.cannot_repeat()
            return self.value.at(self.explorer.active.least or 1)
        hint = self.explorer.hint(self.value)
        return bool(hint) if self.pytype is bool else hint

    _hint = hint

    @property
    def expr(self) -> Any:
        """A name of it for torch's simplifiers, which find nothing there."""
        import sympy

        value = self._plain(self.pytype)
        return sympy.Symbol(f"size{id(self.value)}") if value is None else sympy.sympify(value)

    def _plain(self, python: type) -> Any:
        return self.value if type(self.value) is python else None

    def maybe_as_int(self) -> int | None:
        """Return the integer that it is, if it is one."""
        return self._plain(int)  # type: ignore[no-any-return]

    def maybe_as_float(self) -> float | None:
        """Return the number that it is, if it is one."""
        return self._plain(float)  # type: ignore[no-any-return]

    def maybe_as_bool(self) -> bool | None:
        """Return the truth value that it is, if it is one."""
        return self._plain(bool)  # type: ignore[no-any-return]

    def str(self) -> str:
        """Write it, as in messages of torch's; a model may look at what is written."""
        frame = asking()
        if frame is not None and not tells_people(frame):
            plain = {int: self.guard_int, float: self.guard_float, bool: self._decided}
            return f"{plain[self.pytype]()}"
        return text(self.value) if isinstance(self.value, Term) else f"{self.value}"

    __str__ = __repr__ = _graph_repr = str

    def clone(self) -> SizeNode:
        """Return itself: it never changes."""
        return self

    def _wrapped(self, number: Any) -> SizeNode:
        return SizeNode(self.explorer, number)

    wrap_int = wrap_bool = wrap_float = _wrapped

    def _decided(self, *_: object) -> bool:
        """Say whether it holds, or is not 0, for the sizes that are followed from here on."""
        if self.pytype is bool:
            return self.explorer.decide(self.value)
        return not self.explorer.decide(OPERATIONS["eq"](self.explorer, self.value, 0))

    bool_ = guard_bool = guard_size_oblivious = expect_true = _decided
    guard_or_false = guard_or_true = _decided

    def statically_known_true(self, *_: object) -> bool:
        """Whether it holds for all sizes that are followed."""
        return self.explorer.settled(self.value) is True

    def guard_int(self, *_: object) -> int:
        """Return a plain integer: the sizes are followed value by value."""
        return self.explorer.number(self.value)

    int_ = guard_int

    def guard_float(self, *_: object) -> float:
        """Return a plain number: the sizes are followed value by value."""
        value = self.value
        return Reals(self.explorer).plain(value) if isinstance(value, Real) else float(value)


def _method(name: str) -> Callable[..., SizeNode]:
    def applied(self: SizeNode, *others: Any) -> SizeNode:
        values = [_value(other) for other in others]
        first = [] if name in _OF_LISTS else [self.value]
        return SizeNode(self.explorer, OPERATIONS[name](self.explorer, *first, *values))

    return applied


def _value(node: Any) -> Any:
    """Return what a node holds, or the nodes of a list do."""
    if isinstance(node, (list, tuple)):
        return [each.value for each in node]
    return node.value if isinstance(node, SizeNode) else node


_OF_LISTS = {*LAYOUTS, "sym_sum"}
"""Operations that are asked of a list of numbers, and not of one."""

for _name in OPERATIONS:
    setattr(SizeNode, _name, _method(_name))


def sized(explorer: Explorer, amount: Amount) -> Any:
    """Return an amount as torch takes it: a plain integer, or a `torch.SymInt`."""
    return amount if isinstance(amount, int) else torch.SymInt(SizeNode(explorer, amount))


PLAIN: dict[type, type] = {torch.SymInt: int, torch.SymFloat: float, torch.SymBool: bool}
"""For each kind of torch's numbers the one of Python's that a model takes it for."""


def amount_of(size: Any) -> Any:
    """Return what a size, or another number of torch's, stands for."""
    return size.node.value if type(size) in PLAIN else size


def amounts(sizes: Sequence[Any]) -> list[Amount]:
    """Return sizes as amounts."""
    return [amount_of(size) for size in sizes]


def tensor(
    explorer: Explorer, sizes: Sequence[Amount], dtype: Any, strides: Any = None
) -> torch.Tensor:
    """Return a tensor without cells of these sizes, one cell after the other if nobody says so."""
    strides = strides_of(explorer, sizes) if strides is None else strides
    return torch.empty_strided(
        [sized(explorer, size) for size in sizes],
        [sized(explorer, stride) for stride in strides],
        dtype=dtype,
        device="meta",
    )


def in_order(explorer: Explorer, given: Any) -> bool:
    """Whether a tensor's cells lie one after the other, whatever its sizes are."""
    if not isinstance(given, torch.Tensor) or given.layout != torch.strided:
        return False
    return amounts(given.stride()) == strides_of(explorer, amounts(given.shape))
