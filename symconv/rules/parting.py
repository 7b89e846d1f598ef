"""Rules solved: every letter in terms of parameters, in forms that have no setting in common.

An equation is solved for a letter that stands in it once: `S = n`. Where the letter is taken
several times, `2*P = D*(F - 1)`, the others are told apart by their remainders until it divides:
`F = 2*u + 1, P = D*u` and `F = 2*u, D = 2*d, P = d*(2*u - 1)`. A product that is a number is told
apart by its divisors. What lies between two bounds becomes a parameter: `F = 2*P + k`. What is left
over is a condition on the parameters. Each parameter comes with what it is in the letters, so that
nothing is counted twice and Z3 can prove that nothing is missing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from itertools import product

import sympy

from symconv.meanings.symbols import Floored, term_of
from symconv.proving import Clock
from symconv.rules.clauses import Clause, all_of, holds, negated, stated
from symconv.rules.facts import Facts
from symconv.rules.floors import Number, floors_in, whole_terms
from symconv.rules.forms import Form
from symconv.rules.solved import solved_for
from symconv.rules.tidying import tight
from symconv.terms import Term, TermLike, substitute, variable

MOST_STEPS = 200
"""After so many steps a form stays as it is."""
MOST_DIVISORS, MOST_REMAINDERS, MOST_NUMBERS = 64, 100, 12
"""How many divisors of a number, remainders, and numbers of one letter are told apart."""
FEW = "A"
"""What has few numbers, each of which is looked at by itself."""
LAYERS = "SFADP"
"""For which letters an equation is solved, the first ones first."""
BETWEEN = "kjmi"
"""What a parameter between two bounds is called."""
ONE = sympy.Integer(1)


def solved(form: Form, clock: Clock) -> Iterator[Form]:
    """Yield forms whose union is a form, solved as far as it goes, none of them empty."""
    waiting, steps = [form], 0
    while waiting:
        form, steps = waiting.pop(), steps + 1
        if Facts((stated(form.clauses),), clock).impossible:
            continue
        form = _tight(form, clock)
        if () in form.clauses:
            continue
        further = None if steps > MOST_STEPS or clock.over else _step(form, clock)
        if further is None:
            yield form
        else:
            waiting += reversed(further)


def _tight(form: Form, clock: Clock) -> Form:
    facts = form.facts(clock)
    clauses = all_of(*(holds(*(tight(each, facts) for each in one)) for one in form.clauses))
    return replace(form, clauses=clauses)


def _step(form: Form, clock: Clock) -> list[Form] | None:
    """Return what a form is after one step, in parts that have nothing in common."""
    few = [one for one in form.clauses if any(map(_of_few, one[0].free_symbols))]
    if (parts := _by_cases(form, few) or _by_numbers(form, clock)) is not None:
        return parts
    equations = _equations(form)
    for step in (_put_in, _by_roots, _by_divisors, _by_remainders):
        for equation in equations:
            if (parts := step(form, equation, clock)) is not None:
                return parts
    return _by_cases(form, form.clauses) or _between(form, clock)


def _by_numbers(form: Form, clock: Clock) -> list[Form] | None:
    """Tell an output padding apart by its numbers, where it has few: each is a case of its own."""
    for letter in form.witnesses:
        if not _of_few(letter):
            continue
        alone = (number for number in _alone(form) if not number.has(Floored))
        own = [number for number in alone if number.free_symbols == {letter}]
        low = [letter - number for number in own if (number - letter).is_Integer]
        high = [number + letter for number in own if (number + letter).is_Integer]
        if low and high and 0 < min(high) - max(low) < MOST_NUMBERS:
            numbers = range(int(max(low)), int(min(high)) + 1)
            return [form.put(letter, sympy.Integer(each), {}, clock) for each in numbers]
    return None


def _of_few(letter: Number) -> bool:
    return bool(letter.name.rstrip("0123456789") == FEW)


def _alone(form: Form) -> list[Number]:
    return [one[0] for one in form.clauses if len(one) == 1]


def _equations(form: Form) -> list[Number]:
    """Return numbers that are 0, in the order of the letters that they say, short ones first."""
    alone = _alone(form)
    zero = [number for place, number in enumerate(alone) if -number in alone[:place]]
    return sorted(zero, key=lambda each: (_best(each), len(whole_terms(each)), str(each)))


def _best(equation: Number) -> int:
    """Return the place of the letter that an equation is solved for."""
    return min(map(_place, _once(equation)), default=len(LAYERS) + 1)


def _place(letter: Number) -> int:
    stem = letter.name.rstrip("0123456789")
    return LAYERS.index(stem) if stem in (*LAYERS,) else len(LAYERS)


def _once(equation: Number) -> list[Number]:
    """Return the letters for which an equation can be solved, the first ones first."""
    alone = (letter for letter in equation.free_symbols if solved_for(equation, letter))
    return sorted(alone, key=lambda letter: (_place(letter), letter.name))


def _put_in(form: Form, equation: Number, clock: Clock) -> list[Form] | None:
    """Solve an equation for a letter that stands in it once."""
    solved = next((solved_for(equation, letter) for letter in _once(equation)), None)
    return None if solved is None else [form.put(*solved, {}, clock)]


def _by_roots(form: Form, equation: Number, clock: Clock) -> list[Form] | None:
    """Solve an equation in one letter by its roots."""
    if equation.has(Floored) or len(equation.free_symbols) != 1:
        return None
    (letter,) = equation.free_symbols
    roots = sorted(root for root in sympy.Poly(equation, letter).ground_roots() if root.is_Integer)
    return [form.put(letter, root, {}, clock) for root in roots]


def _by_divisors(form: Form, equation: Number, clock: Clock) -> list[Form] | None:
    """Solve `a*x*y + b*x + c*y = N`, that is `(a*x + c)*(a*y + b) = a*N + b*c`, by divisors."""
    letters = sorted(equation.free_symbols, key=lambda each: (_place(each), each.name))
    if len(letters) != 2 or equation.has(Floored):
        return None
    x, y = letters
    terms = dict(whole_terms(equation))
    a, b, c = (terms.pop(monomial, 0) for monomial in (x * y, x, y))
    rest = terms.pop(ONE, 0)
    if a == 0 or terms:
        return None
    number = b * c - rest * a
    if number == 0:
        zero = holds(a * x + c - 1, -a * x - c - 1)
        elsewhere = replace(form, clauses=all_of(form.clauses, zero))
        there = [form.put(x, sympy.Integer(-c // a), {}, clock)] if c % a == 0 else []
        return there + ([elsewhere.put(y, sympy.Integer(-b // a), {}, clock)] if b % a == 0 else [])
    divisors = sympy.divisors(abs(number)) if abs(number) < 10**9 else []
    if not 0 < len(divisors) <= MOST_DIVISORS:
        return None
    pairs = (
        (sign * each - c, sign * (number // each) - b) for each, sign in product(divisors, (1, -1))
    )
    return [
        form.put(x, sympy.Integer(one // a), {}, clock).put(y, sympy.Integer(other // a), {}, clock)
        for one, other in pairs
        if one % a == other % a == 0
    ]


def _by_remainders(form: Form, equation: Number, clock: Clock) -> list[Form] | None:
    """Tell a letter apart by its remainders, so that what is taken several times divides."""
    for node in floors_in(equation):
        below = node.args[1]
        if below.is_Integer and below <= MOST_REMAINDERS:
            return _classes(form, min(node.free_symbols, key=_order), int(below), clock)
    terms = whole_terms(equation)
    times = {
        m: abs(c) for m, c in terms.items() if m.is_Symbol and abs(c) > 1 and _linear(m, terms)
    }
    for letter in sorted(times, key=lambda each: (times[each], -_place(each), each.name)):
        by = times[letter]
        others = {m: c for m, c in terms.items() if m not in (letter, ONE) and c % by}
        free = {symbol for monomial in others for symbol in monomial.free_symbols}
        if free and by <= MOST_REMAINDERS and not equation.has(Floored):
            return _classes(form, min(free, key=_order), by, clock)
    return None


def _linear(letter: Number, terms: Mapping[Number, int]) -> bool:
    return not any(m != letter and m.has(letter) for m in terms)


def _order(letter: Number) -> tuple[int, str]:
    """Return where a letter comes among those that are told apart."""
    place = "FDSAP".find(letter.name[:1])
    return (place if place >= 0 else 9, letter.name)


def _classes(form: Form, letter: Number, by: int, clock: Clock) -> list[Form]:
    """Tell apart which remainder a letter leaves; 0 comes last."""
    part = form.new(letter)
    whole = form.witnesses[letter]
    return [
        form.put(letter, by * part + rest, {part: (whole - rest) // by}, clock)
        for rest in (*range(1, by), 0)
    ]


def _by_cases(form: Form, clauses: Iterable[Clause]) -> list[Form] | None:
    """Tell apart which literal of a clause holds: the first one, or not that but another."""
    several = next((one for one in clauses if len(one) > 1), None)
    if several is None:
        return None
    first, *others = several
    rest = tuple(one for one in form.clauses if one is not several)
    return [
        replace(form, clauses=all_of(rest, holds(first))),
        replace(form, clauses=all_of(rest, negated(holds(first)), holds(*others))),
    ]


def _between(form: Form, clock: Clock) -> list[Form] | None:
    """Call what lies between two bounds a parameter: of `1 <= F - 2*P <= n`, `F = 2*P + k`."""
    alone = _alone(form)
    for low, high in product(alone, alone):
        inner = {m: c for m, c in whole_terms(low).items() if _of_layers(m)}
        same = {m: -c for m, c in whole_terms(high).items() if _of_layers(m)} == inner
        letter = next(
            (m for m, c in inner.items() if c == 1 and m.is_Symbol and _linear(m, inner)), None
        )
        if not same or len(inner) < 2 or letter is None or low.has(Floored):
            continue
        part = form.new(letter, BETWEEN)
        core = sympy.Add(*(c * m for m, c in inner.items()))
        witness = substitute(term_of(core), _terms(form.witnesses))
        return [form.put(letter, sympy.expand(part - core + letter), {part: witness}, clock)]
    return None


def _of_layers(monomial: Number) -> bool:
    return any(_place(letter) < len(LAYERS) for letter in monomial.free_symbols)


def _terms(witnesses: Mapping[Number, Term]) -> dict[Term, TermLike]:
    return {variable(letter.name): term for letter, term in witnesses.items()}
