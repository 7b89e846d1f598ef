"""Random terms and values, for properties that hold of all of them."""

from collections.abc import Sequence
from functools import lru_cache

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st

from symconv.operators import OPERATORS
from symconv.terms import INTEGER, TRUTH, WORDS, Term, constant, sizes, variable

settings.register_profile(
    "symconv", deadline=None, max_examples=100, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("symconv")

NAMES = ("W", "F", "S", "P", "lo", "C")
"""Names of the laws, with what they may be here: any integer, whatever they mean there."""

LAWS = {
    name: (operator.size, operator.channels, *operator.requires.values())
    for name, operator in OPERATORS.items()
}
"""The size, channel and requirement laws of every operator."""

WORDS_GIVING = {
    sort: [word for word, (takes, gives) in WORDS.items() if takes and gives == sort]
    for sort in (INTEGER, TRUTH)
}

SMALL = st.integers(-7, 9)
INT64 = st.integers(-(2**63), 2**63 - 1)
NEAR_LIMIT = st.one_of(
    *(st.integers(edge - 3, edge + 3) for edge in (-(2**62), 2**62, 2**31, 0)),
    st.integers(2**63 - 6, 2**63 - 1),
    st.integers(-(2**63), -(2**63) + 6),
)


@lru_cache(maxsize=64)
def terms(sort: str = INTEGER, depth: int = 4, names: Sequence[str] = NAMES) -> st.SearchStrategy:
    """Terms of a sort, at most so deep."""
    leaves = st.sampled_from(names).map(variable) | SMALL.map(constant)
    if depth == 0:
        return leaves if sort == INTEGER else st.builds(lambda a, b: a <= b, leaves, leaves)
    built = [_built(word, depth - 1, names) for word in WORDS_GIVING[sort]]
    return st.one_of(leaves, *built) if sort == INTEGER else st.one_of(built)


def _built(word: str, depth: int, names: Sequence[str]) -> st.SearchStrategy:
    takes = WORDS[word][0]
    return st.builds(Term, st.just(word), *(terms(sort, depth, names) for sort in takes))


def any_terms(depth: int = 4, names: Sequence[str] = NAMES) -> st.SearchStrategy:
    """Terms of both sorts."""
    return terms(INTEGER, depth, names) | terms(TRUTH, depth, names)


def values(names: Sequence[str] = NAMES, numbers: st.SearchStrategy = SMALL) -> st.SearchStrategy:
    """A number for each name."""
    return st.fixed_dictionaries(dict.fromkeys(names, numbers))


def deep_sum(levels: int) -> Term:
    """A term of so many levels."""
    (term,) = sizes("W")
    for level in range(levels):
        term = term + level % 3
    return term
