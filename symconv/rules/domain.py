"""Which sizes are meant: a statement about them is one about the numbers from 1 on.

A letter that may be any integer is both `u` and `1 - u`; the sizes that leave the remainder `r`
when they are divided by `m` are `m*u + r`, for any integer `u`. What else is given of the size is
said as a condition.
"""

from __future__ import annotations

from typing import NamedTuple

from symconv.meanings.symbols import plain, term_of
from symconv.rules.amounts import number
from symconv.rules.clauses import SignNeededError
from symconv.rules.facts import Facts
from symconv.terms import Term, both, constant, either, substitute, variable, variables

MOST_SIZES = 16
"""Up to so many sizes are looked at one by one."""


class Counted(NamedTuple):
    """A statement about the numbers from 1 on.

    Attributes:
        statement: the statement.
        real: what must hold so that some size is meant, where a remainder is given.
    """

    statement: Term
    real: tuple[Term, ...] = ()


def counted(statement: Term, over: str, given: tuple[Term, ...], facts: Facts) -> Counted:
    """Return a statement about all sizes that are meant as one about the numbers from 1 on.

    Args:
        statement: the statement.
        over: the letter of the size; it counts from now on.
        given: what is given of it.
        facts: what is known of the other letters.

    Raises:
        SignNeededError: the sizes leave a remainder by a number whose sign is not known.
    """
    size = variable(over)
    positive = (size >= 1) in given
    for each in given:
        if (residues := _class(each, over)) is not None:
            others = tuple(other for other in given if other is not each)
            return _in_class(_wherever(statement, others), size, residues, facts, positive)
    if few := _few(size, given):
        sized = _wherever(statement, given)
        return Counted(both(*(substitute(sized, {size: cells}) for cells in few)))
    upwards = _wherever(statement, tuple(each for each in given if each is not (size >= 1)))
    if positive:
        return Counted(upwards)
    downwards = substitute(_wherever(statement, given), {size: 1 - size})
    return Counted(both(upwards, downwards))


def _in_class(
    statement: Term, size: Term, residues: Class, facts: Facts, positive: bool
) -> Counted:
    """Return a statement about the sizes of a class as one about the numbers from 1 on."""
    period, rest, more = residues
    divisor = number(period, facts)
    if not facts.at_least(divisor, 1) and not facts.at_least(-divisor, 1):
        raise SignNeededError(divisor)
    upright = facts.at_least(divisor, 1)
    step = period if upright else -period
    real = (rest >= 0, rest < period) if upright else (rest <= 0, rest > period)
    first = rest if more is constant(0) else (rest - more) % period
    upwards = substitute(statement, {size: step * (size - 1) + first})
    if positive and upright:  # below the first there is none that is positive
        return Counted(upwards, real)
    return Counted(both(upwards, substitute(statement, {size: first - step * size})), real)


def _wherever(statement: Term, given: tuple[Term, ...]) -> Term:
    """State something where some conditions hold."""
    return either(*(~each for each in given), statement)


def _few(size: Term, given: tuple[Term, ...]) -> range:
    """Return the sizes from 1 on that are meant, if numbers bound them; none if they do not."""
    bounds = [each.args[1].args[0] - (each.word == "lt") for each in given if _bounds(each, size)]
    positive = (size >= 1) in given
    return range(1, min(bounds) + 1) if bounds and positive else range(0)


def _bounds(condition: Term, size: Term) -> bool:
    """Whether a condition bounds a size from above by a number that is not too large."""
    if condition.word not in ("le", "lt") or condition.args[0] is not size:
        return False
    bound = condition.args[1]
    return bool(bound.word == "constant" and bound.args[0] <= MOST_SIZES)


class Class(NamedTuple):
    """The sizes that leave a remainder when something is added: `(size + more) % period`."""

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
