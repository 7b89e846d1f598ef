"""All theorems on one page, a line or two each: an index of the book, in each of its languages."""

from __future__ import annotations

from collections.abc import Iterator

from _generate.book import LIST, heading
from _generate.markdown import page, sentence
from _generate.theorem_parts import claim, link
from _generate.tongues import TONGUES, Tongue
from symconv.book import wording
from symconv.book.statements.chapters import CHAPTERS, Chapter, Entry
from symconv.book.statements.statement import Theorem
from symconv.meanings import notation
from symconv.operators.letters import extent
from symconv.terms import conjuncts


def pages() -> dict[str, str]:
    """Return the page in every language."""
    return {f"{tongue.folder}/{LIST}.md": list_page(tongue) for tongue in TONGUES}


def list_page(tongue: Tongue) -> str:
    """Write every statement of the book, by chapter."""
    introduction = tongue(
        "Every statement of the book; its chapters have the hypotheses in words, the proofs, "
        "and who checked them. {} is the extent of the kernel.",
        f"$E = {notation.latex(extent)}$",
    )
    parts = [part for chapter in CHAPTERS for part in _chapter(chapter, tongue)]
    label = f"{tongue.prefix}all-theorems"
    return page(tongue("All theorems"), label, introduction + "\n", *parts)


def _chapter(chapter: Chapter, tongue: Tongue) -> Iterator[str]:
    title, _ = heading(chapter, tongue)
    yield f"## {title}\n"
    yield "\n".join(
        _line(entry, tongue) for entry in chapter.theorems if entry.expected == "proved"
    )
    refuted = [entry for entry in chapter.theorems if entry.expected == "refuted"]
    if refuted:
        yield f"\n{tongue('What is false')}\n"
        yield "\n".join(_belief(entry, tongue) for entry in refuted)


def _line(entry: Entry, tongue: Tongue) -> str:
    says = sentence(tongue.of(entry.says, entry.zh))
    return f"{link(entry.name, tongue)}\n: {says}\\\n  {_given(entry, tongue)}${claim(entry)}$\n"


def _given(entry: Entry, tongue: Tongue) -> str:
    """Write the hypotheses, each a formula of its own, so that a line can break between them."""
    if isinstance(entry, Theorem):
        terms = [part for term in entry.given.values() for part in conjuncts(term)]
        formulas = [f"${wording.latex(term)}$" for term in terms]
    else:
        formulas = [f"${supposed.latex}$" for supposed in entry.supposed]
    return f"{tongue('Given')} {', '.join(formulas)}\\\n  " if formulas else ""


def _belief(entry: Entry, tongue: Tongue) -> str:
    values = getattr(entry, "counterexample", {})
    numbers = ", ".join(f"${name} = {value}$" for name, value in values.items())
    refutation = tongue("Refuted; the smallest counterexample is {}", numbers)
    return f"{_line(entry, tongue).rstrip()}\\\n  {refutation}\n"
