"""`symconv draw`: a picture of a layer at one size."""

from __future__ import annotations

import argparse
import sys
from typing import Any

from symconv.cli.answers import NO, YES, check_ending, print_json, read_text, sizes, writing
from symconv.errors import RefusedSizeError
from symconv.proving.clock import Clock
from symconv.report.paint import labelled


def add_options(parser: argparse.ArgumentParser) -> None:
    """Declare the command's options."""
    parser.add_argument("layer", metavar="LAYER", help="a layer as torch prints it; - reads it")
    parser.add_argument("size", metavar="SIZE", help="the input size: 6, or by axis 6,8 or 6x8")
    parser.add_argument(
        "-o", "--output", metavar="FILE", default="-", help="the file to write; - for here"
    )
    parser.add_argument(
        "--view",
        metavar="VIEW",
        help="window; stretched or paint for a transposed convolution; matrix, transposed matrix",
    )
    parser.set_defaults(run=run)


def run(options: argparse.Namespace, clock: Clock) -> int:  # noqa: ARG001
    """Answer, and return the exit status."""
    from symconv.pictures.drawing import draw

    given = sizes(options.size, "a size", "6 or 6,8")
    check_ending(options.output, ".svg")
    layer = read_text(options.layer)
    try:
        picture = draw(layer, given, options.view)
    except RefusedSizeError:
        return _refused(layer, given, options)
    if options.output != "-":
        with writing(options.output):
            picture.save(options.output)
    if options.json:
        print_json(picture.to_dict())
    elif options.output == "-":
        sys.stdout.write(picture.svg)
    else:
        print(f"{options.output}: {picture!r}")
    return YES


def _refused(layer: str, given: Any, options: argparse.Namespace) -> int:
    """Say why the layer does not take the size, as `symconv size` does."""
    from symconv.chains import size

    sized = size(layer, given)
    if options.json:
        print_json(sized.to_dict())
    else:
        print(labelled(f"refused by {sized.refused}"), file=sys.stderr)
    return NO
