"""`forall`: for which letters does a relation hold for all values of another? A rule, proved.

What is asked of one size becomes numbers that are at least 0, with floors in normal form; each says
something of the letters alone when it holds for all sizes. Z3 proves the rule: some sizes force it,
and it gives every size.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import sympy

import symconv.rules.showing as showing
from symconv.errors import RequestError, UndecidedError, shown
from symconv.meanings.notation import latex, text
from symconv.meanings.symbols import expression, symbol, term_of
from symconv.operators.applied import Applied
from symconv.proving import Clock, Verdict, clock_of
from symconv.proving.clock import TIME_LIMIT, stopped
from symconv.renamed import renamed
from symconv.rules.cases import Asked, Case, decided
from symconv.rules.clauses import within_reach
from symconv.rules.facts import Facts
from symconv.rules.relations import Relations, recognised
from symconv.rules.stating import relation
from symconv.terms import Term, both, conjuncts, either, sizes, substitute, variable, variables
from symconv.vocabulary import SCHEMA

SIZE = "W"


@dataclass(frozen=True)
class Rule:
    """When a statement holds for all values of a variable.

    Attributes:
        variable: the variable; none where the rule is about one size.
        statement: what holds for all its values.
        relation: the equivalent condition on the other symbols, a SymPy relation; none where it is
            not known.
        verdict: Z3's verdict on the equivalence; where it is unknown, why.
        given: what was given.
        term: the condition as a term.
        cases: the condition as people write it, perhaps in cases.
        symbols: SymPy's symbols of the statement.
        law: the law that the statement is about, and what it says of its output size `O`.
        asked: the statement as a term.
    """

    variable: Any
    statement: Any
    relation: Any
    verdict: Verdict
    given: tuple[Term, ...] = ()
    term: Term | None = None
    cases: tuple[Case, ...] = field(default=(), repr=False)
    symbols: tuple[Any, ...] = field(default=(), repr=False)
    law: tuple[Applied, Term] | None = field(default=None, repr=False)
    asked: Term = field(default=both(), repr=False)

    def __repr__(self) -> str:
        """Show the relation as SymPy does, or why there is none."""
        return str(self.verdict) if self.relation is None else str(self.relation)

    def __hash__(self) -> int:
        """Few rules say the same."""
        return hash((self.term, self.verdict.word))

    def subs(self, *values: Any) -> Any:
        """Put values into the relation, as SymPy does."""
        return self._sympy_().subs(*values)

    def keep(self, extent: Any) -> Any:
        """Return the relation with a symbol for the extent, `D*(F - 1) + 1`.

        >>> from symconv.symbols import W
        >>> from sympy import Symbol
        >>> forall(W, "conv(n*W) == W").keep(Symbol("E"))
        Eq(S, n) & (1 <= E - 2*P) & (E - 2*P <= n)
        """
        if not isinstance(extent, sympy.Symbol):
            raise RequestError(
                "a symbol for the extent", shown(extent), 'Write Symbol("E", integer=True).'
            )
        if self.relation is None or self.term is None:
            return self._sympy_()
        if extent.name in (*variables(self.term), *(each.name for each in self.symbols)):
            raise RequestError(
                "a symbol that the rule does not have",
                str(extent),
                'Write Symbol("E", integer=True).',
            )
        own = {each.name: each for each in (*self.symbols, extent)}

        def of_letter(name: str) -> Any:
            return own.get(name) or symbol(name)

        return sympy.Or(*(relation(case.clauses, of_letter, extent) for case in self.cases))

    @property
    def text(self) -> str:
        """The relation as people write it: `S = n, 1 <= D*(F - 1) + 1 - 2*P <= n`."""
        return str(self.verdict) if self.relation is None else showing.text(self.cases)

    def latex(self) -> str:
        """Write the relation as LaTeX."""
        if self.relation is None:
            return rf"\text{{{self.verdict}}}"
        return showing.latex(self.cases)

    def markdown(self) -> str:
        """Write what was asked and the rule as a sentence, with who proved it."""
        typed = isinstance(self.statement, str)
        sentence = f"`{self.statement}`" if typed else f"${latex(self.asked)}$"
        if self.relation is None:
            return f"{sentence}: {self.verdict}.\n"
        over = "" if self.variable in (None, ()) else f" for all ${sympy.latex(self.variable)}$"
        given = ", ".join(f"${latex(term)}$" for term in self.given)
        where = f", given {given}" if given else ""
        if self.relation == sympy.true:
            return f"{sentence} holds{over}{where} (proved by Z3).\n"
        if self.relation == sympy.false:
            return f"{sentence} never holds{over}{where} (proved by Z3).\n"
        comma = "," if given else ""
        rule = f"${self.latex()}$"
        return f"{sentence} holds{over}{where}{comma} just when {rule} (proved by Z3).\n"

    def _latex(self, printer: Any) -> str:
        """Write the relation where SymPy writes LaTeX."""
        del printer
        return self.latex()

    def _repr_latex_(self) -> str:
        """Show the relation in a notebook."""
        if self.relation is None:
            return f"$${self.latex()}$$"
        alone = self.variable in (None, ())
        over = "" if alone else rf"\text{{ for all }}{sympy.latex(self.variable)}"
        return rf"$${self.latex()} \qquad (\text{{proved}}{over})$$"

    def to_dict(self) -> dict[str, Any]:
        """Return the rule as JSON has it."""
        return {
            "schema": SCHEMA,
            "rule": None if self.relation is None else str(self.relation),
            "given": [text(term) for term in self.given],
        } | self.verdict.to_dict()

    def _sympy_(self) -> Any:
        """Stand for the relation wherever SymPy wants an expression."""
        if self.relation is None:
            raise RequestError(
                "a rule that is known", str(self.verdict), "Ask for a simpler statement."
            )
        return self.relation


@renamed(seconds="timeout")
def forall(
    over: Any, statement: Any, given: Any = (), *, timeout: float | Clock = TIME_LIMIT
) -> Rule:
    """Return the condition under which a relation holds for all values of a variable.

    Args:
        over: the symbol, such as `W`; its values are the integers that it may be, so of `W` those
            from 1 on. Nothing (`()`), for the condition on all letters, the size among them.
        statement: a relation: SymPy's, such as `Eq(law("conv"), W)`; a text, such as
            `"conv(n*W) == W"`; or a term. Its floors are of quotients that are linear in the
            symbol.
        given: what is assumed besides: conditions on the symbol or on the other letters, or
            `"every size the layer takes"`.
        timeout: seconds for the rule and its proof.

    Returns:
        The condition, with Z3's proof that it is equivalent. What is out of reach is *unknown*,
        with the reason.

    Raises:
        RequestError: the statement is no relation, or not about integers.

    >>> from symconv import law
    >>> from symconv.symbols import A, D, W, n
    >>> from sympy import Eq
    >>> forall(W, Eq(law("conv_transpose").subs({D: 1, A: 0}), n * W))
    Eq(S, n) & Eq(F - 2*P - S, 0)
    >>> forall(W, "conv(W) == W//n")
    Eq(S, n) & Eq(D*(F - 1) + 1, 2*P + S)
    """
    clock, read = clock_of(timeout), Relations()
    letter = None if over is None or over == () else read.letter(over)
    try:
        with clock.running():
            return _ruled(over, letter, statement, given, read, clock)
    except BaseException as error:
        arrived = error.arrived if isinstance(error, UndecidedError) else stopped(error)
        why = arrived and (clock.over or arrived)
        if not why:
            raise
        return Rule(over, statement, None, Verdict("unknown", "z3", reason=why))


def _ruled(
    over: Any, letter: str | None, statement: Any, given: Any, read: Relations, clock: Clock
) -> Rule:
    """Return the rule of a relation.

    Raises:
        UndecidedError: it is out of reach.
    """
    asked_for = read.read(statement)
    called = tuple(read.laws)
    hypotheses = read.hypotheses(given, statement)
    read.check()
    about = tuple(each for each in hypotheses if letter in variables(each))
    names = tuple(name for name in variables(asked_for, *hypotheses) if name != letter)
    others = [each for each in hypotheses if each not in about]
    others += read.facts(*map(variable, names))
    own = () if letter is None else read.of_letter(letter)
    asked, others = _with_equations(Asked(asked_for, letter, (*own, *about)), others)
    with within_reach():
        cases = decided(asked, Facts(tuple(others), clock))
        meant = either(*(case.meant for case in cases)) if cases else both()
        everything = any(case.meant is both() for case in cases)
        some = () if everything else (each for each in conjuncts(meant) if variables(each))
        return Rule(
            variable=over,
            statement=statement,
            relation=sympy.Or(*(relation(case.clauses, read.symbol) for case in cases)),
            verdict=Verdict("proved", "z3"),
            given=(*hypotheses, *some),
            term=either(*(case.term for case in cases)),
            cases=cases,
            symbols=tuple(read.symbols.values()),
            law=_law(statement, asked_for, letter, about, called),
            asked=asked_for,
        )


def _with_equations(asked: Asked, given: list[Term]) -> tuple[Asked, list[Term]]:
    """Put in what equations say of a letter that are given: with `D == 1`, `D*(F - 1)` is F - 1."""
    for each in given:
        if each.word != "eq":
            continue
        for letter, value in (each.args, each.args[::-1]):
            if letter.word == "variable" and letter.args[0] not in variables(value):
                point = {letter: value}
                rest = [substitute(other, point) for other in given if other is not each]
                of_size = tuple(substitute(other, point) for other in asked.given)
                put = Asked(substitute(asked.statement, point), asked.over, of_size)
                return _with_equations(put, rest)
    return asked, given


def _law(
    statement: Any,
    asked: Term,
    over: str | None,
    given: tuple[Term, ...],
    called: tuple[Applied, ...],
) -> tuple[Applied, Term] | None:
    """Return the law that a statement is about, and what it says of the law's output `O`.

    Args:
        statement: the statement as it was written.
        asked: the same as a term.
        over: the letter of the size, which must be `W`.
        given: what is given of it.
        called: the laws that the statement calls.
    """
    (output,) = sizes("O")
    elsewhere = tuple(~each for each in given)
    if over != SIZE:
        return None
    if called:
        outermost = called[-1]
        return outermost, either(*elsewhere, substitute(asked, {outermost.size: output}))
    law = recognised(statement)
    if law is None:
        return None
    formula, size = sympy.expand(expression(law.size)), sympy.Symbol(output.args[0], integer=True)
    sides = [size if sympy.expand(side) == formula else side for side in statement.args]
    return law, either(*elsewhere, term_of(statement.func(*sides)))
