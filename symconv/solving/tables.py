"""Settings as columns of numbers by torch's names, and as cells of a table."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from symconv.questions.settings import Settings
from symconv.solving.problem import LETTERS
from symconv.vocabulary import torch_name

USUAL = {torch_name(letter) for letter in LETTERS}


def named_columns(rows: Sequence[Any]) -> dict[str, Any]:
    """Return the columns of settings that are kept as such, by torch's names."""
    if not isinstance(rows, Settings):
        return {}
    return {torch_name(letter): column for letter, column in rows.columns.items()}


def plain_columns(rows: Sequence[Any]) -> dict[str, Any]:
    """Return the same where all letters are usual ones of a layer, a number each; else none."""
    columns = named_columns(rows)
    return columns if columns.keys() <= USUAL else {}


def columns_by_axis(rows: Sequence[Mapping[str, Any]], axes: int) -> dict[str, Any]:
    """Return the columns of named settings; of numbers that some have by axis, a row for each."""
    columns = {name: [row[name] for row in rows] for name in (rows[0] if rows else ())}
    for name, values in columns.items():
        if any(isinstance(value, list) for value in values):
            columns[name] = [v if isinstance(v, list) else [v] * axes for v in values]
    return {name: np.asarray(values) for name, values in columns.items()}


def cells_of(numbers: Mapping[str, Any], traits: Mapping[str, Any]) -> dict[str, str]:
    """Write the cells of a row: its numbers, and of its traits those that a table has."""
    cells = {name: _text(value) for name, value in numbers.items()}
    for name in ("overlap", "unread", "takes"):
        if name in traits:
            none = name == "unread" and traits[name] == 0
            cells[name] = "none" if none else _text(traits[name])
    return cells


def _text(value: Any) -> str:
    """Write a value of a table; of unread cells, where they are."""
    if isinstance(value, list):
        between = "; " if any(isinstance(entry, dict) for entry in value) else ", "
        return f"({between.join(map(_text, value))})"
    if isinstance(value, dict):
        where = {"end": "at the end", "gap": "in each stride"}
        return ", ".join(f"{n} {where[place]}" for place, n in value.items() if n) or "none"
    return str(value)
