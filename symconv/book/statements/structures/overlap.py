"""When a transposed layer gives every output the same number of contributions: `Overlap.v`."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from symconv.book.statements.structures.arguing import Steps
from symconv.book.statements.structures.common import (
    D,
    F,
    S,
    W,
    d,
    extent,
    gcd,
    listed,
    valued,
    x,
    y,
)
from symconv.book.statements.structures.entry import Lemma, Structural
from symconv.book.statements.structures.formula import (
    between,
    both,
    every,
    function,
    given,
    names,
    sign,
    where,
)
from symconv.book.statements.structures.letters import Letters
from symconv.book.statements.structures.notion import notion
from symconv.book.statements.structures.parts import Numbers, Part
from symconv.book.statements.structures.sums import NOTIONS as SUMS
from symconv.book.statements.structures.sums import sum_

tap_reaches, hits, contributes = names("tap_reaches hits contributes")
contributions, inside, uniform = names("contributions inside uniform")
other, k = names("y' k")

NOTIONS = (
    *SUMS,
    notion(
        "tap_reaches",
        "S D y d : Z",
        "Z",
        where(sign("=?", (y - d * D) % S, 0), 1, 0),
        latex=r"\operatorname{{reaches}}{own}\left({y}, {d}\right)",
        text="reaches({y}, {d}{own})",
    ),
    notion(
        "hits",
        "F S D y : Z",
        "Z",
        sum_(F, tap_reaches(S, D, y)),
        latex=r"\operatorname{{hits}}{own}\left({y}\right)",
        text="hits({y}{own})",
    ),
    notion(
        "contributes",
        "W S D y d : Z",
        "Z",
        sum_(W, function("x", where(sign("=?", y, x * S + d * D), 1, 0))),
        latex=r"\operatorname{{contributes}}{own}\left({y}, {d}\right)",
        text="contributes({y}, {d}{own})",
    ),
    notion(
        "contributions",
        "W F S D y : Z",
        "Z",
        sum_(F, contributes(W, S, D, y)),
        latex=r"\operatorname{{contributions}}{own}\left({y}\right)",
        text="contributions({y}{own})",
    ),
    notion(
        "inside",
        "W F S D y : Z",
        "Prop",
        between(extent(D, F) - 1, y, (W - 1) * S, strict=False),
    ),
    notion(
        "uniform", "F S D : Z", "Prop", every("y y' : Z", hits(F, S, D, y).eq(hits(F, S, D, other)))
    ),
)

_KERNEL = (F >= 1, S >= 1)
_WINDOW = (*_KERNEL, D >= 1)
_hits, _inside = hits(F, S, D, y), inside(W, F, S, D, y)
_even = both(S.divides(F), gcd(S, D).eq(1))
_uniform = uniform(F, S, D)

_LAYER_IFF = every(
    "F S D : Z",
    given(
        *_WINDOW,
        every(
            "W y y' : Z",
            given(
                _inside,
                inside(W, F, S, D, other),
                contributions(W, F, S, D, y).eq(contributions(W, F, S, D, other)),
            ),
        ).iff(_even),
    ),
)
_LINE_IFF = every("F S D : Z", given(*_KERNEL, _uniform.iff(_even)))
_SAME_INSIDE = every(
    "W F S D y : Z",
    given(S >= 1, D >= 1, _inside, contributions(W, F, S, D, y).eq(_hits)),
)
_because = Steps(NOTIONS, _WINDOW)


def _with(numbers: Numbers) -> Iterator[Part]:
    """Scatter a layer whose inside has a whole stride of cells, and count what each cell gets."""
    stride, dilation, taps = numbers["S"], numbers["D"], numbers["F"]
    span, reach = valued(extent(D, F), numbers)
    inputs = reach + 1
    written = Counter(
        cell * stride + tap * dilation for cell in range(inputs) for tap in range(taps)
    )
    cells = range(reach - 1, (inputs - 1) * stride + 1)
    amounts = [written[cell] for cell in cells]
    yield Part(
        f"{span}; of {inputs} inputs the cells {cells[0]} to {cells[-1]} are inside, and get "
        f"{listed(amounts)} contributions"
    )
    alike = len(set(amounts)) == 1
    (divided, divides), (common, divisor) = (
        valued(side, numbers) for side in (S.divides(F), gcd(S, D))
    )
    left = f"{'all' if alike else 'not all'} of them get the same number"
    yield Part(left, f"{divided}, {common}", alike == (divides and divisor == 1))
    on_line = [
        sum((cell - tap * dilation) % stride == 0 for tap in range(taps)) for cell in range(stride)
    ]
    shown = f"on a line without ends, {stride} neighbours get {listed(on_line)}"
    yield Part(shown, f"{sum(on_line)} in all, F = {taps}", sum(on_line) == taps)


STATEMENT = Structural(
    name="uniform_overlap",
    chapter="upsampling",
    says="No checkerboard: away from the border every output gets the same number of "
    "contributions just when S divides F and gcd(S, D) = 1.",
    zh="没有棋盘格伪影：除去边缘，每个输出格被写入的次数都相同，"
    "当且仅当 S 整除 F 且 gcd(S, D) = 1。",
    argument=(
        _because(
            "contributions_inside",
            _SAME_INSIDE,
            "Tap d of input x writes the cell y = xS + dD. So tap d reaches y just when y - dD "
            "is a multiple of S, and if y is far enough from both ends, that multiple is an input "
            "of the layer. Inside, the border plays no part: count taps on a line without ends.",
            "输入 x 的采样点 d 写到第 y = xS + dD 格。所以采样点 d 够得到 y，当且仅当 y - dD "
            "是 S 的倍数；只要 y 离两端足够远，这个倍数就对应层里的一个输入。"
            "因此在内部不用管边缘，只需在没有尽头的一行上数采样点。",
        ),
        _because(
            "hits_periodic",
            every(
                "F S D y k : Z",
                given(S >= 1, hits(F, S, D, y + k * S).eq(_hits)),
            ),
            "Moving y by S changes no remainder, so the number repeats after S cells, and S "
            "neighbours tell everything.",
            "y 移动 S 格，余数都不变，所以次数每 S 格重复一遍，看相邻的 S 格就够了。",
        ),
        _because(
            "hits_of_neighbours",
            every("F S D : Z", given(*_KERNEL, sum_(S, hits(F, S, D)).eq(F))),
            "Of S neighbours, each tap reaches exactly one. So together they get F contributions.",
            "相邻的 S 格里，每个采样点恰好够得到一格，所以它们一共被写入 F 次。",
        ),
        _because(
            "hits_of_uniform",
            every("F S D y : Z", given(*_KERNEL, _uniform, F.eq(_hits * S))),
            "If all cells get the same, each of the S neighbours gets F/S, and so S divides F.",
            "如果每格次数相同，这 S 格各被写入 F/S 次，所以 S 整除 F。",
        ),
        _because(
            "gcd_of_uniform",
            every("F S D : Z", given(*_KERNEL, _uniform, gcd(S, D).eq(1))),
            "Then the cell 1 gets something, too: some tap d has 1 - dD = qS. So 1 is a multiple "
            "of D and a multiple of S added up, and S and D have no common divisor.",
            "这时第 1 格也会被写入：有某个采样点 d 使 1 - dD = qS。"
            "于是 1 等于 D 的一个倍数加上 S 的一个倍数，所以 S 和 D 互质。",
        ),
        _because(
            "hits_shifted",
            every(
                "F S D y : Z",
                given(*_KERNEL, S.divides(F), hits(F, S, D, y + D).eq(_hits)),
            ),
            "Now the other way. Move y by D: tap d + 1 reaches what tap d reached. Only the tap F, "
            "which does not exist, would be left over, and tap 0 is new. If S divides F, D times F "
            "is a multiple of S, so those two reach the same cells, and the number stays.",
            "反过来，把 y 移动 D 格：采样点 d + 1 够得到的，正是原来采样点 d 够得到的。"
            "两者只差并不存在的采样点 F 和新出现的采样点 0；S 整除 F 时，D 乘以 F 是 S 的倍数，"
            "这两个够得到的格相同，所以次数不变。",
        ),
        _because(
            "uniform_of_gcd",
            every(
                "F S D : Z",
                given(*_KERNEL, S.divides(F), gcd(S, D).eq(1), _uniform),
            ),
            "If gcd(S, D) = 1, every distance is a multiple of D and a multiple of S added up. "
            "Neither kind of move changes the number, so all cells get the same.",
            "如果 gcd(S, D) = 1，任何距离都是 D 的倍数与 S 的倍数之和。"
            "这两种移动都不改变次数，所以每格的次数相同。",
        ),
        _because(
            "uniform_iff",
            _LINE_IFF,
            "Both directions together: on a line without ends, it is even just when both hold.",
            "两个方向合起来：在没有尽头的一行上，均匀当且仅当这两个条件成立。",
        ),
        _because(
            "uniform_overlap_iff",
            _LAYER_IFF,
            "A layer of E + 1 inputs has cells of every remainder in its inside. So what holds "
            "inside every layer holds on the line, and the other way round.",
            "有 E + 1 个输入的层，内部的格已经取遍所有余数。"
            "所以对每个层的内部成立，就对整行成立，反之亦然。",
        ),
    ),
    file="Overlap.v",
    formal=(
        Lemma("uniform_overlap_iff", _LAYER_IFF),
        Lemma("uniform_iff", _LINE_IFF),
        Lemma("contributions_inside", _SAME_INSIDE),
    ),
    notions=NOTIONS,
    letters=Letters((("F", 60), ("S", 60), ("D", 60))),
    numbers=_with,
    cites="Odena, Dumoulin & Olah 2016, Deconvolution and checkerboard artifacts",
)
STATEMENTS = (STATEMENT,)
