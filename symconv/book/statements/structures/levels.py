"""The sizes that a U-Net takes, for any number of levels and any factor: `Levels.v`."""

from __future__ import annotations

from collections.abc import Iterator

from symconv.book.statements.letters import CONV, CONV_TRANSPOSE
from symconv.book.statements.structures.arguing import Steps
from symconv.book.statements.structures.common import (
    D,
    F,
    L,
    P,
    W,
    conv,
    conv_transpose,
    extent,
    n,
    to_integer,
    valued,
)
from symconv.book.statements.structures.entry import Lemma, Structural
from symconv.book.statements.structures.formula import both, cases, every, function, given, names
from symconv.book.statements.structures.letters import Letters
from symconv.book.statements.structures.notion import notion
from symconv.book.statements.structures.parts import Numbers, Part
from symconv.book.statements.structures.sums import nothing, successor
from symconv.meanings.integers import PLAIN

down, up, keeps, decoded, accepts = names("down up keeps decoded accepts")
before, behind, blocks, level = names("before behind blocks l")
_more = successor(level)
_UNET = (before, behind, n)
_inner = down(n, before(L, W))
_returned = up(n, decoded(*_UNET, level, _inner))

NOTIONS = (
    notion(
        "down",
        "n W : Z",
        "Z",
        conv(W, n, n, 0, 1),
        latex=r"\operatorname{{down}}_{{{n}}}\left({W}\right)",
        text="down({W}, {n})",
    ),
    notion(
        "up",
        "n W : Z",
        "Z",
        conv_transpose(W, n, n, 0, 1, 0),
        latex=r"\operatorname{{up}}_{{{n}}}\left({W}\right)",
        text="up({W}, {n})",
    ),
    notion(
        "keeps",
        "blocks : nat -> Z -> Z",
        "Prop",
        every("l : nat; W : Z", given(W >= 1, blocks(level, W).eq(W))),
        latex=r"{blocks:atom} \text{{ keeps every size}}",
        text="{blocks:atom} keeps every size",
        level="comparison",
    ),
    notion(
        "decoded",
        "before behind : nat -> Z -> Z; n : Z; L : nat; W : Z",
        "Z",
        cases(
            L,
            (nothing, behind(nothing, before(nothing, W))),
            (_more, behind(L, _returned)),
        ),
        latex=r"{{\operatorname{{out}}_{{{n},\,{L}}}}}{own}\left({W}\right)",
        text="out({W}, {n}, {L}{own})",
    ),
    notion(
        "accepts",
        "before behind : nat -> Z -> Z; n : Z; L : nat; W : Z",
        "Prop",
        cases(
            L,
            (nothing, W >= 1),
            (
                _more,
                both(
                    W >= 1,
                    extent(1, n) <= before(L, W),
                    accepts(*_UNET, level, _inner),
                    _returned.eq(before(L, W)),
                ),
            ),
        ),
        latex=r"{{\operatorname{{takes}}_{{{n},\,{L}}}}}{own}\left({W}\right)",
        text="takes({W}, {n}, {L}{own})",
    ),
)

_kept = (keeps(before), keeps(behind))
_given = (*_kept, n >= 1)
_ALL = "before behind : nat -> Z -> Z; n : Z; L : nat; W : Z"
_takes, _out = accepts(*_UNET, L, W), decoded(*_UNET, L, W)
_divides = (n ** to_integer(L)).divides(W)

_TAKES = every(_ALL, given(*_given, _takes.iff(both(W >= 1, _divides))))
_KEEPS = every(_ALL, given(*_kept, _takes, _out.eq(W)))
_SAME_BLOCKS = every(
    "F P D : Z",
    given(
        (2 * P).eq(extent(D, F) - 1),
        keeps(function("_ W", conv(W, F, 1, P, D))),
    ),
)
_because = Steps(NOTIONS, _given)


def _levels_with(numbers: Numbers) -> Iterator[Part]:
    """Walk a U-Net down and up again, level by level."""
    factor, entering = numbers["n"], numbers["W"]
    skips, refused = list[int](), "" if entering >= 1 else "there is no cell"
    size = entering
    for _ in range(numbers["L"]):
        if refused or size < factor:
            cells = "1 cell" if size == 1 else f"{size} cells"
            refused = refused or f"a kernel of {factor} does not fit {cells}"
            break
        skips.append(size)
        letters = {"W": size, "F": factor, "S": factor, "P": 0, "D": 1}
        size = PLAIN.evaluate(CONV.size, letters)
    down_path, up_path = [*skips, size], [size]
    while skips and not refused:
        letters = {"W": size, "F": factor, "S": factor, "P": 0, "D": 1, "A": 0}
        size = PLAIN.evaluate(CONV_TRANSPOSE.size, letters)
        up_path.append(size)
        skip = skips.pop()
        if size != skip:
            refused = f"the skip connection has {skip} cells there"
    paths = f"down {' -> '.join(map(str, down_path))}"
    paths += f", up {' -> '.join(map(str, up_path))}" if len(up_path) > 1 else ""
    power, _ = valued(n ** to_integer(L), numbers, called="n^L")
    (_, divides), (_, taken) = (
        valued(side, numbers) for side in (_divides, both(W >= 1, _divides))
    )
    verdict = f"{power} {'divides' if divides else 'does not divide'} W"
    verdict += "" if entering >= 1 else ", and W is less than 1"
    left = f"{paths}: {refused or 'both ends of every skip connection agree'}"
    yield Part(left, verdict, (not refused) == taken)
    if not refused:
        yield Part(f"{entering} comes out as {size}", f"W = {entering}", size == entering)


STATEMENT = Structural(
    name="same_size_decoder",
    chapter="composition",
    says="A U-Net of L levels with factor n and blocks that keep the size takes W, and gives "
    "it back, just when n to the L divides W: for all L and n.",
    zh="L 级、倍数为 n 的 U-Net，如果各个模块都保持尺寸，那么它能接受 W 并还原它，"
    "当且仅当 n 的 L 次方整除 W；对所有 L 和 n 都成立。",
    argument=(
        _because(
            "down_is_floor",
            every("n W : Z", given(n >= 1, down(n, W).eq(W // n))),
            "Between two levels, kernel n with stride n and no padding: the size is divided by n "
            "and rounded down. What does not fill a whole window is lost here.",
            "两级之间用卷积核 n、步长 n、没有填充：尺寸除以 n 再向下取整。"
            "凑不满一个窗口的部分就在这里丢掉了。",
        ),
        _because(
            "up_is_multiple",
            every("n W : Z", up(n, W).eq(n * W)),
            "The transposed layer of the same kernel and stride makes exactly n times as many "
            "cells on the way up.",
            "上行时用同样卷积核和步长的转置卷积，尺寸恰好变成 n 倍。",
        ),
        _because(
            "decoded_of_accepted",
            every("L : nat; W : Z", given(_takes, _out.eq(W))),
            "A U-Net takes W if W >= 1 and, at every level, the kernel fits and both ends of the "
            "skip connection have the same size. Without a level there are only the two blocks, "
            "which keep W. Otherwise the outermost skip connection says that what comes back up "
            "is what went down, and the blocks around it keep that size.",
            "U-Net 能接受 W，是指 W >= 1，并且每一级都放得下卷积核、跳跃连接的两端尺寸相同。"
            "一级都没有时只有两个模块，它们保持 W。否则，最外面的跳跃连接说的是："
            "回来时的尺寸等于下去时的尺寸，而两边的模块都保持尺寸。",
        ),
        _because(
            "accepted_of_level",
            every(
                "l : nat; W : Z",
                accepts(*_UNET, _more, W).iff(
                    both(W >= 1, accepts(*_UNET, level, W // n), (n * (W // n)).eq(W))
                ),
            ),
            "So one level more asks two things. The U-Net below it must take floor(W/n), which it "
            "then gives back, and n times floor(W/n) must be W again: n divides W. That the kernel "
            "fits asks nothing more: the U-Net below takes only sizes from 1 on, and with "
            "floor(W/n) >= 1 W is at least n.",
            "所以多加一级，只多了两个要求：下面的 U-Net 能接受 floor(W/n)，并把它原样还回来；"
            "而 n 乘以 floor(W/n) 又等于 W，也就是 n 整除 W。卷积核放得下不是额外的要求："
            "下面的 U-Net 只接受 1 以上的尺寸，而 floor(W/n) >= 1 时 W 至少是 n。",
        ),
        _because(
            "unet_accepts_iff",
            _TAKES,
            "Now count the levels, by induction. Without any, only W >= 1 is asked. If the l "
            "levels below ask that n^l divides W/n, and the new one that n divides W, then both "
            "together ask that n^(l+1) divides W.",
            "再对级数归纳。一级都没有时，只要求 W >= 1。如果下面的 l 级要求 n^l 整除 W/n，"
            "新的一级要求 n 整除 W，合起来就是 n^(l+1) 整除 W。",
        ),
        _because(
            "unet_keeps_accepted",
            _KEEPS,
            "This is step 3 once more: every size that is taken comes out unchanged.",
            "这就是第 3 步：能接受的尺寸，出来时都不变。",
        ),
        _because(
            "same_conv_keeps",
            _SAME_BLOCKS,
            "Blocks that keep the size are easy to have: stride 1 and 2P = E - 1, such as kernel 3 "
            "with padding 1.",
            "保持尺寸的模块很容易做到：步长 1 且 2P = E - 1，例如卷积核 3、填充 1。",
        ),
    ),
    file="Levels.v",
    formal=(
        Lemma("unet_accepts_iff", _TAKES),
        Lemma("unet_keeps_accepted", _KEEPS),
        Lemma("same_conv_keeps", _SAME_BLOCKS),
    ),
    notions=NOTIONS,
    letters=Letters((("n", 1000), ("L", 20), ("W", 10**12))),
    numbers=_levels_with,
    uses=("level_restores_iff_divides", "round_trip_of_level"),
)
STATEMENTS = (STATEMENT,)
