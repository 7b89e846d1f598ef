"""Laws and families derived with SymPy, step by step, each step checked."""

from symconv.deriving.closed_form import family
from symconv.deriving.derivation import Derivation
from symconv.deriving.derivations import DERIVATIONS, derive
from symconv.deriving.laws import law
from symconv.deriving.rules import Rule, forall
from symconv.deriving.steps import Step

__all__ = ["DERIVATIONS", "Derivation", "Rule", "Step", "derive", "family", "forall", "law"]
