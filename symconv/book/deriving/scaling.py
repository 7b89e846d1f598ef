"""The identities of n-fold up- and downsampling, and the families that solve them.

From the law to the identities: equate with nW for all W, compare two sizes, collect.
"""

from __future__ import annotations

from collections.abc import Mapping

import sympy

from symconv.book.deriving.rules import RULES
from symconv.book.deriving.steps import Draft
from symconv.meanings.symbols import expression, symbol
from symconv.operators import OPERATORS, Operator
from symconv.operators.letters import A, D, F, P, S, W, extent
from symconv.operators.scaling import SCATTERED, divides, multiplies, n
from symconv.terms import Term, TermLike, sizes, substitute, variables

k, t = sizes("k t")


def _poly(law: Term) -> sympy.Poly:
    return sympy.Poly(expression(law), symbol("W"))


def upsampling(numbers: Mapping[str, int], operator: Operator | None = None) -> Draft:
    """Derive when a transposed convolution multiplies every size by n, and all its solutions.

    Args:
        numbers: the user's numbers, by their letters.
        operator: the size law of the transposed convolution.
    """
    law = (operator or OPERATORS["conv_transpose"]).size
    draft = Draft("upsampling", numbers, named=True)

    rest = SCATTERED.painted - SCATTERED.room  # what the rule asks for besides S = n
    collected = W * (S - n) + rest
    draft.step(
        "collect",
        "n-fold upsampling: the output is n times the input, whatever the input is. The difference "
        "of both, collected in W, is a factor of W and a rest.",
        (law - n * W).eq(collected),
        equal=(_poly(law - n * W).as_expr(), collected),
        claim=(law - n * W).eq(collected),
    )
    draft.theorem(
        "identities",
        "So the factor and the rest are zero: that is all.",
        multiplies,
        "upsampling",
        equal=(_poly(law - n * W).nth(0), rest),
        argued=True,
    )
    plain = {D: 1, A: 0}
    draft.theorem(
        "plain",
        "Without dilation and output padding this is the identity of the article.",
        (F - S - 2 * P).eq(0),
        "upsampling_plain",
        equal=(substitute(rest, plain), F - S - 2 * P),
    )
    _families(draft, substitute(multiplies, plain))
    return draft.done(
        RULES["upsampling"].title,
        multiplies,
        result=S.eq(n) & rest.eq(0),
        says="n-fold upsampling, for all input sizes: the identities, and all their solutions.",
        hypotheses=_ranges(OPERATORS["conv_transpose"]),
        source=OPERATORS["conv_transpose"].source,
    )


def _families(draft: Draft, rule: Term) -> None:
    """Solve the plain identities: even n, odd n, both at once."""
    even = substitute(rule, {n: 2 * k})
    equations = sympy.And.make_args(expression(substitute(even, {P: t})))
    solved = sympy.solve(equations, [symbol("F"), symbol("S")])
    fs = symbol("F")
    draft.theorem(
        "even",
        "For n = 2k: S = 2k, P = t, F = 2(k + t) are all the solutions, k from 1 and t from 0.",
        S.eq(2 * k) & P.eq(t) & F.eq(2 * (k + t)),
        "family_even",
        equal=(solved[fs], 2 * (k + t)),
    )
    draft.theorem(
        "t from 0",
        "t starts at 0: from 1 on, S = 2, P = 0, F = 2 would be missing, the article's own first.",
        t >= 0,
        "not_family_even_from_one",
    )
    draft.theorem(
        "odd",
        "For n = 2k + 1: S = 2k + 1, P = t, F = 2(k + t) + 1 are all the solutions.",
        S.eq(2 * k + 1) & P.eq(t) & F.eq(2 * (k + t) + 1),
        "family_odd",
        equal=(solved[fs] + 1, 2 * (k + t) + 1),
    )
    draft.theorem(
        "both",
        "Both at once: S = n, P = t, F = n + 2t.",
        S.eq(n) & P.eq(t) & F.eq(n + 2 * t),
        "family_any",
        equal=(solved[fs].subs(symbol("k"), symbol("n") / 2), n + 2 * t),
    )


def downsampling(numbers: Mapping[str, int], operator: Operator | None = None) -> Draft:
    """Derive when a convolution divides every multiple of n by n.

    Args:
        numbers: the user's numbers, by their letters.
        operator: the size law of the convolution.
    """
    law = (operator or OPERATORS["conv"].symmetric).size
    draft = Draft("downsampling", numbers, named=True)

    def at(w: TermLike) -> Term:
        return substitute(law, {W: n * w}).eq(w)

    cut = extent - 2 * P
    positive = [S >= 1, n >= 1]
    one_stride_more = substitute(law, {W: W + S})
    draft.step(
        "one more",
        "n-fold downsampling: nW cells give W, whatever W is. By the law, a stride of cells more "
        "is one more window.",
        one_stride_more.eq(law + 1),
        equal=(one_stride_more, law + 1),
        given=[S >= 1],
    )
    inside = n * W - cut
    draft.step(
        "block",
        "A floor is W - 1 just when what is floored lies in the block from (W - 1)S up to, not "
        "including, W*S.",
        ((W - 1) * S <= inside) & (inside < W * S),
        equal=(sympy.floor(expression(inside) / symbol("S")) + 1, substitute(law, {W: n * W})),
        given=positive,
        claim=at(W).iff(((W - 1) * S <= inside) & (inside < W * S)),
    )
    draft.theorem(
        "identities",
        "With S = n the block says 0 < E - 2P <= n, and no more.",
        divides,
        "downsampling_with_floor",
        equal=(
            expression(substitute(law, {W: n * W})).subs(symbol("S"), symbol("n")),
            symbol("W") + sympy.floor(-expression(cut) / symbol("n")) + 1,
        ),
        argued=True,
    )
    plain = F - S - 2 * P
    draft.theorem(
        "without the floor",
        "The article's W = (nW + 2P - F)/S + 1, without the floor, has the one solution that also "
        "upsamples: S = n and F - S - 2P = 0.",
        plain.eq(0),
        "upsampling_without_floor",
        equal=((n * W + 2 * P - F) - (W - 1) * S, (n - S) * W - plain),
    )
    draft.step(
        "family",
        "So E = 2t + k with P = t from 0 and any k from 1 to n: n kernels for each padding.",
        extent.eq(2 * t + k),
        equal=(substitute(cut, {extent: 2 * t + k, 2 * P: 2 * t}), k),
        given=[*positive, k.eq(cut)],
        claim=divides.iff(S.eq(n) & extent.eq(2 * P + k) & (k >= 1) & (k <= n)),
    )
    return draft.done(
        RULES["downsampling"].title,
        divides,
        says="n-fold downsampling, for all multiples of n: the conditions, and all solutions.",
        hypotheses=_ranges(OPERATORS["conv"].symmetric),
        source=OPERATORS["conv"].source,
    )


def _ranges(operator: Operator) -> dict[str, Term]:
    """Return what is assumed of the layer's letters."""
    return {s: one for s, one in operator.ranges.items() if set(variables(one)) <= set("FSPDA")}
