"""Which settings people build, and how often: data, counted once from models and papers.

`known.json` has a table for each operator that occurs often enough: its letters, and rows of their
numbers, each with how many architectures have such a layer. An operator without a table of its own
has what its family's tables say of its letters. `benchmarks/collect_settings.py` made the data.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Mapping
from functools import cache
from importlib.resources import files
from typing import NamedTuple

from symconv.operators import OPERATORS, Operator
from symconv.operators.ordinary import letters_of
from symconv.terms import variables

DATA = "known.json"
SIZES = "W"


class Table(NamedTuple):
    """The settings of an operator that are known, the most frequent first.

    Attributes:
        letters: the letters of a setting, sorted.
        counts: for each setting, as numbers in the letters' order, how many architectures have it.
    """

    letters: tuple[str, ...] = ()
    counts: Mapping[tuple[int, ...], int] = {}

    def agreeing(self, written: Mapping[str, int]) -> Iterator[dict[str, int]]:
        """Yield the settings in which some letters have the numbers that are written."""
        for row in self.counts:
            setting = dict(zip(self.letters, row, strict=True))
            if all(setting.get(letter, number) == number for letter, number in written.items()):
                yield setting

    def count(self, numbers: Mapping[str, int]) -> int:
        """Return how many architectures have a setting; its other letters do not matter."""
        return self.counts.get(tuple(numbers[letter] for letter in self.letters), 0)


@cache
def tables() -> Mapping[str, Table]:
    """Return the data: a table for each operator that has one."""
    data = json.loads(files("symconv.operators").joinpath(DATA).read_text(encoding="utf-8"))
    return {
        name: _ordered(tuple(one["letters"]), {tuple(row[:-1]): row[-1] for row in one["rows"]})
        for name, one in data.items()
    }


def letters(operator: Operator) -> frozenset[str]:
    """Return the letters of an operator's settings: those of its windows and of its size.

    >>> sorted(letters(OPERATORS["lp_pool"]))
    ['F', 'S', 'ceil_mode']
    """
    windows = letters_of(operator.kernel) if operator.kernel else frozenset()
    return windows.union(variables(operator.size)) - {SIZES}


def known(operator: Operator) -> Table:
    """Return the settings of an operator that people build, the most frequent first.

    >>> conv = known(OPERATORS["conv"].symmetric)
    >>> next(conv.agreeing({"S": 2}))
    {'D': 1, 'F': 3, 'P': 1, 'S': 2}
    """
    return _known(operator.name, operator.family, letters(operator))


@cache
def _known(name: str, family: str, own: frozenset[str]) -> Table:
    table = tables().get(name)
    if table is not None:
        return table if own.issuperset(table.letters) else Table()
    counts: Counter[tuple[int, ...]] = Counter()
    names = tuple(sorted(own))
    for relative, table in tables().items():
        if OPERATORS[relative].family == family and own.issubset(table.letters):
            for setting in table.agreeing({}):
                counts[tuple(setting[letter] for letter in names)] += table.count(setting)
    return _ordered(names, counts)


def rarity(operator: Operator, numbers: Mapping[str, int]) -> int:
    """Return how many known settings of an operator are more frequent than this one.

    Those that are equally frequent have the same rank, and those that are not known come after
    all that are. It is finite for every setting.

    Args:
        operator: the operator.
        numbers: a number for each of its letters; others do not matter.

    >>> conv, numbers = OPERATORS["conv"].symmetric, {"S": 1, "P": 0, "D": 1}
    >>> rarity(conv, {"F": 1, **numbers}), rarity(conv, {"F": 3, **numbers, "P": 1})
    (0, 1)
    """
    table = known(operator)
    count = table.count(numbers)
    return sum(other > count for other in table.counts.values())


def _ordered(names: tuple[str, ...], counts: Mapping[tuple[int, ...], int]) -> Table:
    return Table(names, dict(sorted(counts.items(), key=lambda item: (-item[1], item[0]))))
