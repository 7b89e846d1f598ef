"""The end of a chain: Flatten and Linear, their features; and torch modules as chains."""

import json
import random

import pytest

import symconv
from symconv.cli import main
from symconv.errors import RequestError
from symconv.layers import ENDINGS

TEXT = "Conv2d(1, 8, 3) -> MaxPool2d(2) -> Flatten() -> Linear(1352, 10)"


def test_features_are_channels_times_sizes():
    told = symconv.size(TEXT, 28)
    assert told.plain == [28, 26, 13]
    assert told.features == (8 * 13 * 13, 10)
    assert told.output == 10
    assert repr(told) == "28 -> 26 -> 13 -> 1352 features -> 10 features"
    assert told.to_dict()["features"] == 1352
    assert "<td>1352</td><td>Flatten()</td>" in told._repr_html_()


def test_a_layer_made_for_other_features_is_refused_with_what_it_should_have_had():
    told = symconv.size(TEXT.replace("1352", "1000"), 28)
    assert told.refused.layer == 4
    assert told.refused.numbers == {"features": 1352, "in_features": 1000}
    assert "here 1352 == 1000. Write in_features=1352." in str(told.refused)
    assert told.features == (1352,)


def test_sizes_that_would_fit_a_layer_are_found():
    told = symconv.size(TEXT, 32)
    assert told.refused.nearest == {"below": 29, "above": None}
    assert symconv.size(TEXT, 29).output == 10
    assert not symconv.size(f"{TEXT} -> Linear(10, 3)", 28).refused
    later = symconv.size(f"{TEXT} -> Linear(12, 3)", 28).refused
    assert later.nearest == {"below": None, "above": None}
    tied = symconv.size("Flatten() -> Linear(784, 10)", (28, 27), channels=1).refused
    assert (tied.axis, tied.nearest) == (2, {"below": None, "above": 28})
    assert symconv.size("Flatten() -> Linear(784, 10)", (28, 28), channels=1).output == 10


def test_without_channels_nobody_knows_the_features():
    told = symconv.size("Conv2d(kernel_size=3) -> Flatten() -> Linear(1352, 10)", 28)
    assert told.features == (None, 10)
    assert any("channels" in note for note in told.notes)
    assert symconv.size("MaxPool2d(2) -> Flatten()", 4, channels=3).output == 12


@pytest.mark.parametrize("between", ["", "ReLU() -> ", "BatchNorm1d(512) -> "])
def test_features_that_no_number_of_channels_makes_are_refused(between):
    chain = f"MaxPool2d(2) -> Flatten() -> {between}"
    assert not symconv.size(f"{chain}Linear(512, 10)", 32).refused
    never = symconv.size(f"{chain.replace('512', '300')}Linear(300, 10)", 32).refused
    assert never.numbers == {
        "num_features" if "Norm" in between else "in_features": 300,
        "cells": 256,
    }
    assert not symconv.size("MaxPool2d(2) -> Flatten() -> GLU() -> Linear(300, 10)", 32).refused


def test_the_axis_that_fits_an_end_is_found_whichever_it_is():
    for sizes, axis in (((32, 28), 1), ((28, 32), 2)):
        told = symconv.size(TEXT, sizes).refused
        assert (told.axis, told.nearest) == (axis, {"below": 29, "above": None})


def test_the_command_prints_features(capsys):
    assert main(["size", TEXT, "28"]) == 0
    assert capsys.readouterr().out.splitlines()[-2:] == [
        "1352  Flatten()", "  10  Linear(in_features=1352, out_features=10)",
    ]  # fmt: skip
    assert main(["size", TEXT, "32", "--json"]) == 1
    told = json.loads(capsys.readouterr().out)
    assert told["features"] == 1800
    assert told["refused"]["numbers"] == {"features": 1800, "in_features": 1352}


@pytest.mark.parametrize(
    ("text", "written"),
    {
        "Conv2d(3, 8, 3) -> Linear(3, 4)": "Flatten() -> Linear",
        "Flatten() -> Conv2d(3, 8, 3)": "before Flatten",
        "Conv2d(3, 8, 3) -> Flatten() -> MaxPool2d(2)": "before Flatten",
        "Conv2d(3, 8, 3) -> Flatten(2)": "Flatten()",
        "Conv2d(3, 8, 3) -> Flatten() -> Linear(?, 3)": "Write the numbers",
        "Linear(0, 3)": "",
        "Conv2d(3, 8, 3) -> Unflatten(1, 2)": "end the chain before it",
    }.items(),
)
def test_other_ends_are_refused(text, written):
    with pytest.raises(RequestError) as caught:
        symconv.size(text, 28)
    assert written in caught.value.write


@pytest.mark.parametrize("ask", ["solve", "mirror", "derive", "law", "draw"])
def test_other_questions_end_before_flatten(ask):
    arguments = {"solve": {"same": True}, "draw": {"size": 9}}.get(ask, {})
    with pytest.raises(RequestError, match="Flatten"):
        getattr(symconv, ask)("Conv2d(kernel_size=3) -> Flatten()", **arguments)


def test_the_ends_are_public():
    assert symconv.Linear(3, 4) == ENDINGS["Linear"](in_features=3, out_features=4)
    assert symconv.Flatten.__doc__
    assert symconv.size([symconv.Conv1d(1, 2, 3), symconv.Flatten()], 9).output == 14


def modules(torch, rng):
    """A random plain sequence, some of it nested, that ends in features or not."""
    nn, channels, layers = torch.nn, 2, []
    for _ in range(rng.randint(1, 4)):
        after = rng.randint(1, 4)
        layers.append(
            rng.choice(
                [
                    nn.Conv2d(channels, after, rng.randint(1, 4), rng.randint(1, 2), bias=rng.random() < 0.5),
                    nn.ConvTranspose2d(channels, after, 2, 2, dilation=(1, 2)),
                    nn.Conv2d(channels, after, 3, padding="same", padding_mode="reflect"),
                    nn.Conv2d(channels, after, (3, 1), padding=(1, 0)),
                ]
            )
        )  # fmt: skip
        channels = after
        layers += rng.sample(
            [
                nn.ReLU(), nn.BatchNorm2d(channels), nn.GroupNorm(1, channels), nn.Dropout2d(),
                nn.MaxPool2d(2, ceil_mode=rng.random() < 0.5), nn.AvgPool2d(2, ceil_mode=True),
                nn.LPPool2d(2, 2), nn.Upsample(scale_factor=1.5), nn.ZeroPad2d((1, 0, 2, 0)),
                nn.AdaptiveMaxPool2d((3, None)), nn.PReLU(), nn.Softmax(dim=1), nn.ELU(0.5),
                nn.InstanceNorm2d(channels), nn.LeakyReLU(0.1), nn.Hardtanh(-2, 2),
            ],
            rng.randint(0, 3),
        )  # fmt: skip
    nested = nn.Sequential(*layers[1:]) if len(layers) > 1 else nn.Identity()
    whole = [layers[0], nested]
    if rng.random() < 0.5:
        whole += [nn.Flatten(), nn.Linear(rng.choice([18, 32, 50]), 5), nn.ReLU(), nn.Linear(5, 2)]
    return nn.Sequential(*whole)


@pytest.mark.parametrize("seed", range(150))
def test_a_module_has_the_sizes_that_torch_runs(seed):
    torch = pytest.importorskip("torch")
    rng = random.Random(seed)
    module = modules(torch, rng).eval()
    for size in (4, 7, 12):
        told = symconv.size(module, size, channels=2)
        try:
            shape = tuple(module(torch.zeros(2, 2, size, size)).shape)
        except (RuntimeError, ValueError):
            assert told.refused, module
            continue
        assert not told.refused, (module, told)
        assert shape == ((2, told.features[-1]) if told.features else (2, shape[1], *told.rows[-1]))


def test_a_module_and_its_printout_say_the_same():
    torch = pytest.importorskip("torch")
    nn = torch.nn
    module = nn.Sequential(nn.Conv2d(3, 8, 3), nn.MaxPool2d(2), nn.Flatten(), nn.Linear(1352, 2))
    assert symconv.size(module, 28).to_dict() == symconv.size(str(module), 28).to_dict()
    assert symconv.size([nn.Conv2d(3, 8, 3), symconv.ReLU()], 9).output == 7


def test_a_layer_that_stands_twice_counts_twice():
    torch = pytest.importorskip("torch")
    pool = torch.nn.MaxPool2d(2)
    assert symconv.size(torch.nn.Sequential(pool, torch.nn.ReLU(), pool), 16).plain == [16, 8, 8, 4]


def test_what_is_no_plain_sequence_is_refused_by_name():
    torch = pytest.importorskip("torch")
    nn = torch.nn

    class Block(nn.Sequential):
        def forward(self, x):
            return x + super().forward(x)

    class Conv2d(nn.Conv2d):
        pass

    hooked = nn.ReLU()
    hooked.register_forward_hook(lambda module, given, output: output[..., ::2])
    for wrong, name in (
        (Block(nn.ReLU()), "`Block`"),
        (nn.Sequential(nn.ReLU(), Block(nn.ReLU())), r"`Block` \(1\)"),
        (nn.Sequential(nn.Sequential(Conv2d(3, 3, 3))), r"`Conv2d` \(0\.0\)"),
        (nn.ModuleList([nn.ReLU()]), "`ModuleList`"),
        (nn.Sequential(hooked), r"`ReLU` with hooks \(0\)"),
        (nn.Embedding(3, 4), "`Embedding`"),
    ):
        with pytest.raises(RequestError, match=name) as caught:
            symconv.size(wrong, 9)
        assert "`symconv.audit` takes any module" in caught.value.write


ENDS = [
    "GLU()", "GLU(1)", "GLU(-2)", "GLU(2)", "Softmax(1)", "Softmax(-2)", "Softmax(2)", "Softmin(-3)",
    "ReLU()", "Dropout(0.1)", "BatchNorm1d(36)", "BatchNorm1d(5)", "LayerNorm(36)", "LayerNorm(64)",
    "RMSNorm(64)", "LayerNorm((4, 9))", "GroupNorm(2, 36)", "GroupNorm(4, 64)", "PReLU()",
    "PReLU(36)", "InstanceNorm1d(36, affine=True)", "LocalResponseNorm(2)", "ChannelShuffle(2)",
    "Linear(36, 5)", "Linear(18, 3)", "Linear(32, 36)", "Linear(64, 64)", "Flatten()",
]  # fmt: skip


def ends(seed):
    rng = random.Random(seed)
    return f"Conv2d(1, 4, 3) -> Flatten() -> {' -> '.join(rng.choices(ENDS, k=rng.randint(1, 3)))}"


@pytest.mark.parametrize("seed", range(120))
def test_what_stands_behind_flatten_does_what_torch_does(seed):
    torch = pytest.importorskip("torch")
    from symconv.reading.chains import chain
    from symconv.witness import build

    text = ends(seed)
    read = chain(text, ends=True)
    module = torch.nn.Sequential(*map(build, (*read.layers, *read.ending))).eval()
    passing = {}
    for size in range(1, 9):
        try:
            passing[size] = tuple(module(torch.zeros(2, 1, size, size)).shape)
        except (RuntimeError, ValueError, IndexError):
            continue
    try:
        told = {size: symconv.size(text, size) for size in range(1, 9)}
    except RequestError as error:  # what works on the batch, or takes it for channels
        assert "behind Flatten" in error.needed or "nothing takes" in error.needed
        return
    for size, answer in told.items():
        if size in passing:
            assert (2, answer.output) == passing[size], (text, size)
            continue
        nearest = answer.refused.nearest
        below = max((one for one in passing if one < size), default=None)
        above = min((one for one in passing if one > size), default=nearest["above"])
        assert (nearest["below"], nearest["above"]) == (below, above), (text, size)
        assert above is None or above in passing or above > 8


def test_a_refusal_before_flatten_looks_for_sizes_that_the_end_takes():
    told = symconv.size("Conv2d(1, 4, 3) -> Flatten() -> Linear(36, 2)", 1).refused
    assert (told.layer, told.nearest) == (1, {"below": None, "above": 5})
    halved = symconv.size("Conv2d(1, 4, 3) -> Flatten() -> GLU() -> Linear(18, 1)", 6).refused
    assert halved.nearest == {"below": 5, "above": None}


def test_modules_that_do_other_things_than_their_class_are_refused():
    torch = pytest.importorskip("torch")
    nn = torch.nn
    patched, hooked = nn.Sequential(nn.Conv2d(1, 1, 3)), nn.Sequential(nn.Conv2d(1, 1, 3))
    patched.forward = lambda given: given
    hooked.register_forward_hook(lambda module, given, output: output[..., 1:])
    layer = nn.Conv2d(1, 1, 3)
    layer.forward = lambda given: given
    for module, why in ((patched, "forward"), (hooked, "hooks"), (nn.Sequential(layer), "forward")):
        with pytest.raises(RequestError, match=why):
            symconv.size(module, 9)
        with pytest.raises(RequestError, match=why):
            symconv.size(nn.Sequential(module), 9)
