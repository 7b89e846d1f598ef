"""Why a request has no design: sentences that cannot hold together, as few as can be shown.

Sentences are left out, both sizes at once and then one by one, and the request is searched again.
A number that is left out becomes an unknown; what that can be, the sizes may not bound, and then a
search up to some bound that finds nothing shows nothing: the sentence stays.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import partial
from itertools import islice
from typing import Any

from symconv.chains import Sizes, size
from symconv.designing.lanes import Sample
from symconv.designing.problem import Freed, follows_kernel, steps
from symconv.designing.proofs import proof
from symconv.designing.ranking import Ranked
from symconv.designing.requests import Candidate, Request
from symconv.designing.targets import ANY_FIELD, ForAll, Pairs
from symconv.errors import RequestError, UndecidedError
from symconv.layers import Layer, Unknown
from symconv.meanings.notation import text
from symconv.operators.letters import A, D, F, P, S
from symconv.operators.window import ceil_mode
from symconv.proving.clock import Clock
from symconv.proving.conflict import Conflict
from symconv.reading.repeats import Repeat, written
from symconv.terms import variables

CAP = 16
"""How far a number that has no bound is looked at, once it is left open."""
MOST_TRIED = 10
"""How many designs are tried for all sizes, of those that suit the inputs that were followed."""
PROOF_LIMIT = 1.0
LETTERS = tuple(one.args[0] for one in (F, S, P, D, A, ceil_mode))


@dataclass(frozen=True)
class _Variant:
    """A request of which some sentences have been left out."""

    asked: Request
    from_input: bool = True
    to_output: bool = True

    def first(self, clock: Clock) -> tuple[tuple[Candidate, Ranked] | None, bool]:
        """Return a design if there is one, and whether the answer is certain."""
        certain = True
        try:
            for layers in self.asked.chains:
                candidate = self._candidate(layers, clock)
                for found in islice(candidate.ranking, MOST_TRIED):
                    if self._meant(candidate, found, clock):
                        return (candidate, found), True
                    certain = False
                certain = certain and (candidate.whole or self._only_sees)
        except (UndecidedError, RequestError):  # too much to search, or no bound on it
            return None, False
        return None, certain

    @property
    def _only_sees(self) -> bool:
        """Whether numbers beyond the cap change nothing: they see enough already, if they may."""
        bounded = self.asked.receptive_field.most is not None
        return not (self.from_input or self.to_output or self.asked.where or bounded)

    def _meant(self, candidate: Candidate, found: Ranked, clock: Clock) -> bool:
        """Whether a design does what is asked, not only at the inputs that were followed."""
        if not (self.to_output and isinstance(self.asked.target, ForAll)):
            return True
        layers = candidate.layers(found)
        chain = steps(layers, candidate.axes, (), self.asked.input_channels)
        return proof(chain, self.asked.target, min(PROOF_LIMIT, clock.left)).proved

    def _candidate(self, layers: tuple[Layer, ...], clock: Clock) -> Candidate:
        clock.check()  # tables of a far reach take seconds to make
        samples = self.asked.samples(self.asked.axes(layers))
        if not self.to_output:
            samples = [Sample(one.sizes, None) for one in samples]
        if not self.to_output and not self.from_input:
            samples = [Sample((), None)]  # some input is large enough for every window
        wide = self.to_output and not self.from_input
        cap = max(CAP, self.asked.receptive_field.told)
        return Candidate(self.asked, layers, clock, samples, wide=wide, cap=cap)


_Left = Callable[[_Variant], _Variant]


def conflict(asked: Request, clock: Clock) -> Conflict:
    """Return why nothing meets a request of which that is known."""
    whole = _Variant(replace(asked, rank="ordinary"))
    kept, now = dict(_sentences(asked)), whole
    neither = replace(whole, from_input=False, to_output=False)
    if neither.first(clock) == (None, True):
        now = neither
    waiting = list(kept)
    for _ in range(2):  # what was not certain may be so once others are left out
        unsure = []
        for sentence in waiting:
            without = kept[sentence](now)
            found, certain = without.first(clock)
            if found is None and certain:
                now = without
                del kept[sentence]
            elif not certain:
                unsure.append(sentence)
        waiting = unsure
    relaxations = []
    for sentence, leave_out in kept.items():
        if sentence == str(asked.target):
            continue  # to ask for nothing is no advice
        found, _ = leave_out(whole).first(clock)
        if found is not None:
            relaxations.append(_relaxation(sentence, *found))
    return Conflict(tuple(kept), not waiting, tuple(relaxations))


def _relaxation(sentence: str, candidate: Candidate, ranked: Ranked) -> dict[str, Any]:
    """Show a design that is possible without a sentence."""
    layers, given = candidate.layers(ranked), candidate.given(ranked)
    example: dict[str, Any] = {"layers": [repr(layer) for layer in layers]}
    change = f"without «{sentence}»: {written(layers)}"
    if given:
        passed: Sizes = size(layers, given)
        example["sizes"] = [list(row) for row in passed.rows]
        change = f"{change}, {repr(passed).splitlines()[0]}"
    return {"change": change, "example": example}


def _sentences(asked: Request) -> Iterator[tuple[str, _Left]]:
    """Yield what must hold and how to leave it out; what comes first is left out first."""
    if isinstance(asked.target, Pairs):
        given, wanted = str(asked.target).split(" gives ")
        yield f"the output is {wanted}", lambda one: replace(one, to_output=False)
    else:
        yield f"{asked.target}", lambda one: replace(one, to_output=False, from_input=False)
    yield from sorted(_numbers(asked), key=lambda one: "torch's default" not in one[0])
    for place, part in enumerate(asked.parts):
        if isinstance(part, Repeat) and not part.settled:
            more = replace(part, counts=range(1, part.choices[-1] + 5))
            sentence = f"part {place + 1} is repeated {part.counts!r} times, as you wrote"
            yield sentence, partial(_changed, place=place, part=more)
    for term in asked.where:
        rest = tuple(one for one in asked.where if one is not term)
        yield f"you asked for {text(term, names='torch')}", partial(_asking, where=rest)
    if asked.receptive_field != ANY_FIELD:
        yield str(asked.receptive_field), partial(_asking, receptive_field=ANY_FIELD)
    if isinstance(asked.target, Pairs):  # last: with it, most else is bounded
        yield f"the input is {given}", lambda one: replace(one, from_input=False)


def _asking(variant: _Variant, **changes: Any) -> _Variant:
    return replace(variant, asked=replace(variant.asked, **changes))


def _changed(variant: _Variant, place: int, part: Layer | Repeat) -> _Variant:
    parts = variant.asked.parts
    return _asking(variant, parts=(*parts[:place], part, *parts[place + 1 :]))


def _numbers(asked: Request) -> Iterator[tuple[str, _Left]]:
    """Yield what is written, or torch's default, for each number that a size depends on."""
    word = "part" if any(isinstance(part, Repeat) for part in asked.parts) else "layer"
    for place, part in enumerate(asked.parts):
        layers = part.layers if isinstance(part, Repeat) else (part,)
        for inside, layer in enumerate(layers):
            for name, says in _said(layer):
                sentence = f"{word} {place + 1}, {type(layer).__name__}: {says}"
                yield sentence, partial(_opened, place=place, inside=inside, name=name)


def _said(layer: Layer) -> Iterator[tuple[str, str]]:
    """Yield each parameter that can be left open, and what is said of it."""
    row = layer.rows(layer.least_axes)[0]
    used = {*variables(row.operator.size), "P"}
    for name, declared in layer.parameters.items():
        value, letter = getattr(layer, name), declared.letter
        free = f"; write {name}=? to free it"
        if letter not in LETTERS or letter not in used or value == Unknown():
            continue
        if name == "stride" and follows_kernel(layer):
            yield name, f"stride is the kernel size, a pool's default{free}"
        elif isinstance(value, Unknown):
            yield name, f"{name} is one of {value!r}"
        elif value == declared.default:
            yield name, f"{name} is {value!r}, torch's default{free}"
        else:
            yield name, f"{name} is {value!r}, as you wrote"


def _opened(variant: _Variant, place: int, inside: int, name: str) -> _Variant:
    """Leave open what one parameter of a layer is."""
    part = variant.asked.parts[place]
    layers = list(part.layers) if isinstance(part, Repeat) else [part]
    layer = layers[inside]
    searched = isinstance(getattr(layer, name), Unknown)
    changes: dict[str, Any] = {name: Unknown() if searched else Freed()}
    if name == "kernel_size" and follows_kernel(layer):
        changes["stride"] = None
    layers[inside] = replace(layer, **changes)
    opened = replace(part, layers=tuple(layers)) if isinstance(part, Repeat) else layers[0]
    return _changed(variant, place, opened)
