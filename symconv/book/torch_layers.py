"""The layer of torch that follows a law of a statement: found by asking the layers themselves.

A layer's row says which operator it follows and what stands for each letter. So a law's layer is
the one with one axis whose row is that operator, with the law's letters and settings in it.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from symconv.book.numbers import true
from symconv.book.statements.calls import Law
from symconv.errors import RequestError
from symconv.layers import LAYERS, Layer
from symconv.layers.filling import parameters
from symconv.terms import variables
from symconv.vocabulary import VOCABULARY
from symconv.witness import torch_module


def kind_of(law: Law) -> type[Layer] | None:
    """Return torch's layer with one axis that follows a law, if torch has one."""
    if law.operator is None or not law.of_a_size:
        return None
    least = {str(letter.args[0]): _least(str(letter.args[0])) for letter in law.letters}
    for kind in _kinds():
        if _made(kind, law, least) and hasattr(torch_module().nn, kind.__name__):
            return kind
    return None


def layer_of(law: Law, letters: Mapping[str, int], size: int) -> Layer | None:
    """Return the layer of a law with these numbers, if torch has it and they are legal.

    An input that is too small is for torch to refuse: the law's size says that there is no output.

    Args:
        law: which one.
        letters: a number for each of its letters.
        size: what the law comes to.
    """
    kind, operator = kind_of(law), law.operator
    if kind is None or operator is None:
        return None
    numbers = dict(letters) | dict(law.settings)
    needed = list(operator.requires.values())
    if size <= 0:
        of_the_input = [one for one in needed if variables(one) == ("W",)]
        needed = [*operator.ranges.values(), *of_the_input]
    known = [one for one in needed if set(variables(one)) <= set(numbers)]
    return _made(kind, law, letters) if all(true(one, numbers) for one in known) else None


def runs(called: object) -> bool:
    """Whether a function of torch is what runs a layer with one axis, as `conv1d` runs `Conv1d`."""
    name = str(getattr(called, "__name__", ""))
    return name.replace("_", "") in _plain_names(_kinds())


def _kinds() -> tuple[type[Layer], ...]:
    return tuple(kind for kind in LAYERS.values() if kind.axes == 1)


@cache
def _plain_names(kinds: tuple[type[Layer], ...]) -> frozenset[str]:
    return frozenset(kind.__name__.lower() for kind in kinds)


def _least(letter: str) -> int:
    least = VOCABULARY[letter].least if letter in VOCABULARY else 1
    return 1 if least is None else least


def _made(kind: type[Layer], law: Law, letters: Mapping[str, int]) -> Layer | None:
    """Make a layer of a kind with these letters; nothing if it does not then follow the law."""
    numbers = {name: value for name, value in letters.items() if name != "W"} | dict(law.settings)
    try:
        layer = kind(**parameters([numbers]))
    except RequestError:
        return None  # it has no such parameter, or not with this value
    (row, *_) = layer.rows(1)
    same = all(row.values.get(name) == value for name, value in numbers.items())
    follows = law.operator is not None and row.operator.name == law.operator.name
    return layer if follows and same else None
