"""Settings of a solution run as real torch layers, sampled across all of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from math import prod

from symconv.families import Verification, witnessed
from symconv.layers import LAYERS, Layer
from symconv.layers.values import entries
from symconv.proving.interrupt import noted
from symconv.solving.result import Found, Solution
from symconv.solving.sentences import CHANNELS
from symconv.witness import Witness

Try = tuple[tuple[int, ...], tuple[int, ...]]
"""An input and the output that it should have, an axis each."""
MOST_CELLS_RUN = 10**6
"""What has more output cells than this is run on one axis only, or not at all."""
MOST_RUN = 200
"""How many settings are run at most: the first ones, and others spread over the rest."""


def sampled(settings: Sequence[Found], most: int = MOST_RUN) -> list[Found]:
    """Return settings from everywhere in a list: half from its start, half spread over the rest.

    >>> sampled(range(100), 6)
    [0, 1, 2, 35, 67, 99]
    """
    if len(settings) <= most:
        return list(settings)
    head, rest = most // 2, most - most // 2
    last = len(settings) - 1
    spread = [head + (last - head) * (place + 1) // rest for place in range(rest)]
    return [settings[place] for place in (*range(head), *spread)]


def verified(
    found: Solution, seconds: float, others: Sequence[Found] = ()
) -> tuple[Verification, bool]:
    """Run settings with a single channel: sizes do not depend on channels.

    Args:
        found: the solution, whose listed settings are run.
        seconds: how long to run layers, once torch is loaded.
        others: settings beyond those that are listed, which are run as well.

    Returns:
        What torch said, and whether Ctrl-C cut it short.
    """
    tries, stopped = _tries(found), False

    def judge(witness: Witness, one: Found) -> str | None:
        """Run the layers on all inputs, one layer after the other."""
        nonlocal stopped
        layers, runs = _runnable(tuple(map(_small, found.layers(one))), tries)
        stopped = stopped or noted()
        if stopped or not runs:
            return None
        answers: Sequence[tuple[int, ...] | str] = [given for given, _ in runs]
        for layer in layers:
            answers = _run(witness, layer, answers)
        for (given, wanted), said in zip(runs, answers, strict=True):
            if said != wanted:
                sizes = given[0] if len(set(given)) == 1 else given
                return f"{sizes} gives {said}, not {wanted}"
        return ""

    cases = ((found.named(one), one) for one in (*sampled(found.settings), *others))
    return witnessed(cases, judge, found.request.chain, seconds), stopped


def _run(
    witness: Witness, layer: Layer, inputs: Sequence[tuple[int, ...] | str]
) -> list[tuple[int, ...] | str]:
    """Run a layer on what the one before it gave; what was refused stays refused."""
    given = [one for one in inputs if not isinstance(one, str)]
    answers = iter(witness.each(layer, given))
    return [one if isinstance(one, str) else next(answers) for one in inputs]


def _small(layer: Layer) -> Layer:
    """Return a layer with one channel."""
    if not hasattr(layer, "in_channels"):
        return layer
    return replace(layer, **dict.fromkeys(CHANNELS, 1))


def _runnable(layers: tuple[Layer, ...], tries: list[Try]) -> tuple[tuple[Layer, ...], list[Try]]:
    """Return the tries that are small enough; of a layer that is alike on all axes, on one axis."""
    if len(layers) > 1:
        return layers, [one for one in tries if _cells(one, ()) <= MOST_CELLS_RUN]
    (layer,) = layers
    taps = entries(getattr(layer, "kernel_size", 1), layer.least_axes)
    fits = [one for one in tries if _cells(one, taps) <= MOST_CELLS_RUN]
    name = f"{type(layer).__name__[:-2]}1d"
    tuples = any(isinstance(getattr(layer, name), tuple) for name in layer.parameters)
    if fits or tuples or name not in LAYERS or layer.least_axes == 1:
        return layers, fits
    shared = LAYERS[name].parameters.keys() & layer.parameters
    given = {one: getattr(layer, one) for one in shared}
    flat = [(sizes[:1], wanted[:1]) for sizes, wanted in tries]
    fits = [one for one in flat if _cells(one, taps[:1]) <= MOST_CELLS_RUN]
    return (LAYERS[name](**given),), fits


def _cells(one: Try, taps: tuple[int, ...]) -> int:
    return max(map(prod, (*one, taps)))


def _tries(found: Solution) -> list[Try]:
    """Return inputs to try, an axis each, with the outputs that they should have."""
    layer = found.request.layer
    axes, outputs = layer.least_axes, len(layer.rows(layer.least_axes))
    goals = [one.request.goal for one in found.axes or (found,)]
    each = [[(size, goal.gives(size)) for size in goal.tried()] for goal in goals]
    tries = []
    for pairs in zip(*each, strict=False):
        given, wanted = zip(*pairs, strict=True)
        tries.append((given * (axes // len(given)), wanted * (outputs // len(wanted))))
    return tries
