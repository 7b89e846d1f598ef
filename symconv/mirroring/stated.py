"""The sizes that a decoder shall give back: given ones, those that meet a condition, or all."""

from __future__ import annotations

from typing import Any, Literal, NamedTuple

from symconv.errors import RequestError, shown
from symconv.meanings.notation import text
from symconv.operators.letters import W
from symconv.questions.inputs import AXES, by_axis, of_axes
from symconv.reading.constraints import constraint
from symconv.reading.tokens import tokens
from symconv.terms import Term, both
from symconv.vocabulary import shown_sizes


class Stated(NamedTuple):
    """A set of sizes.

    Attributes:
        kind: whether the sizes were given, meet a condition, or are all.
        says: the set in words.
        text: the condition, in `W` (in `W1`, `W2`, … where axes differ).
        conditions: for each axis, what holds of the sizes `W >= 1` in the set.
    """

    kind: Literal["given", "condition", "all"]
    says: str
    text: str
    conditions: tuple[Term, ...]


ALL = Stated("all", "every size", "W >= 1", ())


def probe(sizes: Any) -> Any:
    """Return a size to check the layers with: the given one, or 1."""
    return 1 if sizes is None or isinstance(sizes, str) else sizes


def stated(sizes: Any, given: tuple[int, ...]) -> Stated:
    """Read a set of sizes.

    Args:
        sizes: `None` for all sizes; a condition as text, in `W` for all axes, in `W1`, `W2`, `W3`
            for one; or sizes that were checked.
        given: the checked size on each axis, where sizes are given; it tells how many axes
            there are.

    Raises:
        RequestError: the text is no condition on `W`, or on axes that there are.

    >>> stated("W % 8 == 0", (1, 1)).says
    'every size with W % 8 == 0'
    >>> stated("even(W2) and W >= 3", (1, 1)).text
    'W1 >= 3 and (W2 % 2 == 0 and W2 >= 3)'
    >>> stated((28, 30), (28, 30)).says, stated((28, 30), (28, 30)).text
    ('the size 28x30', 'W1 == 28 and W2 == 30')
    """
    if sizes is None:
        return ALL._replace(conditions=(both(),) * len(given))
    if isinstance(sizes, str):
        numbered = bool({token.text for token in tokens(sizes)} & {*AXES})
        conditions = by_axis(sizes, len(given)) if numbered else [constraint(sizes, ("W",))]
        written = text(conditions[0] if len(conditions) == 1 else of_axes(conditions))
        conditions = conditions * len(given) if len(conditions) == 1 else conditions
        return Stated("condition", f"every size with {written}", written, tuple(conditions))
    alike = len(set(given)) == 1
    texts = [f"W{'' if alike else axis} == {size}" for axis, size in enumerate(given, 1)]
    says = f"the size {shown_sizes(given)}"
    return Stated("given", says, " and ".join(dict.fromkeys(texts)), tuple(map(W.eq, given)))


def empty(of: Stated) -> RequestError:
    """Return the error that no size meets the condition, or that a given one is none."""
    if of.kind == "given":
        write = "Write for instance input=224."
        return RequestError("an input of at least one cell", of.says, write, about="input")
    return RequestError(
        "a set with a size in it",
        f"{shown(of.text)}, which no W >= 1 meets",
        'Write a condition that some size meets, such as "W % 8 == 0".',
    )


def too_large(of: Stated, least: int) -> RequestError:
    """Return the error that even the least size is more than a tensor can have."""
    return RequestError(
        "a set with a size below 2**61",
        f"{shown(of.text)}, from {shown(least)} on",
        'Write a condition that a smaller size meets, such as "W % 8 == 0".',
    )


def undefined(of: Stated, name: str, size: int) -> RequestError:
    """Return the error that a condition divides by zero at some size, of which axis."""
    return RequestError(
        "a condition that divides by nothing that may be 0",
        f"{shown(of.text)}, which divides by 0 for {name} = {size}",
        'Divide by numbers, as in "W % 8 == 0".',
    )
