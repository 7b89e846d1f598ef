"""What SymPy knows of an object, asked by one thread at a time.

SymPy keeps it in a dictionary that all threads share, and looks facts up while another thread still
infers them: `(-1).is_negative` is then `None`, so `2**-1` is `2`, and SymPy's cache keeps that for
the rest of the process. A lock around the question mends it for whoever uses SymPy in this process;
the answers are SymPy's own.

Reference: `_ask` of SymPy 1.14, `sympy/core/assumptions.py`; pull request 30088 of sympy/sympy.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from functools import wraps
from importlib import import_module
from threading import RLock
from typing import Any

Ask = Callable[[str, Any], "bool | None"]
"""Asks whether an object has a property, by the property's name."""


def in_turn(ask: Ask) -> Ask:
    """Return the same function for one thread at a time; a question may ask others."""
    lock = RLock()
    if hasattr(os, "register_at_fork"):  # a process that begins meanwhile has a lock that is free
        os.register_at_fork(
            before=lock.acquire, after_in_parent=lock.release, after_in_child=lock.release
        )

    @wraps(ask)
    def asked(fact: str, of: Any) -> bool | None:
        with lock:
            return ask(fact, of)

    return asked


def ask_in_turn() -> None:
    """Have SymPy ask so, in the whole process: call it once, where SymPy is loaded."""
    knowledge: Any = import_module("sympy.core.assumptions")  # not the attribute of `sympy.core`
    knowledge._ask = in_turn(knowledge._ask)
