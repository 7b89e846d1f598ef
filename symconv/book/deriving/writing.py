"""How a derivation is written: text, LaTeX, Markdown and HTML say the same thing.

What the steps have given a letter is shown as that letter.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from symconv import markup
from symconv.book.deriving.shortening import definitions, shortened
from symconv.book.deriving.steps import written
from symconv.meanings import notation
from symconv.terms import Term

if TYPE_CHECKING:
    from symconv.book.deriving.derivation import Derivation
    from symconv.book.deriving.steps import Step


def _plain(statement: Any) -> str:
    return notation.text(statement) if isinstance(statement, Term) else str(statement)


def _given(derivation: Derivation) -> Iterator[tuple[str, Any]]:
    """Yield what is assumed, each with its words; channels last, and what letters stand for."""
    given = derivation.given
    for beginning, laws in (("given", given.of_sizes), ("given, of channels", given.of_channels)):
        for sentence, law in laws.items():
            yield f"{beginning}: {sentence}", shortened(law, derivation.wholes)
    for definition in definitions(derivation.wholes):
        yield "where", definition


def _conclusion(derivation: Derivation) -> Any:
    return shortened(derivation.conclusion, derivation.wholes)


def _below(derivation: Derivation) -> list[str]:
    """Return what is said below the result, a sentence each."""
    facts = [f"{name}: {value}" for name, value in derivation.facts.items()]
    return [*facts, *([f"source: {derivation.source}"] if derivation.source else [])]


def text(derivation: Derivation) -> str:
    """Write a derivation as plain text."""
    title = derivation.title
    lines = [title, "=" * len(title), *filter(None, [derivation.says])]
    lines += [f"{words}: {_plain(law)}" for words, law in _given(derivation)]
    for count, step in enumerate(derivation.steps, 1):
        lines += [f"{count}. {step.name}: {step.reason}", f"       {_plain(step.short)}"]
        if step.value is not None:
            lines.append(f"     with the numbers: {step.value}")
        lines.append(f"     checked: {step.checked}")
    result = f"result: {_plain(_conclusion(derivation))}"
    return "\n".join([*lines, result, *_below(derivation)])


def latex(derivation: Derivation) -> str:
    """Write a derivation as LaTeX, an aligned line each."""
    given = [(written(law), words) for words, law in _given(derivation)]
    steps = [(step.latex, step.reason) for step in derivation.steps]
    return markup.aligned([*given, *steps], (written(_conclusion(derivation)), "result"))


def markdown(derivation: Derivation) -> str:
    """Write a derivation as Markdown with LaTeX in it."""
    result = written(_conclusion(derivation))
    lines = [f"## {derivation.title}", "", *([derivation.says, ""] if derivation.says else [])]
    lines += [f"$${result}$$", ""]
    lines += [f"* {words}: ${written(law)}$" for words, law in _given(derivation)]
    lines += [""]
    for count, step in enumerate(derivation.steps, 1):
        lines += [f"{count}. **{step.name}.** {step.reason}", ""]
        lines += [f"   $${step.latex}$$", "", f"   Checked: {step.checked}.", ""]
    lines += [f"**Result.** ${result}$", "", *(f"* {line}" for line in _below(derivation))]
    return "\n".join(lines).rstrip() + "\n"


def html(derivation: Derivation) -> str:
    """Write a derivation as HTML: a table with the reasons beside the steps."""
    given = (f"{markup.words(words)}: {_typeset(law)}" for words, law in _given(derivation))
    rows = (
        (f"{count}.", markup.inline(step.latex), _reason(step))
        for count, step in enumerate(derivation.steps, 1)
    )
    return "".join(
        [
            markup.heading(derivation.title, derivation.says),
            markup.listed(given),
            markup.table(rows),
            f"<p><b>result:</b> {_typeset(_conclusion(derivation))}</p>",
            markup.listed(map(markup.words, _below(derivation))),
        ]
    )


def _typeset(statement: Any) -> str:
    return markup.inline(written(statement))


def _reason(step: Step) -> str:
    """Return why a step holds, and who checked it."""
    said = f"<b>{markup.words(step.name)}.</b> {markup.words(step.reason)}"
    return markup.beside(f"{said}<br><small>checked: {markup.words(step.checked)}</small>")
