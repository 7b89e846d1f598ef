"""A chain as the search sees it: for each layer its laws, and what is to be found of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from symconv.chains.axes import check_axes
from symconv.chains.receptive import seen
from symconv.chains.through import Crossing, through
from symconv.errors import RequestError
from symconv.layers import Layer, Row, Unknown
from symconv.layers.filling import cannot_be_searched
from symconv.layers.values import is_formula
from symconv.meanings.identity import TERMS
from symconv.meanings.integers import PLAIN
from symconv.operators import Operator
from symconv.operators.letters import W
from symconv.operators.reading import Windows
from symconv.questions.conflicts import Sentence
from symconv.questions.words import Sizes, in_letters
from symconv.terms import Term, variable, variables

Setting = Mapping[str, int]
GREATEST_COMMON = 64
"""Up to this number, stride and dilation are checked for common factors."""


class Law(NamedTuple):
    """What a layer does on one axis, in `W1`, `W2`, … and the letters that are to be found.

    Attributes:
        row: the operator and what stands for its letters.
        size: the output size.
        requires: what the layer and the constraints require, by their sentences.
        seen: how many cells `r` cells of the output see, where that is one number.
    """

    row: Row
    size: Term
    requires: Mapping[str, Term]
    seen: Term | None

    @property
    def kernel(self) -> Windows | None:
        """The operator's windows; a stride that follows the kernel, as a pool's, is the kernel."""
        kernel = self.row.operator.kernel
        if kernel is None or self.row.term(kernel.step) != self.row.term(kernel.taps):
            return kernel
        return kernel.changed(step=kernel.taps)


@dataclass(frozen=True)
class Step:
    """One layer of the chain: what it does on each axis, what is to be found, its channels."""

    number: int
    layer: Layer
    laws: tuple[Law, ...]
    unknowns: Mapping[str, Unknown]
    channels: int | None

    def __str__(self) -> str:
        """Name the layer in a sentence."""
        return f"layer {self.number}, {type(self.layer).__name__}"


def steps(
    layers: Sequence[Layer], axes: int, where: Iterable[Sentence], channels: int | None
) -> tuple[Step, ...]:
    """Return the layers as the search sees them.

    Args:
        layers: layers with unknowns.
        axes: how many axes the input has.
        where: constraints in the letters of a layer; each holds for every layer that has all of
            its letters, one of them written or to be found.
        channels: the input's channels, if they are known.

    Raises:
        RequestError: a layer changes the number of axes, refuses every input, or has an unknown
            that no size depends on; or a constraint speaks of no layer.
    """
    check_axes(layers, axes)
    asked = tuple(dict.fromkeys(where))
    chain = tuple(
        Step(
            passage.number,
            passage.layer,
            *_known(
                passage.layer,
                (*passage.layer.written, *(crossing.row.operator for crossing in passage.axes)),
                asked,
                passage.channels,
            ),
            passage.channels,
        )
        for passage in through(layers, (None,) * axes, PLAIN, channels)
    )
    for sentence in asked:
        if not any(sentence.says in law.requires for step in chain for law in step.laws):
            raise RequestError(
                "constraints on parameters that some layer has, written or to be found",
                sentence.says,
                "Write them in torch's names, like kernel_size <= 5.",
                place=sentence.place,
            )
    return chain


@lru_cache(maxsize=256)
def _known(
    layer: Layer,
    apart: tuple[Operator | str, ...],  # what else tells layers apart that are equal
    where: tuple[Sentence, ...],
    channels: int | None,
) -> tuple[tuple[Law, ...], Mapping[str, Unknown]]:
    """Return what is known of one layer with these laws, which several places may share."""
    operators = sum(isinstance(one, Operator) for one in apart)
    axes = layer.input_axes or operators
    if operators != axes:
        raise RequestError(
            f"layers that keep the number of axes, here {axes}",
            repr(layer),
            "Design the layers before it and after it by themselves.",
            place=layer.place(),
        )
    unknowns = _unknowns(layer, layer.rows(axes))
    sizes = [variable(f"W{axis}") for axis in range(1, axes + 1)]
    open_letters = {name: variable(name) for name in ("O", *layer.unknowns())}
    (passage,) = through((layer,), sizes, TERMS, channels, letters=open_letters)
    laws = []
    for row, crossing in zip(layer.rows(axes), passage.axes, strict=True):
        requires = _required(layer, crossing)
        for sentence in where:
            if (said := _said(sentence.term, layer, row)) is not None:
                stated = row.term(said)
                says = sentence.says  # another sentence may say the same of other letters
                requires[says] = requires[says] & stated if says in requires else stated
        laws.append(Law(row, crossing.size, requires, seen(row)))
    return tuple(laws), unknowns


def _said(constraint: Term, layer: Layer, row: Row) -> Term | None:
    """Return a constraint in a layer's letters, if it has all, one of them not by default."""
    operator = row.operator
    said = in_letters(constraint, operator, Sizes(W, operator.size, True, GREATEST_COMMON))
    if said is None or not set(variables(said)) <= {*row.values, "W"}:
        return None
    chosen = (
        not isinstance(row.values[letter], int) or layer.parameter_of(letter) in layer.written
        for letter in variables(said)
        if letter != "W"
    )
    return said if any(chosen) else None


def _required(layer: Layer, crossing: Crossing) -> dict[str, Term]:
    """Return what a layer requires; what needs channels that nobody wrote is left out."""
    requires = {}
    for requirement, law in crossing.required():
        if variables(law):
            requires[requirement.sentence] = law
        elif not PLAIN.evaluate(law, {}):
            raise RequestError(
                requirement.sentence,
                repr(layer),
                "No size makes up for it: change the layer.",
                place=layer.place(),
            )
    return requires


def follows_kernel(layer: Layer) -> bool:
    """Whether a pool's stride is what its kernel is, as when it is not written."""
    return layer.follows("stride") is not None


def _unknowns(layer: Layer, rows: Iterable[Row]) -> dict[str, Unknown]:
    """Return what is to be found, and refuse what is no number that a size depends on."""
    sizes = {name for row in rows for name in variables(row.term(row.operator.size))}
    found = {}
    for letter, unknown in layer.unknowns().items():
        if letter not in sizes and not (letter[0] == "S" and follows_kernel(layer)):
            raise cannot_be_searched(layer, letter)
        if letter in sizes:
            found[letter] = unknown
    for name in layer.parameters:
        if is_formula(getattr(layer, name)):
            raise RequestError("numbers and unknowns", repr(layer), "Mark what to find with ?.")
    return found


def settled(layer: Layer, setting: Setting) -> Layer:
    """Return a layer with the numbers of a setting in it; a stride that follows goes on so.

    >>> from symconv import MaxPool2d
    >>> settled(MaxPool2d(kernel_size="?", padding=(0, "?")), {"F": 3, "P2": 1})
    MaxPool2d(kernel_size=3, padding=(0, 1))
    """
    changes = layer.numbered(setting)
    if "kernel_size" in changes and follows_kernel(layer):
        changes["stride"] = None
    return layer.changed(**changes) if changes else layer
