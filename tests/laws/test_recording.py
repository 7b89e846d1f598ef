"""Recorded sizes: what the rules make of a computation is what integers make of it."""

from __future__ import annotations

from random import Random

import pytest

from symconv.book.statements.chapters import CHAPTERS
from symconv.meanings.integers import INTEGERS
from symconv.networks.recording import Recorder
from symconv.terms import Term, interpret, variable

W = variable("W")
WORDS = {
    "total": lambda a, b: a + b,
    "difference": lambda a, b: a - b,
    "product": lambda a, b: a * b,
    "quotient": lambda a, b: a // b,
    "remainder": lambda a, b: a % b,
    "least": min,
    "greatest": max,
}
COMPARED = {
    "at_most": lambda a, b: a <= b,
    "less": lambda a, b: a < b,
    "equal": lambda a, b: a == b,
}
DIVIDING = ("quotient", "remainder")


def at(value, size):
    return interpret(value, INTEGERS, {"W": size}) if isinstance(value, Term) else value


def drawn(random):
    """Yield random computations: the recorder, the sizes, and numbers with their values."""
    first = random.choice([1, 1, 2, 5])
    sizes = range(first, first + 14)
    recorder = Recorder(lambda size: all(at(size, w) > 0 for w in sizes))
    numbers = [(W, [*sizes]), *((c, [c] * len(sizes)) for c in (0, 1, 2, 3, -1, 5, 7))]
    for _ in range(random.randint(2, 10)):
        word, (a, x), (b, y) = (random.choice([*each]) for each in (WORDS, numbers, numbers))
        if word in DIVIDING and 0 in y:
            continue
        values = [*map(WORDS[word], x, y)]
        yield recorder, sizes, word, getattr(recorder, word)(a, b), values
        if max(map(abs, values)) < 10**9:
            numbers.append((getattr(recorder, word)(a, b), values))
    for word, holds in COMPARED.items():
        (a, x), (b, y) = random.choice(numbers), random.choice(numbers)
        truths = [*map(holds, x, y)]
        yield recorder, sizes, word, getattr(recorder, word)(a, b), truths
        denied = recorder.no(getattr(recorder, word)(a, b))
        yield recorder, sizes, f"no {word}", denied, [not truth for truth in truths]


@pytest.mark.parametrize("chunk", range(4))
def test_what_is_recorded_is_what_integers_compute(chunk):
    random = Random(f"recorded {chunk}")
    for _ in range(1500):
        for _, sizes, word, term, values in drawn(random):
            assert [at(term, size) for size in sizes] == values, (word, term)


@pytest.mark.parametrize("chunk", range(3))
def test_sums_of_products_are_compared_as_integers_are(chunk):
    random = Random(f"sums {chunk}")
    half = Recorder(lambda size: False).quotient(W, 2)
    for _ in range(2500):
        factors = [(W, lambda w: w), (half, lambda w: w // 2), (W + 1, lambda w: w + 1)]
        recorder = Recorder(lambda size: all(at(size, w) > 0 for w in range(1, 15)))
        sums = []
        for _ in range(2):
            term, values = 0, [0] * 14
            for _ in range(random.randint(1, 3)):
                product = random.choice([-4, -1, 1, 1, 2, 4])
                each = [product] * 14
                for size, of in random.choices(factors, k=random.randint(0, 3)):
                    product = recorder.product(product, size)
                    each = [value * of(w) for w, value in enumerate(each, 1)]
                term = recorder.total(term, product)
                values = [*map(sum, zip(values, each, strict=True))]
            sums.append((term, values))
        (a, x), (b, y) = sums
        for word, holds in COMPARED.items():
            truths = [at(getattr(recorder, word)(a, b), w) for w in range(1, 15)]
            assert truths == [*map(holds, x, y)], (word, a, b)


def test_what_is_common_is_taken_away_as_often_as_all_of_it_has_it():
    recorder = Recorder(lambda size: True)
    cube, cells = recorder.product(W, recorder.product(W, W)), recorder.product(4, W)
    assert [w for w in range(1, 9) if at(recorder.equal(cube, cells), w)] == [2]


def test_a_rule_that_needs_a_positive_size_is_not_used_where_it_may_be_none():
    half, careful = W - 3, Recorder(lambda size: False)
    equation = careful.equal(careful.product(half, W), careful.product(half, 7))
    assert [size for size in range(1, 20) if at(equation, size)] == [3, 7]
    assert Recorder(lambda size: True).equal(W * W, 7 * W) == W.eq(7)


def test_dividing_by_nothing_is_an_error():
    for word in DIVIDING:
        with pytest.raises(ZeroDivisionError):
            getattr(Recorder(lambda size: True), word)(W, 0)


def test_sizes_of_a_deep_network_stay_short():
    recorder, size = Recorder(lambda size: True), W
    for _ in range(50):  # a convolution of stride 2, and one that keeps sizes
        size = recorder.total(recorder.quotient(recorder.total(size, 2 - 3), 2), 1)
        size = recorder.total(recorder.difference(recorder.total(size, 2), 3), 1)
    assert len(str(size)) < 60


def test_the_rules_stand_in_the_book():
    chapter = next(chapter for chapter in CHAPTERS if chapter.name == "recorded")
    assert len(chapter.statements) >= 13
    assert all(theorem.expected == "proved" for theorem in chapter.statements)
