"""What the letters of a page are called by torch, and by the guide."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from symconv.book.page import Formula, Line
from symconv.vocabulary import VOCABULARY

LETTERS = "letters"
"""What stands before what the letters are called."""
_LETTER = re.compile(r"(?<![\w'])(?:[A-Z]|lo|hi)(?![\w'])")
_CHAINS = {
    "[]": "[] the empty chain",
    "::": "l :: rest layer l before a chain",
    "++": "first ++ second one chain before the other",
}
"""How chains are written."""
_DEFINED = re.compile(r"(\w+)\(\w+\) ==")


def letters(shown: Iterable[Formula], guide: bool = False) -> Iterator[Line]:
    """Yield what the letters of a page are called by torch, and by the guide, if it is cited.

    >>> [line.words for line in letters([Formula("W + 2*P", ""), Formula("S(l) >= 1", "")])]
    ['W input, S stride, P padding']
    """
    texts = [formula.text for formula in shown]
    defined = {begun[1] for begun in map(_DEFINED.match, texts) if begun}
    used = set(_LETTER.findall("\n".join(texts))) - defined
    words = {letter: word for letter, word in VOCABULARY.items() if letter in used}
    told = [
        f"{letter} {word.torch}" + (f" ({word.guide})" if guide and word.guide != letter else "")
        for letter, word in words.items()
        if word.torch != letter
    ]
    told += [meaning for sign, meaning in _CHAINS.items() if any(sign in text for text in texts)]
    yield from [Line(LETTERS, ", ".join(told))] if told else []
