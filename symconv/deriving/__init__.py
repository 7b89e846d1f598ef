"""Laws and families derived with SymPy, step by step, each step checked."""

from symconv.deriving.derive import DERIVATIONS, derive
from symconv.deriving.family import family
from symconv.deriving.forall import Rule, forall
from symconv.deriving.laws import law
from symconv.deriving.steps import Derivation, Step

__all__ = ["DERIVATIONS", "Derivation", "Rule", "Step", "derive", "family", "forall", "law"]
