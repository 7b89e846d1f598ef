"""When a law multiplies or divides every size by `n`: conditions on a layer's letters.

They follow from the laws; `symconv.deriving` derives them step by step, and `symconv.solving` has
Z3 prove them before it uses them. An operator carries its own in `Operator.scaling`.
"""

from symconv.operators.operator import A, D, F, O, P, S
from symconv.terms import sizes, substitute

n, b, least, most = sizes("n b least most")

extent = D * (F - 1) + 1
"""Cells from a window's first tap to its last one, both included: the letter `E`."""

reached = (O - 1) * S + extent - P
"""Cells of the input up to the end of the last of `O` windows, what lies in the padding too."""

multiplies = S.eq(n) & (extent + A).eq(S + 2 * P)
"""A transposed convolution: `O = nW` for all `W`."""

moves = S.eq(n) & (extent + A).eq(S + 2 * P + b)
"""A transposed convolution: `O = nW + b` for all `W`."""

between = S.eq(n) & (extent - 2 * P >= least) & (extent - 2 * P <= most)
"""Windows with a stride of `n`: where the first one ends, beyond the padding of both sides."""

divides = substitute(between, {least: 1, most: n})
"""Windows: `n` times `W` gives `W`, for all `W`."""

divides_in_ceil_mode = S.eq(n) & (extent - 2 * P < 2 * n) & (P.eq(0) | (extent - 2 * P >= n))
"""Windows in torch's ceil mode: `n` times `W` gives `W`, for all `W`."""
