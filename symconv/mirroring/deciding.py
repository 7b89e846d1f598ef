"""From a request to its answer: the least size, the decoder that it fixes, the proof for the rest.

Where the proof fails, the encoder makes two sizes one, which no decoder can undo; or it keeps them
apart, and the output paddings that one size asks of the layers' mirrors are not those of another.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any, Literal

import symconv.mirroring.questions as questions
from symconv.chains.through import GREATEST_CELLS
from symconv.mirroring.inverses import Step, decoder, period
from symconv.mirroring.paths import Path
from symconv.mirroring.questions import Axis
from symconv.mirroring.request import Request
from symconv.mirroring.result import Mirror
from symconv.mirroring.stated import empty, stated, too_large, undefined
from symconv.proving import Verdict


def decide(request: Request) -> Mirror:
    """Answer a request; where the proof fails, say for which sizes there is a decoder.

    Raises:
        RequestError: the set is empty, or no layer undoes one of the encoder's.
    """
    answer = _decided(request)
    if answer.verdict != "infeasible" or answer.proof is None:
        return answer
    possible = [
        f"{other.sizes.says}{', by a decoder that is told it at call' if other.told else ''}"
        for other in _others(request, answer.least)
        if other.verdict == "proved"
    ]
    hint = f" Possible: {'; '.join(possible)}." if possible else ""
    return answer.changed(why=f"{answer.reason}.{hint}")


def _others(request: Request, least: tuple[int, ...]) -> Iterator[Mirror]:
    """Answer for sets that usually have a decoder: multiples of the strides, and all sizes."""
    if request.sizes.kind == "all":
        return
    apart = period(decoder(request.encoded(least)), len(least))
    for sizes in (f"W % {apart} == 0", None):
        other = stated(sizes, least)
        if apart > 1 and other.text != request.sizes.text:
            yield _decided(replace(request, sizes=other))


def _decided(request: Request) -> Mirror:
    for axis in dict.fromkeys(request.axes):
        verdict = questions.is_defined(axis, request.clock)
        if verdict.word == "refuted":
            raise undefined(request.sizes, axis.name, _size(verdict))
        if verdict.word == "unknown":
            return _unknown(request, verdict, "whether the condition divides by 0")
    axes = dict.fromkeys(request.axes)
    verdicts = {axis: questions.no_member(axis, request.clock) for axis in axes}
    for axis, verdict in verdicts.items():
        if verdict.proved:
            return _all_refused(request, axis)
        if verdict.word == "unknown":
            return _unknown(request, verdict, "whether the encoder takes any of these sizes")
    return _proved(request, tuple(_size(verdicts[axis]) for axis in request.axes))


def _proved(request: Request, least: tuple[int, ...]) -> Mirror:
    """Make the decoder that the least sizes fix, and ask whether it serves all."""
    if max(least) > GREATEST_CELLS:
        raise too_large(request.sizes, max(least))
    steps = decoder(request.encoded(least))
    backs = [request.back(steps, place) for place in range(len(least))]
    pairs = list(zip(request.axes, backs, strict=True))
    proofs = {pair: questions.all_return(*pair, request.clock) for pair in dict.fromkeys(pairs)}
    pair, proof = min(proofs.items(), key=lambda item: _GRAVITY.index(item[1].word))
    if proof.word == "unknown":
        return _unknown(request, proof, "whether every size comes back", least=least, proof=proof)
    if proof.word == "refuted":
        at = least[pairs.index(pair)]
        return _answer(
            request, "infeasible", least=least, proof=proof, **_why(request, pair, at, proof)
        )
    undone = sorted(step.undoes - 1 for step in steps)
    ways = [
        (*map(axis.path.at(size).__getitem__, undone), *back.at(size))
        for (axis, back), size in zip(pairs, least, strict=True)
    ]
    return _answer(
        request,
        "proved",
        steps=steps,
        least=least,
        example=tuple(ways),
        proof=proof,
        refused=_refused(request),
        noted=_notes(request, steps),
    )


_GRAVITY = ("refuted", "unknown", "proved")


def _why(request: Request, pair: tuple[Axis, Path], least: int, proof: Verdict) -> dict[str, Any]:
    """Say why not all sizes come back along an axis: two are made one, or are told apart."""
    axis, back = pair
    failing = _size(proof)
    returned = back.at(failing)[-1]
    made = f", made for {axis.name} = {least}," if failing != least else ""
    apart = f"the layers' own mirrors{made} " + (
        f"give {axis.name} = {failing} back as {returned}"
        if returned != failing
        else f"do not take what {axis.name} = {failing} becomes"
    )
    if request.sizes.kind == "all":
        return {"why": apart}
    verdict = questions.none_merged(axis, request.clock)
    merged = questions.merged(axis, verdict)
    if merged is None:
        all_ = "no two of them become one" if verdict.proved else "whether two become one is open"
        return {"why": f"{all_}, but {apart}"}
    size, other = merged.sizes
    layer = request.layers[merged.layer - 1]
    surely = "" if merged.smallest else " (smaller ones were not excluded)"
    both = f"{axis.name} = {size} and {axis.name} = {other} both"
    reason = f"{both} become {merged.becomes} at layer {merged.layer}"
    return {"merged": merged, "why": f"{reason}, {layer!r}{surely}"}


def _all_refused(request: Request, axis: Axis) -> Mirror:
    """Tell that the set is empty, or which layer refuses all sizes in it that reach it."""
    emptied = questions.emptied(axis, request.clock)
    if not emptied.verdict.proved:
        return _unknown(request, emptied.verdict, "which layer refuses all of these sizes")
    if emptied.least is None:
        raise empty(request.sizes)
    refusal = _refusal(request, axis, emptied.least, emptied.layer, emptied.sentence)
    others = f"; it takes {axis.taken}" if axis.taken else ""
    reason = f"the encoder takes none of them: {refusal}{others}"
    return _answer(request, "infeasible", why=reason)


def _refused(request: Request) -> str:
    """Tell the least size of the set that the encoder refuses, if there is one."""
    for axis in dict.fromkeys(request.axes):
        verdict = questions.all_taken(axis, request.clock)
        if verdict.word == "unknown":
            return f"whether the encoder takes all of them was not decided: {verdict.reason}"
        if verdict.word == "refuted":
            failing = _size(verdict)
            return _refusal(request, axis, failing, *axis.path.refusal(failing))
    return ""


def _refusal(request: Request, axis: Axis, failing: int, number: int, sentence: str) -> str:
    layer = type(request.layers[number - 1]).__name__
    return f"{axis.name} = {failing} is refused by layer {number}, {layer}: {sentence}"


def _notes(request: Request, steps: tuple[Step, ...]) -> tuple[str, ...]:
    """Say what the decoder has no layer for, and what its layers do not do."""
    undone = {step.undoes for step in steps}
    names = [type(layer).__name__ for layer in request.layers]
    kept = dict.fromkeys(name for place, name in enumerate(names, 1) if place not in undone)
    indexed = ("return_indices" in layer.parameters for layer in request.layers)
    pools = dict.fromkeys(name for name, has in zip(names, indexed, strict=True) if has)
    notes = [f"left out, since they keep sizes: {', '.join(kept)}"] if kept else []
    notes += [f"{name} is undone in its sizes; its values take MaxUnpool" for name in pools]
    return tuple(notes)


def _size(verdict: Verdict) -> int:
    """Return the size of a counterexample, which every refuted claim about sizes has."""
    numbers = verdict.counterexample or {}
    return numbers["W"]


def _unknown(request: Request, verdict: Verdict, what: str, **parts: Any) -> Mirror:
    return _answer(request, "unknown", why=f"{what}: {verdict.reason}", **parts)


def _answer(
    request: Request, verdict: Literal["proved", "infeasible", "unknown"], **parts: Any
) -> Mirror:
    taken = tuple(axis.taken for axis in request.axes)
    return Mirror(
        verdict,
        layers=request.layers,
        sizes=request.sizes,
        channels=request.channels,
        taken=taken,
        **parts,
    )
