"""A decoder as a proposition with its proof."""

from __future__ import annotations

from collections.abc import Iterator

from symconv.mirroring.result import Mirror
from symconv.questions.documents import Line


def lines(answer: Mirror) -> Iterator[Line]:
    """Yield the proposition that an answer is, with its proof."""
    chain = " -> ".join(f"`{layer!r}`" for layer in answer.layers)
    yield Line("heading", "Which decoder gives sizes back")
    yield Line("text", f"{chain}.")
    if answer.verdict == "unknown":
        yield Line("text", f"For {answer.sizes.says} this is not known: {answer.reason}.")
    elif answer.verdict == "infeasible":
        yield Line("proposition", f"No decoder does it for {answer.sizes.says}.")
        yield Line("proof", f"{answer.reason.rstrip('.')}.")
        yield Line("end", "")
    else:
        yield Line("proposition", f"For {answer.sizes.says}, this decoder gives the size back:")
        for step in answer.steps:
            yield Line("step", f"`{step}`, which undoes layer {step.undoes}")
        yield Line("proof", "Put the law of each layer into the next one's.")
        by = answer.proof.by if answer.proof is not None else ""
        yield Line("text", f"What comes out is $W$, for every such $W$ that is taken ({by}).")
        yield Line("end", "")
    if answer.verified:
        yield Line("text", f"Run on torch: {answer.verified.told()}.")
    for note in answer.notes:
        yield Line("text", f"Note: {note}.")
