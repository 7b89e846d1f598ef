"""Numbers put into a statement: what its parts come to, and whether they hold."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import suppress
from typing import Any, NamedTuple

from symconv.book.statements.statement import All, Claim, Iff, Theorem, terms_of
from symconv.errors import RequestError
from symconv.meanings import notation
from symconv.meanings.integers import PLAIN
from symconv.terms import Term, constant, variables
from symconv.vocabulary import LETTERS

GREATEST = 10**1000
"""Numbers that are put in are smaller: longer ones, nobody reads."""
MOST_FACTS = 12
"""Of a condition that is made of others, so many are shown with their numbers."""
_SIGNS = {"eq": ("==", "!="), "le": ("<=", ">"), "lt": ("<", ">=")}
"""How two numbers compare where they are said to, and where they are not."""
_TURNED = {"==": "==", "!=": "!=", "<=": ">=", ">": "<", "<": ">", ">=": "<="}
_LATEX = {"==": "=", "!=": r"\ne", "<=": r"\le", ">=": r"\ge"}


class Fact(NamedTuple):
    """How two numbers compare."""

    left: str
    sign: str
    right: str

    def __str__(self) -> str:
        return f"{self.left} {self.sign} {self.right}"

    @property
    def latex(self) -> str:
        """The same as LaTeX."""
        return f"{self.left} {_LATEX.get(self.sign, self.sign)} {self.right}"


class Valued(NamedTuple):
    """A condition with numbers put in.

    Attributes:
        term: the condition.
        facts: what its comparisons come to.
        truth: whether it holds; nothing, where that is a division by zero.
    """

    term: Term
    facts: tuple[Fact, ...]
    truth: bool | None

    @property
    def said(self) -> str:
        """Whether it holds, in a word or two."""
        return {True: "true", False: "false", None: "a division by zero"}[self.truth]

    def __str__(self) -> str:
        shown = "" if self.truth is None else ", ".join(map(str, self.facts))
        return f"[{self.said}{': ' if shown else ''}{shown}]"

    @property
    def latex(self) -> str:
        """What it comes to as LaTeX."""
        return r",\; ".join(fact.latex for fact in self.facts) if self.truth is not None else ""


def letters_of(theorem: Theorem) -> tuple[str, ...]:
    """Return every letter of a statement, those too that it binds."""
    return variables(*terms_of(theorem.claim), *theorem.hypotheses)


def put(theorem: Theorem, numbers: Mapping[str, Any]) -> dict[str, int]:
    """Return numbers by the letters of a statement.

    Raises:
        RequestError: a name is no letter of it or comes twice, or a value is no such integer.
    """
    letters, read = letters_of(theorem), dict[str, int]()
    for name, value in numbers.items():
        letter = LETTERS.get(name, name)
        if letter in read:
            raise RequestError(
                f"one number for {letter}",
                f"{read[letter]} and {value!r}",
                "Leave one out.",
                about=f"{name}=",
            )
        whole = hasattr(value, "__index__") and not isinstance(value, bool)
        if letter not in letters or not whole:
            raise RequestError(
                f"integers for the letters of {theorem.name}",
                f"{name} = {value!r}",
                f"Its letters: {', '.join(letters) or 'none'}.",
                about=name if letter in letters else f"{name}=",
            )
        if abs(int(value)) >= GREATEST:
            needed, write = "numbers of 1000 digits at most", "Write a smaller one."
            raise RequestError(needed, name, write, about=name)
        read[letter] = int(value)
    return read


def both_sides(claim: Claim) -> tuple[Term, ...]:
    """Return the sides of an equivalence of two conditions; of any other claim nothing."""
    if isinstance(claim, Iff):
        sides = [side for side in (claim.left, claim.right) if isinstance(side, Term)]
        return (*sides,) if len(sides) == 2 else ()
    return claim.args if isinstance(claim, Term) and claim.word == "iff" else ()


def valued(term: Term, numbers: Mapping[str, int]) -> Valued | None:
    """Say what a condition comes to; nothing, if a letter has no number.

    >>> from symconv.terms import sizes
    >>> W, F = sizes("W F")
    >>> print(valued((W // 2 <= F) & (W >= 8), {"W": 7, "F": 5}))
    [false: 3 <= 5, 7 < 8]
    """
    if not numbers or not set(variables(term)) <= set(numbers):
        return None
    try:
        truth = bool(PLAIN.evaluate(term, numbers))
    except ZeroDivisionError:
        return Valued(term, (), None)
    return Valued(term, tuple(_facts(term, numbers)), truth)


def claimed(claim: Claim, numbers: Mapping[str, int]) -> list[Valued]:
    """Say what the conditions that a claim is made of come to: of an equivalence both sides."""
    parts = both_sides(claim) or terms_of(claim)
    return [came for part in parts if (came := valued(part, numbers)) is not None]


def compared(claim: Claim, numbers: Mapping[str, int]) -> str:
    """Say of an equivalence how its sides compare, if both come to something.

    >>> from symconv.terms import sizes
    >>> W, S = sizes("W S")
    >>> compared(W.eq(1).iff(S.eq(1)), {"W": 2, "S": 3})
    'both sides are false: the claim holds'
    """
    truths = [came.truth for came in claimed(claim, numbers)]
    if not both_sides(claim) or len(truths) < 2 or None in truths:
        return ""
    if truths[0] != truths[1]:
        return "one side is true and the other false: the claim does not hold"
    return f"both sides are {'true' if truths[0] else 'false'}: the claim holds"


def beyond(claim: Claim, numbers: Mapping[str, int]) -> Iterator[str]:
    """Yield what a side that speaks of all says beyond the user's numbers, which are one case.

    Its instances decide such a side: where it fails at all, it fails at one of them.
    """
    for side in (claim.left, claim.right) if isinstance(claim, Iff) else (claim,):
        if isinstance(side, All):
            names = ", ".join(map(notation.text, side.names))
            where, body = valued(side.where, numbers), valued(side.body, numbers)
            if where and where.truth is False:
                yield f"for all {names}: this one does not meet the condition"
            elif body and body.truth and (values := _failing(side, numbers)):
                yield f"for all {names} it is not so: it fails at {values}"


def _failing(side: All, numbers: Mapping[str, int]) -> str:
    """Return the first instance at which a statement for all fails."""
    for instance in side.instances:
        if set(variables(*instance)) <= set(numbers):
            values = (PLAIN.evaluate(value, numbers) for value in instance)
            put_in = dict(zip(map(notation.text, side.names), values, strict=True))
            where, body = (valued(part, {**numbers, **put_in}) for part in (side.where, side.body))
            if where and body and where.truth and body.truth is False:
                return ", ".join(f"{name} = {value}" for name, value in put_in.items())
    return ""


def _facts(term: Term, numbers: Mapping[str, int]) -> Iterator[Fact]:
    """Yield what the first comparisons in a condition come to; a division by zero is none."""
    waiting, room = [term], MOST_FACTS
    while waiting and room:
        part = waiting.pop()
        if part.word not in _SIGNS:
            waiting += reversed([arg for arg in part.args if isinstance(arg, Term)])
            continue
        room -= 1
        with suppress(ZeroDivisionError):
            yield _fact(part, numbers)


def _fact(comparison: Term, numbers: Mapping[str, int]) -> Fact:
    """Return what a comparison comes to, with the sides as people read them."""
    left, right = (
        notation.text(constant(PLAIN.evaluate(side, numbers))) for side in comparison.args
    )
    sign = _SIGNS[comparison.word][0 if PLAIN.evaluate(comparison, numbers) else 1]
    first, second = (side.word == "constant" for side in comparison.args)
    return Fact(right, _TURNED[sign], left) if first and not second else Fact(left, sign, right)
