r"""The mathematics in a sentence of the book: where it stands, and how it is typeset.

Sentences are written as for a terminal: `W = E' + A - 2P' modulo S`. Nothing is marked in them; a
stretch of mathematics is recognised by its letters and signs, in English and in Chinese. What a
reader could take for a word is one: `a` and `A` are letters only where no article can stand, `By`
only beside a sign. Names of torch's, as `Conv2d(1, 1, 3)` or `padding=1`, are code.

>>> for part in parts("a stride of n gives floor(W/S) + 1 cells"):
...     print(part.kind, repr(part.latex or part.text))
words 'a stride of '
formula 'n'
words ' gives '
formula '\\lfloor W/S \\rfloor + 1'
words ' cells'
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from typing import Literal, NamedTuple

from symconv.book.formulas import LONG_LETTERS, SIGNS, Token, formula


class Part(NamedTuple):
    """A stretch of a sentence; all of them one after the other are the sentence.

    Attributes:
        kind: what it is.
        text: as it stands in the sentence; code with its backticks, where it has them.
        latex: a formula as LaTeX.
    """

    kind: Literal["words", "formula", "code"]
    text: str
    latex: str = ""


_TOKEN = re.compile(
    r"""
    (?P<code>`[^`]*`
        |[A-Z][A-Za-z0-9]*[a-z][A-Za-z0-9]*\((?:[^()]|\([^()]*\))*\)
        |(?:\w+/)*\w+\.(?:cc|cpp|h|py|v)\b
        |[a-z][a-z_]+=[\w.'"-]+(?<![.])
        |[A-Za-z][A-Za-z0-9]+(?:_[A-Za-z0-9]+)+
        |[a-z](?:_[a-z0-9]+){2,})
  | (?P<word>[A-Z]-[A-Z][a-z]+ | \d+\ ?x\ ?\d+ | \d+(?:st|nd|rd|th)\b
        | Z3(?![A-Za-z0-9]) | e\.g\. | i\.e\. | ->)
  | (?P<number>\d+(?:\.\d+)?)
  | (?P<letters>[A-Za-z][A-Za-z0-9]*(?:_[A-Za-z0-9]+)?(?:'+[A-Za-z0-9]*)*)
  | (?P<dots>\.\.\.|…+)
  | (?P<sign><=>|<=|>=|=>|==|!=|//|[-+*/%^=<>|≤≥≠∣≡⇔⇒·×−])
  | (?P<open>\()
  | (?P<close>\))
  | (?P<comma>[,，、])
  | (?P<other>\S)
    """,
    re.VERBOSE,
)
_UNIT = re.compile(r"[A-Za-z]\d*(?:_[A-Za-z0-9]+)?'*")
_CHINESE = re.compile(r"[\u3400-\u9fff]")
_MOST_FACTORS = 3
"""A run of more letters is a word."""
_SHORT = re.compile(
    "a[dhmnstx]|b[ey]|do|e[gx]|go|h[aei]|i[defnst]|m[ey]|no|o[fhknrx]|so|t[ho]|u[ps]|vs|we|ye"
)
"""Words of two letters, and how the ordinal of a letter ends."""
_AFTER_A_LETTER = re.compile(
    "above|and|are|at|be|below|by|divides|for|from|gives|has|if|in|is|just|of|on|or|than|that|then"
    "|times|to|was|when|where|with"
)
"""Words that no article stands before."""


def parts(sentence: str) -> tuple[Part, ...]:
    """Return a sentence as words, formulas and code, in order."""
    return tuple(_merged(_parts(sentence)))


def written(
    sentence: str,
    words: Callable[[str], str],
    formula: Callable[[str], str],
    code: Callable[[str], str],
) -> str:
    """Write a sentence in a form of document.

    Args:
        sentence: the sentence.
        words: how words are written there.
        formula: how LaTeX is, within a line.
        code: how code is, without its backticks.

    >>> written("S = n, by `solve`", str, "${}$".format, "<{}>".format)
    '$S = n$, by <solve>'
    """
    forms: dict[str, Callable[[Part], str]] = {
        "words": lambda part: words(part.text),
        "formula": lambda part: formula(part.latex),
        "code": lambda part: code(part.text.strip("`")),
    }
    return "".join(forms[part.kind](part) for part in parts(sentence))


def _parts(sentence: str) -> Iterator[Part]:
    tokens, place, done = _tokens(sentence), 0, 0
    while place < len(tokens):
        token = tokens[place]
        read = None if token.kind in ("word", "code") else formula(tokens, place)
        length = read.length if read else 1
        end = tokens[place + length - 1].end
        if read or token.kind == "code":
            yield Part("words", sentence[done : token.start])
            text = sentence[token.start : end]
            yield Part("formula", text, read.latex) if read else Part("code", text)
            done = end
        place += length
    yield Part("words", sentence[done:])


def _merged(found: Iterator[Part]) -> Iterator[Part]:
    """Leave out what is empty."""
    return (part for part in found if part.text)


def _tokens(sentence: str) -> list[Token]:
    """Take a sentence apart."""
    chinese = bool(_CHINESE.search(sentence))
    tokens, end = list[Token](), 0
    pieces = list(_TOKEN.finditer(sentence))
    for place, piece in enumerate(pieces):
        kind, text, start = str(piece.lastgroup), piece[0], piece.start()
        spaced = start > end
        end = piece.end()
        if kind != "letters":
            tokens.append(Token("word" if kind == "other" else kind, text, start, spaced))
            continue
        before, after = pieces[:place][-1:], pieces[place + 1 :]
        tokens += _letters(Token("letters", text, start, spaced), before, after, chinese)
    return tokens


Pieces = Sequence[re.Match[str]]


def _letters(run: Token, before: Pieces, after: Pieces, chinese: bool) -> Iterator[Token]:
    """Say what a run of letters is: factors beside each other, a function, a word."""
    text = run.text
    if text[:-2] and text.endswith("'s"):  # the layer's, n's
        yield from _letters(run._replace(text=text[:-2]), before, (), chinese)
        yield Token("word", "'s", run.end - 2, False)
        return
    touching = bool(after) and after[0].start() == run.end
    units = _UNIT.findall(text)
    if touching and after[0][0] == "(" and len(units) > 1 and text.isalpha() and text.islower():
        yield run._replace(kind="function")
    elif text in LONG_LETTERS:
        yield run._replace(kind="letter")
    elif text == "mod":
        yield run._replace(kind="mod")
    elif _is_product(text, units, before, after, run, chinese):
        start = run.start
        for unit in units:
            yield Token("letter", unit, start, run.spaced and start == run.start)
            start += len(unit)
    else:
        yield run._replace(kind="word")


def _is_product(
    text: str, units: Sequence[str], before: Pieces, after: Pieces, run: Token, chinese: bool
) -> bool:
    """Whether a run of letters is one letter, or a product of letters."""
    if "".join(units) != text or len(units) > _MOST_FACTORS:
        return False
    signed = _beside_a_sign(before, after, run)
    if len(units) == 1:
        if text not in ("a", "A", "I") or chinese:
            return True
        ending = not after or after[0].lastgroup in ("comma", "close") or after[0][0] in ".:;»"
        return signed or (text != "I" and (ending or bool(_AFTER_A_LETTER.fullmatch(after[0][0]))))
    if before and before[-1].lastgroup == "number" and not run.spaced:
        return True  # 2SP
    capital = any(unit[0].isupper() for unit in units)
    if "'" in text:
        return capital  # SS', and not layers'
    if re.search(r"[a-z]\d*[A-Z]", text) or re.search(r"\d", text):
        return True  # nW, S0B
    if capital:
        return signed  # By - A, but: By a whole stride
    return len(units) == 2 and not _SHORT.fullmatch(text)  # bd


def _beside_a_sign(before: Pieces, after: Pieces, run: Token) -> bool:
    """Whether a sign stands before or after a run that makes it a number."""
    left, right = before[-1:], after[:1]
    if left and (left[0][0] in SIGNS - {"-", "/"} or left[0][0] == "("):
        return left[0][0] != "(" or bool(right and right[0][0] in SIGNS)
    if left and left[0][0] in ("-", "/"):
        return run.spaced or left[0][0] == "/"
    if not right or right[0][0] not in SIGNS:
        return bool(right) and right[0][0] == "(" and right[0].start() == run.end
    spaced = right[0].start() > run.end
    followed = after[1:2]
    return bool(followed) and (followed[0].start() > right[0].end()) == spaced
