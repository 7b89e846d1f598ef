"""The layer that undoes a layer, by the operator whose law the layer follows.

Windows (convolutions, pools) are undone by a transposed convolution with the same numbers: the
sizes that give one output are a block of as many as the stride has cells, and the output padding
picks one of them, or the size that is asked for at call. A transposed convolution is undone by
a convolution, shuffles and paddings by their opposites, and a resizing that forgets the size by one
that is told it. Layers that keep sizes need nothing.

References: Dumoulin & Visin, "A guide to convolution arithmetic for deep learning" (2016),
relationship 14.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from math import lcm
from typing import Any, NamedTuple

from symconv.errors import RequestError
from symconv.layers import LAYERS, Layer, Row
from symconv.mirroring.windows import gather, scatter, window
from symconv.terms import Term, variable
from symconv.vocabulary import torch_name


class Encoded(NamedTuple):
    """A layer of an encoder, with one input that it takes.

    Attributes:
        number: its place in the chain, from 1.
        before: the size that enters, on each axis; of the sizes it shall serve, an example.
        after: the size that it gives for that.
        channels: those that enter and those that leave.
        told: whether the decoder is told the sizes at call.
    """

    layer: Layer
    number: int
    before: tuple[int, ...]
    after: tuple[int, ...]
    channels: tuple[Term, Term]
    told: bool

    @property
    def rows(self) -> tuple[Row, ...]:
        """The laws of its axes."""
        return self.layer.rows(len(self.before))


class Step(NamedTuple):
    """A layer of a decoder.

    Attributes:
        layer: the layer.
        undoes: the number of the encoder's layer whose input it gives back.
        channels: those that enter and those that leave.
        told: whether it is told at call the size to give.
    """

    layer: Layer
    undoes: int
    channels: tuple[Term, Term]
    told: bool = False

    def asked(self, sizes: tuple[Any, ...]) -> Layer:
        """Return the layer, asked for these sizes if it is told any."""
        name = "size" if hasattr(self.layer, "scale_factor") else "output_size"
        return replace(self.layer, **{name: sizes}) if self.told else self.layer

    def __str__(self) -> str:
        """Write the layer, and which size it is told."""
        told = f", told the size before layer {self.undoes}" if self.told else ""
        return f"{self.layer!r}{told}"


def inverse(of: Encoded) -> tuple[Step, ...]:
    """Return what undoes a layer: one layer, or none where sizes and channels stay.

    Raises:
        RequestError: no layer undoes it.
    """
    names = (row.operator.name for row in of.rows)
    return next((_RULES[name] for name in names if name != "keep"), _kept)(of)


def check(layers: Sequence[Layer], axes: int) -> None:
    """Check that each layer follows laws that some layer undoes.

    Raises:
        RequestError: one joins axes, takes more than one input, or has sizes but no law.
    """
    for number, layer in enumerate(layers, 1):
        rows = layer.rows(axes)
        if not all(row.operator.name in _RULES for row in rows):
            raise _no_mirror(number, layer, "no rule undoes it")
        if any(row.measured for row in rows):
            raise _no_mirror(number, layer, "its sizes are evaluated, not a law")


def _no_mirror(number: int, layer: Layer, why: str) -> RequestError:
    return RequestError(
        "layers that some layer undoes, from the size alone",
        f"layer {number}, {layer!r}: {why}",
        "Mirror the layers before and after it: convolutions, pools, interpolations by a whole "
        "factor, shuffles, paddings, and layers that keep sizes.",
    )


def _made(of: Encoded, kind: str, told: bool = False, **parameters: Any) -> tuple[Step, ...]:
    """Make the one layer that undoes another, with the channels the other way round."""
    given = {name: _joined(value) for name, value in parameters.items()}
    leaving, entering = of.channels
    if LAYERS[kind].channels_by_place and leaving.word == entering.word == "constant":
        given |= {"in_channels": entering.args[0], "out_channels": leaving.args[0]}
    return (Step(LAYERS[kind](**given), of.number, (entering, leaving), told),)


def _joined(entries: Any) -> Any:
    """Write one number for all axes where they are alike."""
    alike = isinstance(entries, list) and len(set(entries)) == 1
    return entries[0] if alike else tuple(entries) if isinstance(entries, list) else entries


def _windows(of: Encoded) -> tuple[Step, ...]:
    """Undo windows by scattering them, so that this size comes back, or whichever is told."""
    told = of.told and any(window(row)["S"] > 1 for row in of.rows)
    axes = [
        scatter(row, axis, of.before[axis], of.after[axis], told)
        for axis, row in enumerate(of.rows)
    ]
    if any(one["P"] < 0 for one in axes):
        raise _no_mirror(of.number, of.layer, "a transposed convolution undoes no cropping")
    return _made(of, f"ConvTranspose{len(axes)}d", told, **_lettered(of, axes))


def _scattered(of: Encoded) -> tuple[Step, ...]:
    """Undo a transposed convolution by the convolution with the same numbers."""
    return _made(of, f"Conv{len(of.before)}d", **_lettered(of, [gather(row) for row in of.rows]))


def _lettered(of: Encoded, axes: list[dict[str, int]]) -> dict[str, Any]:
    """Return the letters of all axes under torch's names, with what both directions share."""
    shared = {
        name: getattr(of.layer, name) for name in ("groups", "bias") if name in vars(of.layer)
    }
    return shared | {torch_name(letter): [one[letter] for one in axes] for letter in axes[0]}


def _again(of: Encoded) -> tuple[Step, ...]:
    """Undo a convolution that keeps sizes by another one."""
    names = ("kernel_size", "dilation", "groups", "bias", "padding_mode")
    same = {name: getattr(of.layer, name) for name in names}
    return _made(of, type(of.layer).__name__, padding="same", **same)


def _kept(of: Encoded) -> tuple[Step, ...]:
    """Undo nothing; a change of channels by a convolution of one tap."""
    entering, leaving = of.channels
    return () if entering is leaving else _made(of, f"Conv{len(of.before)}d", kernel_size=1)


def _shuffled(of: Encoded) -> tuple[Step, ...]:
    return _made(of, "PixelUnshuffle", downscale_factor=of.layer.upscale_factor)  # type: ignore[attr-defined]


def _unshuffled(of: Encoded) -> tuple[Step, ...]:
    return _made(of, "PixelShuffle", upscale_factor=of.layer.downscale_factor)  # type: ignore[attr-defined]


def _padded(of: Encoded) -> tuple[Step, ...]:
    """Undo a padding by cropping, a cropping by zeros."""
    sides = tuple(-side for side in of.layer.padding)  # type: ignore[attr-defined]
    return _made(of, f"ZeroPad{len(of.before)}d", padding=sides)


def _scaled(of: Encoded) -> tuple[Step, ...]:
    """Undo a whole factor by means, its inverse by scattering, any other by telling the size."""
    factors = [(row.values["scale_numerator"], row.values["scale_denominator"]) for row in of.rows]
    if all(below == 1 for _, below in factors):
        return _made(of, f"AvgPool{len(factors)}d", kernel_size=[above for above, _ in factors])
    return _windows(of) if all(above == 1 for above, _ in factors) else _told(of)


def _told(of: Encoded) -> tuple[Step, ...]:
    """Undo a resizing that forgets the size by one to the size that it had."""
    size = variable("size") if of.told else list(of.before)
    return _made(of, "Upsample", of.told, size=size)


_RULES: dict[str, Callable[[Encoded], tuple[Step, ...]]] = {
    name: rule
    for rule, names in {
        _windows: "conv conv_replicate conv_reflect conv_circular max_pool avg_pool avg_pool3d "
        "lp_pool lp_pool3d halve",
        _again: "conv_same conv_same_reflect conv_same_circular",
        _scattered: "conv_transpose conv_transpose_sized",
        _shuffled: "pixel_shuffle",
        _unshuffled: "pixel_unshuffle",
        _padded: "constant_pad reflection_pad replication_pad circular_pad",
        _scaled: "upsample upsample_area",
        _told: "adaptive_pool resize resize_area fractional_max_pool fractional_max_pool3d",
        _kept: "keep batch_norm instance_norm group_norm group_norm_free layer_norm "
        "layer_norm_channels prelu softmax channel_shuffle halve_channels",
    }.items()
    for name in names.split()
}
"""What undoes the layers of each operator; those that are missing are not undone by one layer."""


def decoder(encoded: Sequence[Encoded]) -> tuple[Step, ...]:
    """Return the layers that undo a chain, the last one first.

    Raises:
        RequestError: no layer undoes one of them.
    """
    return tuple(step for of in reversed(encoded) for step in inverse(of))


def period(steps: Sequence[Step], axes: int) -> int:
    """Return a number of sizes after which a chain repeats itself: the product of its strides."""
    product = 1
    for step in steps:
        rows = step.layer.rows(axes)
        if rows[0].operator.name in ("conv_transpose", "pixel_shuffle"):
            factors = (row.values.get("S", row.values.get("upscale_factor", 1)) for row in rows)
            product *= lcm(*map(int, factors))  # type: ignore[arg-type]
    return product
