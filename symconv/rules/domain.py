"""Which sizes are meant: a statement about them is one about the numbers from 1 on.

A letter that may be any integer is both `u` and `1 - u`; the sizes that leave the remainder `r`
when they are divided by `m` are `m*(u - 1) + r`. What else is given of the size is said as a
condition.
"""

from __future__ import annotations

from typing import NamedTuple

from symconv.meanings.symbols import plain, term_of
from symconv.terms import Term, both, constant, either, substitute, variable, variables

MOST_SIZES = 16
"""Up to so many sizes are looked at one by one."""


def counted(statement: Term, over: str, given: tuple[Term, ...]) -> Term:
    """Return a statement about all sizes that are meant as one about the numbers from 1 on.

    Args:
        statement: the statement.
        over: the letter of the size; it counts from now on.
        given: what is given of it.
    """
    size = variable(over)
    classes = {each: found for each in given if (found := _class(each, over)) is not None}
    if classes:
        condition, (period, rest, more) = next(iter(classes.items()))
        rest = rest if more is constant(0) else (rest - more) % period
        given = tuple(each for each in given if each is not condition)
        sizes = period * (size - 1) + rest
        return substitute(_wherever(statement, given), {size: sizes})
    if few := _few(variable(over), given):
        return both(*(substitute(_wherever(statement, given), {size: each}) for each in few))
    upwards = _wherever(statement, tuple(each for each in given if each is not (size >= 1)))
    if (size >= 1) in given:
        return upwards
    turned = {size: 1 - size}
    return both(upwards, substitute(_wherever(statement, given), turned))


def _wherever(statement: Term, given: tuple[Term, ...]) -> Term:
    """State something where some conditions hold."""
    return either(*(~each for each in given), statement)


def _few(size: Term, given: tuple[Term, ...]) -> range:
    """Return the sizes from 1 on that are meant, if numbers bound them; none if they do not."""
    bounds = [each.args[1].args[0] for each in given if _bounds(each, size)]
    bounds += [each.args[1].args[0] - 1 for each in given if _bounds(each, size, "lt")]
    positive = (size >= 1) in given
    return range(1, min(bounds) + 1) if bounds and positive else range(0)


def _bounds(condition: Term, size: Term, word: str = "le") -> bool:
    """Whether a condition bounds a size from above by a number that is not too large."""
    if condition.word != word or condition.args[0] is not size:
        return False
    bound = condition.args[1]
    return bool(bound.word == "constant" and bound.args[0] <= MOST_SIZES)


def there_are(over: str, given: tuple[Term, ...]) -> tuple[Term, ...]:
    """Return what must hold so that some number leaves the remainder that is given, if one is."""
    for each in given:
        if (found := _class(each, over)) is not None:
            return (found.period >= 1, found.rest >= 0, found.rest < found.period)
    return ()


class Class(NamedTuple):
    """The sizes that leave a remainder."""

    period: Term
    rest: Term
    more: Term


def _class(condition: Term, over: str) -> Class | None:
    """Return the class where a condition says `(size + c) % period == remainder`."""
    if condition.word != "eq":
        return None
    for left, right in (condition.args, condition.args[::-1]):
        if left.word != "mod" or over in variables(right, left.args[1]):
            continue
        more = plain(left.args[0] - variable(over))
        if over not in {letter.name for letter in more.free_symbols}:
            return Class(left.args[1], right, term_of(more))
    return None
