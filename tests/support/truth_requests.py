"""Requests to `solve` as names and texts of numbers.

So a number can be freed, as an answer may advise, and the request be asked again.
"""

from dataclasses import dataclass, replace
from itertools import product

from random_requests import RANGES
from symconv.vocabulary import torch_name

DEFAULTS = {"stride": "1", "padding": "0", "dilation": "1", "output_padding": "0"}
BOX = {torch_name(letter): range(low, high + 1) for letter, (low, high) in RANGES.items()}
BOX |= {"output_size": range(1, 9), "scale_factor": range(1, 5), "ceil_mode": (False, True)}
"""Which numbers are tried where nobody says which."""


@dataclass(frozen=True)
class Part:
    """A layer as it is written.

    Attributes:
        name: its class.
        numbers: what is written in it, by torch's names.
        times: how often it stands there, as it is written.
    """

    name: str
    numbers: tuple[tuple[str, str], ...] = ()
    times: str = ""

    def __str__(self):
        told = ", ".join(f"{name}={value}" for name, value in self.numbers)
        return f"{self.times} x {self.layer}" if self.times else f"{self.name}({told})"

    @property
    def layer(self):
        """The layer, once."""
        return replace(self, times="")

    @property
    def written(self):
        """The numbers by torch's names."""
        return dict(self.numbers)

    def put(self, **numbers):
        """Return the part with other numbers."""
        return replace(self, numbers=tuple((self.written | numbers).items()))

    @property
    def open(self):
        """The names of what is to be found."""
        return tuple(name for name, value in self.numbers if is_open(value))

    def settled(self, apart=1):
        """Yield the part with each choice of numbers; with a number for each of so many axes."""
        each = [values_of(name, self.written[name], apart) for name in self.open]
        for numbers in product(*each):
            yield self.layer.put(**dict(zip(self.open, numbers, strict=True)))


def is_open(value):
    """Whether a text has something to be found in it."""
    return any(mark in value for mark in ("?", "..", "{"))


def values_of(name, value, apart=1):
    """Return the texts of all values that a text stands for, as far as they are tried."""
    if value.startswith("("):
        entries = [values_of(name, entry.strip()) for entry in _split(value[1:-1])]
        return [f"({', '.join(entry)})" for entry in product(*entries)]
    if value == "?":
        plain = [str(one) for one in BOX[name]]
    elif ".." in value:
        low, high = map(int, value.split(".."))
        plain = [str(one) for one in range(low, high + 1)]
    elif value.startswith("{"):
        plain = [entry.strip() for entry in value[1:-1].split(",")]
    else:
        return [value]
    if apart > 1 and name in DEFAULTS | {"kernel_size": ""}:
        return [f"({', '.join(entry)})" for entry in product(plain, repeat=apart)]
    return plain


def _split(entries):
    return entries.split(",") if "{" not in entries else [entries]


@dataclass(frozen=True)
class Request:
    """What is asked.

    Attributes:
        parts: the layers.
        options: the goal, as `solve` takes it.
        where: the conditions, a text each.
        axes: how many axes the layers have.
        branch: a second branch, with which the layers should agree.
    """

    parts: tuple[Part, ...]
    options: dict
    where: tuple[str, ...] = ()
    axes: int = 1
    branch: str = ""

    def __str__(self):
        told = ", ".join(f"{name}={value!r}" for name, value in self.asked.items())
        return f"solve({self.text!r}, {told})"

    @property
    def text(self):
        """The layers as text."""
        layers = " -> ".join(map(str, self.parts))
        return f"{layers} | {self.branch}" if self.branch else layers

    @property
    def asked(self):
        """What `solve` is given besides the layers."""
        return self.options | ({"where": list(self.where)} if self.where else {})

    @property
    def apart(self):
        """For how many axes each unknown has a number of its own: those of differing goals."""
        if self.parts[0].name == "Unfold":
            return 1
        told = [value for value in self.options.values() if isinstance(value, tuple)]
        differ = any(len(set(value)) > 1 for value in told)
        return self.axes if differ or "W1" in self.options.get("for_", "") else 1

    def put(self, place, **numbers):
        """Return the request with other numbers in one part."""
        return self.at(place, self.parts[place].put(**numbers))

    def at(self, place, part):
        """Return the request with another part."""
        return replace(self, parts=(*self.parts[:place], part, *self.parts[place + 1 :]))

    def chains(self):
        """Yield the parts of each chain that the repeats stand for, one layer each."""
        for times in product(*(_times(part.times) for part in self.parts)):
            yield tuple(
                part.layer
                for part, number in zip(self.parts, times, strict=True)
                for _ in range(number)
            )


def _times(text):
    low, _, high = (text or "1").partition("..")
    return range(int(low), int(high or low) + 1)
