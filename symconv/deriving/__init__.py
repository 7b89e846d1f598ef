"""Laws and families derived with SymPy, step by step, each step checked."""

from symconv.deriving.derivation import Derivation
from symconv.deriving.derivations import DERIVATIONS, derive
from symconv.deriving.laws import law, takes
from symconv.deriving.steps import Step

__all__ = ["DERIVATIONS", "Derivation", "Step", "derive", "law", "takes"]
