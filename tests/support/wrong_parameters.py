"""Every layer with each of its parameters in turn wrong: what torch says, and what symconv says.

torch's answer is a real module, built and run on the CPU in eval mode on a batch of two.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import Any

import torch

from symconv.chains import size
from symconv.errors import RequestError
from symconv.layers import LAYERS, Layer
from torch_answers import BATCH, Answer, Refusal

CHANNELS, SIZE, WINDOWS = 4, 8, 9
"""What is put in; `Fold` takes as many cells as it has windows, three axes are shorter."""

OPTIONS: dict[str, tuple[dict[str, Any], ...]] = {
    "Conv": ({"padding_mode": "reflect"}, {"padding": "same"}, {"groups": 2}),
    "ConvTranspose": ({"stride": 2, "output_size": 17}, {"stride": 2, "groups": 2}),
    "MaxUnpool": ({"output_size": 17}, {"stride": 3}),
    "Upsample": ({"size": None, "scale_factor": 2.0}, {"mode": "area"}),
    "UpsamplingNearest": ({"size": None, "scale_factor": 0.5},),
    "UpsamplingBilinear": ({"size": None, "scale_factor": 1.5},),
    "FractionalMaxPool": ({"output_size": None, "output_ratio": 0.5},),
    "LPPool": ({"norm_type": math.inf},),
    "BatchNorm": ({"affine": False}, {"affine": False, "track_running_stats": False}),
    "InstanceNorm": ({"affine": True}, {"track_running_stats": True}),
    "GroupNorm": ({"affine": False},),
    "MaxPool": ({"stride": 1, "padding": 1, "ceil_mode": True},),
    "AvgPool": ({"stride": 1, "padding": 1, "ceil_mode": True},),
}
"""How else a layer may be written, where its other parameters decide what torch looks at."""

NUMBERS = (-3, -1, 0, 1, 2, 3)
FLOATS = (0.5, 1.0, 2.0, -1.5, math.nan, math.inf, -math.inf, 1j)
TEXTS = ("abc", "", "2", "__import__('os')", b"\x02")
TRUTHS = (None, True, False)
ENTRIES = (1, 2, -1, 0, 2.0, "a", None, True)


def values(axes: int) -> Iterator[Any]:
    """Yield what may be wrong for a parameter, and some of it right: not everything is a size."""
    yield from (*NUMBERS, *FLOATS, *TEXTS, *TRUTHS, (), [], {}, object)
    for entry in ENTRIES:
        yield from ((entry,) * length for length in {1, axes, 2 * axes, 7})
        yield [entry] * axes


def written(kind: type[Layer]) -> Iterator[dict[str, Any]]:
    """Yield parameters with which a layer can be built, in the ways that differ for torch."""
    usual = {name: one.usual for name, one in kind.parameters.items() if one.required}
    usual |= {name: CHANNELS for name in ("in_channels", "out_channels") if name in kind.parameters}
    usual |= {"size": 4} if "scale_factor" in kind.parameters else {}
    usual |= {"output_size": 4} if "output_ratio" in kind.parameters else {}
    yield usual
    if kind.axes == 3:
        return  # the axes are alike, and three of them take torch long
    for start, options in OPTIONS.items():
        if kind.__name__.rstrip("123d") == start:
            yield from (usual | option for option in options)


def cases(name: str) -> Iterator[dict[str, Any]]:
    """Yield the parameters of a layer, one of them wrong."""
    kind = LAYERS[name]
    for parameters in written(kind):
        for parameter in kind.parameters:
            if parameter == "mode" and name.startswith("Upsampling"):
                continue  # torch's name says it; ours is what torch prints
            for value in values(kind.parameter_axes or kind.axes or 2):
                yield parameters | {parameter: value}


def sizes(name: str) -> tuple[int, ...]:
    """Return the size that goes into a layer."""
    axes = LAYERS[name].axes or 2
    return (WINDOWS,) if name == "Fold" else (SIZE if axes < 3 else SIZE // 2,) * axes


def torch_says(name: str, parameters: dict[str, Any]) -> Answer:
    """Return the sizes that torch gives, or how it refuses: by an exception of whatever kind."""
    shape, given = (BATCH, CHANNELS, *sizes(name)), dict(parameters)
    arguments = [torch.zeros(shape)]
    if name.startswith("MaxUnpool"):
        arguments.append(torch.zeros(shape, dtype=torch.long))
    if name.startswith(("ConvTranspose", "MaxUnpool")) and "output_size" in given:
        asked = given.pop("output_size")
        arguments.append([asked] * len(sizes(name)) if type(asked) is int else asked)
    try:
        output = getattr(torch.nn, name)(**given).eval()(*arguments)
    except Exception as error:
        return Refusal(f"{type(error).__name__}: {error}"[:200])
    output = output[0] if isinstance(output, tuple) else output
    return tuple(output.shape[2:]) if output.shape[:1] == (BATCH,) else tuple(output.shape)


def symconv_says(name: str, parameters: dict[str, Any]) -> Answer:
    """Return the sizes that symconv gives, or what it needed."""
    try:
        answer = size(LAYERS[name](**parameters), sizes(name), channels=CHANNELS)
    except RequestError as error:
        return Refusal(error.needed)
    return Refusal(answer.refused.sentence) if answer.refused else answer.rows[-1]
