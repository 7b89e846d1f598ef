"""What a recorder made of two numbers, made once."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, Protocol, TypeVar

from symconv.networks.sums import Amount


class Remembers(Protocol):
    """Who remembers.

    Attributes:
        uses: how often something was used that does not hold for all sizes.
        memory: what was made where nothing of that kind was.
    """

    uses: int
    memory: dict[Any, Any]


Made = TypeVar("Made")
Self = TypeVar("Self", bound=Remembers)


def remembered(
    method: Callable[[Self, Amount, Amount], Made],
) -> Callable[[Self, Amount, Amount], Made]:
    """Keep what a method makes of two numbers, unless it used that a size is positive.

    That may be so for the sizes that are followed now, and not for others.
    """

    @wraps(method)
    def recalled(self: Self, a: Amount, b: Amount) -> Made:
        key = (method, a, b)
        if key in self.memory:
            made: Made = self.memory[key]
            return made
        uses = self.uses
        made = method(self, a, b)
        if self.uses == uses:
            self.memory[key] = made
        return made

    return recalled
