"""`symconv derive`: a derivation, step by step."""

from __future__ import annotations

import argparse
from typing import Any

from symconv.cli.answers import YES, answer, integer


def add(commands: Any) -> argparse.ArgumentParser:
    """Declare the command and its options."""
    parser: argparse.ArgumentParser = commands.add_parser(
        "derive", help="a size law or an identity, derived step by step"
    )
    parser.add_argument(
        "name", metavar="OPERATOR", help="conv, conv_transpose, upsampling or downsampling"
    )
    parser.add_argument("numbers", metavar="W=6", nargs="*", help="numbers to put in")
    form = parser.add_mutually_exclusive_group()
    form.add_argument("--latex", action="store_true", help="print LaTeX")
    form.add_argument("--markdown", action="store_true", help="print Markdown")
    parser.set_defaults(run=run)
    return parser


def run(options: argparse.Namespace) -> int:
    """Answer, and return the exit status."""
    from symconv.deriving import derive

    numbers = {}
    for one in options.numbers:
        name, _, value = one.partition("=")
        numbers[name] = integer(value, f"a number for {name}", "W=6")
    found = derive(options.name, **numbers)
    shown = (
        found.latex() if options.latex else found.markdown() if options.markdown else repr(found)
    )
    answer(options, found, lambda _: print(shown))
    return YES
