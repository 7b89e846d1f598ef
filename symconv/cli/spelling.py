"""Options in what an error says: an argument as Python spells it becomes the prompt's option.

A message is written once, with arguments as Python has them: `input=7`, `view='window'`. At the
prompt it says `--input 7`, `--view window`. An option and its argument have one name.
"""

from __future__ import annotations

import argparse
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from keyword import iskeyword

from symconv.errors import SymconvError
from symconv.places import Excerpt

_VALUE = r"""'[^']*'|"[^"]*"|\([^()]*\)|-?\w+(?:\.\d+)?"""
_BESIDE = re.compile(r'(--[a-z-]+ (?:"[^"]*"|\S+)), (?=--)')
"""Two arguments, as Python lists them; options stand beside each other without a comma."""
_UNQUOTED = re.compile(r"[\w,.-]+", re.ASCII)
"""A value that a shell takes without quotes around it."""

Options = Mapping[str, argparse.Action]


def options_of(actions: list[argparse.Action]) -> dict[str, argparse.Action]:
    """Return the options among what a command takes, by the names of the arguments in Python."""
    named = {
        _long(action).lstrip("-").replace("-", "_"): action
        for action in actions
        if action.option_strings
    }
    return {f"{name}_" if iskeyword(name) else name: action for name, action in named.items()}


def at_the_prompt(text: str, options: Options) -> str:
    """Return what an error says with options for the arguments that it names.

    >>> parser = argparse.ArgumentParser()
    >>> _ = parser.add_argument("--input"), parser.add_argument("--for", dest="for_")
    >>> _ = parser.add_argument("--same", action="store_true")
    >>> for text in ("Write input=(7, 9).", "either for_= or same=True", "input as a size"):
    ...     at_the_prompt(text, options_of(parser._actions))
    'Write --input 7,9.'
    'either --for or --same'
    '--input as a size'
    """

    def spelled(named: re.Match[str]) -> str:
        action, value = options[named["name"]], named["value"]
        valued = value is not None and action.nargs != 0
        return f"{_long(action)} {_typed(value)}" if valued else _long(action)

    names = "|".join(options)
    written = rf"(?<![\w-])(?P<name>{names})=(?!=)(?P<value>{_VALUE})?"
    text = re.sub(rf"\A({names})(?= as )", r"\1=", text)
    return _BESIDE.sub(r"\1 ", re.sub(written, spelled, text))


def _long(action: argparse.Action) -> str:
    return max(action.option_strings, key=len)


def _typed(value: str) -> str:
    """Return a value of Python's as it is typed: `7,9` for `(7, 9)`, `paint` for `'paint'`."""
    if value.startswith("("):
        return value[1:-1].replace(" ", "")
    bare = value[1:-1] if value[0] in "'\"" else value
    return bare if _UNQUOTED.fullmatch(bare) else f'"{bare}"'


@contextmanager
def spelled(options: argparse.Namespace, actions: list[argparse.Action]) -> Iterator[None]:
    """Let an error speak of options, and show the value of the one that it is about."""
    try:
        yield
    except SymconvError as error:
        known = options_of(actions)
        error.needed, error.arrived, error.write = (
            at_the_prompt(beat, known) for beat in (error.needed, error.arrived, error.write)
        )
        given = getattr(options, str(error.about), None)
        if isinstance(given, str) and given.strip() not in ("", "-"):
            error.stands(Excerpt(given, 0, len(given)).place)
        raise
