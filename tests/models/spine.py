"""Seventeen small nets, each with an idiom that people write: the spine of the tests of models.

They have few channels: the sizes are the same as of wide ones.
"""

import torch
from torch import nn
from torch.nn import functional as F


def block(inputs: int, outputs: int, norm: type[nn.Module] = nn.BatchNorm2d, padding: int = 1):
    return nn.Sequential(
        nn.Conv2d(inputs, outputs, 3, padding=padding), norm(outputs), nn.ReLU(),
        nn.Conv2d(outputs, outputs, 3, padding=padding), nn.ReLU(inplace=True),
    )  # fmt: skip


class UNet(nn.Module):
    """Padded convolutions; what goes down is joined to what comes up."""

    def __init__(self, levels: int = 4, norm: type[nn.Module] = nn.BatchNorm2d, padding: int = 1):
        super().__init__()
        wide = [2 + level for level in range(levels + 1)]
        self.down = nn.ModuleList(
            block(1 if not level else wide[level - 1], channels, norm, padding)
            for level, channels in enumerate(wide)
        )
        self.up = nn.ModuleList(
            nn.ConvTranspose2d(wide[level + 1], wide[level], 2, stride=2) for level in range(levels)
        )
        self.join = nn.ModuleList(
            block(2 * wide[level], wide[level], norm, padding) for level in range(levels)
        )
        self.head = nn.Conv2d(wide[0], 2, 1)

    def crop(self, skip: torch.Tensor, x: torch.Tensor) -> torch.Tensor:
        return skip

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        skips = []
        for down in self.down[:-1]:
            x = down(x)
            skips.append(x)
            x = F.max_pool2d(x, 2)
        x = self.down[-1](x)
        for up, join, skip in reversed([*zip(self.up, self.join, skips, strict=True)]):
            x = up(x)
            x = join(torch.cat([self.crop(skip, x), x], dim=1))
        return self.head(x)


class UNet5(UNet):
    def __init__(self):
        super().__init__(levels=5)


class InstanceNormUNet(UNet):
    def __init__(self):
        super().__init__(levels=2, norm=nn.InstanceNorm2d)


class Ronneberger(UNet):
    """Valid convolutions; the skip is cut to what arrives (Ronneberger et al. 2015)."""

    def __init__(self):
        super().__init__(padding=0, norm=nn.BatchNorm2d)

    def crop(self, skip: torch.Tensor, x: torch.Tensor) -> torch.Tensor:
        height, width = x.shape[2:]
        return skip[..., :height, :width]


class CentredRonneberger(Ronneberger):
    """The same, cut alike on both sides."""

    def crop(self, skip: torch.Tensor, x: torch.Tensor) -> torch.Tensor:
        height, width = skip.shape[2:]
        top, left = (height - x.shape[2]) // 2, (width - x.shape[3]) // 2
        return skip[..., top : height - top, left : width - left]


class Bottleneck(nn.Module):
    def __init__(self, inputs: int, width: int, stride: int):
        super().__init__()
        self.conv1, self.bn1 = nn.Conv2d(inputs, width, 1, bias=False), nn.BatchNorm2d(width)
        self.conv2 = nn.Conv2d(width, width, 3, stride, 1, bias=False)
        self.bn2 = nn.BatchNorm2d(width)
        self.conv3 = nn.Conv2d(width, 4 * width, 1, bias=False)
        self.bn3, self.relu = nn.BatchNorm2d(4 * width), nn.ReLU(inplace=True)
        self.downsample = None
        if stride != 1 or inputs != 4 * width:
            self.downsample = nn.Sequential(
                nn.Conv2d(inputs, 4 * width, 1, stride, bias=False), nn.BatchNorm2d(4 * width)
            )

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        out = self.relu(self.bn1(self.conv1(x)))
        out = self.relu(self.bn2(self.conv2(out)))
        out = self.bn3(self.conv3(out))
        out += x if self.downsample is None else self.downsample(x)
        return self.relu(out)


class ResNet(nn.Module):
    """ResNet in plain code (He et al. 2016), thin."""

    def __init__(self, blocks: tuple[int, ...] = (3, 4, 6, 3), width: int = 2):
        super().__init__()
        self.conv1 = nn.Conv2d(3, width, 7, stride=2, padding=3, bias=False)
        self.bn1, self.relu = nn.BatchNorm2d(width), nn.ReLU(inplace=True)
        self.maxpool = nn.MaxPool2d(3, stride=2, padding=1)
        inputs, layers = width, []
        for stage, count in enumerate(blocks):
            for number in range(count):
                stride = 2 if stage and not number else 1
                layers.append(Bottleneck(inputs, width * 2**stage, stride))
                inputs = 4 * width * 2**stage
        self.layers = nn.Sequential(*layers)
        self.avgpool, self.fc = nn.AdaptiveAvgPool2d(1), nn.Linear(inputs, 10)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        x = self.maxpool(self.relu(self.bn1(self.conv1(x))))
        return self.fc(torch.flatten(self.avgpool(self.layers(x)), 1))


def resnet50() -> ResNet:
    return ResNet()


class Vgg16(nn.Module):
    def __init__(self):
        super().__init__()
        layers, inputs = [], 3
        for channels, count in ((2, 2), (3, 2), (4, 3), (5, 3), (5, 3)):
            for _ in range(count):
                layers += [nn.Conv2d(inputs, channels, 3, padding=1), nn.ReLU(inplace=True)]
                inputs = channels
            layers.append(nn.MaxPool2d(2, 2))
        self.features, self.avgpool = nn.Sequential(*layers), nn.AdaptiveAvgPool2d(7)
        self.classifier = nn.Sequential(nn.Linear(5 * 49, 8), nn.ReLU(True), nn.Dropout())

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return self.classifier(torch.flatten(self.avgpool(self.features(x)), 1))


class TwoStrides(nn.Module):
    def __init__(self):
        super().__init__()
        self.a, self.b = nn.Conv2d(1, 2, 2, stride=3), nn.Conv2d(1, 2, 3, stride=3)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return self.a(x) + self.b(x)


class FourChunks(nn.Module):
    def forward(self, x: torch.Tensor) -> torch.Tensor:
        a, b, c, d = x.chunk(4, 2)
        return torch.cat([a, b, c, d], 2)


class Residual(nn.Module):
    def __init__(self):
        super().__init__()
        self.down = nn.Sequential(*(nn.Conv2d(1, 1, 3, stride=2, padding=1) for _ in range(3)))

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return x + F.interpolate(self.down(x), scale_factor=8)


class FixedHead(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv, self.fc = nn.Conv2d(1, 4, 3, stride=2, padding=1), nn.Linear(4 * 7 * 7, 10)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        x = F.max_pool2d(F.relu(self.conv(x)), 2)
        return self.fc(x.view(x.size(0), -1))


class ReflectToEight(nn.Module):
    def forward(self, x: torch.Tensor) -> torch.Tensor:
        missing = (-x.shape[-1]) % 8
        return F.pad(x, (0, missing, 0, missing), mode="reflect")


class TransposedView(nn.Module):
    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return x.transpose(2, 3).view(1, -1)


class PrimePyramid(nn.Module):
    """A period of 2 * 3 * 5 * 7 * 11."""

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        pooled = [
            F.interpolate(F.max_pool1d(x, factor), scale_factor=factor)
            for factor in (2, 3, 5, 7, 11)
        ]
        return torch.cat([x, *pooled])


class LateStart(nn.Module):
    def __init__(self):
        super().__init__()
        self.a, self.b = nn.Conv1d(1, 1, 5, dilation=1250), nn.Conv1d(1, 1, 3)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return self.b(self.a(x))


class Nest(nn.Module):
    """Floors inside floors, against the one floor that they nearly are."""

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        size = x.shape[-1]
        a = size
        for _ in range(8):
            a = (3 * a + 1) // 2
        return F.adaptive_avg_pool1d(x, a) + F.adaptive_avg_pool1d(x, (6561 * size + 255) // 256)


def unshuffle() -> nn.Module:
    return nn.PixelUnshuffle(6)


NETS = {
    "UNet": ("1,1,W,W", {"period": 16, "residues": [0], "start": 16, "also": []}, 9),
    "UNet5": ("1,1,W,W", {"period": 32, "residues": [0], "start": 32, "also": []}, 11),
    "Ronneberger": ("1,1,W,W", {"period": 1, "residues": [0], "start": 188, "also": []}, None),
    "CentredRonneberger": (
        "1,1,W,W", {"period": 16, "residues": [12], "start": 188, "also": []}, None,
    ),
    "resnet50": ("1,3,W,W", {"period": 1, "residues": [0], "start": 1, "also": []}, 1),
    "Vgg16": ("1,3,W,W", {"period": 1, "residues": [0], "start": 32, "also": []}, 6),
    "TwoStrides": (
        "1,1,W,W", {"period": 3, "residues": [0, 1], "start": 6, "also": [3, 4, 5]}, 6,
    ),
    "FourChunks": ("1,1,W", {"period": 1, "residues": [0], "start": 10, "also": [4, 7, 8]}, 4),
    "Residual": ("1,1,W,W", {"period": 8, "residues": [0], "start": 8, "also": [1]}, 5),
    "InstanceNormUNet": ("1,1,W,W", {"period": 4, "residues": [0], "start": 8, "also": []}, 6),
    "FixedHead": (
        "1,1,W,W", {"period": 1, "residues": [], "start": 1, "also": [27, 28, 29, 30]}, 4,
    ),
    "ReflectToEight": ("1,1,W,W", {"period": 1, "residues": [0], "start": 5, "also": []}, 2),
    "TransposedView": ("1,1,W,W", {"period": 1, "residues": [], "start": 1, "also": [1]}, 2),
    "PrimePyramid": ("1,1,W", {"period": 2310, "residues": [0], "start": 2310, "also": []}, 11),
    "LateStart": ("1,1,W", {"period": 1, "residues": [0], "start": 5003, "also": []}, 3),
    "Nest": ("1,1,W", {"period": 256, "residues": [0, 64, 128], "start": 64, "also": []}, 3),
    "unshuffle": ("1,1,W,W", {"period": 6, "residues": [0], "start": 6, "also": []}, 3),
}  # fmt: skip
"""For each net its input, the sizes that it takes, and the most paths that reading it may take."""
