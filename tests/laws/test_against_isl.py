"""Sets of sizes equal those of isl, an implementation that is not ours, where isl can hold them."""

import operator
from random import Random

import pytest

pytest.importorskip("islpy", reason="isl's sets are compared with ours")

from exact_squares import exact
from isl_sets import SIZES, entered, linear, settled, sizes_of
from random_expressions import W, gentle_truth, truth
from symconv.errors import UndecidedError
from symconv.terms import variables

CHUNKS, CHUNK = 5, 200
MOST_PARTS = 40
"""How many remainders isl is given one by one."""
JOINED = {
    "and": (operator.and_, lambda a, b: a.intersect(b)),
    "or": (operator.or_, lambda a, b: a.union(b)),
    "minus": (operator.sub, lambda a, b: a.subtract(b)),
    "xor": (operator.xor, lambda a, b: a.union(b).subtract(a.intersect(b))),
    "not": (lambda a, _: ~a, lambda a, _: SIZES.subtract(a)),
}
"""Operations on our sets, and on isl's."""


def statement(random):
    """A random statement that isl can take."""
    while True:
        term = settled(gentle_truth(random) if random.random() < 0.7 else truth(random, 4))
        if variables(term) and linear(term):
            return term


def joined(random):
    """A set joined of some statements, as ours and as isl's."""
    terms = [statement(random) for _ in range(random.randint(1, 4))]
    words = [random.choice([*JOINED]) for _ in terms[1:]]
    ours, theirs = exact(terms[0]), sizes_of(terms[0])
    for word, term in zip(words, terms[1:], strict=True):
        join, join_theirs = JOINED[word]
        ours = join(ours, exact(term))
        theirs = join_theirs(theirs, sizes_of(term)).coalesce()
    return ours, theirs


@pytest.mark.exhaustive
@pytest.mark.parametrize("chunk", range(CHUNKS))
def test_sets_of_expressions_and_operations_equal_isl_s(chunk):
    left_out = plain = 0
    for place in range(CHUNK):
        random = Random(f"isl {chunk * CHUNK + place}")
        try:
            ours, theirs = joined(random)
        except UndecidedError:
            left_out += 1
            continue
        same = entered(ours, MOST_PARTS)
        left_out += same is None
        plain += ours.empty or (~ours).empty
        assert theirs.is_empty() == ours.empty, (chunk, place)
        assert same is None or theirs.is_equal(same), (chunk, place)
    assert left_out < 0.1 * CHUNK
    assert plain < 0.5 * CHUNK


def test_a_set_that_differs_at_one_size_is_reported():
    theirs = sizes_of((W % 6).eq(1) | (W <= 4))
    ours = exact((W % 6).eq(1) | (W <= 4))
    assert theirs.is_equal(entered(ours, MOST_PARTS))
    for size in (1, 5, 10**9):
        changed = ours ^ exact(W.eq(size))
        assert not theirs.is_equal(entered(changed, MOST_PARTS))
