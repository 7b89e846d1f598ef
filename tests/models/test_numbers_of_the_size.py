"""Functions of which one number depends on the size: what torch refuses then is never called valid.

`h % 17` and `5 - h % 17` go through 0, through negative numbers and through those that fit.
"""

import pytest

pytest.importorskip("torch")

import torch
from torch import nn
from torch.nn import functional as F

from forwards import differing
from symconv.networks.model_audit import audit_model
from symconv.proving.clock import Clock

z = torch.zeros
CALLS = {
    "padding": lambda x, n: F.conv1d(x, z(1, 1, 3), padding=n),
    "padding of two axes": lambda x, n: F.conv2d(x[..., None], z(1, 1, 1, 1), padding=(n, 0)),
    "dilation": lambda x, n: F.conv1d(x, z(1, 1, 3), dilation=n),
    "stride": lambda x, n: F.conv1d(x, z(1, 1, 1), stride=n),
    "taps": lambda x, n: F.conv1d(x, z(1, 1, n)),
    "output channels": lambda x, n: F.conv1d(x, z(n, 1, 1)),
    "groups": lambda x, n: F.conv1d(x.expand(1, 4, -1), z(n, 1, 1), groups=4),
    "bias": lambda x, n: F.conv1d(x, z(4, 1, 1), z(n)),
    "input channels": lambda x, n: F.conv1d(z(1, n, 5), z(3, 2, 1)),
    "transposed channels": lambda x, n: F.conv_transpose1d(z(1, n, 5), z(2, 4, 2)),
    "transposed padding": lambda x, n: F.conv_transpose1d(x, z(1, 1, 3), padding=n),
    "transposed bias": lambda x, n: F.conv_transpose1d(x, z(1, 4, 1), z(n)),
    "output padding": lambda x, n: F.conv_transpose1d(x, z(1, 1, 3), stride=3, output_padding=n),
    "pool": lambda x, n: F.max_pool1d(x, n),
    "pool stride": lambda x, n: F.max_pool1d(x, 2, stride=n),
    "mean pool": lambda x, n: F.avg_pool1d(x, n),
    "pool padding": lambda x, n: F.max_pool1d(x, 4, padding=n),
    "adaptive pool": lambda x, n: F.adaptive_avg_pool1d(x, n),
    "adaptive pool of what is cut": lambda x, n: F.adaptive_avg_pool1d(x[..., :n], 2),
    "convolution of what is cut": lambda x, n: F.conv1d(x[..., :n], z(1, 1, 3), padding=2),
    "integers divided": lambda x, n: torch.arange(9) // n,
    "remainders": lambda x, n: torch.arange(9) % n,
    "rounded division": lambda x, n: torch.div(torch.arange(9), n, rounding_mode="trunc"),
    "powers of integers": lambda x, n: torch.arange(9) ** n,
    "strides": lambda x, n: torch.as_strided(z(20), (3, 2), (n, 1)),
    "strided sizes": lambda x, n: torch.as_strided(z(20), (n, 2), (1, 1)),
    "drawn": lambda x, n: x + torch.randn(size=(1, 1, n)),
    "drawn by place": lambda x, n: torch.rand(1, n),
    "interpolated": lambda x, n: F.interpolate(x, size=n),
    "padded": lambda x, n: F.pad(x, (n, 0)),
    "reflected": lambda x, n: F.pad(x, (n, 0), mode="reflect"),
    "repeated": lambda x, n: x.repeat(1, n, 1),
    "shuffled": lambda x, n: F.pixel_unshuffle(x[..., None].expand(1, 1, -1, 6), 1 + n * n % 3),
    "viewed": lambda x, n: x.view(1, n, -1),
    "split": lambda x, n: x.split(n, 2)[0],
    "joined": lambda x, n: torch.cat([x, x], n),
    "expanded": lambda x, n: x.expand(1, n, -1),
    "narrowed": lambda x, n: x.narrow(2, 0, n),
    "sliced": lambda x, n: x[..., n:],
}
NUMBERS = {"rising": lambda h: h % 17, "falling": lambda h: 5 - h % 17}


class Calls(nn.Module):
    def __init__(self, call, number):
        super().__init__()
        self.call, self.number = call, number

    def forward(self, x):
        return self.call(x, self.number(x.shape[-1]))


@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize("number", NUMBERS)
@pytest.mark.parametrize("call", CALLS)
def test_nothing_wrong_is_said(call, number):
    module = Calls(CALLS[call], NUMBERS[number])
    answer = audit_model(module, (1, 1, "W"), Clock(600))
    assert differing(answer, module, range(1, 61)) == []
