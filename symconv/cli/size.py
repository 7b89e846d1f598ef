"""`symconv size`: the size after each layer."""

from __future__ import annotations

import argparse
from typing import Any

from symconv.cli.answers import (
    NO,
    YES,
    add_channels,
    add_layers,
    channels,
    print_json,
    read_text,
    show,
    sizes,
)
from symconv.errors import RequestError
from symconv.proving.clock import Clock


def add_options(parser: argparse.ArgumentParser) -> None:
    """Declare the command's options."""
    add_layers(parser)
    parser.add_argument(
        "size",
        metavar="SIZE",
        nargs="?",
        help="the input size: 224, or by axis 224,320 or 224x320; --receptive needs none",
    )
    parser.add_argument(
        "--receptive",
        action="store_true",
        help="the receptive field: from the first to the last input cell that an output cell "
        "reads, its jump, start and center",
    )
    add_channels(parser)
    parser.set_defaults(run=run)


def run(options: argparse.Namespace, clock: Clock) -> int:  # noqa: ARG001
    """Answer, and return the exit status."""
    from symconv.chains import size
    from symconv.report.terminal import print_sizes

    layers = read_text(options.layers)
    if options.size is None:
        if not options.receptive:
            raise RequestError(
                "a size", "none", 'Write for instance symconv size "Conv2d(3, 8, 3)" 224.'
            )
        show(options, _field(layers), print)
        return YES
    given = sizes(options.size, "a size", "224 or 224,320")
    sized = size(layers, given, channels=channels(options.channels))
    if not options.receptive:
        show(options, sized, print_sizes)
        return NO if sized.refused else YES
    field = _field((*sized.layers, *sized.ending), len(sized.rows[0]))
    if options.json:
        told = {name: value for name, value in field.to_dict().items() if name != "schema"}
        print_json(sized.to_dict() | {"receptive": told})
    else:
        print_sizes(sized)
        print(field)
    return NO if sized.refused else YES


def _field(layers: Any, axes: int | None = None) -> Any:
    from symconv.chains.receptive import receptive_field

    return receptive_field(layers, axes)
