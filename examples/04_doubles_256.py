"""Worked example 4: ConvTranspose2d(1, 1, 2, stride=2, padding=0) takes 256x256 to 512x512."""

import torch

import symconv

text = "ConvTranspose2d(1, 1, 2, stride=2, padding=0)"
print(symconv.size(text, 256))
assert symconv.size(text, 256).output == 512

real = torch.nn.ConvTranspose2d(1, 1, 2, stride=2, padding=0)
assert real(torch.zeros(1, 1, 256, 256)).shape == (1, 1, 512, 512)

goal = symconv.solve(text, up=2, verify=True)
assert goal.verdict == "solved"
assert goal.verified.failed == 0
print(goal)
