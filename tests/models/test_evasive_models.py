"""Whatever a model does to a size, nothing wrong is said of it."""

import inspect

import pytest

pytest.importorskip("torch")

import evasive_models
from torch import nn

from forwards import differing
from symconv import audit

SHAPES = {"Turned": "2,3,W,4", "Rolled": "2,3,W,4"}
MODELS = {
    name: model
    for name, model in inspect.getmembers(evasive_models, inspect.isclass)
    if issubclass(model, nn.Module) and model.__module__ == "evasive_models"
}
TRUE = {
    "CountsByTruth",
    "TurnsBits",
    "SetsColumns",
    "SetsRows",
    "AddsRows",
    "Divides",
    "ByGroups",
    "WritesBytes",
    "CountsByItsForm",
}
"""Of these models all is known."""


@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize("name", MODELS)
def test_nothing_wrong_is_said(name):
    answer = audit(MODELS[name], SHAPES.get(name, "1,1,W"), timeout=300)
    assert answer.verdict == "proved" or name not in TRUE
    assert differing(answer, MODELS[name](), range(1, 80)) == []


def test_there_are_many():
    assert len(MODELS) > 20
