"""Models that hide something from the reader; of most a wrong size was said once.

Of each the answer may be unknown. Wrong it must not be.
"""

import io
from concurrent.futures import ThreadPoolExecutor

import torch
from torch import nn
from torch.nn import functional as F


class Divides(nn.Module):
    """Catches what a size that is no integer would raise."""

    def forward(self, x):
        try:
            rest = divmod(x.shape[-1], 5)[1]
        except TypeError:
            rest = 1
        return x.repeat(1, 1 + (rest == 0), 1)


class TakesTruthsApart(nn.Module):
    def forward(self, x):
        n = x.shape[-1]
        try:
            odd = (n % 5 == 0) ^ (n > 40)
        except TypeError:
            odd = False
        return x[..., 1:] if odd else x


class CountsByTruth(nn.Module):
    def forward(self, x):
        try:
            factor = [1, 2][x.shape[-1] % 5 == 0]
        except TypeError:
            factor = 1
        return x.repeat(1, factor, 1)


class WritesInForm(nn.Module):
    def forward(self, x):
        try:
            name = f"{x.shape[-1] % 5:02d}"
        except TypeError:
            name = "01"
        return x.repeat(1, 2 if name == "00" else 1, 1)


class TurnsBits(nn.Module):
    def forward(self, x):
        try:
            none = ~(x.shape[-1] % 5) == -1
        except TypeError:
            none = False
        return x.repeat(1, 2 if none else 1, 1)


class RaisesToASize(nn.Module):
    def forward(self, x):
        try:
            return x.new_zeros(2 ** (x.shape[-1] % 5))
        except TypeError:
            return x


class AsksAnIntegersParts(nn.Module):
    def forward(self, x):
        n = x.shape[-1]
        try:
            bits = n.bit_length() + n.numerator + n.real + n.denominator
        except AttributeError:
            bits = 0
        return x.new_zeros(bits)


class WritesBytes(nn.Module):
    def forward(self, x):
        try:
            nothing = (x.shape[-1] % 5).to_bytes(length=2, byteorder="big") == b"\0\0"
        except TypeError:
            nothing = False
        return x.repeat(1, 2 if nothing else 1, 1)


class RaisesInARing(nn.Module):
    def forward(self, x):
        try:
            nothing = pow(x.shape[-1], 2, 5) == 0
        except TypeError:
            nothing = False
        return x.repeat(1, 2 if nothing else 1, 1)


class RoundsToTens(nn.Module):
    """Of 10 cells there are 10 when they are rounded, but of 15 at size 5."""

    def forward(self, x):
        one = torch.sym_max(1, 6 - 5 * abs(x.shape[-1] - 5))
        return x.new_zeros(round(9 + one, -1))


class CountsByItsForm(nn.Module):
    def forward(self, x):
        return x.repeat(1, 1 + int(f"{x.shape[-1] % 5 == 0:d}"), 1)


class StretchesABuffer(nn.Module):
    def __init__(self):
        super().__init__()
        self.register_buffer("scale", torch.ones(1))

    def forward(self, x):
        try:
            none = self.scale.expand(x.shape[-1] % 5).numel() == 0
        except RuntimeError:
            none = False
        return x.repeat(1, 2 if none else 1, 1)


class SetsColumns(nn.Module):
    """Torch's meta code does not ask whether what is put into cells fits."""

    def __init__(self):
        super().__init__()
        self.register_buffer("index", torch.tensor([0, 2]))

    def forward(self, x):
        y = x.new_zeros(4, 3)
        y[:, self.index] = x.new_zeros(4, x.shape[-1])
        return y


class SetsRows(SetsColumns):
    def forward(self, x):
        y = x.new_zeros(4, x.shape[-1])
        y[self.index] = x.new_zeros(2, 3)
        return y


class AddsRows(SetsColumns):
    def forward(self, x):
        return x.new_zeros(4, x.shape[-1]).index_add_(0, self.index, x.new_zeros(2, 3))


class AddsColumns(SetsColumns):
    def forward(self, x):
        return x.new_zeros(4, 3).index_add(1, self.index, x.new_zeros(4, x.shape[-1]))


class AssertsAText(nn.Module):
    def forward(self, x):
        assert str(x.shape[-1]) != "5"
        return x


class PrintsWhatItChecks(nn.Module):
    def forward(self, x):
        print(self.checked(f"{x.shape[-1]}"))
        return x

    def checked(self, text):
        if text == "5":
            raise ValueError
        return text


class NamesASizeInALine(nn.Module):
    def forward(self, x):
        print("hi"); name = f"{x.shape[-1] % 5}"  # noqa: E702  # fmt: skip
        return x[..., 1:] if name == "4" else x


class ReadsItsLog(nn.Module):
    def forward(self, x):
        log = []
        log.append(f"{x.shape[-1] % 5}")
        return x[..., 1:] if "0" in log else x


class ReadsWhatItPrints(nn.Module):
    def forward(self, x):
        paper = io.StringIO()
        print(f"{x.shape[-1] % 5}", file=paper)
        return x[..., 1:] if "0" in paper.getvalue() else x


MADE_OF_A_TEXT = """
class MadeOfAText(nn.Module):
    def forward(self, x):
        if str(x.shape[-1]) == "5":
            raise ValueError
        return x
"""
exec(MADE_OF_A_TEXT)


@torch.library.custom_op("evasive::roll", mutates_args=())
def roll(x: torch.Tensor) -> torch.Tensor:
    if x.shape[-1] % 5 == 0:
        raise ValueError("a multiple of 5")
    return x.clone()


@roll.register_fake
def _(x):
    return torch.empty_like(x)


class CallsItsOperatorAsTorchDoes(nn.Module):
    def forward(self, x):
        return torch.ops.evasive.roll(x)


class LooksUpElsewhere(nn.Module):
    """What runs in another thread is not read."""

    def __init__(self):
        super().__init__()
        self.table = nn.Embedding(20, 3)

    def forward(self, x):
        with ThreadPoolExecutor(1) as pool:
            return pool.submit(self.table, torch.arange(x.shape[-1])).result()


POOL = ThreadPoolExecutor(1)
POOL.submit(int).result()


class ComputesElsewhere(nn.Module):
    """A thread that has been there before."""

    def forward(self, x):
        try:
            rest = POOL.submit(lambda: x.shape[-1] % 5).result()
        except RuntimeError:
            rest = 1
        return x.repeat(1, 2 if rest == 0 else 1, 1)


class Celu(nn.Module):
    """A number that the kernel refuses."""

    def forward(self, x):
        return F.celu(x, alpha=x.shape[-1] - 5)


class NormsNothing(nn.Module):
    """A kernel that ends the process where there are no rows."""

    def forward(self, x):
        rows = (x.shape[-1] + 1) % 7
        return torch._weight_norm(torch.zeros(rows, 2), torch.ones(rows, 1), 0)


class Turned(nn.Module):
    """Cells that a kernel lays out in another way than torch's meta code."""

    def forward(self, x):
        spectrum = torch.fft.rfft(x.transpose(-1, -2))
        return x.new_zeros([step % 1000 for step in spectrum.stride()])


class Rolled(nn.Module):
    def forward(self, x):
        return x.new_zeros([step % 1000 for step in x.transpose(-1, -2).roll(1, -1).stride()])


class ByGroups(nn.Module):
    """As many groups as channels."""

    def forward(self, x):
        channels = x.shape[-1]
        return F.conv1d(x.transpose(1, 2), x.new_zeros(channels, 1, 1), groups=channels)
