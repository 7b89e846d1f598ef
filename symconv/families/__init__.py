"""Families of settings in closed form, searched by Z3 and run on torch."""

from symconv.families.family import Family
from symconv.families.search import Undecided, search
from symconv.families.setting import Setting
from symconv.families.verifying import Verification, witnessed

__all__ = ["Family", "Setting", "Undecided", "Verification", "search", "witnessed"]
