"""`symconv mirror`: a decoder that gives every size of a set back."""

from __future__ import annotations

import argparse

from symconv.cli.answers import (
    add_channels,
    add_layers,
    channels,
    check_emit,
    print_code,
    read_text,
    say,
    show,
    sizes,
    status_of,
)
from symconv.proving.clock import Clock


def add_options(parser: argparse.ArgumentParser) -> None:
    """Declare the command's options."""
    add_layers(parser, "the encoder's layers")
    which = parser.add_mutually_exclusive_group()
    which.add_argument(
        "--for", metavar="TEXT", dest="for_", help='for these sizes, such as "W %% 8 == 0"'
    )
    which.add_argument(
        "--input", metavar="SIZE", help="for one size: 224, or by axis 224,320 or 224x320"
    )
    add_channels(parser)
    parser.add_argument("--verify", action="store_true", help="run encoder and decoder in torch")
    parser.add_argument("--emit", metavar="torch", help="print the decoder as code")
    parser.set_defaults(run=run)


def run(options: argparse.Namespace, clock: Clock) -> int:
    """Answer, and return the exit status."""
    from symconv.mirroring.answers import mirror
    from symconv.report.terminal import working

    check_emit(options)
    given = None if options.input is None else sizes(options.input, "--input", "--input 224")
    with working("proving"):
        answer = mirror(
            read_text(options.layers),
            for_=options.for_,
            input=given,
            channels=channels(options.channels),
            verify=options.verify,
            timeout=clock,
        )
    if options.emit and answer.verdict == "proved":
        from symconv.emit.decoder_code import decoder_code

        print_code(options, answer, decoder_code(answer))
    else:
        show(options, answer, say)
    return status_of(answer)
