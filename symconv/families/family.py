"""A family: settings in closed form, one for each point of its parameters."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from functools import reduce
from itertools import islice
from random import Random
from typing import Any, NamedTuple

import sympy

from symconv.errors import RequestError, shown
from symconv.families.search import bounded, search
from symconv.families.setting import Setting
from symconv.families.verifying import Verification, witnessed
from symconv.layers import LAYERS, Layer
from symconv.meanings.integers import INTEGERS, PLAIN, compiled
from symconv.meanings.notation import latex, text
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
    maximum,
    substitute,
    variable,
)
from symconv.vocabulary import torch_name
from symconv.witness import Witness

INPUTS = (1, 2, 3, 5, 8)
"""The sizes that a setting is run on."""
MOST_DRAWN = 1000
"""From how many settings some are drawn."""


class Asked(NamedTuple):
    """What the settings of a family do, so that torch can be asked.

    Attributes:
        operator: the law that they are for.
        argument: the size that enters, in `W`.
        settings: what letters are that the relation has numbers for.
        relation: what holds of `W` and the size `O` that comes out, in letters and parameters.
        takes: that a layer takes what enters.
    """

    operator: str
    argument: Term
    settings: Mapping[str, Term]
    relation: Term
    takes: Term


@dataclass(frozen=True)
class Family:
    """Settings in closed form.

    Attributes:
        letters: what each letter is, in the parameters.
        parameters: the free integers, most significant first.
        domain: which parameters there are.
        complete: whether every setting is in the family, by Z3; of several, in one of them.
        asked: what the settings do, if that is known.
    """

    letters: Mapping[str, Term]
    parameters: tuple[str, ...]
    domain: Term
    complete: Verdict
    asked: Asked | None = None

    def __repr__(self) -> str:
        """Show the family as people write it: S = 2k, P = t, F = 2k + 2t."""
        parts = [
            f"{letter} = {_juxtaposed(term)}" if term is not variable(letter) else f"{letter} free"
            for letter, term in self.letters.items()
        ]
        domain = ", ".join(_conditions(self.domain, text, "<"))
        word = "proved" if self.complete.proved else self.complete.word
        return f"{', '.join(parts)}   ({domain + '; ' if domain else ''}complete: {word})"

    def latex(self) -> str:
        """Write the family as LaTeX: its letters, its domain, and the verdict."""
        letters = [
            rf"{letter} = {sympy.latex(expression(term))}"
            if term is not variable(letter)
            else rf"{letter}\text{{ free}}"
            for letter, term in self.letters.items()
        ]
        domain = _conditions(self.domain, latex, "")
        word = "proved" if self.complete.proved else self.complete.word
        told = [*([", ".join(domain)] if domain else []), rf"\text{{complete: {word}}}"]
        return rf"{', '.join(letters)} \qquad ({'; '.join(told)})"

    def _repr_latex_(self) -> str:
        """Show the family in a notebook."""
        return f"$${self.latex()}$$"

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
        total = reduce(Term.__add__, map(self._distance, self.parameters))
        points = search(statement, self.parameters, total, seconds)
        if bounded(statement, total, seconds):
            yield from sorted(
                points, key=lambda point: tuple(point[name] for name in self.parameters)
            )
        else:
            yield from points

    def _distance(self, parameter: str) -> Term:
        """Return how far from 0 a parameter is; it may be negative."""
        letter = variable(parameter)
        positive = any(part in (letter >= 0, letter >= 1) for part in conjuncts(self.domain))
        return letter if positive else maximum(letter, -letter)

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
        asked = self.asked
        if asked is None:
            raise RequestError(
                "a family of a rule from `forall` about a law by its name",
                "a relation without a law",
                'Pass the rule itself to `family`, of a relation such as "conv(W) == W".',
            )
        cases = [(self.setting(point), point) for point in islice(self.points(*constraints), count)]

        def judge(witness: Witness, point: Mapping[str, int]) -> str:
            setting = self.setting(point)
            values = {**point, **setting}
            entering = [PLAIN.evaluate(asked.argument, {**values, "W": size}) for size in INPUTS]
            answers = witness.each(self._layer(setting), [(size,) for size in entering])
            for size, answer in zip(INPUTS, answers, strict=True):
                there = {**values, "W": size}
                refused = isinstance(answer, str)
                if refused and not PLAIN.evaluate(asked.takes, there):
                    continue
                outcome = {} if refused else {"O": answer[0]}
                if refused or not PLAIN.evaluate(asked.relation, there | outcome):
                    return f"{size} gives {answer}, not {text(asked.relation)}"
            return ""

        layers = [self._layer(setting) for setting, _ in cases]
        clock = Clock(TIME_LIMIT)
        with clock.running():
            return witnessed(cases, judge, layers, clock)

    def _layer(self, setting: Mapping[str, int]) -> Layer:
        asked = self.asked
        operator, settings = (asked.operator, asked.settings) if asked else ("", {})
        numbers = {letter: interpret(term, INTEGERS, setting) for letter, term in settings.items()}
        names: dict[str, Any] = {
            torch_name(letter): value for letter, value in {**setting, **numbers}.items()
        }
        if "ceil_mode" in names:
            names["ceil_mode"] = bool(names["ceil_mode"])
        layer = layer_following(operator, names)
        if layer is None:
            raise RequestError(
                "a law that some layer of one axis follows",
                f"{operator}, {names}",
                "Fix the letters that no layer has.",
            )
        return layer

    def sample(self, n: int, seed: int = 0, *constraints: Any) -> list[Setting]:
        """Return settings drawn at random from the first thousand of the family, in their order.

        Args:
            n: how many, at most.
            seed: of the draw.
            constraints: as of `where`.
        """
        some = list(islice(self.where(*constraints), MOST_DRAWN))
        places = sorted(Random(seed).sample(range(len(some)), min(n, len(some))))  # noqa: S311
        return [some[place] for place in places]

    def table(self, *constraints: Any, count: int = 10) -> list[Setting]:
        """Return the first settings of the family."""
        return list(islice(self.where(*constraints), count))

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


def _conditions(domain: Term, write: Callable[[Term], str], less: str) -> list[str]:
    """Write conditions; where two bound one thing from both sides, in one: `1 <= k <= n`."""
    signs = {"le": f"{less}=" if less else r"\le", "lt": less or "<"}
    waiting, written = [*conjuncts(domain)], list[str]()
    while waiting:
        part = waiting.pop(0)
        other = next((each for each in waiting if _meet(part, each) or _meet(each, part)), None)
        if other is None:
            written.append(write(part))
            continue
        waiting.remove(other)
        part, above = (part, other) if _meet(part, other) else (other, part)
        low, middle, high = (write(side) for side in (*part.args, above.args[1]))
        written.append(f"{low} {signs[part.word]} {middle} {signs[above.word]} {high}")
    return written


def _meet(low: Term, high: Term) -> bool:
    """Whether one condition ends with what another begins with."""
    ordered = {low.word, high.word} <= {"le", "lt"}
    return ordered and low.args[1] is high.args[0]


def _juxtaposed(term: Term) -> str:
    """Write `2*k` as `2k`, as one does by hand."""
    written = str(expression(term))
    return re.sub(r"(\d)\*(?=[A-Za-z(])", r"\1", written)
