"""What must hold besides the goal and the user's constraints, as sentences with their terms."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from symconv.layers import Layer, Row, Unknown
from symconv.meanings.integers import INTEGERS
from symconv.operators.operator import F, S, W
from symconv.operators.window import ceil_mode
from symconv.solving.goals import Goal
from symconv.terms import Term, both, either, interpret, substitute, variable, variables
from symconv.vocabulary import torch_name

FINEST = 3
"""An unknown scale factor is a fraction over at most this power of two."""
CHANNELS = ("groups", "in_channels", "out_channels")


def required(row: Row, fixed: Mapping[str, int], goal: Goal) -> dict[str, Term]:
    """Return what the law requires of the least input that the goal speaks of.

    What numbers of the layer settle is left out where it holds, and kept where it does not.
    """
    known: dict[Term, Any] = {W: goal.least_input}
    if "ceil_mode" in fixed:
        known[ceil_mode] = fixed["ceil_mode"]
    for name in CHANNELS:
        if isinstance(row.values.get(name), int):
            known[variable(name)] = row.values[name]
    found = {s: substitute(term, known) for s, term in row.operator.requires.items()}
    found = {
        sentence: term
        for sentence, term in found.items()
        if not set(variables(term)) & {*CHANNELS, "C"}
        and (variables(term) or not interpret(term, INTEGERS, {}))
    }
    law = variables(row.operator.size)
    positive = {f"{torch_name(one)} is positive": variable(one) >= 1 for one in "FSD" if one in law}
    return found | {s: term for s, term in positive.items() if term not in found.values()}


def chosen(
    layer: Layer,
    fixed: Mapping[str, int],
    free: tuple[str, ...],
    choices: Mapping[str, Unknown],
) -> dict[str, Term]:
    """Return the numbers that the layer was given, or has by default, and the choices."""
    found, declared = {}, layer.parameters
    for letter, value in fixed.items():
        if letter == "ceil_mode":
            continue
        name = torch_name(letter)
        default = name in declared and declared[name].default == value
        remedy = f", torch's default; write {name}=? to free it" if default else ", as you wrote"
        found[f"{name} is {value}{remedy}"] = variable(letter).eq(value)
    for letter, unknown in choices.items():
        if letter != "ceil_mode":
            found[f"{torch_name(letter)} is one of {unknown!r}"] = among(variable(letter), unknown)
    if "scale_denominator" in free:
        above, below = map(variable, ("scale_numerator", "scale_denominator"))
        dyadic = either(*(below.eq(2**power) for power in range(FINEST + 1)))
        lowest = below.eq(1) | (above % 2).eq(1)
        sentence = (
            f"scale_factor is whole, or in lowest terms over a power of two up to {2**FINEST}"
        )
        found[sentence] = both(above >= 1, below >= 1, dyadic, lowest)
    if "S" in free and layer.follows("stride"):
        found["stride is the kernel size, a pool's default; write stride=? to free it"] = S.eq(F)
    return found


def among(letter: Term, unknown: Unknown) -> Term:
    """State that a letter has one of an unknown's choices, which lie between two ends."""
    choices = unknown.choices or (0,)
    ends = both(letter >= choices[0], letter <= choices[-1])
    if isinstance(choices, range) or len(choices) == 1:
        return ends
    return both(ends, either(*(letter.eq(one) for one in choices)))
