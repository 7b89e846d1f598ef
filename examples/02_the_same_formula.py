"""Worked example 2: a transposed convolution takes 5x5 to 7x7, "by the same formula".

The article computes 7 = (5 + 2*2 - 3)/1 + 1. That is the direct convolution with padding
F - 1 - P which emulates the transposed one: the same sizes for every setting with stride 1, and
the same values with the kernel flipped.
"""

import torch
from sympy import simplify

import symconv
from symconv.symbols import A, D, F, P, S

assert symconv.size("ConvTranspose2d(kernel_size=3)", 5).output == 7
assert symconv.size("Conv2d(kernel_size=3, padding=2)", 5).output == 7

emulating = symconv.law("conv").subs({D: 1, S: 1, P: F - 1 - P})
transposed = symconv.law("conv_transpose").subs({D: 1, S: 1, A: 0})
print(emulating, "=", transposed)
assert simplify(emulating - transposed) == 0

torch.manual_seed(0)
up = torch.nn.ConvTranspose2d(1, 1, 3, bias=False)
down = torch.nn.Conv2d(1, 1, 3, padding=2, bias=False)
down.weight.data = up.weight.data.flip(2, 3)
image = torch.randn(1, 1, 5, 5)
assert torch.allclose(up(image), down(image), atol=1e-6)
print("sizes proved equal; values equal on torch")
