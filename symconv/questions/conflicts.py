"""Why a question has no answer: sentences that cannot hold together, none of them to spare."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Literal, NamedTuple

from symconv.places import Place
from symconv.terms import Term

Kind = Literal["law", "default", "written", "choice", "condition", "goal"]
"""Who says a sentence: the layer's law, torch by a default, or the user in one way or another."""


class Sentence(NamedTuple):
    """Something that must hold.

    Attributes:
        says: the sentence.
        term: what it states, in the letters of the question; nothing where no single term does.
        kind: who says it.
        place: where the user wrote it, if that was in a text.
    """

    says: str
    term: Term
    kind: Kind = "law"
    place: Place | None = None

    def __str__(self) -> str:
        """Say it."""
        return self.says


class Relaxation(NamedTuple):
    """What can be given up, and the first answer that this makes possible.

    Attributes:
        sentence: what is left out; nothing where what is asked is only done to some sizes.
        example: the answer's numbers, by torch's names.
        says: what of the numbers is another than before.
    """

    sentence: str
    example: dict[str, Any]
    says: str

    @property
    def change(self) -> str:
        """Tell it in one line."""
        instead = f": {self.says}" if self.says else ""
        return (
            f"without «{self.sentence}»{instead}"
            if self.sentence
            else f"for some sizes only{instead}"
        )

    def to_dict(self) -> dict[str, Any]:
        """Return it as JSON has it."""
        return {"change": self.change, "example": self.example}


@dataclass(frozen=True)
class Conflict:
    """Sentences that contradict each other.

    Attributes:
        sentences: the sentences.
        minimal: whether it was shown that without any one of them the others hold together.
        relaxations: for what can be given up, the first answer that it makes possible.
        axis: where axes differ, the one that it is about, from 1.
        ground: what shows that they contradict each other, as a sentence for a proof.
    """

    sentences: tuple[Sentence, ...] = ()
    minimal: bool = False
    relaxations: tuple[Relaxation, ...] = ()
    axis: int | None = None
    ground: str = ""

    def lines(self, what: str) -> list[str]:
        """Return the conflict as text: that no setting, or no chain, meets the request, and why.

        >>> from symconv.terms import both
        >>> sentences = (Sentence("stride is 2", both()), Sentence("you asked for 3", both()))
        >>> Conflict(sentences, True).lines("setting")[1:]
        ['  - stride is 2', '  - you asked for 3']
        """
        of = f" on axis {self.axis}" if self.axis else ""
        return [
            f"no {what} meets the request{of}; these cannot hold together:",
            *(f"  - {sentence}" for sentence in self.sentences),
            *([] if self.minimal else ["  (not shown to be minimal)"]),
            *(f"possible {relaxation.change}" for relaxation in self.relaxations),
        ]

    def to_dict(self) -> dict[str, Any]:
        """Return the conflict as JSON has it."""
        return {
            "conflict": [sentence.says for sentence in self.sentences],
            "minimal": self.minimal,
            "relaxations": [relaxation.to_dict() for relaxation in self.relaxations],
        } | ({} if self.axis is None else {"axis": self.axis})


Possible = Callable[[Sequence[Sentence]], bool | None]
"""Whether sentences can hold together; nothing where nobody says so in time."""


def minimal(
    sentences: Sequence[Sentence], possible: Possible, rounds: int = 1
) -> tuple[tuple[Sentence, ...], bool]:
    """Return of contradicting sentences those that are needed, and whether each was shown to be.

    Sentences are left out one by one, the first ones first (the deletion filter of Chinneck and
    Dravnieks, "Locating minimal infeasible constraint sets in linear programs", 1991). One whose
    rest is not decided stays, for another round or for good.

    Args:
        sentences: what contradicts itself, first what shall be spared first.
        possible: whether some of them can hold together.
        rounds: how often what was not decided is tried.

    >>> from symconv.terms import sizes
    >>> F, S = sizes("F S")
    >>> given = [Sentence("a", F.eq(1)), Sentence("b", S >= 2), Sentence("c", F >= 3)]
    >>> kept, sure = minimal(given, lambda rest: not {"a", "c"} <= {one.says for one in rest})
    >>> [one.says for one in kept], sure
    (['a', 'c'], True)
    """
    kept, open_ = list(sentences), list(sentences)
    for _ in range(rounds):
        undecided = []
        for sentence in open_:
            rest = [other for other in kept if other is not sentence]
            verdict = possible(rest)
            if verdict is False:
                kept = rest
            elif verdict is None:
                undecided.append(sentence)
        open_ = undecided
    return tuple(kept), not open_
