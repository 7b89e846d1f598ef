"""Every chain of numbers that a chain with ranges stands for, and what comes out of it."""

import itertools

from symconv import size
from symconv.designing.result import Designs
from symconv.reading.chains import parts
from symconv.reading.repeats import expanded as counted


def outputs(layers, *shape):
    """What comes out on each axis; nothing where a layer refuses."""
    answer = size(layers, shape if len(shape) > 1 else shape[0])
    return None if answer.refused else answer.rows[-1]


def listed(answer):
    """The layers of each row of an answer."""
    rows = range(len(answer)) if isinstance(answer, Designs) else answer
    return [answer.layers(row) for row in rows]


def expanded(line):
    """Every chain of numbers that a line stands for, by writing all of them out."""
    for chain in counted(parts(line)[0]):
        yield from itertools.product(*map(filled, chain))


def filled(layer):
    names = {n: v.choices for n in layer.parameters if hasattr(v := getattr(layer, n), "choices")}
    for numbers in itertools.product(*names.values()):
        yield layer.changed(**dict(zip(names, numbers, strict=True)))
