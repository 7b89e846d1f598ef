"""A convolution is a matrix C, and its transposed layer is C transposed, not C inverted.

The article writes Y = CX and then X = CᵀY. That is right for shapes; CᵀC is not the identity.
"""

import sympy
import torch

import symconv

W, F, S, P = 5, 3, 2, 1
O = symconv.size(symconv.Conv1d(1, 1, F, stride=S, padding=P), W).output
kernel = sympy.symbols("w0:3")


def tap(row: int, column: int) -> sympy.Expr:
    """Return the weight with which input `column` enters output `row`."""
    place = column + P - row * S
    return kernel[place] if 0 <= place < F else sympy.Integer(0)


C = sympy.Matrix(O, W, tap)
sympy.pprint(C)

values = [2, 3, 5]
matrix = torch.tensor(C.subs(dict(zip(kernel, values, strict=True))).tolist(), dtype=torch.float32)
down = torch.nn.Conv1d(1, 1, F, stride=S, padding=P, bias=False)
up = torch.nn.ConvTranspose1d(1, 1, F, stride=S, padding=P, bias=False)
down.weight.data = up.weight.data = torch.tensor([[values]], dtype=torch.float32)

x, y = torch.arange(1.0, W + 1), torch.arange(1.0, O + 1)
assert torch.equal(down(x.view(1, 1, -1)).flatten(), matrix @ x)
assert torch.equal(up(y.view(1, 1, -1)).flatten(), matrix.T @ y)

assert (C.T * C).subs(dict(zip(kernel, values, strict=True))) != sympy.eye(W)
print("the transposed layer is C transposed; C transposed times C is not the identity:")
sympy.pprint(C.T * C)
