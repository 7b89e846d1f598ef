"""The tensors that come out of a model, as formulas in the size of what goes in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from symconv.errors import UndecidedError
from symconv.meanings.closed import closed_form
from symconv.meanings.notation import text
from symconv.networks.asking import axis_names
from symconv.networks.exploring import Explorer
from symconv.networks.model_paths import ModelPath
from symconv.operators.letters import W
from symconv.periodic import NOTHING, SizeSet, variable
from symconv.periodic.numbers import where
from symconv.terms import Term

Size = Term | int


@dataclass(frozen=True)
class Output:
    """A tensor that comes out.

    Attributes:
        sizes: the sizes of the input for which it does.
        shape: its sizes, as formulas in `W`.
    """

    sizes: SizeSet
    shape: tuple[Size, ...]

    def written(self, letter: str) -> list[str]:
        """Write its sizes."""
        return [
            text(size, words={"W": letter}) if isinstance(size, Term) else str(size)
            for size in self.shape
        ]

    def to_dict(self, letter: str) -> dict[str, Any]:
        """Return it as JSON has it: its axes by name, and its whole shape."""
        shape = self.written(letter)
        axes = shape[2:]
        return dict(zip(axis_names(len(axes)), axes, strict=True)) | {"shape": shape}


def outputs_of(taken: Sequence[ModelPath], explorer: Explorer) -> tuple[tuple[Output, ...], ...]:
    """Return what comes out, tensor by tensor: one entry where one formula says it for all sizes.

    Args:
        taken: the paths on which sizes are taken.
        explorer: knows what their terms are.
    """
    most = max((len(path.outcome.shapes or ()) for path in taken), default=0)
    return tuple(_output(taken, number, explorer) for number in range(most))


def _output(taken: Sequence[ModelPath], number: int, explorer: Explorer) -> tuple[Output, ...]:
    """Return one tensor's entries: the paths with as many axes together, or with one formula."""
    by_axes: dict[int, list[tuple[ModelPath, tuple[Size, ...]]]] = {}
    for path in taken:
        shapes = path.outcome.shapes or ()
        if number < len(shapes):
            by_axes.setdefault(len(shapes[number]), []).append((path, shapes[number]))
    entries = list[Output]()
    for group in by_axes.values():
        sizes = NOTHING
        for path, _ in group:
            sizes |= path.sizes
        columns = zip(*(shape for _, shape in group), strict=True)
        paths = [path for path, _ in group]
        shape = [_formula(paths, column, sizes, explorer) for column in columns]
        if all(size is not None for size in shape):
            entries.append(Output(sizes, tuple(size for size in shape if size is not None)))
            continue
        alike: dict[tuple[Size, ...], SizeSet] = {}
        for path, terms in group:
            formulas = _alone(path, terms, explorer)
            alike[formulas] = alike.get(formulas, NOTHING) | path.sizes
        entries += [Output(each, formulas) for formulas, each in alike.items()]
    return tuple(entries)


def _alone(path: ModelPath, shape: Sequence[Size], explorer: Explorer) -> tuple[Size, ...]:
    """Return what comes out on one path, as plainly as its terms allow."""
    formulas = (_formula([path], [size], path.sizes, explorer) for size in shape)
    return tuple(f if f is not None else s for f, s in zip(formulas, shape, strict=True))


def _formula(
    paths: Sequence[ModelPath], column: Sequence[Size], sizes: SizeSet, explorer: Explorer
) -> Size | None:
    """Return one formula for what an axis is on several paths; nothing where there is none."""
    first = column[0]
    if isinstance(first, int) and all(size is first or size == first for size in column):
        return first
    try:
        number: Any = variable()  # beyond the sizes: one that many formulas agree with
        for path, size in zip(paths, column, strict=True):
            value = size if isinstance(size, int) else explorer.values.of(size)
            number = where(path.sizes, value, number)
        closed = closed_form(number, sizes, W)
    except UndecidedError:
        closed = None
    if closed is None:
        return first if all(size is first for size in column) else None
    return closed.args[0] if closed.word == "constant" else closed
