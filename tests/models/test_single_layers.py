"""One layer each, read as a model, against real forwards: sizes and refusals, and few paths.

A layer whose C++ signature takes plain integers would be followed size by size; the bound on paths
shows that none is.
"""

from random import Random

import pytest

pytest.importorskip("torch")

import torch
from torch import nn

from forwards import differing
from symconv.networks.model_audit import audit_model
from symconv.proving.clock import Clock

SIZES = range(1, 34)


def windows(random, axes, most=6):
    kernel = random.randint(1, most)
    return {
        "kernel_size": kernel,
        "stride": random.randint(1, 4),
        "padding": random.randint(0, kernel // 2),
    }


def convolution(random, axes):
    kind = getattr(nn, f"Conv{axes}d")
    if random.random() < 0.2:
        return kind(1, 2, random.randint(1, 5), padding="same", dilation=random.randint(1, 2))
    mode = random.choice(["zeros", "zeros", "reflect", "replicate", "circular"])
    options = windows(random, axes)
    return kind(1, 2, dilation=random.randint(1, 3), padding_mode=mode, **options)


def transposed(random, axes):
    options, dilation = windows(random, axes), random.randint(1, 3)
    room = max(options["stride"], dilation) - 1
    options |= {"dilation": dilation, "output_padding": random.randint(0, room)}
    return getattr(nn, f"ConvTranspose{axes}d")(1, 2, **options)


def max_pool(random, axes):
    options = windows(random, axes)
    options |= {"dilation": random.randint(1, 2), "ceil_mode": random.random() < 0.4}
    return getattr(nn, f"MaxPool{axes}d")(**options)


def avg_pool(random, axes):
    ceil = random.random() < 0.4
    return getattr(nn, f"AvgPool{axes}d")(**windows(random, axes), ceil_mode=ceil)


def adaptive(random, axes):
    kind = random.choice(["AdaptiveAvgPool", "AdaptiveMaxPool"])
    return getattr(nn, f"{kind}{axes}d")(random.randint(1, 7))


def lp_pool(random, axes):
    options = windows(random, axes)
    options.pop("padding")
    return getattr(nn, f"LPPool{axes}d")(2, **options)


def padding(random, axes):
    kind = random.choice(["ZeroPad", "ReflectionPad", "ReplicationPad", "CircularPad"])
    sides = tuple(random.randint(-2, 4) for _ in range(2 * axes))
    return getattr(nn, f"{kind}{axes}d")(sides)


def upsample(random, axes):
    smooth = {1: ["linear"], 2: ["bilinear", "bicubic"], 3: ["trilinear"]}[axes]
    mode = random.choice(["nearest", "nearest-exact", "area", *smooth])
    if random.random() < 0.3:
        return nn.Upsample(size=random.randint(1, 9), mode=mode)
    return nn.Upsample(scale_factor=random.choice([0.5, 1.5, 2, 2.25, 3]), mode=mode)


def shuffle(random, axes):
    if axes != 2:
        return nn.Identity()
    factor = random.randint(1, 5)
    return nn.Sequential(nn.PixelUnshuffle(factor), nn.PixelShuffle(factor))


def norm(random, axes):
    kinds = [f"BatchNorm{axes}d", f"InstanceNorm{axes}d"]
    if random.random() < 0.3:
        return nn.Sequential(getattr(nn, f"Conv{axes}d")(1, 4, 1), nn.GroupNorm(2, 4))
    return getattr(nn, random.choice(kinds))(1)


def activation(random, axes):
    kinds = ["ReLU", "GELU", "SiLU", "Hardswish", "LeakyReLU", "ELU", "Sigmoid", "Tanh", "PReLU"]
    return getattr(nn, random.choice([*kinds, "Softmax2d", "Dropout"]))()


def _tangled(layer):
    """Whether a circular padding crops and wraps: meta tensors take what the kernels refuse."""
    sides = getattr(layer, "padding", ())
    return type(layer).__name__.startswith("CircularPad") and min(sides) < 0 < max(sides)


KINDS = [
    convolution, transposed, max_pool, avg_pool, adaptive, lp_pool, padding, upsample, shuffle, norm,
    activation,
]  # fmt: skip
MOST_PATHS = 8


class Within(nn.Module):
    """A layer within a model: what it gives is used."""

    def __init__(self, layer):
        super().__init__()
        self.layer = layer

    def forward(self, x):
        return torch.relu(self.layer(x))


@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize("axes", [1, 2, 3])
@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
def test_a_layer_is_read_as_torch_runs_it(kind, axes):
    random = Random(f"{kind.__name__} {axes}")
    sizes = SIZES if axes < 3 else range(1, 14)
    for _ in range(12):
        layer = kind(random, axes)
        if isinstance(layer, nn.Softmax2d) and axes != 2:
            continue
        module = Within(layer).eval()
        answer = audit_model(module, (1, 1, *["W"] * axes), Clock(600))
        assert answer.verdict == "proved" or _tangled(layer), (layer, answer.reason)
        assert len(answer.paths) <= MOST_PATHS, (layer, answer)
        assert differing(answer, module, sizes) == [], layer
