"""What numbers make of structural statements, said in Chinese: phrase by phrase."""

from __future__ import annotations

import re

_INT = r"(-?\d+)"
PHRASES: dict[str, str] = {
    r"^not written, so as in torch: ": "没有写出，取 torch 的默认值：",
    r"^(.*) does not hold$": r"\1 不成立",
    r"; they agree$": "；两边一致",
    r"; they do not agree$": "；两边不一致",
    # placements and spans
    rf"^{_INT} placements?: (.*), which begin at (.*?); ": r"\1 个位置：\2，起始格为 \3；",
    r"^no placement; ": "没有合法的位置；",
    r"^one window fits: ": "放得下一个窗口：",
    r"^no window fits: ": "放不下窗口：",
    rf"^taps at (.*): from {_INT} to {_INT}, {_INT} cells?; ": (
        r"采样点落在 \1：从 \2 到 \3，共 \4 格；"
    ),
    rf"the transposed law without padding gives {_INT}": r"没有填充时，转置卷积的公式给出 \1",
    # matrices
    r"^no layer has these numbers: W, F, S and D are at least 1": (
        "没有这样的层：W、F、S、D 至少为 1"
    ),
    r"^C has no row: no window fits": "C 没有行：放不下窗口",
    rf"^C has {_INT} rows? and {_INT} columns?: ": r"C 有 \1 行 \2 列：",
    rf"^C has {_INT} rows? and {_INT} columns?": r"C 有 \1 行 \2 列",
    r"^C x times y has (\w+) products?; x times what is scattered has (\w+)": (
        r"C x 与 y 的内积有 \1 项；x 与逐个写入所得的内积有 \2 项"
    ),
    r"^C x is ": "C x 等于 ",
    r"^C transposed times y is ": "C 的转置乘以 y 等于 ",
    r"; tap by tap: ": "；逐个采样点计算：",
    r"\bscattered: ": "逐个写入：",
    r"; convolved: ": "；做卷积：",
    rf"\b{_INT} values\b": r"\1 个值",
    r"(?<!regions )\bnothing\b": "无",
    r"^the input stretched: (.*); the weights flipped: ": r"插零后的输入：\1；翻转后的权重：",
    rf"^with each weight {_INT}, x = (.*) becomes (.*); the transposed layer gives (.*); ": (
        r"权重全取 \1 时，x = \2 变成 \3；转置卷积给出 \4；"
    ),
    r"x does not come back$": "x 没有还原",
    # overlap
    rf"; of {_INT} inputs? the cells {_INT} to {_INT} are inside, and get (.*) contributions": (
        r"；有 \1 个输入时，第 \2 到 \3 格在内部，被写入的次数为 \4"
    ),
    r"^all of them get the same number; ": "每格的次数都相同；",
    r"^not all of them get the same number; ": "各格的次数不全相同；",
    r"S divides F: true": "S 整除 F：成立",
    r"S divides F: false": "S 整除 F：不成立",
    rf"^on a line without ends, {_INT} neighbours? gets? (.*); {_INT} in all, ": (
        r"在没有尽头的一行上，相邻 \1 格的次数为 \2；共 \3 次，"
    ),
    # chains
    r"^layer by layer with (W = .*?): ": r"从 \1 起逐层计算：",
    r"^layer by layer: ": "逐层计算：",
    r"every window fits": "每个窗口都放得下",
    rf"layer {_INT} needs {_INT} cells? and has {_INT}": r"第 \1 层需要 \2 格，只有 \3 格",
    r"B - A of the beginnings: (.*), not all at most W": r"各开头部分的 B - A 为 \1，不全在 W 以内",
    r"B - A of the beginnings: (.*), all at most W": r"各开头部分的 B - A 为 \1，都在 W 以内",
    r"^the greatest of them and of 1 is (.*); the least size is ": (
        r"它们与 1 中最大的是 \1；最小的尺寸是 "
    ),
    rf"：{_INT} fits, {_INT} does not; ": r"：\1 放得下，\2 放不下；",
    rf"：{_INT} fits; ": r"：\1 放得下；",
    rf"W is at least {_INT}": r"W 不小于 \1",
    rf"W is not at least {_INT}": r"W 小于 \1",
    rf"^(.*) becomes? {_INT}, {_INT} becomes {_INT} and {_INT} becomes {_INT}; ": (
        r"\1 变成 \2，而 \3 变成 \4，\5 变成 \6；"
    ),
    r"^cut in two: ": "分成两段：",
    # fields
    rf"^output {_INT} reads (.*): from {_INT} to {_INT}; ": r"第 \1 格输出读取 \2：从 \3 到 \4；",
    r"^twice the middle: ": "中心的两倍：",
    r"^each layer has ": "每层都有 ",
    r"^twice the middles at o = 0 and 1: (.*) in the first branch, (.*) in the second; ": (
        r"o = 0 和 1 处中心的两倍：第一个分支 \1，第二个分支 \2；"
    ),
    rf"S0 is {_INT} and {_INT}, r0 - 2P0 is {_INT} and {_INT}": (
        r"S0 为 \1 和 \2，r0 - 2P0 为 \3 和 \4"
    ),
    rf"^at o = 0 both together read from {_INT} to {_INT}; ": r"o = 0 处两者合起来从 \1 读到 \2；",
    rf"by its formula the wider one reads from {_INT} to {_INT}": (
        r"按公式，较宽的分支从 \1 读到 \2"
    ),
    r"^of the regions nothing is claimed: an F, S or D is less than 1": (
        "对读取的范围不作断言：某个 F、S 或 D 小于 1"
    ),
    r": it has no output, and only the formulas are compared": "：它没有输出，这里比较的只是公式",
    # levels
    r"^down ": "下行 ",
    r", up ": "，上行 ",
    r": both ends of every skip connection agree; ": "：每个跳跃连接的两端都一致；",
    rf": the skip connection has {_INT} cells? there; ": r"：那里的跳跃连接有 \1 格；",
    r": there is no cell; ": "：一格也没有；",
    rf": a kernel of {_INT} does not fit {_INT} cells?; ": r"：卷积核 \1 放不进 \2 格；",
    r"(n\^L = \d+) divides W": r"\1 整除 W",
    r"(n\^L = \d+) does not divide W": r"\1 不整除 W",
    r", and W is less than 1": "，而且 W 小于 1",
    rf"^{_INT} comes out as {_INT}; ": r"\1 出来时是 \2；",
}
"""What a line of English becomes, by patterns of it, applied one after the other."""


def in_chinese(line: str) -> str:
    """Say a line about numbers in Chinese.

    >>> in_chinese("48 comes out as 48; W = 48; they agree")
    '48 出来时是 48；W = 48；两边一致'
    """
    for pattern, phrase in PHRASES.items():
        line = re.sub(pattern, phrase, line)
    return line.replace("; ", "；")
