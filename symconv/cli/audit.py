"""`symconv audit`: which sizes layers or a model take, keep and make, with a proof."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from functools import partial
from typing import NoReturn

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
from symconv.proving import interrupt
from symconv.proving.clock import TIME_LIMIT, Clock

MEMORY = 2 * 2**30
"""How many bytes a process may take that reads a model."""


def add_options(parser: argparse.ArgumentParser) -> None:
    """Declare the command's options."""
    parser.description = (
        "Of a MODEL, the file is run, and so is the model: audit only what you would run yourself. "
        "It is a class, a function without arguments or a module: file.py:name or "
        "package.module:name."
    )
    says = "layers as torch prints them, or a MODEL such as model.py:UNet"
    add_layers(parser, says, metavar="LAYERS|MODEL")
    parser.add_argument(
        "--input",
        metavar="SHAPE",
        default="W",
        help="W for all axes; or the shape, with letters where sizes are open: 1,3,H,W or 3,H,32;"
        " of a model the whole shape with one letter: 1,3,W,W",
    )
    add_channels(parser)
    parser.add_argument(
        "--verify", action="store_true", help="run sizes at the set's edges on torch"
    )
    parser.add_argument("--z3", action="store_true", help="ask Z3 for a second opinion")
    parser.add_argument(
        "--any-torch", action="store_true", help="read a model with a torch that is not tested"
    )
    add_forms(parser)
    parser.set_defaults(run=run, time_limit=_time_limit, time_told="10; of a MODEL 60")


def _time_limit(options: argparse.Namespace) -> float:
    """Return the time limit: reading a model takes longer than reading layers."""
    from symconv.networks.loading import is_model
    from symconv.networks.model_audit import MODEL_SECONDS

    return MODEL_SECONDS if is_model(options.layers) else TIME_LIMIT


def run(options: argparse.Namespace, clock: Clock) -> int:
    """Answer, and return the exit status."""
    from symconv.networks.auditing import audit
    from symconv.networks.loading import is_model
    from symconv.report.terminal import working

    if model := is_model(options.layers):
        bound_memory()
    quiet = answers_apart() if model else nullcontext()
    with quiet, working("reading" if model else "proving"):
        audited = audit(
            read_text(options.layers),
            options.input,
            channels=channels(options.channels),
            verify=options.verify,
            z3=options.z3,
            any_torch=options.any_torch,
            timeout=clock,
        )
    show(options, audited, lambda answered: print(in_form(options, answered)))
    if audited.verdict == "unknown":
        return UNKNOWN
    disputed = audited.second is not None and audited.second.word == "refuted"
    failed = audited.verified is not None and audited.verified.failed
    return NO if failed or disputed or audited.takes_nothing else YES


@contextmanager
def answers_apart() -> Iterator[None]:
    """Let what a model writes to standard output, however it does, go to standard error."""
    try:
        own = sys.stdout.fileno()
        kept = os.dup(own)
    except OSError:  # a stream in memory has no descriptor
        yield
        return
    sys.stdout.flush()
    os.dup2(2, own)
    ends = interrupt.last_resort
    if ends is not None:
        interrupt.last_resort = partial(_ended_apart, ends, kept, own)
    try:
        yield
    finally:
        interrupt.last_resort = ends
        os.dup2(kept, own)
        os.close(kept)


def _ended_apart(ends: Callable[[str], NoReturn], kept: int, own: int, why: str) -> NoReturn:
    """End the process, and answer where answers go."""
    os.dup2(kept, own)
    ends(why)


def bound_memory() -> None:
    """Keep a model from taking more memory than `MEMORY`, where the system can do that."""
    try:
        import resource
    except ImportError:  # Windows has no such limits
        return
    _, most = resource.getrlimit(resource.RLIMIT_DATA)
    bound = MEMORY if most == resource.RLIM_INFINITY else min(MEMORY, most)
    resource.setrlimit(resource.RLIMIT_DATA, (bound, most))
