"""Why a question has no design: sentences that cannot hold together, as few as can be shown.

Sentences are left out, both sizes at once and then one by one, and the question is searched again.
A number that is left out becomes an unknown; what that can be, the sizes may not bound, and then a
search up to some bound that finds nothing shows nothing: the sentence stays.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import partial
from typing import Any, NamedTuple

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
from symconv.vocabulary import joined_sizes

LETTERS = tuple(letter.args[0] for letter in (F, S, P, D, A, ceil_mode))

Relax = Callable[[Variant], Variant]
"""How a question goes on without one of its sentences."""


class Way(NamedTuple):
    """A way out, if it is one: a sentence, and the question without it.

    Two that say the same are two ways: they are told apart by their places, not by their words.
    """

    sentence: Sentence
    relax: Relax


def conflict(question: Question, clock: Clock) -> Conflict:
    """Return why nothing meets a question of which that is known."""
    try:
        return _explained(question, clock)
    except BaseException as error:  # work that did not ask the clock: that there is none is known
        if not stopped(error):
            raise
        return Conflict(tuple(way.sentence for way in _ways(question)))


def _explained(question: Question, clock: Clock) -> Conflict:
    """Return the sentences that are needed, and the ways out."""
    whole = Variant(replace(question, rank="ordinary"))
    ways = list(_ways(question))

    def first(kept: Sequence[Sentence]) -> tuple[tuple[Candidate, Ranked] | None, bool]:
        """Search the question of which only some sentences are kept."""
        variant = whole
        for way in ways:
            variant = variant if _among(way.sentence, kept) else way.relax(variant)
        return variant.first(clock)

    def possible(kept: Sequence[Sentence]) -> bool | None:
        design, certain = first(kept)
        return True if design else False if certain else None

    sentences = [way.sentence for way in ways]
    others = [sentence for sentence in sentences if sentence.kind != "goal"]
    if len(others) < len(sentences) and possible(others) is False:
        sentences = others  # no size is to blame
    kept, sure = minimal(sentences, possible, rounds=2)
    relaxations = []
    for way in ways:
        if not _among(way.sentence, kept) or (way.sentence.kind == "goal" and question.for_all):
            continue  # to ask for nothing is no advice
        design, _ = way.relax(whole).first(clock)
        if design is not None:
            relaxations.append(_relaxation(way.sentence, *design))
    return Conflict(kept, sure, tuple(relaxations))


def _among(sentence: Sentence, sentences: Sequence[Sentence]) -> bool:
    """Whether a sentence is one of some, itself and not only in its words."""
    return any(sentence is other for other in sentences)


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


def _ways(question: Question) -> Iterator[Way]:
    """Yield what must hold and how to leave it out; what comes first is left out first."""
    goal = question.for_all
    entering, leaving = map(joined_sizes, _sizes(question))
    if goal is None:
        yield Way(_said(f"the output is {leaving}", "goal"), _without_output)
    else:
        yield Way(_said(f"you asked for {goal}", "goal"), _without_sizes)
    yield from sorted(_numbers(question), key=lambda way: way.sentence.kind != "default")
    yield from _shared(question)
    for place, part in enumerate(question.parts):
        if isinstance(part, Repeat) and not part.settled:
            more = replace(part, counts=range(1, part.choices[-1] + 5))
            says = f"part {place + 1} is repeated {part.counts!r} times, as you wrote"
            yield Way(_said(says, "choice"), partial(_changed, place=place, part=more))
    for sentence in dict.fromkeys(question.where):  # what is stated twice is left out as one
        yield Way(sentence, partial(_without_condition, sentence=sentence))
    if question.receptive_field != ANY_FIELD:
        says = f"you asked for receptive_field: {question.receptive_field}"
        yield Way(_said(says, "condition"), partial(_asking, receptive_field=ANY_FIELD))
    if goal is None:  # last: with it, most else is bounded
        yield Way(_said(f"the input is {entering}", "goal"), _without_input)


def _sizes(question: Question) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """Return the sizes that a question names: inputs and outputs."""
    inputs = tuple(goal.least_input for goal in question.goals)
    return inputs, tuple(map(lambda goal, n: goal.gives(n), question.goals, inputs))


def _said(says: str, kind: Kind) -> Sentence:
    return Sentence(says, both(), kind)


def _without_output(variant: Variant) -> Variant:
    return replace(variant, to_output=False)


def _without_input(variant: Variant) -> Variant:
    return replace(variant, from_input=False)


def _without_sizes(variant: Variant) -> Variant:
    return replace(variant, from_input=False, to_output=False)


def _asking(variant: Variant, **changes: Any) -> Variant:
    return replace(variant, question=replace(variant.question, **changes))


def _without_condition(variant: Variant, sentence: Sentence) -> Variant:
    others = (other for other in variant.question.where if other != sentence)
    return _asking(variant, where=tuple(others))


def _changed(variant: Variant, place: int, part: Layer | Repeat) -> Variant:
    parts = variant.question.parts
    return _asking(variant, parts=(*parts[:place], part, *parts[place + 1 :]))


def _numbers(question: Question) -> Iterator[Way]:
    """Yield what is written, or torch's default, for each number that a size depends on."""
    for who, place, inside, layer in _layers(question):
        for name, says, kind in _parameters(layer):
            relax = partial(_opened, place=place, inside=inside, name=name)
            yield Way(_said(f"{who}: {says}", kind), relax)


def _layers(question: Question) -> Iterator[tuple[str, int, int, Layer]]:
    """Yield what each layer is called, where it stands, and the layer."""
    word = "part" if any(isinstance(part, Repeat) for part in question.parts) else "layer"
    for place, part in enumerate(question.parts):
        layers = part.layers if isinstance(part, Repeat) else (part,)
        for inside, layer in enumerate(layers):
            which = f", layer {inside + 1}" if len(layers) > 1 else ""
            yield f"{word} {place + 1}{which}, {type(layer).__name__}", place, inside, layer


def _shared(question: Question) -> Iterator[Way]:
    """Yield that axes share a number, where something else differs by axis."""
    layers = [layer for *_, layer in _layers(question)]
    if question.for_all is None or not any(map(_differs_by_axis, layers)):
        return
    for who, place, inside, layer in _layers(question):
        for name, value in ((name, getattr(layer, name)) for name in layer.parameters):
            if isinstance(value, Unknown) and isinstance(layer.parameters[name], Size):
                own = f"{name}=({', '.join([repr(value)] * layer.least_axes)})"
                says = f"{who}: all axes share {name}; write {own} to let each have its own"
                relax = partial(_by_axis, place=place, inside=inside, name=name)
                yield Way(_said(says, "choice"), relax)


def _differs_by_axis(layer: Layer) -> bool:
    values = (getattr(layer, name) for name in layer.parameters)
    return any(isinstance(value, tuple) and len(set(value)) > 1 for value in values)


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
    part = variant.question.parts[place]
    return part.layers[inside] if isinstance(part, Repeat) else part


def _with_layer(variant: Variant, place: int, inside: int, layer: Layer) -> Variant:
    part = variant.question.parts[place]
    if not isinstance(part, Repeat):
        return _changed(variant, place, layer)
    layers = (*part.layers[:inside], layer, *part.layers[inside + 1 :])
    return _changed(variant, place, replace(part, layers=layers))
