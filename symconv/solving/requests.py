"""A request about one axis: a law with unknown letters, a goal, and constraints, as sentences.

Everything that must hold is a sentence with its term: what the law requires, what was written,
what torch has as default, and what was asked. A conflict is told in these sentences.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from symconv.errors import RequestError, shown
from symconv.families.family import read
from symconv.layers import Layer, Row, Unknown
from symconv.meanings.notation import text
from symconv.operators import Operator
from symconv.operators.operator import F, P, W
from symconv.operators.scaling import Condition
from symconv.operators.window import ceil_mode
from symconv.solving.goals import Goal
from symconv.solving.rules import condition, instances, rule
from symconv.solving.sentences import CHANNELS, chosen, required
from symconv.solving.surroundings import ALONE, Surroundings
from symconv.solving.wishes import Wishes
from symconv.terms import Term, conjuncts, parts, substitute, variable, variables
from symconv.vocabulary import torch_name

GREATEST_NUMBER = 2**40
LETTERS = ("F", "S", "P", "D", "A")
"""A layer's usual letters, in the order of a setting; any others come after them."""


@dataclass(frozen=True, eq=False)
class Request:
    """One axis of a layer, a goal and constraints.

    Attributes:
        layer: the layer, with its unknowns.
        operator: the law of the axis.
        goal: what its sizes should do.
        fixed: the letters that have numbers.
        free: the letters that are to be found, in the order of a setting.
        required: what the law requires of the least input that the goal speaks of.
        chosen: the numbers that the layer was given or has by default, and the choices.
        wanted: the goal.
        asked: the constraints of the user.
        surroundings: the layers before and after it.
    """

    layer: Layer
    operator: Operator
    goal: Goal
    fixed: Mapping[str, int]
    free: tuple[str, ...]
    required: Mapping[str, Term]
    chosen: Mapping[str, Term]
    wanted: Mapping[str, Term]
    asked: Mapping[str, Term]
    surroundings: Surroundings = ALONE

    @property
    def chain(self) -> tuple[Layer, ...]:
        """The layer with what comes before and after it."""
        return self.surroundings.around(self.layer)

    @cached_property
    def sentences(self) -> dict[str, Term]:
        """Everything that must hold."""
        return {**self.required, **self.chosen, **self.wanted, **self.asked}

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

    @property
    def letters(self) -> tuple[str, ...]:
        """The letters of a setting, in order; the ceil mode where it is to be found."""
        known = isinstance(getattr(self.layer, "ceil_mode", None), bool)
        return ordered({*self.fixed, *self.free} - ({"ceil_mode"} if known else set()))

    @property
    def condition(self) -> Condition | None:
        """When the law meets the goal, where that is known."""
        return condition(self.operator, self.goal, self.ceil)

    @property
    def rule(self) -> Term | None:
        """The same as a statement about the letters."""
        return rule(self.operator, self.goal, self.ceil)


def ordered(letters: Iterable[str]) -> tuple[str, ...]:
    """Return letters in the order of a setting."""

    def place(letter: str) -> tuple[int, str]:
        usual = letter[:1] if letter[1:].isdigit() else letter
        return LETTERS.index(usual) if usual in LETTERS else len(LETTERS), letter

    return tuple(sorted(set(letters), key=place))


def requests(
    layer: Layer,
    row: Row,
    goal: Goal,
    where: Any = (),
    axis: int = 1,
    surroundings: Surroundings = ALONE,
) -> tuple[Request, ...]:
    """Read and check a request about one row of a layer: one for each ceil mode in question.

    Args:
        layer: the layer.
        row: the law of one of its axes; its sizes are `W`.
        goal: what is asked of that axis.
        where: constraints: texts, SymPy relations or terms.
        axis: which axis it is; a tuple of unknowns has one for each.
        surroundings: the layers before and after it, which the row's law speaks of as well.
    """
    found = replace(_request(layer, row, goal, where, axis), surroundings=surroundings)
    if "ceil_mode" not in found.free:
        return (found,)
    return tuple(_with_ceil_mode(found, value) for value in (0, 1))


def _request(layer: Layer, row: Row, goal: Goal, where: Any, axis: int) -> Request:
    fixed, free = _letters(row)
    operator = row.operator
    law = set(variables(operator.size, *operator.requires.values())) - {*CHANNELS, "W", "C"}
    if not law - {"ceil_mode"}:
        raise RequestError(
            "a layer whose parameters change sizes, such as a convolution or a pool",
            repr(layer),
            "Choose one of those.",
        )
    strange = [one for one in layer.unknowns() if one not in law and one[:-1] not in law]
    if strange:
        raise RequestError(
            f"a number for {torch_name(strange[0])}, on which no size depends",
            "?",
            "Write it, or leave it out.",
        )
    names = ordered({*fixed, *free})
    choices = _choices(layer, free, axis)
    words = Wishes(operator, goal, names, _bounds(fixed, choices))
    asked = {f"you asked for {_shown(one)}": read(one, names, words) for one in wheres(where)}
    given = chosen(layer, fixed, free, choices)
    _check_numbers(asked)
    needs = required(row, fixed, goal)
    found = Request(layer, operator, goal, fixed, free, needs, given, {}, asked)
    return found if "ceil_mode" in free else replace(found, wanted=_wanted(found))


def _with_ceil_mode(found: Request, value: int) -> Request:
    """Return the request for one of the two ceil modes."""
    known = {ceil_mode: value}
    found = replace(
        found,
        fixed=dict(found.fixed) | {"ceil_mode": value},
        free=tuple(one for one in found.free if one != "ceil_mode"),
        required={s: substitute(t, known) for s, t in found.required.items()},
        asked={s: substitute(t, known) for s, t in found.asked.items()},
    )
    return replace(found, wanted=_wanted(found))


def _check_numbers(asked: Mapping[str, Term]) -> None:
    """Refuse numbers that no layer has anything to do with."""
    for sentence, term in asked.items():
        for part in parts(term):
            if part.word == "constant" and abs(part.args[0]) > GREATEST_NUMBER:
                raise RequestError(
                    "numbers up to 2**40 in constraints",
                    f"{shown(part.args[0])} in «{sentence}»",
                    "No layer is that large: drop it.",
                )


def _choices(layer: Layer, free: tuple[str, ...], axis: int) -> dict[str, Unknown]:
    """Return the unknowns of an axis that have choices, by their letters."""
    names = {one if one in free else one.removesuffix(str(axis)): one for one in layer.unknowns()}
    unknowns = {letter: layer.unknowns()[name] for letter, name in names.items() if letter in free}
    return {letter: one for letter, one in unknowns.items() if one.choices is not None}


def _bounds(fixed: Mapping[str, int], choices: Mapping[str, Unknown]) -> dict[str, tuple[int, int]]:
    """Return the least and the greatest value of each letter that has such."""
    found = {letter: (value, value) for letter, value in fixed.items()}
    for letter, one in choices.items():
        found[letter] = (one.choices[0], one.choices[-1]) if one.choices else (0, 0)
    return found


def wheres(where: Any) -> list[Any]:
    """Return constraints as a list."""
    return list(where) if isinstance(where, (list, tuple)) else [where]


def _shown(constraint: Any) -> str:
    return (
        text(constraint, names="torch") if isinstance(constraint, Term) else str(constraint).strip()
    )


def _letters(row: Row) -> tuple[dict[str, int], tuple[str, ...]]:
    """Return the letters with numbers, and those to be found."""
    fixed, free = {}, []
    law = set(variables(row.operator.size, *row.operator.requires.values()))
    for letter, value in row.values.items():
        if letter in CHANNELS or letter == "W" or letter not in law:
            continue
        if isinstance(value, int):
            fixed[letter] = value
        elif value is variable(letter) or (letter == "S" and value is F):
            free.append(letter)
        else:
            raise RequestError(
                "numbers and unknowns",
                f"{torch_name(letter)}={text(value)}",
                "Mark what is to be found with ?.",
            )
    return fixed, ordered(free)


def _wanted(found: Request) -> dict[str, Term]:
    """Return the goal: the law at one size, the parts of a rule, or some instances."""
    goal = found.goal
    if goal.kind == "pair":
        law = substitute(found.operator.size, {W: goal.least_input, ceil_mode: int(found.ceil)})
        return {f"you asked for {goal}": law.eq(goal.output)}
    wanted = found.rule
    if wanted is not None:
        return {
            f"you asked for {goal}: {text(part, names='torch')}": part for part in conjuncts(wanted)
        }
    return {
        f"you asked for {goal}: {size} gives {out}": term
        for size, out, term in instances(found.operator, goal, ceil=found.ceil)
    }
