"""Which sizes a torch model takes: a U-Net, whose file is run and whose code is followed."""

import torch
from torch import nn
from torch.nn import functional as F

import symconv
from symconv.proving.paths import check_paths


class UNet(nn.Module):
    def __init__(self, levels=4, channels=4):
        super().__init__()
        self.down = nn.ModuleList(
            nn.Conv2d(channels if level else 3, channels, 3, padding=1) for level in range(levels)
        )
        self.bottom = nn.Conv2d(channels, channels, 3, padding=1)
        self.up = nn.ModuleList(nn.ConvTranspose2d(channels, channels, 2, 2) for _ in self.down)
        self.join = nn.ModuleList(nn.Conv2d(2 * channels, channels, 1) for _ in self.down)

    def forward(self, x):
        skips = []
        for down in self.down:
            skips.append(F.relu(down(x)))
            x = F.max_pool2d(skips[-1], 2)
        x = self.bottom(x)
        for up, join in zip(self.up, self.join, strict=True):
            x = join(torch.cat([skips.pop(), up(x)], dim=1))
        return x


if __name__ == "__main__":
    audited = symconv.audit(UNet, "1,3,W,W", verify=True)
    print(audited)
    assert audited.valid.to_dict() == {"period": 16, "residues": [0], "start": 16, "also": []}
    assert audited.verdict == "proved"
    assert check_paths(audited.certificate)
    assert audited.verified.failed == 0
    print(f"the sizes around 350: {audited.valid.next_below(350)}, {audited.valid.next_above(350)}")
