r"""How a proof is written as LaTeX, to be put into a paper.

What is proved is a `proposition` with its `proof`, which `amsmath`, `amsthm` and
`\newtheorem{proposition}{Proposition}` give; a derivation, or what is not proved, is a paragraph.
Words stand in the text, where lines break, and each formula on a line of its own.
"""

from __future__ import annotations

from collections.abc import Iterator

from symconv.book.breaking import broken
from symconv.book.forms import LATEX, Form, beside, sentence
from symconv.book.page import Labels, Page, Part, Shown
from symconv.markup import latex_list


def latex(page: Page) -> str:
    """Write a page as LaTeX."""
    form = LATEX._replace(typeset=page.typeset)
    title, proof = form.words(page.title), page.labels.proof.capitalize()
    says = [form.said(page.says)] if page.says else []
    says += latex_list("itemize", (sentence(line, form) for line in page.given))
    claim = [_displayed(page.claim.latex)] if page.claim else []
    numbers = latex_list("itemize", (sentence(line, form) for line in page.numbers))
    if claim and page.follows:
        lines = [rf"\begin{{proposition}}[{title}]", *says, *claim, r"\end{proposition}", *numbers]
        lines += [rf"\begin{{proof}}[{proof}]", *_argument(page, form), r"\end{proof}"]
    else:
        heading = [_heading(page.labels.claim.capitalize() + page.labels.stop)] if claim else []
        lines = [rf"\paragraph{{{title}{page.labels.stop}}}", *says, *heading, *claim, *numbers]
        lines += _argument(page, form)
    return "\n".join(lines) + "\n"


def _argument(page: Page, form: Form) -> Iterator[str]:
    """Yield the steps, the result of a derivation, and what else is told."""
    count = 0
    for part in page.parts:
        yield from _part(part, count, form, page.labels)
        count += len(part.steps)
    if page.result:
        yield _heading(page.labels.result.capitalize() + page.labels.stop)
        yield _displayed(page.result.latex)
    told = [sentence(line, form) for line in page.there]
    verdict = [form.told(page.verdict)] if page.verdict else []
    yield from latex_list("itemize", [*verdict, *told, *map(form.told, page.below)])


def _part(part: Part, count: int, form: Form, labels: Labels) -> Iterator[str]:
    """Yield the steps of a part, counted on from those before it."""
    if part.heading:
        yield _heading(form.words(part.heading))
    yield from latex_list("itemize", (sentence(line, form) for line in part.cases))
    yield from latex_list("enumerate", (_step(step, form, labels) for step in part.steps), count)


def _step(step: Shown, form: Form, labels: Labels) -> str:
    named = rf"\textbf{{{form.words(step.name)}.}} " if step.name else ""
    shown = [_displayed(step.latex)] if step.latex else []
    small = " ".join(beside(step, form, labels))
    return "\n".join([named + form.said(step.reason), *shown, small])


def _heading(words: str) -> str:
    return rf"\par\noindent\textbf{{{words}}}"


def _displayed(formula: str) -> str:
    return f"\\[\n{broken(formula)}\n\\]"
