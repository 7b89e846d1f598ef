"""A chain answered for along each axis: its sets, what comes out, and a certificate for both."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import reduce

from symconv.chains.axes import separable
from symconv.errors import UndecidedError
from symconv.meanings.closed import closed_form
from symconv.networks.answers import AxisAnswer, Refused
from symconv.networks.asking import Shape, axis_names
from symconv.networks.certifying import certified
from symconv.networks.exact import Course, course
from symconv.operators.letters import W
from symconv.periodic import EVERYTHING, NOTHING, SizeSet
from symconv.periodic.images import attained
from symconv.proving.certificate import Certificate
from symconv.proving.clock import Clock
from symconv.reading.chains import Chain
from symconv.terms import Term, both, constant, variable, variables


def answers_along(read: Chain, shape: Shape, clock: Clock) -> tuple[tuple[AxisAnswer, ...], bool]:
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
