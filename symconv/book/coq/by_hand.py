"""Structural statements compared with the Coq files by hand that prove them.

Each lemma of a statement is read from its file, and must be the very formula from which the
statement is written; so must the lemmas that its argument names. The definitions that they rest on
must be the meanings that are shown. What the definitions mean to say is for people to see.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from symconv.book.coq.exporting import by_hand, required
from symconv.book.coq.reading_back import COMMENT, ReadingError
from symconv.book.coq.reading_by_hand import Defined, definitions_in, statement, statements_in
from symconv.book.statements.structures.computing import CONSTANTS, SIGNS
from symconv.book.statements.structures.entry import Structural
from symconv.book.statements.structures.form import INFIXES
from symconv.book.statements.structures.formula import Formula
from symconv.book.statements.structures.notion import Notion, needed
from symconv.book.statements.structures.replacing import free_in

_COQS = {*INFIXES, *SIGNS, *CONSTANTS, "if"}
_VARIABLES = re.compile(r"\bVariables?\s+([\w' ]+?)\s*:\s*([^.]+)\.")
_SECTION = re.compile(r"\bSection\s+(\w+)\.(.*?)\bEnd\s+\1\.", re.DOTALL)


def unlike(entry: Structural, texts: Mapping[str, str] | None = None) -> dict[str, str]:
    """Say how a statement differs from its Coq file: by lemma or definition; nothing if it is it.

    Args:
        entry: the statement.
        texts: the files by hand; by default those that symconv comes with.
    """
    compared = _Compared(entry, by_hand() if texts is None else texts)
    wrong = [*compared.lemmas(), *compared.steps(), *compared.definitions()]
    return {name: said for name, said in reversed(wrong) if said}


class _Compared:
    """A statement beside the files that it rests on."""

    def __init__(self, entry: Structural, texts: Mapping[str, str]) -> None:
        self.entry = entry
        self.texts = {name: texts[name] for name in _below(entry.file, texts)}
        self.stated: dict[str, list[tuple[str, str]]] = {}
        for file, text in self.texts.items():
            for kind, name, rest in statements_in(text):
                if kind != "Hypothesis":
                    self.stated.setdefault(name, []).append((file, rest))

    def lemmas(self) -> Iterator[tuple[str, str]]:
        """Yield what is wrong with the lemmas that are the statement."""
        for lemma in self.entry.formal:
            if isinstance(lemma.states, Formula):
                places = self.stated.get(lemma.name, [])
                if [file for file, _ in places] != [self.entry.file]:
                    yield lemma.name, f"is not stated in {self.entry.file}"
                elif self.section(lemma.name):
                    yield lemma.name, "stands in a section"
                else:
                    yield lemma.name, self.differs(lemma.name, lemma.states)

    def steps(self) -> Iterator[tuple[str, str]]:
        """Yield what is wrong with the lemmas that its argument names."""
        for because in self.entry.argument:
            if because.lemma and len(self.stated.get(because.lemma, [])) != 1:
                yield because.lemma, "is not stated in one of the files"
            elif because.states is not None:
                difference = self.differs(because.lemma, because.states)
                yield because.lemma, difference or self.beyond(self.section(because.lemma))

    def definitions(self) -> Iterator[tuple[str, str]]:
        """Yield what is wrong with the definitions that all these rest on."""
        states = [lemma.states for lemma in self.entry.formal]
        states += [because.states for because in self.entry.argument if because.states is not None]
        named = set[str]().union(*(free_in(each) for each in states if isinstance(each, Formula)))
        notions = needed(named, self.entry.known)
        for notion in notions:
            if notion.means is not None:
                named |= free_in(notion.means) - {name for name, _ in notion.letters}
        letters = {name for name, _ in self.entry.about}
        for name in sorted(named - _COQS - letters - set(self.entry.known)):
            yield name, "has no meaning here"
        defined = self.defined()
        named_elsewhere = {name for name, notion in self.entry.known.items() if not notion.by_hand}
        for name in sorted(named_elsewhere & set(defined)):
            yield name, "is defined anew in a file by hand"
        for notion in notions:
            yield notion.name, _unlike_definition(notion, defined.get(notion.name, []))

    def defined(self) -> dict[str, list[Defined | str]]:
        """Return the definitions of all files by name; of one that cannot be read, why."""
        listing: dict[str, list[Defined | str]] = {}
        for text in self.texts.values():
            try:
                for name, definition in definitions_in(text):
                    listing.setdefault(name, []).append(definition)
            except ReadingError as error:
                listing.setdefault(f"a definition: {error}", []).append(str(error))
        return listing

    def section(self, name: str) -> str:
        """Return the section in which a lemma stands, if it stands in one."""
        for text in self.texts.values():
            for _, section in _SECTION.findall(COMMENT.sub(" ", text)):
                if any(other == name for _, other, _ in statements_in(section)):
                    return str(section)
        return ""

    def beyond(self, section: str) -> str:
        """Say whether a section is about other letters than the statement, or supposes more."""
        letters = {
            (name, sort) for names, sort in _VARIABLES.findall(section) for name in names.split()
        }
        supposed = [rest for kind, _, rest in statements_in(section) if kind == "Hypothesis"]
        if letters <= set(self.entry.about) and set(map(_read, supposed)) <= {
            *self.entry.hypotheses
        }:
            return ""
        return "stands in a section that supposes more than is given"

    def differs(self, name: str, states: Formula) -> str:
        """Say how a lemma differs from a formula, or nothing."""
        try:
            read = statement(self.stated[name][0][1])
        except ReadingError as error:
            return f"cannot be read: {error}"
        return "" if read == states else "states something else"


def _read(rest: str) -> Formula | None:
    try:
        return statement(rest)
    except ReadingError:
        return None


def _below(file: str, texts: Mapping[str, str]) -> dict[str, None]:
    """Return a file by hand and those that it requires, in the order in which they are met."""
    below = {file: None}
    for other in required(texts[file]):
        if other in texts:
            below |= _below(other, texts)
    return below


def _unlike_definition(notion: Notion, defined: list[Defined | str]) -> str:
    """Say how a definition differs from its meaning, or nothing."""
    if len(defined) != 1:
        return "is defined more than once" if defined else "is not defined"
    here = Defined(notion.kind, notion.letters, notion.sort, notion.means)
    return "" if defined[0] == here else "is defined otherwise"
