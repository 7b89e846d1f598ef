"""A decoder as torch code; one that is told sizes comes with the encoder that records them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from symconv.emit.floats import as_code
from symconv.layers import Layer
from symconv.meanings.notation import text
from symconv.mirroring.result import Mirror
from symconv.terms import Term

_ENCODER = '''
class Encoder(nn.Module):
    """Returns what its layers make of the input, and the sizes before each of them."""

    def __init__(self{channels}):
        super().__init__()
        self.layers = nn.ModuleList(
            [{layers}]
        )

    def forward(self, x):
        sizes = []
        for layer in self.layers:
            sizes.append(x.shape[2:])
            x = layer(x)
        return x, sizes
'''
_DECODER = '''
class Decoder(nn.Module):
    """Gives back {says}: call it with both that the encoder returns."""

    def __init__(self{channels}):
        super().__init__(){layers}

    def forward(self, x, sizes):{calls}
        return x
'''
_PLAIN = '''
def decoder({channels}):
    """Give back {says}."""
    return nn.Sequential({layers})
'''


def decoder_code(found: Mirror) -> str:
    """Return a Python file that makes a decoder in torch.

    A decoder for a fixed set is a function that returns an `nn.Sequential`. One that is told sizes
    is a class, beside the class of its encoder, which records them. Channels that nobody wrote are
    the argument `channels`, those of the encoder's input.

    Args:
        found: an answer with a decoder.

    >>> from symconv import mirror
    >>> print(decoder_code(mirror("Conv1d(1, 8, 4, stride=4)", for_="W % 4 == 0")))
    from torch import nn
    <BLANKLINE>
    <BLANKLINE>
    def decoder():
        \"\"\"Give back every size with W % 4 == 0.\"\"\"
        return nn.Sequential(
            nn.ConvTranspose1d(8, 1, kernel_size=4, stride=4),
        )
    """
    steps = [_call(step.layer, *step.channels) for step in found.steps]
    if not found.told:
        free = "channels" if any("channels" in one for one in steps) else ""
        parts = [_PLAIN.format(channels=free, says=_says(found), layers=_indented(steps, 4))]
    else:
        pairs = zip(found.layers, found.channels, found.channels[1:], strict=False)
        layers = [_call(*one) for one in pairs]
        parts = [
            _ENCODER.format(channels=_argument(layers), layers=_indented(layers, 12)),
            _DECODER.format(says=_says(found), channels=_argument(steps), **_told(found, steps)),
        ]
    return "from torch import nn\n\n" + "\n".join(parts).rstrip()


def _told(found: Mirror, calls: list[str]) -> dict[str, str]:
    """Write what the decoder's constructor makes, and how its forward calls it."""
    made, called = [], []
    for place, (step, call) in enumerate(zip(found.steps, calls, strict=True), 1):
        size = f"sizes[{step.undoes - 1}]"
        if step.told and not step.layer.channels_by_place:
            called.append(f"x = nn.functional.interpolate(x, size={size})")
            continue
        made.append(f"self.layer{place} = {call}")
        called.append(f"x = self.layer{place}(x{f', output_size={size}' if step.told else ''})")
    return {
        "layers": "".join(f"\n        {line}" for line in made),
        "calls": "".join(f"\n        {line}" for line in called),
    }


def _says(found: Mirror) -> str:
    return found.sizes.says + (" that the encoder takes" if found.refused else "")


def _argument(calls: Iterable[str]) -> str:
    return ", channels" if any("channels" in one for one in calls) else ""


def _indented(calls: Iterable[str], by: int) -> str:
    """Write calls on lines of their own, four blanks deeper than what they are inside."""
    lines = "".join(f"\n{' ' * by}    {call}," for call in calls)
    return lines and f"{lines}\n{' ' * by}"


def _call(layer: Layer, into: Term, out: Term) -> str:
    """Write one layer as torch's; where a convolution has no channels, as terms in the input's."""
    if getattr(layer, "return_indices", False):
        given: Any = layer
        layer = replace(given, return_indices=False)
    written = as_code(repr(layer))
    if layer.channels_by_place and getattr(layer, "in_channels", None) is None:
        name, _, rest = written.partition("(")
        written = f"{name}({text(into, names='torch')}, {text(out, names='torch')}, {rest}"
    return f"nn.{written}"
