"""`symconv solve`: the settings that meet a request."""

from __future__ import annotations

import argparse
import sys
from typing import Any

from symconv.cli.answers import (
    INTERRUPTED,
    NO,
    UNKNOWN,
    YES,
    answer,
    integer,
    print_json,
    read_text,
    seconds,
)
from symconv.errors import RequestError


def add(commands: Any) -> argparse.ArgumentParser:
    """Declare the command and its options."""
    parser: argparse.ArgumentParser = commands.add_parser(
        "solve", help="every setting that multiplies, divides or keeps all sizes"
    )
    parser.add_argument(
        "layer", metavar="LAYER", help="unknowns are ?, ranges 1..11, choices {1, 2, 4}"
    )
    goal = parser.add_mutually_exclusive_group()
    goal.add_argument("--up", metavar="N", help="N times every size")
    goal.add_argument("--down", metavar="N", help="the N-th part of every multiple of N")
    goal.add_argument("--same", action="store_true", help="every size stays")
    parser.add_argument(
        "--where", metavar="TEXT", action="append", default=[], help='such as "kernel_size <= 8"'
    )
    amount = parser.add_mutually_exclusive_group()
    amount.add_argument("--limit", metavar="N", help="how many settings to list (20)")
    amount.add_argument("--all", action="store_true", help="list all settings, if finitely many")
    parser.add_argument("--verify", action="store_true", help="run the settings as torch layers")
    parser.add_argument("--emit", metavar="torch", help="print the settings as code")
    parser.add_argument("--timeout", metavar="SECONDS", help="the search's time limit (10)")
    parser.set_defaults(run=run)
    return parser


def run(options: argparse.Namespace) -> int:
    """Answer, and return the exit status."""
    from symconv.report import print_solution, working
    from symconv.solving import solve
    from symconv.solving.solver import INTERRUPTED as STOPPED
    from symconv.solving.solver import LIMIT, TIME_LIMIT, layer_of

    if options.emit not in (None, "torch"):
        raise RequestError("--emit torch", f"--emit {options.emit}", "Write --emit torch.")
    factors = {
        name: integer(value, f"--{name}", f"--{name} 2")
        for name in ("up", "down")
        if (value := getattr(options, name)) is not None
    }
    limit = LIMIT if options.limit is None else integer(options.limit, "--limit", "--limit 20")
    with working("searching"):
        found = solve(
            read_text(options.layer),
            up=factors.get("up"),
            down=factors.get("down"),
            same=options.same,
            where=options.where,
            limit=None if options.all else limit,
            verify=options.verify,
            timeout=TIME_LIMIT if options.timeout is None else seconds(options.timeout),
        )
    if options.emit and found.settings:
        from symconv.emit import torch_code

        layers = [layer_of(found.request.layer, setting) for setting in found.settings]
        code = torch_code(layers, str(found.request.goal))
        if options.json:
            print_json(found.to_dict() | {"code": code})
        else:
            print(code)
            if found.verified:
                print(f"{found.verified!r}, by {found.verified.by}", file=sys.stderr)
    else:
        answer(options, found, print_solution)
    if found.reason == STOPPED:
        return INTERRUPTED
    if options.all and found.verdict == "solved" and not found.exhausted:
        return UNKNOWN
    if found.verified and found.verified.failed:
        return NO
    return {"solved": YES, "infeasible": NO, "unknown": UNKNOWN}[found.verdict]
