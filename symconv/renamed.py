"""Arguments that had another name in 0.1.0: this version takes the old one, too, and says so."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, ParamSpec, TypeVar
from warnings import warn

P = ParamSpec("P")
R = TypeVar("R")


def renamed(**names: str | Callable[[Any], str]) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """Let a function take old names of its arguments (a decorator).

    Args:
        names: the new name of each old one, or a function that returns it for a value.

    Raises:
        TypeError: when the function is called, an argument has both its names.

    >>> @renamed(seconds="timeout")
    ... def wait(*, timeout):
    ...     return timeout
    >>> from warnings import catch_warnings, simplefilter
    >>> with catch_warnings():
    ...     simplefilter("ignore", DeprecationWarning)
    ...     wait(seconds=3)
    3
    """

    def decorate(function: Callable[P, R]) -> Callable[P, R]:
        @wraps(function)
        def renaming(*args: P.args, **kwargs: P.kwargs) -> R:
            for old, name in names.items():
                if old in kwargs:
                    new = name if isinstance(name, str) else name(kwargs[old])
                    if new in kwargs:
                        both = f"{function.__name__}() got {new} and {old}, its name in 0.1.0"
                        raise TypeError(both)
                    message = (
                        f"write {new} for {old} in {function.__name__}(): that is its name now"
                    )
                    warn(message, DeprecationWarning, stacklevel=2)
                    kwargs[new] = kwargs.pop(old)
            return function(*args, **kwargs)

        return renaming

    return decorate
