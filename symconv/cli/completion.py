"""`symconv completion`: what makes the TAB key of a shell know symconv."""

from __future__ import annotations

import argparse

from symconv.cli.answers import NO, YES, integer, print_json
from symconv.cli.completing import Line, candidates
from symconv.cli.shells import SHELLS, script
from symconv.errors import RequestError, in_words, nearest_name
from symconv.proving.clock import Clock
from symconv.vocabulary import SCHEMA


def add_options(parser: argparse.ArgumentParser) -> None:
    """Declare the command's options; what the scripts call it with is not told."""
    parser.description = "The script says in its first line where it belongs."
    parser.add_argument("shell", metavar="SHELL", help=in_words([*SHELLS], "or"))
    parser.add_argument("--line", help=argparse.SUPPRESS)
    parser.add_argument("--last", default="0", help=argparse.SUPPRESS)
    parser.set_defaults(run=run)


def run(options: argparse.Namespace, clock: Clock) -> int:  # noqa: ARG001
    """Print a shell's script; or what may stand at the end of a line, or that it may be a file."""
    if options.shell not in SHELLS:
        write = nearest_name(options.shell, SHELLS)
        raise RequestError("a shell", f"`{options.shell[:60]}`", write)
    if options.line is None:
        text = script(options.shell)
        if options.json:
            print_json({"schema": SCHEMA, "shell": options.shell, "script": text})
        else:
            print(text, end="")
        return YES
    line = Line.of(options.line)
    offered = candidates(line)
    if options.json:
        listing = [candidate._asdict() for candidate in offered or ()]
        print_json({"schema": SCHEMA, "candidates": listing, "file": offered is None})
    else:
        last = integer(options.last, "--last", "--last=3")
        own = Line.of(line.quote + options.line[len(options.line) - last :])
        for candidate in SHELLS[options.shell](line, own, offered or ()):
            print(candidate)
    return NO if offered is None else YES
