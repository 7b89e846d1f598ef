"""Dynamic programming over a network, from its end: least costs, and numbers of designs.

A table has a row for each state that may reach a layer and a column for each receptive field that
the rest of the chain may have, those beyond what is asked for in the last column. Receptive fields
compose from the end (`symconv.chains.receptive.seen`). One more row stands for what leads nowhere.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from math import prod
from typing import Any, NamedTuple

import numpy as np

from symconv.designing.network import Network, Stage
from symconv.designing.options import Options
from symconv.designing.problem import Step
from symconv.errors import UndecidedError
from symconv.meanings.arrays import ARRAYS
from symconv.operators.reading import r
from symconv.proving import Clock
from symconv.terms import interpret

GREATEST = 2**62
"""Numbers below it can be added in 64 bits; where numbers may be greater, Python's are used."""


def exact(most: int) -> Any:
    """Return the type of arrays whose numbers never exceed `most`."""
    return np.int64 if most < GREATEST else object


A_PIECE = 10**6
"""How many entries are added up or compared at once."""
MOST_PLACES = 10**7
"""So large a table of receptive fields is made in about a second."""


class Landing(NamedTuple):
    """In which column each column of the rest lands, for the settings of one layer.

    Attributes:
        columns: a row for each setting.
        kinds: settings under which the columns land alike, and their row.
    """

    columns: Any
    kinds: Sequence[tuple[Any, Any]]


def landing(options: Options, step: Step, reach: int) -> Landing:
    """Return where receptive fields of the rest, up to `reach`, land before a layer.

    Raises:
        UndecidedError: the table would be too large.
    """
    if options.count * reach > MOST_PLACES:
        raise UndecidedError(
            f"a table of at most {MOST_PLACES} places, settings of a layer times receptive fields",
            f"{options.count} x {reach}",
            "Narrow the ranges, or ask for a smaller field.",
        )
    letters = {name: column[:, None] for name, column in options.columns.items()}
    rest = np.arange(1, reach + 1)[None, :]
    columns = np.zeros((options.count, reach), np.int64)
    if reach > 1 and step.laws[0].seen is not None:
        seen = interpret(step.laws[0].seen, ARRAYS, letters | {r.args[0]: rest})
        columns = np.broadcast_to(np.minimum(seen, reach) - 1, columns.shape)
    rows, kinds = np.unique(columns, axis=0, return_inverse=True)
    return Landing(columns, [(np.flatnonzero(kinds == at), row) for at, row in enumerate(rows)])


def least(
    network: Network, lands: Sequence[Landing], totals: Sequence[Any], never: int, clock: Clock
) -> list[Any]:
    """Return for each layer, and for the end, the least cost of the rest; `never` where none is.

    Args:
        network: what leads where.
        lands: for each layer where columns land.
        totals: for each layer, what each setting costs in each state.
        never: more than any design costs.
        clock: how long to go on.
    """
    table = _end(network, lands, never, 0, exact(never))
    found = [table]
    for stage, land, total in zip(
        reversed(network.stages), reversed(lands), reversed(totals), strict=True
    ):
        clock.check()
        table = np.minimum(_before(stage, land, table, never, np.minimum, total), never)
        found.append(table)
    return found[::-1]


def number(network: Network, lands: Sequence[Landing], wanted: Iterable[int], clock: Clock) -> int:
    """Return how many designs there are whose receptive field stands in a wanted column."""
    table = numbers(network, lands, clock)[0]
    return sum(int(count) for column in wanted for count in table[:-1, column])


def numbers(network: Network, lands: Sequence[Landing], clock: Clock) -> list[Any]:
    """Return for each layer, and for the end, in how many ways the rest goes on.

    Raises:
        UndecidedError: there is no time left.
    """
    kind = exact(prod(stage.options.count for stage in network.stages))
    tables = [_end(network, lands, 0, 1, kind)]
    for stage, land in zip(reversed(network.stages), reversed(lands), strict=True):
        clock.check()
        tables.append(_before(stage, land, tables[-1], 0, np.add))
    return tables[::-1]


def chosen(table: Any, columns: Iterable[int], place: int) -> tuple[int, int, int]:
    """Return the state and the column in which the design at a place begins, and its place there.

    Args:
        table: in how many ways the chain goes on.
        columns: the columns that are wanted.
        place: a place below the sum of these numbers.
    """
    for column in columns:
        for state, count in enumerate(table[:-1, column].tolist()):
            if place < count:
                return state, column, place
            place -= count
    raise IndexError("there are not so many designs")


def turned(
    stage: Stage, land: Landing, after: Any, at: tuple[int, int, int]
) -> tuple[int, int, int, int]:
    """Return where a design goes on behind a layer: state, column, the setting taken, its place."""
    state, column, place = at
    leads = stage.leads[state]
    settings, columns = np.nonzero((land.columns == column) & (leads >= 0)[:, None])
    for setting, rest in zip(settings.tolist(), columns.tolist(), strict=True):
        count = int(after[leads[setting], rest])
        if place < count:
            return int(leads[setting]), rest, setting, place
        place -= count
    raise IndexError("there are not so many designs")


def _end(network: Network, lands: Sequence[Landing], none: int, one: int, kind: Any) -> Any:
    """Return the table at the end of the chain, where one cell sees itself."""
    table = np.full((len(network.last) + 1, lands[-1].columns.shape[1]), none, kind)
    table[:-1, 0] = one
    return table


def _before(
    stage: Stage, land: Landing, table: Any, none: int, choose: np.ufunc, total: Any = None
) -> Any:
    """Return the table before a layer from the one after it.

    Settings under which the columns land alike are taken together. A column lands to the right of
    the one before it until the last is reached, where all the others land.
    """
    filled = np.full((len(stage.states) + 1, table.shape[1]), none, table.dtype)
    for chosen, row in land.kinds:
        apart = int(np.searchsorted(row, table.shape[1] - 1))
        beyond = choose.reduce(table[:, apart:], axis=1)
        onward, into = np.column_stack([table[:, :apart], beyond]), [*row[:apart], -1]
        for states in _cut(len(stage.states), len(chosen) * len(into)):
            after = onward[stage.leads[states][:, chosen]]
            if total is not None:
                after = after + total[states][:, chosen, None]
            filled[states, into] = choose(filled[states, into], choose.reduce(after, axis=1))
    return filled


def _cut(number: int, weight: int) -> Iterator[slice]:
    """Cut rows into pieces of which each, times its weight, is not too large."""
    length = max(1, A_PIECE // max(1, weight))
    return (slice(n, min(n + length, number)) for n in range(0, number, length))
