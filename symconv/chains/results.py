"""What `size` answers with; of a refusal `chains.refusing` tells, of many sizes `chains.many`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from symconv.errors import RefusedSizeError
from symconv.layers import Layer
from symconv.vocabulary import SCHEMA, shown_rows

if TYPE_CHECKING:
    from symconv.chains.refusing import Refusal

Row = tuple[int, ...]


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
        return shown_rows(self.rows)

    @property
    def _counts(self) -> list[str]:
        """The features as text, `?` where they are not known."""
        return ["?" if count is None else str(count) for count in self.features]

    def __repr__(self) -> str:
        """Show the sizes in a row, and the refusal below."""
        joined = [f"{count} features" for count in self._counts]
        lines = [" -> ".join([*self.written, *joined])]
        if self.refused:
            lines.append(f"refused by {self.refused}")
        return "\n".join([*lines, *(f"note: {note}" for note in self.notes)])

    def _repr_html_(self) -> str:
        """Show the sizes as a table in a notebook."""
        from html import escape

        shown = [*self.written, *self._counts]
        names = ["input", *map(repr, (*self.layers, *self.ending))]
        rows = "".join(
            f"<tr><td>{size}</td><td>{escape(name)}</td></tr>"
            for size, name in zip(shown, names, strict=False)
        )
        below = escape("\n".join(repr(self).splitlines()[1:])).replace("\n", "<br>")
        return f"<table>{rows}</table>{below}"

    def to_dict(self) -> dict[str, Any]:
        """Return what `symconv size --json` prints."""
        form: dict[str, Any] = {"schema": SCHEMA, "sizes": self.plain}
        if self.refused:
            form["refused"] = {
                "layer": self.refused.layer,
                "sentence": self.refused.sentence,
                "numbers": dict(self.refused.numbers),
                "nearest": dict(self.refused.nearest),
            }
            if self.refused.axis:
                form["refused"]["axis"] = self.refused.axis
            if not self.refused.searched:
                form["refused"]["searched"] = False
        if self.features:
            form |= {"features": self.features[0], "features_after": list(self.features)}
        if self.notes:
            form["notes"] = list(self.notes)
        return form
