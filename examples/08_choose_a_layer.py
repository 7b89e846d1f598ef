"""Choose a layer: settings under constraints, a request without an answer, and code to paste."""

import symconv
from symconv.emit import torch_code
from symconv.solving.solve import layer_of

text = "ConvTranspose2d(kernel_size=?, stride=?, padding=?, output_padding=?)"
found = symconv.solve(text, up=3, where=["kernel_size % stride == 0", "kernel_size <= 9"], verify=True)
print(found)
assert found.verified.failed == 0

none = symconv.solve("ConvTranspose2d(kernel_size=?, stride=?, padding=?)", up=2, where="kernel_size == 3")
print(none)
assert none.verdict == "infeasible"

print(torch_code([layer_of(found.request.layer, s) for s in found.settings], str(found.request.goal)))
