r"""Where a long formula is broken into lines in LaTeX: at its loosest connectives.

A formula that is too wide for a page goes on in a new line before `\implies`; what is still too
wide before `\iff`, then before `\land`, and at last before `=`. Inside brackets nothing is broken.

>>> print(broken(r"A \iff B"))
A \iff B
>>> print(broken("A" * 40 + r" \iff " + "B" * 40))  # doctest: +ELLIPSIS
\begin{aligned}
& AAA...A \\
& \quad \iff BBB...B
\end{aligned}
"""

from __future__ import annotations

import re
from collections.abc import Iterator

WIDEST = 56
"""How many signs stand on a line of an article, about."""
_CONNECTIVES = (r"\qquad", r"\quad", r"\implies", r"\iff", r"\land", "=")
"""From the loosest to the tightest, as Coq reads them."""
_ROWS = re.compile(r"\\begin\{gathered\} (.*) \\end\{gathered\}", re.DOTALL)
_TOKEN = re.compile(r"\\(?:begin|end)\{\w+\}|\\[A-Za-z]+|\\.|\s+|.", re.DOTALL)
_OPENING = re.compile(r"\{|\\left|\\begin.*")
_UNSEEN = re.compile(
    r"[{}^_&\s]|\\(?:left|right|frac|mathrm|operatorname|text|[,;:]|(?:begin|end).*)"
)
_CLOSING = re.compile(r"\}|\\right|\\end.*")


def broken(formula: str) -> str:
    """Return a formula as LaTeX that is no wider than a page, if it can be broken so."""
    rows = _ROWS.fullmatch(formula)
    if rows:
        lines = " \\\\\n".join(map(broken, rows[1].split(r" \\ ")))
        return f"\\begin{{gathered}}\n{lines}\n\\end{{gathered}}"
    first, *more = _lines(formula, 0)
    if not more:
        return formula
    lines = " \\\\\n".join([f"& {first}", *(rf"& \quad {line}" for line in more)])
    return f"\\begin{{aligned}}\n{lines}\n\\end{{aligned}}"


def _lines(formula: str, connective: int) -> Iterator[str]:
    """Yield the lines of a formula, broken at a connective and those that bind more tightly."""
    if _width(formula) <= WIDEST or connective == len(_CONNECTIVES):
        yield formula
        return
    for piece in _pieces(formula, _CONNECTIVES[connective]):
        yield from _lines(piece, connective + 1)


def _pieces(formula: str, connective: str) -> Iterator[str]:
    """Take a formula apart before a connective, where that stands outside of all brackets."""
    depth, piece = 0, ""
    for token in _TOKEN.findall(formula):
        depth += bool(_OPENING.fullmatch(token)) - bool(_CLOSING.fullmatch(token))
        if depth == 0 and token == connective and piece.strip():
            yield piece.strip()
            piece = ""
        piece += token
    yield piece.strip()


def _width(formula: str) -> int:
    """About how many signs a formula is wide."""
    return sum(not _UNSEEN.fullmatch(token) for token in _TOKEN.findall(formula))
