"""`symconv audit`: which sizes a chain takes, keeps and makes, with a proof."""

from __future__ import annotations

import argparse

from symconv.cli.answers import (
    NO,
    UNKNOWN,
    YES,
    add_channels,
    add_forms,
    add_layers,
    channels,
    in_form,
    read_text,
    show,
)
from symconv.proving.clock import Clock


def add_options(parser: argparse.ArgumentParser) -> None:
    """Declare the command's options."""
    add_layers(parser)
    parser.add_argument(
        "--input",
        metavar="SHAPE",
        default="W",
        help="W for all axes; or the shape, with letters where sizes are open: 1,3,H,W or 3,H,32",
    )
    add_channels(parser)
    parser.add_argument(
        "--verify", action="store_true", help="run sizes at the set's edges on torch"
    )
    parser.add_argument("--z3", action="store_true", help="ask Z3 for a second opinion")
    add_forms(parser)
    parser.set_defaults(run=run)


def run(options: argparse.Namespace, clock: Clock) -> int:
    """Answer, and return the exit status."""
    from symconv.networks import audit
    from symconv.report import working

    with working("proving"):
        audited = audit(
            read_text(options.layers),
            options.input,
            channels=channels(options.channels),
            verify=options.verify,
            z3=options.z3,
            timeout=clock,
        )
    show(options, audited, lambda answered: print(in_form(options, answered)))
    if audited.verdict == "unknown":
        return UNKNOWN
    disputed = audited.second is not None and audited.second.word == "refuted"
    failed = audited.verified is not None and audited.verified.failed
    return NO if failed or disputed or not all(axis.valid for axis in audited.axes) else YES
