"""Each parameter of each layer in turn wrong: symconv takes what torch takes, and nothing else.

`docs/limits.md` lists, by kind, what is refused on purpose though torch takes it.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import pytest

pytest.importorskip("torch")

import limits_page
import wrong_parameters
from symconv.chains import size
from symconv.errors import RequestError
from symconv.layers import LAYERS
from symconv.reading.chains import chain
from torch_answers import Refusal, quiet_torch


def excuse(sentence: str, laws: frozenset[str]) -> str | None:
    """Return what the page of limits says, if it says that this may be refused."""
    listed = {one for e in limits_page.entries() if not e.laws for one in e.sentences}
    said = (one for one in sorted(listed | limits_page.of_parameters()) if one in sentence)
    of_laws = {one for law in laws for one in limits_page.excuses(law)}
    return next(said, None) or next((one for one in of_laws if one in sentence), None)


def laws_of(name: str) -> frozenset[str]:
    (usual, *_) = wrong_parameters.written(LAYERS[name])
    rows = LAYERS[name](**usual).rows(LAYERS[name].axes or 2)
    return frozenset(row.operator.name for row in rows)


@lru_cache
def compared(name: str) -> tuple[tuple[Any, ...], frozenset[str]]:
    """Return the differences that no page excuses, and the excuses that were needed."""
    differences, excuses = [], set()
    with quiet_torch():
        for parameters in wrong_parameters.cases(name):
            theirs = wrong_parameters.torch_says(name, parameters)
            ours = wrong_parameters.symconv_says(name, parameters)
            if theirs == ours or (isinstance(theirs, Refusal) and isinstance(ours, Refusal)):
                continue
            excused = isinstance(ours, Refusal) and excuse(ours.sentence, laws_of(name))
            if excused:
                excuses.add(excused)
            else:
                differences.append((parameters, theirs, ours))
    return tuple(differences), frozenset(excuses)


@pytest.mark.parametrize("name", LAYERS)
def test_a_wrong_parameter_is_taken_just_where_torch_takes_it(name: str) -> None:
    assert compared(name)[0][:5] == ()


def test_each_kind_that_is_refused_on_purpose_is_needed() -> None:
    needed: set[str] = set().union(*(compared(name)[1] for name in LAYERS))
    assert needed >= limits_page.of_parameters()


FAULTS = {
    "LPPool1d(2, (3,))": 9,
    "ConvTranspose2d(2, 2, 3, stride=(2,), output_size=(11, 11))": 5,
    "ConvTranspose1d(2, 2, 3, output_size=(None,))": 5,
    "MaxPool1d(2, stride=(None,))": 9,
    "Conv1d(-3, 8, 3)": 9,
    "Conv1d(0, 8, 3)": 9,
    "Conv1d(3, -8, 3)": 9,
    "BatchNorm1d(-3)": 9,
    "InstanceNorm2d(-3, affine=True)": 9,
    "GroupNorm(2, 0)": 9,
    "PReLU(-1)": 9,
    "LeakyReLU('abc')": 9,
    "MaxPool1d(2, ceil_mode=1)": 9,
    "ConstantPad1d(1, '__import__(1)')": 9,
    "ConstantPad1d(1, zero)": 9,
    "Dropout(half)": 9,
    "RReLU(0.1, inf)": 9,
}
"""What was answered in 0.1.0, or ended in a traceback, and torch refuses."""


@pytest.mark.parametrize("text", FAULTS)
def test_what_torch_refuses_is_refused_without_channels_too(text: str) -> None:
    with pytest.raises(RequestError):
        size(chain(text).layers, FAULTS[text])
