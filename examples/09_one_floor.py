"""A chain of convolutions is one floor, and which inputs give an output is an interval."""

import torch

import symconv
from symconv.chains.inverse import inputs

text = """
    Conv2d(3, 8, kernel_size=7, stride=2, padding=3) -> ReLU()
    -> MaxPool2d(3, stride=2, padding=1) -> Conv2d(8, 8, kernel_size=3, stride=2, padding=1)
"""
one = symconv.derive(text)
print(one)
assert str(one.result) == "floor(W/8 + 7/8)"

sizes = inputs(text, 28)
print(f"{sizes} gives 28")
assert list(sizes) == list(range(217, 225))

real = torch.nn.Sequential(
    torch.nn.Conv2d(3, 8, 7, stride=2, padding=3),
    torch.nn.ReLU(),
    torch.nn.MaxPool2d(3, stride=2, padding=1),
    torch.nn.Conv2d(8, 8, 3, stride=2, padding=1),
)
for size in range(sizes.intervals[0][0] - 1, sizes.intervals[0][1] + 2):
    with torch.no_grad():
        output = real(torch.zeros(1, 3, size, size)).shape[-1]
    assert (output == 28) == (size in sizes)
