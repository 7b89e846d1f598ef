"""The identities of n-fold up- and downsampling, and the families that solve them.

From the law to the identities: equate with nW for all W, compare two sizes, collect.
"""

from __future__ import annotations

from collections.abc import Mapping

import sympy

from symconv.deriving.steps import Derivation, Draft
from symconv.meanings.symbols import expression, symbol
from symconv.operators import OPERATORS, Operator
from symconv.operators.operator import A, D, F, P, S, W
from symconv.operators.scaling import divides, extent, multiplies, n
from symconv.terms import Term, TermLike, sizes, substitute

k, t = sizes("k t")


def _poly(law: Term) -> sympy.Poly:
    return sympy.Poly(expression(law), symbol("W"))


def upsampling(numbers: Mapping[str, int], operator: Operator | None = None) -> Derivation:
    """Derive when a transposed convolution multiplies every size by n, and all its solutions.

    Args:
        numbers: the user's numbers, by their letters.
        operator: the size law of the transposed convolution.
    """
    law = (operator or OPERATORS["conv_transpose"]).size
    draft = Draft("upsampling", numbers)

    def at(w: TermLike) -> Term:
        return substitute(law, {W: w}).eq(n * w)

    rule = multiplies
    draft.step(
        "statement",
        "n-fold upsampling: the output is n times the input, whatever the input is.",
        sympy.Eq(expression(law), symbol("n") * symbol("W")),
        equal=(law, (W - 1) * S + extent - 2 * P + A),
        claim=law.eq((W - 1) * S + extent - 2 * P + A),
    )
    one_more = substitute(law, {W: W + 1}) - law
    draft.step(
        "compare",
        "One input cell more gives S output cells more on the left and n more on the right.",
        sympy.Eq(symbol("S"), symbol("n")),
        equal=(one_more, S),
        given=[at(1), at(2)],
        claim=S.eq(n),
    )
    rest = extent + A - S - 2 * P
    draft.step(
        "collect",
        "Collected in W: a factor of W, which is zero by the step before, and a rest.",
        sympy.collect(sympy.expand(expression(law - n * W)), symbol("W")),
        equal=(_poly(law - n * W).as_expr(), (S - n) * W + rest),
        claim=(law - n * W).eq((S - n) * W + rest),
    )
    draft.step(
        "identities",
        "So it holds for all W just when S = n and the rest is zero; W = 1 and 2 already force it.",
        sympy.And(sympy.Eq(symbol("S"), symbol("n")), sympy.Eq(expression(rest), 0)),
        equal=(_poly(law - n * W).nth(0), rest),
        given=[],
        claim=(at(1) & at(2)).iff(rule) & (~rule | at(W)),
    )
    plain = {D: 1, A: 0}
    draft.step(
        "plain",
        "Without dilation and output padding this is the identity of the article.",
        sympy.Eq(symbol("F") - symbol("S") - 2 * symbol("P"), 0),
        equal=(substitute(rest, plain), F - S - 2 * P),
        claim=substitute(rest, plain).eq(F - S - 2 * P),
    )
    _families(draft, substitute(rule, plain))
    result = sympy.And(sympy.Eq(symbol("S"), symbol("n")), sympy.Eq(expression(rest), 0))
    return draft.done("When a transposed convolution multiplies every size by n", result)


def _families(draft: Draft, rule: Term) -> None:
    """Solve the plain identities: even n, odd n, both at once."""
    even = substitute(rule, {n: 2 * k})
    solved = sympy.solve(
        [symbol("S") - 2 * symbol("k"), symbol("F") - symbol("S") - 2 * symbol("t")],
        [symbol("F"), symbol("S")],
    )
    fs = symbol("F")
    draft.step(
        "even",
        "For n = 2k: S = 2k, P = t, F = 2(k + t) are all the solutions, k from 1 and t from 0.",
        sympy.Eq(fs, sympy.factor(solved[fs]), evaluate=False),
        equal=(solved[fs], 2 * (k + t)),
        given=[k >= 1, P >= 0],
        claim=even.iff(S.eq(2 * k) & F.eq(2 * (k + P))),
    )
    draft.step(
        "t from 0",
        "t starts at 0: from 1 on, S = 2, P = 0, F = 2 would be missing, the article's own first.",
        sympy.Ge(symbol("t"), 0, evaluate=False),
        equal=(sympy.Integer(2), solved[fs].subs({symbol("k"): 1, symbol("t"): 0})),
        given=[k >= 1, P >= 0, even],
        claim=P >= 1,
        refuted=True,
    )
    odd = substitute(rule, {n: 2 * k + 1})
    draft.step(
        "odd",
        "For n = 2k + 1: S = 2k + 1, P = t, F = 2(k + t) + 1 are all the solutions.",
        sympy.Eq(fs, expression(2 * (k + t) + 1), evaluate=False),
        equal=(solved[fs] + 1, 2 * (k + t) + 1),
        given=[k >= 0, P >= 0],
        claim=odd.iff(S.eq(2 * k + 1) & F.eq(2 * (k + P) + 1)),
    )
    draft.step(
        "both",
        "Both at once: S = n, P = t, F = n + 2t.",
        sympy.Eq(fs, expression(n + 2 * t), evaluate=False),
        equal=(solved[fs].subs(symbol("k"), symbol("n") / 2), n + 2 * t),
        given=[n >= 1, P >= 0],
        claim=rule.iff(S.eq(n) & F.eq(n + 2 * P)),
    )


def downsampling(numbers: Mapping[str, int], operator: Operator | None = None) -> Derivation:
    """Derive when a convolution divides every multiple of n by n.

    Args:
        numbers: the user's numbers, by their letters.
        operator: the size law of the convolution.
    """
    law = (operator or OPERATORS["conv"].symmetric).size
    draft = Draft("downsampling", numbers)

    def at(w: TermLike) -> Term:
        return substitute(law, {W: n * w}).eq(w)

    cut = extent - 2 * P
    rule = divides
    positive = [S >= 1, n >= 1]
    draft.step(
        "statement",
        "n-fold downsampling: nW cells give W, whatever W is.",
        sympy.Eq(expression(substitute(law, {W: n * W})), symbol("W")),
        equal=(law, (W + 2 * P - extent) // S + 1),
        given=positive,
        claim=law.eq((W + 2 * P - extent) // S + 1),
    )
    inside = n * W - cut
    draft.step(
        "block",
        "A floor is W - 1 just when what is floored lies in the block from (W - 1)S to WS.",
        sympy.And(
            sympy.Le(expression((W - 1) * S), expression(inside)),
            sympy.Lt(expression(inside), expression(W * S)),
        ),
        equal=(sympy.floor(expression(inside) / symbol("S")) + 1, substitute(law, {W: n * W})),
        given=positive,
        claim=at(W).iff(((W - 1) * S <= inside) & (inside < W * S)),
    )
    draft.step(
        "compare",
        "S windows on, the input has grown by nS and the block by S times S: so S = n.",
        sympy.Eq(symbol("S"), symbol("n")),
        equal=(substitute(inside, {W: W + S}) - inside, n * S),
        given=[*positive, at(1), at(S + 1)],
        claim=S.eq(n),
    )
    draft.step(
        "identities",
        "With S = n the block says 0 < E - 2P <= n, and no more: W = 1 and W = S + 1 force it.",
        sympy.And(
            sympy.Eq(symbol("S"), symbol("n")),
            sympy.Ge(expression(cut), 1),
            sympy.Le(expression(cut), symbol("n")),
        ),
        equal=(
            expression(substitute(law, {W: n * W})).subs(symbol("S"), symbol("n")),
            symbol("W") + sympy.floor(-expression(cut) / symbol("n")) + 1,
        ),
        given=positive,
        claim=(at(1) & at(S + 1)).iff(rule) & (~rule | at(W)),
    )
    plain = F - S - 2 * P

    def exact(w: Term) -> Term:
        return ((w - 1) * S).eq(n * w + 2 * P - F)

    draft.step(
        "without the floor",
        "The article's W = (nW + 2P - F)/S + 1, without the floor, has the one solution that also "
        "upsamples: S = n and F - S - 2P = 0.",
        sympy.Eq(expression(plain), 0),
        equal=((n * W + 2 * P - F) - (W - 1) * S, (n - S) * W - plain),
        given=positive,
        claim=(exact(W) & exact(W + 1)).iff(S.eq(n) & plain.eq(0)),
    )
    draft.step(
        "family",
        "So E = 2t + k with P = t from 0 and any k from 1 to n: n kernels for each padding.",
        sympy.Eq(expression(extent), expression(2 * t + k), evaluate=False),
        equal=(substitute(cut, {extent: 2 * t + k, 2 * P: 2 * t}), k),
        given=[*positive, k.eq(cut)],
        claim=rule.iff(S.eq(n) & extent.eq(2 * P + k) & (k >= 1) & (k <= n)),
    )
    result = sympy.And(
        sympy.Eq(symbol("S"), symbol("n")),
        sympy.Ge(expression(cut), 1),
        sympy.Le(expression(cut), symbol("n")),
    )
    return draft.done("When a convolution divides every multiple of n by n", result)
