"""Rules of other frameworks for the same windows: their ceil modes, and TensorFlow's `SAME`.

They serve the statements that compare them; layers are torch's. Each was compared with its
framework by running it. To add a dialect, write its value and append it to `DIALECTS`: statements
then call its law by its name.

References: Caffe, `pooling_layer.cpp`; CoreML MIL, `ceil_mode`; PaddlePaddle and OpenVINO's
`ceil`; torch, `ATen/native/Pool.h`; TensorFlow, `core/framework/common_shape_fns.cc`.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from symconv.operators.letters import P, S, W, extent
from symconv.operators.operator import Operator
from symconv.operators.window import ceiled, max_pool, starting
from symconv.terms import Term, maximum, minimum, where


@dataclass(frozen=True, eq=False)
class Dialect:
    """One framework's rule for a size.

    Attributes:
        name: how statements and Coq's files call it: small letters, digits and `_`.
        term: the rule, in letters of its own choice.
        latex: the name in formulas, where it is not simply the name.
        source: where the rule is written down.
        operator: the operator of ours that follows it, if one does, ...
        settings: ... where these letters have these values.
    """

    name: str
    term: Term
    latex: str = ""
    source: str = ""
    operator: Operator | None = None
    settings: Mapping[str, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Refuse a name that no Coq file could have, and a rule that every term would be."""
        if not re.fullmatch(r"[a-z][a-z0-9_]*", self.name):
            raise ValueError(f"a dialect's name is like pool_ceil; got {self.name!r}")
        if not any(isinstance(part, Term) for part in self.term.args):
            raise ValueError(f"a dialect's rule is made of letters, not {self.term!r}")


# rounded up by negation, as these frameworks' sources have it; torch adds S - 1 instead
_reaching = -((-(W + 2 * P - extent)) // S) + 1

pool_ceil_raw = Dialect(
    "pool_ceil_raw",
    _reaching,
    latex=r"\operatorname{pool}^{\text{ceil}}",
    source="CoreML MIL, ceil_mode; PaddlePaddle and OpenVINO's ceil",
)
pool_ceil_torch = Dialect(
    "pool_ceil_torch",
    ceiled,
    latex=r"\operatorname{pool}^{\text{torch}}",
    source="torch, ATen/native/Pool.h",
    operator=max_pool,
    settings={"ceil_mode": 1},
)
pool_ceil_caffe = Dialect(
    "pool_ceil_caffe",
    where(1 <= P, minimum(_reaching, starting), _reaching),
    latex=r"\operatorname{pool}^{\text{Caffe}}",
    source="Caffe, pooling_layer.cpp",
)

DIALECTS: dict[str, Dialect] = {
    dialect.name: dialect for dialect in (pool_ceil_raw, pool_ceil_torch, pool_ceil_caffe)
}
"""Pools in ceil mode: every window that reaches in; torch's, which starts no window beyond the
input and its left padding; Caffe's, which does so only where there is padding."""

same = -((-W) // S)
"""TensorFlow's output size for `SAME`: the input over the stride, rounded up."""

same_padding = maximum(extent - where((W % S).eq(0), S, W % S), 0)
"""TensorFlow's padding for `SAME`, both sides together; the odd cell goes to the end."""
