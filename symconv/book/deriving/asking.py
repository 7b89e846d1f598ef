"""What a derivation asks of an operator; what it does not find there it names."""

from __future__ import annotations

from typing import TypeVar

from symconv.errors import DerivationError
from symconv.operators import Operator
from symconv.operators.reading import Reading, Windows
from symconv.terms import Term, variables

Kind = TypeVar("Kind", bound=Reading)


def needed(operator: Operator, sentence: str, meaning: Term | None = None) -> Term:
    """Return a requirement that a derivation builds on.

    Args:
        operator: the operator.
        sentence: what the requirement is called where symconv has it.
        meaning: what it says, where it may have another sentence.

    Raises:
        DerivationError: the operator does not have it.
    """
    if sentence not in operator.requires:
        if meaning is not None and meaning in operator.requires.values():
            return meaning
        raise DerivationError(
            f"a requirement of {operator.name}: {sentence}",
            "; ".join(operator.requires) or "none",
            "Declare it under that sentence.",
        )
    return operator.requires[sentence]


def ranges_of(operator: Operator, *terms: Term) -> list[Term]:
    """Return what is required of the letters of some terms, of each by itself."""
    letters = {*variables(*terms)}
    return [law for law in operator.ranges.values() if letters.issuperset(variables(law))]


def reading_of(operator: Operator, kind: type[Kind]) -> Kind:
    """Return what an operator reads, where that is of a kind.

    Raises:
        DerivationError: it is not.
    """
    if not isinstance(operator.reads, kind):
        raise _other_reading(operator, kind.says)
    return operator.reads


def kernel_of(operator: Operator) -> Windows:
    """Return the windows that an operator has in any sense.

    Raises:
        DerivationError: it has none.
    """
    if operator.kernel is None:
        raise _other_reading(operator, Windows.says)
    return operator.kernel


def _other_reading(operator: Operator, wanted: str) -> DerivationError:
    return DerivationError(
        f"{operator.name}: an output cell that reads {wanted}",
        operator.reads.says,
        "Declare what it reads.",
    )
