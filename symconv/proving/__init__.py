"""Claims about integers, decided: proved, refuted with the smallest counterexample, or unknown.

A prover is loaded when a claim is first put to it: the checker of certificates does without Z3,
and sizes of numbers need none at all.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from symconv.proving.clock import INTERRUPTED, TIME_UP, Clock, clock_of, over
from symconv.proving.verdict import Verdict

if TYPE_CHECKING:
    from symconv.proving.exactprover import holding, prove_exactly
    from symconv.proving.parity import prove_by_parity
    from symconv.proving.z3prover import follows, prove

_HOME = {
    "follows": "z3prover",
    "holding": "exactprover",
    "prove": "z3prover",
    "prove_by_parity": "parity",
    "prove_exactly": "exactprover",
}

__all__ = [
    "INTERRUPTED",
    "TIME_UP",
    "Clock",
    "Verdict",
    "clock_of",
    "follows",
    "holding",
    "over",
    "prove",
    "prove_by_parity",
    "prove_exactly",
]


def __getattr__(name: str) -> Any:
    """Load a prover when it is first asked for."""
    if name in _HOME:
        return getattr(import_module(f"symconv.proving.{_HOME[name]}"), name)
    raise AttributeError(f"module 'symconv.proving' has no attribute {name!r}")
