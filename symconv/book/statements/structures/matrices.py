"""A convolution is a matrix, and the transposed layer its transpose, on values: `Matrix.v`."""

from __future__ import annotations

from symconv.book.statements.structures.arguing import Because, Steps
from symconv.book.statements.structures.common import D, F, P, S, W, d, extent, n, o, x, y
from symconv.book.statements.structures.entry import Lemma, Structural
from symconv.book.statements.structures.formula import (
    both,
    every,
    function,
    given,
    listed,
    names,
    sign,
    some,
    where,
)
from symconv.book.statements.structures.letters import Letters
from symconv.book.statements.structures.matrix_notions import (
    LAYER,
    NOTIONS,
    convolved,
    flipped,
    padded,
    scattered,
    stretched,
    times,
    transposed_times,
    v,
    w,
)
from symconv.book.statements.structures.multiplying import (
    adjoint_with,
    not_inverse_with,
    stretched_with,
)
from symconv.book.statements.structures.sums import REVERSED, sum_

c, conv, mapped = names("c conv map")
_KERNEL = "F S P D : Z; w : Z -> Z; "
_run = scattered(*LAYER, n, y, x)
_taps = sign("=?", x, o * S + d * D - P)

_MATRIX = every(
    _KERNEL + "W : Z; v : Z -> Z; o : Z",
    convolved(*LAYER, W, v, o).eq(times(*LAYER, W, v, o)),
)
_TRANSPOSE = every(_KERNEL + "n : Z; y : Z -> Z; x : Z", _run.eq(transposed_times(*LAYER, n, y, x)))
_ADJOINT = every(
    _KERNEL + "W n : Z; v y : Z -> Z",
    sum_(n, function("o", convolved(*LAYER, W, v, o) * y(o))).eq(
        sum_(W, function("x", v(x) * _run))
    ),
)
_AS_SUM = every(
    _KERNEL + "n : Z; y : Z -> Z; x : Z",
    _run.eq(sum_(n, function("o", sum_(F, function("d", where(_taps, w(d) * y(o), 0)))))),
)
_STRETCHED = every(
    _KERNEL + "n : Z; y : Z -> Z; x : Z",
    given(
        S >= 1,
        _run.eq(
            convolved(
                *(F, 1, extent(D, F) - 1 - P, D, flipped(F, w)),
                *((n - 1) * S + 1, stretched(S, n, y), x),
            )
        ),
    ),
)
_pair = (2, 1, 0, 1)
_both_cells = listed(0, 1)
_NOT_INVERSE = some(
    "w v : Z -> Z",
    both(
        conv(2, 2, 1, 0, 1).eq(1),
        mapped(v, _both_cells).eq(listed(1, 0)),
        mapped(scattered(*_pair, w, 1, convolved(*_pair, w, 2, v)), _both_cells).eq(listed(1, 1)),
    ),
)
_any, _stretching = Steps(NOTIONS), Steps(NOTIONS, (S >= 1,))
_SIZES = (("W", 60), ("F", 60), ("S", 60), ("P", 60), ("D", 60))

STATEMENTS = (
    Structural(
        name="matrix_transpose",
        chapter="duality",
        says="A convolution is a matrix C times its input, and the transposed layer, run by "
        "scattering, is the transpose of C, for any weights.",
        zh="卷积等于矩阵 C 乘以输入；转置卷积逐个输入写入并累加，结果就是 C 的转置乘以输入，"
        "对任何权重都成立。",
        argument=(
            Because(
                "Row o of C has the weight of tap d in the column of the cell that the tap reads, "
                "oS + dD - P, and zeros elsewhere. Taps on the padding have no column: they "
                "would multiply zeros.",
                "C 的第 o 行，在采样点 d 读取的那一列，也就是第 oS + dD - P 列，放上它的权重，"
                "其余为零。落在填充上的采样点没有对应的列：它们乘的本来就是零。",
                r"C_{o,\,oS + dD - P} = w_d",
            ),
            _any(
                "padded_as_sum",
                every(
                    "W : Z; v : Z -> Z; c : Z",
                    padded(W, v, c).eq(sum_(W, function("x", where(sign("=?", x, c), v(x), 0)))),
                ),
                "A cell c of the padded input is a sum over the input in which only x = c counts. "
                "On the padding no x does, and the sum is 0.",
                "填充后输入的第 c 格可以写成对输入的求和，其中只有 x = c 一项起作用；"
                "c 落在填充上时没有这样的 x，和为 0。",
            ),
            _any(
                "conv_is_matrix",
                _MATRIX,
                "Put this into the sum over the taps, and add up in the other order, first over "
                "the taps, then over the cells. What the taps add up to at the cell x is the "
                "entry of C: the convolution is C times the input.",
                "把它代入对采样点的求和，再交换次序：先对采样点求和，再对格求和。"
                "采样点在第 x 格上加起来的，正是 C 的元素。所以卷积就是 C 乘以输入。",
            ),
            _any(
                "scattered_as_sum",
                _AS_SUM,
                "The transposed layer starts with zeros, and each input o adds w_d times its value "
                "to the cell under tap d. So the cell x has the sum of all that was added there.",
                "转置卷积从全零开始，每个输入 o 把自己的值乘以 w_d，加到采样点 d 下面的那一格。"
                "所以第 x 格的值，就是加到这一格上的全部之和。",
            ),
            _any(
                "scattered_is_transpose",
                _TRANSPOSE,
                "These are the same weights, taken by columns: what tap after tap adds to x is the "
                "entry of C in row o and column x, times the value of o.",
                "用到的还是那些权重，只是按列来取：各采样点加到第 x 格上的，"
                "是 C 第 o 行第 x 列的元素乘以第 o 个值。",
            ),
            _any(
                "layers_adjoint",
                _ADJOINT,
                "A matrix can change sides in a product of two vectors if it is transposed. So the "
                "two layers are adjoint, which is why one is the gradient of the other.",
                "在两个向量的内积里，矩阵换到另一边时要转置。所以这两个层互为伴随，"
                "一个就是另一个的梯度。",
            ),
        ),
        file="Matrix.v",
        formal=(
            Lemma("conv_is_matrix", _MATRIX),
            Lemma("scattered_is_transpose", _TRANSPOSE),
            Lemma("layers_adjoint", _ADJOINT),
        ),
        notions=NOTIONS,
        letters=Letters(_SIZES),
        numbers=adjoint_with,
        cites="Dumoulin & Visin 2016, section 4.1",
    ),
    Structural(
        name="matrix_of_stretched",
        chapter="duality",
        says="The values, too: scattering is the convolution of the stretched input with the "
        "flipped kernel, stride 1 and padding E - 1 - P.",
        zh="数值也一样：逐个写入并累加的结果，等于用翻转后的卷积核，对插零后的输入做步长为 1、"
        "填充为 E - 1 - P 的卷积。",
        argument=(
            _stretching(
                "scattered_as_sum",
                _AS_SUM,
                "Run by scattering, the cell x has w_d times y_o from every input o and tap d "
                "that meet there: x = oS + dD - P.",
                "逐个写入时，凡是满足 x = oS + dD - P 的输入 o 和采样点 d，"
                "都把 w_d 乘以 y_o 加到第 x 格。",
            ),
            _stretching(
                "stretched_as_sum",
                every(
                    "S n : Z; y : Z -> Z; c : Z",
                    given(
                        S >= 1,
                        stretched(S, n, y, c).eq(
                            sum_(n, function("o", where(sign("=?", c, o * S), y(o), 0)))
                        ),
                    ),
                ),
                "The stretched input has the value of input o at the cell oS and zeros between. "
                "As a sum over the inputs: only the one with c = oS counts.",
                "插零之后，第 oS 格是第 o 个输入的值，其余为零。写成对输入的求和，"
                "只有 c = oS 的那一项起作用。",
            ),
            _stretching(
                "stretched_fits",
                every(
                    "S n : Z; y : Z -> Z; c : Z",
                    given(
                        S >= 1,
                        padded((n - 1) * S + 1, stretched(S, n, y), c).eq(stretched(S, n, y, c)),
                    ),
                ),
                "It ends with the last input, after (n - 1)S + 1 cells. Beyond them there are only "
                "zeros, so padding it changes nothing.",
                "它到最后一个输入为止，共 (n - 1)S + 1 格。再往外全是零，所以填充不改变什么。",
            ),
            _stretching(
                "sum_reversed",
                REVERSED,
                "The flipped kernel has the weight of tap F - 1 - d in the place of tap d. That "
                "only changes the order in which the taps are added up.",
                "翻转后的卷积核，在采样点 d 的位置上是第 F - 1 - d 个权重。"
                "这只改变了采样点相加的次序。",
            ),
            _stretching(
                "scattered_is_conv_of_stretched",
                _STRETCHED,
                "With stride 1 and padding E - 1 - P, tap d of output x reads the stretched cell "
                "x + dD - (E - 1 - P). That is oS just when x = oS + (F - 1 - d)D - P: the same "
                "pairs of weight and input meet, so the values are the same.",
                "步长为 1、填充为 E - 1 - P 时，输出 x 的采样点 d 读取插零后的第 "
                "x + dD - (E - 1 - P) 格。它等于 oS，当且仅当 x = oS + (F - 1 - d)D - P："
                "相遇的是同样的权重和输入，所以数值相同。",
            ),
        ),
        file="Matrix.v",
        formal=(Lemma("scattered_is_conv_of_stretched", _STRETCHED),),
        notions=NOTIONS,
        letters=Letters(_SIZES),
        numbers=stretched_with,
        uses=("emulation_of_dilated_conv_transpose",),
        cites="Dumoulin & Visin 2016, section 4.6",
    ),
    Structural(
        name="matrix_not_inverse",
        chapter="duality",
        says="The transposed layer gives the size back, not the values: C transposed times C is "
        "not the identity.",
        zh="转置卷积还原的是尺寸，不是数值：C 的转置乘以 C 不是单位矩阵。",
        argument=(
            Because(
                "Take two cells and one kernel of two ones. There is one output, so C has one row, "
                "and the input (1, 0) becomes the single value 1.",
                "取两格输入和一个由两个 1 组成的卷积核。输出只有一格，所以 C 只有一行，"
                "输入 (1, 0) 变成一个值 1。",
                r"C = \begin{pmatrix} 1 & 1 \end{pmatrix}, \qquad "
                r"C \begin{pmatrix} 1 \\ 0 \end{pmatrix} = 1",
            ),
            _any(
                "transpose_is_not_inverse",
                _NOT_INVERSE,
                "The transposed layer writes this 1 through both taps, and gives (1, 1), not "
                "(1, 0). Where there are fewer outputs than inputs no weights can help: a product "
                "through fewer numbers cannot tell all inputs apart.",
                "转置卷积把这个 1 通过两个采样点写出去，得到 (1, 1)，而不是 (1, 0)。"
                "只要输出比输入少，换什么权重都没有用：中间的数变少了，就分不清所有的输入。",
            ),
        ),
        file="Matrix.v",
        formal=(Lemma("transpose_is_not_inverse", _NOT_INVERSE),),
        notions=NOTIONS,
        letters=Letters(_SIZES),
        numbers=not_inverse_with,
        uses=("matrix_transpose",),
    ),
)
