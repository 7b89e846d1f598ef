"""Chains of settled layers as `nn.Sequential`s, in Python."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from symconv.emit.floats import as_code
from symconv.errors import RequestError
from symconv.layers import Layer
from symconv.operators.reading import Indexed


def sequential_code(layers: Iterable[Layer], says: str) -> str:
    """Return a Python file that makes an `nn.Sequential`.

    Where convolutions have no channels written, the file's function takes them: those that enter
    the first such convolution, and those that leave each of them.

    Args:
        layers: layers whose parameters are numbers, in order.
        says: what they do, for the docstring.

    Raises:
        RequestError: a layer needs more than its input when it is called.

    >>> from symconv import Conv2d, ReLU
    >>> print(sequential_code([Conv2d(kernel_size=3, stride=2), ReLU()], "9 gives 4"))
    from torch import nn
    <BLANKLINE>
    <BLANKLINE>
    def chain(channels):
        \"\"\"9 gives 4; `channels` are those before the first convolution and after each.\"\"\"
        return nn.Sequential(
            nn.Conv2d(channels[0], channels[1], kernel_size=3, stride=2),
            nn.ReLU(),
        )
    """
    return chains_code([layers], says)


def chains_code(chains: Sequence[Iterable[Layer]], says: str) -> str:
    """Return a Python file that makes an `nn.Sequential`, or a list of several.

    Args:
        chains: the layers of each, as of `sequential_code`; so is `says`.
        says: what they do.

    Raises:
        RequestError: as `sequential_code`.
    """
    made = [_made(layers) for layers in chains]
    takes = any("(channels[" in line for lines in made for line in lines)
    told = "; `channels` are those before the first convolution and after each." if takes else "."
    if len(made) == 1:
        name, body = "chain", [f"return {made[0][0]}", *made[0][1:]]
    else:
        listed = [
            f"    {line}" for first, *rest in made for line in (first, *rest[:-1], f"{rest[-1]},")
        ]
        name, body = "chains", ["return [", *listed, "]"]
    head = ["from torch import nn", "", "", f"def {name}({'channels' if takes else ''}):"]
    return "\n".join([*head, f'    """{says}{told}"""', *(f"    {line}" for line in body)])


def _made(layers: Iterable[Layer]) -> list[str]:
    """Write the lines of an `nn.Sequential`."""
    return ["nn.Sequential(", *(f"    {call}," for call in _calls(layers)), ")"]


def _calls(layers: Iterable[Layer]) -> Iterator[str]:
    """Yield a constructor's call for each layer."""
    before = 0
    for layer in layers:
        name, _, rest = as_code(repr(layer)).partition("(")
        indexed = isinstance(layer.rows(layer.least_axes)[0].operator.reads, Indexed)
        if indexed or (layer.channels_by_place and "output_size=" in rest):
            raise RequestError(
                "layers that take nothing but their input, for an nn.Sequential",
                repr(layer),
                "Call this layer yourself, with its indices or its output_size.",
                place=layer.place(),
            )
        if layer.channels_by_place and getattr(layer, "in_channels", None) is None:
            rest = f"channels[{before}], channels[{before + 1}], {rest}"
            before += 1
        yield f"nn.{name}({rest}"
