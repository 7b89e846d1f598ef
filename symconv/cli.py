"""The command line: `symconv size`, `symconv derive`, `symconv solve`.

Answers go to standard output, messages to standard error. Exit status: 0 answered, and yes where
there is a yes; 1 no, with the reason; 2 the request is wrong; 3 unknown. What a command needs
is imported when it runs.
"""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Sequence
from typing import Any, NoReturn

from symconv import __version__
from symconv.errors import RequestError, SymconvError, UndecidedError

YES, NO, WRONG, UNKNOWN, INTERRUPTED = 0, 1, 2, 3, 130


class _Parser(argparse.ArgumentParser):
    """An argument parser whose errors have three beats, too."""

    def error(self, message: str) -> NoReturn:
        raise RequestError(f"the arguments of `{self.prog}`", message, f"See {self.prog} --help.")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit status."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):  # an answer is shown whatever the terminal can write
            stream.reconfigure(errors="backslashreplace")
    given = list(sys.argv[1:] if arguments is None else arguments)
    as_json = "--json" in given
    try:
        status: int = _run(_parser(), given)
    except SymconvError as error:
        _say(error, as_json)
        return UNKNOWN if isinstance(error, UndecidedError) else WRONG
    except KeyboardInterrupt:
        print("interrupted", file=sys.stderr)
        return INTERRUPTED
    except BrokenPipeError:
        sys.stderr.close()  # the reader of our output has gone; nothing is left to say
        return YES
    except OSError as error:
        print(f"symconv: cannot write: {error.strerror}", file=sys.stderr)
        return WRONG
    return status


def _run(parser: argparse.ArgumentParser, given: list[str]) -> int:
    """Parse and run; numbers such as `W=6` may stand before and after options alike."""
    options, rest = parser.parse_known_args(given)
    if not hasattr(options, "numbers") or any(one.startswith("-") for one in rest):
        options = parser.parse_args(given)
    else:
        options.numbers += rest
    return int(options.run(options))


def _say(error: SymconvError, as_json: bool) -> None:
    """Tell what was needed, what arrived and what to write."""
    if as_json:
        beats = {"needed": error.needed, "arrived": error.arrived, "write": error.write}
        _print_json({"schema": "symconv/1", "error": beats})
        return
    print(f"symconv: needed: {error.needed}", file=sys.stderr)
    print(f"         got:    {error.arrived}", file=sys.stderr)
    print(f"         {error.write}", file=sys.stderr)


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(
        prog="symconv",
        description="Which sizes does my network take, and which kernel, stride and padding give "
        "the size I want?",
        epilog="Layers are written as torch prints them, joined by `->`: "
        '"Conv2d(3, 64, kernel_size=7, stride=2, padding=3) -> ReLU()". '
        "Exit status: 0 yes, 1 no, 2 wrong request, 3 unknown.",
    )
    parser.add_argument("--version", action="version", version=f"symconv {__version__}")
    commands = parser.add_subparsers(title="commands", required=True, metavar="COMMAND")
    for add in (_size, _derive, _solve):
        add(commands).add_argument("--json", action="store_true", help="print one JSON object")
    return parser


def _size(commands: Any) -> argparse.ArgumentParser:
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
    parser.set_defaults(run=_run_size)
    return parser


def _run_size(options: argparse.Namespace) -> int:
    from symconv.report import print_sizes
    from symconv.sizing import size

    sizes = tuple(
        _integer(one, "a size", "224 or 224,320") for one in re.split("[,x×]", options.size)
    )
    channels = options.channels and _integer(options.channels, "--channels", "--channels 3")
    found = size(_text(options.layers), sizes, channels=channels)
    _answer(options, found, print_sizes)
    return NO if found.refused else YES


def _derive(commands: Any) -> argparse.ArgumentParser:
    parser: argparse.ArgumentParser = commands.add_parser(
        "derive", help="a size law or an identity, derived step by step"
    )
    parser.add_argument(
        "name", metavar="OPERATOR", help="conv, conv_transpose, upsampling or downsampling"
    )
    parser.add_argument("numbers", metavar="W=6", nargs="*", help="numbers to put in")
    form = parser.add_mutually_exclusive_group()
    form.add_argument("--latex", action="store_true", help="print LaTeX")
    form.add_argument("--markdown", action="store_true", help="print Markdown")
    parser.set_defaults(run=_run_derive)
    return parser


def _run_derive(options: argparse.Namespace) -> int:
    from symconv.deriving import derive

    numbers = {}
    for one in options.numbers:
        name, _, value = one.partition("=")
        numbers[name] = _integer(value, f"a number for {name}", "W=6")
    found = derive(options.name, **numbers)
    shown = (
        found.latex() if options.latex else found.markdown() if options.markdown else repr(found)
    )
    _answer(options, found, lambda _: print(shown))
    return YES


def _solve(commands: Any) -> argparse.ArgumentParser:
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
    parser.set_defaults(run=_run_solve)
    return parser


def _run_solve(options: argparse.Namespace) -> int:
    from symconv.report import print_solution, working
    from symconv.solving import solve
    from symconv.solving.solver import INTERRUPTED as STOPPED
    from symconv.solving.solver import LIMIT, TIME_LIMIT, layer_of

    if options.emit not in (None, "torch"):
        raise RequestError("--emit torch", f"--emit {options.emit}", "Write --emit torch.")
    factors = {
        name: _integer(value, f"--{name}", f"--{name} 2")
        for name in ("up", "down")
        if (value := getattr(options, name)) is not None
    }
    limit = LIMIT if options.limit is None else _integer(options.limit, "--limit", "--limit 20")
    with working("searching"):
        found = solve(
            _text(options.layer),
            up=factors.get("up"),
            down=factors.get("down"),
            same=options.same,
            where=options.where,
            limit=None if options.all else limit,
            verify=options.verify,
            timeout=TIME_LIMIT if options.timeout is None else _seconds(options.timeout),
        )
    if options.emit and found.settings:
        from symconv.emit import torch_code

        layers = [layer_of(found.request.layer, setting) for setting in found.settings]
        code = torch_code(layers, str(found.request.goal))
        if options.json:
            _print_json(found.to_dict() | {"code": code})
        else:
            print(code)
            if found.verified:
                print(f"{found.verified!r}, by {found.verified.by}", file=sys.stderr)
    else:
        _answer(options, found, print_solution)
    if found.reason == STOPPED:
        return INTERRUPTED
    if options.all and found.verdict == "solved" and not found.exhausted:
        return UNKNOWN
    if found.verified and found.verified.failed:
        return NO
    return {"solved": YES, "infeasible": NO, "unknown": UNKNOWN}[found.verdict]


def _answer(options: argparse.Namespace, found: Any, show: Any) -> None:
    if options.json:
        _print_json(found.to_dict())
    else:
        show(found)


def _print_json(found: dict[str, Any]) -> None:
    import json

    print(json.dumps(found))


def _text(given: str) -> str:
    """Return a text from the command line, or from standard input for `-`."""
    if given != "-":
        return given
    if sys.stdin is None or sys.stdin.closed:
        raise RequestError("layers on standard input", "a closed one", "Pass them as an argument.")
    return sys.stdin.read()


def _integer(given: str, needed: str, example: str) -> int:
    text = given.strip()
    if not text.removeprefix("-").isdecimal() or len(text) > 400:
        raise RequestError(
            f"{needed} as an integer", repr(given[:60]), f"Write for instance {example}."
        )
    return int(text)


def _seconds(given: str) -> float:
    try:
        return float(given)
    except ValueError:
        raise RequestError(
            "--timeout as a number of seconds", repr(given[:60]), "Write --timeout 10."
        ) from None
