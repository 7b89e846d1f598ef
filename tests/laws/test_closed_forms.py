"""Sets and functions written as formulas, and normal forms: each is equal to what it came from."""

from __future__ import annotations

from random import Random

import pytest
from hypothesis import given, settings

import symconv
from random_chains import random_chain
from strategies import any_terms, values
from symconv.meanings.closed import MOST_CLAUSES, closed_form, condition
from symconv.meanings.integers import INTEGERS, PLAIN, compiled
from symconv.meanings.normal import FLOORS, normal
from symconv.meanings.notation import text
from symconv.meanings.periodic import EXACT
from symconv.periodic import EVERYTHING, NOTHING, SizeSet, variable
from symconv.reading.constraints import constraint, formula
from symconv.terms import Term, interpret, parts, sizes

(W,) = sizes("W")
FAR = (*range(1, 400), 999, 10**4 + 7, 10**9 + 1)


def a_set(random: Random) -> SizeSet:
    """Return a random set: some residues from some size on, members before, and holes."""
    period = random.choice((1, 1, 2, 3, 4, 6, 8, 16, 30))
    residues = random.sample(range(period), random.randint(0, min(period, 6)))
    also = random.sample(range(1, 60), random.choice((0, 0, 1, 2, 5)))
    made = SizeSet.of(period, residues, random.choice((1, 1, 2, 7, 28, 188)), also)
    low = random.randint(1, 90)
    return (
        made - SizeSet.between(low, low + random.randint(0, 20)) if random.random() < 0.4 else made
    )


def test_a_condition_holds_just_for_the_members() -> None:
    random, written = Random("conditions"), 0
    for _ in range(400):
        made = a_set(random)
        said = condition(made, W)
        if said is None:
            continue
        written += 1
        holds = compiled(said, ("W",))
        assert [size for size in FAR if holds(size)] == [size for size in FAR if size in made], made
        assert EXACT.evaluate(said & (W >= 1), {"W": variable()}) == made
        assert constraint(text(said)) is said or PLAIN.evaluate(
            constraint(text(said)), {"W": 7}
        ) == holds(7)
    assert written > 300


@pytest.mark.parametrize("first", [0, -3])
def test_a_condition_speaks_of_all_sizes_that_its_set_speaks_of(first: int) -> None:
    """Between layers a size may be 0; it was left out where a set was all before some size."""
    numbers = range(first, 12)
    for picked in range(1 << 5):
        members = [first + place for place in range(5) if picked >> place & 1]
        for made in (
            SizeSet.points(members, first),
            SizeSet.points(members, first) | SizeSet.between(first, 30) & SizeSet.between(8, None),
            SizeSet.points(members, first)
            | SizeSet.between(9, None) & SizeSet.between(first, None),
        ):
            holds = compiled(condition(made, W), ("W",))
            assert [size for size in numbers if holds(size)] == [n for n in numbers if n in made]


def test_a_condition_too_long_to_be_read_is_none() -> None:
    assert condition(SizeSet.of(period=200, residues=range(0, 200, 3)), W) is None
    squares = [size * size for size in range(1, MOST_CLAUSES + 2)]
    assert condition(SizeSet.points(squares[1:]), W) is not None
    assert condition(SizeSet.points(squares), W) is None
    assert PLAIN.evaluate(condition(EVERYTHING, W), {"W": 3})
    assert not PLAIN.evaluate(condition(NOTHING, W), {"W": 3})


def test_a_closed_form_is_equal_on_its_set() -> None:
    random, found = Random("closed forms"), 0
    for _ in range(400):
        scale, a, s = (
            random.choice((1, 1, 2, 3, 16)),
            random.randint(-3, 6),
            random.choice((1, 2, 3, 16, 32)),
        )
        law = scale * ((a * W + random.randint(-40, 40)) // s) + random.randint(-200, 200)
        on = a_set(random)
        form = closed_form(EXACT.evaluate(law, {"W": variable()}), on, W)
        if on.empty:
            assert form is None
            continue
        assert form is not None or not on.endless, (text(law), on)
        if form is not None:
            found += 1
            ours, theirs = compiled(form, ("W",)), compiled(law, ("W",))
            assert all(ours(one) == theirs(one) for one in FAR if one in on), (
                text(law),
                text(form),
            )
    assert found > 300


@pytest.mark.parametrize(
    "wanted", ["W", "W - 184", "(W + 31)//32", "16*((W - 12)//16) - 172", "2*W + 3", "7", "5 - W"]
)
def test_readable_forms_come_out_as_people_write_them(wanted: str) -> None:
    exact = EXACT.evaluate(formula(wanted), {"W": variable()})
    exact = exact if not isinstance(exact, int) else variable() * 0 + exact
    assert text(closed_form(exact, EVERYTHING, W)) == wanted


def test_what_is_no_floor_has_no_closed_form() -> None:
    for law in (W * W, W // 2 + W // 3, W % 3):
        assert closed_form(EXACT.evaluate(law, {"W": variable()}), EVERYTHING, W) is None
    only = SizeSet.of(period=6)
    assert (
        text(closed_form(EXACT.evaluate(W // 2 + W // 3, {"W": variable()}), only, W)) == "5*W//6"
    )


@settings(max_examples=400)
@given(any_terms(), values())
def test_a_normal_form_has_the_value_of_the_term(term: Term, numbers: dict[str, int]) -> None:
    try:
        wanted = interpret(term, INTEGERS, numbers)
    except ZeroDivisionError:
        return
    try:
        assert interpret(normal(term), INTEGERS, numbers) == wanted
    except ZeroDivisionError:
        pytest.fail(f"{term} has a value, and its normal form {normal(term)} has none")


@given(any_terms())
def test_a_normal_form_is_its_own(term: Term) -> None:
    once = normal(term)
    assert normal(normal(once)) is normal(once)
    assert once.sort == term.sort


def test_every_word_has_a_normal_form() -> None:
    assert FLOORS.keys() == INTEGERS.keys()


@pytest.mark.parametrize("steps", range(1, 9))
def test_a_chain_of_windows_is_one_floor(steps: int) -> None:
    random = Random(steps)
    law: Term = W
    for _ in range(steps):
        extent, stride = random.randint(1, 7), random.randint(1, 4)
        law = (law + 2 * random.randint(0, 3) - extent) // stride + 1
    form = normal(law)
    assert sum(part.word == "floordiv" for part in parts(form)) <= 1
    ours, theirs = compiled(form, ("W",)), compiled(law, ("W",))
    assert all(ours(one) == theirs(one) for one in FAR)


def test_the_formulas_of_an_audit_are_short() -> None:
    random, floors = Random("short"), 0
    for _ in range(60):
        chain = random_chain(random, 5)
        audit = symconv.audit(chain.whole, chain.shape, timeout=10**5)
        for one in (one for answer in audit.axes for one in answer.formulas if answer.valid):
            floors += sum(part.word == "floordiv" for part in parts(one)) <= 1
            assert len(text(one)) < 2000
    assert floors > 40
