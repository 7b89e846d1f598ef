"""A decoder as a proposition with its proof."""

from __future__ import annotations

from collections.abc import Iterator

from symconv.mirroring.result import Mirror
from symconv.questions.documents import Line, closing, opening, proposition


def lines(answer: Mirror) -> Iterator[Line]:
    """Yield the proposition that an answer is, with its proof."""
    chain = " -> ".join(f"`{layer!r}`" for layer in answer.layers)
    yield from opening("Which decoder gives sizes back", chain)
    if answer.verdict == "unknown":
        yield Line("text", f"For {answer.sizes.says} this is not known: {answer.reason}.")
    elif answer.verdict == "infeasible":
        none = f"No decoder does it for {answer.sizes.says}."
        yield from proposition(none, f"{answer.reason.rstrip('.')}.")
    else:
        by = answer.proof.by if answer.proof is not None else ""
        yield from proposition(
            f"For {answer.sizes.says}, this decoder gives the size back:",
            "Put the law of each layer into the next one's.",
            cases=(f"`{step}`, which undoes layer {step.undoes}" for step in answer.steps),
            last=f"What comes out is $W$, for every such $W$ that is taken ({by}).",
        )
    yield from closing(answer.verified, answer.notes)
