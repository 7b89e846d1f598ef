"""One axis of a question about one layer: letters with numbers, letters to be found, sentences.

Everything that must hold is a sentence with its term: what the law requires, what was written, what
torch has as default, and what was asked. A conflict is told in these sentences.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from symconv.errors import RequestError
from symconv.layers import Layer, Row, Unknown
from symconv.layers.filling import cannot_be_searched
from symconv.meanings.notation import text
from symconv.operators import Operator
from symconv.operators.letters import F, P, W
from symconv.operators.scaling import Condition
from symconv.operators.window import ceil_mode
from symconv.questions.conditions import conditions
from symconv.questions.conflicts import Sentence
from symconv.questions.goals import Goal
from symconv.questions.order import Order
from symconv.solving.rules import condition, instances
from symconv.solving.sentences import CHANNELS, OF_ALL_AXES, given, required
from symconv.solving.surroundings import ALONE, Surroundings
from symconv.solving.wishes import Wishes
from symconv.terms import Term, both, conjuncts, substitute, variable, variables

LETTERS = ("F", "S", "P", "D", "A")
"""A layer's usual letters, in the order of a setting; any others come after them."""


@dataclass(frozen=True, eq=False)
class Problem:
    """One axis of a layer, a goal, and what must hold.

    Attributes:
        layer: the layer, with its unknowns.
        operator: the law of the axis.
        goal: what its sizes should do.
        fixed: the letters that have numbers.
        free: the letters that are to be found, in the order of a setting.
        sentences: everything that must hold.
        surroundings: the layers before and after it.
    """

    layer: Layer
    operator: Operator
    goal: Goal
    fixed: Mapping[str, int]
    free: tuple[str, ...]
    sentences: tuple[Sentence, ...]
    surroundings: Surroundings = ALONE

    @property
    def chain(self) -> tuple[Layer, ...]:
        """The layer with what comes before and after it."""
        return self.surroundings.around(self.layer)

    @cached_property
    def statement(self) -> Term:
        """Everything that must hold, in one term."""
        return both(*(sentence.term for sentence in self.sentences))

    @property
    def ceil(self) -> bool:
        """Whether the axis is that of a pool in ceil mode."""
        return bool(self.fixed.get("ceil_mode"))

    @property
    def padding_adds(self) -> bool:
        """Whether the law has no negative padding."""
        return (P >= 0) in self.operator.requires.values()

    @property
    def stride_is_kernel(self) -> bool:
        """Whether the stride is what the kernel is found to be, as a pool's is by default."""
        return "S" in self.free and self.layer.follows("stride") is not None

    @cached_property
    def letters(self) -> tuple[str, ...]:
        """The letters of a setting, in order; the ceil mode where it is to be found."""
        flagged = isinstance(getattr(self.layer, "ceil_mode", None), bool)
        return ordered({*self.fixed, *self.free} - ({"ceil_mode"} if flagged else set()))

    @cached_property
    def condition(self) -> Condition | None:
        """When the law meets the goal, where that is known."""
        return condition(self.operator, self.goal, self.ceil)

    @property
    def order(self) -> Order:
        """What its settings are ordered by; among others, it does not see what arrives."""
        alone = len(self.chain) == 1
        size = self.goal.least_input
        sizes = (size, self.goal.gives(size)) if alone else None
        return Order(self.operator, self.letters, sizes, self.goal.kind == "pair")

    @cached_property
    def first(self) -> int:
        """The input at which it is stated what the law requires.

        What an unknown setting takes is not known where no rule is: then it is a large one.
        """
        far = self.proved_one_by_one and not self.goal.named
        return self.goal.far if far else self.goal.least_input

    @property
    def refusing(self) -> Term:
        """State that a setting refuses the first input, and takes a larger one."""
        known = {variable(letter): number for letter, number in self.fixed.items()}
        laws = (substitute(law, known) for law in self.operator.requires.values())
        needs = both(*(law for law in laws if {*variables(law)} <= {"W", *self.free}))
        asked = both(*(sentence.term for sentence in self.sentences if sentence.kind != "law"))
        return both(asked, needs, W > self.first, ~substitute(needs, {W: self.first}))

    @property
    def proved_one_by_one(self) -> bool:
        """Whether settings meet instances of the goal only, and each needs a proof of its own."""
        return self.goal.kind != "pair" and self.condition is None


def ordered(letters: Iterable[str]) -> tuple[str, ...]:
    """Return letters in the order of a setting."""

    def place(letter: str) -> tuple[int, str]:
        usual = letter[:1] if letter[1:].isdigit() else letter
        return LETTERS.index(usual) if usual in LETTERS else len(LETTERS), letter

    return tuple(sorted(set(letters), key=place))


def problems(
    layer: Layer,
    row: Row,
    goal: Goal,
    where: Any = (),
    axis: int = 1,
    surroundings: Surroundings = ALONE,
) -> tuple[Problem, ...]:
    """Read and check what is asked of one row of a layer: a problem for each ceil mode in question.

    Args:
        layer: the layer.
        row: the law of one of its axes; its sizes are `W`.
        goal: what is asked of that axis.
        where: constraints: texts, SymPy relations or terms.
        axis: which axis it is; a tuple of unknowns has one for each.
        surroundings: the layers before and after it, which the row's law speaks of as well.
    """
    fixed, free = _letters(layer, row)
    choices = _choices(layer, free, axis)
    letters = ordered({*fixed, *free})
    words = Wishes(row.operator, goal, letters, _bounds(fixed, choices))
    wishes = conditions(where, letters, words)
    stated = given(layer, fixed, free, choices, axis)
    problem = Problem(layer, row.operator, goal, fixed, free, (), surroundings)
    modes = (0, 1) if "ceil_mode" in free else (None,)
    return tuple(_in_mode(problem, row, stated + wishes, mode) for mode in modes)


def _in_mode(problem: Problem, row: Row, stated: tuple[Sentence, ...], mode: int | None) -> Problem:
    """Return the problem for one of the two ceil modes, or for the one that was written."""
    if mode is not None:
        free = tuple(letter for letter in problem.free if letter != "ceil_mode")
        problem = replace(problem, fixed={**problem.fixed, "ceil_mode": mode}, free=free)
        stated = tuple(
            sentence._replace(term=substitute(sentence.term, {ceil_mode: mode}))
            for sentence in stated
        )
    written = [sentence for sentence in stated if sentence.kind != "condition"]
    wishes = [sentence for sentence in stated if sentence.kind == "condition"]
    needs = required(row, problem.fixed, problem.first)
    return replace(problem, sentences=(*needs, *written, *_wanted(problem), *wishes))


def _choices(layer: Layer, free: tuple[str, ...], axis: int) -> dict[str, Unknown]:
    """Return the unknowns of an axis that have choices, by their letters."""
    own = {
        name if name in free else name.removesuffix(str(axis)): unknown
        for name, unknown in layer.unknowns().items()
    }
    return {
        letter: unknown
        for letter, unknown in own.items()
        if letter in free and unknown.choices is not None
    }


def _bounds(fixed: Mapping[str, int], choices: Mapping[str, Unknown]) -> dict[str, tuple[int, int]]:
    """Return the least and the greatest value of each letter that has such."""
    bounds = {letter: (value, value) for letter, value in fixed.items()}
    for letter, unknown in choices.items():
        bounds[letter] = (unknown.choices[0], unknown.choices[-1]) if unknown.choices else (0, 0)
    return bounds


def _letters(layer: Layer, row: Row) -> tuple[dict[str, int], tuple[str, ...]]:
    """Return the letters with numbers, and those to be found.

    Raises:
        RequestError: something is to be found that no size depends on, or that is no number; or
            sizes depend on nothing.
    """
    fixed, free = {}, []
    law = {*variables(row.operator.size, *row.operator.requires.values())} - {*CHANNELS}
    keeps = layer.rows(layer.least_axes)[0].operator.size is W
    for name in layer.unknowns():
        if name in CHANNELS or keeps:
            raise cannot_be_searched(layer, name)
    for letter, value in row.values.items():
        if letter == "W" or letter not in law:
            continue
        if isinstance(value, int):
            fixed[letter] = value
        elif value is variable(letter) or (letter == "S" and value is F):
            free.append(letter)
        elif letter not in OF_ALL_AXES:
            raise cannot_be_searched(layer, letter)
    if not {*fixed, *free} - {"ceil_mode"}:
        raise RequestError(
            "a layer whose parameters change sizes, such as a convolution or a pool",
            repr(layer),
            "Choose one of those.",
            place=layer.place(),
        )
    return fixed, ordered(free)


def _wanted(problem: Problem) -> tuple[Sentence, ...]:
    """Return the goal: the law at one size, the parts of a rule, or some instances."""
    goal = problem.goal
    if goal.kind == "pair":
        law = substitute(problem.operator.size, {W: goal.least_input, ceil_mode: int(problem.ceil)})
        return (Sentence(f"you asked for {goal}", law.eq(goal.output), "goal"),)
    if problem.condition is not None:
        return tuple(
            Sentence(f"you asked for {goal}: {text(part, names='torch')}", part, "goal")
            for part in conjuncts(problem.condition.statement)
        )
    return tuple(
        Sentence(f"you asked for {goal}: {size} gives {out}", term, "goal")
        for size, out, term in instances(problem.operator, goal, problem.first, ceil=problem.ceil)
    )
