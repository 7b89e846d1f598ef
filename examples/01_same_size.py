"""Worked example 1: 5x5 with padding 1, kernel 3 and stride 1 stays 5x5."""

import torch

import symconv

derivation = symconv.derive("conv", W=5, F=3, S=1, P=1)
print(derivation)

layer = symconv.Conv2d(1, 1, kernel_size=3, stride=1, padding=1)
assert derivation.facts["output"] == symconv.size(layer, 5).output == 5

real = torch.nn.Conv2d(1, 1, kernel_size=3, stride=1, padding=1)
assert real(torch.zeros(1, 1, 5, 5)).shape == (1, 1, 5, 5)

# It is no accident of 5: every size stays, and only stride 1 with 2P = F - 1 does it.
print(symconv.solve("Conv2d(kernel_size=?, stride=?, padding=?)", same=True, limit=4))
