"""Rules as text and as LaTeX: `S = n, 1 <= D*(F - 1) + 1 - 2*P <= n`."""

from __future__ import annotations

from collections.abc import Callable

from symconv.meanings import notation
from symconv.meanings.symbols import term_of
from symconv.rules.cases import Case
from symconv.rules.writing import Chain, Clause, written_out
from symconv.terms import Term

PLAIN = {"==": " = ", "<=": " <= ", "<": " < ", ">=": " >= ", ">": " > "}
TYPESET = {"==": " = ", "<=": r" \le ", "<": " < ", ">=": r" \ge ", ">": " > "}


def text(cases: tuple[Case, ...]) -> str:
    """Write a rule as plain text."""
    return _written(cases, notation.text, PLAIN, ", ", " or ", "true", "false")


def latex(cases: tuple[Case, ...]) -> str:
    """Write a rule as LaTeX."""
    words = (r",\; ", r" \;\text{or}\; ", r"\text{true}", r"\text{false}")
    return _written(cases, notation.latex, TYPESET, *words)


def _written(
    cases: tuple[Case, ...],
    write: Callable[[Term], str],
    signs: dict[str, str],
    joint: str,
    either: str,
    always: str,
    never: str,
) -> str:
    """Write cases, in each of them its clauses, in these the chains of which one holds."""

    def chain(one: Chain) -> str:
        first, *others = (write(term_of(side)) for side in written_out(one))
        return first + "".join(
            signs[sign] + side for sign, side in zip(one.signs, others, strict=True)
        )

    def clause(several: Clause, alone: bool) -> str:
        told = either.join(map(chain, several))
        return told if len(several) == 1 or alone else f"({told})"

    def case(one: Case) -> str:
        told = [clause(each, len(one.clauses) == 1) for each in one.clauses]
        return joint.join(told) or always

    if not cases:
        return never
    written = [case(each) for each in cases]
    return written[0] if len(written) == 1 else either.join(f"({each})" for each in written)
