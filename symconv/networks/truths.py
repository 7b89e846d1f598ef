"""Statements about recorded sizes: terms, or plain truth values where nothing depends on `W`."""

from __future__ import annotations

from symconv.terms import Term

Truth = Term | bool


def both(a: Truth, b: Truth) -> Truth:
    """State that two statements hold."""
    if isinstance(a, bool):
        return b if a else False
    if isinstance(b, bool):
        return a if b else False
    return a if a is b else a & b


def either(a: Truth, b: Truth) -> Truth:
    """State that one of two statements holds."""
    if isinstance(a, bool):
        return True if a else b
    if isinstance(b, bool):
        return True if b else a
    return a if a is b else a | b
