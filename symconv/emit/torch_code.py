"""Settings as torch layers, in Python."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import fields
from typing import Any

from symconv.designing.result import Designs
from symconv.emit.floats import as_code
from symconv.emit.sequential_code import chains_code, sequential_code
from symconv.layers import Layer
from symconv.solving.input_sizes import InputSizes
from symconv.solving.settled_telling import said


def torch_code(layers: Iterable[Layer], says: str) -> str:
    """Return a Python file that makes torch layers.

    Args:
        layers: layers whose parameters are numbers.
        says: what they do, for the docstring.

    >>> from symconv import ConvTranspose1d
    >>> code = torch_code([ConvTranspose1d(kernel_size=2, stride=2)], "every size times 2")
    >>> print(code.splitlines()[-2].strip())
    nn.ConvTranspose1d(in_channels, out_channels, kernel_size=2, stride=2),
    """
    calls = [_call(layer) for layer in layers]
    channels = any("in_channels" in call for call in calls)
    return "\n".join(
        [
            "from torch import nn",
            "",
            "",
            f"def layers({'in_channels, out_channels' if channels else ''}):",
            f'    """Layers that all do the same to sizes: {says}."""',
            "    return [",
            *(f"        {call}," for call in calls),
            "    ]",
        ]
    )


def code_of(answer: Any) -> str:
    """Return what a solution lists as code: layers, or of a chain the modules.

    >>> from symconv import solve
    >>> answer = solve("ConvTranspose1d(kernel_size=?, stride=?, padding=?)", up=2, limit=1)
    >>> print(code_of(answer).splitlines()[-2].strip())
    nn.ConvTranspose1d(in_channels, out_channels, kernel_size=4, stride=2, padding=1),
    """
    if isinstance(answer, InputSizes):
        return sequential_code(answer.layers, f"What was asked: {said(answer)}")
    if isinstance(answer, Designs):
        return chains_code([design.layers for design in answer], answer.question.says)
    if len(answer.chain) > 1:
        return chains_code([answer.layers(setting) for setting in answer], answer.says)
    return torch_code(map(answer.layer, answer), answer.says)


def _call(layer: Layer) -> str:
    """Write one layer; channels that were not given are the function's arguments."""
    by_place, by_name = [], []
    for one in fields(layer):
        value = getattr(layer, one.name)
        if one.name in ("in_channels", "out_channels"):
            by_place.append(one.name if value is None else repr(value))
        elif value != one.default:
            by_name.append(as_code(f"{one.name}={value!r}"))
    return f"nn.{type(layer).__name__}({', '.join(by_place + by_name)})"
