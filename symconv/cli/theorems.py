"""`symconv theorems`: the theorems of the book, by chapter."""

from __future__ import annotations

import argparse

from symconv.cli.answers import YES, print_json
from symconv.proving.clock import Clock
from symconv.vocabulary import SCHEMA


def add_options(parser: argparse.ArgumentParser) -> None:
    """Declare the command's options."""
    parser.add_argument("--chapter", metavar="C", help="one chapter, by its number or its name")
    parser.set_defaults(run=run)


def run(options: argparse.Namespace, clock: Clock) -> int:  # noqa: ARG001
    """Answer, and return the exit status."""
    from symconv.book import theorems
    from symconv.statements.chapters import CHAPTERS

    wanted = {one.name for one in theorems(options.chapter)}
    chapters = [one for one in CHAPTERS if any(entry.name in wanted for entry in one.theorems)]
    if options.json:
        listed = [
            {
                "number": one.number,
                "name": one.name,
                "title": one.title,
                "theorems": [
                    {"name": entry.name, "says": entry.says, "expected": entry.expected}
                    for entry in one.theorems
                ],
            }
            for one in chapters
        ]
        print_json({"schema": SCHEMA, "chapters": listed})
        return YES
    for count, one in enumerate(chapters):
        print(*([] if count == 0 else ["\n"]), f"{one.number}  {one.title}", sep="")
        for entry in one.theorems:
            print(f"   {entry.name}: {entry.says}")
    return YES
