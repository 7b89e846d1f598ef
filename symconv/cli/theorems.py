"""`symconv theorems`: the theorems of the book, by chapter."""

from __future__ import annotations

import argparse

from symconv.cli.answers import YES, print_json
from symconv.proving.clock import Clock
from symconv.vocabulary import SCHEMA


def add_options(parser: argparse.ArgumentParser) -> None:
    """Declare the command's options."""
    parser.add_argument(
        "--chapter", metavar="CHAPTER", help="one chapter, by its number or its name"
    )
    parser.set_defaults(run=run)


def run(options: argparse.Namespace, clock: Clock) -> int:  # noqa: ARG001
    """Answer, and return the exit status."""
    from symconv.book.asking import theorems
    from symconv.book.statements.chapters import CHAPTERS
    from symconv.report.terminal import print_names

    names = {theorem.name for theorem in theorems(options.chapter)}
    chapters = [
        chapter
        for chapter in CHAPTERS
        if any(theorem.name in names for theorem in chapter.theorems)
    ]
    if options.json:
        listed = [
            {
                "number": chapter.number,
                "name": chapter.name,
                "title": chapter.title,
                "theorems": [
                    {"name": theorem.name, "says": theorem.says, "expected": theorem.expected}
                    for theorem in chapter.theorems
                ],
            }
            for chapter in chapters
        ]
        print_json({"schema": SCHEMA, "chapters": listed})
        return YES
    for place, chapter in enumerate(chapters):
        if place:
            print()
        listing = ((theorem.name, theorem.says) for theorem in chapter.theorems)
        print_names(f"{chapter.number}  {chapter.title}", listing)
    return YES
