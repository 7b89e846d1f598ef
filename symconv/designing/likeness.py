"""Chains of like layers: which of their orders stands for all, and which people build first."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from symconv.layers import Layer, Unknown


def runs(chain: Sequence[Layer]) -> Iterator[range]:
    """Yield the places of layers with unknowns that stand in a row and are written alike."""
    for _, places in groupby(range(len(chain)), key=lambda place: repr(chain[place])):
        run = [*places]
        yield range(run[0], run[-1] + 1)


def whatever_order(chain: Sequence[Layer], design: Sequence[Layer]) -> tuple[tuple[str, ...], ...]:
    """Return what two designs of a chain have in common that differ in the order of like layers.

    >>> from symconv import Conv1d
    >>> chain, wide, narrow = [Conv1d(kernel_size="?")] * 2, Conv1d(5, 5, 5), Conv1d(5, 5, 3)
    >>> whatever_order(chain, [wide, narrow]) == whatever_order(chain, [narrow, wide])
    True
    """
    return tuple(tuple(sorted(repr(design[place]) for place in run)) for run in runs(chain))


def rising(chain: Sequence[Layer]) -> tuple[Layer, ...] | None:
    """Return a chain whose like layers have the dilations to choose from in turn, if it has such.

    So people stack dilated convolutions (van den Oord et al., "WaveNet", 2016): 1, 2, 4, 8.

    >>> from symconv import Conv1d
    >>> rising([Conv1d(kernel_size=2, dilation={1, 2})] * 2)
    (Conv1d(kernel_size=2), Conv1d(kernel_size=2, dilation=2))
    """
    layers = list(chain)
    for run in runs(chain):
        dilation = getattr(chain[run[0]], "dilation", None)
        choices = dilation.choices if isinstance(dilation, Unknown) else None
        if choices is not None and len(choices) == len(run) > 1:
            for place, number in zip(run, choices, strict=True):
                layers[place] = layers[place].changed(dilation=number)
    return None if layers == list(chain) else tuple(layers)
