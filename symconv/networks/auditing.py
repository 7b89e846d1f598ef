"""`audit`: which sizes a chain takes, refuses, keeps and makes, exactly and with a certificate."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import Any

from symconv.chains.axes import check_axes, check_settled
from symconv.chains.features import check_ending
from symconv.chains.through import through
from symconv.errors import UndecidedError
from symconv.meanings.integers import PLAIN
from symconv.networks.along_axes import answers_along
from symconv.networks.asking import Shape, shape_of
from symconv.networks.certifying import by_z3
from symconv.networks.result import Audit
from symconv.proving.clock import TIME_LIMIT, Clock, clock_of, kept, stopped
from symconv.reading.chains import Chain, chain


def audit(
    layers: Any,
    input: str = "W",
    *,
    channels: int | None = None,
    verify: bool = False,
    z3: bool = False,
    timeout: Any = TIME_LIMIT,
) -> Audit:
    """Return the exact set of the sizes that a chain takes, what comes out, and a certificate.

    Args:
        layers: a text, a layer, or several, with numbers for parameters; or a torch module that is
            a plain sequence of layers.
        input: the input's shape: a letter for all axes, such as `"W"`; or a letter or a number for
            each, perhaps with channels and a batch before them, such as `"1,3,H,W"` or `"3,H,32"`.
        channels: the input's channels, where neither the layers nor the shape tell them.
        verify: also run sizes on torch, those at the edges of the set first.
        z3: also ask Z3 for a second opinion on everything that is claimed.
        timeout: seconds for the proof; running out of them is `unknown`.

    Raises:
        RequestError: the layers or the shape are none.
        UndecidedError: there is no time even to read them.

    >>> audit("Conv2d(3, 8, 3, stride=2) -> ConvTranspose2d(8, 3, 3, stride=2)")
    valid W: sizes from 3
    output: 2*((W + 1)//2) - 1
    unchanged: odd sizes, from 3
    every cell read: odd sizes, from 3
    possible outputs: odd sizes, from 3
    refused: 1 and 2: layer 1, Conv2d: one window fits the padded input: \
dilation*(kernel_size - 1) + 1 <= input + 2*padding
    proved: by a certificate of modulus 2 from 3 on, which the checker accepts \
(rules: torch 2.13 CPU)
    """
    clock = clock_of(timeout)
    first = partial(_audited, layers, input, channels, clock)
    also = [*([_by_z3] if z3 else []), *([_on_torch] if verify else [])]
    answer, why = kept(clock, first, *(partial(ask, clock) for ask in also))
    if answer is None:
        raise UndecidedError("layers that are read in time", why, "Allow more seconds.")
    missing = (f"not all of Z3 and torch was asked: {why}",) if why else ()
    return replace(answer, notes=(*answer.notes, *missing))


def _by_z3(clock: Clock, answer: Audit) -> Audit:
    return replace(answer, second=by_z3(answer.certificates, clock.left))


def _on_torch(clock: Clock, answer: Audit) -> Audit:
    from symconv.networks.running import run

    return replace(answer, verified=run(answer, clock))


def _audited(layers: Any, input: str, channels: int | None, clock: Clock) -> Audit:
    """Answer, without asking Z3 and torch."""
    read = chain(layers, ends=True)
    if read.ending:
        check_ending(read.ending, len(read.layers))
    check_settled((*read.layers, *read.ending))
    shape = shape_of(input, read, channels)
    check_axes(read.layers, len(shape.axes))
    try:
        answers, apart = answers_along(read, shape, clock)
    except BaseException as error:  # work that did not ask the clock raises what it likes
        undecided = error.why if isinstance(error, UndecidedError) else ""
        reason = undecided.removesuffix(".") or stopped(error)
        if not reason:
            raise
        return Audit(read, shape, (), reason=reason, notes=read.notes)
    reason = next((answer.reason for answer in answers if answer.reason), "")
    notes = dict.fromkeys(
        (*_notes(read, shape), *(answer.note for answer in answers if answer.note))
    )
    return Audit(read, shape, answers, apart, reason, tuple(notes))


def _notes(read: Chain, shape: Shape) -> tuple[str, ...]:
    """Say what the answer assumes, and what the reader of the layers noted."""
    notes = dict.fromkeys(read.notes)
    for passage in through(read.layers, (None,) * len(shape.axes), PLAIN, shape.channels):
        for crossing in passage.axes:
            for sentence in crossing.assumed():
                layer = f"layer {passage.number}, {type(passage.layer).__name__}"
                notes[f"assuming, for {layer}: {sentence}"] = None
    return tuple(notes)
