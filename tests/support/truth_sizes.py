"""What layers do to sizes, by `symconv.size` and plain integers, and what conditions say of them."""

from functools import lru_cache
from itertools import islice

import numpy as np

import symconv
from random_requests import TESTS, meant
from symconv.errors import RequestError
from symconv.reading.chains import chain
from symconv.vocabulary import LETTERS
from truth_requests import DEFAULTS

TRIED, FURTHER = 40, 160
"""How many of the inputs that a goal speaks of are tried, and up to which size they lie."""
PARAMETERS = {"kernel_size", *DEFAULTS}


@lru_cache(maxsize=100_000)
def layers_of(text):
    """Return the layers that a text says; nothing where torch would refuse to make them."""
    try:
        return chain(text).layers
    except RequestError:
        return None


@lru_cache(maxsize=300_000)
def _made(text, sizes):
    layers = layers_of(text)
    if layers is None:
        return None
    arrays = tuple(np.where(np.array(entries) < 0, 1, np.array(entries)) for entries in sizes)
    try:
        made = symconv.size(layers, arrays)
    except RequestError:
        return None
    fits = np.broadcast_to(made.valid, arrays[0].shape)
    for entries in sizes:
        fits = fits & (np.array(entries) >= 0)
    return tuple(tuple(np.where(fits, cells, -1).tolist()) for cells in made.rows[-1])


def outcome(texts, sizes):
    """Return what layers make of inputs, for each axis; -1 where they refuse one, or nothing.

    Args:
        texts: a text for each layer.
        sizes: the inputs' sizes along each axis, a tuple each.
    """
    for text in texts:
        if sizes is None:
            return None
        sizes = _made(text, sizes)
    return sizes


class Aim:
    """What is asked of one axis: of which inputs, and what should become of them."""

    def __init__(self, request, axis):
        options = request.options
        self.axis, self.branch = axis, request.branch
        at = {n: v[axis] if isinstance(v, tuple) and len(v) > 1 else v for n, v in options.items()}
        at = {n: v[0] if isinstance(v, tuple) else v for n, v in at.items()}
        self.given, self.at, self.axes = at.get("input"), at, request.axes
        sizes = options.get("for_", "")
        others = {f"W{place}" for place in range(1, 4)} - {f"W{axis + 1}"}
        parts = [part for part in sizes.split(" and ") if part]
        self.parts = [p for p in parts if not any(other in p for other in others)]
        self.named = bool(sizes) or self.given is not None

    def wants(self, size):
        """Return what should become of a size; nothing if it is not asked about."""
        if self.given is not None:
            return self.at["output"] if size == self.given else None
        names = {"W": size, **{f"W{place}": size for place in range(1, 4)}, **TESTS}
        if not all(eval(part, {"__builtins__": {}}, names) for part in self.parts):
            return None
        if self.branch:
            made = outcome(tuple(self.branch.split(" -> ")), ((size,),) * self.axes)
            return made[self.axis][0] if made and made[self.axis][0] >= 0 else None
        if "output" in self.at:
            cells = eval(str(self.at["output"]), {"__builtins__": {}}, names)
            return cells if cells >= 1 or self.named else None
        if "up" in self.at:
            return size * self.at["up"]
        n = self.at.get("down", 1)
        return None if size % n else size // n

    def pairs(self):
        """Return the inputs that are asked about, each with its output, as far as tried."""
        if self.given is not None:
            return [(self.given, self.at["output"])]
        every = ((size, self.wants(size)) for size in range(1, FURTHER))
        return list(islice((pair for pair in every if pair[1] is not None), TRIED))


class Trials:
    """The inputs that are tried, on all axes at once."""

    def __init__(self, request, outputs):
        each = [Aim(request, axis).pairs() for axis in range(request.axes)]
        most = max(map(len, each))
        each = [(pairs * (most // len(pairs) + 1))[:most] if pairs else [] for pairs in each]
        self.given = tuple(tuple(size for size, _ in pairs) for pairs in each)
        wanted = [tuple(cells for _, cells in pairs) for pairs in each]
        self.wanted = tuple(wanted[:outputs])
        self.empty = not all(each)
        self.one = len(self.given[0]) == 1
        self.named = self.one or "for_" in request.options

    def judged(self, texts):
        """Return for each trial whether layers do what is asked; nothing where they refuse it."""
        made = outcome(tuple(texts), self.given)
        if made is None:
            return [None] * len(self.given[0])
        return [
            None if -1 in cells else cells == wanted
            for cells, wanted in zip(
                zip(*made, strict=True), zip(*self.wanted, strict=False), strict=True
            )
        ]

    def told_for(self, texts, first):
        """Whether they do it to every input that is asked about, or that others let through."""
        return self.strict(texts) if self.named else self.after(texts, first)

    def does(self, texts):
        """Whether they do it to every input that is named, or where none is, that they take."""
        return self.strict(texts) if self.named else self.loose(texts)

    def strict(self, texts):
        """Whether layers do what is asked to every input that is asked about."""
        return all(self.judged(texts))

    def after(self, texts, first):
        """Whether they do it to every input that the layers before one of them take."""
        pairs = zip(self.judged(texts), self.judged(texts[:first]), strict=True)
        return all(right for right, came in pairs if came is not None)

    def loose(self, texts):
        """Whether they do it to every input that they take, of which there are many."""
        told = self.judged(texts)
        taken = [right for right in told if right is not None]
        return all(taken) and any(right is not None for right in told[len(told) // 2 :])


def numbers_on(layer, axis):
    """Return a layer's numbers on one axis, by their letters."""
    entry = {}
    for name in PARAMETERS & layer.parameters.keys():
        value = getattr(layer, name)
        value = value[axis] if isinstance(value, tuple) else value
        if isinstance(value, int):
            entry[LETTERS[name]] = value
    return entry


def holds(where, numbers, request, trials):
    """Say whether a condition holds for the numbers of one axis; what divides by zero does not."""
    names = meant(numbers)
    names["receptive_field"] = names["extent"]
    if "every_cell_read" in where:
        names["every_cell_read"] = all_read(numbers, request, trials)
    try:
        return bool(eval(where, {"__builtins__": {}}, names))
    except ZeroDivisionError:
        return False


def unread(numbers, size, outputs):
    """Count the cells of an input that no tap of any window meets."""
    f, s, p, d = (numbers.get(letter, 1 if letter != "P" else 0) for letter in "FSPD")
    met = {o * s + tap * d - p for o in range(outputs) for tap in range(f)}
    return sum(cell not in met for cell in range(size))


def all_read(numbers, request, trials):
    """Whether every input is read whole, but for what the word leaves out."""
    sizes = zip(trials.given[0], trials.wanted[0], strict=True)
    left_out = all(numbers.get(letter, 1) > 1 for letter in "SDF")
    return not left_out and all(unread(numbers, *pair) == 0 for pair in sizes)


def overlap(numbers):
    """Say how often cells far from the border are painted, by painting many."""
    f, s, d = (numbers.get(letter, 1) for letter in "FSD")
    met = [0] * s
    for tap in range(f):
        met[tap * d % s] += 1
    if 0 in met:
        return "holes"
    return "uniform" if len({*met}) == 1 else "checkerboard"


def gap(numbers):
    """Count the cells in each stride that no tap meets."""
    f, s, d = (numbers.get(letter, 1) for letter in "FSD")
    return s - len({tap * d % s for tap in range(f)})


def rank(numbers, counts, paints, pair=None, far="", only=False):
    """Return where a setting stands in the documented order, in plain integers.

    Args:
        numbers: the setting, by letters.
        counts: how often people build some settings, by their numbers.
        paints: whether it is of a transposed layer.
        pair: an input and its output, of a layer by itself.
        far: the letters that may grow far.
        only: whether that input is the only one that is asked about.
    """
    f, s, p, d, a = (numbers.get(n, o) for n, o in zip("FSPDA", (1, 1, 0, 1, 0), strict=True))
    extent = d * (f - 1) + 1
    weight = extent + abs(p) + 4 * (d != 1) + 3 * (a != 0) + (s == 1 and f % 2 == 0)
    weight += 2 * (paints and f % s != 0)
    weight += (d - 1) * (f == 1) * ("D" in far) + max(0, s - extent) * ("S" in far)
    size, outputs = pair or (0, 0)
    lost = max(0, size - ((outputs - 1) * s + extent - p)) if pair and not paints else 0
    astray = s > extent or p >= extent
    idle = only and s > 1 and (size if paints else outputs) == 1
    weight += (lost + (lost >= 1) + 4 * astray + idle) if pair else 0
    values = tuple(numbers.values())
    multiple = only and paints and outputs > size and outputs % size == 0
    unsuited = idle or (multiple and size > 1 and outputs != s * size)
    if values in counts and not astray and not unsuited and 16 * lost <= size:
        return (0, lost > 0, -counts[values], weight, values)
    return (1, False, 0, weight, values)
