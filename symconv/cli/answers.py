"""What the commands share: exit statuses, texts and numbers from the command line, answers."""

from __future__ import annotations

import argparse
import sys
from typing import Any

from symconv.errors import RequestError

YES, NO, WRONG, UNKNOWN, INTERRUPTED = 0, 1, 2, 3, 130


def answer(options: argparse.Namespace, found: Any, show: Any) -> None:
    """Print an answer, as JSON where that was asked for."""
    if options.json:
        print_json(found.to_dict())
    else:
        show(found)


def print_json(found: dict[str, Any]) -> None:
    """Print one JSON object."""
    import json

    print(json.dumps(found))


def read_text(given: str) -> str:
    """Return a text from the command line, or from standard input for `-`."""
    if given != "-":
        return given
    if sys.stdin is None or sys.stdin.closed:
        raise RequestError("layers on standard input", "a closed one", "Pass them as an argument.")
    return sys.stdin.read()


def integer(given: str, needed: str, example: str) -> int:
    """Return an integer from the command line."""
    text = given.strip()
    if not text.removeprefix("-").isdecimal() or len(text) > 400:
        raise RequestError(
            f"{needed} as an integer", repr(given[:60]), f"Write for instance {example}."
        )
    return int(text)


def seconds(given: str) -> float:
    """Return a time limit from the command line."""
    try:
        return float(given)
    except ValueError:
        raise RequestError(
            "--timeout as a number of seconds", repr(given[:60]), "Write --timeout 10."
        ) from None
