"""The words of the laws on isl's sets and quasi-affine functions: an implementation that is not ours.

isl has no products, and divides by numbers only: `linear` says which terms it can take.
"""

import operator
from collections.abc import Callable
from typing import Any

import islpy as isl

from symconv.meanings.integers import INTEGERS
from symconv.periodic import SizeSet
from symconv.terms import INTEGER, Term, constant, interpret, parts, substitute, variables

SIZES = isl.Set("{ [W] : W >= 1 }")
VARIABLE = isl.PwAff("{ [W] -> [W] : W >= 1 }")
Value = int | isl.PwAff


def settled(term: Term) -> Term:
    """The term with the numbers in it, which contain no size, computed."""
    numbers = [one for one in parts(term) if one.sort == INTEGER and not variables(one)]
    return substitute(term, {one: constant(interpret(one, INTEGERS, {})) for one in numbers})


def linear(term: Term) -> bool:
    """Whether a settled term multiplies and divides by numbers alone."""
    return all(
        any(one.word == "constant" for one in part.args)
        if part.word == "mul"
        else part.args[1].word == "constant"
        for part in parts(term)
        if part.word in ("mul", "floordiv", "mod")
    )


def of(value: Value) -> isl.PwAff:
    """A number as a function of the size."""
    return isl.PwAff(f"{{ [W] -> [{value}] : W >= 1 }}") if isinstance(value, int) else value


def _lifted(plain: Callable[..., Any], word: Callable[..., Any]) -> Callable[..., Any]:
    """A word on functions, and on numbers where all are numbers."""

    def apply(*values: Value) -> Any:
        if all(isinstance(value, int) for value in values):
            return plain(*values)
        return word(*map(of, values))

    return apply


def _product(a: Value, b: Value) -> Value:
    return a * b if isinstance(a, int) and isinstance(b, int) else of(a).mul(of(b)).coalesce()


def _quotient(a: Value, b: int) -> Value:
    if isinstance(a, int):
        return a // b
    return (a if b > 0 else a.neg()).scale_down_val(abs(b)).floor()


def _remainder(a: Value, b: int) -> Value:
    if isinstance(a, int):
        return a % b
    return a.sub(of(_product(_quotient(a, b), b))).coalesce()


def _either(condition: isl.Set, then: Value, otherwise: Value) -> isl.PwAff:
    otherwise = of(otherwise).intersect_domain(SIZES.subtract(condition))
    return of(then).intersect_domain(condition).union_add(otherwise).coalesce()


def _compared(name: str) -> Callable[[Value, Value], isl.Set]:
    return lambda a, b: getattr(of(a), name)(of(b)).coalesce()


def _complement(a: isl.Set) -> isl.Set:
    return SIZES.subtract(a).coalesce()


ISL: dict[str, Callable[..., Any]] = {
    "constant": lambda value: value,
    "add": _lifted(operator.add, isl.PwAff.add),
    "sub": _lifted(operator.sub, isl.PwAff.sub),
    "mul": _product,
    "floordiv": _quotient,
    "mod": _remainder,
    "min": _lifted(min, isl.PwAff.min),
    "max": _lifted(max, isl.PwAff.max),
    "if": _either,
    "le": _compared("le_set"),
    "lt": _compared("lt_set"),
    "eq": _compared("eq_set"),
    "and": isl.Set.intersect,
    "or": isl.Set.union,
    "iff": lambda a, b: a.intersect(b).union(_complement(a.union(b))).coalesce(),
    "not": _complement,
}


def sizes_of(term: Term) -> isl.Set:
    """For which sizes a statement holds, by isl."""
    return interpret(term, ISL, {"W": VARIABLE})


def entered(sizes: SizeSet, most: int) -> isl.Set | None:
    """One of our sets as isl's; `None` where that takes too many parts."""
    whole = isl.Set("{ [W] : false }")
    if sum(stretch.bits.bit_count() for stretch in sizes.stretches) > most:
        return None
    for start, end, stretch in sizes.spans():
        remainders = [r for r in range(stretch.period) if stretch.bits >> r & 1]
        for remainder in remainders:
            inside = f"W mod {stretch.period} = {remainder} and W >= {max(start, 1)}"
            before = "" if end is None else f" and W < {end}"
            whole = whole.union(isl.Set(f"{{ [W] : {inside}{before} }}"))
    return whole
