"""How a proof is written: text, LaTeX, Markdown and HTML say the same thing.

Only what is proved follows from what stands before it. A refuted claim stands with the numbers for
which it fails, and with what each part of the statement comes to there.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import NamedTuple
from unicodedata import east_asian_width

from symconv import markup
from symconv.book.page import Formula, Labels, Line, Page, Shown
from symconv.book.sentences import written


class _Form(NamedTuple):
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
            return self.words(sentence)
        return written(sentence, self.words, self.formula, self.code)


def _in_markdown(words: str) -> str:
    """Write words so that Markdown reads no formula and no tag in them."""
    return words.replace("$", r"\$").replace("<", "&lt;")


_DOLLARS = _Form("${}$".format, _in_markdown, "`{}`".format)
_HTML = _Form(markup.inline, markup.words, lambda code: markup.words(f"`{code}`"))
_LATEX = _Form("${}$".format, markup.latex_words, markup.latex_words)


def text(page: Page) -> str:
    """Write a page as plain text."""
    claim = [_hanging(page.labels.claim, page.claim)] if page.claim and page.claim.text else []
    lines = [page.title, *filter(None, [page.says]), ""]
    lines += [*map(_text_line, page.given), *claim, ""]
    lines += [*map(_text_line, page.numbers), ""]
    count = 0
    for part in page.parts:
        lines += [part.heading] if part.heading else []
        for count, step in enumerate(part.steps, count + 1):  # noqa: B020
            lines += _text_step(count, step, page.labels)
        lines += map(_text_line, part.cases)
        lines += [""]
    lines += [_hanging(page.labels.result, page.result)] if page.result else []
    lines += [*filter(None, [page.verdict]), *map(_text_line, page.there), *page.below]
    return re.sub("\n{3,}", "\n\n", "\n".join(lines))


def _hanging(kind: str, formula: Formula) -> str:
    """Write a formula behind a word; further lines stand below its beginning."""
    width = sum(1 + (east_asian_width(letter) in "WF") for letter in kind) + 2
    return f"{kind}  " + formula.text.replace("\n", "\n" + " " * width)


def _text_line(line: Line) -> str:
    between = ": " if " " in line.kind else "  "
    content = ": ".join(filter(None, [line.words, line.formula.text if line.formula else ""]))
    came = f"   {line.came}" if line.came else ""
    return f"{line.kind}{between}{content}{came}" if line.kind else f"{content}{came}"


def _text_step(count: int, step: Shown, labels: Labels) -> Iterator[str]:
    named = f"{step.name}: " if step.name else ""
    yield f"{count}. {named}{step.reason}"
    if step.formula.text:
        yield "   " + step.formula.text.replace("\n", "\n   ")
    if step.value is not None:
        yield f"   {labels.numbers}: {step.value.text}"
    if step.given:
        yield f"   {labels.given}: " + ", ".join(formula.text for formula in step.given)
    if step.claim is not None:
        yield f"   {labels.claim}: " + step.claim.text.replace("\n", "\n   ")
    if step.theorem:
        yield f"   {labels.theorem}: {step.theorem}"
    yield f"   {labels.checked}: {step.checked}"


def latex(page: Page) -> str:
    """Write a page as LaTeX, an aligned line for each formula."""
    form = _LATEX._replace(typeset=page.typeset)
    rows = [_row(line, form) for line in (*page.given, *page.numbers)]
    for part in page.parts:
        rows += [("", form.words(part.heading))] if part.heading else []
        rows += [(step.latex, _why(step, form, page.labels)) for step in part.steps]
        rows += [_row(line, form) for line in part.cases]
    last = (page.claim or page.result or Formula("", "")).latex
    verdict = _LATEX.said(page.verdict) if page.verdict else page.labels.result
    if page.follows:
        return markup.aligned(rows, (last, verdict))
    there = (_row(line, form) for line in page.there)
    return markup.aligned([*rows, (last, verdict), *there])


def _why(step: Shown, form: _Form, labels: Labels) -> str:
    """Write why a step holds, what it supposes, and what is claimed."""
    return " ".join([form.said(step.reason), *_beside(step, form, labels)])


def _beside(step: Shown, form: _Form, labels: Labels) -> Iterator[str]:
    """Yield what a step supposes beyond the rest, and what was claimed: a sentence each."""
    if step.given:
        formulas = ", ".join(form.formula(formula.latex) for formula in step.given)
        yield f"{labels.given.capitalize()}: {formulas}{labels.stop}"
    if step.claim is not None:
        yield f"{labels.claim.capitalize()}: {form.formula(step.claim.latex)}{labels.stop}"


def _typeset(line: Line) -> str:
    """Write a line's formula, and what it comes to, if there are numbers."""
    shown = line.formula.latex if line.formula else ""
    return rf"{shown} \;\leadsto\; {line.came.latex}" if line.came and line.came.latex else shown


def _row(line: Line, form: _Form) -> markup.Row:
    truth = line.came.truth if line.came else ""
    return _typeset(line), ": ".join(filter(None, [line.kind, _words(line, form), truth]))


def _words(line: Line, form: _Form) -> str:
    return form.words(line.words) if line.plain else form.said(line.words)


def markdown(page: Page) -> str:
    """Write a page as Markdown with LaTeX in it."""
    form = _DOLLARS._replace(typeset=page.typeset)
    says, stop = form.said(page.says), page.labels.stop
    lines = [f"## {page.title}", "", *([says, ""] if says else [])]
    lines += [*(f"* {_sentence(line, form)}" for line in page.given), ""]
    if page.claim:
        lines += [f"**{page.labels.claim.capitalize()}{stop}**", "", f"$${page.claim.latex}$$", ""]
    lines += [*(f"* {_sentence(line, form)}" for line in page.numbers), ""]
    if page.claim and page.parts:
        lines += [f"**{page.labels.proof.capitalize()}{stop}**", ""]
    count = 0
    for part in page.parts:
        lines += [f"**{part.heading}**", ""] if part.heading else []
        for count, step in enumerate(part.steps, count + 1):  # noqa: B020
            lines += _markdown_step(count, step, form, page.labels)
        lines += [*(f"* {_sentence(line, form)}" for line in part.cases), ""]
    if page.result:
        result = f"{page.labels.result.capitalize()}{stop}"
        lines += [f"**{result}** ${page.result.latex}$", ""]
    there = [_sentence(line, form) for line in page.there]
    lines += [f"* {line}" for line in (*filter(None, [page.verdict]), *there, *page.below)]
    return re.sub("\n{3,}", "\n\n", "\n".join(lines)).rstrip() + "\n"


def _markdown_step(count: int, step: Shown, form: _Form, labels: Labels) -> Iterator[str]:
    named = f"**{step.name}.** " if step.name else ""
    stop = labels.stop
    theorem = [f"{labels.theorem} `{step.theorem}`{stop}".capitalize()] if step.theorem else []
    checked = f"{labels.checked.capitalize()}: {step.checked}{stop}"
    yield from (f"{count}. {named}{form.said(step.reason)}", "")
    if step.latex:
        yield from (f"   $${step.latex}$$", "")
    yield from ("   " + " ".join([*_beside(step, form, labels), *theorem, checked]), "")


def _sentence(line: Line, form: _Form) -> str:
    """Write a line within a document."""
    formula = form.formula(_typeset(line)) if line.formula else ""
    truth = line.came.truth if line.came else ""
    return ": ".join(filter(None, [line.kind, _words(line, form), formula, truth]))


def html(page: Page) -> str:
    """Write a page as HTML: tables with the reasons beside the steps."""
    form = _HTML._replace(typeset=page.typeset)
    claim = [(page.labels.claim, page.claim)] if page.claim else []
    result = [(page.labels.result, page.result)] if page.result else []
    steps, count = list[str](), 0
    for part in page.parts:
        steps += [f"<p><b>{markup.words(part.heading)}</b></p>"] if part.heading else []
        numbered = enumerate(part.steps, count + 1)
        rows = (_html_step(number, step, form, page.labels) for number, step in numbered)
        steps.append(markup.table(rows))
        steps.append(markup.listed(_sentence(line, form) for line in part.cases))
        count += len(part.steps)
    return "".join(
        [
            markup.heading(page.title),
            f"<p>{form.said(page.says)}</p>" if page.says else "",
            markup.listed(_sentence(line, form) for line in page.given),
            *map(_labelled, claim),
            markup.listed(_sentence(line, form) for line in page.numbers),
            *steps,
            *map(_labelled, result),
            f"<p><b>{markup.words(page.verdict)}</b></p>" if page.verdict else "",
            markup.numbers(page.counterexample),
            markup.listed(_sentence(line, form) for line in page.there),
            markup.listed(map(markup.words, page.below)),
        ]
    )


def _labelled(labelled: tuple[str, Formula]) -> str:
    label, formula = labelled
    return f"<p><b>{label}:</b> {markup.inline(formula.latex)}</p>"


def _html_step(count: int, step: Shown, form: _Form, labels: Labels) -> tuple[str, str, str]:
    named = f"<b>{markup.words(step.name)}.</b> " if step.name else ""
    theorem = f"{labels.theorem} <code>{step.theorem}</code>, " if step.theorem else ""
    beside = [*_beside(step, form, labels)]
    beside.append(f"{theorem}{labels.checked}: {markup.words(step.checked)}")
    reason = f"{named}{form.said(step.reason)}<br><small>{'<br>'.join(beside)}</small>"
    shown = markup.inline(step.latex) if step.latex else ""
    return f"{count}.", shown, markup.beside(reason)
