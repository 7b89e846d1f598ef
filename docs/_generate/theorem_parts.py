"""One theorem on a page: what it says, why, who checked it, Coq's text, and what uses it."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from itertools import count

import symconv
from _generate.coq_texts import Accepted, accepted
from _generate.markdown import code, display, fitting, items, picture, sentence
from _generate.tongues import ENGLISH, Tongue
from symconv.book import wording
from symconv.book.asking import prove
from symconv.book.languages import language_of
from symconv.book.layout import page
from symconv.book.numbers import calls
from symconv.book.page import Shown
from symconv.book.proof import Proof
from symconv.book.sampling import Samples
from symconv.book.statements.chapters import THEOREMS, Entry
from symconv.book.statements.statement import Theorem
from symconv.book.statements.structural import Structural

PATIENCE = 60.0
"""Seconds for Z3, on a machine that may be busy; all but a few theorems take milliseconds."""
SAMPLES = 5
"""How many samples of a theorem are run on torch when the site is built."""
SHOWN_DIGITS = 12
"""So many digits of a digest stand in a line; the whole one stands with Coq's text."""
UNNAMED = "hypothesis "
"""How the sentence of a hypothesis begins that nobody named."""


@cache
def proof(entry: Entry) -> Proof:
    """Prove a theorem, with samples on torch.

    Whether Coq has accepted it is said on the page; a test of the record sees to it.

    Raises:
        ValueError: the verdict is not what the book declares, or a sample contradicts it.
    """
    proved = prove(entry, timeout=PATIENCE).verify(samples=SAMPLES)
    if not proved.as_stated or (proved.samples and proved.samples.failed):
        raise ValueError(f"{entry.name} is not as the book has it: {proved.told}")
    return proved


def theorem(entry: Entry, tongue: Tongue = ENGLISH) -> str:
    """Write one theorem: statement, proof, checkers, what it goes with, and Coq's text."""
    says = sentence(tongue.of(entry.says, entry.zh))
    given = [*_hypotheses(entry, tongue), *where(entry, tongue)]
    stated = "\n".join([says, "", *given, display(claim(entry)), *drawn(entry)])
    proved = "\n".join([*steps(entry, tongue), items(checked(entry, tongue))])
    boxed = _boxes if tongue is ENGLISH else _plain
    boxes = boxed(entry, stated, proved, tongue)
    return "\n".join([f"## {entry.name}\n", boxes, links(entry, tongue), coq_text(entry, tongue)])


def _boxes(entry: Entry, stated: str, proved: str, tongue: Tongue) -> str:
    """Put statement and proof into the boxes of sphinx-proof, which numbers them.

    A proof's box begins with that word by itself.
    """
    kind, title = ("conjecture", " refuted") if _false(entry) else ("theorem", "")
    return (
        f"::::{{prf:{kind}}}{title}\n:label: {label(entry.name)}\n\n{stated}\n::::\n\n"
        f"::::{{prf:proof}}\n{_how(entry, tongue).removeprefix('Proof. ')}\n\n{proved}\n::::\n"
    )


def _plain(entry: Entry, stated: str, proved: str, tongue: Tongue) -> str:
    """Put them into boxes with titles of our own: those of sphinx-proof are English."""
    title = tongue("False" if _false(entry) else "Theorem")
    return (
        f"({label(entry.name, tongue)})=\n"
        f"::::{{admonition}} {title}\n:class: proof theorem\n\n{stated}\n::::\n\n"
        f"::::{{admonition}} {_how(entry, tongue)}\n:class: proof\n\n{proved}\n::::\n"
    )


def label(name: str, tongue: Tongue = ENGLISH) -> str:
    """Return the label of a theorem on the pages of a language."""
    return f"{tongue.prefix}{name}"


def link(name: str, tongue: Tongue = ENGLISH) -> str:
    """Write a theorem's name as a link to it."""
    if tongue is ENGLISH:
        return f"{{thm}}`{name}`"
    return f"[`{name}`](#{label(name, tongue)})"


def _hypotheses(entry: Entry, tongue: Tongue) -> Iterator[str]:
    if isinstance(entry, Structural):
        yield f"{tongue('Given')}\n" if entry.supposed else ""
        yield items(fitting(supposed.latex) for supposed in entry.supposed)
    elif entry.given:
        yield f"{tongue('Given')}\n"
        yield items(
            _hypothesis(said, wording.latex(term), tongue) for said, term in entry.given.items()
        )


def _hypothesis(said: str, latex: str, tongue: Tongue) -> str:
    """Write a hypothesis; its sentence is English, and a formula needs none."""
    named = tongue is ENGLISH and not said.startswith(UNNAMED)
    return f"{sentence(said)}: {fitting(latex)}" if named else fitting(latex).lstrip()


def claim(entry: Entry) -> str:
    """Return what a theorem claims, as LaTeX."""
    return wording.claim_latex(entry.claim) if isinstance(entry, Theorem) else entry.statement


def _how(entry: Entry, tongue: Tongue) -> str:
    """Say how a theorem is proved."""
    if proof(entry).steps:
        return tongue("Refutation: step by step." if _false(entry) else "Proof. Step by step.")
    if not proof(entry).z3:
        return tongue("Proof. By hand, in Coq.")
    return tongue("Refutation: directly." if _false(entry) else "Proof. Directly.")


def steps(entry: Entry, tongue: Tongue = ENGLISH) -> Iterator[str]:
    """Write the steps of a proof, under their directions, with the cases of what is assumed there.

    A proof whose only step is the claim itself has none.
    """
    laid_out = page(proof(entry), language_of(tongue.name))
    numbers = count(1)
    for part in laid_out.parts:
        yield f"**{part.heading}**\n" if part.heading else ""
        cases = [
            f"{case.kind}: {sentence(case.words)}: {fitting(case.formula.latex)}"
            for case in part.cases
        ]
        yield from (_step(next(numbers), step, tongue) for step in part.steps)
        yield items(cases) if cases else ""


def _step(number: int, step: Shown, tongue: Tongue) -> str:
    """Write a step: why it holds and who checked it, and below it what it says."""
    checked = tongue(" ({})", sentence(step.checked))
    formula = f"\n{display(step.formula.latex, indent='   ')}" if step.formula.latex else ""
    return f"{number}. {sentence(step.reason)}{checked}\n{formula}"


def where(entry: Entry, tongue: Tongue = ENGLISH) -> Iterator[str]:
    """Write what the names of laws stand for that a theorem and its steps are written with."""
    lines = [line for line in page(proof(entry)).given if line.kind == "where"]
    if lines:
        yield f"{tongue('Where')}\n\n{items(fitting(line.formula.latex) for line in lines)}"


def drawn(entry: Entry) -> Iterator[str]:
    """Write the pictures of a theorem."""
    for layer, size, view in getattr(entry, "drawn", ()):
        yield picture(symconv.draw(layer, size, view).svg)


def _false(entry: Entry) -> bool:
    """Whether the book declares a statement refuted."""
    return entry.expected == "refuted"


def checked(entry: Entry, tongue: Tongue = ENGLISH) -> Iterator[str]:
    """Say who checked a theorem, a line each."""
    proved = proof(entry)
    if proved.z3:
        word = tongue(proved.z3.verdict.word)
        values = ", ".join(f"${{{n} = {v}}}$" for n, v in (proved.counterexample or {}).items())
        form = "Z3: {}, by the smallest counterexample {}" if values else "Z3: {}"
        yield tongue(form, word, values)
    else:
        yield tongue("Z3 has no say: the statement is beyond the language of laws")
    if lemmas := accepted(entry):
        form = "Coq {}: accepted in {} (digest {})"
        if _false(entry):
            form = "Coq {}: accepts that it does not hold, in {} (digest {})"
        accepting = proved.coq
        digest = f"`{accepting.digest[:SHOWN_DIGITS]}`"
        yield tongue(form, accepting.version, f"{{coq}}`{lemmas[0].file}`", digest)
    else:
        yield tongue("Coq has not accepted it as it stands")
    if isinstance(entry, Structural):
        yield from map(language_of(tongue.name).said, entry.comparison)
    if proved.samples and proved.samples.checked:
        yield tongue("measured: {}", _measured(proved.samples, tongue))
    if entry.cites:
        yield tongue("source: {}", sentence(entry.cites))


def _measured(samples: Samples, tongue: Tongue) -> str:
    """Say how samples came out on torch."""
    agreed, of = samples.checked - samples.failed, tongue(samples.of)
    form = "{} of {} samples agreed in {}, by {}, {} layers run"
    return tongue(form, agreed, samples.checked, of, samples.by, samples.layers)


def links(entry: Entry, tongue: Tongue = ENGLISH) -> str:
    """Write what a theorem uses, what uses it, and the laws that it speaks of."""
    uses = [link(name, tongue) for name in entry.uses]
    used = [link(name, tongue) for name in users(entry.name)]
    laws = sorted({f"[{name}](#operator-{name})" for name in _laws(entry)})
    lines = [("uses", uses), ("used by", used), ("laws", laws)]
    return "".join(
        tongue("*{}*: {}", tongue(what), tongue(", ").join(names)) + "\n\n"
        for what, names in lines
        if names
    )


def users(name: str) -> list[str]:
    """Return the theorems that use a theorem, in the order of the book."""
    return [theorem.name for theorem in THEOREMS.values() if name in theorem.uses]


def _laws(entry: Entry) -> Iterator[str]:
    """Return the operators whose laws a theorem speaks of."""
    if isinstance(entry, Theorem):
        for call in calls(entry):
            if call.law.operator is not None:
                yield call.law.operator.name


def coq_text(entry: Entry, tongue: Tongue = ENGLISH) -> str:
    """Write the lemmas that Coq accepted, folded; nothing where it has not accepted them."""
    lemmas = accepted(entry)
    if not lemmas:
        return ""
    title = tongue("The text that Coq {} accepted", proof(entry).coq.version)
    shown = "\n".join(f"{_place(lemma, tongue)}\n\n{code(lemma.text, 'coq')}" for lemma in lemmas)
    return f"::::{{folded}} {title}\n{shown}\n::::\n"


def _place(lemma: Accepted, tongue: Tongue) -> str:
    """Say where a lemma stands, and what its digest is."""
    form = "`{}`: {}, line {}, with the digest `{}`"
    return tongue(form, lemma.name, f"{{coq}}`{lemma.file}`", lemma.line, lemma.digest)
