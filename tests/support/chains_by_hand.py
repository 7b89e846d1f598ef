"""Chains of layers tried one by one: what designs are compared with."""

import itertools
from dataclasses import fields, replace
from functools import cache, partial
from math import prod

import symconv
from symconv.errors import RequestError
from symconv.layers import Unknown
from symconv.questions.conditions import conditions
from symconv.questions.goals import pair
from symconv.questions.words import PLACEHOLDERS
from symconv.reading.chains import parts
from symconv.reading.repeats import expanded

LETTERS = ("F", "S", "P", "D", "A", "ceil_mode")
OF_EACH_AXIS = ("kernel_size", "stride", "padding", "dilation", "output_padding")


def pairs(*sizes):
    """What `design` is asked: an input and an output for each axis."""
    return [pair(*each) for each in zip(*sizes, strict=True)]


def asked(*texts):
    """Constraints as `design` takes them."""
    return conditions(texts, LETTERS, PLACEHOLDERS)


def settled(layer):
    """Every layer that one with ranges stands for, and that torch would not refuse outright."""
    open_ones = {}
    for one in fields(layer):
        value = getattr(layer, one.name)
        if one.name == "stride" and "Pool" in type(layer).__name__ and value is layer.kernel_size:
            open_ones[one.name] = [None]
            continue
        entries = value if isinstance(value, tuple) else (value,)
        if any(isinstance(entry, Unknown) for entry in entries):
            each = [
                (entry.choices or (False, True)) if isinstance(entry, Unknown) else [entry]
                for entry in entries
            ]
            whole = list(itertools.product(*each))
            open_ones[one.name] = [some[0] if len(set(some)) == 1 else some for some in whole]
    for values in itertools.product(*open_ones.values()):
        try:
            yield replace(layer, **dict(zip(open_ones, values, strict=True)))
        except RequestError:
            continue


def seen(layers, axis):
    """The receptive field on an axis, from the input forwards: another way than the program's."""
    cells, jump = 1, 1
    for layer in layers:
        if hasattr(layer, "kernel_size"):
            size, stride, gap = (
                value[axis] if isinstance(value, tuple) else value
                for value in (layer.kernel_size, layer.stride, getattr(layer, "dilation", 1))
            )
            cells += (size - 1) * gap * jump
            jump *= stride
    return cells


def allowed(layers, original, where):
    """Whether constraints hold for every layer that they speak of.

    That is each layer that has all of their names, one of them written or to be found.
    """
    for layer, before in zip(layers, original, strict=True):
        for names, holds in where:
            speaks = all(hasattr(layer, name) for name in names)
            chosen = any(name in before.written for name in names)
            if speaks and chosen and not holds(*(getattr(layer, name) for name in names)):
                return False
    return True


def apart(layer, axes):
    """A layer whose unknowns are each axis's own, as they are where the axes' sizes differ."""
    values = {name: getattr(layer, name, None) for name in OF_EACH_AXIS}
    own = {name: (one,) * axes for name, one in values.items() if isinstance(one, Unknown)}
    return replace(layer, **own)


def brute(text, inputs, wanted, reach=1, where=()):
    """Run every chain of layers on our own sizes."""
    found = set()
    for original in expanded(parts(text)[0]):
        axes = next((one.input_axes for one in original if one.input_axes), len(inputs[0]))
        if any(len({*zip(*pair, strict=True)}) > 1 for pair in zip(inputs, wanted, strict=True)):
            original = tuple(apart(layer, axes) for layer in original)
        for layers in itertools.product(*(list(settled(one)) for one in original)):
            if all(map(partial(gives, layers), inputs, wanted)):
                enough = reach == 1 or min(seen(layers, axis) for axis in range(axes)) >= reach
                if enough and allowed(layers, original, where):
                    found.add(layers)
    return found


def gives(layers, given, out):
    """Whether layers make an output of an input, one layer after the other."""
    for layer in layers:
        given = after(layer, given)
        if given is None:
            return False
    return given == out


@cache
def after(layer, given):
    """Return the size after one layer; nothing where it refuses."""
    sizes = symconv.size((layer,), given)
    return None if sizes.refused else sizes.rows[-1]


def cost(rank, layers, sizes, channels):
    """What a design costs, counted on its own layers."""
    total, place = 0, 0
    for number, layer in enumerate(layers):
        if not hasattr(layer, "in_channels"):
            continue
        into, out = channels[place : place + 2]
        place += 1
        kernel = layer.kernel_size
        taps = prod(kernel) if isinstance(kernel, tuple) else kernel ** len(sizes[0])
        weights = taps * into * out
        if rank == "parameters":
            total += weights + out
        else:
            transposed = "Transpose" in type(layer).__name__
            total += weights * prod(sizes[number if transposed else number + 1])
    return total


INSTANCES = [
    ("Conv1d(kernel_size=1..5, stride=1..3, padding=0..2) -> MaxPool1d(kernel_size={2, 3})", (17,), (4,), 1),
    ("Conv1d(kernel_size=1..5, stride=1..3, padding=0..2, dilation=1..2) -> MaxPool1d(kernel_size=2..3, padding=0..1)", (17,), (4,), 9),
    ("2 x Conv1d(kernel_size=1..4, stride=1..2, padding=0..1, dilation=1..2)", (12,), (5,), 5),
    ("3 x Conv1d(kernel_size={1, 3}, stride=1..2, padding=0..1)", (20,), (5,), 8),
    ("Conv2d(kernel_size=2..4, stride=1..3) -> Conv2d(kernel_size=2..4, stride=1..3, padding=0..1)", (21, 16), (3, 2), 1),
    ("Conv2d(kernel_size=(1..3, 2), stride=(1, 1..3)) -> ReLU() -> MaxPool2d(2)", (9, 12), (4, 2), 1),
    ("Conv1d(kernel_size=2..4, stride=2) -> ConvTranspose1d(kernel_size=2..4, stride=1..3, padding=0..1, output_padding=0..2)", (11,), (11,), 1),
    ("ConvTranspose2d(kernel_size=2..4, stride=1..2) -> ZeroPad2d(1) -> AvgPool2d(kernel_size=2..3, ceil_mode=?)", (3, 4), (3, 4), 1),
    ("MaxPool1d(kernel_size=2..4, stride=1..3, ceil_mode=?, padding=0..2) -> Conv1d(kernel_size=1..3)", (10,), (4,), 1),
    ("Conv1d(kernel_size=1..4, padding=same) -> Upsample(scale_factor=1.7) -> Conv1d(kernel_size=2..4, stride=1..2)", (10,), (7,), 1),
    ("Conv1d(kernel_size=3, padding=0..3, padding_mode=reflect, stride=1..2) -> AdaptiveAvgPool1d(3)", (3,), (3,), 1),
    ("Conv2d(kernel_size=1..3, stride=1..2) -> InstanceNorm2d(4) -> Conv2d(kernel_size=1..2)", (3, 2), (1, 1), 1),
    ("0..3 x Conv1d(kernel_size=2..3, stride=1..2) -> MaxPool1d(2)", (16,), (3,), 1),
    ("1..2 x Sequential(Conv1d(kernel_size=2..3), MaxPool1d(2..3))", (20,), (2,), 6),
    ("Conv1d(kernel_size=5..6) -> Conv1d(kernel_size=3..9)", (7,), (4,), 1),
]  # fmt: skip
"""Texts, an input, an output, and the least receptive field."""
