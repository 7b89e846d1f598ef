"""A law with an example's numbers in it."""

from __future__ import annotations

from _generate.running import Example, Outcome
from symconv.meanings import notation
from symconv.meanings.integers import INTEGERS
from symconv.operators import Operator
from symconv.terms import Term, interpret, substitute, variable, variables


def worked(operator: Operator, example: Example, outcome: Outcome) -> str | None:
    """Return the law with the numbers of an example, along its last axis, as LaTeX.

    A law that is only a letter has nothing to work out. Of two cases the one that holds is shown.
    """
    if outcome.layer is None or outcome.output is None or operator.size.word == "variable":
        return None
    rows = outcome.layer.rows(len(outcome.input))
    row = next(row for row in reversed(rows) if row.operator.name == operator.name)
    sizes: dict[Term, int | Term] = {
        variable(f"W{axis}"): size for axis, size in enumerate(outcome.input, 1)
    }
    channels = {variable("C"): example.channels} if example.channels else {}
    arriving = sizes | channels
    values = arriving | {
        variable(name): substitute(value, arriving) if isinstance(value, Term) else value
        for name, value in row.values.items()
    }
    term = substitute(_decided(row.operator.size, values), values)
    if variables(term):
        raise ValueError(f"{operator.name}: {example.layer} leaves {variables(term)} open")
    law, numbers = notation.latex(row.operator.size), notation.latex(term)
    value = interpret(term, INTEGERS, {})
    shown = "" if numbers == str(value) else f" = {value}"
    return f"O = {numbers}{shown}" if law != numbers else None


def _decided(term: Term, values: dict[Term, int | Term]) -> Term:
    """Return a law without its cases: where a condition is decided, the case that holds."""
    if term.word == "if":
        condition = substitute(term.args[0], values)
        if not variables(condition):
            holds = interpret(condition, INTEGERS, {})
            return _decided(term.args[1] if holds else term.args[2], values)
    return term
