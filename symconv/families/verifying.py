"""Settings run as real torch layers on several sizes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from symconv.layers import Layer
from symconv.witness import Witness

INPUTS = (1, 2, 3, 5, 8)
"""The sizes that a setting is tried on, before scaling."""


@dataclass(frozen=True)
class Verification:
    """What torch said of some settings.

    Attributes:
        checked: how many settings were run, each on several sizes.
        failures: the settings for which torch gave another size or refused, with what it said.
        by: which torch.
        forward_calls: how many modules were called.
    """

    checked: int
    failures: tuple[tuple[Mapping[str, int], str], ...]
    by: str
    forward_calls: int

    @property
    def failed(self) -> int:
        """How many settings failed."""
        return len(self.failures)

    def __repr__(self) -> str:
        """Say how many agreed, and what the others did."""
        lines = [f"{self.checked - self.failed} of {self.checked} agreed"]
        lines += [f"  {dict(setting)}: {said}" for setting, said in self.failures]
        return "\n".join(lines)

    def to_dict(self) -> dict[str, Any]:
        """Return the verification as JSON has it."""
        return {
            "checked": self.checked,
            "failed": self.failed,
            "by": self.by,
            "forward_calls": self.forward_calls,
        }


def verify(
    settings: Iterable[Mapping[str, int]],
    build: Callable[[Mapping[str, int]], Layer],
    pairs: Callable[[Mapping[str, int]], Iterable[tuple[int, int]]],
) -> Verification:
    """Run settings as torch layers.

    Args:
        settings: what to try.
        build: makes the layer of a setting.
        pairs: gives the inputs to try for a setting, each with the output that it should have.
    """
    witness, checked, failures = Witness(), 0, []
    for setting in settings:
        checked += 1
        layer = build(setting)
        for size, wanted in pairs(setting):
            axes = layer.least_axes
            found = witness.sizes(layer, (size,) * axes)
            if found != (wanted,) * axes:
                failures.append((setting, f"{size} gives {found}, not {wanted}"))
                break
    return Verification(checked, tuple(failures), witness.name, witness.forward_calls)
