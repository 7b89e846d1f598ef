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

from symconv.chains.receptive import windows_of
from symconv.errors import RequestError
from symconv.layers import LAYERS, Layer, Row
from symconv.layers.values import at_once
from symconv.meanings.integers import PLAIN
from symconv.mirroring.windows import gather, scatter, sides, window
from symconv.operators.letters import O, W
from symconv.operators.reading import ONE, Cells, Indexed, Joined, Scattered
from symconv.operators.scaling import Keeps
from symconv.terms import Term, variable
from symconv.vocabulary import torch_name

CHANNELS = ("in_channels", "out_channels")


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
    rules = [rule for rule in map(_rule, of.rows) if rule is not None]
    return next((rule for rule in rules if rule is not _kept), _kept)(of)


def check(layers: Sequence[Layer], axes: int) -> None:
    """Check that each layer follows laws that some layer undoes.

    Raises:
        RequestError: one joins axes, takes more than one input, or has sizes but no law.
    """
    for number, layer in enumerate(layers, 1):
        rows = layer.rows(axes)
        unruled = [row for row in rows if _rule(row) is None]
        if unruled:
            reads = unruled[0].operator.reads.says
            raise _no_mirror(number, layer, f"no rule undoes an output that reads {reads}")
        if any(row.measured for row in rows):
            raise _no_mirror(number, layer, "its sizes are evaluated, not a law")


def _no_mirror(number: int, layer: Layer, why: str) -> RequestError:
    return RequestError(
        "layers that some layer undoes, from the size alone",
        f"layer {number}, {layer!r}: {why}",
        "Mirror the layers before and after it: convolutions, pools, interpolations by a whole "
        "factor, shuffles, paddings, and layers that keep sizes.",
        place=layer.place(),
    )


def _made(of: Encoded, kind: str, told: bool = False, **parameters: Any) -> tuple[Step, ...]:
    """Make the one layer that undoes another, with the channels the other way round."""
    given = {
        name: at_once(tuple(value)) if isinstance(value, list) else value  # one for each axis
        for name, value in parameters.items()
    }
    leaving, entering = of.channels
    if LAYERS[kind].channels_by_place and leaving.word == entering.word == "constant":
        given |= {"in_channels": entering.args[0], "out_channels": leaving.args[0]}
    return (Step(LAYERS[kind](**given), of.number, (entering, leaving), told),)


def _windows(of: Encoded) -> tuple[Step, ...]:
    """Undo windows by scattering them, so that this size comes back, or whichever is told."""
    told = of.told and any(window(row)["S"] > 1 for row in of.rows)
    axes = [
        scatter(row, axis, of.before[axis], of.after[axis], told)
        for axis, row in enumerate(of.rows)
    ]
    if any(letters["P"] < 0 for letters in axes):
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
    return shared | {torch_name(name): [letters[name] for letters in axes] for name in axes[0]}


def _again(of: Encoded) -> tuple[Step, ...]:
    """Undo a convolution that keeps sizes by another one."""
    own = {name: getattr(of.layer, name) for name in of.layer.parameters if name not in CHANNELS}
    return _made(of, type(of.layer).__name__, **own)


def _kept(of: Encoded) -> tuple[Step, ...]:
    """Undo nothing; a change of channels by a convolution of one tap."""
    entering, leaving = of.channels
    return () if entering is leaving else _made(of, f"Conv{len(of.before)}d", kernel_size=1)


def _moved_back(of: Encoded) -> tuple[Step, ...]:
    """Undo what moves cells by the layer that moves them back, with the same number."""
    law = of.rows[0].operator.undone_by
    kind = next(kind for kind in LAYERS.values() if getattr(kind, "law", "") == law)
    (number,) = (getattr(of.layer, name) for name in of.layer.parameters)
    (name,) = kind.parameters
    return _made(of, kind.__name__, **{name: number})


def _padded(of: Encoded) -> tuple[Step, ...]:
    """Undo a padding by cropping, a cropping by zeros."""
    each = [sides(row) for row in reversed(of.rows)]
    if None in each:
        raise _no_mirror(of.number, of.layer, "what it pads or crops depends on the size")
    padding = tuple(-side for both in each if both for side in both)
    return _made(of, f"ZeroPad{len(of.before)}d", padding=padding)


def _scaled(of: Encoded) -> tuple[Step, ...]:
    """Undo a whole factor by means, its inverse by scattering, any other by telling the size."""
    factors = [_factor(row) for row in of.rows]
    if all(below == 1 for _, below in factors):
        return _made(of, f"AvgPool{len(factors)}d", kernel_size=[above for above, _ in factors])
    return _windows(of) if all(above == 1 for above, _ in factors) else _told(of)


def _factor(row: Row) -> tuple[int, int]:
    """Return what over what an axis is multiplied by."""
    above, below = (
        PLAIN.evaluate(row.term(part), {}) for part in row.operator.factor or (ONE, ONE)
    )
    return above, below


def _told(of: Encoded) -> tuple[Step, ...]:
    """Undo a resizing that forgets the size by one to the size that it had."""
    size = variable("size") if of.told else list(of.before)
    return _made(of, "Upsample", of.told, size=size)


def _rule(row: Row) -> Callable[[Encoded], tuple[Step, ...]] | None:
    """Return what undoes a layer with this law, by what its output reads of its input."""
    operator = row.operator
    if operator.undone_by:
        return _moved_back
    if operator.looks:
        return _again if isinstance(operator.scaling, Keeps) else _windows
    if operator.scatters:
        return _scattered
    if operator.factor is not None:
        return _scaled
    if operator.size is O and not isinstance(operator.reads, (Indexed, Joined)):
        return _told
    if isinstance(operator.reads, Cells):
        return _kept if operator.size is W else _padded
    return _kept if operator.size is W else None


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
        strides = [int(row.term(_grown(row)).args[0]) for row in rows]
        product *= lcm(*strides)
    return product


def _grown(row: Row) -> Term:
    """Return how many output cells one input cell becomes, for what is painted or spread."""
    windows = windows_of(row)
    return windows.step if isinstance(windows, Scattered) else ONE
