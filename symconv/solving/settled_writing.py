"""Which inputs layers without unknowns turn into what was asked, as a proposition."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from symconv.questions.documents import Line

if TYPE_CHECKING:
    from symconv.solving.input_sizes import InputSizes


def lines(answer: InputSizes) -> Iterator[Line]:
    """Yield the proposition that an answer is, with its proof."""
    chain = " -> ".join(f"`{layer!r}`" for layer in answer.layers)
    yield Line("heading", "Which inputs do what is asked")
    yield Line("text", f"{chain}.")
    says = " ".join(answer.changed(verified=None).lines())
    if answer.verdict == "unknown":
        yield Line("text", f"This is not known: {answer.reason}.")
    else:
        yield Line("proposition", f"`{says}`")
        yield Line(
            "proof",
            "Each layer's law is an exact function of the size that enters it: what is wanted is "
            "carried through the layers as a set of sizes, of which none is lost and none added.",
        )
        yield Line("end", "")
    if answer.verified:
        yield Line("text", f"Run on torch: {answer.verified.told()}.")
