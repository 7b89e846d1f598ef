"""`symconv solve`: the settings that meet a request."""

from __future__ import annotations

import argparse
import re
from typing import Any

from symconv.cli.answers import (
    INTERRUPTED,
    NO,
    UNKNOWN,
    YES,
    add_forms,
    check_emit,
    in_form,
    integer,
    one_or_each,
    print_answer,
    print_code,
    read_text,
    say,
    show,
    sizes,
    status_of,
)
from symconv.places import cut
from symconv.proving.clock import INTERRUPTED as STOPPED
from symconv.proving.clock import Clock
from symconv.reading.tokens import BRACKETS

_SIZE = ("a size", "7 or 7,9")
"""What a size is called in an error, and how it is written."""


def add_options(parser: argparse.ArgumentParser) -> None:
    """Declare the command's options."""
    parser.add_argument(
        "layers",
        metavar="LAYERS",
        help="unknowns are ?, ranges 1..11, choices {1, 2, 4}; a chain is joined by ->, and "
        "2..6 x Conv2d(...) leaves a number of layers open; - reads them",
    )
    goal = parser.add_mutually_exclusive_group()
    goal.add_argument("--up", metavar="N", help="N times every size")
    goal.add_argument("--down", metavar="N", help="the N-th part of every multiple of N")
    goal.add_argument(
        "--agree", action="store_true", help='two branches, "A | B", give the same sizes'
    )
    goal.add_argument("--same", action="store_true", help="every size stays")
    goal.add_argument(
        "--output",
        metavar="O",
        help='a size (7, or by axis 7,9), or a formula such as "W//2 + 1"; of layers without '
        'unknowns, and of one layer with some, also sizes: 1..4, "{7, 14}", "O %% 8 == 0"',
    )
    parser.add_argument("--input", metavar="W", help="the input size: 7, or by axis 7,9")
    parser.add_argument(
        "--for",
        dest="for_",
        metavar="TEXT",
        help='which inputs, such as "W %% 8 == 0", or by axis "even(W1)"',
    )
    parser.add_argument(
        "--where",
        metavar="TEXT",
        action="append",
        default=[],
        help='such as "kernel_size <= 8", "odd(kernel_size)", uniform_overlap, every_cell_read, '
        'centred; of a chain also "receptive_field >= 63"',
    )
    amount = parser.add_mutually_exclusive_group()
    amount.add_argument("--limit", metavar="N", help="how many settings to list (20)")
    amount.add_argument("--all", action="store_true", help="list all settings, if finitely many")
    amount.add_argument("--count", action="store_true", help="say how many settings there are")
    parser.add_argument(
        "--sort",
        metavar="NAMES",
        help="ordinary (as it is by default), or such as stride,kernel_size; parameters, extent; "
        "of a chain parameters or macs",
    )
    parser.add_argument("--verify", action="store_true", help="run settings as torch layers")
    parser.add_argument("--emit", metavar="torch", help="print the settings as code")
    add_forms(parser)
    parser.set_defaults(run=run)


def run(options: argparse.Namespace, clock: Clock) -> int:
    """Answer, and return the exit status."""
    from symconv.report.terminal import working
    from symconv.solving.solver import LIMIT, asked

    check_emit(options)
    limit = LIMIT if options.limit is None else integer(options.limit, "--limit", "--limit 20")
    with working("searching"):
        answer = asked(
            read_text(options.layers),
            goal=_goal(options),
            where=options.where,
            limit=None if options.all else 1 if options.count else limit,
            sort=options.sort,
            clock=clock,
            streams=True,
        )
        if options.verify:
            answer = answer.on_torch(clock)
    if options.count and not options.json:
        return _counted(answer, clock)
    if options.emit and answer.verdict == "solved":
        from symconv.emit.torch_code import code_of

        print_code(options, answer, code_of(answer))
    elif options.latex or options.markdown:
        show(options, answer, lambda shown: print(in_form(options, shown)))
    else:
        print_answer(options, answer)
    return _status(options, answer, clock)


def _goal(options: argparse.Namespace) -> dict[str, Any]:
    """Return what sizes should do, as it was written."""
    factors = {
        name: sizes(value, f"--{name}", f"--{name} 2")
        for name in ("up", "down")
        if (value := getattr(options, name)) is not None
    }
    return {
        "up": factors.get("up"),
        "down": factors.get("down"),
        "same": options.same,
        "input": None if options.input is None else sizes(options.input, *_SIZE),
        "output": None if options.output is None else _output(options.output),
        "for_": options.for_,
        "agree": options.agree,
    }


def _counted(answer: Any, clock: Clock) -> int:
    """Say how many settings there are, as far as that is told in time."""
    if answer.verdict == "unknown":
        say(f"unknown: {answer.reason}")
        return UNKNOWN
    if getattr(answer, "endless", None):
        print("infinitely many")
        return YES
    count = len(answer) if answer.exhausted else answer.counted(clock)
    if count is None:
        say("unknown: too many to count in time, or infinitely many")
        return UNKNOWN
    print(count)
    if answer.verified:
        print(answer.verified.told())
        return NO if answer.verified.failed else YES
    return YES if count else NO


def _status(options: argparse.Namespace, answer: Any, clock: Clock) -> int:
    if STOPPED in (clock.over, answer.reason):
        return INTERRUPTED
    if options.count and answer.count is None and not getattr(answer, "endless", None):
        return UNKNOWN
    if options.all and answer.verdict == "solved" and not answer.exhausted:
        return UNKNOWN
    return status_of(answer)


def _output(given: str) -> Any:
    """Read sizes, or formulas in W, one for each axis."""
    if re.fullmatch(r"\s*\d+([,x×]\s*\d+)*\s*", given):
        return sizes(given, *_SIZE)
    if any(given.count(opening) > given.count(closing) for opening, closing in BRACKETS.items()):
        return given  # whoever reads it says which bracket is missing
    return one_or_each([*cut(given, r",(?![^(]*\)|[^{]*\})")])
