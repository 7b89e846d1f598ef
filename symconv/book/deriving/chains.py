"""Chains of layers: the output formula as one floor, as far as it goes, and the sizes that pass."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from symconv.book.deriving.rules import RULES
from symconv.book.deriving.steps import Draft
from symconv.book.statements.chapters import stated
from symconv.book.statements.goals import says_nothing
from symconv.chains.inverse import along, pulled_back
from symconv.chains.stages import Stage, stages
from symconv.errors import RequestError, UndecidedError
from symconv.meanings.integers import INTEGERS
from symconv.meanings.normal import NORMAL, Floor
from symconv.meanings.symbols import tidy
from symconv.operators import OPERATORS, Operator
from symconv.operators.letters import O, P, S, W, extent
from symconv.periodic.comparing import ANY
from symconv.proving import prove
from symconv.terms import Term, both, interpret, substitute, variable


def merge_step(draft: Draft) -> None:
    """Say, for all numbers, that a floor of a floor is one floor."""
    draft.theorem(
        "merge",
        "A floor of a floor is one floor: both are the greatest whole n with n b d <= W + a + b c.",
        stated("nested_floor").claim,
        "nested_floor",
    )


def two_windows(numbers: Mapping[str, int], operator: Operator | None = None) -> Draft:
    """Derive that two convolutions have the size of one: the general rule of a chain.

    Args:
        numbers: none; the rule has the letters of both layers.
        operator: the size law of the convolution.
    """
    law = (operator or OPERATORS["conv"].symmetric).size
    draft = Draft("chain", numbers, named=True)
    floored = (W + (2 * P - extent + S)) // S
    draft.step(
        "one floor",
        "The size of one layer is a floor: one is S over S.",
        law.eq(floored),
        equal=(law, floored),
        given=[S >= 1],
    )
    merge_step(draft)
    as_one = stated("two_convs_are_one").claim.args[1]
    draft.theorem(
        "as one layer",
        "It is the size of one convolution: strides multiply, and extent and padding of the "
        "second layer count S times.",
        O.eq(as_one),
        "two_convs_are_one",
        argued=True,
    )
    return draft.done(
        RULES["chain"].title,
        O.eq(as_one),
        result=as_one,
        says="The second layer's law with the first one's in it, as one floor.",
        source="Dumoulin & Visin 2016, relationship 15, applied twice",
    )


def chain(layers: Any, numbers: Mapping[str, int], axis: int | None = None) -> Draft:
    """Derive the output size of a chain of layers: one floor, as far as that goes.

    Args:
        layers: a text, or layers, with numbers for parameters.
        numbers: the input size `W`, if it is to be put in.
        axis: which axis, from 1, for layers whose axes differ.

    Raises:
        RequestError: the sizes of a layer follow no law, or the axes differ.

    >>> chain("Conv2d(kernel_size=3, stride=2) -> Conv2d(3, 8, 3, stride=2, padding=1)", {}).result
    floor(W/4 + 1/4)
    """
    line = stages(layers, axis)
    draft = Draft("chain", numbers)
    reached, before = Floor(1, 0, 1, W), [W]
    for number, stage in enumerate(line, 1):
        law = lawful(number, stage)
        passed, reached = reached, _after(law, reached)
        before.append(reached.term)
        if reached.s > passed.s > 1 and all(step.name != "merge" for step in draft.steps):
            merge_step(draft)
        draft.step(
            f"layer {number}",
            f"`{stage.layer!r}`: {_reason(passed, reached)}",
            variable(f"O{number}").eq(before[-1]),
            claim=substitute(law, {W: before[-2]}).eq(before[-1]),
        )
    hypotheses = _valid(draft, line, before)
    return draft.done(
        f"The output size of {len(line)} layers{along_axis(axis)}",
        O.eq(before[-1]),
        result=before[-1],
        says=named(line),
        hypotheses=hypotheses,
    )


def along_axis(axis: int | None) -> str:
    """Say which axis a title is about, where that was asked."""
    return "" if axis is None else f", along axis {axis}"


def named(line: tuple[Stage, ...]) -> str:
    """Write the layers of a chain."""
    return " -> ".join(f"`{stage.layer!r}`" for stage in line)


def lawful(number: int, stage: Stage) -> Term:
    """Return a layer's size as a term in `W`, or say that it follows no law.

    Raises:
        RequestError: torch computes the size in floating point.
    """
    if stage.row.measured:
        raise RequestError(
            "layers whose sizes follow a law",
            f"layer {number}, {stage.layer!r}",
            stage.row.measured.says + ".",
            place=stage.layer.place(),
        )
    return stage.term(stage.row.operator.size)


def _after(law: Term, reached: Floor) -> Floor:
    """Apply a law to a floor; where no floor comes out, to a number of which nothing is known."""
    after: Floor = NORMAL.evaluate(law, {"W": reached})
    if after.x is reached.x or after.number is not None:
        return after
    anew: Floor = NORMAL.evaluate(tidy(law), {"W": Floor(1, 0, 1, reached.term)})
    return anew


def _reason(before: Floor, after: Floor) -> str:
    """Say in a sentence what a layer did to the formula."""
    if after == before:
        return "it keeps the size."
    if after.number is not None and before.number is not None:
        return "the same size always arrives, so this is always one number."
    if after.number is not None:
        return "this size is asked for, whatever arrives."
    if before.s > 1 and after.s > before.s:
        return "the floor of a floor is one floor."
    if before.s > 1 and after.s == before.s:
        return "a whole number moves into the floor."
    if after.x is not before.x:
        return "what it makes of a floor is not one floor, so that floor stays as it is."
    return "its size is a floor." if after.s > 1 else "its size needs no floor."


def _valid(draft: Draft, line: tuple[Stage, ...], before: list[Term]) -> dict[str, Term]:
    """Say which inputs all layers take: those from a size on, or those that meet what is returned.

    Args:
        draft: the derivation.
        line: the layers.
        before: the size before each of them, and after the last.
    """
    required = _required(line, before)
    needs = both(*(law for law in required.values() if not says_nothing(law)))
    if "W" in draft.numbers:
        taken = interpret(needs, INTEGERS, draft.numbers)
        size = interpret(before[-1], INTEGERS, draft.numbers)
        draft.facts["output"] = size if taken else "none: a layer refuses what arrives"
    try:
        least = pulled_back(along(line), ANY)[0].least
    except UndecidedError:
        draft.facts["least valid input"] = "not found"
        return _without_what_follows(required)
    if least is None:
        draft.facts["least valid input"] = "none"
        return {}
    draft.facts["least valid input"] = least
    if needs is both():  # every layer takes whatever arrives
        return {}
    if prove(needs.iff(W >= least), [W >= 1]).proved:
        draft.step(
            "valid",
            "From this size on every layer takes what arrives, and below it some layer refuses.",
            W >= least,
            given=[W >= 1],
            claim=needs.iff(W >= least),
        )
        return {}
    said = _without_what_follows(required)
    if said:
        draft.step(
            "valid",
            "Every layer takes what arrives just when this holds, for an input with a cell.",
            both(*said.values()),
            given=[W >= 1],
            claim=needs.iff(both(*said.values())),
        )
    return said


def _required(line: tuple[Stage, ...], before: list[Term]) -> dict[str, Term]:
    """Return what each layer requires, in the input's size."""
    return {
        f"{sentence} (layer {number})": substitute(tidy(law), {W: size})
        for number, (stage, size) in enumerate(zip(line, before, strict=False), 1)
        for sentence, law in stage.requires.items()
    }


def _without_what_follows(required: dict[str, Term]) -> dict[str, Term]:
    """Leave out each requirement that Z3 proves from the others, the last ones first."""
    said = dict(required)
    for sentence, law in reversed(required.items()):
        others = [other for name, other in said.items() if name != sentence]
        if prove(law, [W >= 1, *others]).proved:
            del said[sentence]
    return said
