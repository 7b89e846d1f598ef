"""`symconv derive`: a derivation, step by step."""

from __future__ import annotations

import argparse

from symconv.cli.answers import YES, answer, integer, read_text


def add_options(parser: argparse.ArgumentParser) -> None:
    """Declare the command's options."""
    parser.add_argument(
        "of",
        metavar="NAME|LAYERS",
        help="a law such as conv, max_pool or upsampling; or layers as torch prints them; "
        "- reads them",
    )
    parser.add_argument("numbers", metavar="[W=6 ...]", nargs="*", help="numbers to put in")
    parser.add_argument("--output", metavar="O", help="derive which inputs give this output size")
    parser.add_argument("--axis", metavar="AXIS", help="which axis, from 0, where they differ")
    form = parser.add_mutually_exclusive_group()
    form.add_argument("--latex", action="store_true", help="print LaTeX")
    form.add_argument("--markdown", action="store_true", help="print Markdown")
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Answer, and return the exit status."""
    from symconv.deriving import derive

    numbers = {}
    for one in options.numbers:
        name, _, value = one.partition("=")
        numbers[name] = integer(value, f"a number for {name}", "W=6")
    for name, given in (("output", options.output), ("axis", options.axis)):
        if given is not None:
            numbers[name] = integer(given, f"--{name}", f"--{name} 1")
    found = derive(read_text(options.of).strip(), **numbers)
    shown = (
        found.latex() if options.latex else found.markdown() if options.markdown else repr(found)
    )
    answer(options, found, lambda _: print(shown))
    return YES
