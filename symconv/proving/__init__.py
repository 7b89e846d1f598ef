"""Claims about integers, decided: proved, refuted with the smallest counterexample, or unknown."""

from symconv.proving.exactprover import holding, prove_exactly
from symconv.proving.interrupt import INTERRUPTED, between_questions
from symconv.proving.parity import prove_by_parity
from symconv.proving.verdict import Verdict
from symconv.proving.z3prover import end_question, prove

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
