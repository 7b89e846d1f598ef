"""What a structural statement is: lemmas of a Coq file as formulas, letters, and an argument."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Literal, NamedTuple

from symconv.book.statements.structures.arguing import Because, Written, claimed
from symconv.book.statements.structures.computing import Computer, UncomputableError
from symconv.book.statements.structures.form import LATEX, TEXT
from symconv.book.statements.structures.formula import Binding, Formula, Name, taken_apart
from symconv.book.statements.structures.letters import Letters
from symconv.book.statements.structures.notion import Notion, needed, scope
from symconv.book.statements.structures.parts import Came, Numbers, Part
from symconv.book.statements.structures.replacing import free_in
from symconv.book.statements.structures.writing import Writer


class Lemma(NamedTuple):
    """A lemma of a Coq file that belongs to a statement.

    Attributes:
        name: how the file calls it.
        states: what it states: a formula, or LaTeX that a person has compared with it.
    """

    name: str
    states: Formula | str


class Compared(NamedTuple):
    """By whom a statement was compared with a lemma.

    Attributes:
        lemma: which.
        by: `"machine"`, where it is a formula that is compared whenever the statement is proved;
            otherwise `"people"`.
        read: the definitions of the Coq files that it rests on. Each is compared with the meaning
            that is shown here; that it means what it is called, people must see.
    """

    lemma: str
    by: Literal["machine", "people"]
    read: tuple[str, ...]


@dataclass(frozen=True, kw_only=True, repr=False)
class Structural:
    """One structural statement.

    Attributes:
        name: what it is called.
        chapter: to which chapter it belongs.
        says: what it says, in a sentence.
        zh: the same in Chinese.
        argument: why it holds, step by step.
        file: the Coq file that proves it.
        formal: the lemmas there that are it; what the first one supposes is given.
        notions: what the names in them mean.
        letters: the numbers that it takes.
        numbers: what these make of it, counted out.
        chain_names: how the lemmas call the chains of layers that it takes.
        uses: the names of theorems that belong to it.
        cites: where it is stated elsewhere.
    """

    name: str
    chapter: str
    says: str
    zh: str
    argument: tuple[Because, ...]
    file: str
    formal: tuple[Lemma, ...]
    notions: tuple[Notion, ...]
    letters: Letters
    numbers: Callable[[Numbers], Iterator[Part]]
    chain_names: tuple[str, ...] = ()
    uses: tuple[str, ...] = ()
    cites: str = ""
    expected: Literal["proved"] = "proved"

    def __repr__(self) -> str:
        """Say what the statement is called, and what it says."""
        return f"{self.name}: {self.says}"

    @property
    def lemmas(self) -> tuple[str, ...]:
        """The names of the lemmas that are it."""
        return tuple(lemma.name for lemma in self.formal)

    @property
    def known(self) -> Mapping[str, Notion]:
        """What every name in it means."""
        return scope(self.notions)

    @property
    def _first(self) -> tuple[tuple[Binding, ...], tuple[Formula, ...]]:
        stated = [lemma.states for lemma in self.formal if isinstance(lemma.states, Formula)]
        return taken_apart(stated[0])[:2] if stated else ((), ())

    @property
    def about(self) -> tuple[Binding, ...]:
        """What the first lemma speaks of, each name with what it ranges over."""
        return self._first[0]

    @property
    def hypotheses(self) -> tuple[Formula, ...]:
        """What the first lemma supposes: what is given."""
        return self._first[1]

    @property
    def given(self) -> str:
        """The hypotheses as plain text."""
        return ", ".join(map(Writer(TEXT, self.known), self.hypotheses))

    @property
    def supposed(self) -> tuple[Written, ...]:
        """The hypotheses, each as plain text and as LaTeX."""
        texts, typeset = (Writer(form, self.known) for form in (TEXT, LATEX))
        return tuple(Written(texts(each), typeset(each)) for each in self.hypotheses)

    @property
    def claims(self) -> tuple[Written, ...]:
        """What each lemma claims, below what is given."""
        return tuple(claimed(lemma.states, self.notions, self.hypotheses) for lemma in self.formal)

    @property
    def statement(self) -> str:
        """The statement as LaTeX."""
        rows = [written.latex for written in self.claims]
        if len(rows) < 2:
            return "".join(rows)
        return r"\begin{gathered} " + r" \\ ".join(rows) + r" \end{gathered}"

    @property
    def definitions(self) -> tuple[Written, ...]:
        """What the signs in it stand for, those that are not written out."""
        texts, typeset = (Writer(form, self.known) for form in (TEXT, LATEX))
        signs = (
            notion
            for notion in needed(self._named(), self.known)
            if notion.latex or notion.kind in ("Fixpoint", "Record")
        )
        return tuple(
            Written(*lines)
            for notion in signs
            for lines in zip(texts.definition(notion), typeset.definition(notion), strict=True)
        )

    def _named(self, only: str = "") -> set[str]:
        states = (lemma.states for lemma in self.formal if only in ("", lemma.name))
        return set[str]().union(*(free_in(each) for each in states if isinstance(each, Formula)))

    @property
    def compared(self) -> tuple[Compared, ...]:
        """By whom it was compared with each lemma, and which definitions people must read."""
        return tuple(
            Compared(
                lemma.name,
                "machine" if isinstance(lemma.states, Formula) else "people",
                tuple(notion.name for notion in needed(self._named(lemma.name), self.known)),
            )
            for lemma in self.formal
        )

    @property
    def comparison(self) -> list[str]:
        """Say who compared it with its lemmas, a line for each way, and what people must read."""
        lines = []
        for by in ("machine", "people"):
            listing = [compared for compared in self.compared if compared.by == by]
            read = dict.fromkeys(name for compared in listing for name in compared.read)
            if listing:
                lemmas = ", ".join(compared.lemma for compared in listing)
                rests = f"; what these mean, people must read: {', '.join(read)}" if read else ""
                lines.append(f"compared with Coq's lemma by {by}: {lemmas}{rests}")
        return lines

    def to_dict(self, numbers: Mapping[str, int]) -> dict[str, Any]:
        """Return what JSON has of it beside what it has of any statement."""
        answer: dict[str, Any] = {
            "claims": [claim.text or claim.latex for claim in self.claims],
            "definitions": [definition.text for definition in self.definitions],
            "latex": self.statement,
            "compared": [
                compared._asdict() | {"read": list(compared.read)} for compared in self.compared
            ],
        }
        return answer | ({"with_numbers": self.with_numbers(numbers).to_dict()} if numbers else {})

    def put(self, numbers: Mapping[str, Any]) -> dict[str, int]:
        """Return numbers by its letters.

        Raises:
            RequestError: a name is no letter of it, a value is no integer, or there would be too
                much to count.
        """
        read = self.letters.read(self.name, numbers)
        self.with_numbers(read)
        return read

    def with_numbers(self, numbers: Mapping[str, int]) -> Came:
        """Say what numbers make of it.

        Raises:
            RequestError: what would have to be counted is too much.
        """
        return _counted(self, tuple(numbers.items()))


@lru_cache(maxsize=64)
def _counted(entry: Structural, given: tuple[tuple[str, int], ...]) -> Came:
    """Say what numbers make of a statement."""
    numbers = dict(given)
    missing = entry.letters.missing(numbers)
    values: dict[str, Any] = entry.letters.complete(numbers)
    if not missing:
        endings = zip(entry.chain_names, entry.letters.chains, strict=True)
        values |= {name: entry.letters.chain(numbers, ending) for name, ending in endings}
    write, compute = Writer(TEXT, entry.known), Computer(entry.known)
    counts = (Name(name) >= 0 for name, sort in entry.about if sort == "nat")
    supposed = (*entry.hypotheses, *counts)
    unmet = tuple(write(each) for each in supposed if _fails(each, compute, values))
    if unmet or missing:
        return Came((), unmet, missing)
    unwritten = entry.letters.unwritten(numbers)
    parts = [Part(unwritten)] if unwritten else []
    return Came((*parts, *entry.numbers(values)))


def _fails(hypothesis: Formula, compute: Computer, values: Mapping[str, Any]) -> bool:
    """Whether a hypothesis does not hold; what is not about these numbers is taken for granted."""
    try:
        return not compute(hypothesis, values)
    except UncomputableError:
        return False
