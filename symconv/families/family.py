"""A family: settings in closed form, one for each point of its parameters."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from functools import reduce
from itertools import islice
from typing import Any

from symconv.errors import RequestError, shown
from symconv.families import showing
from symconv.families.asked import Asked
from symconv.families.search import Undecided, bounded, search
from symconv.families.setting import Setting, drawn
from symconv.families.verifying import Verification, witnessed
from symconv.markup import plain_table
from symconv.meanings.integers import INTEGERS, compiled
from symconv.meanings.symbols import named
from symconv.proving import Clock, Verdict
from symconv.proving.clock import TIME_LIMIT
from symconv.reading.conditions import read
from symconv.renamed import renamed
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

SOON, MOST_SHOWN = 1.0, 8
"""How many settings a notebook shows, found in how many seconds."""


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

    def __hash__(self) -> int:
        """Few families have the same parameters."""
        return hash((self.parameters, self.domain))

    def __repr__(self) -> str:
        """Show the family as people write it: S = 2k, P = t, F = 2k + 2t."""
        return showing.text(self)

    def latex(self) -> str:
        """Write the family as LaTeX: its letters, its domain, and the verdict."""
        return showing.latex(self)

    def markdown(self) -> str:
        """Write the family as Markdown with LaTeX in it."""
        return f"${self.latex()}$\n"

    def _repr_html_(self) -> str:
        """Show the family in a notebook, with its first settings."""
        settings = self.first
        names = [torch_name(letter) for letter in settings[0]] if settings else []
        rows = ([str(value) for value in setting.values()] for setting in settings)
        return f"<p>$${self.latex()}$$</p>" + plain_table(rows, names)

    @property
    def first(self) -> list[Setting]:
        """The first settings, as many as are found at once."""
        settings: list[Setting] = []
        with suppress(Undecided):
            settings.extend(islice(self.where(timeout=SOON), MOST_SHOWN))
        return settings

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

    @renamed(seconds="timeout")
    def points(self, *constraints: Any, timeout: float = TIME_LIMIT) -> Iterator[dict[str, int]]:
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
        points = search(statement, self.parameters, total, timeout)
        if bounded(statement, total, timeout):
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

    @renamed(seconds="timeout")
    def where(self, *constraints: Any, timeout: float = TIME_LIMIT) -> Iterator[Setting]:
        """Yield the settings that meet the constraints.

        Args:
            constraints: SymPy relations in the symbols of the laws, texts like
                `"kernel_size % stride == 0"`, or terms.
            timeout: seconds for the search.

        >>> from symconv import family, forall, law
        >>> from symconv.symbols import A, D, F, W, k, n
        >>> from sympy import Eq
        >>> rule = forall(W, Eq(law("conv_transpose").subs({D: 1, A: 0}), n * W))
        >>> list(family(rule, {n: 2 * k}).where(F <= 3))
        [(kernel_size=2, stride=2, padding=0)]
        """
        for point in self.points(*constraints, timeout=timeout):
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
        layers = [asked.layer(setting) for setting, _ in cases]

        def judge(witness: Witness, point: Mapping[str, int]) -> str:
            return asked.against(witness, self.setting(point), point)

        clock = Clock(TIME_LIMIT)
        with clock.running():
            return witnessed(cases, judge, layers, clock)

    def sample(self, n: int, seed: int = 0, *constraints: Any) -> list[Setting]:
        """Return settings drawn at random from the first thousand of the family, in their order.

        Args:
            n: how many, at most.
            seed: of the draw.
            constraints: as of `where`.
        """
        return drawn(self.where(*constraints), n, seed)

    def to_dict(self) -> dict[str, Any]:
        """Return the family as JSON has it: expressions that SymPy parses, by torch's names."""
        letters: dict[str, Any] = {
            torch_name(letter): str(named(term)) for letter, term in self.letters.items()
        }
        return letters | {"where": str(named(self.domain)), "complete": self.complete.proved}
