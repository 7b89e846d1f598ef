"""Languages in which a proof is written: what stands around its statements and reasons.

A page is laid out in English (`symconv.book.layout`); its reasons are in the language already, and
the rest is said again here, phrase by phrase. What has no phrase stays as it is: names, sources and
a solver's own words.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from symconv.book.hypotheses import HYPOTHESES
from symconv.book.page import Formula, Labels, Line, Page, Part, Shown
from symconv.errors import RequestError, nearest_name, shown


@dataclass(frozen=True)
class Language:
    """One language.

    Attributes:
        name: as it is asked for.
        labels: what stands before the parts of a page.
        phrases: what else is said, by patterns of the English.
        joints: the words within statements, where these are plain text.
        hypotheses: what the book's hypotheses are called; any other is its formula alone.
        verdicts: the verdicts by what they are called.
    """

    name: str
    labels: Labels
    phrases: Mapping[str, str] = field(default_factory=dict)
    joints: Mapping[str, str] = field(default_factory=dict)
    hypotheses: Mapping[str, str] = field(default_factory=dict)
    verdicts: Mapping[str, str] = field(default_factory=dict)

    def said(self, sentence: str) -> str:
        """Say a sentence of a page in this language, as far as there are phrases for it."""
        return _replaced(sentence, self.phrases)

    def stated(self, statement: Formula) -> Formula:
        """Write a statement with its words in this language: as LaTeX it has signs for them."""
        return statement._replace(text=_replaced(statement.text, self.joints))


def _replaced(text: str, patterns: Mapping[str, str]) -> str:
    for pattern, instead in patterns.items():
        text = re.sub(pattern, instead, text)
    return text


ENGLISH = Language("en", Labels())
CHINESE = Language(
    "zh",
    Labels(
        claim="结论",
        proof="证明",
        result="结果",
        checked="检验",
        theorem="定理",
        given="已知",
        numbers="代入数值",
        stop="。",
    ),
    {
        r"^given, of channels$": "已知（通道）",
        r"^given$": "已知",
        r"^where$": "其中",
        r"^letters$": "字母",
        r"\[\] the empty chain": "[] 没有层的串",
        r"l :: rest layer l before a chain": "l :: rest 先 l 后 rest",
        r"first \+\+ second one chain before the other": "first ++ second 先 first 后 second",
        r"^used here$": "这里用到",
        r"^there$": "反例处",
        r"^numbers$": "数值",
        r"^with the numbers$": "代入数值",
        r"^true$": "成立",
        r"^false$": "不成立",
        r"^a division by zero$": "除数为零",
        r"^From left to right$": "从左到右",
        r"^From right to left$": "从右到左",
        r"^proved, by ": "已证明，检验者：",
        r"^refuted, by ": "已否定，检验者：",
        r"^refuted by the smallest counterexample (.*), by Z3": r"已否定，最小反例 \1，检验者：Z3",
        r"^refuted by counterexample (.*), by Z3": r"已否定，反例 \1，检验者：Z3",
        r"^unknown: (.*), by Z3": r"未知：\1（Z3）",
        r", but no integers meet the hypotheses": "，但没有整数满足前提",
        r"^Coq has not accepted (it|the file) as it stands now$": "Coq 尚未接受它现在的样子",
        r": it rests on no axiom$": "：不依赖任何公理",
        r"^see also: ": "参见：",
        r"^compared with Coq's lemma by machine: ": "由机器与 Coq 的引理比对：",
        r"^compared with Coq's lemma by people: ": "由人与 Coq 的引理比对：",
        r"; what these mean, people must read: ": "；下列定义的含义须由人来读：",
        r"^picture: ": "图：",
        r"^source: ": "出处：",
        r"^by people$": "由人检验",
        r"^by definition$": "按定义",
        r"^Coq has not accepted it$": "Coq 尚未接受",
        r", lemma (\w+)$": r"，引理 \1",
        r"\bZ3 proved\b": "Z3 已证明",
        r"\bCoq proved\b": "Coq 已证明",
        r"\bSymPy equal\b": "SymPy 相等",
        r"^a hypothesis does not hold for these numbers: nothing is claimed$": (
            "这些数值不满足某个前提：此处不作任何断言"
        ),
        r"^to put in everything, give (.*) too$": r"要代入所有字母，还需给出 \1",
        r"^the left side for (.*), which meets its condition \(": r"左边取 \1，满足其条件 (",
        r"^the right side for (.*), which meets its condition \(": r"右边取 \1，满足其条件 (",
        r"^for all (.*): this one does not meet the condition$": r"对所有 \1：这里的值不满足条件",
        r"^for all (.*) it is not so: it fails at (.*)$": r"并非对所有 \1 成立：\2 时就不成立",
        r"^both sides are true: the claim holds$": "两边都成立：结论成立",
        r"^both sides are false: the claim holds$": "两边都不成立：结论成立",
        r"^one side is true and the other false: the claim does not hold$": (
            "一边成立，另一边不成立：结论不成立"
        ),
    },
    {
        r"\bjust when\b": "当且仅当",
        r"\bfor all ([\w', ]+?) with (.*?): ": r"对所有满足 \2 的 \1：",
        r"\bfor all ([\w', ]+?): ": r"对所有 \1：",
        r"\bthere (?:is|are) ([\w', ]+?) with ": r"存在 \1 使得 ",
        r"(\w+|\(_.*\)) keeps every size": r"\1 保持所有尺寸",
        r"^(.*) for every (\w+) of (\w+)$": r"\3 的每一层 \2 都有 \1",
        r"\(((?:2\*)?\w+\((\w+)\)(?:(?! for every ).)*) for every \2 of (\w+)\)": (
            r"(\3 的每一层 \2 都有 \1)"
        ),
        r"\bthe (\w+) with (.*?) are those of (\S+ <= \w+ < \S+)": (
            r"满足 \2 的 \1 恰好是 \3 的那些"
        ),
        r"\bthe (\w+) with (.*?) go from (.*?) to ": r"满足 \2 的 \1 从 \3 到 ",
        r"\bevery window of (\S+(?: :: \w+)?) fits (\S+)": r"\1 的每个窗口都放得进 \2",
        r"\boutput (\S+) of (\S+(?: :: \w+)?) reads (\w+)": r"\2 的输出 \1 读到 \3",
        r"(\S+) divides (\S+)": r"\1 整除 \2",
        r" and ": " 且 ",
        r" or ": " 或 ",
    },
    HYPOTHESES,
    {"已证明": "proved", "已否定": "refuted", "未知": "unknown"},
)
LANGUAGES = {language.name: language for language in (ENGLISH, CHINESE)}
"""The languages by their names: one that is added is asked for by its own."""


def language_of(name: Any) -> Language:
    """Return the language of a name.

    Raises:
        RequestError: there is none.

    >>> language_of("zh").said("see also: upsampling")
    '参见：upsampling'
    """
    if not isinstance(name, str) or name not in LANGUAGES:
        raise RequestError("a language", shown(name), nearest_name(str(name), LANGUAGES))
    return LANGUAGES[name]


def in_language(page: Page, language: Language) -> Page:
    """Return a page whose reasons are in a language with all else said in it, too."""
    if language is ENGLISH:
        return page

    def line(english: Line) -> Line:
        came = english.came and english.came._replace(truth=language.said(english.came.truth))
        hypothesis = english.kind == "given" and english.formula is not None
        words = language.said(english.words)
        if hypothesis and page.typeset:
            words = language.hypotheses.get(english.words, "")
        formula = english.formula and language.stated(english.formula)
        return Line(language.said(english.kind), words, formula, came, english.plain)

    def step(english: Shown) -> Shown:
        formula = language.stated(english.formula)
        return english._replace(formula=formula, checked=language.said(english.checked))

    def part(english: Part) -> Part:
        heading, cases = language.said(english.heading), tuple(map(line, english.cases))
        return Part(heading, tuple(map(step, english.steps)), cases)

    return page._replace(
        labels=language.labels,
        given=tuple(map(line, page.given)),
        claim=page.claim and language.stated(page.claim),
        numbers=tuple(map(line, page.numbers)),
        parts=tuple(map(part, page.parts)),
        verdict=language.said(page.verdict),
        there=tuple(map(line, page.there)),
        below=tuple(map(language.said, page.below)),
    )
