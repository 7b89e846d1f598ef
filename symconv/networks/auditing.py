"""`audit`: which sizes a chain takes, refuses, keeps and makes, exactly and with a certificate."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import partial, reduce
from typing import Any

from symconv.chains.axes import check_axes, check_settled, separable
from symconv.chains.features import check_ending
from symconv.chains.through import through
from symconv.errors import UndecidedError
from symconv.meanings.closed import closed_form
from symconv.meanings.integers import PLAIN
from symconv.networks.answers import AxisAnswer, Refused
from symconv.networks.asking import Shape, axis_names, shape_of
from symconv.networks.certifying import by_z3, certified
from symconv.networks.exact import Course, course
from symconv.networks.result import Audit
from symconv.operators.letters import W
from symconv.periodic import EVERYTHING, NOTHING, SizeSet
from symconv.periodic.images import attained
from symconv.proving.certificate import Certificate
from symconv.proving.clock import Clock, clock_of, kept, stopped
from symconv.reading.chains import Chain, chain
from symconv.terms import Term, both, constant, variable, variables

TIME_LIMIT = 10.0


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
        answers, apart = _answers(read, shape, clock)
    except UndecidedError as undecided:
        reason = undecided.why.removesuffix(".")
        return Audit(read, shape, (), reason=reason, notes=read.notes)
    except BaseException as error:  # work that did not ask the clock
        if not (reason := stopped(error)):
            raise
        return Audit(read, shape, (), reason=reason, notes=read.notes)
    reason = next((answer.reason for answer in answers if answer.reason), "")
    notes = dict.fromkeys(
        (*_notes(read, shape), *(answer.note for answer in answers if answer.note))
    )
    return Audit(read, shape, answers, apart, reason, tuple(notes))


def _answers(read: Chain, shape: Shape, clock: Clock) -> tuple[tuple[AxisAnswer, ...], bool]:
    """Answer for each letter, and say whether each axis goes through the layers by itself.

    Raises:
        UndecidedError: a period is too long, sizes follow no law, or letters are tied together.
    """
    axes, letters = len(shape.axes), shape.letters
    if read.ending or not separable(read.layers, axes):
        if len(letters) > 1:
            return tuple(_by_letters(read, shape, clock)), False
        start = [W if isinstance(axis, str) else constant(axis) for axis in shape.axes]
        followed = course(read, start, None, shape.channels)
        answer = _answer(read, letters[0], followed, start, clock)
        return (answer,), False
    answered: list[tuple[Course, AxisAnswer]] = []
    for place in range(axes):
        alone = [W if axis == place else None for axis in range(axes)]
        followed = course(read, alone, place, shape.channels)
        alike = (answer for other, answer in answered if other.like(followed))
        answer = next(alike, None) or _answer(read, "W", followed, [W], clock)
        answered.append((followed, answer))
    return _named(shape, [answer for _, answer in answered]), True


def _named(shape: Shape, answers: Sequence[AxisAnswer]) -> tuple[AxisAnswer, ...]:
    """Give each answer its letter; where a given size is refused, nothing is valid beside it.

    One letter for axes that differ becomes one for each.
    """
    names = list(map(str, shape.axes))
    if len(shape.letters) == 1 and any(answer is not answers[0] for answer in answers):
        pairs = zip(shape.axes, axis_names(len(names)), strict=True)
        names = [name if isinstance(axis, str) else str(axis) for axis, name in pairs]
    lettered = dict[str, AxisAnswer]()
    for axis, name, answer in zip(shape.axes, names, answers, strict=True):
        if isinstance(axis, str):
            lettered.setdefault(name, replace(answer, name=name))
    for place, (size, answer) in enumerate(zip(shape.axes, answers, strict=True), 1):
        if isinstance(size, int) and size not in answer.valid:
            needs = (refusal for refusal in answer.refused if size in refusal.sizes)
            refused = tuple(replace(refusal, sizes=EVERYTHING) for refusal in needs)
            empty = replace(
                answer,
                valid=NOTHING,
                refused=refused,
                same_size=NOTHING,
                outputs=NOTHING,
                every_cell_read=NOTHING,
                note=f"axis {place} is {size}, which no size of another axis makes up for",
            )
            return tuple(replace(empty, name=name) for name in lettered)
    return tuple(lettered.values())


def _by_letters(read: Chain, shape: Shape, clock: Clock) -> Iterator[AxisAnswer]:
    """Answer for each letter where layers see axes together, but require nothing of two at once.

    So it is where an adaptive pool stands before `Flatten`: what it leaves depends on no letter.

    Raises:
        UndecidedError: something depends on two letters, or a period is too long.
    """
    letters = shape.letters
    start = [variable(axis) if isinstance(axis, str) else constant(axis) for axis in shape.axes]
    joint = course(read, start, None, shape.channels)
    for layer, term in joint.stated:
        if len(tied := {*variables(term)}) > 1:
            kind = type((*read.layers, *read.ending)[layer - 1]).__name__
            raise UndecidedError(
                "axes that do not depend on each other: write one letter for both, or a number",
                f"{' and '.join(sorted(tied))}, which layer {layer}, {kind}, ties together",
                f"Ask about one of them, as in {letters[0]},32, or about square inputs.",
            )
    for letter in letters:
        yield _answer(read, letter, joint.along(letter), [W], clock)


def _answer(
    read: Chain, name: str, followed: Course, start: Sequence[Term], clock: Clock
) -> AxisAnswer:
    """Answer for one axis, or for axes that go together: the sets, the formula, the proof."""
    layers = (*read.layers, *read.ending)
    valid, refused = EVERYTHING, list[Refused]()
    for need in followed.needs:
        clock.check()
        met = followed.value(need.term)
        if not met.everything:
            refusing = valid - met
            refused += [Refused(need, layers[need.layer - 1], refusing)] if refusing else []
            valid &= met
    taken = both(*(need.term for need in followed.needs))
    statements, leaving = [(taken, valid)], followed.leaving
    formulas = tuple(_formula(followed, size, valid) for size in leaving)
    for size, formula in zip(leaving, formulas, strict=True):
        statements.append((~taken | size.eq(formula), EVERYTHING))
    same = read_whole = None
    if len(followed.sizes[-1]) == len(start) and followed.features is None:
        pairs = dict.fromkeys(zip(followed.sizes[-1], start, strict=True))
        unchanged = both(*(size.eq(was) for size, was in pairs))
        same = valid & followed.value(unchanged)
        statements.append((taken & unchanged, same))
    if followed.reads is not None:
        read_whole = reduce(SizeSet.__and__, map(followed.value, followed.reads), valid)
        statements.append((both(taken, *followed.reads), read_whole))
    certificate, reason = _proof(followed, statements, clock)
    return AxisAnswer(
        name=name,
        course=followed,
        valid=valid,
        refused=tuple(refused),
        formulas=formulas,
        same_size=same,
        outputs=_outputs(followed, valid),
        every_cell_read=read_whole,
        certificate=certificate,
        reason=reason,
    )


def _proof(
    followed: Course, statements: Sequence[tuple[Term, SizeSet]], clock: Clock
) -> tuple[Certificate | None, str]:
    """Return a certificate that the checker accepted; or none, and why."""
    try:
        certificate = certified(followed, statements, clock.check)
    except UndecidedError as undecided:
        return None, f"not proved: {undecided.arrived}; needed {undecided.needed}"
    return certificate, "" if certificate else "not proved: the checker accepts no certificate"


def _formula(followed: Course, size: Term, valid: SizeSet) -> Term:
    """Return what comes out as a formula that holds on a set: one floor, or what layers make."""
    closed = closed_form(followed.value(size), valid, W)
    return followed.normal(size) if closed is None else closed


def _outputs(followed: Course, valid: SizeSet) -> SizeSet | None:
    """Return which sizes come out; nothing where axes differ, or they do not repeat."""
    leaving = followed.leaving
    if len(leaving) != 1:
        return None
    try:
        return attained(followed.value(leaving[0]), valid)
    except UndecidedError:
        return None


def _notes(read: Chain, shape: Shape) -> tuple[str, ...]:
    """Say what the answer assumes, and what the reader of the layers noted."""
    notes = dict.fromkeys(read.notes)
    for passage in through(read.layers, (None,) * len(shape.axes), PLAIN, shape.channels):
        for crossing in passage.axes:
            for sentence in crossing.assumed():
                layer = f"layer {passage.number}, {type(passage.layer).__name__}"
                notes[f"assuming, for {layer}: {sentence}"] = None
    return tuple(notes)
