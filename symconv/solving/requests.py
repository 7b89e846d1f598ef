"""A request: a layer with unknowns, what its sizes should do, and constraints, as sentences.

Everything that must hold is a sentence with its term: what the law requires, what was written,
what torch has as default, and what was asked. A conflict is told in these sentences.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any, Literal

from symconv.errors import RequestError, shown
from symconv.families.family import read
from symconv.layers import Layer, Row, Unknown
from symconv.meanings.integers import INTEGERS
from symconv.meanings.notation import text
from symconv.operators import Operator
from symconv.operators.operator import F, P, S, W
from symconv.reading.chains import chain
from symconv.solving.rules import instances, rule
from symconv.terms import Term, both, either, interpret, substitute, variable, variables
from symconv.vocabulary import VOCABULARY

LETTERS = ("F", "S", "P", "D", "A")
"""A layer's letters, in the order of a setting."""

GREATEST_FACTOR = 10**6


@dataclass(frozen=True)
class Goal:
    """What the sizes should do, for all inputs that it speaks of.

    Attributes:
        kind: `"up"` for n times every size, `"down"` for the n-th part of every multiple of n.
        n: the factor; 1 keeps every size.
    """

    kind: Literal["up", "down"]
    n: int

    def __str__(self) -> str:
        """Say the goal in words."""
        if self.n == 1:
            return "every size stays"
        return (
            f"every size times {self.n}"
            if self.kind == "up"
            else f"every multiple of {self.n}, divided by it"
        )

    @property
    def least_input(self) -> int:
        """The least input that the goal speaks of."""
        return self.n if self.kind == "down" else 1

    def output(self, size: int) -> int:
        """The output that an input should have."""
        return size * self.n if self.kind == "up" else size // self.n


@dataclass(frozen=True)
class Request:
    """A layer, a goal and constraints.

    Attributes:
        layer: the layer, with its unknowns.
        operator: the law of its axes.
        goal: what its sizes should do.
        fixed: the letters that have numbers.
        free: the letters that are to be found, in the order of a setting.
        sentences: everything that must hold.
        asked: the constraints of the user among them, as terms.
        chosen: the sentences of numbers that the layer was given or has by default.
    """

    layer: Layer
    operator: Operator
    goal: Goal
    fixed: Mapping[str, int]
    free: tuple[str, ...]
    sentences: Mapping[str, Term]
    asked: Mapping[str, Term]
    chosen: tuple[str, ...]

    @property
    def ceil(self) -> bool:
        """Whether the layer is a pool in ceil mode."""
        return bool(getattr(self.layer, "ceil_mode", False))

    @property
    def padding_adds(self) -> bool:
        """Whether the law has no negative padding."""
        return (P >= 0) in self.operator.requires.values()

    @property
    def stride_is_kernel(self) -> bool:
        """Whether the stride is what the kernel is found to be, as a pool's is by default."""
        stride = getattr(self.layer, "stride", None)
        return "S" in self.free and stride is getattr(self.layer, "kernel_size", None)

    @property
    def letters(self) -> tuple[str, ...]:
        """The letters of a setting, in order."""
        return tuple(one for one in LETTERS if one in self.fixed or one in self.free)

    def rule(self) -> Term | None:
        """Return the condition on the letters under which the goal is met, where one is known."""
        return rule(self.operator, self.goal.kind, self.goal.n, ceil=self.ceil)


def request(layers: Any, goal: Goal, where: Any = ()) -> Request:
    """Read and check a request."""
    layer = _one_layer(layers)
    row = layer.rows(layer.least_axes)[0]
    operator = row.operator
    if not operator.scaling:
        raise RequestError(
            "a convolution, a transposed convolution or a pool", repr(layer), "Choose one of those."
        )
    strange = [name for name in layer.unknowns() if name not in LETTERS and name != "ceil_mode"]
    if strange and not strange[0][-1].isdigit():
        raise RequestError(
            f"a number for {strange[0]}, on which no size depends",
            "?",
            "Write it, or leave it out.",
        )
    fixed, free = _letters(layer, row.values)
    wheres = list(where) if isinstance(where, (list, tuple)) else [where]
    names = tuple(one for one in LETTERS if one in {*fixed, *free})
    asked = {f"you asked for {_shown(one)}": read(one, names) for one in wheres}
    chosen = _chosen(layer, fixed)
    sentences = _required(layer, row, goal) | chosen | _wanted(layer, operator, goal) | asked
    return Request(layer, operator, goal, fixed, free, sentences, asked, tuple(chosen))


def _one_layer(layers: Any) -> Layer:
    found = chain(layers).layers
    if len(found) != 1:
        raise RequestError(
            "one layer", f"a chain of {len(found)}", "Ask about each layer by itself."
        )
    return found[0]


def _shown(constraint: Any) -> str:
    return (
        text(constraint, names="torch") if isinstance(constraint, Term) else str(constraint).strip()
    )


def _letters(layer: Layer, values: Mapping[str, Any]) -> tuple[dict[str, int], tuple[str, ...]]:
    """Return the letters with numbers, and those to be found; every axis must be alike."""
    fixed, free = {}, []
    for letter in LETTERS:
        if letter not in values:
            continue
        per_axis = {row.values[letter] for row in layer.rows(layer.least_axes)}
        value = values[letter]
        if len(per_axis) > 1:
            raise RequestError(
                f"{VOCABULARY[letter].torch} alike on all axes",
                f"{layer!r}",
                "Ask about one axis at a time, with the 1d layer.",
            )
        if isinstance(value, int):
            fixed[letter] = value
        elif value is variable(letter) or value is F:
            free.append(letter)
        else:
            raise RequestError(
                "numbers and unknowns",
                f"{VOCABULARY[letter].torch}={text(value)}",
                "Mark what is to be found with ?.",
            )
    if isinstance(getattr(layer, "ceil_mode", None), Unknown):
        raise RequestError("ceil_mode as True or False", "?", "Ask twice, once with each.")
    return fixed, tuple(free)


def _required(layer: Layer, row: Row, goal: Goal) -> dict[str, Term]:
    """Return what the law requires of the least input that the goal speaks of.

    What numbers of the layer settle is left out where it holds, and kept where it does not.
    """
    ceil = int(bool(getattr(layer, "ceil_mode", False)))
    known: dict[Term, Any] = {W: goal.least_input, variable("ceil_mode"): ceil}
    for name in ("groups", "in_channels", "out_channels"):
        if isinstance(row.values.get(name), int):
            known[variable(name)] = row.values[name]
    found = {s: substitute(term, known) for s, term in row.operator.requires.items()}
    return {
        sentence: term
        for sentence, term in found.items()
        if set(variables(term)) <= set(LETTERS)
        and (variables(term) or not interpret(term, INTEGERS, {}))
    }


def _chosen(layer: Layer, fixed: Mapping[str, int]) -> dict[str, Term]:
    """Return the numbers that the layer was given, or has by default."""
    found, defaults = {}, {one.name: one.default for one in fields(layer)}
    for letter, value in fixed.items():
        name = VOCABULARY[letter].torch
        default = defaults.get(name) == value
        remedy = f", torch's default; write {name}=? to free it" if default else ", as you wrote"
        found[f"{name} is {value}{remedy}"] = variable(letter).eq(value)
    for letter, unknown in layer.unknowns().items():
        if unknown.choices is not None and letter in LETTERS:
            found[f"{VOCABULARY[letter].torch} is one of {unknown!r}"] = _among(
                variable(letter), unknown
            )
    if getattr(layer, "stride", None) is getattr(layer, "kernel_size", 0) and "S" not in fixed:
        found["stride is the kernel size, a pool's default; write stride=? to free it"] = S.eq(F)
    return found


def _wanted(layer: Layer, operator: Operator, goal: Goal) -> dict[str, Term]:
    """Return the goal: the parts of its rule, or some instances where no rule is known."""
    ceil = bool(getattr(layer, "ceil_mode", False))
    wanted = rule(operator, goal.kind, goal.n, ceil=ceil)
    if wanted is not None:
        return {
            f"you asked for {goal}: {text(part, names='torch')}": part for part in conjuncts(wanted)
        }
    return {
        f"you asked for {goal}: {size} gives {out}": term
        for size, out, term in instances(operator, goal.kind, goal.n, ceil=ceil)
    }


def _among(letter: Term, unknown: Unknown) -> Term:
    choices = unknown.choices
    if isinstance(choices, range):
        return both(letter >= choices[0], letter <= choices[-1])
    return either(*(letter.eq(one) for one in choices or ()))


def goal(up: Any = None, down: Any = None, same: bool = False) -> Goal:
    """Return the one goal that was asked for."""
    given = [(k, v) for k, v in (("up", up), ("down", down)) if v is not None] + [
        ("same", 1)
    ] * bool(same)
    if len(given) != 1:
        raise RequestError(
            "one of up, down and same", f"{len(given)} of them", "Write for instance up=2 (--up 2)."
        )
    kind, n = given[0]
    if type(n) is not int or not 1 <= n <= GREATEST_FACTOR:
        raise RequestError(
            f"{kind} as an integer from 1 to {GREATEST_FACTOR}",
            f"{shown(n)} ({type(n).__name__})",
            "Write for instance 2.",
        )
    return Goal("up" if kind != "down" else "down", n)
