"""Our sizes and refusals against real torch, over more than 100,000 configurations.

`docs/limits.md` is the closed list of differences that are excused. Run with `-s` for the counts.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from functools import lru_cache

import pytest

pytest.importorskip("torch")

import limits_page
import torch_folds  # noqa: F401  (importing a family registers its generators)
import torch_keeping  # noqa: F401
import torch_pools  # noqa: F401
import torch_resizings  # noqa: F401
import torch_windows  # noqa: F401
from symconv.operators import OPERATORS, Operator
from symconv.terms import both
from torch_answers import (
    Answer,
    Refusal,
    broken,
    our_answer,
    quiet_torch,
    torch_answer,
)
from torch_configurations import GENERATORS, Configuration, configurations

EACH = 2300
ALONE = 20
EXCUSED_AT_MOST = 0.02


@dataclass
class Tally:
    """What came of the configurations of one operator."""

    total: int = 0
    refused: int = 0
    alone: Counter[str] = field(default_factory=Counter)
    excused: Counter[str] = field(default_factory=Counter)
    disagreements: list[tuple[Configuration, Answer, Answer]] = field(default_factory=list)


def tally(operator: str, given: Iterable[Configuration]) -> Tally:
    """Ask torch and symconv about each configuration."""
    found = Tally()
    with quiet_torch():
        for one in given:
            theirs, ours = torch_answer(one), our_answer(one)
            found.total += 1
            found.refused += isinstance(theirs, Refusal)
            if isinstance(ours, Refusal):
                causes = broken(one, operator)
                found.alone.update(causes if causes and len(causes) == 1 else ())
            if isinstance(ours, Refusal) and isinstance(theirs, Refusal):
                continue
            if isinstance(ours, Refusal) and ours.sentence in limits_page.excuses(operator):
                found.excused[ours.sentence] += 1
            elif theirs != ours:
                found.disagreements.append((one, theirs, ours))
    return found


@lru_cache
def compared(operator: str) -> Tally:
    """Return the tally of an operator, the same whoever asks first."""
    return tally(operator, configurations(operator, EACH))


def test_each_operator_has_a_generator() -> None:
    assert GENERATORS.keys() == OPERATORS.keys()


@pytest.mark.parametrize("operator", OPERATORS)
def test_torch_gives_the_same_sizes_and_refuses_the_same(operator: str) -> None:
    found = compared(operator)
    assert found.total >= 1000
    assert found.disagreements[:5] == []


@pytest.mark.parametrize("operator", OPERATORS)
def test_each_requirement_is_often_the_only_cause(operator: str) -> None:
    alone = compared(operator).alone
    seldom = {s: alone[s] for s in OPERATORS[operator].requires if alone[s] < ALONE}
    assert seldom == {}


@pytest.mark.parametrize("operator", OPERATORS)
def test_each_excuse_is_needed_and_seldom_used(operator: str) -> None:
    found = compared(operator)
    listed = limits_page.excuses(operator) & OPERATORS[operator].requires.keys()
    assert found.excused.keys() == listed
    assert all(count < EXCUSED_AT_MOST * found.total for count in found.excused.values())


def test_every_excuse_is_about_a_requirement_that_there_is() -> None:
    for entry in limits_page.entries():
        requirements = {s for law in entry.laws for s in OPERATORS[law].requires}
        assert entry.sentences <= requirements or not entry.laws


def test_the_whole_grid_is_large_and_has_its_share_of_refusals() -> None:
    grid = {operator: compared(operator) for operator in OPERATORS}
    total = sum(one.total for one in grid.values())
    refused = sum(one.refused for one in grid.values())
    for operator, one in grid.items():
        rarest = min((one.alone[s] for s in OPERATORS[operator].requires), default="-")
        print(
            f"{operator:24}{one.total:6} configurations, {one.refused:5} refused, "
            f"{sum(one.excused.values()):3} excused; rarest only cause {rarest}"
        )
    print(f"{total} configurations, {refused} refused ({refused / total:.1%})")
    assert total >= 100_000
    assert 0.25 <= refused / total <= 0.35


def faulty(operator: Operator, fault: str) -> Operator:
    """Return the operator with a size that is too large, or a requirement too many or too few."""
    if fault == "a size too large by one":
        return replace(operator, size=operator.size + 1)
    if fault == "nothing is taken":
        return replace(operator, requires=dict(operator.requires) | {fault: ~both()})
    return replace(operator, requires=operator.without(fault))


FAULTS = [
    ("conv", "a size too large by one"),
    ("keep", "nothing is taken"),
    ("conv", "one window fits the padded input"),
    ("conv", "the groups divide the output channels"),
    ("conv_transpose", "output padding is less than the stride or the dilation"),
    ("max_pool", "padding is at most half the kernel"),
    ("fold", "there is one input cell for each window of the output"),
    ("reflection_pad", "some axis of the output has a cell"),
]


@pytest.mark.parametrize(("operator", "fault"), FAULTS)
def test_a_planted_fault_is_found(
    operator: str, fault: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(OPERATORS, operator, faulty(OPERATORS[operator], fault))
    assert tally(operator, configurations(operator, 500)).disagreements


def test_a_refusal_that_is_not_listed_is_not_excused(monkeypatch: pytest.MonkeyPatch) -> None:
    pad = OPERATORS["circular_pad"]
    (listed,) = limits_page.excuses("circular_pad")
    renamed = {("another sentence" if s == listed else s): t for s, t in pad.requires.items()}
    monkeypatch.setitem(OPERATORS, "circular_pad", replace(pad, requires=renamed))
    one = Configuration("CircularPad1d", {"padding": (3, -2)}, (4,))
    assert tally("circular_pad", [one]).disagreements == [(one, (5,), Refusal("another sentence"))]
