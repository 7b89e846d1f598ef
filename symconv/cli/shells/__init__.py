"""The shells whose TAB key symconv knows: a script for each, and how candidates are told to it.

A script stands beside this file, under its shell's name. It calls `symconv completion` with the
line up to the cursor.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from symconv.cli.completing import Line
from symconv.cli.offers import Candidate

_SPECIAL = {"": r"([^\w@%+=:,./-])", '"': r"([\"$`\\])"}
"""What bash asks to be escaped, by the quotation mark that is open."""


def _bash(line: Line, own: Line, candidates: Sequence[Candidate]) -> Iterator[str]:
    """Yield words as bash inserts them: quoted, and without what it has cut off before a sign.

    Behind a single word bash closes the quotation. So one that goes on has a companion, unless all
    of it is written before the sign: then there is nothing to insert.
    """
    cut = len(line.begun) - len(own.begun)
    for text, _, goes_on in candidates:
        rest = text[cut:]
        if line.quote == "'":
            rest = rest.replace("'", r"'\''")
        else:
            rest = re.sub(_SPECIAL[line.quote], r"\\\1", rest)
        yield rest
        if rest and goes_on and len(candidates) == 1:
            yield f"{rest}…"


def _zsh(_: Line, own: Line, candidates: Sequence[Candidate]) -> Iterator[str]:  # noqa: ARG001
    """Yield words with their meanings, and before them whether they go on."""
    for text, says, goes_on in candidates:
        yield f"{int(goes_on)}\t{text}\t{says}"


def _fish(line: Line, own: Line, candidates: Sequence[Candidate]) -> Iterator[str]:  # noqa: ARG001
    """Yield words with their meanings; as for bash, one that goes on has a companion.

    In quotation marks fish has no other capital letters than those that are typed.
    """
    alike = [each for each in candidates if each.text.startswith(line.begun)]
    for text, says, goes_on in alike:
        yield f"{text}\t{says}"
        if goes_on and len(alike) == 1:
            yield f"{text}…\t{says}"


SHELLS: dict[str, Callable[[Line, Line, Sequence[Candidate]], Iterator[str]]] = {
    "bash": _bash,
    "zsh": _zsh,
    "fish": _fish,
}
"""How candidates are told to each shell, a line each, of a line and of its own last word."""


def script(shell: str) -> str:
    """Return what a shell has to read, so that its TAB key asks symconv."""
    return Path(__file__).with_name(f"symconv.{shell}").read_text(encoding="utf-8")
