"""An audit as propositions with their proofs."""

from __future__ import annotations

from collections.abc import Iterator

from symconv.meanings.closed import condition
from symconv.meanings.notation import latex
from symconv.networks.answers import AxisAnswer
from symconv.networks.exact import Course, Need
from symconv.networks.result import RULES, Audit
from symconv.operators.letters import W
from symconv.periodic import SizeSet
from symconv.proving.certificate import Certificate
from symconv.questions.documents import Line, closing, opening
from symconv.terms import Term, variable, variables


def lines(audit: Audit) -> Iterator[Line]:
    """Yield the propositions of all axes, each with its proof."""
    chain = " -> ".join(f"`{layer!r}`" for layer in audit.layers)
    yield from opening("Which sizes the layers take", chain)
    if not audit.axes:
        yield Line("text", f"Unknown: {audit.reason}.")
    for answer in audit.axes:
        if not answer.valid and answer.note:
            yield Line("proposition", f"No input is taken: {answer.note}.")
            continue
        yield Line("proposition", _claim(audit, answer))
        if answer.certificate is None:
            yield Line("text", f"This is not proved: {audit.reason}.")
            continue
        yield Line("proof", "Put the law of each layer into the next one's.")
        yield from _steps(audit, answer)
        yield Line("text", _checked(answer.certificate, _letter(answer)))
        yield Line("end", "")
    if audit.second is not None:
        yield Line("text", f"Z3, as a second opinion: {audit.second}.")
    yield from closing(audit.verified)
    yield Line("text", f"The laws are those of {RULES}.")
    yield from closing(None, audit.notes)


def _claim(audit: Audit, answer: AxisAnswer) -> str:
    """Say what is proved of an axis."""
    name = _letter(answer)
    shape = r" \times ".join([name] * len(audit.shape.axes)) if audit.square else name
    if not answer.valid:
        return f"No input of size ${shape}$ with ${name} \\ge 1$ is taken by all layers."
    taken = f"every layer takes what arrives just for {in_words(answer.valid, name)}."
    sentences = [f"For an input of size ${shape}$ with ${name} \\ge 1$, {taken}"]
    if answer.formulas:
        what = "features come out" if answer.course.features is not None else "is what comes out"
        formulas = [f"${formula(each, name)}$" for each in answer.formulas]
        sentences.append(f"Then {' and '.join(formulas)} {what}.")
    if answer.same_size is not None:
        sentences.append(
            f"What comes out is as large as the input for {in_words(answer.same_size, name)}."
        )
    if answer.every_cell_read is not None:
        sentences.append(
            f"No layer leaves a cell unread for {in_words(answer.every_cell_read, name)}."
        )
    return " ".join(sentences)


def _steps(audit: Audit, answer: AxisAnswer) -> Iterator[Line]:
    """Yield the proof layer by layer, in the size of the chain's input."""
    course, name = answer.course, _letter(answer)
    after = [*course.sizes[1:], *[()] * len(audit.read.ending)]
    for number, (layer, sizes) in enumerate(zip(audit.layers, after, strict=True), 1):
        alike = len(set(sizes)) == 1
        makes = f" makes ${formula(course.normal(sizes[0]), name)}$" if alike else ""
        needs = [need for need in course.needs if need.layer == number]
        telling = [need for need in needs if not course.value(need.term).everything]
        yield Line("step", f"`{layer!r}`{makes}{_introduced(needs, telling)}")
        for need in telling:
            yield Line("need", _needed(need, course, name))


def _introduced(needs: list[Need], telling: list[Need]) -> str:
    """Lead over from a layer's size to what it requires."""
    if telling:
        return ", and requires:"
    return "; what it requires holds for every size." if needs else ", for every size."


def _needed(need: Need, course: Course, name: str) -> str:
    """Say what a layer requires, and what that comes to."""
    law, sizes = course.normal(need.term), course.value(need.term)
    if not variables(law):
        return f"{need.requirement.sentence}: for {sizes}."
    return f"{need.requirement.sentence}: ${formula(law, name)}$, that is, {in_words(sizes, name)}."


def in_words(sizes: SizeSet, name: str) -> str:
    """Write a set in words, and as a formula where that says more."""
    written = condition(sizes, W)
    if written is None or not sizes or sizes.everything:
        return f"{sizes}"
    return f"{sizes} (${formula(written, name)}$)"


def _letter(answer: AxisAnswer) -> str:
    """Write an axis's letter, which may be a word, as mathematics."""
    return latex(variable(answer.name))


def formula(term: Term, name: str) -> str:
    """Write a term in `W` as mathematics, with another name for its letter."""
    return latex(term, words={"W": name})


def _checked(certificate: Certificate, name: str) -> str:
    """Say how the checker sees that the claims hold."""
    modulus, base, below = certificate.modulus, certificate.base, len(certificate.stretches) - 1
    stretches = f"{below} stretch{'es' * (below > 1)}"
    before = f"the sizes below {base}, in {stretches}, and " if below else ""
    classes = (
        f"the sizes ${name} = n + {modulus} t$ for each of {modulus} remainders"
        if modulus > 1
        else f"all sizes ${name} = n + t$ together"
    )
    return (
        f"Whether all of this holds together is checked in residue classes: {before}from {base} on "
        f"{classes}. There every size above is a polynomial in $t$, and every comparison is "
        "settled by its coefficients. The certificate lists this, and the checker accepts it."
    )
