"""Settings run as real torch layers on several sizes."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from math import inf
from typing import Any

from symconv.layers import Layer
from symconv.witness import Witness, lacking

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
        left: how many settings were not run, for their size or for lack of time.
        lacking: the layers that torch does not have, where it can run nothing.
    """

    checked: int
    failures: tuple[tuple[Any, str], ...]
    by: str
    forward_calls: int
    left: int = 0
    lacking: tuple[str, ...] = ()

    @property
    def failed(self) -> int:
        """How many settings failed."""
        return len(self.failures)

    def __repr__(self) -> str:
        """Say how many agreed, and what the others did."""
        if self.lacking:
            return f"not run: torch has no such layer as {' and '.join(self.lacking)}"
        rest = f" ({self.left} not run: too large, or no time)" if self.left else ""
        lines = [f"{self.checked - self.failed} of {self.checked} agreed{rest}"]
        lines += [f"  {dict(setting)}: {said}" for setting, said in self.failures]
        return "\n".join(lines)

    def told(self, besides: str = "") -> str:
        """Say the same, by whom, and in how many calls."""
        if self.lacking:
            return repr(self)
        return f"{self!r}{besides}, by {self.by} in {self.forward_calls} forward calls"

    def to_dict(self) -> dict[str, Any]:
        """Return the verification as JSON has it."""
        return {
            "checked": self.checked,
            "failed": self.failed,
            "by": self.by,
            "forward_calls": self.forward_calls,
        } | {name: told for name, told in self._rest.items() if told}

    @property
    def _rest(self) -> dict[str, Any]:
        return {"left": self.left, "lacking": list(self.lacking)}


def verify(
    settings: Iterable[Mapping[str, int]],
    build: Callable[[Mapping[str, int]], Layer],
    pairs: Callable[[Mapping[str, int]], Iterable[tuple[int, int]]],
    seconds: float = inf,
) -> Verification:
    """Run settings as torch layers.

    Args:
        settings: what to try.
        build: makes the layer of a setting.
        pairs: gives the inputs to try for a setting, each with the output that it should have;
            none for a setting that is too large to run.
        seconds: how long to run layers, once torch is loaded; what is left is not checked.
    """
    witness, checked, left, failures = Witness(), 0, 0, []
    by, deadline = witness.name, time.monotonic() + seconds
    for setting in settings:
        if time.monotonic() > deadline or not any(True for _ in pairs(setting)):
            left += 1
            continue
        layer = build(setting)
        if names := lacking([layer]):
            return Verification(0, (), by, 0, lacking=names)
        checked += 1
        axes = layer.least_axes
        tries = list(pairs(setting))
        answers = witness.each(layer, [(size,) * axes for size, _ in tries])
        for (size, wanted), found in zip(tries, answers, strict=True):
            if found != (wanted,) * axes:
                failures.append((setting, f"{size} gives {found}, not {wanted}"))
                break
    return Verification(checked, tuple(failures), by, witness.forward_calls, left)
