"""Values of libraries that need not have been loaded."""

from __future__ import annotations

import sys


def is_a(value: object, library: str, name: str) -> bool:
    """Whether a value is of a library's class; the library is not loaded to ask.

    Args:
        value: anything.
        library: a module, perhaps one that another thread is just loading: as long as it lacks the
            class, nobody has a value of it.
        name: the class in it.

    >>> is_a(3, "sympy", "Expr")
    False
    """
    kind = getattr(sys.modules.get(library), name, None)
    return kind is not None and isinstance(value, kind)
