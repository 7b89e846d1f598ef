"""Boxes of settings, enumerated and counted by elimination."""

from symconv.boxes.columns import Columns, TimeUp, count, rows
from symconv.boxes.plan import Plan, plan

__all__ = ["Columns", "Plan", "TimeUp", "count", "plan", "rows"]
