"""What `solve` answers with about one layer with unknowns, perhaps among others."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from symconv.families.setting import Setting
from symconv.layers import Layer
from symconv.layers.filling import filled
from symconv.proving import Clock
from symconv.questions.documents import Line
from symconv.questions.running import Run, Try, sampled
from symconv.questions.settings import Settings
from symconv.questions.solution import MOST_NOTES, Solution
from symconv.solving.problem import Problem
from symconv.solving.sentences import FACTORS
from symconv.solving.tables import cells_of, columns_by_axis, named_columns, plain_columns
from symconv.solving.traits import parameters_of, traits
from symconv.solving.trying import run_of, tries_of

if TYPE_CHECKING:
    from symconv.families import Family

Row = Setting | tuple[Setting, ...]
"""One setting for all axes, or one for each."""

ALL_MEANT = "all that are meant"
"""Which sizes an axis takes that has no set of its own, beside one that has."""


@dataclass(frozen=True, eq=False, repr=False)
class LayerSolution(Solution):
    """The settings that meet a request.

    Attributes:
        problems: what was asked: a problem, or one for each ceil mode; of the first axis, where
            axes differ.
        families: all settings in closed form, for a request about all sizes.
        axes: where axes differ, the solution for each.
        endless: whether there are infinitely many; `None` where that is not known.
        shared: where axes differ, the letters that they have in common.
    """

    problems: tuple[Problem, ...] = ()
    families: tuple[Family, ...] = ()
    axes: tuple[LayerSolution, ...] = ()
    endless: bool | None = None
    shared: tuple[str, ...] = ()

    @property
    def problem(self) -> Problem:
        """What was asked, of the first axis and without ceil mode where these differ."""
        return self.problems[0]

    @property
    def chain(self) -> tuple[Layer, ...]:
        """The layers, with their unknowns."""
        return self.problem.chain

    @property
    def says(self) -> str:
        """The goal in words."""
        if not self.axes:
            return str(self.problem.goal)
        goals = [axis.problem.goal for axis in self.axes]
        between = ", " if all(goal.taken is None for goal in goals) else "; "
        return between.join(dict.fromkeys(map(str, goals)))

    def counted(self, clock: Clock) -> int | None:
        """Return how many there are, if that can be told in time."""
        from symconv.solving.counting import counted

        return counted(self, clock)

    def at(self, places: Sequence[int]) -> list[Row]:
        """Return the settings at some rising places, in an order that is fixed."""
        from symconv.solving.counting import at

        return at(self, places)

    def layer(self, row: Row) -> Layer:
        """Return the layer with the numbers of a setting."""
        return filled(self.problem.layer, split(row))

    def layers(self, row: Row | int = 0) -> tuple[Layer, ...]:
        """Return the whole chain with the numbers of a setting, or of the one at a place.

        >>> from symconv import solve
        >>> solve("Conv1d(kernel_size=?, padding=1)", same=True).layers()
        (Conv1d(kernel_size=3, padding=1),)
        """
        row = self.settings[row] if isinstance(row, int) else row
        return self.problem.surroundings.around(self.layer(row))

    def named(self, row: Row) -> dict[str, Any]:
        """Return a setting by torch's names: a list where axes differ.

        What is no number, but was written and matters to sizes, is told as well.
        """
        return self.problem.layer.named(split(row)) | self.written

    @property
    def notes(self) -> tuple[str, ...]:
        """What the reader should know besides: among which factors was searched."""
        said = (sentence.says for problem in self.problems for sentence in problem.sentences)
        return (FACTORS,) if self.verdict == "solved" and FACTORS in said else ()

    @property
    def written(self) -> dict[str, Any]:
        """What was written of the layer that no letter stands for: a flag, a word."""
        layer = self.problem.layer
        given = {name: getattr(layer, name, None) for name in ("padding", "padding_mode")}
        words = {name: value for name, value in given.items() if isinstance(value, str)}
        words = {name: value for name, value in words.items() if value != "zeros"}
        return words | ({"ceil_mode": True} if getattr(layer, "ceil_mode", None) is True else {})

    def told(self, rows: Sequence[Row]) -> Iterator[dict[str, Any]]:
        """Yield settings as JSON has them."""
        columns = self.plain(rows)
        if len(self.chain) > 1 or not columns:
            yield from map(self._told, rows)
            return
        for numbers in zip(*(column.tolist() for column in columns.values()), strict=True):
            yield dict(zip(columns, numbers, strict=True)) | self.written

    def plain(self, rows: Sequence[Row]) -> dict[str, Any]:
        """Return the columns of rows that their numbers tell alone; else nothing."""
        return plain_columns(rows)

    def _told(self, row: Row) -> dict[str, Any]:
        layers = self.layers(row)
        chain = {"layers": [repr(layer) for layer in layers]} if len(layers) > 1 else {}
        return self.named(row) | chain

    def traits(self, row: Row) -> dict[str, Any]:
        """Return what there is to say of a setting; a list where axes differ."""
        number = parameters_of(self.layer(row))
        return self.seen(row) | ({} if number is None else {"parameters": number})

    def seen(self, row: Row) -> dict[str, Any]:
        """Return the same without the number of parameters."""
        by_axis = [traits(problem, setting) for problem, setting in self.by_axis(row)]
        told: dict[str, Any] = {}
        for name in dict.fromkeys(name for axis in by_axis for name in axis):
            values = [axis.get(name, ALL_MEANT if name == "takes" else None) for axis in by_axis]
            told[name] = values[0] if all(value == values[0] for value in values) else values
        return told

    def by_axis(self, row: Row) -> Iterator[tuple[Problem, Mapping[str, int]]]:
        """Yield the problem of each axis that differs with the setting for it."""
        problems = [axis.problem for axis in self.axes] or [self.problem]
        return zip(problems, split(row), strict=False)

    def kinds(self) -> tuple[Layer, ...]:
        """Return the layers, as far as their classes go."""
        return self.chain

    def runs(self, clock: Clock) -> Iterator[tuple[dict[str, Any], Run]]:
        """Yield the settings that torch runs: of those listed, and some from beyond the list.

        After the time nothing is tried on them.
        """
        from symconv.solving.counting import beyond

        others = () if self.exhausted else beyond(self, clock)
        for row in (*sampled(self.settings), *others):
            tries = [] if clock.over else self.tries(row)
            yield self.named(row), run_of(self.layers(row), tries, self._axes)

    def tries(self, row: Row) -> list[Try]:
        """Return inputs to try a setting on, an axis each, and what should come out."""
        return tries_of(self.by_axis(row), self._axes, len(self.problem.layer.rows(self._axes)))

    @property
    def _axes(self) -> int:
        """How many axes the input has."""
        return max(self.problem.layer.least_axes, len(self.axes))

    def columns(self) -> dict[str, Any]:
        """Return the settings as NumPy arrays by torch's names: what a DataFrame is made of.

        >>> from symconv import solve
        >>> columns = solve("Conv1d(kernel_size=1..5, padding=?)", same=True, limit=None).columns()
        >>> columns["kernel_size"], columns["padding"]
        (array([1, 3, 5]), array([0, 1, 2]))
        """
        if not self.axes:
            rows = self.settings.joined()
            return named_columns(rows if len(rows) else Settings.none(self.problem.letters))
        return columns_by_axis([self.named(row) for row in self.settings], len(self.axes))

    def head(self) -> list[str]:
        """Return what stands before the settings, a line each."""
        lines = [f"{' -> '.join(map(repr, self.chain))}: {self.says}", *self.explained()]
        lines += [f"family: {family!r}" for family in self.families]
        for number, axis in enumerate(self.axes, 1):
            lines += [f"family for axis {number}: {family!r}" for family in axis.families]
        return lines

    def cells(self, rows: Sequence[Row]) -> tuple[Sequence[str], list[tuple[Any, ...]]]:
        """Return settings as rows of text, and the names of the columns."""
        columns = {} if self.modest or self.written else self.plain(rows)
        if columns:
            numbers = (map(str, column.tolist()) for column in columns.values())
            return tuple(columns), list(zip(*numbers, strict=True))
        cells = [cells_of(self.named(row), self.seen(row) if self.modest else {}) for row in rows]
        names = tuple(dict.fromkeys(name for row in cells for name in row))
        return names, [tuple(row.get(name, "") for name in names) for row in cells]

    def document(self) -> Iterator[Line]:
        """Yield the answer as a proposition with its proof."""
        from symconv.solving.writing import lines

        return lines(self)

    def before(self) -> Iterator[tuple[str, Any]]:
        """Yield what `to_dict` has before the settings."""
        yield from super().before()
        yield "families", [family.to_dict() for family in self.families]

    def parts(self) -> Iterator[tuple[str, Any]]:
        """Yield what `to_dict` has after the settings."""
        noted = self.settings[:MOST_NOTES] if self.modest else ()
        yield "notes", [self.traits(row) for row in noted]
        yield from super().parts()
        if self.notes:
            yield "searched", list(self.notes)
        if self.axes:
            yield "axes", [axis._answers() for axis in self.axes]
        elif self.problem.goal.taken is not None:
            yield "taken", self.problem.goal.taken.to_dict()

    def _answers(self) -> dict[str, Any]:
        taken = self.problem.goal.taken
        return {
            "families": [family.to_dict() for family in self.families],
            "solutions": list(self.told(self.settings.joined())),
            "exhausted": self.exhausted,
            "count": self.count,
        } | ({} if taken is None else {"taken": taken.to_dict()})


def split(row: Row) -> tuple[Mapping[str, int], ...]:
    """Return a setting for each axis, or the one for all."""
    return row if isinstance(row, tuple) else (row,)
