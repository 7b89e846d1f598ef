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
    answer,
    check_emit,
    integer,
    one_or_each,
    print_code,
    read_text,
    seconds,
    sizes,
)

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
    goal.add_argument("--same", action="store_true", help="every size stays")
    goal.add_argument(
        "--output",
        metavar="O",
        help='a size (7, or by axis 7,9), or a formula such as "W//2 + 1"; of layers without '
        'unknowns also sizes: 1..4, "{7, 14}", ">= 1", "O %% 8 == 0"',
    )
    parser.add_argument("--input", metavar="W", help="the input size: 7, or by axis 7,9")
    parser.add_argument(
        "--for", dest="sizes", metavar="TEXT", help='which inputs, such as "W %% 8 == 0"'
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
    parser.add_argument("--timeout", metavar="SECONDS", help="the search's time limit (10)")
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Answer, and return the exit status."""
    from symconv.report import print_solution, working
    from symconv.solving import solve
    from symconv.solving.solver import LIMIT, TIME_LIMIT

    check_emit(options)
    factors = {
        name: sizes(value, f"--{name}", f"--{name} 2")
        for name in ("up", "down")
        if (value := getattr(options, name)) is not None
    }
    limit = LIMIT if options.limit is None else integer(options.limit, "--limit", "--limit 20")
    with working("searching"):
        found = solve(
            read_text(options.layers),
            up=factors.get("up"),
            down=factors.get("down"),
            same=options.same,
            input=None if options.input is None else sizes(options.input, *_SIZE),
            output=None if options.output is None else _output(options.output),
            sizes=options.sizes,
            where=options.where,
            limit=None if options.all else 1 if options.count else limit,
            sort=options.sort,
            verify=options.verify,
            count=options.count,
            timeout=TIME_LIMIT if options.timeout is None else seconds(options.timeout),
        )
    if hasattr(found, "shapes"):  # which inputs do it, of layers without unknowns
        counted = options.count and found.verdict == "solved" and not found.endless
        answer(options, found, lambda one: print(one.count if counted else f"{one!r}"))
        return _status(argparse.Namespace(count=False, all=False), found)
    if options.count and found.verdict == "solved" and not options.json:
        endless = getattr(found, "endless", None)
        print("infinitely many" if endless else _count(found))
    elif options.emit and found.verdict == "solved":
        from symconv.emit import code_of

        print_code(options, found, code_of(found))
    else:
        answer(options, found, print_solution)
    return _status(options, found)


def _status(options: argparse.Namespace, found: Any) -> int:
    from symconv.proving import INTERRUPTED as STOPPED

    if found.reason == STOPPED:
        return INTERRUPTED
    if options.count and found.count is None and not getattr(found, "endless", None):
        return UNKNOWN if found.verdict == "solved" else NO
    if options.all and found.verdict == "solved" and not found.exhausted:
        return UNKNOWN
    if found.verified and found.verified.failed:
        return NO
    return {"solved": YES, "infeasible": NO, "unknown": UNKNOWN}[found.verdict]


def _count(found: Any) -> str:
    if found.count is not None:
        return str(found.count)
    return "unknown: too many to count in time, or infinitely many"


def _output(given: str) -> Any:
    """Read sizes, or formulas in W, one for each axis."""
    if re.fullmatch(r"\s*\d+([,x×]\s*\d+)*\s*", given):
        return sizes(given, *_SIZE)
    return one_or_each([one.strip() for one in re.split(r",(?![^(]*\)|[^{]*\})", given)])
