"""Statements of chapter 5 about levels, down and up again, and about what people believe."""

from __future__ import annotations

from symconv.book.statements.letters import CELL, P, W, b, conv, conv_transpose, d, n, q
from symconv.book.statements.statement import Have, Iff, Some, Theorem
from symconv.terms import both

POSITIVE = {"both divisors are positive": both(b >= 1, d >= 1)}
_pooled = conv(F=n, S=n, P=0, D=1)
_level = conv_transpose(_pooled, F=n, S=n, P=0, D=1, A=0)
_restores = _level.eq(W).iff((W % n).eq(0))

LEVELS = (
    Theorem(
        name="level_restores_iff_divides",
        says="Pooling by n and upsampling by n give a size back just when n divides it.",
        zh="步长为 n 的池化加上 n 倍上采样，能还原一个尺寸，当且仅当 n 整除它。",
        given={"the factor is at least 1": n >= 1},
        steps=(
            Have(
                "A pool whose kernel is its stride n lays windows side by side: W//n of them.",
                _pooled.eq(W // n),
                "池化窗口的大小等于步长 n，窗口一个挨着一个，共 W//n 个。",
            ),
            Have(
                "The transposed layer puts n cells in the place of each, and what is back is W "
                "without its remainder by n.",
                _level.eq(W - W % n),
                "转置卷积把每一格换成 n 格，得到的是 W 减去它除以 n 的余数。",
            ),
            Have(
                "That is W just when the remainder is 0.",
                _restores,
                "它等于 W，当且仅当余数为 0。",
            ),
        ),
        claim=_restores,
        uses=("round_trip_of_level",),
    ),
    Theorem(
        name="two_levels_restore_iff_product_divides",
        says="Two such levels, by b and by d, give a size back just when bd divides it.",
        zh="这样的两级，倍数分别为 b 和 d，能还原一个尺寸，当且仅当 bd 整除它。",
        given=POSITIVE,
        claim=Iff(
            both((W % b).eq(0), ((W // b) % d).eq(0)),
            Some(q, W.eq(b * d * q), W // b // d),
            forth=(
                Have(
                    "The first level leaves nothing over, so W is b times what it passes on.",
                    W.eq(b * (W // b)),
                    "第一级没有余数，所以 W 是它传下去的尺寸的 b 倍。",
                ),
                Have(
                    "Nor does the second one, so that is d times a whole number.",
                    (W // b).eq(d * (W // b // d)),
                    "第二级也没有余数，所以传下去的尺寸又是一个整数的 d 倍。",
                ),
            ),
            back=(
                Have(
                    "W is b times dq: the first level leaves nothing over, and passes dq on.",
                    (W // b).eq(d * q),
                    "W 是 dq 的 b 倍：第一级没有余数，传下去的是 dq。",
                ),
                Have(
                    "That is d times q: the second level leaves nothing over either.",
                    (W // b // d).eq(q),
                    "dq 是 q 的 d 倍：第二级也没有余数。",
                ),
            ),
        ),
        uses=("same_size_decoder",),
    ),
    Theorem(
        name="not_upsampling_after_pooling",
        says="«Pooling by 2 and upsampling by 2 give every size back»: the pool drops the last "
        "cell of an odd size.",
        zh="“步长为 2 的池化加上 2 倍上采样，能还原所有尺寸”：尺寸为奇数时，池化会丢掉最后一格。",
        given=CELL | {"it fits": W >= 2},
        claim=conv_transpose(conv(F=2, S=2, P=0, D=1), F=2, S=2, P=0, D=1, A=0).eq(W),
        expected="refuted",
        counterexample={"W": 3},
        uses=("level_restores_iff_divides",),
    ),
    Theorem(
        name="not_four_halvings_power_of_two",
        says="«A size that survives four halvings is a power of two»: a power of two above 16 is a "
        "multiple of 32, and 48 is none, but survives.",
        zh="“能减半四次的尺寸一定是 2 的幂”：大于 16 的 2 的幂都是 32 的倍数，"
        "而 48 不是，却能减半四次。",
        given={
            "four halvings leave nothing over": both(
                *(((W // step) % 2).eq(0) for step in (1, 2, 4, 8))
            ),
            "it is above 16": W > 16,
        },
        claim=(W % 32).eq(0),
        expected="refuted",
        counterexample={"W": 48},
        uses=("two_levels_restore_iff_product_divides", "same_size_decoder"),
    ),
    Theorem(
        name="not_layers_commute",
        says="«Two layers may be exchanged»: after a stride of 2 a padding adds twice as many "
        "cells to the size as before it.",
        zh="“两层可以交换顺序”：同样的填充放在步长为 2 的层之后，"
        "给尺寸加上的格数是放在之前的两倍。",
        given=CELL | {"the padding adds cells": P >= 1},
        claim=conv(conv(F=1, S=2, P=0, D=1), F=1, S=1, D=1).eq(
            conv(conv(F=1, S=1, D=1), F=1, S=2, P=0, D=1)
        ),
        expected="refuted",
        counterexample={"W": 1, "P": 1},
        uses=("two_convs_are_one",),
    ),
)
