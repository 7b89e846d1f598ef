"""A family: settings in closed form, one for each point of its parameters."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from functools import reduce
from itertools import islice
from typing import Any

import sympy

from symconv.errors import RequestError, shown
from symconv.families.search import bounded, search
from symconv.families.setting import Setting
from symconv.families.verifying import Verification, witnessed
from symconv.layers import LAYERS, Layer
from symconv.meanings.integers import INTEGERS, compiled
from symconv.meanings.notation import text
from symconv.meanings.symbols import expression, named
from symconv.proving import Clock, Verdict
from symconv.proving.clock import TIME_LIMIT
from symconv.reading.conditions import read
from symconv.terms import (
    Term,
    both,
    conjuncts,
    defined,
    interpret,
    substitute,
    variable,
)
from symconv.vocabulary import torch_name
from symconv.witness import Witness

INPUTS = (1, 2, 3, 5, 8)
"""The sizes that a setting is run on."""


@dataclass(frozen=True)
class Family:
    """Settings in closed form.

    Attributes:
        letters: what each letter is, in the parameters.
        parameters: the free integers, most significant first.
        domain: which parameters there are.
        complete: whether every setting is in the family, by Z3.
        operator: the law that the settings are for.
        target: the output size that they are for, in `W` and the parameters.
    """

    letters: Mapping[str, Term]
    parameters: tuple[str, ...]
    domain: Term
    complete: Verdict
    operator: str = ""
    target: Term | None = field(default=None)

    def __repr__(self) -> str:
        """Show the family as people write it: S = 2k, P = t, F = 2k + 2t."""
        parts = [
            f"{letter} = {_juxtaposed(term)}" if term is not variable(letter) else f"{letter} free"
            for letter, term in self.letters.items()
        ]
        domain = ", ".join(text(part) for part in conjuncts(self.domain))
        word = "proved" if self.complete.proved else self.complete.word
        return f"{', '.join(parts)}   ({domain + '; ' if domain else ''}complete: {word})"

    def _repr_latex_(self) -> str:
        """Show the family in a notebook."""
        parts = [
            rf"{letter} = {sympy.latex(expression(term))}" for letter, term in self.letters.items()
        ]
        return f"$${', '.join(parts)}$$"

    def setting(self, point: Mapping[str, int]) -> Setting:
        """Return the setting at a point of the parameters."""
        return Setting(
            {letter: interpret(term, INTEGERS, point) for letter, term in self.letters.items()}
        )

    def statement(self, *constraints: Any) -> Term:
        """Return a condition on the parameters; nothing in it divides by zero."""
        inside = {variable(letter): term for letter, term in self.letters.items()}
        names = (*self.letters, *self.parameters)
        given = [substitute(read(each, names), inside) for each in constraints]
        whole = both(*conjuncts(self.domain), *given)
        return defined(whole) & whole

    def points(self, *constraints: Any, seconds: float = TIME_LIMIT) -> Iterator[dict[str, int]]:
        """Yield the points that meet the constraints, found by Z3.

        Where there are finitely many they come in the order of the parameters; where there may be
        infinitely many, by the sum of the parameters, so that each comes at a finite place.

        Raises:
            Undecided: the time limit was reached first.
        """
        statement = self.statement(*constraints)
        if not self.parameters:
            if compiled(statement, ())():  # lazily: what is not defined does not hold
                yield {}
            return
        total = reduce(Term.__add__, map(variable, self.parameters))
        points = search(statement, self.parameters, total, seconds)
        if bounded(statement, total, seconds):
            yield from sorted(
                points, key=lambda point: tuple(point[name] for name in self.parameters)
            )
        else:
            yield from points

    def where(self, *constraints: Any, seconds: float = TIME_LIMIT) -> Iterator[Setting]:
        """Yield the settings that meet the constraints.

        Args:
            constraints: SymPy relations in the symbols of the laws, texts like
                `"kernel_size % stride == 0"`, or terms.
            seconds: the time limit of the search.

        >>> from symconv import family, forall, law
        >>> from symconv.symbols import A, D, F, W, k, n
        >>> from sympy import Eq
        >>> rule = forall(W, Eq(law("conv_transpose").subs({D: 1, A: 0}), n * W))
        >>> list(family(rule, {n: 2 * k}).where(F <= 3))
        [(kernel_size=2, stride=2, padding=0)]
        """
        for point in self.points(*constraints, seconds=seconds):
            yield self.setting(point)

    def verify(self, by: str = "torch", *constraints: Any, count: int = 8) -> Verification:
        """Run settings of the family as torch layers, each on several sizes.

        Args:
            by: `"torch"`.
            constraints: as of `where`; which settings to run.
            count: how many at most.
        """
        if by != "torch":
            raise RequestError("a witness", shown(by), 'Write "torch", the only one there is.')
        if self.target is None:
            raise RequestError(
                "a family of a rule from `forall` about a law of `symconv.law`",
                "a relation without a law",
                "Pass the rule itself to `family`.",
            )
        target = compiled(self.target, ("W", *self.parameters))
        cases = [(self.setting(point), point) for point in islice(self.points(*constraints), count)]

        def judge(witness: Witness, point: Mapping[str, int]) -> str:
            answers = witness.each(self._layer(self.setting(point)), [(size,) for size in INPUTS])
            for size, answer in zip(INPUTS, answers, strict=True):
                expected = target(size, *(point[name] for name in self.parameters))
                if answer != (expected,):
                    return f"{size} gives {answer}, not {expected}"
            return ""

        layers = [self._layer(setting) for setting, _ in cases]
        clock = Clock(TIME_LIMIT)
        with clock.running():
            return witnessed(cases, judge, layers, clock)

    def _layer(self, setting: Mapping[str, int]) -> Layer:
        names = {torch_name(letter): value for letter, value in setting.items()}
        layer = layer_following(self.operator, names)
        if layer is None:
            raise RequestError(
                "a law that some layer of one axis follows",
                f"{self.operator}, {names}",
                "Fix the letters that no layer has.",
            )
        return layer

    def to_dict(self) -> dict[str, Any]:
        """Return the family as JSON has it: expressions that SymPy parses, by torch's names."""
        letters: dict[str, Any] = {
            torch_name(letter): str(named(term)) for letter, term in self.letters.items()
        }
        return letters | {"where": str(named(self.domain)), "complete": self.complete.proved}


def layer_following(operator: str, names: Mapping[str, int]) -> Layer | None:
    """Return the layer of one axis with these parameters whose sizes follow a law, if any has."""
    for name in LAYERS:
        kind = LAYERS[name]
        if kind.axes == 1:
            with suppress(RequestError):
                layer = kind(**names)
                if [row.operator.name for row in layer.rows(1)] == [operator]:
                    return layer
    return None


def _juxtaposed(term: Term) -> str:
    """Write `2*k` as `2k`, as one does by hand."""
    written = str(expression(term))
    return re.sub(r"(\d)\*(?=[A-Za-z(])", r"\1", written)
