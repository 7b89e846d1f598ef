"""Torch's functions that are answered before they reach an operator.

Some take sizes as plain integers in C++, so that each size would be followed by itself; others are
taken apart into arithmetic on positions, which asks more than their law does. And a model that
names a device means the one that it runs on: here that is none.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import torch
from torch.nn import functional as F  # noqa: N812  # as everybody calls it

from symconv.networks.exploring import Explorer
from symconv.networks.torch_applied import per_axis, require, resized
from symconv.networks.torch_laws import padded
from symconv.networks.torch_sizes import amounts, in_order, tensor

META = torch.device("meta")
MOST_PARTS = 2**10
"""Factors of a greater denominator are rounded when a size is multiplied by them."""
_KEPT = {
    getattr(torch, name)
    for name in ("sym_not", "sym_ite", "sym_int", "sym_float", "sym_max", "sym_min", "_check")
}


def plain(function: Any, args: Sequence[Any], named: dict[str, Any]) -> tuple[Any, dict[str, Any]]:
    """Return arguments as torch's parser takes them: no other device, and plain truth values."""
    if named.get("device") is not None:
        named = {**named, "device": META}
    if function is torch.Tensor.to:
        args = tuple(
            META if place and isinstance(value, (str, torch.device)) else value
            for place, value in enumerate(args)
        )
    return (args, named) if function in _KEPT else _decided(args, named)


def _decided(args: Sequence[Any], named: dict[str, Any]) -> tuple[Any, dict[str, Any]]:
    """Return arguments in which each statement is decided."""
    plainly = {name: _decide(value) for name, value in named.items()}
    return tuple(map(_decide, args)), plainly


def _decide(value: Any) -> Any:
    return bool(value) if type(value) is torch.SymBool else value


@contextmanager
def attention_taken() -> Iterator[None]:
    """Let attention take statements about sizes: torch's parser refuses them before any mode."""
    attention = F.scaled_dot_product_attention

    def decided(*args: Any, **named: Any) -> Any:
        args, named = _decided(args, named)
        return attention(*args, **named)

    F.scaled_dot_product_attention = decided
    try:
        yield
    finally:
        F.scaled_dot_product_attention = attention


ARITHMETIC = frozenset(
    """
    add sub rsub mul div truediv true_divide floor_divide floordiv remainder mod pow eq ne lt le gt
    ge radd rmul rdiv rtruediv rfloordiv rmod rpow iadd isub imul idiv itruediv maximum minimum
    where clamp clamp_min clamp_max and or xor logical_and logical_or
    """.split()  # noqa: SIM905
)
"""Functions that take a number beside a tensor."""


def apart(function: Any, args: Sequence[Any]) -> Sequence[Any]:
    """Return arguments in which no tensor with cells meets a size.

    Torch would make a tensor with a placeholder of the size, and compute with that.
    """
    if getattr(function, "__name__", "").strip("_") not in ARITHMETIC:
        return args
    if not any(isinstance(value, torch.SymInt | torch.SymFloat) for value in args):
        return args
    return tuple(value.to(META) if isinstance(value, torch.Tensor) else value for value in args)


def _drawn(
    explorer: Explorer, *sizes: Any, size: Any = None, dtype: Any = None, **rest: Any
) -> Any:
    """Draw numbers at random: of how many cells, their sizes say."""
    if rest.keys() - {"device", "generator", "requires_grad", "layout", "pin_memory", "names"}:
        return None
    given = sizes if size is None else (size,)
    listed = given[0] if len(given) == 1 and isinstance(given[0], (list, tuple)) else given
    if any(not isinstance(entry, int | torch.SymInt) for entry in listed):
        return None
    for cells in amounts(listed):
        require(explorer, explorer.recorder.at_most(0, cells), "a size is not negative")
    return tensor(explorer, amounts(listed), dtype or torch.get_default_dtype())


def _stays(_explorer: Explorer, given: Any, *_: Any, **__: Any) -> Any:
    return given


def _interpolate(
    explorer: Explorer,
    given: Any,
    size: Any = None,
    scale_factor: Any = None,
    mode: str = "nearest",
    align_corners: Any = None,
    recompute_scale_factor: Any = None,
    antialias: bool = False,
) -> Any:
    """Resize by the law, where torch checks nothing besides."""
    axes = given.dim() - 2
    smooth = {1: ("linear",), 2: ("bilinear", "bicubic"), 3: ("trilinear",)}.get(axes, ())
    if (
        (size is None) == (scale_factor is None)
        or mode not in ("nearest", "nearest-exact", "area", *smooth)
        or (mode not in smooth and align_corners is not None)
        or antialias
        or recompute_scale_factor
        or not given.is_floating_point()
        or not in_order(explorer, given)
    ):
        return None
    numbers = amounts(per_axis(size if scale_factor is None else scale_factor, axes))
    if len(numbers) != axes:
        return None
    for cells in amounts(given.shape)[:2]:
        if not explorer.decide(explorer.recorder.at_most(1, cells)):
            return None
    kind = "_area" if mode == "area" else ""
    if scale_factor is None:
        return resized(explorer, given, f"resize{kind}", [{"O": number} for number in numbers])
    factors = [float(n).as_integer_ratio() for n in numbers if isinstance(n, int | float)]
    if len(factors) < axes or any(under > MOST_PARTS for _, under in factors):
        return None
    letters = [{"scale_numerator": n, "scale_denominator": d} for n, d in factors]
    return resized(explorer, given, f"upsample{kind}", letters)


def _padded(
    explorer: Explorer, given: Any, pad: Any, mode: str = "constant", *_value: Any, **_: Any
) -> Any:
    """Wrap an input around by the law; the other paddings are operators of their own.

    Where one side is cropped and the other wrapped, torch takes some sizes that our law refuses
    (`docs/limits.md`), so there torch's own code runs.
    """
    axes, sides = given.dim() - 2, amounts(pad)
    plain = all(isinstance(side, int) for side in sides)
    if (
        mode != "circular"
        or len(sides) != 2 * axes
        or not plain
        or (min(sides) < 0 < max(sides))
        or not in_order(explorer, given)
    ):
        return None
    return padded("circular_pad", explorer, given, pad)


def _flat(planar: Callable[..., Any], windows: bool) -> Callable[..., Any]:
    """Return a pool over one axis as one over two, of which the first has one cell.

    Args:
        planar: the pool over two axes.
        windows: whether its arguments are those of windows, and not an output size.
    """
    beside = {"kernel_size": 1, "stride": 1, "padding": 0, "dilation": 1, "output_size": 1}
    order = ("kernel_size", "stride", "padding", "dilation") if windows else ("output_size",)

    def on_two(name: str, value: Any) -> Any:
        if name not in beside or value is None or (isinstance(value, (list, tuple)) and not value):
            return value
        return (beside[name], *value) if isinstance(value, (list, tuple)) else (beside[name], value)

    def answer(_explorer: Explorer, given: Any, *args: Any, **named: Any) -> Any:
        numbers = dict(zip(order, args, strict=False))
        if given.dim() not in (2, 3) or len(numbers) < len(args):
            return None
        arguments = {name: on_two(name, value) for name, value in (numbers | named).items()}
        pooled = planar(given.unsqueeze(-2), **arguments)
        if isinstance(pooled, tuple):
            return tuple(each.squeeze(-2) for each in pooled)
        return pooled.squeeze(-2)

    return answer


_max_pool, _adaptive_max_pool = _flat(F.max_pool2d, True), _flat(F.adaptive_max_pool2d, False)
_adaptive_mean = _flat(F.adaptive_avg_pool2d, windows=False)


def _value(explorer: Explorer, given: Any, *_: Any, **__: Any) -> Any:
    """Give the run up where a model asks a tensor without cells for a value of it."""
    if isinstance(given, torch.Tensor) and given.device.type == "meta":
        explorer.lost("looks at values")


_ASKING = """
item tolist numpy __bool__ __int__ __float__ __index__ __contains__ __array__ nonzero unique
"""

PLACES: dict[Any, Any] = {
    torch.Tensor.device.__get__: torch.device("cpu"),
    torch.Tensor.is_meta.__get__: False,
    torch.Tensor.is_cpu.__get__: True,
}
"""Where a tensor is, for a model that asks: on the CPU, for which an answer is."""

FUNCTIONS: dict[Any, Callable[..., Any]] = {
    **{function: lambda *_, place=place: place for function, place in PLACES.items()},
    **{getattr(torch.Tensor, name): _value for name in _ASKING.split()},
    F.interpolate: _interpolate,
    F.pad: _padded,
    F.max_pool1d: _max_pool,
    torch.max_pool1d: _max_pool,
    F.max_pool1d_with_indices: _flat(F.max_pool2d_with_indices, windows=True),
    F.adaptive_max_pool1d: _adaptive_max_pool,
    F.adaptive_max_pool1d_with_indices: _flat(F.adaptive_max_pool2d_with_indices, windows=False),
    torch.adaptive_avg_pool1d: _adaptive_mean,
    torch.rand: _drawn,
    torch.randn: _drawn,
    torch.equal: _value,
    torch.allclose: _value,
    torch.Tensor.cpu: _stays,
    torch.Tensor.cuda: _stays,
}
"""What answers each function, on the explorer and the function's arguments."""
