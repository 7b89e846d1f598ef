"""Why a question has no design: sentences that cannot hold together, as few as can be shown.

Sentences are left out, both sizes at once and then one by one, and the question is searched again.
A number that is left out becomes an unknown; what that can be, the sizes may not bound, and then a
search up to some bound that finds nothing shows nothing: the sentence stays.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from itertools import islice
from typing import Any

from symconv.chains import Sizes, size
from symconv.designing.candidate import Candidate
from symconv.designing.lanes import Sample
from symconv.designing.problem import follows_kernel, steps
from symconv.designing.proofs import proof
from symconv.designing.question import Question
from symconv.designing.ranking import Ranked
from symconv.designing.reach import ANY_FIELD
from symconv.errors import RequestError, UndecidedError
from symconv.layers import Layer, Unknown
from symconv.operators.letters import A, D, F, P, S
from symconv.operators.window import ceil_mode
from symconv.proving.clock import Clock, stopped
from symconv.questions.conflicts import Conflict, Kind, Relaxation, Sentence, minimal
from symconv.reading.repeats import Repeat, written
from symconv.terms import both, variables

CAP = 16
"""How far a number that has no bound is looked at, once it is left open."""
MOST_TRIED = 10
"""How many designs are tried for all sizes, of those that suit the inputs that were followed."""
PROOF_LIMIT = 1.0
LETTERS = tuple(one.args[0] for one in (F, S, P, D, A, ceil_mode))


@dataclass(frozen=True)
class _Variant:
    """A question of which some sentences have been left out."""

    asked: Question
    from_input: bool = True
    to_output: bool = True

    def first(self, clock: Clock) -> tuple[tuple[Candidate, Ranked] | None, bool]:
        """Return a design if there is one, and whether the answer is certain."""
        certain = True
        try:
            for layers in self.asked.chains:
                candidate = self._candidate(layers, clock)
                for ranked in islice(candidate.ranking, MOST_TRIED):
                    if self._meant(candidate, ranked, clock):
                        return (candidate, ranked), True
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

    def _meant(self, candidate: Candidate, ranked: Ranked, clock: Clock) -> bool:
        """Whether a design does what is asked, not only at the inputs that were followed."""
        goal = self.asked.for_all
        if goal is None or not self.to_output:
            return True
        layers = candidate.layers(ranked)
        chain = steps(layers, candidate.axes, (), self.asked.input_channels)
        return proof(chain, goal, min(PROOF_LIMIT, clock.left)).proved

    def _candidate(self, layers: tuple[Layer, ...], clock: Clock) -> Candidate:
        clock.check()  # tables of a far reach take seconds to make
        samples = self.asked.samples(self.asked.axes(layers))
        if not self.to_output:
            samples = [Sample(sample.sizes, None) for sample in samples]
        if not self.to_output and not self.from_input:
            samples = [Sample((), None)]  # some input is large enough for every window
        wide = self.to_output and not self.from_input
        cap = max(CAP, self.asked.receptive_field.told)
        return Candidate(self.asked, layers, clock, samples, wide=wide, cap=cap)


_Left = Callable[[_Variant], _Variant]


def conflict(asked: Question, clock: Clock) -> Conflict:
    """Return why nothing meets a question of which that is known."""
    try:
        return _explained(asked, clock)
    except BaseException as error:  # work that did not ask the clock: that there is none is known
        if not stopped(error):
            raise
        return Conflict(tuple(sentence for sentence, _ in _ways(asked)))


def _explained(asked: Question, clock: Clock) -> Conflict:
    """Return the sentences that are needed, and the ways out."""
    whole = _Variant(replace(asked, rank="ordinary"))
    ways = dict(_ways(asked))

    def first(kept: Sequence[Sentence]) -> tuple[tuple[Candidate, Ranked] | None, bool]:
        """Search the question of which only some sentences are kept."""
        variant = whole
        for sentence, leave_out in ways.items():
            variant = variant if sentence in kept else leave_out(variant)
        return variant.first(clock)

    def possible(kept: Sequence[Sentence]) -> bool | None:
        design, certain = first(kept)
        return True if design else False if certain else None

    sentences = [*ways]
    others = [sentence for sentence in sentences if sentence.kind != "goal"]
    if len(others) < len(sentences) and possible(others) is False:
        sentences = others  # no size is to blame
    kept, sure = minimal(sentences, possible, rounds=2)
    relaxations = []
    for sentence in kept:
        if sentence.kind == "goal" and asked.for_all:
            continue  # to ask for nothing is no advice
        design, _ = ways[sentence](whole).first(clock)
        if design is not None:
            relaxations.append(_relaxation(sentence, *design))
    return Conflict(kept, sure, tuple(relaxations))


def _relaxation(sentence: Sentence, candidate: Candidate, ranked: Ranked) -> Relaxation:
    """Show a design that is possible without a sentence."""
    layers = candidate.layers(ranked)
    example: dict[str, Any] = {"layers": [repr(layer) for layer in layers]}
    says = written(layers)
    if candidate.lanes.owners:
        passed: Sizes = size(layers, candidate.rows(ranked)[0])
        example["sizes"] = [list(row) for row in passed.rows]
        says = f"{says}, {repr(passed).splitlines()[0]}"
    return Relaxation(sentence.says, example, says)


def _ways(asked: Question) -> Iterator[tuple[Sentence, _Left]]:
    """Yield what must hold and how to leave it out; what comes first is left out first."""
    goal = asked.for_all
    given, wanted = ("x".join(map(str, sizes)) for sizes in _sizes(asked))
    if goal is None:
        yield _said(f"the output is {wanted}", "goal"), _without_output
    else:
        yield _said(f"you asked for {goal}", "goal"), _without_sizes
    numbers = list(_numbers(asked))
    yield from sorted(numbers, key=lambda way: way[0].kind != "default")
    for place, part in enumerate(asked.parts):
        if isinstance(part, Repeat) and not part.settled:
            more = replace(part, counts=range(1, part.choices[-1] + 5))
            says = f"part {place + 1} is repeated {part.counts!r} times, as you wrote"
            yield _said(says, "choice"), partial(_changed, place=place, part=more)
    for sentence in asked.where:
        rest = tuple(other for other in asked.where if other is not sentence)
        yield sentence, partial(_asking, where=rest)
    if asked.receptive_field != ANY_FIELD:
        yield (
            _said(f"you asked for receptive_field: {asked.receptive_field}", "condition"),
            partial(_asking, receptive_field=ANY_FIELD),
        )
    if goal is None:  # last: with it, most else is bounded
        yield _said(f"the input is {given}", "goal"), _without_input


def _sizes(asked: Question) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """Return the sizes that a question names: inputs and outputs."""
    inputs = tuple(goal.least_input for goal in asked.goals)
    return inputs, tuple(map(lambda goal, n: goal.gives(n), asked.goals, inputs))


def _said(says: str, kind: Kind) -> Sentence:
    return Sentence(says, both(), kind)


def _without_output(variant: _Variant) -> _Variant:
    return replace(variant, to_output=False)


def _without_input(variant: _Variant) -> _Variant:
    return replace(variant, from_input=False)


def _without_sizes(variant: _Variant) -> _Variant:
    return replace(variant, from_input=False, to_output=False)


def _asking(variant: _Variant, **changes: Any) -> _Variant:
    return replace(variant, asked=replace(variant.asked, **changes))


def _changed(variant: _Variant, place: int, part: Layer | Repeat) -> _Variant:
    parts = variant.asked.parts
    return _asking(variant, parts=(*parts[:place], part, *parts[place + 1 :]))


def _numbers(asked: Question) -> Iterator[tuple[Sentence, _Left]]:
    """Yield what is written, or torch's default, for each number that a size depends on."""
    word = "part" if any(isinstance(part, Repeat) for part in asked.parts) else "layer"
    for place, part in enumerate(asked.parts):
        layers = part.layers if isinstance(part, Repeat) else (part,)
        for inside, layer in enumerate(layers):
            for name, says, kind in _parameters(layer):
                sentence = _said(f"{word} {place + 1}, {type(layer).__name__}: {says}", kind)
                yield sentence, partial(_opened, place=place, inside=inside, name=name)


def _parameters(layer: Layer) -> Iterator[tuple[str, str, Kind]]:
    """Yield each parameter that can be left open, what is said of it, and who says so."""
    row = layer.rows(layer.least_axes)[0]
    used = {*variables(row.operator.size), "P"}
    for name, declared in layer.parameters.items():
        value, letter = getattr(layer, name), declared.letter
        free = f"; write {name}=? to free it"
        if letter not in LETTERS or letter not in used or value == Unknown():
            continue
        if name == "stride" and follows_kernel(layer) and name not in layer.written:
            yield name, f"stride is the kernel size, a pool's default{free}", "default"
        elif isinstance(value, Unknown):
            yield name, f"{name} is one of {value!r}", "choice"
        elif name in layer.written:
            yield name, f"{name} is {value!r}, as you wrote", "written"
        else:
            yield name, f"{name} is {value!r}, torch's default{free}", "default"


def _opened(variant: _Variant, place: int, inside: int, name: str) -> _Variant:
    """Leave open what one parameter of a layer is."""
    part = variant.asked.parts[place]
    layers = list(part.layers) if isinstance(part, Repeat) else [part]
    layer = layers[inside]
    changes: dict[str, Any] = {name: Unknown()}
    if name == "kernel_size" and follows_kernel(layer) and "stride" not in layer.written:
        changes["stride"] = None
    layers[inside] = layer.changed(**changes)
    opened = replace(part, layers=tuple(layers)) if isinstance(part, Repeat) else layers[0]
    return _changed(variant, place, opened)
