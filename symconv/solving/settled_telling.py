"""Which inputs layers without unknowns turn into what was asked, in words."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

from symconv.chains.inputs import Inputs, written
from symconv.chains.results import Sizes
from symconv.periodic.shapes import Box

if TYPE_CHECKING:
    from symconv.solving.input_sizes import InputSizes

MOST_BOXES_SHOWN = 12


def said(answer: InputSizes) -> str:
    """Say what is known of one input, or for which inputs it is so."""
    if answer.given is not None and answer.gives is not None:
        return _of_one_input(answer, answer.gives)
    if answer.verdict == "unknown" or answer.shapes is None:
        return f"unknown: {answer.reason}"
    if all(wish.outputs is not None for wish in answer.wanted):
        why = f": {answer.reason}" if answer.reason and not _plain(answer) else ""
        return f"{_inputs(answer)}{why}"
    return _of_every_size(answer)


def _plain(answer: InputSizes) -> bool:
    """Whether sizes were asked for, and nothing else."""
    return not answer.condition and all(type(wish.told) is int for wish in answer.wanted)


def _inputs(answer: InputSizes) -> str:
    """Write the inputs, as inequalities where those are short."""
    if answer.alike:
        return f"{Inputs(answer.output, answer.sizes)!r}"
    if answer.columns:
        return "; ".join(f"axis {place}: {axis!r}" for place, axis in enumerate(answer.axes, 1))
    boxes = answer.shapes.boxes if answer.shapes else ()
    shown = " or ".join(map(_box, boxes[:MOST_BOXES_SHOWN])) or "no input size"
    more = len(boxes) - MOST_BOXES_SHOWN
    return f"{shown} or {more} boxes more" if more > 0 else shown


def _of_every_size(answer: InputSizes) -> str:
    """Say for which inputs a formula comes out."""
    aims = list(dict.fromkeys(wish.aim for wish in answer.wanted))
    each = (f"axis {place}: {wish.aim}" for place, wish in enumerate(answer.wanted, 1))
    aim = ", ".join(each) if len(aims) > 1 else aims[0]
    kinds = list(dict.fromkeys(wish.which for wish in answer.wanted))
    which = " and ".join(kinds)
    if not answer.shapes:
        named = (f"{wish.which} on axis {n}" for n, wish in enumerate(answer.wanted, 1))
        none = f"{aim} for no {which if len(kinds) == 1 else ' and '.join(named)}"
        return f"{none}: {answer.reason}" if answer.reason else none
    every = f"for every {which}{f' with {answer.condition}' * bool(answer.condition)} that the "
    sizes = f"{answer.sizes}" if answer.alike else _inputs(answer)
    squared = " (all axes are W)" * answer.square
    return f"{aim} {f'{every}layers take: ' if answer.whole else 'for '}{sizes}{squared}"


def _of_one_input(answer: InputSizes, gives: Sizes) -> str:
    """Say what becomes of an input, and which other one would do."""
    output, start = _output(answer), gives.written[0]
    if gives.refused:
        sentence = f"{start} is refused by {gives.refused}\n"
    else:
        out = f"{gives.features[-1]} features" if gives.features else gives.written[-1]
        sentence = f"{start} gives {out}"
        if answer.verdict == "solved":
            return sentence
        sentence += "; "
    if answer.shapes is None:
        return f"{sentence}which inputs give {output} is unknown: {answer.reason}"
    if not answer.shapes:
        return f"{sentence}{output} comes from no input size"
    nearest = answer.nearest
    near = "x".join(map(str, nearest)) if isinstance(nearest, tuple) else nearest
    others = "" if answer.count == 1 else f", the nearest of {_inputs(answer)}"
    return f"{sentence}{output} comes from {near}{others}"


def _output(answer: InputSizes) -> str:
    """Name what should come out, as the subject of a sentence."""
    if all(type(wish.told) is int for wish in answer.wanted):
        return "x".join(wish.says for wish in answer.wanted)
    return " by ".join(wish.called for wish in answer.wanted)


def _box(box: Box) -> str:
    """Write a box of shapes: `1x2`, or what each axis may have."""
    if all(len(list(islice(sizes, 2))) == 1 for sizes in box):
        return "x".join(f"{sizes.least}" for sizes in box)
    return "(" + " and ".join(written(s, f"W{axis}") for axis, s in enumerate(box, 1)) + ")"
