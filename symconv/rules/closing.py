"""Forms as terms: what each letter is in parameters, which parameters there are, and why all."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import islice
from typing import NamedTuple

import sympy

from symconv.meanings.symbols import Floored, term_of
from symconv.proving import Clock, Verdict, prove, prove_by_parity
from symconv.rules.amounts import Reading
from symconv.rules.clauses import Clauses
from symconv.rules.facts import Facts
from symconv.rules.floors import Number
from symconv.rules.forms import Form, start
from symconv.rules.parting import solved
from symconv.rules.stating import as_term
from symconv.rules.tidying import tidied
from symconv.rules.writing import plainly, written
from symconv.terms import Term, TermLike, both, either, substitute, variable, variables

MOST_FORMS = 24
"""How many forms a rule is solved in."""
MOST_HALVED = 4
"""Of how many letters the proof tells even from odd: a case for each of 16 combinations."""


class Closed(NamedTuple):
    """Letters in closed form.

    Attributes:
        letters: what each letter is, in parameters.
        domain: which parameters there are.
        witnesses: what each parameter is, in the letters.
        halved: the letters that are multiples of a parameter, and a number.
    """

    letters: Mapping[str, Term]
    domain: Term
    witnesses: Mapping[Term, Term]
    halved: tuple[str, ...] = ()

    @property
    def member(self) -> Term:
        """State that a setting is of this form."""
        witnesses: dict[Term, TermLike] = dict(self.witnesses)
        equal = [variable(name).eq(substitute(v, witnesses)) for name, v in self.letters.items()]
        return both(*equal, substitute(self.domain, witnesses))


def closed(rule: Term, assumed: Iterable[Term], clock: Clock) -> tuple[Closed, ...]:
    """Return forms that have no setting in common, and together all that meet a rule.

    Where there would be too many, the rule itself is the one form.

    Args:
        rule: a condition on letters.
        assumed: what is known of the letters by themselves.
        clock: how long to solve it; what is not solved then is a condition on parameters.

    Raises:
        UndecidedError: the rule cannot be read.
    """
    known = tuple(assumed)
    whole = both(rule, *known)
    clauses = Reading(Facts(known, clock)).clauses(whole)
    begun = start(clauses, variables(whole))
    forms = [*islice(solved(begun, clock), MOST_FORMS + 1)]
    if len(forms) > MOST_FORMS:
        forms = [begun]
    closed_forms = (_terms(_padded(form), clock) for form in forms)
    return tuple(form for form in closed_forms if form is not None)


def _padded(form: Form) -> Form:
    """Call a padding that is a parameter `t`."""
    padding, t = sympy.Symbol("P", integer=True), sympy.Symbol("t", integer=True)
    if form.letters.get(padding) != padding or "t" in form.taken:
        return form
    return renamed(form, {padding: t})


def renamed(form: Form, names: Mapping[Number, Number]) -> Form:
    """Return a form with other names for its parameters."""
    clauses: Clauses = tuple(tuple(each.xreplace(names) for each in one) for one in form.clauses)
    return Form(
        {letter: number.xreplace(names) for letter, number in form.letters.items()},
        clauses,
        {names.get(letter, letter): term for letter, term in form.witnesses.items()},
        form.taken | {name.name for name in names.values()},
    )


def _terms(form: Form, clock: Clock) -> Closed | None:
    """Return a form in terms; nothing where no parameters meet its conditions."""
    parts = tidied(form.clauses, Facts((), clock))
    if parts is None:
        return None
    conditions = sorted(
        (as_term(clause) for clause in written(parts, {})),
        key=lambda term: (len(variables(term)), sorted(variables(term))),
    )
    return Closed(
        {letter.name: term_of(_product(number)) for letter, number in form.letters.items()},
        both(*conditions),
        {variable(letter.name): term for letter, term in form.witnesses.items()},
        tuple(letter.name for letter, number in form.letters.items() if _stepped(number)),
    )


def _stepped(number: Number) -> bool:
    """Whether a letter is a multiple of a parameter, and a number."""
    letters = number.free_symbols
    return len(letters) == 1 and number.coeff(*letters) not in (0, 1)


def _product(number: Number) -> Number:
    """Write a product as one: `d*(2*u - 1)`."""
    if number.has(Floored) or all(sympy.total_degree(m) < 2 for m in number.as_ordered_terms()):
        return number
    factors: Number = sympy.factor(number)
    return factors if factors.is_Mul else plainly(number)


def proof(forms: Sequence[Closed], rule: Term, clock: Clock) -> Verdict:
    """Prove that forms have every setting of a rule, no other, and none twice."""
    members = [form.member for form in forms]
    halved = tuple(dict.fromkeys(name for form in forms for name in form.halved))[:MOST_HALVED]
    complete = prove_by_parity(either(*members), [rule], halved, seconds=clock.left / 2)
    if not complete.proved:
        return complete
    for place, form in enumerate(forms):
        inside = {variable(name): term for name, term in form.letters.items()}
        sound = prove(substitute(rule, inside), [form.domain], seconds=clock.left)
        if not sound.proved:
            return sound
        for other in members[:place]:
            overlap = [other, members[place]]
            apart = prove_by_parity(either(), overlap, halved, seconds=clock.left)
            if not apart.proved:
                return apart
    return complete
