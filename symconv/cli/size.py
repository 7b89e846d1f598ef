"""`symconv size`: the size after each layer."""

from __future__ import annotations

import argparse
import re
from typing import Any

from symconv.cli.answers import NO, YES, answer, integer, read_text


def add(commands: Any) -> argparse.ArgumentParser:
    """Declare the command and its options."""
    parser: argparse.ArgumentParser = commands.add_parser(
        "size", help="the size after each layer, or why a layer refuses"
    )
    parser.add_argument(
        "layers", metavar="LAYERS", help="layers as torch prints them; - reads them"
    )
    parser.add_argument(
        "size", metavar="SIZE", help="the input size: 224, or by axis 224,320 or 224x320"
    )
    parser.add_argument("--channels", metavar="C", help="the input's channels, if no layer says")
    parser.set_defaults(run=run)
    return parser


def run(options: argparse.Namespace) -> int:
    """Answer, and return the exit status."""
    from symconv.chains import size
    from symconv.report import print_sizes

    sizes = tuple(
        integer(one, "a size", "224 or 224,320") for one in re.split("[,x×]", options.size)
    )
    channels = options.channels and integer(options.channels, "--channels", "--channels 3")
    found = size(read_text(options.layers), sizes, channels=channels)
    answer(options, found, print_sizes)
    return NO if found.refused else YES
