"""The user's numbers: which letters a derivation takes them for, and what follows from them."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from symconv.book.deriving.steps import Draft
from symconv.errors import RequestError, nearest_name, shown
from symconv.layers.values import GREATEST_PARAMETER
from symconv.meanings.integers import PLAIN
from symconv.operators import Operator
from symconv.terms import variables
from symconv.vocabulary import DEFAULTS, LETTERS, VOCABULARY


def signed(operator: Operator) -> set[str]:
    """Return which paddings may be negative: those that no requirement keeps from it."""
    return {"P", "lo", "hi"} - set(variables(*operator.ranges.values()))


def checked(
    name: str, given: Mapping[str, Any], letters: Collection[str], negative: Collection[str] = ()
) -> dict[str, int]:
    """Check the user's numbers, and return them by their letters.

    Args:
        name: what is derived, for the message.
        given: the numbers, by letter or by torch's name.
        letters: the letters that can be given numbers.
        negative: those of them that may be negative.

    Raises:
        RequestError: a name is not among the letters, or a value is no such number.

    >>> checked("conv", {"input": 6, "F": 3}, "WFSP")
    {'W': 6, 'F': 3}
    """
    read = dict[str, int]()
    for key, value in given.items():
        letter = LETTERS.get(key, key)
        if letter not in letters:
            known = [VOCABULARY[one].torch if one in VOCABULARY else one for one in letters]
            raise RequestError(
                f"letters of {name}: {', '.join(letters) or 'none'}",
                f"`{key}`",
                _instead(letter, key, known),
                about=f"{key}=",
            )
        if letter in read:
            raise RequestError(
                f"one number for {letter}",
                f"{read[letter]} and {shown(value)}",
                "Leave one out.",
                about=f"{key}=",
            )
        truth = type(value) is bool
        whole = letter == "ceil_mode" if truth else hasattr(value, "__index__")
        number = int(value) if whole else value
        word = VOCABULARY.get(letter)
        least = -GREATEST_PARAMETER if letter in negative else (word and word.least) or 0
        if type(number) is not int or not least <= number <= GREATEST_PARAMETER:
            raise RequestError(
                f"{letter} as an integer from {least} to {GREATEST_PARAMETER}",
                f"{shown(value)} ({type(value).__name__})",
                f"Write {key}=3.",
                about=key,
            )
        read[letter] = number
    return read


def _instead(letter: str, key: str, known: Collection[str]) -> str:
    """Say what to write instead of a name that is no letter of a derivation."""
    if letter == "O":
        return "Ask layers which inputs give an output: `Conv1d(kernel_size=3)` with output=7."
    return nearest_name(key, known) if known else "Leave it out."


def with_defaults(given: dict[str, int], letters: Collection[str]) -> dict[str, int]:
    """Add torch's defaults where all else is given that a size law needs."""
    if set(letters) & set(VOCABULARY) - {*DEFAULTS, "C"} <= set(given):
        left = [letter for letter in letters if letter in DEFAULTS and letter not in given]
        return given | {letter: DEFAULTS[letter] for letter in left}
    return given


def say_output(draft: Draft, operator: Operator) -> None:
    """Say which output follows from the user's numbers, or which requirement they break."""
    if not set(variables(operator.size)) <= set(draft.numbers):
        return
    for sentence, law in operator.requires.items():
        if not draft.may_hold(law):
            draft.facts = {"output": f"none, since this does not hold: {sentence}"}
            return
    draft.facts = {"output": PLAIN.evaluate(operator.size, draft.numbers)} | draft.facts
