"""Notions: the definitions that the Coq files by hand make themselves, and how they are written.

A notion has the meaning that its file gives it; a test compares the two. Where it has no sign of
its own it is written out, so that a reader sees what it says.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

from symconv.book.statements.calls import Law, laws
from symconv.book.statements.structures.formula import Binding, Formula, bindings
from symconv.book.statements.structures.replacing import free_in

Kind = Literal["Definition", "Fixpoint", "Record", "field", "law", "Coq's own"]


@dataclass(frozen=True)
class Notion:
    """A name with a meaning.

    Attributes:
        name: how Coq calls it.
        letters: what it is applied to; of a record, its fields.
        sort: what it comes to, as Coq writes that.
        means: what it means; nothing of records, their fields, laws, and what is Coq's own.
        latex: how it is written, with letters in braces; without it the meaning is written out.
        text: the same as plain text. In both, `{own}` stands for the letters that are not written
            there, where they are anything else than themselves; `{set}` does so in brackets.
        over: a letter that is a function of one variable, and how that is called where it has no
            name of its own: `{name}` and `{body}` are written.
        below: the last letter, if it is written only where it is given.
        level: how tightly that holds together (`symconv.book.statements.structures.writing`).
        kind: what Coq says it is.
    """

    name: str
    letters: tuple[Binding, ...]
    sort: str
    means: Formula | None
    latex: str = ""
    text: str = ""
    over: tuple[str, str] = ("", "")
    below: str = ""
    level: str = "atom"
    kind: Kind = "Definition"

    @property
    def by_hand(self) -> bool:
        """Whether a file by hand defines it."""
        return self.kind in ("Definition", "Fixpoint", "Record")


def notion(
    name: str,
    letters: str,
    sort: str,
    means: Formula,
    *,
    latex: str = "",
    text: str = "",
    over: tuple[str, str] = ("", ""),
    below: str = "",
    level: str = "atom",
) -> Notion:
    """Return a definition of a file: `notion("hits", "F S D y : Z", "Z", ...)`."""
    kind: Kind = "Fixpoint" if name in free_in(means) else "Definition"
    return Notion(name, bindings(letters), sort, means, latex, text, over, below, level, kind)


def record(name: str, **fields: tuple[str, str]) -> tuple[Notion, ...]:
    """Return a record of integers and its fields, each with how it is written: LaTeX and text."""
    whole = Notion(name, tuple((field, "Z") for field in fields), "", None, kind="Record")
    letter = ((name[0], name),)
    return whole, *(
        Notion(field, letter, "Z", None, *written, kind="field")
        for field, written in fields.items()
    )


def _own(name: str, letters: str, latex: str, text: str, **how: str) -> Notion:
    over = (how.pop("over", ""), "l")
    return Notion(name, bindings(letters), "", None, latex, text, over, kind="Coq's own", **how)


COQS = (
    _own("Z.max", "a b : Z", r"\max\left({a}, {b}\right)", "max({a}, {b})"),
    _own("Z.gcd", "a b : Z", r"\gcd\left({a}, {b}\right)", "gcd({a}, {b})"),
    _own("Z.of_nat", "n : nat", "{n}", "{n}"),
    _own("Z.to_nat", "n : Z", "{n}", "{n}"),
    _own(
        "Forall",
        "claim : A -> Prop; chain : list A",
        r"{body} \;\text{{ for every }} {name} \text{{ of }} {chain}",
        "{body} for every {name} of {chain}",
        over="claim",
        level="loosest",
    ),
)
"""What Coq's library defines, and statements name."""


def _of_law(law: Law) -> Notion:
    """Return the notion of a law: its definition is generated, and compared by itself."""
    base = law.name.removesuffix("_transpose")
    sign = rf"\operatorname{{{{{base}}}}}" + (r"^{{\mathsf{{T}}}}" if base != law.name else "")
    letters = tuple((str(letter.args[0]), "Z") for letter in law.letters)
    latex, text = law.latex or sign, law.text or law.name
    size = (r"\left({W}\right)", "({W}{own})") if law.of_a_size else ("", "{set}")
    return Notion(
        law.name, letters, "Z", None, f"{latex}{{own}}{size[0]}", f"{text}{size[1]}", kind="law"
    )


def scope(notions: Iterable[Notion]) -> Mapping[str, Notion]:
    """Return what each name means in a statement: notions, laws, and what is Coq's own."""
    known = (*map(_of_law, laws()), *COQS, *notions)
    return {notion.name: notion for notion in known}


def needed(names: Iterable[str], known: Mapping[str, Notion]) -> tuple[Notion, ...]:
    """Return the notions by hand that names stand for, and those that these are made of."""
    waiting, gathered = sorted(names), dict[str, Notion]()
    while waiting:
        name = waiting.pop(0)
        if name in known and name not in gathered:
            gathered[name] = known[name]
            means = known[name].means
            waiting += [] if means is None else sorted(free_in(means))
            waiting += [sort for _, sort in known[name].letters if sort in known]
    return tuple(notion for notion in known.values() if notion.name in gathered and notion.by_hand)
