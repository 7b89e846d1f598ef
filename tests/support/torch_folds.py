"""Configurations of `Unfold` and `Fold`."""

from __future__ import annotations

from random import Random

from torch_configurations import (
    NEGATIVE_PADDING,
    NO_DILATION,
    NO_STRIDE,
    Axis,
    Break,
    Configuration,
    Draw,
    broken_or_wild,
    configuration,
    draws,
    extent,
    more,
    put,
    window,
    written,
)


def windows(axis: Axis, letter: str) -> int:
    """Return how many windows an axis of size `axis[letter]` has; of stride 0, one."""
    cells = axis[letter] + 2 * axis["P"] - extent(axis)
    return cells // axis["S"] + 1 if axis["S"] else 1


FOLDS = {"kernel_size": "F", "dilation": "D", "padding": "P", "stride": "S"}


def _fold_axis(random: Random) -> Axis:
    axis = window(random)
    axis["W"] = max(1, extent(axis) - 2 * axis["P"]) + more(random)
    return axis


def _fold_breaks() -> tuple[Break, ...]:
    common = (put(F=(0, -1)), NO_STRIDE, NO_DILATION, NEGATIVE_PADDING)
    return (*common, put(F=2, D=1, P=1, W=0), put(S=1, P=0, F=4, W=lambda a: extent(a) - 1))


@draws("unfold")
def unfold(operator: str) -> Draw:
    def draw(random: Random) -> Configuration:
        axes = [_fold_axis(random) for _ in range(2)]
        broken_or_wild(random, axes, _fold_breaks(), ("F", "S", "D", "P", "W"), 0.24)
        return configuration("Unfold", axes, written(random, axes, **FOLDS))

    return draw


@draws("fold")
def fold(operator: str) -> Draw:
    def draw(random: Random) -> Configuration:
        axes = [_fold_axis(random) for _ in range(2)]
        hurt = broken_or_wild(random, axes, _fold_breaks(), ("F", "S", "D", "P", "W"), 0.24)
        length = max(0, windows(axes[0], "W") * windows(axes[1], "W"))
        channels = abs(axes[0]["F"] * axes[1]["F"]) * random.choice((1, 2))
        if not hurt and random.random() < 0.08:
            wrong = random.choice((-1, 1))
            length, channels = random.choice(
                ((length + wrong, channels), (length, channels + wrong))
            )
        named = written(random, axes, output_size="W", **FOLDS)
        return Configuration("Fold", named, (length,), max(1, channels))

    return draw
