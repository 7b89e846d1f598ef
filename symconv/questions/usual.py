"""The settings that people build and that meet a statement, as columns, in order."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from symconv.meanings.integers import compiled
from symconv.questions.order import Order
from symconv.questions.settings import Settings
from symconv.terms import Term, both, defined


def usual(order: Order, statement: Term, fixed: Mapping[str, int]) -> Settings:
    """Return the known settings that meet a statement: those that read every cell first.

    Args:
        order: what the settings of the layer are ordered by.
        statement: what must hold, in the letters.
        fixed: the letters that have numbers.
    """
    rows = list(order.built(fixed))
    if not rows or order.kernel is None:
        return Settings.none(order.letters)
    holds = compiled(both(defined(statement), statement, order.suited), order.letters)
    lost = compiled(order.lost, order.letters)
    weight = compiled(order.weight(), order.letters)
    places = []
    for count, row in rows:
        numbers = tuple(row.values())
        if holds(*numbers):
            places.append((lost(*numbers) > 0, -count, weight(*numbers), numbers))
    table = np.asarray([numbers for *_, numbers in sorted(places)], np.int64)
    table = table.reshape(len(places), len(order.letters))
    return Settings(order.letters, dict(zip(order.letters, table.T, strict=True)))


def without(settings: Settings, others: Settings) -> Settings:
    """Return settings that are none of some others, of which there are few."""
    if not len(settings) or not len(others):
        return settings
    alike: Any = np.ones(len(settings), bool)
    for letter, column in settings.columns.items():
        alike &= np.isin(column, others.columns[letter])
    taken = {tuple(row.values()) for row in others}
    places = [n for n in np.flatnonzero(alike) if tuple(settings[int(n)].values()) in taken]
    return settings.some(np.delete(np.arange(len(settings)), places))
