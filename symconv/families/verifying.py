"""Settings run as real torch layers on several sizes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from symconv.layers import Layer
from symconv.proving.clock import Clock, paused, stopped
from symconv.witness import Witness, lacking


@dataclass(frozen=True)
class Verification:
    """What torch said of some settings.

    Attributes:
        checked: how many settings were run, each on several sizes.
        failures: the settings for which torch gave another size or refused, by the names of their
            numbers, with what it said.
        by: which torch.
        forward_calls: how many modules were called.
        left: how many settings were not run, for their size or for lack of time.
        why: why torch ran no more, where the time was up or Ctrl-C came.
        lacking: the layers that torch does not have, where it can run nothing.
    """

    checked: int
    failures: tuple[tuple[Mapping[str, Any], str], ...]
    by: str
    forward_calls: int
    left: int = 0
    why: str = ""
    lacking: tuple[str, ...] = ()

    @property
    def failed(self) -> int:
        """How many settings failed."""
        return len(self.failures)

    def __repr__(self) -> str:
        """Say how many agreed, and what the others did."""
        if self.lacking:
            return f"not run: torch has no such layer as {' and '.join(self.lacking)}"
        number = f"{self.left}" if self.left else "others"
        reasons = [*(["too large"] if self.left else []), *([self.why] if self.why else [])]
        rest = f" ({number} not run: {', or '.join(reasons)})" if reasons else ""
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
        return {"left": self.left, "reason": self.why, "lacking": list(self.lacking)}


def witnessed(
    cases: Iterable[tuple[Mapping[str, Any], Any]],
    judge: Callable[[Witness, Any], str | None],
    layers: Iterable[Layer],
    clock: Clock,
    batch: int = 1,
) -> Verification:
    """Have torch run one case after the other.

    Args:
        cases: what to run, each with what tells it from the others.
        judge: runs a case, and returns what torch says against it: nothing (`""`) where it agrees,
            `None` where the case is too large to run.
        layers: all layers that are run.
        clock: how long to run them; what is left is counted, and not run.
        batch: the batch size of the inputs.

    Raises:
        RequestError: torch is not installed.
    """
    witness, by, checked, left, failures, why = Witness(batch), "torch", 0, 0, [], ""
    try:
        with paused():
            by = witness.name  # torch is loaded
        if names := lacking(layers):
            return Verification(0, (), by, 0, lacking=names)
        for setting, case in cases:
            said = None if clock.over else judge(witness, case)
            checked, left = (checked, left + 1) if said is None else (checked + 1, left)
            if said:
                failures.append((setting, said))
    except BaseException as error:  # what torch said until then is not lost
        if not (why := stopped(error)):
            raise
    calls, why = witness.forward_calls, why or (clock.over if left else "")
    return Verification(checked, tuple(failures), by, calls, left, why)
