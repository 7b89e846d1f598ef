"""Conditions as clauses: all of them hold, in each of them one literal, `number >= 0`, at least.

An amount is the greatest of some least ones of numbers: so `min(a, b) >= c` is `a >= c` and
`b >= c`, and nothing has to be told apart. Where an amount depends on a condition (`a if c else b`)
it has a branch for either case.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import reduce
from itertools import product
from math import gcd, prod
from typing import Any, NamedTuple

import sympy

from symconv.errors import UndecidedError
from symconv.meanings.integers import INTEGERS
from symconv.meanings.symbols import Floored, term_of
from symconv.rules.facts import Facts
from symconv.rules.floors import Number, floored, summed, whole_terms
from symconv.terms import Term, both, either, interpret, variables

MOST = 256
"""How many clauses, or literals in one, a condition may have on the way."""


class SignNeededError(UndecidedError):
    """A rule needs to know the sign of a divisor: it is told apart."""

    def __init__(self, divisor: Number) -> None:
        """Keep the divisor."""
        self.divisor = divisor
        super().__init__(
            "divisors whose signs are known",
            f"a quotient by {divisor}, which may be positive or negative",
            f"Say which: given='{divisor} >= 1'.",
        )


Clause = tuple[Number, ...]
Clauses = tuple[Clause, ...]
ALWAYS: Clauses = ()
NEVER: Clauses = ((),)


def beyond(why: str) -> UndecidedError:
    """Return that something is out of reach, and why."""
    return UndecidedError("a relation within reach of the rules", why, "State it otherwise.")


def stated(clauses: Clauses) -> Term:
    """Return clauses as a term; what divides comes last, behind what it is guarded by."""
    return both(
        *(
            either(*(term_of(each) >= 0 for each in sorted(clause, key=divides)))
            for clause in sorted(clauses, key=lambda clause: any(map(divides, clause)))
        )
    )


def divides(number: Number) -> bool:
    """Whether there is a quotient in a number."""
    return bool(number.has(Floored))


def literal(number: Number) -> Number:
    """Return the tightest number that is at least 0 just when this one is.

    What all letters' coefficients have in common is divided out: `2*P - 3 >= 0` is `P - 2 >= 0`.
    """
    terms = dict(whole_terms(number))
    added = terms.pop(sympy.Integer(1), 0)
    if not terms:
        return sympy.Integer(0 if added >= 0 else -1)
    common = reduce(gcd, terms.values(), 0)
    tight = {monomial: coefficient // common for monomial, coefficient in terms.items()}
    return summed(tight | {sympy.Integer(1): added // common})


def clause(literals: Iterable[Number]) -> Clause | None:
    """Return literals of which one must hold; nothing where one surely does."""
    kept: list[Number] = []
    for number in map(literal, literals):
        if number.is_Integer:
            if number >= 0:
                return None
            continue
        if any(surely(other - number, 0) for other in kept):
            continue
        if any(surely(other + number, -1) for other in kept):
            return None
        kept = [*(other for other in kept if not surely(number - other, 0)), number]
    return tuple(kept)


def surely(number: Number, bound: int) -> bool:
    """Whether a number has no letters, and is at least so much."""
    number = sympy.expand(number)
    return bool(number.is_Integer and number >= bound)


def all_of(*conditions: Clauses) -> Clauses:
    """Return that all of some conditions hold."""
    clauses = dict.fromkeys(each for condition in conditions for each in condition)
    short = [each for each in clauses if not any({*each} > {*other} for other in clauses)]
    return NEVER if () in clauses else tuple(short)


def any_of(*conditions: Clauses) -> Clauses:
    """Return that at least one of some conditions holds."""
    return reduce(_either, conditions, NEVER)


def _either(one: Clauses, other: Clauses) -> Clauses:
    if len(one) * len(other) > MOST:
        raise beyond("more cases than can be told apart")
    joined = (clause((*a, *b)) for a, b in product(one, other))
    return all_of(tuple(each for each in joined if each is not None))


def negated(condition: Clauses) -> Clauses:
    """Return that a condition does not hold."""
    turned = (all_of(*(holds(-number - 1) for number in each)) for each in condition)
    return any_of(*turned) if condition else NEVER


def holds(*literals: Number) -> Clauses:
    """Return that one of some numbers is at least 0."""
    one = clause(literals)
    return ALWAYS if one is None else (one,)


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
    """

    def __init__(self, facts: Facts) -> None:
        """Make the table of words."""
        self.facts = facts
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
