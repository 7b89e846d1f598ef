"""What must hold besides the goal and the user's constraints, as sentences with their terms."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from symconv.layers import Layer, Row, Unknown
from symconv.meanings.integers import PLAIN
from symconv.operators.letters import F, S, W
from symconv.operators.window import ceil_mode
from symconv.questions.conflicts import Sentence
from symconv.terms import Term, both, either, substitute, variable, variables
from symconv.vocabulary import FRACTIONS, VOCABULARY, torch_name

FINEST = 6
"""An unknown scale factor is a fraction over at most this power of two."""
FACTORS = (
    "factors that are searched: scale_factor is whole, or in lowest terms over a power of two "
    f"up to {2**FINEST}"
)
OF_ALL_AXES = frozenset(letter for letter in VOCABULARY if letter.startswith("W_"))
"""Numbers of all axes together; what is required of them, sizes of a cell or more meet."""
CHANNELS = ("groups", "in_channels", "out_channels")


def required(row: Row, fixed: Mapping[str, int], first: int) -> Iterator[Sentence]:
    """Yield what the law requires of the first input that is meant.

    What numbers of the layer settle is left out where it holds, and kept where it does not.
    """
    numbers: dict[Term, Any] = {W: first}
    if "ceil_mode" in fixed:
        numbers[ceil_mode] = fixed["ceil_mode"]
    for name in CHANNELS:
        if isinstance(row.values.get(name), int):
            numbers[variable(name)] = row.values[name]
    stated = []
    for says, law in row.operator.requires.items():
        term = substitute(law, numbers)
        if set(variables(term)) & {*CHANNELS, *OF_ALL_AXES, "C"}:
            continue
        if variables(term) or not PLAIN.evaluate(term, {}):
            stated.append(term)
            yield Sentence(says, term)
    for letter in "FSD":
        positive = variable(letter) >= 1
        if letter in variables(row.operator.size) and positive not in stated:
            yield Sentence(f"{torch_name(letter)} is positive", positive)


def given(
    layer: Layer,
    fixed: Mapping[str, int],
    free: tuple[str, ...],
    choices: Mapping[str, Unknown],
    axis: int,
) -> tuple[Sentence, ...]:
    """Return the numbers that a layer was given, or has by default, and the choices.

    Args:
        layer: the layer.
        fixed: the letters that have numbers.
        free: those that are to be found.
        choices: for some of these, what they may be.
        axis: which axis it is, from 1.
    """
    sentences = [
        number(layer, letter, value, axis)
        for letter, value in fixed.items()
        if letter != "ceil_mode"
    ]
    follows = "S" in free and layer.follows("stride")
    for letter, unknown in choices.items():
        name = layer.parameter_of(letter)
        _, divisor = FRACTIONS.get(name, ("", ""))  # told with what it divides
        if letter not in ("ceil_mode", divisor) and not (letter == "S" and follows):
            terms = [among(variable(n), choices[n]) for n in (letter, divisor) if n in choices]
            sentences.append(Sentence(f"{name} is one of {unknown!r}", both(*terms), "choice"))
    if "scale_denominator" in free:
        above, below = map(variable, ("scale_numerator", "scale_denominator"))
        dyadic = either(*(below.eq(2**power) for power in range(FINEST + 1)))
        lowest = below.eq(1) | (above % 2).eq(1)
        sentences.append(Sentence(FACTORS, both(above >= 1, below >= 1, dyadic, lowest), "choice"))
    if follows:
        says = "stride is the kernel size, a pool's default; write stride=? to free it"
        sentences.append(Sentence(says, S.eq(F), "default"))
    return tuple(sentences)


def number(layer: Layer, letter: str, value: int, axis: int) -> Sentence:
    """Say of a number that the user wrote it, or that it is torch's default."""
    name, term = layer.parameter_of(letter), variable(letter).eq(value)
    entries = getattr(layer, name)
    if name in layer.written and entries is not None:
        differs = isinstance(entries, tuple) and len(set(entries)) > 1
        on = f" on axis {axis}" if differs else ""
        return Sentence(f"{name} is {value}{on}, as you wrote", term, "written")
    followed = layer.following.get(name)
    whose = f"the {followed.replace('_', ' ')}, a pool's default" if followed else "torch's default"
    return Sentence(f"{name} is {value}, {whose}; write {name}=? to free it", term, "default")


def among(letter: Term, unknown: Unknown) -> Term:
    """State that a letter has one of an unknown's choices, which lie between two ends."""
    choices = unknown.choices or (0,)
    ends = both(letter >= choices[0], letter <= choices[-1])
    if isinstance(choices, range) or len(choices) == 1:
        return ends
    return both(ends, either(*(letter.eq(choice) for choice in choices)))
