"""Which sizes each layer can meet, and where each of its settings leads from there.

A state is the tuple of the sizes in all lanes. States are found from the input forwards, layer by
layer; then those from which the output is out of reach are dropped. No axis of more than 2**31 - 1
cells is followed.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from symconv.designing.bounds import Bounded
from symconv.designing.lanes import Lanes
from symconv.designing.options import TOTAL, Options, holds
from symconv.designing.problem import Law, Step
from symconv.errors import UndecidedError
from symconv.layers.values import GREATEST_PARAMETER
from symconv.meanings.arrays import ARRAYS
from symconv.proving import Clock
from symconv.terms import Term, interpret

MOST_TRANSITIONS = 10**7
"""How many sizes, settings by states by lanes, are computed for one layer."""
MOST_KEPT = 2 * 10**7
"""How many settings by states are kept for all layers: so many need less than half a gigabyte."""
SHORT = 2**31
"""Numbers below it are kept in 32 bits."""
A_PIECE = 10**5
"""How many of them are computed at once."""
MOST_MARKED = 10**7
"""Up to which number values are told apart by a mark for each; beyond, they are sorted."""


@dataclass
class Stage:
    """One layer: from each state, where each setting leads and what it costs.

    Attributes:
        options: the settings.
        states: the sizes that may arrive, a row each.
        leads: for each state and setting the row of the next stage's states, or -1.
        strange: for each state and setting, how far from ordinary it is.
        cost: the same for what designs are ranked by.
    """

    options: Options
    states: Any
    leads: Any
    strange: Any
    cost: Any


@dataclass
class Network:
    """A chain's stages, and the states that come out at its end."""

    stages: tuple[Stage, ...]
    last: Any

    @property
    def feasible(self) -> bool:
        """Whether some design leads from the input to the output."""
        return len(self.last) > 0


def network(
    steps: Sequence[Step], bounds: Bounded, lanes: Lanes, prices: Sequence[Term], clock: Clock
) -> Network:
    """Follow all settings of all layers through a chain.

    Args:
        steps: the layers.
        bounds: for each layer the values of its letters, and the inputs to start from.
        lanes: the sizes to follow.
        prices: for each layer what it costs.
        clock: how long to go on.

    Raises:
        UndecidedError: there is no time left, or there are too many states.
        RequestError: a layer has too many settings.
    """
    states, stages = bounds.starts, []
    options_of: dict[Any, Options] = {}
    kept = 0
    for step, values, price in zip(steps, bounds.choices, prices, strict=True):
        clock.check()
        laws = [term for law in step.laws for term in (law.size, *law.requires.values())]
        key = (step.layer, *values.items(), *laws)
        if key not in options_of:
            options_of[key] = Options(step, values, lanes.grown)
        options = options_of[key]
        if len(states) * options.count * max(1, len(lanes.owners)) > MOST_TRANSITIONS:
            raise UndecidedError(
                f"at most {MOST_TRANSITIONS} sizes to compute for a layer",
                f"{len(states)} sizes that may reach {step}, times {options.count} settings, "
                f"times {max(1, len(lanes.owners))} sizes that are followed",
                "Narrow the ranges.",
            )
        stage, states = _stage(step, options, states, lanes, price, clock)
        stages.append(stage)
        kept += stage.leads.size
        if kept > MOST_KEPT:
            raise UndecidedError(
                f"at most {MOST_KEPT} sizes to keep for all layers",
                f"more, up to {step}",
                "Narrow the ranges, or ask about fewer layers.",
            )
    if lanes.goal is not None:
        arrived = (states == np.array(lanes.goal)).all(axis=1)
        _keep(stages[-1], arrived)
        states = states[arrived]
    for stage, before in zip(reversed(stages), [*reversed(stages[:-1]), None], strict=True):
        alive = (stage.leads >= 0).any(axis=1)
        for name in ("states", "leads", "strange", "cost"):
            setattr(stage, name, getattr(stage, name)[alive])
        if before is not None:
            _keep(before, alive)
    return Network(tuple(stages), states if len(stages[0].states) else states[:0])


def _keep(stage: Stage, alive: Any) -> None:
    """Let a stage lead to those of the next states only that are kept, in their new rows."""
    rows = np.append(np.where(alive, np.cumsum(alive) - 1, -1), -1)
    stage.leads = rows[stage.leads]


def _stage(
    step: Step, options: Options, states: Any, lanes: Lanes, price: Term, clock: Clock
) -> tuple[Stage, Any]:
    """Compute where the settings lead from these states; return that and the next states."""
    number = -(-len(states) * options.count // A_PIECE) or 1
    pieces = []
    for part in np.array_split(states, number):
        clock.check()
        pieces.append(_piece(step, options, part, lanes, price))
    outputs, valid, strange, cost = (
        np.concatenate(columns, axis=-2) for columns in zip(*pieces, strict=True)
    )
    leads = np.full(valid.shape, -1, np.int32)
    reached, leads[valid] = _distinct(outputs[:, valid])
    return Stage(options, states, leads, _short(strange), _short(cost)), reached


def _short(numbers: Any) -> Any:
    """Return numbers in 32 bits where they fit."""
    return numbers.astype(np.int32) if int(numbers.max(initial=0)) < SHORT else numbers


def _piece(
    step: Step, options: Options, states: Any, lanes: Lanes, price: Term
) -> tuple[Any, Any, Any, Any]:
    """Return outputs, whether they are ones, strangeness and cost for states and settings."""
    shape = (len(states), options.count)
    letters = {name: column[None, :] for name, column in options.columns.items()}
    valid, suited, strain = np.ones(shape, bool), np.ones(shape, bool), np.zeros(shape, np.int64)
    outputs = np.empty((len(lanes.owners), *shape), np.int64)
    for lane, (sample, axis) in enumerate(lanes.owners):
        law = step.laws[axis]
        values = {**letters, **_arriving(states, lanes.places[sample], law)}
        for term in options.requires[axis]:
            valid &= holds(term, values)
        outputs[lane] = interpret(law.size, ARRAYS, values)
        if sample == 0:  # costs are those of the first input
            values["O"] = outputs[lane]
            suited &= holds(options.suits[axis], values)
            strain = np.maximum(strain, interpret(options.strains[axis], TOTAL, values))
    valid &= ((outputs >= 0) & (outputs <= GREATEST_PARAMETER)).all(axis=0)
    place = lanes.places[0]
    values = {**letters, **_arriving(states, place, step.laws[0])}
    values |= {f"O{axis}": np.where(valid, outputs[lane], 0) for axis, lane in enumerate(place, 1)}
    cost = np.broadcast_to(interpret(price, ARRAYS, values), shape)
    strange = np.where(suited, options.strange, options.unsuited) + strain
    return outputs, valid, strange, cost


def _arriving(states: Any, place: Sequence[int], law: Law) -> Mapping[str, Any]:
    """Return the sizes that arrive at a layer, by the names that its law has for them."""
    sizes = {f"W{axis}": states[:, lane, None] for axis, lane in enumerate(place, 1)}
    if law.row.measured and sizes:
        evaluate = np.vectorize(law.row.measured.evaluate, [np.int64])
        sizes["O"] = evaluate(sizes[f"W{law.row.measured.axis + 1}"])
    return sizes


def _distinct(columns: Any) -> tuple[Any, Any]:
    """Return the distinct rows of some columns, and for each row which of them it is."""
    keys, number = np.zeros(columns.shape[1], np.int64), 1
    for column in columns:
        sizes, many = _numbered(column)
        keys, number = _numbered(keys * many + sizes)
    example = np.zeros(number if len(keys) else 0, np.int64)
    example[keys] = np.arange(len(keys))
    return columns[:, example].T, keys


def _numbered(values: Any) -> tuple[Any, int]:
    """Number the distinct values from 0 in their order; return each one's number, and how many."""
    most = int(values.max(initial=0)) + 1
    if most > MOST_MARKED:
        distinct, numbers = np.unique(values, return_inverse=True)
        return numbers, len(distinct)
    there = np.zeros(most, bool)
    there[values] = True
    numbers = np.cumsum(there) - 1
    return numbers[values], int(numbers[-1]) + 1
