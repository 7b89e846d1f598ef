"""Operators of torch that our laws answer: sizes and refusals, without torch's meta code.

Torch's meta code accepts what its kernels refuse, and asks for layouts, which divides every set at
sizes of 1. So where the law of an operator is known, and its input lies in memory one cell after
the other by construction, the law gives the sizes, and its requirements are the decisions.

Reference: torch 2.13, `aten/src/ATen/native/native_functions.yaml`, for the arguments.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any

import torch

from symconv.chains.through import requirements
from symconv.networks.exploring import Explorer
from symconv.networks.layouts import strides_of
from symconv.networks.sums import Amount
from symconv.networks.torch_sizes import amount_of, sized
from symconv.operators import OPERATORS, Operator

aten = torch.ops.aten


class RefusedError(RuntimeError):
    """A law's requirement that a size does not meet, as torch would raise it."""


def amounts(sizes: Sequence[Any]) -> list[Amount]:
    """Return sizes as amounts."""
    return [amount_of(size) for size in sizes]


def tensor(explorer: Explorer, sizes: Sequence[Amount], dtype: Any, strides: Any = None) -> Any:
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


def along(explorer: Explorer, operator: Operator, values: dict[str, Amount]) -> Amount:
    """Return an operator's size along one axis, after its requirements were decided.

    Args:
        explorer: follows the sizes.
        operator: the operator.
        values: what its letters stand for; requirements on other letters are left to torch.

    Raises:
        RefusedError: a requirement is not met.
    """
    meaning = explorer.recorder.meaning
    for sentence, law, letters in requirements(operator):
        if all(letter in values for letter in letters):
            statement = meaning.evaluate(law, values)
            if not explorer.decide(statement):
                raise RefusedError(sentence)
    size: Amount = meaning.evaluate(operator.size, values)
    return size


def _each(numbers: Any, axes: int, default: Any = 0) -> list[Any]:
    """Return an argument of torch's as a number for each axis."""
    given = list(numbers) if isinstance(numbers, (list, tuple)) else [numbers]
    given = given or [default]
    return given * axes if len(given) == 1 else given


def _spatial(
    explorer: Explorer, given: Any, operator: Operator, letters: Sequence[dict[str, Any]]
) -> list[Amount]:
    """Return the last sizes of a tensor after an operator, axis by axis."""
    sizes = amounts(given.shape)[-len(letters) :]
    return [
        along(explorer, operator, {"W": size, **values})
        for size, values in zip(sizes, letters, strict=True)
    ]


def _convolution(
    explorer: Explorer,
    given: Any,
    weight: Any,
    bias: Any,
    stride: Any,
    padding: Any,
    dilation: Any,
    transposed: bool,
    output_padding: Any,
    groups: int,
) -> Any:
    taps = amounts(weight.shape)
    channels, axes = amounts(given.shape)[1], len(taps) - 2
    if not all(isinstance(size, int) for size in (*taps, channels)) or given.dim() != axes + 2:
        return None
    arguments = [_each(each, axes) for each in (stride, padding, dilation, output_padding)]
    if any(not isinstance(amount_of(n), int) for each in arguments for n in each):
        return None
    into, out = taps[1] * groups, taps[0]
    if transposed:
        into, out = taps[0], taps[1] * groups  # type: ignore[assignment]
    shared = {"C": channels, "in_channels": into, "out_channels": out, "groups": groups}
    letters = [
        {
            "F": f,
            "S": s,
            "P": p,
            "lo": p,
            "hi": p,
            "D": d,
            **shared,
            **({"A": a} if transposed else {}),
        }
        for f, s, p, d, a in zip(taps[2:], *arguments, strict=True)
    ]
    operator = OPERATORS["conv_transpose" if transposed else "conv"]
    sizes = _spatial(explorer, given, operator, letters)
    return tensor(explorer, [amount_of(given.shape[0]), out, *sizes], given.dtype)


def _pool(name: str, axes: int, indices: bool) -> Callable[..., Any]:
    """Return the law of a pool with windows, whose arguments torch leaves out where they can be."""

    def law(
        explorer: Explorer,
        given: Any,
        kernel_size: Any,
        stride: Any = (),
        padding: Any = 0,
        *rest: Any,
        **named: Any,
    ) -> Any:
        dilation, ceil_mode = (1, *rest[:1]) if not indices else (rest or (1,))[0], False
        if indices:
            dilation = rest[0] if rest else named.get("dilation", 1)
            ceil_mode = rest[1] if len(rest) > 1 else named.get("ceil_mode", False)
        else:
            dilation, ceil_mode = 1, rest[0] if rest else named.get("ceil_mode", False)
        taps = _each(kernel_size, axes)
        steps = _each(stride, axes) if stride not in ((), []) else taps
        pads, spacing = _each(padding, axes), _each(dilation, axes, 1)
        if any(not isinstance(n, int) for n in (*taps, *steps, *pads, *spacing)):
            return None
        letters = [
            {"F": f, "S": s, "P": p, "D": d, "ceil_mode": int(ceil_mode)}
            for f, s, p, d in zip(taps, steps, pads, spacing, strict=True)
        ]
        sizes = _spatial(explorer, given, OPERATORS[name], letters)
        shape = [*amounts(given.shape)[:-axes], *sizes]
        pooled = tensor(explorer, shape, given.dtype)
        return (pooled, tensor(explorer, shape, torch.int64)) if indices else pooled

    return law


def _adaptive(axes: int, indices: bool) -> Callable[..., Any]:
    def law(explorer: Explorer, given: Any, output_size: Any) -> Any:
        letters = [{"O": size} for size in amounts(_each(output_size, axes))]
        sizes = _spatial(explorer, given, OPERATORS["adaptive_pool"], letters)
        shape = [*amounts(given.shape)[:-axes], *sizes]
        pooled = tensor(explorer, shape, given.dtype)
        return (pooled, tensor(explorer, shape, torch.int64)) if indices else pooled

    return law


def _pad(name: str) -> Callable[..., Any]:
    """Return the law of a padding; torch names its sides from the last axis on."""

    def law(explorer: Explorer, given: Any, padding: Any, value: Any = 0) -> Any:
        sides = amounts(padding)
        axes = len(sides) // 2
        letters = [{"lo": lo, "hi": hi} for lo, hi in zip(sides[0::2], sides[1::2], strict=True)][
            ::-1
        ]
        operator = OPERATORS[name]
        sizes = _spatial(explorer, given, operator, letters)
        shape = [*amounts(given.shape)[: given.dim() - axes], *sizes]
        if name != "constant_pad":  # torch refuses an output without any cell
            for size in shape:
                if not explorer.decide(explorer.recorder.at_most(1, size)):
                    raise RefusedError("some axis of the output has a cell")
        return tensor(explorer, shape, given.dtype)

    return law


def _shuffle(name: str, letter: str) -> Callable[..., Any]:
    def law(explorer: Explorer, given: Any, factor: int) -> Any:
        *before, channels, _, _ = amounts(given.shape)
        if not isinstance(channels, int):
            return None
        operator, values = OPERATORS[name], {letter: factor, "C": channels}
        sizes = _spatial(explorer, given, operator, [values, values])
        count = explorer.recorder.meaning.evaluate(operator.channels, values)
        return tensor(explorer, [*before, count, *sizes], given.dtype)

    return law


def _joined(explorer: Explorer, tensors: Sequence[Any], dim: int = 0) -> Any:
    """Lay tensors one behind the other: their other sizes agree."""
    shapes = [amounts(each.shape) for each in tensors]
    first = shapes[0]
    if any(len(shape) != len(first) for shape in shapes) or len(first) < 2:
        return None
    axis, recorder = dim % len(first), explorer.recorder
    total: Amount = 0
    for shape in shapes:
        for place, (size, other) in enumerate(zip(shape, first, strict=True)):
            if place != axis and not explorer.decide(recorder.equal(size, other)):
                raise RefusedError(
                    "tensors agree in every size but that along which they are joined"
                )
        total = recorder.total(total, shape[axis])
    dtype = tensors[0].dtype
    for each in tensors[1:]:
        dtype = torch.promote_types(dtype, each.dtype)
    return tensor(explorer, [*first[:axis], total, *first[axis + 1 :]], dtype)


def _normalized(explorer: Explorer, given: Any, *_: Any, **__: Any) -> Any:
    empty = torch.empty(0, device="meta")
    return tensor(explorer, amounts(given.shape), given.dtype), empty, empty


def _group_norm(
    explorer: Explorer, given: Any, weight: Any, bias: Any, batch: Any, channels: Any, cells: Any,
    groups: int, eps: float,
) -> Any:  # fmt: skip
    sums = tensor(explorer, [amount_of(batch), groups], given.dtype)
    return tensor(explorer, amounts(given.shape), given.dtype), sums, sums


LAWS: dict[Any, Callable[..., Any]] = {
    aten.convolution.default: _convolution,
    aten.max_pool2d_with_indices.default: _pool("max_pool", 2, indices=True),
    aten.max_pool3d_with_indices.default: _pool("max_pool", 3, indices=True),
    aten.avg_pool1d.default: _pool("avg_pool", 1, indices=False),
    aten.avg_pool2d.default: _pool("avg_pool", 2, indices=False),
    aten.avg_pool3d.default: _pool("avg_pool3d", 3, indices=False),
    aten._adaptive_avg_pool2d.default: _adaptive(2, indices=False),
    aten._adaptive_avg_pool3d.default: _adaptive(3, indices=False),
    aten.adaptive_max_pool2d.default: _adaptive(2, indices=True),
    aten.adaptive_max_pool3d.default: _adaptive(3, indices=True),
    aten.constant_pad_nd.default: _pad("constant_pad"),
    aten.reflection_pad1d.default: _pad("reflection_pad"),
    aten.reflection_pad2d.default: _pad("reflection_pad"),
    aten.reflection_pad3d.default: _pad("reflection_pad"),
    aten.replication_pad1d.default: _pad("replication_pad"),
    aten.replication_pad2d.default: _pad("replication_pad"),
    aten.replication_pad3d.default: _pad("replication_pad"),
    aten.pixel_shuffle.default: _shuffle("pixel_shuffle", "upscale_factor"),
    aten.pixel_unshuffle.default: _shuffle("pixel_unshuffle", "downscale_factor"),
    aten._native_batch_norm_legit_no_training.default: _normalized,
    aten._native_batch_norm_legit.no_stats: _normalized,
    aten._native_batch_norm_legit.default: _normalized,
    aten.native_batch_norm.default: _normalized,
    aten.native_group_norm.default: _group_norm,
    aten.cat.default: _joined,
}
"""The law of each operator of torch's, on the explorer and the operator's arguments."""


def by_law(explorer: Explorer, operator: Any, args: Sequence[Any], named: dict[str, Any]) -> Any:
    """Return what an operator gives by its law; nothing where no law says it."""
    law = LAWS.get(operator)
    if law is None or not args:
        return None
    given = args[0] if isinstance(args[0], (list, tuple)) else args[:1]
    if not given or not all(in_order(explorer, each) for each in given):
        return None
    return law(explorer, *args, **named)


def _tensors(values: Sequence[Any]) -> Iterator[Any]:
    return (value for value in values if isinstance(value, torch.Tensor))


_dtypes: dict[Any, Any] = {}


def pointwise(explorer: Explorer, operator: Any, args: Sequence[Any], named: dict[str, Any]) -> Any:
    """Return what an operator gives that works cell by cell, on tensors of one shape.

    Tensors of one cell an axis, or none, may stand beside them. Which type comes out, and whether
    the operator takes these, torch says on a tensor of one cell.
    """
    if torch.Tag.pointwise not in operator.tags or named.get("memory_format"):
        return None
    given = list(_tensors(args))
    if not given or any(isinstance(value, (list, tuple)) for value in args):
        return None
    shapes = [amounts(each.shape) for each in given]
    shape = max(shapes, key=len)
    shape = next((other for other in shapes if len(other) == len(shape) and 1 not in other), shape)
    for other in shapes:
        behind = shape[len(shape) - len(other) :]
        if any(b not in (a, 1) for a, b in zip(behind, other, strict=True)):
            return None
    full = [each for each, other in zip(given, shapes, strict=True) if other == shape]
    if not all(in_order(explorer, each) for each in given):
        return None
    mutable = operator._schema.is_mutable
    if mutable and (args[0] is not full[0] or "out" in named):
        return None
    dtype = _type_of(operator, args, named)
    if dtype is None:
        return None
    return args[0] if mutable else tensor(explorer, shape, dtype)


def _type_of(operator: Any, args: Sequence[Any], named: dict[str, Any]) -> Any:
    """Return the type of what comes out, as torch says of one cell; nothing if it is no tensor."""
    plain = [
        (value.dtype, value.dim() == 0) if isinstance(value, torch.Tensor) else (type(value), value)
        for value in (*args, *named.values())
    ]
    if any(isinstance(value, torch.SymInt | torch.SymFloat | torch.SymBool) for value in args):
        return None
    if any(isinstance(value, torch.Tensor) for value in named.values()):
        return None
    key = (operator, tuple(plain), tuple(named))
    try:
        known = _dtypes.get(key)
    except TypeError:
        return None
    if known is None:
        cells = [
            torch.empty([1] * (value.dim() > 0), dtype=value.dtype, device="meta")
            if isinstance(value, torch.Tensor)
            else value
            for value in args
        ]
        came = operator(*cells, **named)
        known = _dtypes[key] = came.dtype if isinstance(came, torch.Tensor) else False
    return known or None
