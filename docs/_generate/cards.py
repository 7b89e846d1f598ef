"""The cards of the two landing pages: the ways in, for which a page asks by `<!-- cards -->`."""

from __future__ import annotations

from typing import NamedTuple

from _generate.tongues import ENGLISH, ZH, Tongue


class Card(NamedTuple):
    """A way in.

    Attributes:
        english: its heading and what is there, in English.
        chinese: the same in Chinese.
        page: the English page that it leads to; a page that Sphinx does not write has a suffix.
        translated: the Chinese page, where there is one.
    """

    english: tuple[str, str]
    chinese: tuple[str, str]
    page: str
    translated: str = ""


CARDS = (
    Card(
        (
            "Choose a layer",
            "Every kernel, stride and padding that gives the size, or why none does.",
        ),
        ("选一层", "能得到所要尺寸的全部卷积核、步长和填充；没有的话，说明为什么。"),
        "howto/double",
        "zh/double",
    ),
    Card(
        ("Check a model", "Which sizes a torch model takes, and the line that refuses the others."),
        ("检查模型", "一个 torch 模型接受哪些尺寸，其余的被哪一行拒绝。"),
        "howto/models",
        "zh/models",
    ),
    Card(
        ("Derive a formula", "A rule of your own, and all its solutions, as SymPy expressions."),
        ("推导公式", "自己的规则和它的全部解，都是 SymPy 表达式。"),
        "howto/derive",
        "zh/derive",
    ),
    Card(
        ("Prove a statement", "By Z3 and by Coq, or refuted by its smallest counterexample."),
        ("证明命题", "由 Z3 和 Coq 证明，或者用最小的反例否定。"),
        "prove",
        "_generated/zh_book/index",
    ),
    Card(
        ("Look it up", "The laws, the rules and the traps on one page, to print."),
        ("查一查", "公式、规则和陷阱，都在一页上，可以打印。"),
        "_generated/cheat_sheet",
        "_generated/zh_cheat_sheet",
    ),
    Card(
        ("Play", "Drag the numbers of a layer, and see its windows move."),
        ("动手试试", "拖动一层的参数，看窗口怎样移动。"),
        "explore/index.html",
    ),
)
"""The ways in, in the order of the pages."""
ASKED = "<!-- cards -->"


def placed(text: str, document: str) -> str:
    """Return a page with the cards in place of the comment that asks for them."""
    tongue = ZH if document.startswith("zh/") else ENGLISH
    return text.replace(ASKED, grid(tongue, document)) if ASKED in text else text


def grid(tongue: Tongue, document: str) -> str:
    """Write the cards, as they are seen from a page."""
    listed = "\n".join(_card(card, tongue, document) for card in CARDS)
    return f"::::{{grid}} 1 2 3 3\n:gutter: 3\n\n{listed}\n::::"


def _card(card: Card, tongue: Tongue, document: str) -> str:
    """Write a card: all of it is a link."""
    title, says = card.english if tongue is ENGLISH else card.chinese
    page = card.page if tongue is ENGLISH else card.translated or card.page
    kind = "url" if page.endswith(".html") else "doc"
    up = "../" * document.count("/") if kind == "url" else "/"
    return f":::{{grid-item-card}} {title}\n:link: {up}{page}\n:link-type: {kind}\n\n{says}\n:::\n"
