"""Why a chain does not take a size, with numbers, and the nearest sizes that it takes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from symconv.chains.axes import separable
from symconv.chains.nearest import nearest
from symconv.chains.unmet import ADDRESSABLE, Broken
from symconv.meanings.integers import PLAIN
from symconv.meanings.notation import COMPARED, text, text_of_sides
from symconv.operators.letters import C
from symconv.reading.chains import Chain
from symconv.terms import substitute, variable
from symconv.vocabulary import torch_name


@dataclass(frozen=True)
class Refusal:
    """Why a layer does not take a size.

    Attributes:
        layer: its number in the chain, from 1.
        name: the layer.
        sentence: what it requires.
        law: the same as a formula, in torch's names, and with the numbers in it.
        numbers: what the names stand for here.
        nearest: the nearest input sizes of the whole chain that pass, below and above.
        axis: where the input's axes differ, the one that was varied to find them, from 1.
        tied: whether a layer ties the axes together, so that the others were left as they are.
        instead: what the layer should have had, where one number would do.
        searched: False where the search for them gave up before it was certain.
    """

    layer: int
    name: str
    sentence: str
    law: str
    numbers: Mapping[str, int]
    nearest: Mapping[str, int | None]
    searched: bool = True
    axis: int | None = None
    tied: bool = False
    instead: str = ""

    @property
    def remedy(self) -> str:
        """What the layer should have had, and which sizes pass instead."""
        return f"{self.instead} {self._sizes}".lstrip()

    @property
    def _sizes(self) -> str:
        passing = " and ".join(f"{size} ({where})" for where, size in self.nearest.items() if size)
        axis = f" on axis {self.axis}" if self.axis else ""
        axis += ", the others unchanged" if self.axis and self.tied else ""
        if passing:
            return f"The nearest sizes that pass{axis}: {passing}."
        if not self.searched:
            return f"No size that passes{axis} was found near it."
        return f"No other size{axis} passes."

    def __str__(self) -> str:
        """Tell the refusal in one line."""
        return f"layer {self.layer}, {self.name}: {self.sentence}: {self.law}. {self.remedy}"


def refusal(
    read: Chain,
    sizes: tuple[int, ...],
    channels: int | None,
    broken: Broken,
) -> Refusal:
    """Tell why, with numbers, and look for the nearest sizes that the whole chain takes.

    Args:
        read: the chain.
        sizes: the sizes that do not pass.
        channels: the input's channels.
        broken: what does not hold.
    """
    requirement, every = broken.requirement, (*read.layers, *read.ending)
    joined = broken.number > len(read.layers)  # behind Flatten every axis counts
    sized = joined or requirement is ADDRESSABLE or requirement.about_sizes
    every_axis = joined or requirement is ADDRESSABLE
    axes = range(len(sizes)) if every_axis else [broken.axis if broken.axis < len(sizes) else 0]
    below, above, certain = None, None, True
    for varied in axes:
        if not sized:  # no size makes up for it
            break
        below, above, certain = nearest(read, sizes, varied, channels)
        if below or above or len(set(sizes)) == 1:
            break
    called = dict.fromkeys("CW", "features") if joined else {}
    if requirement is ADDRESSABLE:
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
    if law.word in COMPARED:
        return text_of_sides(law, *(PLAIN.evaluate(side, values) for side in law.args))
    numbers = {variable(name): values[name] for name in broken.requirement.letters}
    return text(substitute(law, numbers))
