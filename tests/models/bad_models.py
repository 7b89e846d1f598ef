"""Models that fail, lie, loop, or ask for what sizes do not tell."""

import sys

import torch
from torch import nn
from torch.nn import functional as F


class Forever(nn.Module):
    def forward(self, x):
        while True:
            pass


class Halves(nn.Module):
    """Infinitely many paths."""

    def forward(self, x):
        size = x.shape[-1]
        while size > 7:
            size = size // 2
        return x[..., :size]


class CountsDown(nn.Module):
    """As many decisions as the size is large."""

    def forward(self, x):
        size = x.shape[-1]
        while size > 0:
            size = size - 1
        return x


class Allocates(nn.Module):
    def forward(self, x):
        return x + torch.zeros(10**12)[0]


class AllocatesCells(nn.Module):
    def forward(self, x):
        torch.zeros(10**12, device="cpu")
        return x


class Hoards(nn.Module):
    def forward(self, x):
        hoard = []
        while True:
            hoard.append(bytearray(10**7))


class AsksForAValue(nn.Module):
    def forward(self, x):
        return x if x.sum().item() > 0 else x[..., 1:]


class CountsCalls(nn.Module):
    calls = 0

    def forward(self, x):
        self.calls += 1
        if self.calls > 1:
            raise RuntimeError("called again")
        return x


class KeepsAMask(nn.Module):
    """Its mask is made for the size of the first call."""

    mask = None

    def forward(self, x):
        if self.mask is None:
            self.mask = torch.ones(x.shape[-1])
        return x @ self.mask


class EndsTheProcess(nn.Module):
    def forward(self, x):
        sys.exit(3)


class Talks(nn.Module):
    def forward(self, x):
        print("a size:", x.shape[-1])
        return x


class AlwaysRaises(nn.Module):
    def forward(self, x):
        raise ValueError("never")


class CannotBeMade(nn.Module):
    def __init__(self):
        super().__init__()
        raise OSError("no weights here")


class Swallows(nn.Module):
    """What it asks in vain it forgets: only a mark on the run remembers."""

    def forward(self, x):
        try:
            return x[:, :, : int(x.sum())]
        except:  # noqa: E722
            return x


class SwallowsAHash(nn.Module):
    def forward(self, x):
        try:
            return x if x.shape[-1] in {32, 64} else x[..., :1]
        except TypeError:
            return x


class WantsIntegers(nn.Module):
    def forward(self, x):
        return torch.cat([x[..., i : i + 1] for i in range(x.shape[-1])], -1)


class RoundsTwice(nn.Module):
    def forward(self, x):
        return x[..., : int(0.7 * x.shape[-1])]


class Embeds(nn.Module):
    """Fifty positions, and no size tells that."""

    def __init__(self):
        super().__init__()
        self.positions = nn.Embedding(50, 1)

    def forward(self, x):
        return x + self.positions(torch.arange(x.shape[-1])).t()


class Picks(nn.Module):
    def __init__(self):
        super().__init__()
        self.register_buffer("picked", torch.tensor([0, 2, 7]))

    def forward(self, x):
        return x[:, :, self.picked]


class Masks(nn.Module):
    def forward(self, x):
        return x[x > 0]


class Unpools(nn.Module):
    def forward(self, x):
        pooled, indices = F.max_pool1d(x, 2, return_indices=True)
        return F.max_unpool1d(pooled, indices, 2)


class WritesItself(nn.Module):
    """Torch's kernels refuse to write what they read elsewhere."""

    def forward(self, x):
        y = torch.zeros(x.shape[-1] + 9)
        y[5:] += y[:-5]
        return y


class LooksForTheGreatest(nn.Module):
    def forward(self, x):
        return x[..., : x.shape[-1] % 4].max()


class Inverts(nn.Module):
    def forward(self, x):
        return torch.linalg.inv(torch.ones(x.shape[-1], x.shape[-1]))


class LooksUpAText(nn.Module):
    def forward(self, x):
        return x.repeat(1, {"5": 3}.get(str(x.shape[-1]), 1), 1)


class ByTable(nn.Module):
    """The text of its error would look at the size once more."""

    def forward(self, x):
        return x[..., : {3: 2, 70: 7}[x.shape[-1]]]


class ToldBySizeError(ValueError):
    def __str__(self):
        return f"{self.args[0]}" + ("!" if f"{self.args[0]}" == "5" else "")


class TellsBySize(nn.Module):
    def forward(self, x):
        n = x.shape[-1]
        if n % 8:
            raise ToldBySizeError(n % 8)
        return x


class LooksUpASize(nn.Module):
    def forward(self, x):
        return x.repeat(1, {5: 3}.get(x.shape[-1], 1), 1)


class LooksAtTheDevice(nn.Module):
    def forward(self, x):
        if x.device.type == "cpu" and x.shape[-1] > 12:
            raise ValueError("too large")
        return x


class AsksForAnInt(nn.Module):
    def forward(self, x):
        if isinstance(x.shape[-1], int) and x.shape[-1] > 10:
            raise ValueError("too large")
        return x


class ChecksAText(nn.Module):
    """Its own method may look at what is written."""

    def check_size(self, text):
        self.text = text

    def forward(self, x):
        self.check_size(f"{x.shape[-1] % 17}")
        return x.repeat(1, 1 + (self.text == "4"), 1)


class ChangesASwitch(nn.Module):
    """By `.data`, of which a tensor's version tells nothing."""

    def __init__(self):
        super().__init__()
        self.register_buffer("switch", torch.tensor(0))

    def forward(self, x):
        switch = int(self.switch)
        self.switch.data.add_(1)
        return x.repeat(1, 2, 1) if switch > 0 and x.shape[-1] % 3 == 0 else x


class Tells(nn.Module):
    """Says a size to people, and decides nothing by it."""

    def forward(self, x):
        print(f"a size of {x.shape[-1]}")
        if x.shape[-1] % 2:
            raise ValueError(f"an even size, not {x.shape[-1]}")
        return x


class CountsInABuffer(nn.Module):
    def __init__(self):
        super().__init__()
        self.register_buffer("count", torch.tensor(0))

    def forward(self, x):
        self.count += 1
        return x.new_zeros(x.shape[-1] ** int(self.count))


class WideKernel(nn.Module):
    """Of another type than its input, and asked for late."""

    def forward(self, x):
        if x.shape[-1] < 65:
            return x
        return F.conv1d(x, torch.zeros(1, 1, 3, dtype=torch.float64))


class ChangesItsWeights(nn.Module):
    def __init__(self):
        super().__init__()
        self.weight = nn.Parameter(torch.ones(1))

    def forward(self, x):
        self.weight.data.mul_(2)
        return x * self.weight


class ByChannels(nn.Module):
    """Kernels lay out what comes by channels by channels; meta code does not."""

    def forward(self, x):
        return F.conv2d(x.permute(0, 3, 1, 2), torch.zeros(4, 3, 3, 3)).view(2, -1)


class WeightsByChannels(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 4, 3, padding=1).to(memory_format=torch.channels_last)

    def forward(self, x):
        return self.conv(x).view(1, -1)


class Recurses(nn.Module):
    def forward(self, x):
        return self.forward(x)


class NoModule:
    pass


def makes_a_number():
    return 3


def needs_an_argument(width):
    return nn.Conv1d(1, width, 3)


a_number = 3
