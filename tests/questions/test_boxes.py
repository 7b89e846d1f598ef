"""Elimination: the rows of a plan are the points of its statement, each once, whatever it says."""

import random
from dataclasses import replace
from importlib import import_module
from itertools import product

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from random_requests import ABSENT, condition
from strategies import terms
from symconv.boxes import columns, polynomials
from symconv.boxes.columns import count
from symconv.boxes.columns import rows as rows_of
from symconv.boxes.forms import ONE, OUTER, Congruence, NotLinear, clauses_of, frozen, plus
from symconv.boxes.plan import plan
from symconv.meanings.integers import compiled
from symconv.operators import OPERATORS
from symconv.proving.clock import TIME_UP, Clock
from symconv.reading.constraints import constraint
from symconv.terms import TRUTH, both, defined, either, sizes, substitute, variable, variables

D, F, S, P, A, W = sizes("D F S P A W")
LAWS = ("conv", "conv_transpose", "max_pool", "avg_pool", "lp_pool", "conv_reflect", "max_unpool")
ENDS = {"D": (1, 3), "F": (1, 6), "S": (1, 4), "P": (-2, 4), "A": (0, 3)}
FAR = 2**31


def points(statement, box):
    """Every point of a box that meets a statement, read as Python reads it."""
    holds = compiled(defined(statement) & statement, tuple(box))
    return {point for point in product(*box.values()) if holds(*point)}


def listed(box_plan):
    """The rows of a plan, as tuples in the order of its levels."""
    names = [level.letter for level in box_plan.levels]
    rows = [
        row
        for block in rows_of(box_plan)
        for row in zip(*(block[name].tolist() for name in names), strict=True)
    ]
    assert len(set(rows)) == len(rows)
    return rows


def random_statement(rng):
    """Return a law that gives a random size, in a random box, with random constraints."""
    name = rng.choice(LAWS)
    operator = OPERATORS[name]
    operator = operator.symmetric if "conv" in name else operator
    known = {W: rng.randint(1, 15), variable("ceil_mode"): rng.randint(0, 1)}
    needs = [substitute(term, known) for term in operator.requires.values()]
    needs = [term for term in needs if set(variables(term)) <= set(ENDS)]
    law = substitute(operator.size, known)
    said = [law.eq(rng.randint(1, 12)) if rng.random() < 0.7 else law >= rng.randint(1, 12)]
    letters = [one for one in ("D", "S", "F", "P", "A") if one in variables(law, *needs)]
    names = ["kernel_size", "stride", *(["padding"] if "P" in letters else [])]
    absent = {variable(one): ABSENT[one] for one in ABSENT if one not in letters}
    words = {word: substitute(term, absent) for word, term in WORDS.items()}
    said += [constraint(condition(rng, names), None, words) for _ in range(rng.choice((0, 1, 2)))]
    box = {letter: choices(rng, *ENDS[letter]) for letter in letters}
    inside = [among(variable(letter), some) for letter, some in box.items()]
    return both(*needs, *said, *inside), box


WORDS = {"extent": D * (F - 1) + 1, "centred": F.eq(S + 2 * P), "uniform_overlap": (F % S).eq(0)}


def choices(rng, low, high):
    first = rng.randint(low, high)
    span = range(first, rng.randint(first, high) + 1)
    return tuple(span) if rng.random() < 0.7 else tuple(sorted({*rng.sample(span, 1), high}))


def among(letter, some):
    """State that a letter has one of some values, and between which they lie."""
    one_of = either(*(letter.eq(one) for one in some))
    return both(letter >= some[0], letter <= some[-1], one_of)


def ordered(rng, box):
    """Return the letters of a box in some order; the dilation is always first."""
    rest = [letter for letter in box if letter != "D"]
    rng.shuffle(rest)
    return (*(["D"] if "D" in box else []), *rest)


def fault(box_plan, order, expected):
    """Say how a plan differs from the points that trying all of them finds, or nothing."""
    if set(listed(box_plan)) != expected:
        return "other rows"
    if count(box_plan) != len(expected):
        return "another number"
    in_order = box_plan.empty or tuple(level.letter for level in box_plan.levels) == order
    return "" if in_order else "another order"


def sample(seed):
    """Return a plan, its letters in order, and the points that it should find."""
    rng = random.Random(seed)
    statement, box = random_statement(rng)
    order = ordered(rng, box)
    expected = points(statement, {letter: box[letter] for letter in order})
    return plan(statement, order), order, expected


@pytest.mark.parametrize("first", range(0, 1000, 200))
def test_rows_are_the_points_that_meet_a_statement_each_once(first):
    for seed in range(first, first + 200):
        assert not fault(*sample(seed)), seed


def test_a_plan_that_is_empty_has_no_point_and_many_without_points_are_seen_to_be_empty():
    samples = [sample(seed) for seed in range(400)]
    assert not any(expected for box_plan, _, expected in samples if box_plan.empty)
    assert sum(box_plan.empty for box_plan, _, _ in samples) > 50


def shifted(clause, by):
    """Return a clause whose forms are greater by a number."""
    return tuple(frozen(plus(dict(form), {ONE: (by,)})) for form in clause)


FAULTS = {
    "a lower or an upper bound that is one too wide": lambda level: replace(
        level, clauses=tuple(shifted(one, 1) for one in level.clauses), equality=None
    ),
    "a bound that is one too narrow": lambda level: replace(
        level, clauses=tuple(shifted(one, -1) for one in level.clauses), equality=None
    ),
    "a congruence to another modulus": lambda level: replace(
        level, congruences=tuple(replace(one, modulus=3) for one in level.congruences)
    ),
    "a congruence that is not asked": lambda level: replace(level, congruences=()),
    "a filter that is not asked": lambda level: replace(level, filters=()),
}


@pytest.mark.parametrize("name", FAULTS)
def test_a_planted_fault_is_seen(name):
    for seed in range(300):
        box_plan, order, expected = sample(seed)
        levels = tuple(FAULTS[name](level) for level in box_plan.levels)
        if levels != box_plan.levels and not box_plan.empty:
            wrong = replace(box_plan, levels=levels, counted=len(levels))
            if fault(wrong, order, expected):
                return
    pytest.fail("no sample shows it")


def test_small_blocks_give_the_same_rows(monkeypatch):
    whole = [listed(sample(seed)[0]) for seed in range(60)]
    for size in (1, 7):
        monkeypatch.setattr(columns, "BLOCK", size)
        assert [listed(sample(seed)[0]) for seed in range(60)] == whole


@pytest.fixture
def forgetful(monkeypatch):
    """A function that lets elimination keep only so many clauses; no plan is remembered."""
    module = import_module(plan.__module__)
    plan.cache_clear()
    yield lambda most: monkeypatch.setattr(module, "MOST_CLAUSES", most)
    plan.cache_clear()


@pytest.mark.parametrize("most", [0, 3, 12])
def test_few_clauses_are_kept_and_still_no_row_is_wrong(forgetful, most):
    forgetful(most)
    for seed in range(150):
        assert not fault(*sample(seed)), seed


def test_a_clock_that_is_over_ends_rows_and_counts():
    box = both(F >= 1, F <= 10**6, S >= 1, S <= 10**6, (F * S % 7).eq(3))
    box_plan = plan(box, ("S", "F"))
    blocks = rows_of(box_plan, clock := Clock(600))
    assert len(next(blocks)["F"]) > 0
    clock.stop(TIME_UP)  # all of it would take hours
    with pytest.raises(StopIteration) as ended:
        next(blocks)
    assert ended.value.value == TIME_UP
    assert count(box_plan, clock) is None


def test_rows_that_were_all_seen_stop_for_no_reason():
    blocks = rows_of(plan(both(F >= 1, F <= 3), ("F",)))
    assert [block["F"].tolist() for block in blocks] == [[1, 2, 3]]
    with pytest.raises(StopIteration) as ended:
        next(blocks)
    assert not ended.value.value


def test_letters_without_bounds_are_named():
    box_plan = plan(both(F >= 1, S >= 1, F <= S), ("S", "F"))
    assert box_plan.unbounded == ("S",)


def test_a_great_box_is_counted_without_opening_it():
    box_plan = plan(both(S >= 1, S <= 1000, F >= 1, F <= 10**9, (F % 2).eq(1)), ("S", "F"))
    assert count(box_plan) == 1000 * 5 * 10**8


@pytest.mark.parametrize("seed", range(150))
def test_numbers_near_two_to_the_31_are_exact(seed):
    rng = random.Random(seed)
    box = {name: range(FAR - rng.randint(1, 4), FAR) for name in "DSFP"}
    product_ = rng.choice([D * (F - 1), D * (F - 1) * D, S * 7 + D, -D * (F + S)])
    middle = compiled(product_, ("D", "S", "F"))(FAR - 2, FAR - 2, FAR - 2)
    compare = rng.choice([lambda a, b: a <= b, lambda a, b: a < b, lambda a, b: a >= b])
    statement = both(
        compare(product_ - 2 * P, middle - rng.randint(-3, 3) * FAR),
        *([(F % S).eq(0)] if rng.random() < 0.3 else []),
        *(among(variable(name), span) for name, span in box.items()),
    )
    order = ordered(rng, box)
    expected = points(statement, {letter: box[letter] for letter in order})
    assert not fault(plan(statement, order), order, expected)


POSITIVE = st.integers(1, 9)
READ = {"D": POSITIVE, "F": POSITIVE, "S": POSITIVE, "P": st.integers(-5, 9)}
CONDITIONS = st.integers(0, 10**6).map(
    lambda seed: constraint(
        condition(random.Random(seed), ["kernel_size", "stride", "padding", "dilation"]),
        None,
        WORDS,
    )
)


def reads(clause, at):
    """Whether a clause, or a congruence, holds at a point."""
    if isinstance(clause, Congruence):
        modulus = clause.modulus if isinstance(clause.modulus, int) else at[clause.modulus]
        return number(clause.form, at) % modulus == 0
    return any(number(form, at) >= 0 for form in clause)


def number(form, at):
    return sum(
        polynomials.value(slope, at[OUTER]) * (1 if key == ONE else at[key]) for key, slope in form
    )


@settings(max_examples=1500)
@given(terms(TRUTH, 3, tuple(READ)) | CONDITIONS, st.fixed_dictionaries(READ))
def test_a_reading_holds_exactly_where_its_statement_does(statement, at):
    try:
        clauses = clauses_of(statement, ("F", "S"))
    except NotLinear:
        return
    point = [at[name] for name in READ]
    assume(compiled(defined(statement), tuple(READ))(*point))  # a plan sees to that
    law = compiled(statement, tuple(READ))
    assert all(reads(clause, at) for clause in clauses) == law(*point)


@pytest.mark.parametrize(
    "text",
    [
        "((kernel_size + 3*padding) // stride + 1) // 2 >= 3",
        "min(kernel_size, stride) <= max(padding, 2) - 1",
        "(kernel_size if padding > 2 else stride) != 4",
        "not (kernel_size % 2 == 1)",
        "dilation*(kernel_size - 1) + 1 <= 12 + 2*padding",
        "kernel_size % stride == 0",
        "max(kernel_size // 3, padding // 2) == 2",
    ],
)
def test_these_statements_are_read_as_clauses(text):
    statement = constraint(text)
    clauses = clauses_of(statement, ("F", "S"))
    law = compiled(statement, tuple(READ))
    for point in product(range(1, 5), range(1, 10), range(1, 6), range(-4, 7)):
        at = dict(zip(READ, point, strict=True))
        assert all(reads(clause, at) for clause in clauses) == law(*point)


COEFFICIENTS = st.lists(st.integers(-6, 6), max_size=4).map(polynomials.trimmed)


@given(COEFFICIENTS, COEFFICIENTS, st.integers(-9, 9))
def test_polynomials_add_and_multiply_as_their_values_do(a, b, at):
    one, other = polynomials.value(a, at), polynomials.value(b, at)
    assert polynomials.value(polynomials.add(a, b), at) == one + other
    assert polynomials.value(polynomials.multiply(a, b), at) == one * other


@given(COEFFICIENTS)
def test_a_sign_holds_for_every_dilation_and_a_root_for_all_beyond_it(a):
    numbers = [polynomials.value(a, at) for at in range(1, 60)]
    sign = polynomials.sign(a)
    if sign is not None:
        assert all((one > 0) - (one < 0) == sign for one in numbers)
    root = polynomials.greatest_root(a)
    if root is None:
        assert not a or a[-1] > 0 or numbers[-1] >= 0
    else:
        assert all(polynomials.value(a, at) < 0 for at in range(root, root + 60))
