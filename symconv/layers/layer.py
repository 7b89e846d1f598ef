"""What a layer is: a frozen dataclass with torch's names that says which laws its axes follow.

A layer has a `Row` for each axis of its output (`layers.row`).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import FrozenInstanceError, dataclass, field, replace
from functools import cached_property
from typing import Any, ClassVar, NoReturn

from symconv.errors import RequestError
from symconv.layers.checking import check_ranges, check_together, checked, missing
from symconv.layers.named import Named
from symconv.layers.parameters import Parameter
from symconv.layers.row import Row
from symconv.layers.values import (
    NOT_WRITTEN,
    Unknown,
    at_once,
    entries,
    has_unknown,
    is_formula,
    term,
)
from symconv.operators import OPERATORS, Operator
from symconv.operators.reading import Cells
from symconv.places import Place
from symconv.terms import Term, variable
from symconv.vocabulary import parameter_name


@dataclass(frozen=True, repr=False)
class Layer(metaclass=Named):
    """A layer of torch, by its parameters alone; every subclass is a frozen dataclass of them."""

    parameters: ClassVar[Mapping[str, Parameter]] = {}
    """The parameters, in torch's order."""
    following: ClassVar[Mapping[str, str]] = {}
    """The parameters that are equal to others where they are not written."""
    law: ClassVar[str]
    """The operator of every axis, where all axes have the same whatever the parameters."""
    axes: ClassVar[int | None] = None
    """How many spatial axes the input has; `None` where any number will do."""
    parameter_axes: ClassVar[int | None] = None
    """How many entries a parameter's tuple has, where that is not the number of input axes."""
    channels_by_place: ClassVar[bool] = False
    """Whether torch prints the channels without their names."""
    unprinted: ClassVar[tuple[str, ...]] = ()
    """The parameters that torch does not print, though it prints others that have a default."""
    glance: ClassVar[Callable[[Any], str | None]] = staticmethod(lambda _: None)
    """What a notebook shows of a layer, as SVG: who draws stands above the layers, and says it."""
    finished: ClassVar[bool] = False
    """Whether there are layers of the class, so that `help` can show one."""
    source: ClassVar[str] = ""
    """Where torch has the layer."""

    def __init_subclass__(cls) -> None:
        """Make a dataclass of a class that declares parameters."""
        super().__init_subclass__()
        own = {name: value for name, value in vars(cls).items() if isinstance(value, Parameter)}
        if own:
            cls.parameters = {**cls.parameters, **own}
            cls.__annotations__ = vars(cls).get("__annotations__", {}) | dict.fromkeys(own, Any)
            for name, value in own.items():
                setattr(cls, name, field(default=value.default, kw_only=value.by_name))
            dataclass(frozen=True, repr=False)(cls)
            follows = (
                (name, getattr(declared, "follows", ""))
                for name, declared in cls.parameters.items()
            )
            cls.following = {name: followed for name, followed in follows if followed}
        cls.finished = not cls.__name__.startswith("_")

    def __post_init__(self) -> None:
        """Check every parameter, and what the laws require of single parameters."""
        for name, value in checked(self):
            object.__setattr__(self, name, value)
        for name, followed in self.following.items():
            if getattr(self, name) is NOT_WRITTEN and not has_unknown(getattr(self, followed)):
                object.__setattr__(self, name, getattr(self, followed))
        check_together(self)
        for row in self.rows(self.least_axes):
            self._in_range(row)

    def __getstate__(self) -> dict[str, Any]:
        """Return what was given: rows are made again after pickling and copying.

        Where it was read from is not kept: a copy may be changed.
        """
        return {name: vars(self)[name] for name in (*self.parameters, "_written")}

    @property
    def written(self) -> frozenset[str]:
        """The parameters that somebody wrote; the others have torch's defaults.

        >>> from symconv import Conv1d
        >>> sorted(Conv1d(kernel_size=3, stride=1).written)
        ['kernel_size', 'stride']
        """
        names: frozenset[str] = vars(self)["_written"]
        return names

    def place(self, about: str | int | None = None) -> Place | None:
        """Return where the layer stands in the text from which it was read, if it was read.

        Args:
            about: one of its arguments, as an error names it; by default, the whole layer.
        """
        stands: Callable[[str | int | None], Place] | None = vars(self).get("_stands")
        return stands(about) if stands else None

    def changed(self, **changes: Any) -> Layer:
        """Return the layer with other parameters, which count as written unless they are `None`."""
        layer, told = replace(self, **changes), {n for n in changes if changes[n] is not None}
        vars(layer)["_written"] = self.written - changes.keys() | told
        return layer

    @property
    def input_axes(self) -> int | None:
        """How many spatial axes the input has; `None` where any number will do."""
        return self.axes

    @property
    def takes_features(self) -> bool:
        """Whether torch also takes a batch of features, where no axis is left."""
        if self.input_axes not in (None, 1):
            return False
        return type(self.rows(1)[0].operator.reads) is Cells

    @property
    def least_axes(self) -> int:
        """The fewest spatial axes that the parameters make sense for."""
        return self.input_axes or 1

    def declared(self, name: str) -> Parameter:
        """Return what a parameter may be, where that depends on the others before it."""
        return self.parameters[name]

    def check(self) -> None:
        """Check what is particular to a kind of layer; called before the laws are asked."""

    def rows(self, axes: int) -> tuple[Row, ...]:
        """Return a row for each axis of the output, for an input with so many axes."""
        made: dict[int, tuple[Row, ...]] = self.__dict__.setdefault("_rows", {})
        if axes not in made:
            try:
                made[axes] = self.make_rows(axes)
            except RequestError as error:
                error.stands(self.place(error.about))
                raise
        return made[axes]

    def make_rows(self, axes: int) -> tuple[Row, ...]:
        """Make the rows that `rows` keeps: by default the same operator for each axis."""
        return tuple(Row(self.operator, self.values(axis)) for axis in range(axes))

    @property
    def operator(self) -> Operator:
        """The operator of an axis, where all axes have the same."""
        return OPERATORS[self.law]

    def follows(self, name: str) -> str | None:
        """Return the parameter that another one is equal to, as where that is not written.

        A number follows where it is the same number, whether it was written or not. An unknown
        that was written is one of its own, though it may look the same.

        >>> from symconv import MaxPool1d
        >>> MaxPool1d("?").follows("stride"), MaxPool1d("?", stride="?").follows("stride")
        ('kernel_size', None)
        """
        followed = self.following.get(name)
        if followed is None:
            return None
        value = getattr(self, name)
        same = not has_unknown(value) and bool(value == getattr(self, followed))
        return followed if same or value is NOT_WRITTEN else None

    def values(self, axis: int) -> dict[str, int | Term]:
        """Return what stands for each letter of a law on one axis (0 is the first)."""
        values: dict[str, int | Term] = {"W": variable(f"W{axis + 1}")}
        for name, declared in self.parameters.items():
            if not declared.in_laws:
                continue
            value = getattr(self, name)
            if value is NOT_WRITTEN:
                values[declared.letter] = values[self.parameters[self.following[name]].letter]
                continue
            entry = value[axis] if isinstance(value, tuple) else value
            if entry is not None and not isinstance(entry, str):
                number = axis + 1 if isinstance(value, tuple) else None
                entry = int(entry) if isinstance(entry, bool) else entry
                values[declared.letter] = term(declared.letter, entry, number)
        return values

    def named(self, axes: Sequence[Mapping[str, int]]) -> dict[str, Any]:
        """Return numbers for letters by the layer's parameters (`layers.filling.parameters`)."""
        from symconv.layers.filling import parameters

        names = {declared.letter: name for name, declared in self.parameters.items()}
        return parameters(axes, names)

    def numbered(self, letters: Mapping[str, int]) -> dict[str, Any]:
        """Return what the parameters with unknowns are, where these letters have numbers.

        >>> from symconv import Conv2d
        >>> Conv2d(kernel_size="?", padding=(0, "?")).numbered({"F": 3, "P2": 1})
        {'kernel_size': 3, 'padding': (0, 1)}
        """
        numbers: dict[str, Any] = {}
        for name, declared in self.parameters.items():
            value, letter = getattr(self, name), declared.letter
            if isinstance(value, tuple) and has_unknown(value):
                each = tuple(
                    letters.get(f"{letter}{axis}", own) for axis, own in enumerate(value, 1)
                )
                numbers[name] = at_once(each)
            elif isinstance(value, Unknown):
                whole = letter in letters
                numbers[name] = (
                    declared.written(letters[letter]) if whole else self.named([letters])[name]
                )
        return numbers

    def parameter_of(self, letter: str) -> str:
        """Return the parameter that a letter of the laws is, or is an axis's part of.

        >>> from symconv import AdaptiveAvgPool2d
        >>> AdaptiveAvgPool2d((3, "?")).parameter_of("O2")
        'output_size'
        """
        stems = (letter, letter.rstrip("0123456789"))
        pairs = ((name, declared.letter) for name, declared in self.parameters.items())
        return next((name for name, own in pairs if own in stems), parameter_name(letter))

    def unknowns(self) -> dict[str, Unknown]:
        """Return the parameters that are to be found, by their names in the laws."""
        unknowns = {}
        for name, declared in self.parameters.items():
            value = getattr(self, name)
            value = getattr(self, self.following[name]) if value is NOT_WRITTEN else value
            for number, entry in enumerate(entries(value), 1):
                if isinstance(entry, Unknown):
                    letter = declared.letter
                    unknowns[f"{letter}{number}" if isinstance(value, tuple) else letter] = entry
        return unknowns

    @property
    def settled(self) -> bool:
        """Whether every parameter is a number: nothing to find, no formula."""
        return not any(map(self.is_open, self.parameters))

    def is_open(self, name: str) -> bool:
        """Whether a parameter is to be found, or a formula."""
        values = entries(getattr(self, name))
        return any(isinstance(entry, Unknown) or is_formula(entry) for entry in values)

    def notes(self) -> tuple[str, ...]:
        """Say what a reader of the answer should know about this layer."""
        return ()

    def __repr__(self) -> str:
        """Write the layer as the text of layers reads it, without what has its default."""
        return self._text

    def _repr_svg_(self) -> str | None:
        """Show the layer at a small size in a notebook, where it can be drawn."""
        return type(self).glance(self)

    @cached_property
    def _text(self) -> str:
        by_place, by_name = [], []
        for name, declared in self.parameters.items():
            value = getattr(self, name)
            if self.channels_by_place and name in ("in_channels", "out_channels"):
                by_place += [] if value is None else [repr(value)]
            elif value != declared.default and not self.follows(name):
                by_name.append(f"{name}={value!r}")
        return f"{type(self).__name__}({', '.join(by_place + by_name)})"

    def _missing(self, name: str) -> RequestError:
        """Return the error that a parameter is not written."""
        return missing(self, name)

    def _in_range(self, row: Row) -> None:
        """Refuse a parameter that no input could make right."""
        check_ranges(self, row)


def _frozen(self: Layer, name: str, value: object) -> NoReturn:
    """Refuse every assignment, also in a class that adds no parameter of its own."""
    raise FrozenInstanceError(f"cannot assign {value!r} to {name!r}: write a new {self!r}")


Layer.__setattr__ = _frozen  # type: ignore[assignment, method-assign]
