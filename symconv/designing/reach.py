"""How many input cells an output cell of a chain should see."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from symconv.errors import RequestError
from symconv.meanings.notation import text
from symconv.questions.conflicts import Sentence
from symconv.terms import Term, conjuncts, variable, variables

SEEN = "receptive_field"


class Reach(NamedTuple):
    """How many input cells an output cell should see, from the first to the last.

    Attributes:
        least: at least so many.
        most: at most so many, if there is such a bound.

    >>> print(Reach(63))
    an output cell sees at least 63 input cells
    >>> print(Reach(63, 63)), print(Reach(most=9)), Reach(3, 5).wanted
    an output cell sees 63 input cells
    an output cell sees at most 9 input cells
    (None, None, range(2, 5))
    """

    least: int = 1
    most: int | None = None

    def __str__(self) -> str:
        """Say it in words."""
        if self.least == self.most:
            cells = f"{self.least}"
        elif self.most is None:
            cells = f"at least {self.least}"
        else:
            cells = f"at most {self.most}" if self.least <= 1 else f"{self.least} to {self.most}"
        return f"an output cell sees {cells} input cells"

    @property
    def told(self) -> int:
        """Up to how many cells fields have to be told apart; beyond, they all count alike."""
        return self.least if self.most is None else self.most + 1

    @property
    def wanted(self) -> range:
        """Where the wanted fields stand among those from 1 up to `told`, counted from 0."""
        return range(self.least - 1, self.least if self.most is None else self.most)


ANY_FIELD = Reach()


def reach_of(sentences: Iterable[Sentence]) -> Reach:
    """Return the receptive field that conditions ask for.

    Raises:
        RequestError: one of them does more than compare it with a number.
    """
    parts = ((part, sentence) for sentence in sentences for part in conjuncts(sentence.term))
    bounds = [_bounds(*pair) for pair in parts]
    most = [high for _, high in bounds if high is not None]
    return Reach(max((low for low, _ in bounds), default=1), min(most, default=None))


def _bounds(condition: Term, sentence: Sentence) -> tuple[int, int | None]:
    """Return between which numbers a condition asks the field to be."""
    field = variable(SEEN)
    if condition.word in ("le", "lt", "eq") and field in condition.args:
        number = condition.args[condition.args[0] is field]
        if number.word == "constant":
            bound, strict = int(number.args[0]), condition.word == "lt"
            if condition.word != "eq" and condition.args[0] is not field:
                return max(1, bound + strict), None
            if bound - strict >= 1:  # a cell sees one cell or more
                return (bound if condition.word == "eq" else 1), bound - strict
    raise RequestError(
        "a number of cells for the receptive field of the chain",
        text(condition, names="torch"),
        'Write for instance "receptive_field >= 63", joined to others by and.',
        place=sentence.place,
    )


def about_the_field(condition: Term) -> bool:
    """Whether a condition speaks of the receptive field."""
    return SEEN in variables(condition)
