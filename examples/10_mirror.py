"""A decoder for an encoder: proved, refused with two sizes, or told the sizes when it is called."""

import torch

import symconv
from symconv.emit.decoder_code import decoder_code

encoder = "Conv2d(3, 16, 7, stride=2, padding=3) -> ReLU() -> MaxPool2d(3, 2, 1)"
found = symconv.mirror(encoder, for_="W % 4 == 0", verify=True)
print(found)
assert found.verdict == "proved"
assert found.verified.failed == 0

none = symconv.mirror(encoder, for_="W % 2 == 0")
print(none)
assert none.merged.sizes == (2, 4)

told = decoder_code(symconv.mirror(encoder))
print(told)
made = {}
exec(told, made)
for size in (30, 31, 32, 33):
    images = torch.zeros(1, 3, size, size)
    assert made["Decoder"]()(*made["Encoder"]()(images)).shape == images.shape
