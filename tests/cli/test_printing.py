"""What torch prints of its layers, read back and compared with the module's own attributes."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import pytest

torch = pytest.importorskip("torch")

import torch_folds  # noqa: E402, F401  (importing a family registers its generators)
import torch_keeping  # noqa: E402, F401
import torch_pools  # noqa: E402, F401
import torch_resizings  # noqa: E402, F401
import torch_windows  # noqa: E402, F401
from symconv.chains import size  # noqa: E402
from symconv.errors import RequestError  # noqa: E402
from symconv.layers import LAYERS, Layer  # noqa: E402
from symconv.reading.chains import chain  # noqa: E402
from torch_answers import Refusal, our_answer, quiet_torch  # noqa: E402
from torch_configurations import GENERATORS, Configuration, configurations  # noqa: E402

nn = torch.nn

EACH = 60
UNPRINTED = {"ceil_mode": "AvgPool", "output_size": ("ConvTranspose", "MaxUnpool")}
"""Size-relevant parameters that the printout of some layers leaves out."""
ALSO_RELEVANT = {
    "padding", "padding_mode", "size", "scale_factor", "mode", "normalized_shape", "dim",
    "norm_type", "affine", "track_running_stats", "elementwise_affine", "value", "p", "eps",
}  # fmt: skip
"""Parameters that some size or refusal depends on, though no law has a letter for them."""


def module_of(one: Configuration) -> Any:
    """Return torch's module, built from the raw parameters."""
    at_call = one.layer.startswith(("ConvTranspose", "MaxUnpool"))
    given = {n: v for n, v in one.parameters.items() if not (at_call and n == "output_size")}
    return getattr(nn, one.layer)(**given)


@lru_cache
def modules() -> dict[str, list[Any]]:
    """Return torch modules of every layer that prints what it is, no two printed alike."""
    found: dict[str, dict[str, Any]] = {name: {} for name in LAYERS}
    with quiet_torch():
        for operator in GENERATORS:
            if operator == "conv_transpose_sized":
                continue  # it ignores its output padding, which is printed all the same
            for one in configurations(operator, 400 if operator == "keep" else EACH):
                if not isinstance(our_answer(one), Refusal):
                    module = module_of(one)
                    found[one.layer].setdefault(repr(module), module)
    return {name: list(these.values()) for name, these in found.items()}


def relevant(layer: Layer) -> list[str]:
    """Return the parameters of a layer that a size or a refusal may depend on."""
    names = [
        name
        for name, parameter in layer.parameters.items()
        if parameter.in_laws or name in ALSO_RELEVANT
    ]
    left_out = {n for n, kind in UNPRINTED.items() if type(layer).__name__.startswith(kind)}
    return [name for name in names if name not in left_out]


def alike(value: Any, like: Any) -> tuple[Any, ...]:
    """Spread a number over as many entries as the other value has."""
    if isinstance(value, (tuple, list)):
        return tuple(value)
    return (value,) * (len(like) if isinstance(like, (tuple, list)) else 1)


def check_read_back(read: Layer, module: Any) -> None:
    """Check each parameter against torch's attribute of the same name."""
    assert type(read).__name__ == type(module).__name__
    for name in relevant(read):
        theirs, ours = getattr(module, name), getattr(read, name)
        if name == "stride" and theirs is None:  # LPPool keeps its stride as it was given
            theirs = module.kernel_size
        assert alike(ours, theirs) == alike(theirs, ours), (name, repr(module))


@pytest.mark.parametrize("name", LAYERS)
def test_torch_prints_what_symconv_reads(name: str) -> None:
    assert modules()[name]
    if name.startswith("FractionalMaxPool"):
        return  # prints nothing of itself: a test of its own
    for module in modules()[name]:
        (read,) = chain(repr(module)).layers
        check_read_back(read, module)


def test_hundreds_of_printouts_are_read() -> None:
    printed = [repr(one) for these in modules().values() for one in these]
    assert len(printed) == len(set(printed))
    assert len(printed) >= 300


@pytest.mark.parametrize("name", [n for n in LAYERS if not n.startswith("FractionalMaxPool")])
def test_our_own_repr_reads_back_to_an_equal_layer(name: str) -> None:
    for module in modules()[name]:
        (read,) = chain(repr(module)).layers
        assert chain(repr(read)).layers == (read,)


def flat(module: Any) -> list[Any]:
    """Return the modules inside nested `Sequential`s, in order."""
    if isinstance(module, nn.Sequential):
        return [leaf for child in module for leaf in flat(child)]
    return [module]


def stem() -> Any:
    return nn.Sequential(nn.Conv2d(3, 8, 7, stride=2, padding=3), nn.BatchNorm2d(8), nn.ReLU())


def nested() -> Any:
    body = nn.Sequential()
    body.add_module("conv", nn.Conv2d(8, 8, (3, 1), padding="same"))
    body.add_module("act", nn.LeakyReLU(0.2))
    body.append(nn.Sequential(nn.AvgPool2d(2, ceil_mode=False), nn.Sequential(nn.Identity())))
    return nn.Sequential(stem(), nn.MaxPool2d(3, 2, 1), body, nn.AdaptiveAvgPool2d((5, None)))


@pytest.mark.parametrize("make", [stem, nested])
def test_a_printed_sequential_reads_as_a_flat_chain(make: Any) -> None:
    leaves, read = flat(make()), chain(str(make())).layers
    assert len(read) == len(leaves)
    for layer, leaf in zip(read, leaves, strict=True):
        check_read_back(layer, leaf)


@pytest.mark.parametrize("make", [stem, nested])
def test_a_printed_sequential_has_the_sizes_that_torch_gives(make: Any) -> None:
    with quiet_torch():
        theirs = make().eval()(torch.zeros(2, 3, 64, 48)).shape[2:]
    assert size(str(make()), (64, 48)).rows[-1] == tuple(theirs)


def test_equal_layers_in_a_row_are_all_read() -> None:
    printed = str(nn.Sequential(*(nn.MaxPool2d(2) for _ in range(4))))
    assert size(printed, 64).output == 4


class Residual(nn.Module):
    """A block with a branch, which prints like a chain."""

    def __init__(self) -> None:
        super().__init__()
        self.conv = nn.Conv2d(3, 3, 3, stride=2)
        self.shortcut = nn.Conv2d(3, 3, 1, stride=2)


REFUSED = {
    "a list of modules": lambda: nn.ModuleList([nn.ReLU(), nn.ReLU()]),
    "a list in a chain": lambda: nn.Sequential(nn.ModuleList([nn.ReLU()])),
    "a dictionary of modules": lambda: nn.ModuleDict({"a": nn.ReLU()}),
    "a residual block": Residual,
    "a residual block in a chain": lambda: nn.Sequential(nn.ReLU(), Residual()),
    "a linear layer": lambda: nn.Linear(3, 4),
    "a linear layer in a chain": lambda: nn.Sequential(nn.ReLU(), nn.Linear(3, 4)),
    "a flattening": lambda: nn.Sequential(nn.Conv2d(3, 8, 3), nn.Flatten()),
    "an empty chain": nn.Sequential,
}


@pytest.mark.parametrize("kind", REFUSED)
def test_what_is_no_plain_chain_is_refused(kind: str) -> None:
    with pytest.raises(RequestError):
        chain(str(REFUSED[kind]()))


@pytest.mark.parametrize("kind", ["a list of modules", "a residual block in a chain"])
def test_a_block_is_refused_with_the_reason(kind: str) -> None:
    with pytest.raises(RequestError, match="a block with branches prints like a chain"):
        chain(str(REFUSED[kind]()))


@pytest.mark.parametrize("name", ["AvgPool1d", "AvgPool2d", "AvgPool3d"])
def test_that_torch_hides_a_ceil_mode_is_said(name: str) -> None:
    hidden = chain(repr(getattr(nn, name)(3, 2, ceil_mode=True)))
    assert hidden.notes == (f"torch does not print {name}'s ceil_mode: read as False",)
    assert chain(f"{name}(3, 2, ceil_mode=True)").notes == ()


@pytest.mark.parametrize("name", ["FractionalMaxPool2d", "FractionalMaxPool3d"])
def test_a_layer_that_prints_nothing_is_refused_with_the_reason(name: str) -> None:
    printed = {repr(module) for module in modules()[name]}
    assert printed == {f"{name}()"}
    with pytest.raises(RequestError, match="torch does not print"):
        chain(*printed)
