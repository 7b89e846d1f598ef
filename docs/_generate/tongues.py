"""The languages of the book's pages: what stands around the statements, in English and Chinese.

A statement's own sentences come with it; where one has no Chinese sentence yet, the English one
stands on the Chinese page.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

CHINESE = {
    "The book": "定理集",
    "book": "定理集",
    "chapter": "章",
    "what it is about": "内容",
    "statements": "定理数",
    "All theorems": "全部定理",
    "Every statement of the book; its chapters have the hypotheses in words, the proofs, "
    "and who checked them. {} is the extent of the kernel.": (
        "书中的每一条陈述；各章里有完整的证明和检验者。{} 是卷积核的跨度。"
    ),
    "What is false": "不成立的说法",
    "Refuted; the smallest counterexample is {}": "已否定；最小的反例是 {}",
    "Cheat sheet": "速查表",
    "{} extent": "{} 跨度",
    "Map of the book": "全书图",
    "The Coq files": "Coq 文件",
    "Theorem": "定理",
    "False": "不成立",
    "Given": "条件",
    "Where": "其中",
    "Proof. Step by step.": "证明：逐步进行。",
    "Proof. Directly.": "证明：直接得到。",
    "Proof. By hand, in Coq.": "证明：在 Coq 中手工完成。",
    "Refutation: step by step.": "反驳：逐步进行。",
    "Refutation: directly.": "反驳：直接得到。",
    "proved": "已证明",
    "refuted": "已否定",
    "unknown": "未知",
    "Z3: {}": "Z3：{}",
    "Z3: {}, by the smallest counterexample {}": "Z3：{}，最小的反例是 {}",
    "Z3 has no say: the statement is beyond the language of laws": (
        "Z3 无法判断：这条陈述超出了公式的语言"
    ),
    "Coq {}: accepted in {} (digest {})": "Coq {}：已接受，见 {}（摘要 {}）",
    "Coq {}: accepts that it does not hold, in {} (digest {})": (
        "Coq {}：已接受它不成立，见 {}（摘要 {}）"
    ),
    "Coq has not accepted it as it stands": "Coq 还没有接受它现在的形式",
    "measured: {}": "实测：{}",
    "source: {}": "出处：{}",
    "uses": "用到",
    "used by": "用于",
    "laws": "公式",
    "{}: {}": "{}：{}",
    "*{}*: {}": "**{}**：{}",
    ", ": "、",
    "The text that Coq {} accepted": "Coq {} 所接受的文本",
    "`{}`: {}, line {}, with the digest `{}`": "`{}`：{} 第 {} 行，摘要 `{}`",
    "The definitions of the size laws.": "各尺寸公式的定义。",
    "needs": "依赖",
    "proves": "证明",
    " ({})": "（{}）",
    "{} of {} samples agreed in {}, by {}, {} layers run": (
        "{} 个样本（共 {} 个）的{}一致，由 {} 检验，运行了 {} 个层"
    ),
    "sizes": "尺寸",
    "values": "数值",
    "proved by hand, in Coq": "在 Coq 中手工证明",
    "false": "不成立",
}
"""What is said on English pages, and in Chinese."""


@dataclass(frozen=True)
class Tongue:
    """A language.

    Attributes:
        name: its code.
        folder: where its pages of the book are, below `_generated`.
        prefix: what stands before the labels of its theorems.
        words: what is said on English pages, in this language; nothing for English.
        titles: the titles of chapters and what they are about, by their names.
    """

    name: str
    folder: str
    prefix: str = ""
    words: Mapping[str, str] = field(default_factory=dict)
    titles: Mapping[str, tuple[str, str]] = field(default_factory=dict)

    def __call__(self, english: str, *parts: object) -> str:
        """Say something, with parts put in.

        Raises:
            KeyError: it is said on no English page.
        """
        return (self.words[english] if self.words else english).format(*parts)

    def of(self, english: str, chinese: str) -> str:
        """Return a sentence in this language, or in English where there is no other."""
        return chinese if self.words and chinese else english


ENGLISH = Tongue("en", "book")
ZH = Tongue(
    "zh",
    "zh_book",
    "zh-",
    CHINESE,
    {
        "counting": ("计数", "向下取整就是数窗口，以及由此得出的结论。"),
        "guide": ("Dumoulin 与 Visin 的指南", "指南里的十五条关系，按原来的编号。"),
        "duality": ("对偶", "转置卷积能还原什么，不能还原什么。"),
        "upsampling": ("上采样与下采样", "哪些层把每个尺寸都乘以或除以 n。"),
        "composition": ("复合", "一层接一层，仍是一次向下取整。"),
        "rounding": ("取整与各家框架", "向上取整的模式，以及 `SAME` 填充。"),
        "recorded": ("记录下来的尺寸", "用来化简模型尺寸的规则。"),
        "article": ("文章", "文章自己的例子和说法，以及常见的误解。"),
    },
)
TONGUES = (ENGLISH, ZH)
