"""`symconv derive`: a derivation, step by step."""

from __future__ import annotations

import argparse

from symconv.book.deriving.rules import derivable
from symconv.cli.answers import (
    YES,
    add_forms,
    in_form,
    integer,
    numbers_of,
    placed,
    read_text,
    show,
)
from symconv.cli.parsing import Parser
from symconv.proving.clock import Clock


def add_options(parser: Parser) -> None:
    """Declare the command's options."""
    parser.lists = ("what can be derived by its name", derivable())
    parser.add_argument(
        "of",
        metavar="NAME|LAYERS",
        help="a name from the lists below; or layers as torch prints them; - reads them",
    )
    parser.add_argument("numbers", metavar="[W=6 ...]", nargs="*", help="numbers to put in")
    parser.add_argument("--output", metavar="O", help="derive which inputs give this output size")
    parser.add_argument("--axis", metavar="AXIS", help="which axis, from 1, where they differ")
    add_forms(parser)
    parser.set_defaults(run=run)


def run(options: argparse.Namespace, clock: Clock) -> int:  # noqa: ARG001
    """Answer, and return the exit status."""
    from symconv.book.derived import derive

    numbers = numbers_of(options.numbers)
    for name, given in (("output", options.output), ("axis", options.axis)):
        if given is not None:
            numbers[name] = integer(given, f"--{name}", f"--{name} 1")
    with placed(options.numbers):
        derivation = derive(read_text(options.of).strip(), **numbers)
    show(options, derivation, lambda shown: print(in_form(options, shown)))
    return YES
