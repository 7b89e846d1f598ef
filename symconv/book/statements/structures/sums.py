"""Sums of f(0), ..., f(n - 1), as the Coq file `Sums.v` defines them."""

from __future__ import annotations

from symconv.book.statements.structures.common import m, n, to_integer, to_natural
from symconv.book.statements.structures.formula import cases, every, function, names
from symconv.book.statements.structures.notion import notion

total, sum_, f, i = names("total sum f i")
nothing, successor = names("O S")
"""How Coq builds natural numbers."""

TOTAL = notion(
    "total",
    "f : Z -> Z; n : nat",
    "Z",
    cases(n, (nothing, 0), (successor(m), total(f, m) + f(to_integer(m)))),
)
SUM = notion(
    "sum",
    "n : Z; f : Z -> Z",
    "Z",
    total(f, to_natural(n)),
    latex=r"\sum_{{0 \le {name} < {n:list}}} {body:product}",
    text="sum({body} for 0 <= {name} < {n:list})",
    over=("f", "i"),
    level="list",
)
NOTIONS = (TOTAL, SUM)
REVERSED = every("n : Z; f : Z -> Z", sum_(n, function("i", f(n - 1 - i))).eq(sum_(n, f)))
"""The terms in the opposite order."""
