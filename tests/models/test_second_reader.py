"""Two readers that share no code find the same sizes, wherever the second one asks no integer.

`Nest` and `PrimePyramid` are left out: torch's one-dimensional pools take plain integers, so that
its own `ShapeEnv` follows one size after the other.
"""

import logging
from pathlib import Path

import pytest

pytest.importorskip("torch")

import spine
import torch

from forwards import axes_of
from second_reader import WINDOW, sizes_taken
from symconv import audit

BY_VALUE = {"Nest", "PrimePyramid"}


@pytest.fixture(autouse=True)
def _quiet():
    logging.disable(logging.CRITICAL)
    yield
    logging.disable(logging.NOTSET)


@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize("name", [name for name in spine.NETS if name not in BY_VALUE])
def test_torchs_own_guards_say_the_same(name):
    model, axes = getattr(spine, name), spine.NETS[name][0]
    valid = audit(model, axes, timeout=600).valid
    assert sizes_taken(model(), axes_of(axes)) == {int(w) for w in WINDOW if int(w) in valid}


def test_the_second_reader_shares_no_code_with_the_first():
    import second_reader

    assert "symconv" not in Path(second_reader.__file__).read_text(encoding="utf-8")


def test_it_sees_a_refusal_that_a_model_has_by_itself():
    class Even(torch.nn.Module):
        def forward(self, x):
            assert x.shape[-1] % 2 == 0
            return x

    assert sizes_taken(Even(), (1, 1, "W")) == {int(w) for w in WINDOW if w % 2 == 0}
