"""One input and what shall become of it: sizes, or several of which each would do."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from symconv.errors import RequestError
from symconv.questions.asking import goals, is_several
from symconv.questions.goals import one_if_alike
from symconv.solving.outputs import Wanted, sized
from symconv.solving.settled_wishes import wanted

Pair = tuple[tuple[int, ...], tuple[Wanted, ...]]
"""An input, on all axes or on each; and what shall come out."""


def pair_of(goal: Mapping[str, Any]) -> Pair:
    """Return the one input that is asked about, and the output.

    Raises:
        RequestError: the goal is about many inputs, or it makes no sense.

    >>> given, outputs = pair_of({"input": (7, 9), "output": 4})
    >>> given, [wish.says for wish in outputs]
    ((7, 9), ['4'])
    """
    targets = goals(**goal)
    if any(target.kind != "pair" for target in targets):
        raise RequestError(
            "one input and its output, for layers that tie axes together",
            ", ".join(map(str, targets)),
            "Write for instance --input 28 --output 100.",
        )
    given = tuple(target.least_input for target in targets)
    outputs = tuple(sized(target.gives(size)) for target, size in zip(targets, given, strict=True))
    return given, one_if_alike(outputs)


def several_outputs(goal: Mapping[str, Any]) -> Pair | None:
    """Return an input with several outputs of which each would do, if that is asked.

    >>> given, outputs = several_outputs({"input": 9, "output": "1..4"})
    >>> given, [wish.says for wish in outputs]
    ((9,), ['1 to 4'])
    >>> several_outputs({"input": 9, "output": 4}) is None
    True
    """
    output = goal.get("output")
    entries = tuple(output) if isinstance(output, (tuple, list)) else (output,)
    if goal.get("input") is None or not any(map(is_several, entries)):
        return None
    given, _ = pair_of({**goal, "output": 1})
    return given, tuple(wanted(entry) for entry in entries)
