"""`family`: the solutions of a rule in closed form: every letter in parameters, and the proof."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import sympy

from symconv.errors import RequestError, UndecidedError, shown
from symconv.families.families import Families
from symconv.families.family import Asked, Family
from symconv.meanings.symbols import Floored, term_of
from symconv.proving import Clock, Verdict, clock_of, prove, prove_by_parity
from symconv.proving.clock import TIME_LIMIT
from symconv.rules.clauses import Reading, stated
from symconv.rules.facts import Facts
from symconv.rules.floors import Number
from symconv.rules.forms import LAYERS, Form, solved, start
from symconv.rules.relations import Relations
from symconv.rules.rule import Rule
from symconv.rules.tidying import tidied
from symconv.rules.writing import as_term, written
from symconv.terms import Term, both, either, substitute, variable, variables
from symconv.vocabulary import DEFAULTS

LETTERS = (*DEFAULTS, "F", "S", "P")
ORDER = "SPFDA"
"""The letters of a layer, in the order in which a family shows them."""


def family(
    rule: Any,
    where: Mapping[Any, Any] | None = None,
    given: Any = (),
    *,
    seconds: float | Clock = TIME_LIMIT,
) -> Family | Families:
    """Solve a rule: every letter of the layer in terms of free parameters.

    Args:
        rule: a rule from `forall`, or a relation: SymPy's, a text or a term. Its equations and
            inequalities are of letters and of products of letters.
        where: what some symbols are, such as `{n: 2*k}` or `{n: 3}`.
        given: conditions besides, such as `"padding <= 3"`.
        seconds: the time limit.

    Returns:
        A family, or several without a common setting where one form does not do; with Z3's proof
        that every setting is in them. What could not be solved is a condition on the parameters.

    Raises:
        RequestError: it is no relation, or no setting meets it.

    >>> family("2*padding == dilation*(kernel_size - 1)")
    P = D*u, F = 2u + 1, D free   (D >= 1, u >= 0; complete: proved)
    P = d(2u - 1), F = 2u, D = 2d   (d >= 1, u >= 1; complete: proved)
    """
    clock, read = clock_of(seconds), Relations()
    term = _relation(rule, read)
    others = read.hypotheses(given, term)
    known = {read.letter(name): _value(value, read) for name, value in (where or {}).items()}
    point = {variable(name): value for name, value in known.items()}
    whole = substitute(both(term, *others), point)
    assumed = _assumed(read, both(term, *others), point)
    names = variables(both(whole, *assumed))
    try:
        clauses = Reading(Facts(assumed, clock)).clauses(both(whole, *assumed))
        forms = [_named(form) for form in solved(start(clauses, names), clock)]
    except UndecidedError as error:
        raise RequestError(
            "a rule made of letters and their products", error.arrived, error.write
        ) from None
    if not forms:
        raise RequestError("a rule that some setting meets", shown(rule), "Ask for less.")
    verdict = proof(forms, both(whole, *assumed), clock)
    asked = _asked(rule, point) if isinstance(rule, Rule) else None
    families = tuple(_family(form, verdict, asked, clock) for form in forms)
    return families[0] if len(families) == 1 else Families(families)


def _relation(rule: Any, read: Relations) -> Term:
    """Return a rule as a term."""
    if isinstance(rule, Rule):
        if rule.term is None:
            raise RequestError("a rule that is known", str(rule.verdict), "Ask for something else.")
        read.declare(*rule.symbols)
        return rule.term
    return read.read(rule)


def _asked(rule: Rule, point: Mapping[Term, Term]) -> Asked | None:
    """Return what the settings of a rule do, so that torch can be asked."""
    if rule.law is None:
        return None
    law, relation = rule.law
    settings = {letter: term for letter, term in law.settings.items() if letter in LETTERS}
    return Asked(
        law.name,
        substitute(law.argument, point),
        settings,
        substitute(relation, point),
        substitute(law.takes, point),
    )


def _value(given: Any, read: Relations) -> Term:
    """Return what stands for a symbol: a number or an expression; a text is not evaluated."""
    if isinstance(given, Term):
        return given
    if isinstance(given, str):
        raise RequestError(
            "SymPy expressions and numbers",
            f"{shown(given)} ({type(given).__name__})",
            "Write them with symconv.symbols, as in {n: 2*k}.",
        )
    read.declare(given)
    return term_of(given)


def _assumed(read: Relations, term: Term, point: Mapping[Term, Term]) -> tuple[Term, ...]:
    """Return what is assumed of the letters, and of what stands for some."""
    own = (substitute(fact, point) for fact in read.facts(term))
    return (*own, *read.facts(*point.values()))


def _named(form: Form) -> Form:
    """Call a padding that is a parameter `t`."""
    padding, t = sympy.Symbol("P", integer=True), sympy.Symbol("t", integer=True)
    if form.letters.get(padding) != padding or "t" in form.taken:
        return form
    renamed = {padding: t}
    witnesses = {renamed.get(letter, letter): term for letter, term in form.witnesses.items()}
    return Form(
        {letter: number.xreplace(renamed) for letter, number in form.letters.items()},
        tuple(tuple(number.xreplace(renamed) for number in one) for one in form.clauses),
        witnesses,
        form.taken | {"t"},
    )


def proof(forms: list[Form], rule: Term, clock: Clock) -> Verdict:
    """Prove that forms have every setting of a rule, no other, and none twice."""
    members, halved = [member(form) for form in forms], _halved(forms)
    complete = prove_by_parity(either(*members), [rule], halved, seconds=clock.left / 2)
    if not complete.proved:
        return complete
    for place, form in enumerate(forms):
        inside = {variable(letter.name): term_of(number) for letter, number in form.letters.items()}
        sound = prove(substitute(rule, inside), [stated(form.clauses)], seconds=clock.left)
        if not sound.proved:
            return sound
        for other in members[:place]:
            told = [other, members[place]]
            apart = prove_by_parity(either(), told, halved, seconds=clock.left)
            if not apart.proved:
                return apart
    return complete


def _halved(forms: list[Form]) -> list[str]:
    """Return the letters whose remainders were told apart, at most four."""
    told = {
        letter.name: None
        for form in forms
        for letter, number in form.letters.items()
        if len(number.free_symbols) == 1 and number.coeff(*number.free_symbols) not in (0, 1)
    }
    return [*told][:4]


def member(form: Form) -> Term:
    """State that a setting is in a form."""
    witnesses = {variable(letter.name): term for letter, term in form.witnesses.items()}
    equal = [
        variable(letter.name).eq(substitute(term_of(number), witnesses))
        for letter, number in form.letters.items()
    ]
    return both(*equal, substitute(stated(form.clauses), witnesses))


def _family(form: Form, complete: Verdict, asked: Asked | None, clock: Clock) -> Family:
    layer = [letter for letter in form.letters if letter.name[:1] in LAYERS]
    shown_letters = [
        letter for letter in form.letters if letter in layer or form.letters[letter] != letter
    ]
    order = sorted(shown_letters, key=lambda letter: (_place(letter), letter.name))
    letters = {letter.name: term_of(_plain(form.letters[letter])) for letter in order}
    parts = tidied(form.clauses, Facts((), clock)) or ()
    chains = sorted(
        (as_term(clause) for clause in written(parts, {})),
        key=lambda term: (len(variables(term)), sorted(variables(term))),
    )
    domain = both(*chains)
    names = variables(*letters.values(), domain)
    return Family(letters, tuple(sorted(names)), domain, complete, asked)


def _place(letter: Number) -> int:
    place = ORDER.find(letter.name[:1])
    return place if place >= 0 else len(ORDER)


def _plain(number: Number) -> Number:
    """Write a product as one: `d*(2*u - 1)`."""
    if number.has(Floored) or all(sympy.total_degree(m) < 2 for m in number.as_ordered_terms()):
        return number
    factors: Number = sympy.factor(number)
    return factors if factors.is_Mul else number
