"""Why a question has no design: sentences that cannot hold together, as few as can be shown.

Sentences are left out, both sizes at once and then one by one, and the question is searched again.
A number that is left out becomes an unknown; what that can be, the sizes may not bound, and then a
search up to some bound that finds nothing shows nothing: the sentence stays.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import partial
from typing import Any

from symconv.chains import Sizes, size
from symconv.designing.candidate import Candidate
from symconv.designing.problem import follows_kernel
from symconv.designing.question import Question
from symconv.designing.ranking import Ranked
from symconv.designing.reach import ANY_FIELD
from symconv.designing.variants import Variant
from symconv.layers import Layer, Unknown
from symconv.layers.parameters import Size
from symconv.operators.letters import A, D, F, P, S
from symconv.operators.window import ceil_mode
from symconv.proving import Clock
from symconv.proving.clock import stopped
from symconv.questions.conflicts import Conflict, Kind, Relaxation, Sentence, minimal
from symconv.reading.repeats import Repeat, written
from symconv.terms import both, variables

LETTERS = tuple(one.args[0] for one in (F, S, P, D, A, ceil_mode))


_Left = Callable[[Variant], Variant]


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
    whole = Variant(replace(asked, rank="ordinary"))
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
    yield from _shared(asked)
    for place, part in enumerate(asked.parts):
        if isinstance(part, Repeat) and not part.settled:
            more = replace(part, counts=range(1, part.choices[-1] + 5))
            says = f"part {place + 1} is repeated {part.counts!r} times, as you wrote"
            yield _said(says, "choice"), partial(_changed, place=place, part=more)
    for sentence in asked.where:
        yield sentence, partial(_without_condition, sentence=sentence)
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


def _without_output(variant: Variant) -> Variant:
    return replace(variant, to_output=False)


def _without_input(variant: Variant) -> Variant:
    return replace(variant, from_input=False)


def _without_sizes(variant: Variant) -> Variant:
    return replace(variant, from_input=False, to_output=False)


def _asking(variant: Variant, **changes: Any) -> Variant:
    return replace(variant, asked=replace(variant.asked, **changes))


def _without_condition(variant: Variant, sentence: Sentence) -> Variant:
    return _asking(variant, where=tuple(s for s in variant.asked.where if s is not sentence))


def _changed(variant: Variant, place: int, part: Layer | Repeat) -> Variant:
    parts = variant.asked.parts
    return _asking(variant, parts=(*parts[:place], part, *parts[place + 1 :]))


def _numbers(asked: Question) -> Iterator[tuple[Sentence, _Left]]:
    """Yield what is written, or torch's default, for each number that a size depends on."""
    for who, place, inside, layer in _layers(asked):
        for name, says, kind in _parameters(layer):
            sentence = _said(f"{who}: {says}", kind)
            yield sentence, partial(_opened, place=place, inside=inside, name=name)


def _layers(asked: Question) -> Iterator[tuple[str, int, int, Layer]]:
    """Yield what each layer is called, where it stands, and the layer."""
    word = "part" if any(isinstance(part, Repeat) for part in asked.parts) else "layer"
    for place, part in enumerate(asked.parts):
        layers = part.layers if isinstance(part, Repeat) else (part,)
        for inside, layer in enumerate(layers):
            which = f", layer {inside + 1}" if len(layers) > 1 else ""
            yield f"{word} {place + 1}{which}, {type(layer).__name__}", place, inside, layer


def _shared(asked: Question) -> Iterator[tuple[Sentence, _Left]]:
    """Yield that axes share a number, where something else differs by axis."""
    layers = [layer for *_, layer in _layers(asked)]
    if asked.for_all is None or not any(map(_differs_by_axis, layers)):
        return
    for who, place, inside, layer in _layers(asked):
        for name, value in ((name, getattr(layer, name)) for name in layer.parameters):
            if isinstance(value, Unknown) and isinstance(layer.parameters[name], Size):
                own = f"{name}=({', '.join([repr(value)] * layer.least_axes)})"
                says = f"{who}: all axes share {name}; write {own} to let each have its own"
                leave_out = partial(_by_axis, place=place, inside=inside, name=name)
                yield _said(says, "choice"), leave_out


def _differs_by_axis(layer: Layer) -> bool:
    entries = (getattr(layer, name) for name in layer.parameters)
    return any(isinstance(some, tuple) and len(set(some)) > 1 for some in entries)


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


def _opened(variant: Variant, place: int, inside: int, name: str) -> Variant:
    """Leave open what one parameter of a layer is."""
    layer = _layer(variant, place, inside)
    follows = name == "kernel_size" and follows_kernel(layer) and "stride" not in layer.written
    changes = {name: Unknown()} | ({"stride": None} if follows else {})
    return _with_layer(variant, place, inside, layer.changed(**changes))


def _by_axis(variant: Variant, place: int, inside: int, name: str) -> Variant:
    """Leave open to each axis what one parameter of a layer is."""
    layer = _layer(variant, place, inside)
    entries = (getattr(layer, name),) * layer.least_axes
    return _with_layer(variant, place, inside, layer.changed(**{name: entries}))


def _layer(variant: Variant, place: int, inside: int) -> Layer:
    part = variant.asked.parts[place]
    return part.layers[inside] if isinstance(part, Repeat) else part


def _with_layer(variant: Variant, place: int, inside: int, layer: Layer) -> Variant:
    part = variant.asked.parts[place]
    if not isinstance(part, Repeat):
        return _changed(variant, place, layer)
    layers = (*part.layers[:inside], layer, *part.layers[inside + 1 :])
    return _changed(variant, place, replace(part, layers=layers))
