"""`symconv prove`: a theorem of the book, all of them, or a statement of your own."""

from __future__ import annotations

import argparse
import sys
from typing import TYPE_CHECKING

from symconv.cli.answers import (
    NO,
    STATUS,
    UNKNOWN,
    YES,
    add_forms,
    numbers_of,
    placed,
    print_json,
    say,
    show,
)
from symconv.errors import RequestError
from symconv.proving.clock import Clock
from symconv.report.paint import verdicts
from symconv.vocabulary import SCHEMA

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from symconv.book.coq.record import Acceptance
    from symconv.book.proof import Proof


_USUAL, _COQ = 10, 60
_TOLD = f"{_USUAL}, {_COQ} more for Coq on a claim; --all 60, --fresh 600"


def add_options(parser: argparse.ArgumentParser) -> None:
    """Declare the command's options."""
    parser.add_argument("name", metavar="NAME", nargs="?", help="a theorem; see symconv theorems")
    parser.add_argument("numbers", metavar="[W=6 ...]", nargs="*", help="numbers to put in")
    parser.add_argument("--all", action="store_true", help="every theorem of the book")
    parser.add_argument(
        "--fresh", action="store_true", help="have Coq compile the files again, where it is"
    )
    parser.add_argument(
        "--coq",
        metavar="FOLDER",
        help="write the Coq files into a folder: the book, or your own claim, which Coq then "
        "compiles at once, where it is",
    )
    parser.add_argument(
        "--given", metavar="CONDITION", action="append", help="your own hypotheses; repeatable"
    )
    parser.add_argument(
        "--claim", metavar="CONDITION", action="append", help="your own claim; several: all of them"
    )
    parser.add_argument("--verify", action="store_true", help="run samples on torch layers")
    parser.add_argument(
        "--language", metavar="LANGUAGE", default="en", help="en, or zh for Chinese"
    )
    add_forms(parser)
    parser.set_defaults(run=run, time_limit=_time_limit, time_told=_TOLD)


def _written(options: argparse.Namespace, proof: Proof) -> str:
    """Return a proof in the form and in the language that were asked for."""
    if options.latex:
        return proof.latex(options.language)
    if options.markdown:
        return proof.markdown(options.language)
    from symconv.book.languages import language_of

    return verdicts(proof.plain(options.language), language_of(options.language).verdicts)


def _time_limit(options: argparse.Namespace) -> int:
    """Return how many seconds there are where nobody says so: Coq takes minutes for the book."""
    own = options.coq is not None and options.claim is not None
    return 600 if options.fresh else 60 if options.all else _USUAL + own * _COQ


def run(options: argparse.Namespace, clock: Clock) -> int:
    """Answer, and return the exit status."""
    if options.name is not None and "=" in options.name:
        options.numbers, options.name = [options.name, *options.numbers], None
    if options.all:
        return _all(options, clock)
    other = (options.name, options.claim, options.given, options.numbers or None)
    if options.coq is not None and not options.fresh and other.count(None) == len(other):
        _export(options)
        return YES
    from dataclasses import replace

    from symconv.book.asking import prove
    from symconv.book.statements.given import statement

    if options.fresh and options.claim is not None:
        raise RequestError(
            "--fresh with a theorem of the book",
            "a claim of your own",
            "Write --coq FOLDER instead: Coq then compiles your claim.",
        )
    given = () if options.given is None else tuple(options.given)
    for part in options.claim or ():
        statement(part, "claim")  # each by itself, so that a fault is shown where it is
    claim = options.claim and " and ".join(
        part if len(options.claim) == 1 else f"({part})" for part in options.claim
    )
    usual = Clock(_USUAL) if options.timeout is None else clock
    proof = prove(options.name, given=given, claim=claim, timeout=usual)
    numbers = numbers_of(options.numbers)
    with placed(options.numbers):
        proof = proof.at(**numbers)
    if options.verify:
        proof = proof.verify()
    if claim is None:
        _export(options)
    elif options.coq is not None:
        proof = _ask_coq(options.coq, proof, clock)
    if options.fresh:
        accepted = _fresh(options)
        if accepted is not None:
            proof = replace(proof, coq=accepted.get(proof.theorem.name))
    show(options, proof, lambda shown: print(_written(options, shown)))
    return STATUS[proof.word]


def _export(options: argparse.Namespace) -> None:
    from symconv.book.coq.exporting import export

    if options.coq is not None:
        _tell_written(options.coq, export(options.coq))


def _ask_coq(folder: str, proof: Proof, clock: Clock) -> Proof:
    """Have a claim of one's own written for Coq and compiled at once."""
    from dataclasses import replace

    from symconv.book.coq.own import ask
    from symconv.report.terminal import working

    with working("Coq compiles"):
        outcome = ask(proof.theorem, proof.z3.verdict if proof.z3 else None, folder, clock)
    _tell_written(folder, outcome.files)
    return replace(proof, coq=outcome.accepted, coq_says=outcome.says)


def _tell_written(folder: str, written: Sequence[Path]) -> None:
    if written:
        print(f"{len(written)} files written to {folder}", file=sys.stderr)


def _fresh(options: argparse.Namespace) -> dict[str, Acceptance] | None:
    """Have Coq compile again; nothing where it is not installed."""
    from symconv.book.everything import fresh_acceptances
    from symconv.report.terminal import working

    with working("Coq compiles"):
        accepted = fresh_acceptances(options.name)
    if accepted is None:
        print("Coq is not installed here: its part is from the record", file=sys.stderr)
    return accepted


def _all(options: argparse.Namespace, clock: Clock) -> int:
    """Prove every theorem; yes where each verdict is as declared."""
    if options.name or options.numbers or options.claim is not None or options.given is not None:
        raise RequestError("--all, or one statement", "both", "Leave one out.")
    from symconv.book.everything import prove_all
    from symconv.report.terminal import working

    _export(options)
    accepted = _fresh(options) if options.fresh else None
    with working("proving"):
        proofs = prove_all(accepted, verify=options.verify, clock=clock)
    if options.json:
        print_json({"schema": SCHEMA, "theorems": [proof.to_dict() for proof in proofs]})
    elif options.latex or options.markdown:
        print("\n".join(_written(options, proof) for proof in proofs))
    else:
        for proof in proofs:
            say(proof.line)
    words = {proof.word for proof in proofs if not proof.as_declared}
    return UNKNOWN if words == {"unknown"} else NO if words else YES
