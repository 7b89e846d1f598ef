"""Frozen values that a law is described by: how it reads, how it scales, what its padding copies.

There are many kinds of them, and the command line starts with them all. So they are declared like
dataclasses, but nothing is compiled for a kind.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import FrozenInstanceError
from typing import Any, ClassVar, NoReturn, Self, dataclass_transform

from symconv.terms import Term, TermLike, substitute


@dataclass_transform(kw_only_default=True, frozen_default=True)
class Value:
    """A value of named parts, such as terms; it is made by their names and never changes.

    A class declares its parts as a dataclass does, with their defaults. Two values are equal if
    they have the same class and equal parts.
    """

    parts: ClassVar[tuple[str, ...]] = ()
    """The names of the parts, those of the base first."""

    def __init_subclass__(cls) -> None:
        """Take the parts that the class declares."""
        super().__init_subclass__()
        declared = (
            name for name, kind in cls.__annotations__.items() if "ClassVar" not in str(kind)
        )
        cls.parts = tuple(dict.fromkeys((*cls.parts, *declared)))

    def __init__(self, **parts: Any) -> None:
        """Keep the parts; what is left out has its default."""
        wrong = [name for name in parts if name not in self.parts]
        wrong += [name for name in self.parts if name not in parts and not hasattr(self, name)]
        if wrong:
            raise TypeError(f"{type(self).__name__} is made of {self.parts}: see {wrong}")
        vars(self).update(parts)

    def changed(self, **parts: Any) -> Self:
        """Return the same with other parts."""
        return type(self)(**vars(self) | parts)

    def where(self, replacements: Mapping[Term, TermLike]) -> Self:
        """Return the same with some letters replaced, in every part."""
        changes: dict[str, Any] = {}
        for name, part in self._named():
            if isinstance(part, Term):
                changes[name] = substitute(part, replacements)
            elif isinstance(part, Value):
                changes[name] = part.where(replacements)
        return self.changed(**changes)

    def _named(self) -> tuple[tuple[str, Any], ...]:
        return tuple((name, getattr(self, name)) for name in self.parts)

    def __eq__(self, other: object) -> bool:
        return self._named() == other._named() if type(other) is type(self) else NotImplemented

    def __hash__(self) -> int:
        return hash((type(self), self._named()))

    def __repr__(self) -> str:
        """Write it as it is made."""
        parts = ", ".join(f"{name}={part!r}" for name, part in self._named())
        return f"{type(self).__name__}({parts})"

    def __setattr__(self, name: str, part: object) -> NoReturn:
        """Refuse: a value never changes."""
        raise FrozenInstanceError(f"cannot assign to {name!r}: write `changed({name}=...)`")

    def __delattr__(self, name: str) -> NoReturn:
        """Refuse: a value never changes."""
        raise FrozenInstanceError(f"cannot delete {name!r}")
