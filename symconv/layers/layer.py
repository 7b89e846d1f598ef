"""What a layer is: a frozen dataclass with torch's names that says which laws its axes follow.

A layer has a `Row` for each axis of its output: an operator, and what stands for each of its
letters. `W1`, `W2`, … are the sizes of the input's axes and `C` is its number of channels, so a
row is a law in the input's sizes, in whatever meaning.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import FrozenInstanceError, dataclass, field, fields
from typing import Any, ClassVar, NamedTuple, NoReturn

from symconv.errors import RequestError, nearest_name, shown
from symconv.layers.values import Unknown, Value, is_formula, parameter, per_axis, plain, term
from symconv.meanings.integers import INTEGERS
from symconv.meanings.notation import text
from symconv.operators import Operator
from symconv.terms import Term, interpret, substitute, variable, variables
from symconv.vocabulary import LETTERS

_REQUIRED: Any = object()
_WORDS = ("same", "valid")
_FLAGS = (False, True)


def sizes_of(default: Any = _REQUIRED, letter: str | None = None, *, expands: bool = False) -> Any:
    """Declare a parameter with a value for each axis; `letter` is its name in the laws.

    `expands` says that torch takes a tuple of one entry for all axes.
    """
    return field(default=default, metadata={"kind": "axes", "letter": letter, "expands": expands})


def sizes_or_none(default: Any = _REQUIRED, letter: str | None = None) -> Any:
    """Declare a parameter for each axis where `None` means that torch chooses."""
    return field(default=default, metadata={"kind": "axes", "letter": letter, "none": True})


def padding_of(default: Any = 0) -> Any:
    """Declare a padding: for each axis, or `"same"` or `"valid"`."""
    return field(default=default, metadata={"kind": "axes", "words": _WORDS, "expands": True})


def number_of(default: Any = _REQUIRED) -> Any:
    """Declare an integer parameter of the whole layer, such as a number of channels."""
    return field(default=default, metadata={"kind": "integer"})


def flag(default: bool) -> Any:
    """Declare a truth value that matters to sizes, such as `ceil_mode`; it may be unknown."""
    return field(default=default, metadata={"kind": "flag"})


def other(
    default: Any = _REQUIRED, allowed: Callable[[Any], bool] | None = None, need: str = ""
) -> Any:
    """Declare a parameter that no size depends on, with what torch allows of it."""
    return field(default=default, metadata={"kind": "other", "allowed": allowed, "need": need})


class Measured(NamedTuple):
    """An output size that is no law but torch's floating-point product, evaluated."""

    axis: int
    evaluate: Callable[[int], int]
    says: str


class Row(NamedTuple):
    """What happens on one axis of the output.

    Attributes:
        operator: the law.
        values: what stands for each letter: an integer, or a term in `W1`, `W2`, … and `C`.
        measured: where the letter `O` has no law, how its value is found.
    """

    operator: Operator
    values: Mapping[str, int | Term]
    measured: Measured | None = None

    def term(self, law: Term) -> Term:
        """Return a law of the operator in the sizes of the input."""
        return substitute(law, {variable(name): value for name, value in self.values.items()})


class _Named(type):
    """Check the names of a layer's arguments before Python does, to answer in three beats."""

    def __call__(cls, *args: Any, **kwargs: Any) -> Any:
        names = [one.name for one in fields(cls)]  # type: ignore[arg-type]
        for name in kwargs:
            if name not in names:
                raise RequestError(
                    f"{cls.__name__}: parameters of torch's layer of that name",
                    f"`{name[:60]}`",
                    nearest_name(name, names),
                )
        if len(args) > len(names):
            raise RequestError(
                f"{cls.__name__}: at most {len(names)} parameters",
                f"{len(args)}",
                f"They are {', '.join(names)}.",
            )
        for name in names[: len(args)]:
            if name in kwargs:
                raise RequestError(
                    f"{cls.__name__}: {name} once",
                    f"{name} both by place and by name",
                    "Drop one of them.",
                )
        return super().__call__(*args, **kwargs)


@dataclass(frozen=True, repr=False)
class Layer(metaclass=_Named):
    """A layer of torch, by its parameters alone."""

    axes: ClassVar[int | None] = None
    """How many spatial axes the input has; `None` where any number will do."""
    parameter_axes: ClassVar[int | None] = None
    """How many entries a parameter's tuple has, where that is not the number of input axes."""
    channels_by_place: ClassVar[bool] = False
    """Whether torch prints the channels without their names."""

    def __post_init__(self) -> None:
        """Check every parameter, and what the laws require of single parameters."""
        for one in fields(self):
            value = getattr(self, one.name)
            unset = one.metadata["kind"] != "other" and value is None is not one.default
            if value is _REQUIRED or (unset and not one.metadata.get("none")):
                raise self._missing(one.name)
            object.__setattr__(self, one.name, self._checked(one.name, value, one.metadata))
        try:
            self.check()
        except TypeError:
            raise RequestError(
                f"{type(self).__name__}: numbers", repr(self), "Write its parameters as torch does."
            ) from None
        for row in self.rows(self.least_axes):
            self._in_range(row)

    @property
    def input_axes(self) -> int | None:
        """How many spatial axes the input has; `None` where any number will do."""
        return self.axes

    @property
    def least_axes(self) -> int:
        """The fewest spatial axes that the parameters make sense for."""
        return self.input_axes or 1

    def check(self) -> None:
        """Check what is particular to a kind of layer; called before the laws are asked."""

    def rows(self, axes: int) -> tuple[Row, ...]:
        """Return a row for each axis of the output, for an input with so many axes."""
        raise NotImplementedError

    def values(self, axis: int) -> dict[str, int | Term]:
        """Return what stands for each letter of a law on one axis (0 is the first)."""
        found: dict[str, int | Term] = {"W": variable(f"W{axis + 1}")}
        for one in fields(self):
            if one.metadata["kind"] == "other":
                continue
            value = getattr(self, one.name)
            entry = value[axis] if isinstance(value, tuple) else value
            if entry is not None and entry not in _WORDS:
                letter = one.metadata.get("letter") or LETTERS.get(one.name, one.name)
                number = axis + 1 if isinstance(value, tuple) else None
                found[letter] = term(one.name, int(entry) if entry in _FLAGS else entry, number)
        return found

    def unknowns(self) -> dict[str, Unknown]:
        """Return the parameters that are to be found, by their names in the laws."""
        found = {}
        for one in fields(self):
            value = getattr(self, one.name)
            letter = one.metadata.get("letter") or LETTERS.get(one.name, one.name)
            for number, entry in enumerate(value if isinstance(value, tuple) else (value,), 1):
                if isinstance(entry, Unknown):
                    found[f"{letter}{number}" if isinstance(value, tuple) else letter] = entry
        return found

    @property
    def settled(self) -> bool:
        """Whether every parameter is a number: nothing to find, no formula."""
        values = (getattr(self, one.name) for one in fields(self))
        entries = (entry for v in values for entry in (v if isinstance(v, tuple) else (v,)))
        return not any(isinstance(entry, Unknown) or is_formula(entry) for entry in entries)

    def notes(self) -> tuple[str, ...]:
        """Say what a reader of the answer should know about this layer."""
        return ()

    def __repr__(self) -> str:
        """Write the layer as the text of layers reads it, without what has its default."""
        by_place, by_name = [], []
        for one in fields(self):
            value = getattr(self, one.name)
            if self.channels_by_place and one.name in ("in_channels", "out_channels"):
                by_place += [] if value is None else [repr(value)]
            elif value != self._default(one.name, one.default):
                by_name.append(f"{one.name}={value!r}")
        return f"{type(self).__name__}({', '.join(by_place + by_name)})"

    def _default(self, name: str, declared: Any) -> Any:  # noqa: ARG002
        """Return what a parameter is when it is not written (a pool's stride is its kernel)."""
        return declared

    def _checked(self, name: str, value: Any, metadata: Mapping[str, Any]) -> Any:
        owner, kind = type(self).__name__, metadata["kind"]
        how = {word: metadata.get(word, False) for word in ("none", "expands")}
        if kind == "axes" and value is not None and value not in metadata.get("words", ()):
            return per_axis(owner, name, value, self.parameter_axes or self.axes or 1, **how)
        if kind == "integer" and value is not None:
            checked: Value = parameter(owner, name, value)
            return checked
        if kind == "flag":
            marked = parameter(owner, name, value) if type(value) not in (bool, int) else value
            if isinstance(marked, Unknown) or marked in (0, 1):
                return marked if isinstance(marked, Unknown) else bool(marked)
            raise RequestError(
                f"{owner}: {name} as True or False", shown(value), f"Write {name}=True."
            )
        value = tuple(value) if isinstance(value, list) else value
        if kind == "other" and metadata["allowed"] and not _allows(metadata["allowed"], value):
            raise RequestError(
                f"{owner}: {name} {metadata['need']}", shown(value), f"Change {name}."
            )
        return plain(owner, name, value) if kind == "other" else value

    def _missing(self, name: str) -> RequestError:
        names = [one.name for one in fields(self)]
        given = [
            one.name
            for one in fields(self)
            if one.name != name and getattr(self, one.name) is not one.default
        ]
        return RequestError(
            f"{type(self).__name__}: {name}",
            f"only {', '.join(f'{n}={getattr(self, n)!r}' for n in given)}" if given else "none",
            f"Write it by name, as in {type(self).__name__}({name}=3), or all of "
            f"{', '.join(names[: names.index(name) + 1])} in torch's order.",
        )

    def _in_range(self, row: Row) -> None:
        """Refuse a parameter that no input could make right, such as a stride of 0."""
        for sentence, law in row.operator.ranges.items():
            (letter,) = variables(law)
            value = row.values.get(letter)
            if isinstance(value, int) and not interpret(law, INTEGERS, {letter: value}):
                raise RequestError(
                    f"{type(self).__name__}: {text(law, names='torch')} ({sentence})",
                    f"{text(variable(letter), names='torch')} = {value}",
                    "Change it: no input size makes up for it.",
                )


def _allows(allowed: Callable[[Any], bool], value: Any) -> bool:
    try:
        return allowed(value)
    except TypeError:
        return False


REGISTERED: dict[str, type[Layer]] = {}
"""The layers of the families that have been imported, by torch's name."""


def layer(kind: type[Layer]) -> type[Layer]:
    """Register a layer under its name (a decorator)."""
    kind.__setattr__ = _frozen  # type: ignore[assignment, method-assign]
    REGISTERED[kind.__name__] = kind
    return kind


def _frozen(self: Layer, name: str, value: object) -> NoReturn:
    """Refuse every assignment, also in a class that adds no field of its own."""
    raise FrozenInstanceError(f"cannot assign {value!r} to {name!r}: write a new {self!r}")
