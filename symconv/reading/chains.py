"""Layers as torch prints them, and chains of them, read into layers.

    Conv2d(3, 64, kernel_size=(7, 7), stride=(2, 2), padding=(3, 3), bias=False) -> ReLU()

A chain is layers joined by `->` or by line ends, or what torch prints for an `nn.Sequential`.
Positional arguments mean what they mean in torch. `?` is an unknown, `1..11` a range, `{1, 2, 4}`
a choice. `nn.` and `torch.nn.` before a name are passed over. `4 x Conv2d(...)` is four of them.

>>> chain("Conv2d(3, 8, 3, padding=same) -> MaxPool2d(2)").layers
(Conv2d(3, 8, kernel_size=3, padding='same'), MaxPool2d(kernel_size=2))
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, NamedTuple

from symconv.errors import RequestError, shown
from symconv.layers import ENDINGS, Layer
from symconv.reading.modules import is_module, layers_of
from symconv.reading.printouts import printed, remedy
from symconv.reading.repeats import Parts, Repeat, expanded


class Chain(NamedTuple):
    """Layers in order, and what the reader of an answer about them should know.

    Attributes:
        layers: the layers that work on sizes.
        notes: what the reader should know.
        ending: from `Flatten` on, those that work on features.
    """

    layers: tuple[Layer, ...]
    notes: tuple[str, ...] = ()
    ending: tuple[Layer, ...] = ()


def chain(given: Any, *, ends: bool = False) -> Chain:
    """Read layers from text or from a torch module, or take them as they are.

    Args:
        given: what somebody wrote.
        ends: whether the chain may end in `Flatten` and `Linear`.

    Raises:
        RequestError: the text is no chain, a layer is not known, or one of its parameters is wrong;
            or a layer is repeated in a number that is not settled.
    """
    if isinstance(given, Chain):
        return given
    found, unprinted = _read(given)
    for one in found:
        if isinstance(one, Repeat) and not one.settled:
            raise RequestError(
                "layers in a settled number",
                f"{shown(one)}",
                f"Write for instance {one.choices[-1]} x; `symconv solve` finds how many.",
                place=one.place(),
            )
    layers = expanded(found)[0]
    if not layers:
        raise RequestError(
            "at least one layer", "none", 'Write for instance "Conv2d(kernel_size=3)".'
        )
    ending = [place for place, one in enumerate(layers) if type(one).__name__ in ENDINGS]
    if ending and not ends:
        raise _not_spatial(layers[ending[0]])
    place = ending[0] if ending else len(layers)
    notes = dict.fromkeys(note for one in layers[:place] for note in one.notes())
    return Chain(layers[:place], tuple(dict.fromkeys((*unprinted, *notes))), layers[place:])


def parts(given: Any, *, ends: bool = False) -> tuple[Parts, tuple[str, ...]]:
    """Read layers whose numbers may be open, and what torch does not print of them.

    Args:
        given: what somebody wrote.
        ends: whether the chain may end in `Flatten` and `Linear`.

    Raises:
        RequestError: as `chain`, but for open numbers.

    >>> parts("2..4 x Conv2d(kernel_size=3) -> ReLU()")[0]
    (2..4 x Conv2d(kernel_size=3), ReLU())
    """
    layers, unprinted = _read(given)
    if not ends:
        check_spatial(layers)
    return layers, unprinted


def check_spatial(parts: Iterable[Layer | Repeat]) -> None:
    """Refuse layers that work on features instead of sizes.

    Raises:
        RequestError: there is one.
    """
    for part in parts:
        if type(part).__name__ in ENDINGS:
            raise _not_spatial(part)


def _read(given: Any) -> tuple[Parts, tuple[str, ...]]:
    """Read layers, and what torch does not print of them."""
    if isinstance(given, Chain):
        return (*given.layers, *given.ending), given.notes
    if isinstance(given, str):
        return printed(given)
    if is_module(given):
        return tuple(layers_of(given)), ()
    several = isinstance(given, Iterable) and not isinstance(given, (Layer, Repeat))
    layers: list[Layer | Repeat] = []
    for one in given if several else (given,):
        if is_module(one):
            layers += layers_of(one)
        elif isinstance(one, (Layer, Repeat)):
            layers.append(one)
        else:
            raise RequestError(
                "layers as text, as symconv's own, like symconv.Conv2d(kernel_size=3), or as "
                "torch's",
                f"{shown(one)} ({type(one).__name__})",
                'Write for instance "Conv2d(3, 8, 3) -> ReLU()".',
            )
    return tuple(layers), ()


def _not_spatial(layer: Any) -> RequestError:
    name = type(layer).__name__
    needed = "layers that work on spatial sizes"
    return RequestError(needed, f"`{name}`", remedy(name), place=layer.place())
