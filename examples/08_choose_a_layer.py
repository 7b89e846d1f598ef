"""Choose a layer: settings under constraints, a request without an answer, and code to paste."""

import symconv
from symconv.emit.torch_code import code_of

text = "ConvTranspose2d(kernel_size=?, stride=?, padding=?, output_padding=?)"
even_overlap = ["kernel_size % stride == 0", "kernel_size <= 9"]
found = symconv.solve(text, up=3, where=even_overlap, verify=True)
print(found)
assert found.verified.failed == 0

none = symconv.solve("ConvTranspose2d(kernel_size=3, stride=?, padding=?)", up=2)
print(none)
assert none.verdict == "infeasible"

print(code_of(found))
