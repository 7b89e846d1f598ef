"""What a layer's parameters are: small classes, each of which checks what somebody wrote.

A layer's body declares them, `kernel_size: Any = Size()`, and `Layer` makes a frozen dataclass of
it. Those with a letter (`in_laws`) stand in the laws; no size depends on the others.
"""

from __future__ import annotations

from collections.abc import Callable
from copy import copy
from typing import Any, ClassVar

from symconv.errors import RequestError, in_words, near_name, shown
from symconv.layers.values import (
    NOT_WRITTEN,
    OF_AXES,
    WHOLE,
    Unknown,
    parameter,
    per_axis,
    plain,
    unknown,
)
from symconv.vocabulary import LETTERS, VOCABULARY

TRUTH = "as True or False"
TRUTHS = ("True", "False")


class Parameter:
    """One parameter of a layer, by itself a value that no size depends on.

    Args:
        default: torch's, or `NOT_WRITTEN` where there is none.
        none: whether `None` may be written; where it is the default, it may.
        usual: an ordinary value, for examples.
        allowed: which values torch takes, and how that is said, as in `"as 0 or more"`.
        says: what it means and its unit, for `help`.
    """

    in_laws: ClassVar[bool] = False
    words: tuple[str, ...] = ()
    """What may be written that is no number, as far as that is known."""
    usual: Any = 1
    name = ""
    by_name = False

    def __init__(
        self,
        default: Any = NOT_WRITTEN,
        *,
        none: bool = False,
        usual: Any = None,
        allowed: tuple[Callable[[Any], bool], str] | None = None,
        says: str = "",
    ) -> None:
        """Keep what is particular to a parameter; the rest is its class's."""
        self.default, self.none, self.allowed = default, none or default is None, allowed
        self.usual, self._says = usual or type(self).usual, says

    def __set_name__(self, owner: type, name: str) -> None:
        """Take the name that a class gives to it."""
        self.name = name

    @property
    def required(self) -> bool:
        """Whether torch has no default and it may not be left out."""
        return self.default is NOT_WRITTEN

    @property
    def letter(self) -> str:
        """What it is called in the laws."""
        return LETTERS.get(self.name, self.name)

    @property
    def says(self) -> str:
        """What it means and its unit."""
        word = VOCABULARY.get(self.letter)
        return self._says or (word.meaning if word and self.in_laws else "as in torch")

    def checked(self, owner: str, value: Any, axes: int) -> Any:
        """Return what was written as the layer keeps it, or say in three beats why it is wrong."""
        if value is None and self.none:
            return None
        value = self._kept(owner, value, axes)
        if self.allowed and not _holds(self.allowed[0], value):
            raise self._error(owner, self.allowed[1], value)
        return value

    def written(self, number: int) -> Any:
        """Return a number of the laws as it is written in a layer."""
        return number

    def _kept(self, owner: str, value: Any, axes: int) -> Any:  # noqa: ARG002
        return plain(owner, self.name, tuple(value) if isinstance(value, list) else value)

    def _error(self, owner: str, needed: str, value: Any, write: str = "") -> RequestError:
        if not write and self.words:
            near = near_name(value, self.words) if isinstance(value, str) else ""
            write = near or f"Write for instance {self.name}={self.words[0]!r}."
        return RequestError(
            f"{owner}: {self.name} {needed}", shown(value), write or f"Change {self.name}."
        )


def by_name(one: Parameter) -> Parameter:
    """Return a parameter that may be written by its name only."""
    one.by_name = True
    return one


def _holds(allowed: Callable[[Any], bool], value: Any) -> bool:
    try:
        return allowed(value)
    except TypeError:
        return False


class Real(Parameter):
    """A number that no size depends on: a slope, a probability, what is added to a variance."""

    def _kept(self, owner: str, value: Any, axes: int) -> Any:  # noqa: ARG002
        if not isinstance(value, (int, float)):
            write = f"Write for instance {self.name}={self.usual}."
            raise self._error(owner, "as a number", value, write)
        return value


class Switch(Parameter):
    """A truth value that no size depends on; torch takes anything, this also 0, 1 and `None`."""

    words = TRUTHS

    def _kept(self, owner: str, value: Any, axes: int) -> Any:  # noqa: ARG002
        if value is not None and not (isinstance(value, int) and value in (0, 1)):
            raise self._error(owner, TRUTH, value, f"Write {self.name}=True.")
        return value


class Choice(Parameter):
    """One of some words."""

    def __init__(self, default: str, *words: str, says: str = "") -> None:
        """Keep the words; where there is only one, nothing else is allowed."""
        self.words = words = words or (default,)
        how = f"as one of {', '.join(words)}" if len(words) > 1 else f"as {default}"
        super().__init__(default, allowed=(lambda value: value in words, how), says=says)


class Number(Parameter):
    """An integer of the whole layer, such as a number of channels.

    Args:
        default: as in `Parameter`.
        least: below which torch takes no value, whatever the input.
        left_out: whether it may be left out, and is then nothing.
        letter: what it is called in the laws, where that is not its name's letter.
        others: as in `Parameter`.
    """

    in_laws = True
    usual = 2

    def __init__(
        self,
        default: Any = NOT_WRITTEN,
        *,
        least: int | None = None,
        left_out: bool = False,
        letter: str = "",
        **others: Any,
    ) -> None:
        """Keep what is particular to numbers."""
        super().__init__(default, **others)
        self.least, self.left_out, self._letter = least, left_out, letter

    @property
    def required(self) -> bool:
        """Whether torch has no default and it may not be left out."""
        return super().required and not self.left_out

    @property
    def letter(self) -> str:
        """What it is called in the laws."""
        return self._letter or super().letter

    def _kept(self, owner: str, value: Any, axes: int) -> Any:  # noqa: ARG002
        if self.left_out and (value is None or value is NOT_WRITTEN):
            return None
        value = parameter(owner, self.name, value, WHOLE)
        if self.least is not None and isinstance(value, int) and value < self.least:
            raise self._error(
                owner,
                f"as {self.least} or more",
                value,
                "Change it: no input size makes up for it.",
            )
        return value


class Size(Number):
    """A number for each axis, or one for all axes alike.

    Args:
        default: as in `Parameter`.
        expands: whether torch takes a tuple of one entry for all axes.
        follows: which parameter it is equal to where it is not written.
        keeps: whether `None` in a tuple keeps an axis.
        others: as in `Number`.
    """

    def __init__(
        self,
        default: Any = NOT_WRITTEN,
        *,
        expands: bool = False,
        follows: str = "",
        keeps: bool = False,
        **others: Any,
    ) -> None:
        """Keep what is particular to sizes."""
        super().__init__(default, **others)
        self.expands, self.follows, self.keeps = expands, follows, keeps

    def checked(self, owner: str, value: Any, axes: int) -> Any:
        """Return what was written; nothing, or what torch takes for nothing, follows."""
        empty = self.expands and isinstance(value, (tuple, list)) and not value
        if self.follows and (value is None or value is NOT_WRITTEN or empty):
            return NOT_WRITTEN
        return super().checked(owner, value, axes)

    def _kept(self, owner: str, value: Any, axes: int) -> Any:
        if isinstance(value, str) and value in self.words:
            return value
        if isinstance(value, str) and self.words and unknown(value) is None:
            words = in_words(self.words, "or")
            raise self._error(owner, f"{OF_AXES}; or {words}", value)
        return per_axis(owner, self.name, value, axes, none=self.keeps, expands=self.expands)


def asked() -> Parameter:
    """Return the output size of a layer that torch asks for it, where it is, in the call."""
    says = "the size to ask for, in cells: torch takes it when it is called"
    return by_name(Size(None, letter="O", says=says))


def one_for_each_axis(size: Parameter) -> Parameter:
    """Return a size where torch takes no tuple of one entry for all axes."""
    own = copy(size)
    own.expands = False  # type: ignore[attr-defined]
    return own


class Padding(Size):
    """A padding: a number for each axis, or `"same"` or `"valid"`."""

    words = ("same", "valid")


class Flag(Parameter):
    """A truth value that sizes depend on, such as `ceil_mode`; it may be unknown."""

    in_laws = True
    words = TRUTHS

    def written(self, number: int) -> bool:
        """Return a number of the laws as it is written in a layer."""
        return bool(number)

    def _kept(self, owner: str, value: Any, axes: int) -> Any:  # noqa: ARG002
        if type(value) is bool:
            return value
        marked = None if isinstance(value, int) else unknown(value)
        if not isinstance(marked, Unknown):
            raise self._error(owner, TRUTH, value, f"Write {self.name}=True.")
        return marked
