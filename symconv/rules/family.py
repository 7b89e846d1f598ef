"""`family`: the solutions of a rule in closed form: every letter in parameters, and the proof."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from symconv.errors import RequestError, UndecidedError, nearest_name, shown
from symconv.families.asked import Asked
from symconv.families.families import Families
from symconv.families.family import Family
from symconv.meanings.symbols import term_of
from symconv.operators.applied import applied
from symconv.operators.letters import W
from symconv.proving import Clock, Verdict, clock_of
from symconv.proving.clock import TIME_LIMIT
from symconv.renamed import renamed
from symconv.rules.closing import Closed, closed, proof
from symconv.rules.parting import LAYERS
from symconv.rules.relations import Relations
from symconv.rules.rule import Rule
from symconv.terms import Term, both, substitute, variable, variables
from symconv.vocabulary import DEFAULTS

LETTERS = (*DEFAULTS, "F", "S", "P")
"""What a layer has a parameter for."""
ORDER = "SPFDA"
"""The letters of a layer, in the order in which a family shows them."""


@renamed(seconds="timeout")
def family(
    rule: Any,
    where: Mapping[Any, Any] | None = None,
    given: Any = (),
    *,
    timeout: float | Clock = TIME_LIMIT,
) -> Family | Families:
    """Solve a rule: every letter of the layer in terms of free parameters.

    Args:
        rule: a rule from `forall`, or a relation: SymPy's, a text or a term. Its equations and
            inequalities are of letters and of products of letters.
        where: what some symbols are, such as `{n: 2*k}` or `{n: 3}`.
        given: conditions besides, such as `"padding <= 3"`.
        timeout: seconds for the solution and its proof.

    Returns:
        A family, or several without a common setting where one form does not do; with Z3's proof
        that every setting is in them. What could not be solved is a condition on the parameters.

    Raises:
        RequestError: it is no relation, or no setting meets it.
        UndecidedError: the time limit was reached before it was solved.

    >>> family("2*padding == dilation*(kernel_size - 1)")
    P = D*u, F = 2u + 1, D free   (D >= 1, u >= 0; complete: proved)
    P = d*(2u - 1), F = 2u, D = 2d   (d >= 1, u >= 1; complete: proved)
    """
    clock, read = clock_of(timeout), Relations()
    with clock.running():
        whole, assumed, point = _read(rule, where or {}, given, read)
        try:
            forms = closed(whole, assumed, clock)
        except UndecidedError as error:
            clock.check()
            raise RequestError(
                "a rule made of letters and their products", error.arrived, error.write
            ) from None
        if not forms:
            raise RequestError(
                "a rule that some setting meets", shown(rule), "Leave a condition out."
            )
        verdict = proof(forms, both(whole, *assumed), clock)
    asked = _asked(rule, point) if isinstance(rule, Rule) else None
    families = tuple(_family(form, verdict, asked) for form in forms)
    return families[0] if len(families) == 1 else Families(families)


def _read(
    rule: Any, where: Any, given: Any, read: Relations
) -> tuple[Term, tuple[Term, ...], dict[Term, Term]]:
    """Return a rule as a term with what is given, what is assumed, and what some symbols are."""
    if not isinstance(where, Mapping):
        raise RequestError(
            "what some symbols are, by the symbols", shown(where), "Write for instance {n: 2*k}."
        )
    term = both(*_relation(rule, read))
    whole = both(term, *read.hypotheses(given, term))
    known = {read.letter(name): _value(value, read) for name, value in where.items()}
    for name in known:
        if name not in variables(whole):
            raise RequestError(
                "a symbol of the rule", f"`{name}`", nearest_name(name, variables(whole))
            )
    point = {variable(name): value for name, value in known.items()}
    own = [substitute(fact, point) for fact in read.facts(whole)]
    read.check()
    return substitute(whole, point), (*own, *read.facts(*point.values())), point


def _relation(rule: Any, read: Relations) -> tuple[Term, ...]:
    """Return a rule as terms: what it says, and what was given of its letters."""
    if not isinstance(rule, Rule):
        return (read.read(rule),)
    if rule.term is None:
        raise RequestError(
            "a rule that is known", str(rule.verdict), "Ask `forall` for a simpler relation."
        )
    read.declare(*rule.symbols)
    over = read.letter(rule.variable) if rule.variable not in (None, ()) else None
    return (rule.term, *(each for each in rule.given if over not in variables(each)))


def _asked(rule: Rule, point: Mapping[Term, Term]) -> Asked | None:
    """Return what the settings of a rule do, so that torch can be asked."""
    if rule.law is None:
        return None
    law, relation = rule.law
    settings = {letter: term for letter, term in law.settings.items() if letter in LETTERS}
    letters = frozenset(variables(applied(law.name, W, {}).size)) - {*variables(W)} | {*settings}
    return Asked(
        law.name,
        substitute(law.argument, point),
        settings,
        letters,
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


def _family(form: Closed, complete: Verdict, asked: Asked | None) -> Family:
    """Return a form as a family: the letters of the layer, and those that it says."""
    inside = variables(*(form.letters[name] for name in form.letters if name[:1] in LAYERS))
    shown_letters = [  # what a setting of the layer says already is not said again
        name
        for name, term in form.letters.items()
        if name[:1] in LAYERS or term is not variable(name) or name not in inside
    ]
    letters = {name: form.letters[name] for name in sorted(shown_letters, key=_place)}
    names = variables(*letters.values(), form.domain)
    return Family(letters, tuple(sorted(names)), form.domain, complete, asked)


def _place(name: str) -> tuple[int, str]:
    place = ORDER.find(name[:1])
    return (place if place >= 0 else len(ORDER), name)
