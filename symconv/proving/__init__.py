"""Claims about integers, decided: proved, refuted with the smallest counterexample, or unknown."""

from symconv.proving.parity import prove_by_parity
from symconv.proving.verdict import Verdict
from symconv.proving.z3prover import prove

__all__ = ["Verdict", "prove", "prove_by_parity"]
