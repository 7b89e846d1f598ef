"""Placements of a window, and the cells that a transposed layer writes: the laws as counts.

The Coq file is `Placements.v`.
"""

from __future__ import annotations

from collections.abc import Iterator

from symconv.book.statements.structures.arguing import Because, Steps
from symconv.book.statements.structures.common import (
    ZERO,
    D,
    F,
    L,
    P,
    S,
    W,
    conv,
    conv_transpose,
    counted,
    d,
    extent,
    j,
    listed,
    m,
    maximum,
    n,
    valued,
    x,
    y,
)
from symconv.book.statements.structures.entry import Lemma, Structural
from symconv.book.statements.structures.formula import between, both, every, given, names, some
from symconv.book.statements.structures.letters import Letters
from symconv.book.statements.structures.notion import notion
from symconv.book.statements.structures.parts import Numbers, Part

legal, counts, spans, scattered = names("legal counts spans scattered")
here, lowest, highest = names("here lowest highest")
PADDED = W + 2 * P

LEGAL = notion(
    "legal",
    "L F S D j : Z",
    "Prop",
    both(
        ZERO <= j,
        every("d : Z", given(between(0, d, F), between(0, j * S + d * D, L))),
    ),
    latex=r"{{\operatorname{{legal}}_{{{L}}}}}{own}\left({j}\right)",
    text="legal({j}, {L}{own})",
)
COUNTS = notion(
    "counts",
    "n : Z; here : Z -> Prop",
    "Prop",
    both(ZERO <= n, every("j : Z", here(j).iff(between(0, j, n)))),
    latex=r"\{{\, {name} : {body} \,\}} = [0, {n}) \land 0 \le {n:list}",
    text="the {name} with {body:comparison} are those of 0 <= {name} < {n:list} and 0 <= {n:list}",
    over=("here", "j"),
    level="and",
)
SPANS = notion(
    "spans",
    "lowest highest : Z; here : Z -> Prop",
    "Prop",
    both(
        here(lowest),
        here(highest),
        every("y : Z", given(here(y), between(lowest, y, highest, strict=False))),
    ),
    latex=r"\min {NAME} = {lowest} \land \max {NAME} = {highest} \quad \text{{for }} "
    r"{NAME} = \{{\, {name} : {body} \,\}}",
    text="the {name} with {body:comparison} go from {lowest} to {highest}",
    over=("here", "y"),
    level="loosest",
)
SCATTERED = notion(
    "scattered",
    "W F S D y : Z",
    "Prop",
    some("x d : Z", both(between(0, x, W), between(0, d, F), y.eq(x * S + d * D))),
    latex=r"\operatorname{{written}}{own}\left({y}\right)",
    text="written({y}{own})",
)
NOTIONS = (LEGAL, COUNTS, SPANS, SCATTERED)

WINDOW = (F >= 1, S >= 1, D >= 1)
FITS = extent(D, F) <= PADDED
_placed = legal(PADDED, F, S, D)
_written = scattered(W, F, S, D)
_outputs = maximum(0, conv(W, F, S, P, D))
_size = conv_transpose(W, F, S, 0, D, 0)
_SPAN = (W >= 1, *WINDOW)

_IN_ORDER = every("W F S P D : Z", given(*WINDOW, FITS, counts(conv(W, F, S, P, D), _placed)))
_NONE = every(
    "W F S P D : Z",
    given(
        *WINDOW,
        PADDED < extent(D, F),
        both(counts(0, _placed), conv(W, F, S, P, D) <= 0),
    ),
)
_COUNTED = every("W F S P D n : Z", given(*WINDOW, counts(n, _placed).iff(n.eq(_outputs))))
_SPANNED = every("W F S D : Z", given(*_SPAN, spans(0, _size - 1, _written)))
_LENGTH = every(
    "W F S D lowest highest : Z",
    given(
        *_SPAN,
        spans(lowest, highest, _written),
        (highest - lowest + 1).eq((W - 1) * S + extent(D, F)),
    ),
)
_placing = Steps(NOTIONS, WINDOW)
_spanning = Steps(NOTIONS, _SPAN)


def placed(numbers: Numbers) -> list[int]:
    """Return the legal placements, each tap of each tried."""
    taps, stride, dilation = range(numbers["F"]), numbers["S"], numbers["D"]
    length = numbers["W"] + 2 * numbers["P"]
    tried = range(max(0, length) // stride + 1)
    return [
        place
        for place in tried
        if all(0 <= place * stride + tap * dilation < length for tap in taps)
    ]


def written_cells(numbers: Numbers) -> set[int]:
    """Return the cells that the taps of every input are scattered to."""
    inputs, taps = range(numbers["W"]), range(numbers["F"])
    return {cell * numbers["S"] + tap * numbers["D"] for cell in inputs for tap in taps}


def _placements_with(numbers: Numbers) -> Iterator[Part]:
    legal_ones = placed(numbers)
    law, most = valued(_outputs, numbers)
    begin = listed(place * numbers["S"] for place in legal_ones)
    where = f": {listed(legal_ones)}, which begin at {begin}" if legal_ones else ""
    left = f"{counted(len(legal_ones), 'placement')}{where}"
    yield Part(left, law, legal_ones == list(range(most)))
    (reach, cells), (padded, length) = valued(extent(D, F), numbers), valued(PADDED, numbers)
    law, size = valued(conv(W, F, S, P, D), numbers)
    fits = "one window fits" if cells <= length else "no window fits"
    yield Part(f"{fits}: {reach}, {padded}", law, (cells <= length) == (size > 0))


def _span_with(numbers: Numbers) -> Iterator[Part]:
    cells = written_cells(numbers)
    _, size = valued(_size, numbers)
    first, last = min(cells), max(cells)
    left = f"taps at {listed(sorted(cells))}: from {first} to {last}, {last - first + 1} cells"
    law = f"the transposed law without padding gives {size}"
    yield Part(left, law, (first, last) == (0, size - 1))
    formula, length = valued((W - 1) * S + extent(D, F), numbers)
    yield Part(f"{last} - {first} + 1 = {last - first + 1}", formula, last - first + 1 == length)


STATEMENTS = (
    Structural(
        name="placements",
        chapter="counting",
        says="From first principles: a placement is legal when each of its taps lies in the "
        "padded input; the legal ones are 0, ..., conv(W) - 1, and none where no window fits.",
        zh="从定义出发：窗口的每个采样点都落在填充后的输入之内，这个位置才合法；"
        "合法的位置恰好是 0 到 conv(W) - 1，放不下窗口时一个也没有。",
        argument=(
            _placing(
                "legal_iff",
                every(
                    "L F S D j : Z",
                    given(*WINDOW, ZERO <= j, legal(L, F, S, D, j).iff(j * S + extent(D, F) <= L)),
                ),
                "Placement j begins at the cell jS. Its last tap lies farthest to the right, so "
                "all taps are inside just when the whole extent, E cells from there on, is.",
                "第 j 个位置从第 jS 格开始。最后一个采样点最靠右，所以全部采样点都在里面，"
                "当且仅当从那里开始的整个跨度 E 格都在里面。",
            ),
            _placing(
                "conv_counts_placements",
                _IN_ORDER,
                "So j is legal as long as jS <= W + 2P - E. Where a window fits, these j run from "
                "0 to the quotient (W + 2P - E)/S, rounded down. That is one more than this "
                "quotient, as the law says.",
                "所以只要 jS <= W + 2P - E，位置 j 就合法。放得下一个窗口时，"
                "这样的 j 从 0 一直到 (W + 2P - E)/S 向下取整，"
                "个数是这个商再加 1，正是公式给出的数。",
            ),
            _placing(
                "no_placement_of_unfit",
                _NONE,
                "Where not even the first window fits, no j is legal. The quotient is then below "
                "0, so the law gives 0 or less.",
                "连第一个窗口都放不下时，没有合法的 j。这时商是负数，公式给出的数不超过 0。",
            ),
            _placing(
                "count_unique",
                every(
                    "m n : Z; here : Z -> Prop", given(counts(m, here), counts(n, here), m.eq(n))
                ),
                "What is numbered from 0 on without a gap has only one count: of two different "
                "ones, the larger would have a number that the smaller does not have.",
                "从 0 开始连续编号的东西，个数是唯一的：如果有两个不同的个数，"
                "大的那个就会多出一个编号。",
            ),
            _placing(
                "placements_counted",
                _COUNTED,
                "Both cases together: the number of legal placements is the law, cut off at 0.",
                "两种情形合起来：合法位置的个数就是公式的值，小于 0 时算作 0。",
            ),
        ),
        file="Placements.v",
        formal=(
            Lemma("placements_counted", _COUNTED),
            Lemma("conv_counts_placements", _IN_ORDER),
            Lemma("no_placement_of_unfit", _NONE),
        ),
        notions=NOTIONS,
        letters=Letters((("W", 10_000), ("F", 1000), ("S", 1000), ("P", 1000), ("D", 1000))),
        numbers=_placements_with,
        uses=("size_ge_iff_window_fits",),
        cites="Dumoulin & Visin 2016, section 2.4",
    ),
    Structural(
        name="scattered_span",
        chapter="duality",
        says="From first principles: the cells that the taps of a transposed layer are scattered "
        "over span (W - 1)S + E cells, its size without padding.",
        zh="从定义出发：转置卷积的采样点写到的格，从头到尾共 (W - 1)S + E 格，"
        "也就是没有填充时的输出尺寸。",
        argument=(
            Because(
                "Input x writes through tap d to the cell xS + dD. Both terms grow with x and "
                "with d, so the lowest cell is that of the first input and the first tap, and the "
                "highest that of the last input and the last tap.",
                "输入 x 通过采样点 d 写到第 xS + dD 格。两项都随 x 和 d 增大，"
                "所以最低的一格来自第一个输入和第一个采样点，最高的一格来自最后一个输入和"
                "最后一个采样点。",
                r"0 \le x S + d D \le (W - 1) S + (F - 1) D",
            ),
            _spanning(
                "conv_transpose_spans_scattered",
                _SPANNED,
                "The highest cell is (W - 1)S + (F - 1)D = (W - 1)S + E - 1, one less than the law "
                "without padding and output padding. Both ends are written, and nothing outside.",
                "最高的一格是 (W - 1)S + (F - 1)D = (W - 1)S + E - 1，"
                "比没有填充和输出填充时的公式少 1。两端都会写到，此外什么也不会写到。",
            ),
            _spanning(
                "span_of_scattered",
                _LENGTH,
                "A range has only one pair of ends, so whatever the ends are called, there are "
                "(W - 1)S + E cells from one to the other, both counted.",
                "一个范围的两端是唯一的，所以不管两端叫什么，从一端到另一端，"
                "连两端在内共 (W - 1)S + E 格。",
            ),
        ),
        file="Placements.v",
        formal=(
            Lemma("conv_transpose_spans_scattered", _SPANNED),
            Lemma("span_of_scattered", _LENGTH),
        ),
        notions=NOTIONS,
        letters=Letters((("W", 1000), ("F", 1000), ("S", 1000), ("D", 1000))),
        numbers=_span_with,
        uses=("emulation_of_conv_transpose",),
    ),
)
