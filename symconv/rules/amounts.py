"""Terms as numbers and clauses: one table of the words of the laws.

An amount is the greatest of some least ones of numbers: so `min(a, b) >= c` is `a >= c` and
`b >= c`, and nothing has to be told apart. Where an amount depends on a condition (`a if c else b`)
it has a branch for either case.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from itertools import product
from math import prod
from typing import Any, NamedTuple

import sympy

from symconv.meanings.integers import INTEGERS
from symconv.rules.clauses import (
    ALWAYS,
    MOST,
    NEVER,
    Clauses,
    SignNeededError,
    all_of,
    any_of,
    beyond,
    holds,
    negated,
    surely,
)
from symconv.rules.facts import Facts
from symconv.rules.floors import Number, floored
from symconv.terms import Term, interpret, variable, variables


class Branch(NamedTuple):
    """An amount where a guard holds: the greatest of the least numbers of some lists."""

    guard: Clauses
    lists: tuple[tuple[Number, ...], ...]


Amount = tuple[Branch, ...]


def number_of(number: Any) -> Amount:
    """Return a number as an amount."""
    return (Branch(ALWAYS, ((sympy.expand(number),),)),)


class Reading:
    """The meaning of terms as amounts and clauses, where some things are known.

    Args:
        facts: what is known of the letters.
        over: a letter that counts from 1.
    """

    def __init__(self, facts: Facts, over: str | None = None) -> None:
        """Make the table of words."""
        self.over = over
        self.facts = facts if over is None else facts.and_also(variable(over) >= 1)
        self.words: Mapping[str, Callable[..., Any]] = INTEGERS | {
            "constant": lambda value: number_of(sympy.Integer(value)),
            "add": lambda a, b: _pairs(a, b, _sum),
            "sub": lambda a, b: _pairs(a, self._minus(b), _sum),
            "mul": self._product,
            "floordiv": self._quotient,
            "mod": self._remainder,
            "min": lambda a, b: _pairs(a, b, _least),
            "max": lambda a, b: _pairs(a, b, lambda x, y: (*x, *y)),
            "if": _chosen,
            "le": lambda a, b: self._at_least(b, a, 0),
            "lt": lambda a, b: self._at_least(b, a, 1),
            "eq": lambda a, b: all_of(self._at_least(a, b, 0), self._at_least(b, a, 0)),
            "and": all_of,
            "or": any_of,
            "not": negated,
            "iff": lambda a, b: all_of(any_of(negated(a), b), any_of(a, negated(b))),
        }

    def clauses(self, statement: Term) -> Clauses:
        """Return a statement as clauses.

        Raises:
            UndecidedError: it is out of reach.
        """
        clauses: Clauses = self.value(statement)
        return clauses

    def value(self, term: Term) -> Any:
        """Return the amount or the clauses that a term is.

        Raises:
            UndecidedError: it is out of reach.
        """
        names = variables(term)
        letters = {name: number_of(sympy.Symbol(name, integer=True)) for name in names}
        return interpret(term, self.words, letters)

    def _at_least(self, a: Amount, b: Amount, more: int) -> Clauses:
        """Return that an amount is at least another, and so much more."""
        gaps = _pairs(a, self._minus(b), _sum)
        told = []
        for guard, lists in gaps:
            some = (all_of(*(holds(each - more) for each in least)) for least in lists)
            told.append(any_of(negated(guard), *some))
        return all_of(*told)

    def _minus(self, a: Amount) -> Amount:
        return tuple(Branch(guard, _turned(lists)) for guard, lists in a)

    def _scaled(self, a: Amount, factor: Number) -> Amount:
        """Return an amount some times, where it is known whether the factor turns the order."""
        if all(len(lists) == len(lists[0]) == 1 for _, lists in a):
            return _each(a, lambda x: sympy.expand(x * factor))
        if self.facts.at_least(factor, 0):
            return _each(a, lambda x: sympy.expand(x * factor))
        if self.facts.at_least(-factor, 0):
            return self._scaled(self._minus(a), -factor)
        raise beyond(f"a minimum or maximum times {factor}, whose sign is not known")

    def _product(self, a: Amount, b: Amount) -> Amount:
        for one, other in ((a, b), (b, a)):
            if (factor := single(one)) is not None:
                return self._scaled(other, factor)
        raise beyond("a product of minima, maxima or conditional amounts")

    def _quotient(self, a: Amount, b: Amount) -> Amount:
        divisor = single(b)
        if divisor is None:
            raise beyond("a quotient by a minimum, a maximum or a conditional amount")
        if self.facts.at_least(divisor, 1):
            return _each(a, lambda x: floored(x, divisor, self.facts))
        if self.facts.at_least(-divisor, 1):
            return self._quotient(self._minus(a), number_of(-divisor))
        if divisor == 0:
            raise beyond("a quotient by 0")
        if self.over in {letter.name for letter in divisor.free_symbols}:
            raise beyond(f"a quotient by {divisor}, which depends on the size")
        raise SignNeededError(divisor)

    def _remainder(self, a: Amount, b: Amount) -> Amount:
        return _pairs(a, self._minus(self._product(self._quotient(a, b), b)), _sum)


def number(term: Term, facts: Facts) -> Number:
    """Return a term as a number in normal form.

    Raises:
        UndecidedError: it is none, or out of reach.
    """
    value = single(Reading(facts).value(term))
    if value is None:
        raise beyond("a minimum, a maximum or a condition where a number is needed")
    return value


def _pairs(a: Amount, b: Amount, join: Callable[..., Any]) -> Amount:
    """Join amounts branch by branch."""
    joined = (
        Branch(all_of(one.guard, other.guard), join(one.lists, other.lists))
        for one, other in product(a, b)
    )
    return tuple(branch for branch in joined if branch.guard != NEVER)


def _sum(a: Any, b: Any) -> Any:
    """Add: the greatest least of all sums."""
    return _short(tuple(x + y for x, y in product(one, other)) for one, other in product(a, b))


def _least(a: Any, b: Any) -> Any:
    return _short((*one, *other) for one, other in product(a, b))


def _turned(lists: Any) -> Any:
    """Return what the opposite of an amount is: a least greatest one, written as a greatest least.

    The least of the greatest of some lists is the greatest of the least of all choices, one number
    from each list.
    """
    if prod(map(len, lists)) > MOST:
        raise beyond("more cases than can be told apart")
    return _short(tuple(-x for x in choice) for choice in product(*lists))


def _short(lists: Iterable[Iterable[Number]]) -> tuple[tuple[Number, ...], ...]:
    """Return lists with expanded numbers, without those that are never the least."""
    short: dict[tuple[Number, ...], None] = {}
    for numbers in lists:
        least: list[Number] = []
        for number in map(sympy.expand, numbers):
            if any(surely(number - other, 0) for other in least):
                continue
            least = [*(other for other in least if not surely(other - number, 0)), number]
        short.setdefault(tuple(least))
        if len(short) > MOST:
            raise beyond("more cases than can be told apart")
    return tuple(short)


def _each(a: Amount, change: Callable[[Number], Number]) -> Amount:
    return tuple(
        Branch(guard, _short(tuple(map(change, numbers)) for numbers in lists))
        for guard, lists in a
    )


def single(a: Amount) -> Number | None:
    """Return an amount as a number, if it is just one."""
    if len(a) == 1 and len(a[0].lists) == len(a[0].lists[0]) == 1:
        return a[0].lists[0][0]
    return None


def _chosen(condition: Clauses, then: Amount, otherwise: Amount) -> Amount:
    if condition in (ALWAYS, NEVER):
        return then if condition == ALWAYS else otherwise
    branches = (
        Branch(all_of(case, guard), lists)
        for case, amount in ((condition, then), (negated(condition), otherwise))
        for guard, lists in amount
    )
    return tuple(branch for branch in branches if branch.guard != NEVER)
