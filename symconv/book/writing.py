"""How a proof is written as text, Markdown and HTML; `paper` writes the same as LaTeX.

A refuted claim stands with the numbers for which it fails, and with what each part of the statement
comes to there.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from unicodedata import east_asian_width

from symconv import markup
from symconv.book.forms import HTML, MARKDOWN, Form, beside, sentence
from symconv.book.page import Formula, Labels, Line, Page, Shown


def text(page: Page) -> str:
    """Write a page as plain text."""
    claim = [_hanging(page.labels.claim, page.claim)] if page.claim and page.claim.text else []
    lines = [page.title, *filter(None, [page.says]), ""]
    lines += [*map(_text_line, page.given), *claim, ""]
    lines += [*map(_text_line, page.numbers), ""]
    count = 0
    for part in page.parts:
        lines += [part.heading] if part.heading else []
        lines += map(_text_line, part.cases)
        for count, step in enumerate(part.steps, count + 1):  # noqa: B020
            lines += _text_step(count, step, page.labels)
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


def markdown(page: Page) -> str:
    """Write a page as Markdown with LaTeX in it."""
    form = MARKDOWN._replace(typeset=page.typeset)
    says, stop = form.said(page.says), page.labels.stop
    lines = [f"## {page.title}", "", *([says, ""] if says else [])]
    lines += [*(f"* {sentence(line, form)}" for line in page.given), ""]
    if page.claim:
        lines += [f"**{page.labels.claim.capitalize()}{stop}**", "", f"$${page.claim.latex}$$", ""]
    lines += [*(f"* {sentence(line, form)}" for line in page.numbers), ""]
    if page.claim and page.parts:
        lines += [f"**{page.labels.proof.capitalize()}{stop}**", ""]
    count = 0
    for part in page.parts:
        lines += [f"**{part.heading}**", ""] if part.heading else []
        lines += [*(f"* {sentence(line, form)}" for line in part.cases), ""]
        for count, step in enumerate(part.steps, count + 1):  # noqa: B020
            lines += _markdown_step(count, step, form, page.labels)
    if page.result:
        result = f"{page.labels.result.capitalize()}{stop}"
        lines += [f"**{result}** ${page.result.latex}$", ""]
    there = [sentence(line, form) for line in page.there]
    below = map(form.told, page.below)
    lines += [f"* {line}" for line in (*filter(None, [form.told(page.verdict)]), *there, *below)]
    return re.sub("\n{3,}", "\n\n", "\n".join(lines)).rstrip() + "\n"


def _markdown_step(count: int, step: Shown, form: Form, labels: Labels) -> Iterator[str]:
    named = f"**{step.name}.** " if step.name else ""
    within = " " * len(f"{count}. ")
    yield from (f"{count}. {named}{form.said(step.reason)}", "")
    if step.latex:
        yield from (f"{within}$${step.latex}$$", "")
    yield from (within + " ".join(beside(step, form, labels)), "")


def html(page: Page) -> str:
    """Write a page as HTML: tables with the reasons beside the steps."""
    form = HTML._replace(typeset=page.typeset)
    claim = [(page.labels.claim, page.claim)] if page.claim else []
    result = [(page.labels.result, page.result)] if page.result else []
    steps, count = list[str](), 0
    for part in page.parts:
        steps += [f"<p><b>{markup.words(part.heading)}</b></p>"] if part.heading else []
        steps.append(markup.listed(sentence(line, form) for line in part.cases))
        numbered = enumerate(part.steps, count + 1)
        rows = (_html_step(number, step, form, page.labels) for number, step in numbered)
        steps.append(markup.table(rows))
        count += len(part.steps)
    return "".join(
        [
            markup.heading(page.title),
            f"<p>{form.said(page.says)}</p>" if page.says else "",
            markup.listed(sentence(line, form) for line in page.given),
            *map(_labelled, claim),
            markup.listed(sentence(line, form) for line in page.numbers),
            *steps,
            *map(_labelled, result),
            f"<p><b>{markup.words(page.verdict)}</b></p>" if page.verdict else "",
            markup.numbers(page.counterexample),
            markup.listed(sentence(line, form) for line in page.there),
            markup.listed(map(markup.words, page.below)),
        ]
    )


def _labelled(labelled: tuple[str, Formula]) -> str:
    label, formula = labelled
    return f"<p><b>{label}:</b> {markup.inline(formula.latex)}</p>"


def _html_step(count: int, step: Shown, form: Form, labels: Labels) -> tuple[str, str, str]:
    named = f"<b>{markup.words(step.name)}.</b> " if step.name else ""
    small = "<br>".join(beside(step, form, labels))
    reason = f"{named}{form.said(step.reason)}<br><small>{small}</small>"
    shown = markup.inline(step.latex) if step.latex else ""
    return f"{count}.", shown, markup.beside(reason)
