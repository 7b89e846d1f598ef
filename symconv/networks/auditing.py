"""`audit`: which sizes a chain takes, refuses, keeps and makes, exactly and with a certificate."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import Any

from symconv.chains.axes import check_axes, check_settled
from symconv.chains.features import check_ending
from symconv.chains.through import through
from symconv.errors import RequestError, UndecidedError, shown
from symconv.layers import Layer
from symconv.meanings.integers import PLAIN
from symconv.networks.along_axes import answers_along
from symconv.networks.asking import Shape, shape_of
from symconv.networks.certifying import by_z3
from symconv.networks.loading import is_model
from symconv.networks.model_answer import ModelAudit
from symconv.networks.model_audit import MODEL_SECONDS, audit_model
from symconv.networks.model_input import EXAMPLE, axes_of
from symconv.networks.result import Audit
from symconv.proving.clock import TIME_LIMIT, Clock, clock_of, kept, stopped
from symconv.reading.chains import Chain, chain
from symconv.reading.modules import is_module, layers_of


def audit(
    layers: Any,
    input: str = "W",
    *,
    channels: int | None = None,
    verify: bool = False,
    z3: bool = False,
    any_torch: bool = False,
    timeout: Any = None,
) -> Audit | ModelAudit:
    """Return the exact set of the sizes that a network takes, what comes out, and a certificate.

    Args:
        layers: a text, a layer, or several, with numbers for parameters; a torch module; or a
            model, named by a text such as `"model.py:UNet"`, a class or a function without
            arguments. A module that is no plain sequence of layers is run, on sizes that are
            terms, and its own code decides.
        input: the input's shape: a letter for all axes, such as `"W"`; or a letter or a number for
            each, perhaps with channels and a batch before them, such as `"1,3,H,W"` or `"3,H,32"`.
            A model needs its whole shape, with one letter, such as `"1,3,W,W"`.
        channels: the input's channels, where neither the layers nor the shape tell them.
        verify: also run sizes on torch, those at the edges of the set first.
        z3: also ask Z3 for a second opinion on everything that is claimed.
        any_torch: also read a model with a version of torch that nobody looked at.
        timeout: seconds for the proof; running out of them is `unknown`. If nothing is said, 10
            for layers and 60 for a model.

    Raises:
        RequestError: the layers, the model or the shape are none.
        UndecidedError: there is no time even to read them, or a model is asked for two sizes.

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
    if is_model(layers) or _needs_running(layers):
        axes = axes_of(input)
        if channels is not None:
            raise RequestError(
                "a model's channels in its shape", f"channels={shown(channels)}", EXAMPLE
            )
        clock = clock_of(MODEL_SECONDS if timeout is None else timeout)
        return audit_model(layers, axes, clock, z3=z3, verify=verify, any_torch=any_torch)
    clock = clock_of(TIME_LIMIT if timeout is None else timeout)
    first = partial(_audited, layers, input, channels, clock)
    also = [*([_by_z3] if z3 else []), *([_on_torch] if verify else [])]
    answer, why = kept(clock, first, *(partial(ask, clock) for ask in also))
    if answer is None:
        raise UndecidedError("layers that are read in time", why, "Allow more seconds.")
    missing = (f"not all of Z3 and torch was asked: {why}",) if why else ()
    return replace(answer, notes=(*answer.notes, *missing))


def _needs_running(given: Any) -> bool:
    """Whether something is a model that is no plain sequence of layers that we know."""
    if not is_module(given):
        return callable(given) and not isinstance(given, Layer)
    try:
        list(layers_of(given))
    except RequestError:
        return True
    return False


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
