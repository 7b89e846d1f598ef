"""Floating-point numbers that Python has no literal for."""

from __future__ import annotations

import re


def as_code(call: str) -> str:
    """Return a layer's call as Python runs it.

    >>> as_code("Hardtanh(min_val=-inf, max_val=inf)")
    "Hardtanh(min_val=float('-inf'), max_val=float('inf'))"
    """
    return re.sub(r"=(-?inf|nan)\b", r"=float('\1')", call)
