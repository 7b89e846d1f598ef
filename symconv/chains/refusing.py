"""Refusals: which requirement of a layer does not hold, and which sizes would do instead."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from symconv.chains.axes import separable
from symconv.chains.nearest import acceptance, nearest
from symconv.chains.results import Refusal
from symconv.chains.through import Passage, Requirement, addressable, through
from symconv.meanings.integers import PLAIN
from symconv.meanings.notation import text
from symconv.operators.letters import C
from symconv.reading.chains import Chain
from symconv.terms import Term, both, substitute, variable
from symconv.vocabulary import torch_name


class Broken(NamedTuple):
    """A requirement that does not hold: where, and for which numbers."""

    number: int
    axis: int
    requirement: Requirement
    values: Mapping[str, int]


ALLOCATES = "a tensor of these sizes can be addressed in 64 bits"
_ADDRESSABLE = Requirement(ALLOCATES, ~both(), ())


def unmet(passage: Passage) -> Iterator[Broken]:
    """Yield the requirements of a layer that do not hold; last, that a machine can address it."""
    for axis, crossing in enumerate(passage.axes):
        for requirement in crossing.unmet():
            yield Broken(passage.number, axis, requirement, crossing.values)
    if not addressable(size for size in passage.leaving if size is not None):
        yield Broken(passage.number, 0, _ADDRESSABLE, {})


def misfits(read: Chain, axes: int, channels: int | None) -> Iterator[Broken]:
    """Yield the requirements on channels that do not hold: no size makes up for them."""
    for passage in through(read.layers, (None,) * axes, PLAIN, channels):
        yield from (broken for broken in unmet(passage) if broken.requirement.about_channels)


def refusal(
    read: Chain,
    sizes: tuple[int, ...],
    channels: int | None,
    broken: Broken,
    features: int | None = None,
    sized: bool = True,
) -> Refusal:
    """Tell why, with numbers, and look for the nearest sizes that the whole chain takes.

    Args:
        read: the chain.
        sizes: the sizes that do not pass.
        channels: the input's channels.
        broken: what does not hold.
        features: how many features the chain's end is made for, where it has one.
        sized: whether another size could make up for it.
    """
    varied = broken.axis if broken.axis < len(sizes) else 0
    below = above = None
    certain = True
    if sized:
        accepts = acceptance(read.layers, sizes, varied, channels, features)
        below, above, certain = nearest(accepts, sizes[varied])
    requirement, every = broken.requirement, (*read.layers, *read.ending)
    called = {"C": "features"} if broken.number > len(read.layers) else {}
    if requirement is _ADDRESSABLE:
        law = "their product is at most 2**61 - 1"
    else:
        law = f"{text(requirement.law, names='torch', words=called)}, here {_here(broken)}"
    return Refusal(
        broken.number,
        type(every[broken.number - 1]).__name__,
        requirement.sentence,
        law,
        {called.get(name, torch_name(name)): broken.values[name] for name in requirement.letters},
        {"below": below, "above": above},
        certain,
        None if len(set(sizes)) == 1 else varied + 1,
        not separable(read.layers, len(sizes)),
        _instead(broken),
    )


def _instead(broken: Broken) -> str:
    """Say what a layer should have had, where it names the channels that it is made for."""
    law = broken.requirement.law
    if law.word == "eq" and law.args[0] is C and law.args[1].word == "variable":
        return f"Write {torch_name(law.args[1].args[0])}={broken.values['C']}."
    return ""


def _here(broken: Broken) -> str:
    """Write a requirement with the numbers in it; of a comparison, what its sides come to."""
    law, values = broken.requirement.law, broken.values
    if law.word in ("le", "lt", "eq"):
        sides = (PLAIN.evaluate(side, values) for side in law.args)
        return text(Term(law.word, *sides))
    numbers = {variable(name): values[name] for name in broken.requirement.letters}
    return text(substitute(law, numbers))
