"""What `size` answers with: `Sizes`, its `Refusal`, and `SizesOfMany` for arrays."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from symconv.errors import RefusedSizeError
from symconv.layers import Layer

Row = tuple[int, ...]


@dataclass(frozen=True)
class Refusal:
    """Why a layer does not take a size.

    Attributes:
        layer: its number in the chain, from 1.
        name: the layer.
        sentence: what it requires.
        law: the same as a formula, in torch's names, and with the numbers in it.
        numbers: what the names stand for here.
        nearest: the nearest input sizes of the whole chain that pass, below and above.
        axis: where the input's axes differ, the one that was varied to find them, from 1.
        tied: whether a layer ties the axes together, so that the others were left as they are.
        instead: what the layer should have had, where one number would do.
        searched: False where the search for them gave up before it was certain.
    """

    layer: int
    name: str
    sentence: str
    law: str
    numbers: Mapping[str, int]
    nearest: Mapping[str, int | None]
    searched: bool = True
    axis: int | None = None
    tied: bool = False
    instead: str = ""

    @property
    def remedy(self) -> str:
        """What the layer should have had, and which sizes pass instead."""
        return f"{self.instead} {self._sizes}".lstrip()

    @property
    def _sizes(self) -> str:
        passing = " and ".join(f"{size} ({where})" for where, size in self.nearest.items() if size)
        axis = f" on axis {self.axis}" if self.axis else ""
        axis += ", the others unchanged" if self.axis and self.tied else ""
        if passing:
            return f"The nearest sizes that pass{axis}: {passing}."
        if not self.searched:
            return f"No size that passes{axis} was found near it."
        return f"No other size{axis} passes."

    def __str__(self) -> str:
        """Tell the refusal in one line."""
        return f"layer {self.layer}, {self.name}: {self.sentence}: {self.law}. {self.remedy}"


@dataclass(frozen=True)
class Sizes:
    """The size after each layer, one row each, the input first.

    >>> from symconv import size
    >>> size("Conv2d(3, 64, 7, stride=2, padding=3) -> MaxPool2d(3, 2, 1)", 224)
    224 -> 112 -> 56
    """

    layers: tuple[Layer, ...]
    rows: tuple[Row, ...]
    refused: Refusal | None = None
    notes: tuple[str, ...] = ()
    ending: tuple[Layer, ...] = ()
    features: tuple[int | None, ...] = ()

    @property
    def output(self) -> int | Row | None:
        """The size after the last layer; behind `Flatten` the features, if they are known.

        Raises:
            RefusedSizeError: a layer refuses.
        """
        if self.refused:
            raise RefusedSizeError(self.refused.sentence, self.refused.law, self.refused.remedy)
        last: int | Row = self.plain[-1]
        return self.features[-1] if self.features else last

    @property
    def plain(self) -> list[Any]:
        """The rows, as plain integers where all axes are equal throughout."""
        if all(len(set(row)) == 1 for row in self.rows):
            return [row[0] for row in self.rows]
        return [list(row) for row in self.rows]

    @property
    def written(self) -> list[str]:
        """The rows as text, such as `224` or `224x320`."""
        rows = self.plain
        return ["x".join(map(str, row)) if isinstance(row, list) else str(row) for row in rows]

    def __repr__(self) -> str:
        """Show the sizes in a row, and the refusal below."""
        joined = ["? features" if one is None else f"{one} features" for one in self.features]
        lines = [" -> ".join([*self.written, *joined])]
        if self.refused:
            lines.append(f"refused by {self.refused}")
        return "\n".join([*lines, *(f"note: {note}" for note in self.notes)])

    def _repr_html_(self) -> str:
        """Show the sizes as a table in a notebook."""
        from html import escape

        shown = [*self.written, *("?" if one is None else str(one) for one in self.features)]
        names = ["input", *map(repr, (*self.layers, *self.ending))]
        rows = "".join(
            f"<tr><td>{size}</td><td>{escape(name)}</td></tr>"
            for size, name in zip(shown, names, strict=False)
        )
        below = escape("\n".join(repr(self).splitlines()[1:])).replace("\n", "<br>")
        return f"<table>{rows}</table>{below}"

    def to_dict(self) -> dict[str, Any]:
        """Return what `symconv size --json` prints."""
        found: dict[str, Any] = {"schema": "symconv/1", "sizes": self.plain}
        if self.refused:
            found["refused"] = {
                "layer": self.refused.layer,
                "sentence": self.refused.sentence,
                "numbers": dict(self.refused.numbers),
                "nearest": dict(self.refused.nearest),
            }
            if self.refused.axis:
                found["refused"]["axis"] = self.refused.axis
            if not self.refused.searched:
                found["refused"]["searched"] = False
        if self.features:
            found |= {"features": self.features[0], "features_after": list(self.features)}
        if self.notes:
            found["notes"] = list(self.notes)
        return found


@dataclass(frozen=True, eq=False)
class SizesOfMany:
    """Sizes of many inputs at once.

    Attributes:
        rows: after each layer, the input first, an int64 array for each axis; where an input is
            refused its numbers mean nothing.
        valid: which inputs every layer takes.
        notes: what the reader should know, such as sizes that are evaluated and no law.
    """

    layers: tuple[Layer, ...]
    rows: tuple[tuple[Any, ...], ...]
    valid: Any
    notes: tuple[str, ...] = ()

    @property
    def output(self) -> Any:
        """The sizes after the last layer; -1 where a layer refuses."""
        import numpy as np

        last = [np.where(self.valid, axis, -1) for axis in self.rows[-1]]
        return last[0] if len(last) == 1 else last

    def __repr__(self) -> str:
        """Say how many inputs pass."""
        passing = f"SizesOfMany({int(self.valid.sum())} of {self.valid.size} sizes pass)"
        return "\n".join([passing, *(f"note: {note}" for note in self.notes)])

    def to_dict(self) -> dict[str, Any]:
        """Return the sizes as lists: after each layer, one list an axis."""
        rows = [[axis.tolist() for axis in row] for row in self.rows]
        found: dict[str, Any] = {"schema": "symconv/1", "sizes": rows, "valid": self.valid.tolist()}
        return found | ({"notes": list(self.notes)} if self.notes else {})
