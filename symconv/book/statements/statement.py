"""What a theorem is: hypotheses and a claim, in the language of laws, and how the claim follows.

A claim is a term, or an equivalence in which one side speaks of *all* sizes (`All`) or of *some*
number (`Some`). Solvers are weak where such words meet division, so a statement brings its own
help: the instances of an `All` that suffice, the witness of a `Some`, and steps in between
(`Have`). What is left are goals without quantifiers (`symconv.book.statements.goals`).

Names are computed from statements, as mathlib's are: `conclusion_of_hypothesis`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from symconv.book.statements.drawn import Drawn
from symconv.book.statements.given import assumed, called, hypotheses, statement, typed
from symconv.errors import RequestError
from symconv.meanings.notation import text
from symconv.terms import INTEGER, TRUTH, Term, constant, variables


@dataclass(frozen=True)
class Have:
    """A step: a claim that follows from what stands above it, and is used below it.

    Attributes:
        says: why, in a sentence, as a teacher would say it.
        claim: what holds.
        zh: the same sentence in Chinese.
    """

    says: str
    claim: Term
    zh: str = ""


@dataclass(frozen=True)
class All:
    """For all integers of these names, where a condition holds, something holds.

    Attributes:
        names: the variables, in order.
        where: the condition on them.
        body: what holds.
        instances: values for the names, as terms, that suffice to use the statement.

    One name needs no tuple, and its instances are numbers or terms.
    """

    names: Any
    where: Term
    body: Term
    instances: Any = ()

    def __post_init__(self) -> None:
        """Put single names and values into tuples."""
        object.__setattr__(self, "names", _several(self.names))
        object.__setattr__(self, "instances", tuple(map(_several, self.instances)))


@dataclass(frozen=True)
class Some:
    """There are integers of these names for which something holds.

    Attributes:
        names: the variables, in order.
        body: what holds.
        witness: such numbers, as terms in the other names.
    """

    names: Any
    body: Term
    witness: Any

    def __post_init__(self) -> None:
        """Put a single name and its witness into tuples."""
        object.__setattr__(self, "names", _several(self.names))
        object.__setattr__(self, "witness", _several(self.witness))


def _several(given: Any) -> tuple[Term, ...]:
    """Return one term or number, or several, as a tuple of terms."""
    many = given if isinstance(given, tuple) else (given,)
    return tuple(one if isinstance(one, Term) else constant(one) for one in many)


Side = Term | All | Some


@dataclass(frozen=True)
class Iff:
    """Both sides hold, or neither; with steps for each direction.

    Attributes:
        left: a side.
        right: the other; at most one of them is no term.
        forth: steps from the left side to the right one.
        back: steps from the right side to the left one.
    """

    left: Side
    right: Side
    forth: tuple[Have, ...] = ()
    back: tuple[Have, ...] = ()


Claim = Term | All | Some | Iff


@dataclass(frozen=True, kw_only=True, repr=False)
class Theorem:
    """Hypotheses and a claim about integers.

    Attributes:
        claim: what follows: a condition as a text or as a term; `All`, `Some` or `Iff`.
        given: the hypotheses: a text, terms, or terms by their sentences.
        name: what the theorem is called.
        says: what it says, in a sentence.
        zh: the same in Chinese.
        steps: claims between the hypotheses and the claim, in order.
        expected: what a prover is to find; a statement that people believe and that is false is
            `"refuted"`.
        counterexample: of a false statement, the smallest one.
        uses: the names of theorems that belong to it.
        cites: where it is stated elsewhere.
        drawn: layers whose pictures say more than words.
        typed: the terms in it that were given as texts.
        called: the names of the laws that these texts call.

    Raises:
        RequestError: a text is no condition, or a name is bound in one place and free in another.

    >>> theorem = Theorem(given="W >= 1 and S >= 1", claim="((W-1)*S)//S + 1 == W")
    >>> theorem.letters
    ('W', 'S')
    """

    claim: Any
    given: Any = ()
    name: str = "yours"
    says: str = ""
    zh: str = ""
    steps: tuple[Have, ...] = ()
    expected: Literal["proved", "refuted"] = "proved"
    counterexample: Mapping[str, int] = field(default_factory=dict)
    uses: tuple[str, ...] = ()
    cites: str = ""
    drawn: tuple[Drawn, ...] = ()
    typed: frozenset[Term] = field(default=frozenset(), init=False)
    called: frozenset[str] = field(default=frozenset(), init=False)

    def __post_init__(self) -> None:
        """Read texts; keep hypotheses as terms by their sentences."""
        if not re.fullmatch(r"[a-z]\w*", self.name, re.ASCII):
            raise RequestError("a theorem's name", repr(self.name), "Write a name like size_le.")
        if self.expected not in ("proved", "refuted"):
            raise RequestError(
                "what is expected of a theorem", repr(self.expected), "Write proved or refuted."
            )
        texts = (self.says, self.zh, self.cites)
        if not all(isinstance(told, str) for told in texts):
            raise RequestError(
                "sentences of a theorem as texts", repr(texts)[:200], 'Write says="...".'
            )
        if not all(isinstance(picture, Drawn) for picture in self.drawn):
            raise RequestError(
                "pictures that are `Drawn`", repr(self.drawn)[:200], "Write a layer and a size."
            )
        declared = assumed(self.claim, self.given)
        object.__setattr__(self, "typed", frozenset(typed(self.claim, self.given)))
        laws = [*called(self.claim, self.given)]
        object.__setattr__(self, "called", frozenset(law.name for law in laws))
        for law in laws:
            known = {*declared.values()}
            for sentence, need in law.ranges.items():
                if need not in known:
                    told_apart = f"{sentence} ({text(need)})" if sentence in declared else sentence
                    declared[told_apart] = need
        if not isinstance(self.claim, All | Some | Iff):
            object.__setattr__(self, "claim", statement(self.claim, "claim"))
        told = hypotheses(self.given)
        implied = {s: need for s, need in declared.items() if need not in told.values()}
        object.__setattr__(self, "given", implied | told)
        _check_bound(self)

    def __hash__(self) -> int:
        """Few theorems have the same name."""
        return hash(self.name)

    @property
    def hypotheses(self) -> tuple[Term, ...]:
        """The hypotheses without their sentences."""
        return tuple(self.given.values())

    @property
    def letters(self) -> tuple[str, ...]:
        """The free names, in order: those of the claim first."""
        bound = {name.args[0] for name in bound_in(self.claim)}
        names = variables(*terms_of(self.claim), *self.hypotheses)
        return tuple(name for name in names if name not in bound)

    def __repr__(self) -> str:
        """Say what the theorem is called, and what it says."""
        return f"{self.name}: {self.says}" if self.says else self.name

    @property
    def plain(self) -> bool:
        """Whether the claim is a term: only then does a counterexample refute the statement."""
        return isinstance(self.claim, Term)


def _check_bound(theorem: Theorem) -> None:
    """Refuse a name that a claim binds and that is free elsewhere: it would mean two things."""
    claim = theorem.claim
    sides = (claim.left, claim.right) if isinstance(claim, Iff) else (claim,)
    if sum(isinstance(side, All | Some) for side in sides) > 1:
        raise RequestError(
            "an equivalence with `All` or `Some` on one side at most",
            repr(claim)[:200],
            "State each direction as a theorem of its own.",
        )
    for side in sides:
        _check_side(side)
    steps = [*theorem.steps, *getattr(claim, "forth", ()), *getattr(claim, "back", ())]
    if not all(map(_is_step, steps)):
        raise RequestError(
            "steps that are `Have`, each of a sentence and a condition",
            repr(steps)[:200],
            'Write for instance Have("the padding", (2*P).eq(F - 1)).',
        )
    free = [*theorem.hypotheses, *(have.claim for have in theorem.steps)]
    free += [side for side in sides if isinstance(side, Term)]
    for name in bound_in(claim):
        if name.args[0] in variables(*free):
            raise RequestError(
                "names that a statement binds and uses in that place only",
                f"`{name.args[0]}`, which is free elsewhere",
                "Call one of the two otherwise.",
            )


def _is_step(have: Any) -> bool:
    """Whether something is a step: a sentence, and a condition as a term."""
    if not isinstance(have, Have):
        return False
    says, zh, claim = (getattr(have, part) for part in ("says", "zh", "claim"))
    return all(isinstance(said, str) for said in (says, zh)) and _is_condition(claim)


def _is_condition(claim: Any) -> bool:
    return isinstance(claim, Term) and claim.sort == TRUTH


def _check_side(side: Any) -> None:
    """Refuse an `All` or a `Some` of anything but variables, conditions and a value for each."""
    bound = side.names if isinstance(side, All | Some) else ()
    values = side.instances if isinstance(side, All) else ()
    values = (side.witness,) if isinstance(side, Some) else values
    terms: tuple[Any, ...] = terms_of(side)
    fits = (
        isinstance(side, Term | All | Some)
        and all(isinstance(one, Term) and one.sort == TRUTH for one in terms)
        and all(name.word == "variable" for name in bound)
        and len(set(bound)) == len(bound)
        and all([one.sort for one in given] == [INTEGER] * len(bound) for given in values)
    )
    if not fits:
        raise RequestError(
            "terms: conditions, variables that differ, and a number for each of these",
            repr(side)[:200],
            "Write for instance All(W, W >= 1, conv.eq(W), (1, 2, 3)), with W from sizes.",
        )


def terms_of(claim: Claim) -> tuple[Term, ...]:
    """Return the terms that a claim is made of, in their order."""
    if isinstance(claim, All):
        return (claim.where, claim.body)
    if isinstance(claim, Some):
        return (claim.body,)
    if isinstance(claim, Iff):
        return (*terms_of(claim.left), *terms_of(claim.right))
    return (claim,)


def bound_in(claim: Claim) -> tuple[Term, ...]:
    """Return the variables that a claim binds."""
    if isinstance(claim, Iff):
        return (*bound_in(claim.left), *bound_in(claim.right))
    return claim.names if isinstance(claim, All | Some) else ()
