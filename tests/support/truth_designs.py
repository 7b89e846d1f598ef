"""What an answer of `solve` says about a chain, and about one without unknowns, checked by trying."""

import random
import re
from dataclasses import replace
from itertools import islice, product

import symconv
from random_requests import LAYERS, meant
from symconv import solve
from symconv.errors import RequestError
from symconv.vocabulary import torch_name
from truth import keys
from truth_requests import is_open
from truth_sentences import PATIENCE, kind_fault, without
from truth_sizes import PARAMETERS, Aim, Trials, layers_of, numbers_on, outcome

MOST = 600
PLACED = re.compile(r"(?:layer|part) (\d+), (\w+): (.+)")
TIMES = re.compile(r"part (\d+) is repeated (.+) times, as you wrote")
MEANT_BY = {
    "extent": {"kernel_size", "dilation"},
    "uniform_overlap": {"kernel_size", "stride", "dilation"},
    "centred": {"kernel_size", "stride", "padding", "dilation", "output_padding"},
}
BY_WINDOWS = ("Conv", "MaxPool", "LPPool")


class Chains:
    """Every chain that a request stands for, as far as it is tried, with what it does."""

    def __init__(self, request):
        self.request = request
        self.trials = Trials(request, request.axes)
        every = list(islice(self._settings(), 20 * MOST))
        self.whole = len(every) <= MOST
        if not self.whole:
            every = random.Random(len(every)).sample(every, MOST)
        self.texts = {keys(texts, request.axes): (texts, parts) for texts, parts in every}
        self.texts.pop(None, None)

    def _settings(self):
        for chain in filter(None, self.request.chains()):
            for parts in product(*(part.settled(self.request.apart) for part in chain)):
                yield tuple(map(str, parts)), chain

    def does(self, texts):
        """Whether layers do what is asked, to what those with numbers before the unknowns take."""
        first = next((n for n, part in enumerate(self.request.parts) if part.open or part.times), 0)
        return self.trials.told_for(texts, first)

    def allowed(self, texts, chain):
        """Whether conditions hold for each layer that they speak of."""
        layers = [layers_of(text)[0] for text in texts]
        axes = range(self.request.axes)
        for where in self.request.where:
            if "receptive_field" in where:
                seen = min(sees(layers, axis) for axis in axes)
                if not eval(where, {"__builtins__": {}}, {"receptive_field": seen}):
                    return False
                continue
            for layer, part in zip(layers, chain, strict=True):
                numbers = [numbers_on(layer, axis) for axis in axes]
                if _about(where, part) and not all(_holds(where, one) for one in numbers):
                    return False
        return True

    def right(self):
        """Return the chains that do what is asked."""
        return {made: texts for made, (texts, chain) in self.texts.items()
                if self.does(texts) and self.allowed(texts, chain)}  # fmt: skip


def _about(where, part):
    """Whether a condition is about a layer: it has all that is named, and some not by default."""
    names = {name for name in PARAMETERS if name in where}
    for word, meant_by in MEANT_BY.items():
        names |= meant_by if word in where else set()
    has = {
        name for letter in LAYERS.get(f"{part.name[:-2]}1d", "") for name in [torch_name(letter)]
    }
    follows = "stride" in names and "ool" in part.name and is_open(part.written["kernel_size"])
    written = names & part.written.keys() or (follows and "stride" not in part.written)
    plain = {name for name in PARAMETERS if name in where}
    return bool(has) and plain <= has and bool(written)


def _holds(where, numbers):
    try:
        return bool(eval(where, {"__builtins__": {}}, meant(numbers)))
    except ZeroDivisionError:
        return False


def sees(layers, axis):
    """Return how many input cells an output cell sees, from the input forwards."""
    cells, jump = 1, 1
    for layer in layers:
        n = numbers_on(layer, axis)
        if "F" in n:
            cells += (n["F"] - 1) * n.get("D", 1) * jump
            jump *= n.get("S", n["F"])
    return cells


def _one_by_one(request):
    """Return the request with each layer by itself, where their number is known."""
    chains = [*islice(request.chains(), 2)]
    return replace(request, parts=chains[0]) if len(chains) == 1 else request


def faults(request, answer):
    """Yield what is false in an answer about a chain with several open layers."""
    request = _one_by_one(request)
    told, tried = answer.to_dict(), Chains(request)
    listed = set()
    costs = [row["cost"] for row in told["solutions"]]
    if costs != sorted(costs):
        yield f"rows are out of order: {costs}"
    for row in told["solutions"]:
        texts = tuple(row["layers"])
        made = keys(texts, request.axes)
        if made in listed:
            yield f"{texts} comes twice"
        listed.add(made)
        yield from _row(request, tried, row, texts, made)
    right = tried.right()
    if answer.exhausted and answer.verdict != "unknown":
        for made in right.keys() - listed:
            yield f"{right[made]} is missing"
            break
    if tried.whole and answer.count is not None and answer.count != len(right):
        ranged = all("?" not in v for p in request.parts for v in p.written.values())
        if ranged:
            yield f"count {answer.count}, but {len(right)} by trying"
    if answer.verdict == "infeasible":
        yield from _conflict(request, answer, tried)
    lines = list(answer.lines())
    if [line[4:] for line in lines if line.startswith("  - ")] != told["conflict"]:
        yield "text and JSON name other reasons"


def _row(request, tried, row, texts, made):
    chain = next((c for t, c in tried.texts.values() if keys(t, request.axes) == made), None)
    if tried.whole and chain is None:
        yield f"{texts} is none of the chains that were asked for"
    if not tried.does(texts):
        yield f"{texts} does not do it: {tried.trials.judged(texts)}"
    if chain and not tried.allowed(texts, chain):
        yield f"{texts} breaks a condition"
    path = symconv.size(" -> ".join(texts), tuple(row["sizes"][0]))
    if [list(sizes) for sizes in path.rows] != row["sizes"]:
        yield f"{texts} goes {path}, not {row['sizes']}"
    layers = [layers_of(text)[0] for text in texts]
    plain = all(type(layer).__name__.startswith(BY_WINDOWS) for layer in layers)
    plain = plain and not any("Transpose" in text or "ceil" in text for text in texts)
    seen = [sees(layers, axis) for axis in range(request.axes)]
    if plain and row["receptive_field"] not in (None, seen, seen[0] if len({*seen}) == 1 else None):
        yield f"{texts} sees {seen}, not {row['receptive_field']}"


def _conflict(request, answer, tried):
    conflict = answer.conflict
    if request.axes == 1 or request.apart == 1:
        for sentence in conflict.sentences:
            match = PLACED.fullmatch(sentence.says)
            place = int(match[1]) - 1 if match else 0
            named = sentence._replace(says=match[3]) if match else sentence
            plain = match or sentence.kind == "condition"
            if "receptive_field" in sentence.says:
                plain = False
            if plain and (fault := kind_fault(request, place, named)):
                yield fault
    for way in conflict.relaxations:
        yield from _way_out(request, way, tried)


def _way_out(request, way, tried):
    """Yield what is false in a way out: its chain, and what asking again says."""
    texts = tuple(way.example["layers"])
    changed = _without(request, way, texts)
    if changed is None:
        yield f"«{way.sentence}» cannot be left out of {request}"
        return
    others = Chains(changed)
    made = keys(texts, request.axes)
    known = next((c for t, c in others.texts.values() if keys(t, request.axes) == made), None)
    if others.whole and known is None:
        yield f"without «{way.sentence}», {texts} is something else than {changed}"
        return
    if not others.does(texts) or (known and not others.allowed(texts, known)):
        yield f"without «{way.sentence}», {texts} does not do it"
    try:
        again = solve(changed.text, **changed.asked, timeout=PATIENCE, limit=1)
    except RequestError as error:
        yield f"without «{way.sentence}»: {error}"
        return
    if again.verdict != "solved":
        yield f"without «{way.sentence}» there still is none ({again.verdict}): {changed}"


def _without(request, way, texts):
    """Return the request without a sentence, with the example's number in the place of a number."""
    says = way.sentence
    if says.startswith(("the output is", "the input is")):
        sizes = way.example["sizes"]
        name, place = ("output", -1) if says.startswith("the output") else ("input", 0)
        shape = tuple(sizes[place]) if request.axes > 1 else sizes[place][0]
        return replace(request, options=request.options | {name: shape})
    if match := TIMES.fullmatch(says):
        place = int(match[1]) - 1
        rest = len(texts) - (len(request.parts) - 1)
        return request.at(place, replace(request.parts[place], times=str(rest)))
    if says.startswith("you asked for receptive_field"):
        kept = tuple(w for w in request.where if "receptive_field" not in w)
        return replace(request, where=kept)
    if not (match := PLACED.fullmatch(says)):
        return without(request, 0, says)
    place, name = int(match[1]) - 1, match[3].split(" ")[0]
    if without(request, place, match[3]) is None:
        return None
    times = len(texts) - (len(request.parts) - 1)
    copies = (
        texts[place : place + times] if request.parts[place].times else texts[place : place + 1]
    )
    if not request.parts[place].times and any(part.times for part in request.parts[:place]):
        copies = texts[place + times - 1 : place + times]
    numbers = sorted({str(getattr(layers_of(text)[0], name)) for text in copies})
    freed = numbers[0] if len(numbers) == 1 else "{" + ", ".join(numbers) + "}"
    return request.put(place, **{name: freed})


def input_faults(request, answer):
    """Yield what is false in an answer about a chain without unknowns."""
    options = request.options
    texts = tuple(map(str, next(request.chains())))
    most = 70 if request.axes == 1 else 20
    if "input" in options:
        trials = Trials(request, request.axes)
        if bool(answer) != trials.strict(texts):
            yield f"{answer.verdict}, but {trials.judged(texts)}"
        return
    right, taken = set(), set()
    for shape in product(range(1, most), repeat=request.axes):
        made = outcome(texts, tuple((size,) for size in shape))
        came = [cells[0] for cells in made]
        if -1 in came:
            continue
        wanted = [_wanted(request, axis, size) for axis, size in enumerate(shape)]
        if None in wanted:
            continue
        taken.add(shape)
        if came == wanted:
            right.add(shape)
    for shape in product(range(1, most), repeat=request.axes):
        if answer.input_axes < request.axes and len({*shape}) > 1:
            continue  # nothing in the layers or the request says how many axes there are
        named = shape if request.axes == answer.input_axes > 1 else shape[0]
        if (named in answer) != (shape in right):
            yield f"{shape} is {'' if shape in right else 'not '}right"
            return
    if right and not answer:
        yield f"none, but {min(right)}"
    if answer.verdict == "solved" and answer.whole and right != taken:
        yield f"every size, but not {min(taken - right)}"
    if str(answer) != "\n".join(answer.lines()) or is_open(request.text):
        yield "text"


def _wanted(request, axis, size):
    aim = Aim(request, axis)
    return aim.at["output"] if type(aim.at.get("output")) is int else aim.wants(size)
