"""Rules: for which letters a relation holds for all sizes, and all of them in closed form."""

from symconv.rules.family import family
from symconv.rules.rule import Rule, forall

__all__ = ["Rule", "family", "forall"]
