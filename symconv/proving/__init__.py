"""Claims about integers, decided: proved, refuted with the smallest counterexample, or unknown.

Z3 is loaded when a claim is first put to it: the checker of certificates does without.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from symconv.proving.exactprover import holding, prove_exactly
from symconv.proving.interrupt import INTERRUPTED, between_questions
from symconv.proving.verdict import Verdict

if TYPE_CHECKING:
    from symconv.proving.parity import prove_by_parity
    from symconv.proving.z3prover import end_question, prove

_HOME = {"prove": "z3prover", "end_question": "z3prover", "prove_by_parity": "parity"}

__all__ = [
    "INTERRUPTED",
    "Verdict",
    "between_questions",
    "end_question",
    "holding",
    "prove",
    "prove_by_parity",
    "prove_exactly",
]


def __getattr__(name: str) -> Any:
    """Load a prover when it is first asked for."""
    if name in _HOME:
        return getattr(import_module(f"symconv.proving.{_HOME[name]}"), name)
    raise AttributeError(f"module 'symconv.proving' has no attribute {name!r}")
