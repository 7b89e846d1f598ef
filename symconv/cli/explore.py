"""`symconv explore`: the page to play with, in a browser."""

from __future__ import annotations

import argparse
from pathlib import Path

from symconv.cli.answers import YES, check_ending, print_json, read_text, sizes, writing
from symconv.proving.clock import Clock
from symconv.vocabulary import SCHEMA


def add_options(parser: argparse.ArgumentParser) -> None:
    """Declare the command's options."""
    parser.add_argument(
        "layers",
        metavar="LAYERS",
        nargs="?",
        help="what the page begins with: layers as torch prints them; - reads them",
    )
    parser.add_argument(
        "size", metavar="SIZE", nargs="?", help="the input size: 32, or by axis 32,48 or 32x48"
    )
    parser.add_argument("--language", metavar="LANGUAGE", default="en", help="en or zh")
    parser.add_argument(
        "-o",
        "--output",
        metavar="FILE",
        help="write the page there, - for standard output, and open no browser",
    )
    parser.set_defaults(run=run)


def run(options: argparse.Namespace, clock: Clock) -> int:  # noqa: ARG001
    """Answer, and return the exit status."""
    from symconv.explorer.page import explore, opened

    if options.output is not None:
        check_ending(options.output, ".html", ".htm")
    layers = None if options.layers is None else read_text(options.layers)
    size = None if options.size is None else sizes(options.size, "a size", "32 or 32,48")
    page = explore(layers, size, language=options.language)
    if options.output == "-":
        if options.json:
            print_json({"schema": SCHEMA, "html": page.html})
        else:
            print(page.html)
        return YES
    shows = False
    if options.output is None:
        file = page.kept()
        shows = opened(file)
    else:
        file = Path(options.output)
        with writing(options.output):
            page.save(file)
    if options.json:
        print_json({"schema": SCHEMA, "file": str(file)})
    else:
        where = "in a browser" if shows else "open it in a browser"
        print(f"{file}: the page to play with; {where}")
    return YES
