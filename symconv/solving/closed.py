"""The families of a problem's rule in closed form: what `family` makes of it.

What the law requires of its letters belongs to the rule. The parameters are called `t` and `k`, as
answers have them, and the letters that stay free keep their names.
"""

from __future__ import annotations

from symconv.errors import UndecidedError
from symconv.proving import Clock
from symconv.rules.closing import Closed, closed
from symconv.solving.problem import Problem
from symconv.terms import Term, both, conjuncts, constant, substitute, variable, variables

NAMES = ("t", "k", "n", "m")
"""What parameters are called in answers."""
LIMIT = 5.0
"""Seconds to solve a rule."""


def families_in(problem: Problem) -> list[Closed]:
    """Return families whose union is the solutions of the problem's rule."""
    condition = problem.condition
    if condition is None:  # families are asked for only where a rule is known
        raise ValueError("no rule is known for this goal")
    numbers = {variable(letter): constant(value) for letter, value in problem.fixed.items()}
    rule = substitute(both(condition.statement, *_following(problem)), numbers)
    assumed = [
        need
        for need in (substitute(law, numbers) for law in problem.operator.requires.values())
        if variables(need) and {*variables(need)} <= {*problem.free}
    ]
    try:
        forms = closed(rule, assumed, Clock(LIMIT))
    except UndecidedError:
        forms = (_as_it_is(problem, both(rule, *assumed)),)
    fixed = {letter: constant(value) for letter, value in problem.fixed.items()}
    return [_called(form._replace(letters=fixed | dict(form.letters))) for form in forms]


def _following(problem: Problem) -> list[Term]:
    """State that the stride is the kernel, where it follows."""
    return [variable("S").eq(variable("F"))] if problem.stride_is_kernel else []


def _as_it_is(problem: Problem, rule: Term) -> Closed:
    """Return the rule itself as a family."""
    own = {letter: variable(letter) for letter in problem.free}
    return Closed(own, both(*conjuncts(rule)), {letter: letter for letter in own.values()})


def _called(form: Closed) -> Closed:
    """Return a form with the names that parameters have in answers."""
    names = variables(*form.letters.values(), form.domain)
    others = [name for name in names if name not in (*form.letters, *NAMES)]
    free = [name for name in NAMES if name not in names]
    new = {variable(old): variable(name) for old, name in zip(others, free, strict=False)}
    return Closed(
        {letter: substitute(term, new) for letter, term in form.letters.items()},
        substitute(form.domain, new),
        {substitute(name, new): term for name, term in form.witnesses.items()},
        form.halved,
    )
