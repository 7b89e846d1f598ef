"""Random statements, and what is true of them by brute force over a box.

The generators draw from `random.Random`: thousands of terms are made in a second.
"""

import itertools
import random
from collections.abc import Iterator, Sequence

from strategies import NAMES, WORDS_GIVING
from symconv.book.statements.calls import laws
from symconv.book.statements.statement import All, Iff, Some, Theorem
from symconv.meanings.integers import compiled
from symconv.terms import (
    INTEGER,
    TRUTH,
    WORDS,
    Term,
    both,
    constant,
    substitute,
    variable,
    variables,
)

BOUND = ("u", "v")
"""Names for quantifiers: no other place has them."""


def random_term(
    rng: random.Random,
    sort: str,
    depth: int,
    names: Sequence[str] = NAMES,
    words: frozenset[str] = frozenset(WORDS),
) -> Term:
    """Return a term of a sort, at most so deep, of these words."""
    if depth <= 0 and sort == INTEGER:
        return variable(rng.choice(names)) if rng.random() < 0.6 else constant(rng.randint(-7, 9))
    if sort == INTEGER and rng.random() < 0.15:
        return random_term(rng, sort, 0, names)
    known = [one for one in WORDS_GIVING[sort] if one in words]
    if depth <= 0:
        known = [one for one in known if INTEGER in WORDS[one][0]]
    word = rng.choice(known)
    return Term(word, *(random_term(rng, one, depth - 1, names, words) for one in WORDS[word][0]))


def with_laws(rng: random.Random, depth: int, names: Sequence[str] = NAMES) -> Term:
    """Return a statement about instances of the named laws."""
    term = random_term(rng, TRUTH, depth, names)
    put = {}
    for name in variables(term):
        if rng.random() < 0.5:
            law = rng.choice(laws())
            put[variable(name)] = substitute(
                law.term, {letter: random_term(rng, INTEGER, 2, names) for letter in law.letters}
            )
    return substitute(term, put)


def random_theorem(rng: random.Random) -> Theorem:
    """Return a theorem of any form, true or not, that declares either verdict."""
    given = {f"hypothesis {n}": with_laws(rng, rng.randint(1, 2)) for n in range(rng.randint(0, 3))}
    form = rng.choice(("plain", "plain", "for all", "there is", "just when"))
    if form == "plain":
        claim = with_laws(rng, 4)
    elif form == "just when":
        claim = Iff(_side(rng), with_laws(rng, 2))
        if rng.random() < 0.5:
            claim = Iff(claim.right, claim.left)
    else:
        claim = _bound(rng, form)
    plain = Theorem(given=given, claim=claim)
    if form != "plain" or rng.random() < 0.7:
        return plain
    example = {name: rng.randint(-9, 9) for name in plain.letters}
    return Theorem(given=given, claim=claim, expected="refuted", counterexample=example)


def _side(rng: random.Random) -> Term | All | Some:
    form = rng.choice(("for all", "there is", "plain"))
    return with_laws(rng, 2) if form == "plain" else _bound(rng, form)


def _bound(rng: random.Random, form: str) -> All | Some:
    names = BOUND[: rng.randint(1, 2)]
    body = with_laws(rng, 2, (*NAMES, *names))
    bound = tuple(map(variable, names))
    if form == "there is":
        return Some(bound, body, tuple(constant(0) for _ in names))
    wheres = [with_laws(rng, 1, (*NAMES, *names)) for _ in range(rng.randint(0, 2))]
    return All(bound, both(*wheres), body, (tuple(constant(0) for _ in names),))


ARITHMETIC = frozenset(("add", "sub", "mul", "floordiv", "mod", "min", "max"))
CLAIMS = ARITHMETIC | {"le", "lt", "eq"}


def small_claim(rng: random.Random, names: Sequence[str]) -> Term:
    """Return a comparison of two small formulas."""
    return random_term(rng, TRUTH, 3 if rng.random() < 0.5 else 2, names, CLAIMS)


def tight_claim(rng: random.Random, names: Sequence[str], reach: int) -> Term | None:
    """Return that a formula is at most what it comes to in a box, or that it is less than that."""
    formula = random_term(rng, INTEGER, 3, names, ARITHMETIC)
    function = compiled(formula, tuple(names))
    try:
        greatest = max(function(*point) for point in in_box(names, reach))
    except ZeroDivisionError:
        return None
    return formula <= greatest if rng.random() < 0.6 else formula < greatest


def box(names: Sequence[str], reach: int) -> Term:
    """State that every name is at most so far from 0."""
    return both(*((-reach <= variable(one)) & (variable(one) <= reach) for one in names))


def in_box(names: Sequence[str], reach: int) -> Iterator[tuple[int, ...]]:
    """Return every point of a box."""
    return itertools.product(range(-reach, reach + 1), repeat=len(names))


def by_force(claim: Term, names: Sequence[str], reach: int) -> tuple[bool, tuple[int, ...] | None]:
    """Return whether the claim divides by zero in a box, and its smallest counterexample there.

    Smallest: by the sum of absolute values, then by the first name's value, and so on; of two
    opposite values the positive one comes first.
    """
    function = compiled(claim, tuple(names))
    least, divides_by_zero = None, False
    for point in in_box(names, reach):
        try:
            holds = function(*point)
        except ZeroDivisionError:
            divides_by_zero = True
            continue
        if not holds and (least is None or weight(point) < weight(least)):
            least = point
    return divides_by_zero, least


def weight(point: Sequence[int]) -> tuple[int, list[tuple[int, int]]]:
    """Return by what counterexamples are ordered."""
    return sum(map(abs, point)), [(abs(one), -one) for one in point]
