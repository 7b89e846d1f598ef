"""Operators that deriving has never heard of: derived as they read, refused, or said to be declared."""

from dataclasses import replace

import pytest

import symconv
from mutations import off_by_one
from symconv.book.deriving.drafts import DERIVATIONS
from symconv.errors import DerivationError, RequestError
from symconv.operators.borders import REFLECTED, REPEATED, WRAPPED
from symconv.operators.letters import F, O, P, S, W
from symconv.operators.reading import Cells, Everything, Random, Reading, Segments, Windows, o
from symconv.operators.window import ceil_mode
from symconv.terms import constant, maximum, minimum, substitute, where
from toys import SKIPPING, TOY, registered, skip

REACH = SKIPPING.extent
HANGING = (W + 2 * P - REACH + (S - 1)) // S + 1
FITS = "one window fits the padded input"

POOL = replace(
    TOY,
    name="toy_pool",
    size=where(ceil_mode.eq(1), minimum(HANGING, (W + P - 1) // S + 1), TOY.size),
    requires=TOY.without(FITS)
    | {
        "padding is at most half the kernel": P <= F // 2,
        "the first window fits, or in ceil mode hangs over by less than a stride": REACH
        <= W + 2 * P + where(ceil_mode.eq(1), S - 1, 0),
    },
)
PAINTED = replace(
    TOY,
    name="toy_painted",
    size=(W - 1) * S + REACH - 2 * P,
    reads=SKIPPING.painted,
    requires=TOY.without(FITS)
    | {"cropping leaves the output a cell": (W - 1) * S + REACH - 2 * P >= 1},
)
BORDERED = [
    replace(TOY, border=REFLECTED, requires=dict(TOY.requires) | {REFLECTED.sentence: P < W}),
    replace(TOY, border=WRAPPED, requires=dict(TOY.requires) | {WRAPPED.sentence: P <= W}),
    replace(TOY, border=REPEATED),
]
TOYS = [TOY, POOL, PAINTED, *BORDERED]


def derived(operator, **numbers):
    with registered(operator):
        return symconv.derive(operator.name, **numbers)


@pytest.mark.parametrize("operator", TOYS)
def test_taps_that_lie_as_they_like_are_derived_and_every_step_is_checked(operator):
    derivation = derived(operator)
    assert derivation.conclusion is O.eq(operator.size)
    steps = {step.name: step for step in derivation.steps}
    assert steps["taps"].statement is SKIPPING.offset
    assert steps["extent"].statement.args[1] is REACH
    assert all(step.verdict is None or step.verdict.proved for step in derivation.steps)
    assert sum(step.verdict is not None for step in derivation.steps) >= 6
    assert (operator.border is None) or operator.border.name in steps


WRONG = {
    "a missing 1": (W + 2 * P - REACH) // S,
    "no cell is left out": (W + 2 * P - F) // S + 1,
    "each tap takes skip cells": (W + 2 * P - F * skip) // S + 1,
    "one padding": (W + P - REACH) // S + 1,
    "rounded up": -((REACH - W - 2 * P) // S) + 1,
}


@pytest.mark.parametrize("fault", WRONG)
def test_a_planted_fault_is_refused(fault):
    with pytest.raises(DerivationError, match="step `"):
        derived(replace(TOY, size=WRONG[fault]))


@pytest.mark.parametrize("operator", TOYS[:3])
def test_every_changed_constant_is_refused(operator):
    for _, size in off_by_one(operator.size):
        with pytest.raises(DerivationError, match="step `"):
            derived(replace(operator, size=size))


def test_a_requirement_that_is_too_weak_is_refused():
    weaker = {FITS: REACH <= W + 2 * P + 1}
    with pytest.raises(DerivationError, match="precondition"):
        derived(replace(TOY, requires=dict(TOY.requires) | weaker))
    falling = SKIPPING.changed(tap=-SKIPPING.offset)
    with pytest.raises(DerivationError, match="taps"):
        derived(replace(TOY, reads=falling))


def test_the_law_says_which_cells_are_never_read():
    for size, taps, step, padding, skipped in ((12, 4, 3, 1, 3), (9, 2, 4, 0, 2), (11, 5, 2, 2, 2)):
        numbers = {"W": size, "F": taps, "S": step, "P": padding, "skip": skipped}
        facts = derived(TOY, **numbers).facts
        places = {
            window * step + tap + tap // (skipped - 1) - padding
            for window in range(facts["output"])
            for tap in range(taps)
        }
        assert facts["input cells never read"] == [c for c in range(size) if c not in places]


class Spiral(Reading):
    """A way of reading that nobody has heard of."""

    says = "cells along a spiral"


class Tilted(Windows):
    """A kind of windows: what is known of windows holds for it, too."""


@pytest.mark.parametrize(
    ("reads", "size"),
    [
        (Spiral(), W + 7),
        (Everything(), constant(1)),
        (Segments(start=o, end=o + 2), W - 1),
        (Random(taps=F), W - F),
        (SKIPPING, O),
    ],
)
def test_where_no_step_is_known_the_law_is_the_definition_and_nothing_was_checked(reads, size):
    derivation = derived(replace(TOY, reads=reads, size=size))
    (step,) = derivation.steps
    assert reads.says in step.reason
    assert "there is nothing to derive: the law is the definition" in step.reason
    assert step.verdict is step.equality is None
    assert "proved" not in repr(derivation) + derivation.markdown()
    assert derivation.to_dict()["steps"][0]["checks"] == {}


def test_a_kind_of_windows_is_derived_as_windows():
    tilted = Tilted(taps=F, step=S, before=P, after=P, tap=SKIPPING.tap)
    assert len(derived(replace(TOY, reads=tilted)).steps) == len(derived(TOY).steps)
    steps = derived(replace(TOY, reads=Cells(), size=W)).steps
    assert [step.name for step in steps] == ["cells"]


def test_what_a_derivation_needs_and_does_not_find_is_named():
    bare = replace(TOY, border=REFLECTED)
    with pytest.raises(DerivationError, match=REFLECTED.sentence):
        derived(bare)
    with pytest.raises(DerivationError, match="the groups divide the channels"):
        derived(replace(symconv.operators.OPERATORS["channel_shuffle"], name="toy", requires={}))


def test_other_letters_than_the_convolutions():
    letters = {F: skip + 1, S: maximum(skip, 1), P: 2 * skip}
    other = TOY.where(letters)
    other = replace(other, reads=other.reads.changed(tap=None, spacing=skip))
    size = substitute((W + 2 * P - (skip * skip + 1)) // S + 1, letters)
    fits = other.reads.extent <= other.reads.padded
    requires = {"there are taps": skip >= 1, FITS: fits}
    assert all(
        step.verdict.proved for step in derived(replace(other, size=size, requires=requires)).steps
    )


def test_names_are_read_when_they_are_asked_for():
    with pytest.raises(RequestError):
        symconv.derive("toy")
    with registered(TOY):
        assert "toy" in DERIVATIONS
        assert symconv.derive("toy").name == "toy"
    assert "toy" not in DERIVATIONS
