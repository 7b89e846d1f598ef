"""Families of settings in closed form, searched by Z3 and run on torch.

Each part is loaded when it is first asked for: a setting needs neither SymPy nor Z3.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from symconv.families.families import Families
    from symconv.families.family import Family
    from symconv.families.search import Undecided, search
    from symconv.families.setting import Setting
    from symconv.families.verifying import Verification, witnessed

_HOME = {
    "Families": "families",
    "Family": "family",
    "Setting": "setting",
    "Undecided": "search",
    "Verification": "verifying",
    "search": "search",
    "witnessed": "verifying",
}

__all__ = ["Families", "Family", "Setting", "Undecided", "Verification", "search", "witnessed"]


def __getattr__(name: str) -> Any:
    """Load a part when it is first asked for."""
    if name in _HOME:
        return getattr(import_module(f"symconv.families.{_HOME[name]}"), name)
    raise AttributeError(f"module 'symconv.families' has no attribute {name!r}")
