"""Exact functions against the plain integers: a term in one size, size by size."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from symconv.meanings.integers import INTEGERS, compiled
from symconv.meanings.periodic import PERIODIC, variable
from symconv.periodic import Number, SizeSet
from symconv.terms import INTEGER, WORDS, Term, interpret

AT_EACH = (*range(1, 301), 1000, 10**6)
"""Sizes at which every law is asked."""
FAULTY = 37
"""The one size for which a planted fault is wrong."""


def exact(term: Term, table: Mapping[str, Callable[..., Any]] = PERIODIC) -> Any:
    """What a term in `W` is for every size at once."""
    return interpret(term, table, {"W": variable()})


def value_at(value: Any, size: int) -> int | bool:
    """What an exact function, or a number that is the same for all sizes, is at one of them."""
    if isinstance(value, SizeSet):
        return size in value
    return value.at(size) if isinstance(value, Number) else value


def differences(
    term: Term, value: Any, sizes: Iterable[int]
) -> Iterator[tuple[int, int | bool, int | bool]]:
    """Yield each size at which the value is not what the integers say, and what both say."""
    plain = compiled(term, ("W",))
    for size in sizes:
        wanted, reached = plain(size), value_at(value, size)
        if (reached, type(reached)) != (wanted, type(wanted)):
            yield size, reached, wanted


def divides_by_zero(term: Term, sizes: Iterable[int]) -> bool:
    """Whether some part of a term divides by zero at one of some sizes."""
    for size in sizes:
        try:
            interpret(term, INTEGERS, {"W": size})
        except ZeroDivisionError:
            return True
    return False


def wrong_at_one_size(word: str) -> dict[str, Callable[..., Any]]:
    """A copy of the words on exact functions, one of them wrong at one size alone."""
    right, only = PERIODIC[word], SizeSet.points([FAULTY])

    def wrong(*values: Any) -> Any:
        value = right(*values)
        if WORDS[word][1] != INTEGER:
            return value ^ only
        return PERIODIC["if"](only, value + PERIODIC["constant"](1), value)

    return {**PERIODIC, word: wrong}
