"""Exact functions as a prover: given ⇒ claim for every size from 1, where both speak of one size.

All sizes for which the hypotheses hold and the claim does not are one set; it is empty, or its
least member is the counterexample. No time limit is needed: a period that is too long is `unknown`.
"""

from __future__ import annotations

import time

from symconv.errors import UndecidedError
from symconv.meanings.periodic import EXACT, variable
from symconv.periodic import EVERYTHING, SizeSet
from symconv.proving.verdict import Verdict
from symconv.terms import Term, both, variables

BY = "exact functions"


def holding(statement: Term) -> SizeSet | None:
    """Return the sizes from 1 for which a statement in `W` holds; none where that is not decided.

    >>> from symconv.terms import sizes
    >>> (W,) = sizes("W")
    >>> holding((W % 2).eq(0) & (W > 6))
    even sizes, from 8
    """
    try:
        sizes: SizeSet = EXACT.evaluate(statement, {"W": variable()})
    except (UndecidedError, ZeroDivisionError):
        return None
    return sizes & EVERYTHING


def prove_exactly(claim: Term, *given: Term) -> Verdict:
    """Decide whether the hypotheses imply the claim, for every size `W` from 1.

    >>> from symconv.terms import sizes
    >>> (W,) = sizes("W")
    >>> print(prove_exactly((W % 4).eq(0), (W % 2).eq(0)))
    refuted by the smallest counterexample W = 2
    """
    start = time.monotonic()
    failing = holding(both(*given, ~claim)) if {*variables(claim, *given)} <= {"W"} else None
    seconds = time.monotonic() - start
    if failing is None:
        reason = "no exact function of one size with a short period says it"
        return Verdict("unknown", BY, reason=reason, seconds=seconds)
    if failing.least is None:
        return Verdict("proved", BY, seconds=seconds)
    return Verdict("refuted", BY, {"W": failing.least}, smallest=True, seconds=seconds)
