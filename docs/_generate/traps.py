"""The traps of torch, read from `traps.md` beside this file, where they are written down."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import NamedTuple

from _generate.running import check_session

PAGE = Path(__file__).with_name("traps.md")
_TRAP = re.compile(
    r"^### (?P<line>[^\n|]+) \| (?P<zh>[^\n|]+)\n\n"
    r"(?P<says>[^\n]+)\n\n```pycon\n(?P<shown>.*?)```$",
    re.DOTALL | re.MULTILINE,
)


class Trap(NamedTuple):
    """A trap.

    Attributes:
        line: the same in a line, for the cheat sheet.
        zh: that line in Chinese.
        says: what happens that people do not expect.
        shown: lines of a Python session that show it.
        operators: on whose pages it stands.
    """

    line: str
    zh: str
    says: str
    shown: str
    operators: Sequence[str]


@cache
def traps() -> tuple[Trap, ...]:
    """Return every trap, in the order of the page."""
    _, *sections = re.split(r"^## ", PAGE.read_text(encoding="utf-8"), flags=re.MULTILINE)
    every_trap = []
    for section in sections:
        heading, _, below = section.partition("\n")
        operators = tuple(heading.split(", "))
        every_trap += [
            Trap(**match.groupdict(), operators=operators) for match in _TRAP.finditer(below)
        ]
    return tuple(every_trap)


@cache
def check(trap: Trap) -> None:
    """Run the lines of a trap on torch.

    Raises:
        DifferenceError: torch does something else.
    """
    check_session(trap.says, trap.shown)


def traps_of(operator: str) -> list[Trap]:
    """Return the traps of an operator, each one run."""
    found = [trap for trap in traps() if operator in trap.operators]
    for trap in found:
        check(trap)
    return found
