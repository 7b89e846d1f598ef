"""What the commands share: exit statuses, texts and numbers from the command line, answers."""

from __future__ import annotations

import argparse
import sys
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from symconv.errors import RequestError
from symconv.places import Excerpt, Place, cut
from symconv.reading.tokens import LONGEST_NUMBER, LONGEST_TEXT
from symconv.report.paint import verdicts

YES, NO, WRONG, UNKNOWN, INTERRUPTED = 0, 1, 2, 3, 130
STATUS = {"solved": YES, "proved": YES, "infeasible": NO, "refuted": NO, "unknown": UNKNOWN}
"""The exit status of each verdict."""


def status_of(answer: Any) -> int:
    """Return the exit status of an answer; it is a no where torch says something else."""
    return NO if answer.verified and answer.verified.failed else STATUS[answer.verdict]


def show(options: argparse.Namespace, answer: Any, how: Any) -> None:
    """Print an answer, as JSON where that was asked for."""
    if options.json:
        print_json(answer.to_dict())
    else:
        how(answer)


answered: set[int] = set()
"""The threads whose command has printed its JSON object: there is one, whatever ends it then."""


def print_answer(options: argparse.Namespace, answer: Any) -> None:
    """Print an answer with its rows, as they are found, or as one JSON object."""
    if options.json:
        _print_json_by_rows(answer)
        return
    from symconv.report.terminal import print_solution

    print_solution(answer)


def _print_json_by_rows(answer: Any) -> None:
    """Print one JSON object; its rows, which may be many, as they are found."""
    import json

    def pairs(items: Any) -> str:
        return ", ".join(f"{json.dumps(key)}: {json.dumps(value)}" for key, value in items)

    if not answer.many:  # what is said of each row is told behind them
        print_json(answer.to_dict())
        return
    print(f'{{{pairs(answer.before())}, "solutions": [', end="", flush=True)
    answered.add(threading.get_ident())
    between = ""
    for rows in answer.settings.together():
        print(between, ", ".join(map(json.dumps, answer.told(rows))), sep="", end="", flush=True)
        between = ", "
    print(f"], {pairs(answer.parts())}}}")


def add_layers(
    parser: argparse.ArgumentParser,
    says: str = "layers as torch prints them",
    metavar: str = "LAYERS",
) -> None:
    """Declare the argument that the commands about layers begin with."""
    parser.add_argument("layers", metavar=metavar, help=f"{says}; - reads them")


def add_channels(parser: argparse.ArgumentParser) -> None:
    """Declare the number of channels that an input has; `channels` reads it."""
    parser.add_argument("--channels", metavar="C", help="the input's channels, if no layer says")


def add_forms(parser: argparse.ArgumentParser) -> None:
    """Declare the forms in which formulas are printed."""
    form = parser.add_mutually_exclusive_group()
    form.add_argument("--latex", action="store_true", help="print LaTeX")
    form.add_argument("--markdown", action="store_true", help="print Markdown")


def in_form(options: argparse.Namespace, answer: Any) -> str:
    """Return an answer in the form that was asked for."""
    if options.latex:
        return str(answer.latex())
    return str(answer.markdown()) if options.markdown else verdicts(f"{answer}")


def say(answer: object) -> None:
    """Print an answer, with its verdicts painted where somebody looks at a terminal."""
    print(verdicts(f"{answer}"))


def print_json(form: dict[str, Any]) -> None:
    """Print one JSON object."""
    import json

    text = f"{json.dumps(form)}\n"
    answered.add(threading.get_ident())  # whatever ends the command now, this is its object
    sys.stdout.write(text)


def read_text(given: str) -> str:
    """Return a text from the command line, or from standard input for `-`, up to a limit."""
    if given != "-":
        return given
    if sys.stdin is None or sys.stdin.closed:
        raise RequestError("layers on standard input", "a closed one", "Pass them as an argument.")
    return sys.stdin.read(LONGEST_TEXT + 1)


def integer(given: str, needed: str, example: str) -> int:
    """Return an integer from the command line."""
    text = given.strip()
    whole = text.removeprefix("-").isdecimal()
    if not whole or len(text) > LONGEST_NUMBER:
        most = f" of at most {LONGEST_NUMBER} digits" if whole else ""
        arrived = f"one of {len(text)}" if whole else repr(given[:60]) if given else "nothing"
        raise RequestError(
            f"{needed} as an integer{most}",
            arrived,
            f"Write for instance {example}.",
            place=(given if isinstance(given, Excerpt) else Excerpt(given, 0, len(given))).place,
        )
    return int(text)


def numbers_of(given: list[str]) -> dict[str, int]:
    """Return numbers for letters from the command line, such as `W=6`."""
    for pair in given:
        if "=" not in pair:
            raise RequestError(
                "numbers for letters",
                repr(pair[:60]),
                "Write for instance W=6.",
                place=Excerpt(pair, 0, len(pair)).place,
            )
    pairs = [tuple(cut(pair, "=", 1)) for pair in given]
    names = [name for name, _ in pairs]
    twice = sorted({name for name in names if names.count(name) > 1})
    if twice:
        raise RequestError("one number for each letter", f"{twice[0]} twice", "Leave one out.")
    return {str(name): integer(value, f"a number for {name}", "W=6") for name, value in pairs}


def check_ending(file: str, *endings: str) -> None:
    """Refuse a file whose name ends like one of another kind; without an ending it may be any."""
    if file.startswith("/dev/"):
        return
    written = Path(file).suffix
    if written and written.lower() not in endings:
        start = file.rindex(written)
        raise RequestError(
            f"a file that ends in {endings[0]}, which is what is written",
            f"`{file[-60:]}`",
            f"Write {file.removesuffix(written)[-60:]}{endings[0]}.",
            place=Place(file, start, len(file)),
        )


@contextmanager
def writing(file: str) -> Iterator[None]:
    """Let an error say which file cannot be written."""
    try:
        yield
    except OSError as error:
        raise RequestError(
            "a file that can be written", f"{file}: {error.strerror}", "Name another one."
        ) from None


@contextmanager
def placed(given: list[str]) -> Iterator[None]:
    """Let an error about a letter show what was written for it, such as `W=6`."""
    try:
        yield
    except RequestError as error:
        for pair in given:
            name, value = cut(pair, "=", 1)
            if error.about in (name, f"{name}="):
                error.stands((value if error.about == name else name).place)
        raise


def sizes(given: str, needed: str, example: str) -> Any:
    """Return one size for all axes from the command line, or one for each: `7`, `7,9` or `7x9`."""
    return one_or_each([integer(size, needed, example) for size in cut(given, "[,x×]")])


def one_or_each(entries: Sequence[Any]) -> Any:
    """Return what was written once, for all axes alike, or one entry for each as a tuple."""
    return entries[0] if len(entries) == 1 else tuple(entries)


def channels(given: str | None) -> int | None:
    """Return a number of channels from the command line, if there is one."""
    return None if given is None else integer(given, "--channels", "--channels 3")


def check_emit(options: argparse.Namespace) -> None:
    """Refuse code for anything but torch."""
    if options.emit not in (None, "torch"):
        raise RequestError("--emit torch", f"--emit {options.emit}", "Write --emit torch.")


def print_code(options: argparse.Namespace, answer: Any, code: str) -> None:
    """Print an answer as code, or add that to the JSON."""
    if options.json:
        print_json(answer.to_dict() | {"code": code})
        return
    print(code)
    if answer.verified:
        print(answer.verified.told(), file=sys.stderr)


def seconds(given: str) -> float:
    """Return a time limit from the command line."""
    try:
        return float(given)
    except ValueError:
        raise RequestError(
            "--timeout as a number of seconds",
            repr(given[:60]),
            "Write --timeout 10.",
            place=Excerpt(given, 0, len(given)).place,
        ) from None
