"""Worked example 3: Conv2d(1, 1, 3, padding=1, stride=1) takes 256x256 to 256x256."""

import torch

import symconv

text = "Conv2d(1, 1, 3, padding=1, stride=1)"
print(symconv.size(text, 256))
assert symconv.size(text, 256).output == 256

real = torch.nn.Conv2d(1, 1, 3, padding=1, stride=1)
assert real(torch.zeros(1, 1, 256, 256)).shape == (1, 1, 256, 256)

goal = symconv.solve(text, same=True)
assert goal.verdict == "solved"
print(goal)
