"""Boxes of settings, enumerated and counted by elimination."""

from symconv.boxes.columns import Columns, count, rows
from symconv.boxes.levels import Plan
from symconv.boxes.plan import plan

__all__ = ["Columns", "Plan", "count", "plan", "rows"]
