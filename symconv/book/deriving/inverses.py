"""Which inputs give an output: for a layer in letters, and for a chain with its numbers."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from symconv.book.deriving.chains import along_axis, lawful, named
from symconv.book.deriving.rules import RULES
from symconv.book.deriving.steps import Draft
from symconv.chains.inputs import Inputs
from symconv.chains.inverse import along, output_set, pulled_back
from symconv.chains.stages import stages
from symconv.errors import RequestError
from symconv.meanings.closed import condition
from symconv.operators import OPERATORS, Operator
from symconv.operators.letters import A, O, P, S, W, extent
from symconv.operators.window import FITS
from symconv.periodic import SizeSet
from symconv.terms import Term, both, substitute


def inverse(numbers: Mapping[str, int], operator: Operator | None = None) -> Draft:
    """Derive which inputs a convolution turns into `O`, and which a transposed one does.

    Args:
        numbers: the user's numbers, by their letters.
        operator: the size law of the convolution.
    """
    operator = operator or OPERATORS["conv"].symmetric
    law = operator.size
    draft = Draft("inverse", numbers, named=True)
    floored = W + 2 * P - extent
    least, greatest = (O - 1) * S + extent - 2 * P, O * S + extent - 2 * P - 1
    draft.step(
        "block",
        "A floor is O - 1 just when what is floored lies in the block from (O - 1)S up to, not "
        "including, O*S.",
        ((O - 1) * S <= floored) & (floored < O * S),
        given=[S >= 1],
        claim=law.eq(O).iff(((O - 1) * S <= floored) & (floored < O * S)),
    )
    draft.step(
        "least",
        "The block's first cell, solved for W, is the least input.",
        W >= least,
        equal=(substitute(floored, {W: least}), (O - 1) * S),
        given=[S >= 1],
        claim=((O - 1) * S <= floored).iff(W >= least) & substitute(law, {W: least}).eq(O),
    )
    draft.step(
        "greatest",
        "Its last cell is the greatest: one input more is one window more.",
        W <= greatest,
        equal=(substitute(floored, {W: greatest}) + 1, O * S),
        given=[S >= 1],
        claim=(floored < O * S).iff(W <= greatest) & substitute(law, {W: greatest + 1}).eq(O + 1),
    )
    draft.step(
        "as many as the stride",
        "These are S sizes in a row: the convolution cannot tell them apart.",
        (greatest - least + 1).eq(S),
        equal=(greatest - least + 1, S),
    )
    block = (least <= W) & (W <= greatest)
    inside = block & (W >= 1)
    draft.step(
        "valid",
        "A window fits each of these inputs, if the output has a cell; an input must also have a "
        "cell, W >= 1.",
        inside,
        given=[S >= 1, O >= 1],
        claim=(law.eq(O) & operator.requires[FITS] & (W >= 1)).iff(inside),
    )
    _transposed(draft)
    return draft.done(
        RULES["inverse"].title,
        inside,
        says="The sizes W that give O, and how a transposed convolution differs.",
        hypotheses={"the stride advances": S >= 1, "the output has a cell": O >= 1},
        source=operator.source,
    )


def _transposed(draft: Draft) -> None:
    """Say which input a transposed convolution turns into `O`: one or none."""
    law = OPERATORS["conv_transpose"].size
    steps = O - extent + 2 * P - A
    only = (steps % S).eq(0) & W.eq(steps // S + 1)
    draft.step(
        "transposed",
        "A transposed convolution has one such input where S divides O - E + 2P - A, else none.",
        only,
        given=[S >= 1],
        claim=law.eq(O).iff(only),
    )


def inverse_of_chain(layers: Any, output: int, axis: int | None = None) -> Draft:
    """Derive which inputs a chain of layers turns into an output size.

    Args:
        layers: a text, or layers, with numbers for parameters.
        output: the output size, in cells.
        axis: which axis, from 1, for layers whose axes differ.

    Raises:
        RequestError: the sizes of a layer follow no law, or the sizes are in too many intervals.

    >>> inverse_of_chain("Conv2d(kernel_size=3, stride=2) -> MaxPool2d(2)", 7).facts["inputs"]
    '29 <= W <= 32'
    """
    line = stages(layers, axis)
    sets = pulled_back(along(line), output_set(line, output))
    written = [_within(sizes) for sizes in sets]
    draft = Draft("inverse", {})
    for number, stage in reversed([*enumerate(line, 1)]):
        leaving = substitute(written[number], {W: lawful(number, stage)})
        inputs = Inputs(output, sets[number - 1])
        draft.step(
            f"before layer {number}",
            f"W here is what enters this layer. `{stage.layer!r}` gives what is wanted, and takes "
            f"what arrives, just for these: {inputs}.",
            written[number - 1],
            given=[W >= (0 if number > 1 else 1)],
            claim=both(leaving, *stage.requires.values()).iff(written[number - 1]),
        )
    draft.facts["inputs"] = repr(inputs)
    return draft.done(
        f"Which inputs give an output of {output}{along_axis(axis)}",
        written[0],
        says=named(line),
    )


def _within(sizes: SizeSet) -> Term:
    """State that a size belongs to a set.

    Raises:
        RequestError: that takes too long a formula.
    """
    statement = condition(sizes, W)
    if statement is None:
        raise RequestError(
            "a derivation of sizes that a short formula describes",
            f"{sizes}",
            "`symconv.solve` gives them without one.",
        )
    return statement
