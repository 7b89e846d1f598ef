"""Random values for the letters of any operator: constants, and functions of the size `W`."""

from collections.abc import Mapping
from random import Random

from symconv.operators import Operator
from symconv.terms import Term, TermLike, constant, substitute, variable, variables

W = variable("W")
FUNCTIONS: tuple[TermLike, ...] = (W, W, W, W + 1, W + 7, 2 * W, 3 * W - 2, (W + 1) // 2)
"""What a letter that is a size may be; all of them are positive."""
RANGES = {"C": (1, 12), "S": (1, 6), "ceil_mode": (0, 1), "dim": (-6, 5), "scale": (1, 8)}
"""From where to where a letter often lies, by its beginning; any other lies about zero."""


def laws(operator: Operator) -> dict[str, Term]:
    """The size law, that of the channels, and the requirements, each by what it says."""
    return {"size": operator.size, "channels": operator.channels, **operator.requires}


def letters(random: Random, operator: Operator, share: float = 0.0) -> dict[str, TermLike]:
    """Random letters of an operator; the first one that is a size is `W` itself.

    Args:
        random: where chance comes from.
        operator: the operator.
        share: how often a letter that is no size depends on `W`, too.
    """
    names = variables(*laws(operator).values())
    sizes = [name for name in names if name.startswith("W")]
    drawn: dict[str, TermLike] = {
        name: random.choice(FUNCTIONS)
        if name in sizes or random.random() < share
        else _constant(random, name)
        for name in names
    }
    return drawn | dict.fromkeys(sizes[:1], W)


def _constant(random: Random, name: str) -> int:
    low, high = next((ends for start, ends in RANGES.items() if name.startswith(start)), (-4, 9))
    chance = random.random()
    if chance < 0.1 and high > 1:
        return random.choice((16, 32, 49, 64))
    return 0 if chance < 0.15 else random.randint(low, high)


def entered(term: Term, values: Mapping[str, TermLike]) -> Term:
    """A law with its letters' values in it: a term in `W`."""
    terms = {name: constant(one) if isinstance(one, int) else one for name, one in values.items()}
    return substitute(term, {variable(name): one for name, one in terms.items()})
