"""The command line: one module a command.

Answers go to standard output, messages to standard error. Exit status: 0 answered, and yes where
there is a yes; 1 no, with the reason; 2 the request is wrong; 3 unknown. A command's module
is imported when it is named, and what it needs when it runs.
"""

from __future__ import annotations

import os
import sys
import threading
from collections.abc import Sequence
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import NoReturn, TextIO, cast

from symconv.cli.answers import INTERRUPTED, UNKNOWN, WRONG, YES, answered, print_json, seconds
from symconv.cli.commands import COMMANDS
from symconv.cli.parsing import parser_of, spelled_out
from symconv.cli.spelling import spelled
from symconv.cli.waiting import Waiting
from symconv.errors import SymconvError, UndecidedError
from symconv.places import Place
from symconv.proving import interrupt
from symconv.proving.clock import INTERRUPTED as STOPPED
from symconv.proving.clock import Clock, OutOfTime, clock_of, stopped
from symconv.report.paint import headings, labelled
from symconv.vocabulary import SCHEMA

MARGIN = " " * 11
"""What stands before a line that is underlined."""
LONGEST = 10**6
"""How many seconds there are until it is read how many there are."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit status."""
    _prepare_streams()
    answered.discard(threading.get_ident())
    given = list(sys.argv[1:] if arguments is None else arguments)
    status = YES
    try:
        try:
            status = _status(given)
        finally:
            sys.stdout.flush()  # here, and not when Python ends, it can be told that this failed
    except BrokenPipeError:  # the reader of our output has gone; nothing is left to say
        _abandon(sys.stdout)
    except OSError as error:
        _abandon(sys.stdout)
        _tell(f"symconv: cannot write: {error.strerror}")
        status = WRONG
    return status


def run() -> NoReturn:
    """Run one command, as a process of its own, and end with its exit status."""
    _prepare_streams()
    sys.stdout = cast(TextIO, Waiting(sys.stdout))  # of this process alone: threads share it
    interrupt.last_resort = partial(_end, as_json="--json" in sys.argv, out=sys.stdout)
    sys.exit(main())


def _end(why: str, as_json: bool, out: TextIO) -> NoReturn:
    """End the process in the middle of work that nothing else ends."""
    sys.stdout = out  # a model's own prints may have been sent elsewhere
    status = _stopped(why, as_json, threading.main_thread().ident)
    sys.stdout.flush()
    os._exit(status)


def _status(given: list[str]) -> int:
    """Run one command, and answer also where it is wrong or interrupted."""
    clock = Clock(LONGEST)
    try:
        with clock.running():
            status = _in_time(given)
    except SymconvError as error:
        _say(error, "--json" in given)
        status = UNKNOWN if isinstance(error, UndecidedError) else WRONG
    except KeyboardInterrupt as stop:
        return _stopped(str(stop) or STOPPED, "--json" in given)
    return INTERRUPTED if status == UNKNOWN and clock.over == STOPPED else status


def _in_time(given: list[str]) -> int:
    """Run one command; an error that comes of its being stopped is told as that."""
    try:
        return _run(spelled_out(given))
    except Exception as error:
        if not (why := stopped(error)):
            raise
        raise OutOfTime(why) from error


def _stopped(why: str, as_json: bool, thread: int | None = None) -> int:
    """Tell why there is no answer, unless there is one already, and return the exit status."""
    if as_json and (thread or threading.get_ident()) in answered:
        return INTERRUPTED if why == STOPPED else UNKNOWN
    if as_json:
        print_json({"schema": SCHEMA, "verdict": "unknown", "reason": why})
    else:
        _tell(f"symconv: unknown: {why}")
    return INTERRUPTED if why == STOPPED else UNKNOWN


def _prepare_streams() -> None:
    """Let answers go nowhere where a stream is closed, and be shown whatever it can write."""
    for name in ("stdout", "stderr"):
        if getattr(sys, name) is None:
            setattr(sys, name, Path(os.devnull).open("w", encoding="utf-8"))  # noqa: SIM115
        if hasattr(getattr(sys, name), "reconfigure"):
            getattr(sys, name).reconfigure(errors="backslashreplace")


def _abandon(stream: TextIO) -> None:
    """Let what a stream still holds go nowhere: Python would fail to write it when it ends."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    with suppress(OSError):  # a stream in memory has no descriptor
        os.dup2(nowhere, stream.fileno())
    os.close(nowhere)


def _tell(message: str) -> None:
    """Write a message to standard error, if that can be written to."""
    try:
        print(labelled(message), file=sys.stderr, flush=True)
    except OSError:
        _abandon(sys.stderr)


def _run(given: list[str]) -> int:
    """Parse and run; numbers such as `W=6` may stand before and after options alike."""
    parser = parser_of(given)
    if not given:
        _tell(headings(parser.format_help().rstrip(), sys.stderr))
        return WRONG
    options, rest = parser.parse_known_args(given)
    if rest and (not hasattr(options, "numbers") or any(word.startswith("-") for word in rest)):
        options.parser.error(f"unrecognized arguments: {' '.join(rest)}")
    if rest:
        options.numbers += rest
    with spelled(options, options.parser.arguments):
        limit = options.time_limit(options) if options.timeout is None else seconds(options.timeout)
        with clock_of(limit).running() as clock:
            return int(options.run(options, clock))


def _say(error: SymconvError, as_json: bool) -> None:
    """Tell what was needed, what arrived and what to write."""
    if as_json:
        beats = {"needed": error.needed, "arrived": error.arrived, "write": error.write}
        place = {"place": error.place.to_dict()} if error.place else {}
        print_json({"schema": SCHEMA, "error": beats | place})
        return
    _tell(f"symconv: needed: {error.needed}")
    _tell(f"         got:    {error.arrived}")
    for line in _underlined(error.place) if error.place else ():
        _tell(f"{MARGIN}{line}")
    _tell(f"         {error.write}")


def _underlined(place: Place) -> tuple[str, str]:
    """Return a line and what underlines it, in no more columns than standard error has."""
    from symconv.report.terminal import columns

    room = columns(sys.stderr) - len(MARGIN)
    return place.shown(sys.stderr.encoding or "ascii", room)


__all__ = ["COMMANDS", "main", "run"]
