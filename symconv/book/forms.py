"""How a kind of document writes what stands within a line: words, formulas and code."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import NamedTuple

from symconv import markup
from symconv.book.page import Labels, Line, Shown
from symconv.book.sentences import written


class Form(NamedTuple):
    """How a kind of document writes LaTeX, words and code within a line.

    Attributes:
        formula: how LaTeX is written.
        words: how words are.
        code: how code is.
        typeset: whether the mathematics in sentences is typeset: in a user's own it is not sought.
    """

    formula: Callable[[str], str]
    words: Callable[[str], str]
    code: Callable[[str], str]
    typeset: bool = True

    def said(self, sentence: str) -> str:
        """Write a sentence."""
        if not self.typeset:
            return self.told(sentence)
        return written(sentence, self.words, self.formula, self.code)

    def told(self, sentence: str) -> str:
        """Write a sentence in which no mathematics is sought, only code between backticks."""
        pieces = re.split("`([^`]*)`", sentence)
        return "".join((self.words, self.code)[n % 2](piece) for n, piece in enumerate(pieces))


def _in_markdown(words: str) -> str:
    r"""Write words so that Markdown reads none of its own signs in them.

    >>> print(_in_markdown("a*b, [1 < 2](x), <b>, # 5"))
    a\*b, \[1 < 2](x), &lt;b>, # 5
    """
    signs = re.sub(r"[\\$*`\[]|(?<!\w)_|_(?!\w)|^\s*[-+#>_=](?=\s|[-+#>_=]|$)", r"\\\g<0>", words)
    return re.sub("<(?=[A-Za-z/!?])", "&lt;", " ".join(signs.split("\n")))


MARKDOWN = Form("${}$".format, _in_markdown, "`{}`".format)
HTML = Form(markup.inline, markup.words, lambda code: markup.words(f"`{code}`"))
LATEX = Form("${}$".format, markup.latex_words, markup.latex_code)


def typeset(line: Line) -> str:
    """Write a line's formula as LaTeX, and what it comes to, if there are numbers."""
    shown = line.formula.latex if line.formula else ""
    return rf"{shown} \;\leadsto\; {line.came.latex}" if line.came and line.came.latex else shown


def sentence(line: Line, form: Form) -> str:
    """Write a line within a document."""
    words = form.words(line.words) if line.plain else form.said(line.words)
    formula = form.formula(typeset(line)) if line.formula else ""
    truth = line.came.truth if line.came else ""
    return ": ".join(filter(None, [line.kind, words, formula, truth]))


def beside(step: Shown, form: Form, labels: Labels) -> Iterator[str]:
    """Yield what stands beside a step, a sentence each.

    That is what it supposes beyond the rest, what was claimed, which theorem of the book it is, and
    who checked it.
    """
    if step.given:
        formulas = ", ".join(form.formula(formula.latex) for formula in step.given)
        yield f"{labels.given.capitalize()}: {formulas}{labels.stop}"
    if step.claim is not None:
        yield f"{labels.claim.capitalize()}: {form.formula(step.claim.latex)}{labels.stop}"
    if step.theorem:
        yield f"{labels.theorem.capitalize()} {form.code(step.theorem)}{labels.stop}"
    yield f"{labels.checked.capitalize()}: {form.told(step.checked)}{labels.stop}"
