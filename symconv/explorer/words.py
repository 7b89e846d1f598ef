"""What the page says, in English and in Chinese."""

from __future__ import annotations

from collections.abc import Mapping

from symconv.book.hypotheses import HYPOTHESES

LANGUAGES: Mapping[str, str] = {"en": "English", "zh": "中文"}

WORDS: Mapping[str, tuple[str, str]] = {
    "title": ("symconv: play with layers", "symconv：动手试试各种层"),
    "heading": ("Play with a layer", "动手试一层"),
    "intro": (
        "Drag the numbers: the windows move, and the size, the formula and the rules follow.",
        "拖动数字：窗口随之移动，尺寸、公式和规则也跟着变。",
    ),
    "language": ("Language", "语言"),
    "theme": ("Colours", "配色"),
    "theme_auto": ("as the system", "跟随系统"),
    "theme_light": ("light", "浅色"),
    "theme_dark": ("dark", "深色"),
    "chain": ("The chain", "层的串"),
    "input": ("input", "输入"),
    "add": ("Add a layer", "加一层"),
    "remove": ("Remove this layer", "去掉这一层"),
    "earlier": ("Move it earlier", "往前移"),
    "later": ("Move it later", "往后移"),
    "layer": ("Layer", "层"),
    "axes": ("Axes", "维数"),
    "axes_1": ("1-D", "一维"),
    "axes_2": ("2-D", "二维"),
    "apart": ("a number for each axis", "各维分开设"),
    "rows": ("rows", "行"),
    "columns": ("columns", "列"),
    "size": ("input size", "输入尺寸"),
    "number": ("a number", "数字"),
    "nothing": ("not written", "不写"),
    "picture": ("The picture", "图"),
    "windows": ("Windows over the padded input", "填充后输入上的窗口"),
    "stretched": (
        "As an ordinary window over the stretched input",
        "看作普通窗口，在拉开的输入上移动",
    ),
    "paint": (
        "As paint: each input cell paints its window; a number says how many taps meet there",
        "看作涂色：每个输入格涂出自己的窗口；数字是落在这一格的采样点个数",
    ),
    "sizes_only": (
        "Only sizes are drawn: an output cell reads {says}.",
        "只画尺寸：一个输出格读取{says}。",
    ),
    "too_large": (
        "Too many cells to draw. The sizes below hold all the same.",
        "格数太多，画不下。下面的尺寸照样成立。",
    ),
    "empty": ("The output has no cell.", "输出一格也没有。"),
    "cell": ("output cell", "输出格"),
    "cell_row": ("output cell, row", "输出格，行"),
    "cell_column": ("output cell, column", "输出格，列"),
    "play": ("Play", "播放"),
    "pause": ("Pause", "暂停"),
    "reads": (
        "Output cell {cell} reads the places {places}.",
        "输出格 {cell} 读取位置 {places}。",
    ),
    "reads_axis": ("on axis {axis} the places {places}", "第 {axis} 维读取位置 {places}"),
    "reads_axes": ("Output cell {cell} reads {axes}.", "输出格 {cell}：{axes}。"),
    "painted_by": (
        "Taps that paint output cell {cell}: {count}.",
        "涂到输出格 {cell} 的采样点：{count} 个。",
    ),
    "none": ("none", "无"),
    "legend_in": ("input", "输入"),
    "legend_pad": ("padding", "填充"),
    "legend_zero": ("zero put in between", "插入的零"),
    "legend_added": ("output padding", "输出填充"),
    "legend_beyond": ("beyond the padding", "填充之外"),
    "legend_tap": ("taps", "采样点"),
    "legend_cropped": ("cropped", "裁掉"),
    "legend_hatch": ("never read", "读不到"),
    "legend_out": ("output", "输出"),
    "places": (
        "Places are counted from the first input cell, 0; padding before it is below 0.",
        "位置从第一个输入格 0 数起；它之前的填充是负数。",
    ),
    "becomes": ("{input} becomes {output}", "{input} 变成 {output}"),
    "refused": ("refused", "不接受"),
    "refused_by": ("Layer {number}, {name}, refuses: ", "第 {number} 层 {name} 不接受："),
    "here": ("here", "这里是"),
    "no_form": (
        "{name} does not take {axes} axes like this.",
        "{name} 不能这样用在 {axes} 维输入上。",
    ),
    "too_far": (
        "Layer {number}, {name}: these sizes are larger than this page is exact for.",
        "第 {number} 层 {name}：这样的尺寸超出了本页能精确计算的范围。",
    ),
    "nearest": ("The nearest sizes that pass:", "最近的可行尺寸："),
    "below": ("below", "较小"),
    "above": ("above", "较大"),
    "no_other": (
        "No size within {tried} of it passes.",
        "上下 {tried} 以内没有可行的尺寸。",
    ),
    "left_out": (
        "Left out, since they keep every size: {names}.",
        "省略了保持尺寸不变的层：{names}。",
    ),
    "no_number": (
        (
            "Write whole numbers: a size up to {size}, others up to {number}. "
            "A scale factor is a positive fraction over a power of two."
        ),
        "请写整数：尺寸不超过 {size}，其余不超过 {number}。缩放倍数是分母为 2 的幂的正分数。",
    ),
    "channels": ("And of channels: ", "对通道还要求："),
    "formula": ("The formula", "公式"),
    "if": ("if", "若"),
    "otherwise": ("otherwise", "否则"),
    "comma": (", ", "，"),
    "colon": (": ", "："),
    "stop": (" ", ""),
    "axis": ("axis {axis}", "第 {axis} 维"),
    "goals": ("For every size", "对所有尺寸"),
    "doubles": ("doubles every size", "把每个尺寸加倍"),
    "halves": ("halves every even size", "把每个偶数尺寸减半"),
    "keeps": ("keeps every size", "保持每个尺寸"),
    "even": ("paints evenly: no checkerboard", "涂得均匀：没有棋盘格"),
    "even_rule": (
        "the stride divides the kernel size, and has no factor in common with the dilation",
        "步长整除卷积核，且与膨胀率互质",
    ),
    "lit": ("yes", "是"),
    "unlit": ("no", "否"),
    "never": ("no setting of this layer does", "这种层怎么设都做不到"),
    "when": ("when", "条件是"),
    "field": ("Receptive field", "感受野"),
    "field_cells": ("field", "感受野"),
    "field_jump": ("jump", "jump（步距）"),
    "field_start": ("start", "起点"),
    "field_size": ("size", "尺寸"),
    "field_none": ("not bounded: {says}", "没有界：{says}"),
    "field_many": ("too many cells to follow", "格数太多，没有逐格追踪"),
    "field_says": (
        (
            "Input cells that an output cell reads, from the first to the last; input cells from "
            "one output cell to the next; and where the first one of output cell 0 lies."
        ),
        (
            "一个输出格从第一个到最后一个读取的输入格数；相邻输出格之间相隔的输入格数；"
            "输出格 0 读取的第一格的位置。"
        ),
    ),
    "torch": ("In torch", "torch 写法"),
    "copy": ("Copy", "复制"),
    "copied": ("Copied", "已复制"),
    "link": ("Copy a link to this", "复制当前状态的链接"),
    "link_wrong": (
        "Part of the link could not be read; the rest is shown.",
        "链接有一部分读不懂；显示的是其余部分。",
    ),
    "sources": (
        (
            "The laws on this page are generated from symconv's own, and tested against real "
            "layers ({rules}). Sizes up to {largest} are exact."
        ),
        (
            "本页的规律由 symconv 自身生成，并与真实的层（{rules}）对照测试过。"
            "不超过 {largest} 的尺寸都是精确的。"
        ),
    ),
}
"""Every phrase by its name, in English and in Chinese; braces are filled in."""

FAMILIES: Mapping[str, str] = {
    "Convolutions": "卷积",
    "Transposed convolutions": "转置卷积",
    "Pools": "池化",
    "Unpooling": "反池化",
    "Unfold and fold": "展开与折叠",
    "Resizing and shuffles": "缩放与像素重排",
    "Others": "其他",
}

OWN_SENTENCES: Mapping[str, str] = {
    "a reflected padding is smaller than the input": "反射填充比输入小",
    "a wrapped padding is at most the input": "环绕填充不超过输入",
    "cropping leaves the output a cell": "裁剪之后输出至少还有一格",
    "cropping leaves the output a size": "裁剪之后输出的尺寸不为负",
    "one window fits the padded output": "填充后的输出放得下一个窗口",
    "padding='same' needs a stride of 1": "padding='same' 要求步长为 1",
    "the downscale factor divides the input": "缩小倍数整除输入",
    "the downscale factor is positive": "缩小倍数为正",
    "the upscale factor is positive": "放大倍数为正",
    "the square of the upscale factor divides the channels": "放大倍数的平方整除通道数",
    "the kernel's taps divide the channels": "卷积核的采样点数整除通道数",
    "the first window fits, or in ceil mode hangs over by less than a stride": (
        "放得下第一个窗口；在 ceil_mode 下可以超出，但少于一个步长"
    ),
    "the output size is at least that of output padding 0": "输出尺寸不小于输出填充为 0 时的尺寸",
    "the output size is less than a stride above that of output padding 0": (
        "输出尺寸比输出填充为 0 时多出的不到一个步长"
    ),
    "the output size is less than a stride above the default one": (
        "输出尺寸比默认值多出的不到一个步长"
    ),
    "the output size is more than a stride below the default one": (
        "输出尺寸比默认值少的不到一个步长"
    ),
    "the output size is not negative": "输出尺寸不为负",
    "the windows fit the input": "输入放得下这些窗口",
    "there is one input cell for each window of the output": "输出的每个窗口正好对应一个输入格",
    "cells that depend on the mode of the interpolation and on the place": ("取决于插值方式和位置"),
    "a window at a pseudo-random place": "伪随机位置上的窗口",
    "whichever cell has its index": "由索引指定的格",
    "windows of two axes in one row": "两个维的窗口排成一行",
    "a segment that depends on the size": "随尺寸而变的一段",
}
"""Sentences of the operators that the book's hypotheses do not have."""


def chinese(sentence: str) -> str | None:
    """Say a sentence of an operator in Chinese, one about a numbered axis, too.

    >>> chinese("the stride advances (axis 2)")
    '步长要前进（第 2 维）'
    """
    plain, _, axis = sentence.partition(" (axis ")
    said = OWN_SENTENCES.get(plain) or HYPOTHESES.get(plain)
    return said and said + (f"（第 {axis.rstrip(')')} 维）" if axis else "")
