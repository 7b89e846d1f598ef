"""The channels along a chain: how many enter each layer, where nobody wrote them, too."""

from __future__ import annotations

from collections.abc import Iterator

from symconv.chains.through import Passage, through
from symconv.chains.unmet import unmet
from symconv.meanings.integers import PLAIN
from symconv.reading.chains import Chain

MOST_CHANNELS = 256
"""How many channels are tried where nobody says how many there are."""


def channels_along(read: Chain, axes: int, channels: int | None, assumed: bool) -> list[int | None]:
    """Return the channels that enter each layer, and those that leave the last.

    Args:
        read: the chain.
        axes: how many axes its input has.
        channels: the input's channels, if somebody wrote them.
        assumed: whether something is required of channels that nobody wrote; then they are the
            fewest for which it holds.
    """
    count = channels
    if count is None and assumed:
        tried = range(1, MOST_CHANNELS + 1)
        count = next((c for c in tried if all(map(_fits, _passages(read, axes, c)))), None)
    passages = list(_passages(read, axes, count))
    return [
        *(passage.channels for passage in passages),
        _leaving(passages[-1]) if passages else count,
    ]


def _passages(read: Chain, axes: int, count: int | None) -> Iterator[Passage]:
    """Yield the layers with the channels that they get, whatever the size."""
    for layer in read.layers:
        letters = {} if count is None else dict.fromkeys(("in_channels", "out_channels"), count)
        (passage,) = through([layer], (None,) * axes, PLAIN, count, letters=letters)
        yield passage
        axes, count = len(passage.axes), _leaving(passage)


def _leaving(passage: Passage) -> int | None:
    """Return how many channels leave a layer: one that names none is built to keep them."""
    return passage.channels_leaving or passage.channels


def _fits(passage: Passage) -> bool:
    return all(broken.requirement.about_sizes for broken in unmet(passage))
