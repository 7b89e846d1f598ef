"""A chain of settled layers as one `nn.Sequential`, in Python."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

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
    calls = list(_calls(layers))
    takes = any("(channels[" in call for call in calls)
    told = "; `channels` are those before the first convolution and after each." if takes else "."
    return "\n".join(
        [
            "from torch import nn",
            "",
            "",
            f"def chain({'channels' if takes else ''}):",
            f'    """{says}{told}"""',
            "    return nn.Sequential(",
            *(f"        {call}," for call in calls),
            "    )",
        ]
    )


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
