"""What an answer of `solve` says about one layer, checked by trying every setting of a box.

`faults` returns what is false in an answer, a text each: rows by `symconv.size`, sentences by their
terms on a box of numbers, ways out by asking again.
"""

import random
from itertools import islice, product

import numpy as np

from symconv.errors import RequestError
from symconv.meanings.arrays import MANY
from symconv.meanings.integers import compiled
from symconv.terms import defined
from symconv.vocabulary import torch_name
from truth_lists import families, order, shown, text_of
from truth_sentences import conflict_faults
from truth_sizes import (
    PARAMETERS,
    Trials,
    gap,
    holds,
    layers_of,
    numbers_on,
    overlap,
    unread,
)
from words_of_sets import understood

MOST = 500
"""Of more settings, so many are tried."""
NEAR = {"F": range(1, 18), "S": range(1, 9), "P": range(-4, 9), "D": range(1, 6), "A": range(4)}
"""The numbers that sentences are tried on."""


def key(layer, axes):
    """Return what tells settled layers apart: their numbers, and what is written otherwise."""
    each = tuple(tuple(sorted(numbers_on(layer, axis).items())) for axis in range(axes))
    mode = getattr(layer, "ceil_mode", None)
    return (type(layer).__name__, each, mode, *([] if any(each) else [repr(layer)]))


def keys(texts, axes):
    """Return the same of several layers; nothing where torch would not make one."""
    made = [layers_of(text) for text in texts]
    return None if None in made else tuple(key(layer, axes) for (layer,) in made)


class Tried:
    """Every setting of a request, as far as it is tried, with what it does."""

    def __init__(self, request):
        self.request = request
        chain = next(request.chains())
        self.open = [n for n, part in enumerate(chain) if part.open]
        self.trials = Trials(request, 1 if chain[0].name == "Unfold" else request.axes)
        every = list(islice(self._settings(), 20 * MOST))
        self.whole = len(every) <= MOST
        if not self.whole:
            every = random.Random(len(every)).sample(every, MOST)
        self.texts = {keys(texts, request.axes): texts for texts in every}
        self.texts.pop(None, None)

    def _settings(self):
        for chain in self.request.chains():
            for parts in product(*(part.settled(self.request.apart) for part in chain)):
                yield tuple(map(str, parts))

    def allowed(self, texts):
        """Whether conditions hold for the layer that is open, on each axis."""
        (layer,) = layers_of(texts[self.open[0]])
        numbers = [numbers_on(layer, axis) for axis in range(self.request.axes)]
        where = self.request.where
        return all(holds(w, one, self.request, self.trials) for w in where for one in numbers)

    def right(self, loosely=False):
        """Yield the settings that do what is asked, by their keys."""
        does = self.trials.loose if loosely else self.trials.strict
        return {k: texts for k, texts in self.texts.items() if does(texts) and self.allowed(texts)}


def texts_of(request, row):
    """Return a row's layers, a text each, from what JSON has."""
    if "layers" in row:
        return tuple(row["layers"])
    (part,) = request.parts
    return (str(part.put(**{name: text_of(row[name]) for name in part.open})),)


def rows_of(request, told):
    """Return the layers of each row."""
    return [texts_of(request, row) for row in told["solutions"]]


def faults(request, answer):
    """Yield what is false in an answer about one open layer."""
    told, tried = answer.to_dict(), Tried(request)
    if answer.verdict == "solved":
        yield from _rows(request, answer, told, tried)
        yield from order(request, answer, told, tried)
        yield from families(request, told, tried)
        yield from _samples(request, answer, tried)
    if answer.verdict == "infeasible":
        for texts in tried.right(loosely=not tried.trials.named).values():
            yield f"no setting, but {texts}"
            break
        yield from conflict_faults(request, answer, tried, _grid, _together)
    yield from shown(answer, told)
    yield from _taken(request, told, tried)


def _rows(request, answer, told, tried):
    trials, listed = tried.trials, set()
    for place, (texts, row) in enumerate(
        zip(rows_of(request, told), told["solutions"], strict=True)
    ):
        takes = told["notes"][place].get("takes") if place < len(told["notes"]) else None
        if not (trials.told_for(texts, tried.open[0]) or (takes and trials.loose(texts))):
            yield f"row {texts} does not do it: {trials.judged(texts)}"
        if not tried.allowed(texts):
            yield f"row {texts} breaks a condition"
        made = keys(texts, request.axes)
        if made in listed:
            yield f"row {texts} comes twice"
        listed.add(made)
        yield from _says(request, row, texts, told["notes"][place] if told["notes"] else {}, trials)
    if answer.exhausted and answer.count != len(listed):
        yield f"count {answer.count} of {len(listed)}"
    if answer.count is not None and answer.count < len(listed):
        yield f"count {answer.count} below {len(listed)}"
    loosely = len(trials.given[0]) > 1 and any("takes" in note for note in told["notes"])
    right = tried.right(loosely)
    if answer.exhausted:
        for made in right.keys() - listed:
            yield f"{right[made]} is missing"
            break
    if _ranged(request) and tried.whole and answer.count is not None and answer.count != len(right):
        yield f"count {answer.count}, but {len(right)} by trying"


def _ranged(request):
    """Whether every number has a range, so that there are finitely many settings."""
    return all("?" not in v for p in request.parts for v in p.written.values())


def _says(request, row, texts, note, trials):
    """Yield what is false in the columns of a row."""
    place = next(n for n, part in enumerate(next(request.chains())) if part.open)
    (layer,) = layers_of(texts[place])
    axes = [numbers_on(layer, axis) for axis in range(request.axes)]
    for name in PARAMETERS & row.keys():
        value = row[name] if isinstance(row[name], list) else [row[name]] * request.axes
        if len(value) > request.axes:  # the paddings of two ends, those of the last axis first
            continue
        letters = [{torch_name(k): v for k, v in one.items()}.get(name) for one in axes]
        if letters != value and None not in letters:
            yield f"row {row}: {name} is {letters}"
    one = lambda values: values[0] if all(v == values[0] for v in values) else values  # noqa: E731
    if "overlap" in note and note["overlap"] != one([overlap(numbers) for numbers in axes]):
        yield f"row {row}: overlap {note['overlap']}"
    if "unread" in note and len(texts) == 1:
        sizes = [
            (given[0], wanted[0]) for given, wanted in zip(trials.given, trials.wanted, strict=True)
        ]
        counted = [unread(n, *pair) for n, pair in zip(axes, sizes, strict=True)]
        if trials.one and note["unread"] != one(counted):
            yield f"row {row}: unread {note['unread']}, counted {counted}"
        gaps = [entry["gap"] for entry in _each(note["unread"], axes)] if not trials.one else []
        if gaps and gaps != [gap(n) for n in axes]:
            yield f"row {row}: unread {note['unread']}"
    if "takes" in note and isinstance(note["takes"], str):
        taken = understood(note["takes"])
        for size, right in zip(trials.given[0], trials.judged(texts), strict=True):
            if (size in taken) != (right is not None):
                yield f"row {row} takes {note['takes']}: {size}"
                break


def _each(value, axes):
    return value if isinstance(value, list) else [value] * len(axes)


def _samples(request, answer, tried):
    """Yield what is wrong with rows that are drawn."""
    try:
        drawn = answer.sample(3, seed=1)
    except RequestError as error:  # of infinitely many, none are drawn
        if answer.count is not None or _ranged(request):
            yield f"of {answer.count} none are drawn: {error}"
        return
    if answer.count is not None and len(drawn) != min(3, answer.count):
        yield f"{len(drawn)} drawn of {answer.count}"
    for row in drawn:
        texts = tuple(map(repr, answer.layers(row)))
        if not tried.trials.does(texts) or not tried.allowed(texts):
            yield f"drawn {texts} does not do it"


def _taken(request, told, tried):
    """Yield what is false in the set of inputs that the goal is about."""
    if "taken" not in told or request.branch:
        return
    chain = next(request.chains())
    before = [str(part) for part in chain[: tried.open[0]]]
    given = [
        s for s, right in zip(tried.trials.given[0], _taking(before, tried), strict=True) if right
    ]
    told = told["taken"]
    inside = [s for s in tried.trials.given[0] if s in told["also"]
              or (s >= told["start"] and s % told["period"] in told["residues"])]  # fmt: skip
    left_out = {*given} - {*inside}
    if not set(inside) <= set(given) or (not before and left_out & _somehow_taken(tried)):
        yield f"taken {told}: {given[:9]}, not {inside[:9]}"


def _somehow_taken(tried):
    """Return the inputs that some setting takes."""
    judged = map(tried.trials.judged, tried.texts.values())
    each = (zip(tried.trials.given[0], one, strict=True) for one in judged)
    return {size for pairs in each for size, right in pairs if right is not None}


def _taking(before, tried):
    return [right is not None for right in tried.trials.judged(before)]


def _grid(letters):
    axes = np.meshgrid(*(np.array(NEAR.get(n, range(1, 12))) for n in letters), indexing="ij")
    return {letter: axis.ravel() for letter, axis in zip(letters, axes, strict=True)}


def _together(sentences, numbers):
    """Return for each setting of a grid whether all sentences hold."""
    whole = np.ones(len(next(iter(numbers.values()))), bool) if numbers else np.ones(1, bool)
    for sentence in sentences:
        term = defined(sentence.term) & sentence.term
        try:
            whole &= np.broadcast_to(MANY.evaluate(term, numbers), whole.shape)
        except ZeroDivisionError:  # number by number, and only as far as it is needed
            holds = compiled(term, tuple(numbers))
            rows = zip(*(column.tolist() for column in numbers.values()), strict=True)
            whole &= [so_far and holds(*row) for so_far, row in zip(whole, rows, strict=True)]
    return whole
