"""What a derivation assumes: what is about sizes, then what is about channels and plays a part."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import Any, NamedTuple

from symconv.operators.letters import C
from symconv.terms import Term, variables


class Given(NamedTuple):
    """Hypotheses by their sentences, in two parts."""

    of_sizes: dict[str, Term]
    of_channels: dict[str, Term]


def spoken_of(statements: Iterable[Any]) -> set[str]:
    """Return the letters of terms and of SymPy's expressions."""
    letters = set[str]()
    for statement in statements:
        if isinstance(statement, Term):
            letters |= {*variables(statement)}
        else:
            letters |= {letter.name for letter in getattr(statement, "free_symbols", ())}
    return letters


def parted(hypotheses: Mapping[str, Term], spoken: Collection[str]) -> Given:
    """Tell what is about sizes from what is about channels.

    Of the latter those are left out that have no letter in common with what is said.

    Args:
        hypotheses: what is assumed, by its sentences.
        spoken: the letters of what is said: of steps and of their conclusion.

    >>> from symconv.terms import sizes
    >>> W, C, groups = sizes("W C groups")
    >>> layer = {"cell": W >= 1, "groups": groups >= 1, "divided": (C % groups).eq(0)}
    >>> [list(part) for part in parted(layer, "W")]
    [['cell'], []]
    >>> [list(part) for part in parted(layer, "WC")]
    [['cell'], ['groups', 'divided']]
    """
    channels = _channels(hypotheses.values(), spoken)
    about = {
        sentence: law
        for sentence, law in hypotheses.items()
        if not channels.isdisjoint(variables(law))
    }
    heard = channels.union(spoken) if channels & {*spoken} else {*spoken}
    return Given(
        {sentence: law for sentence, law in hypotheses.items() if sentence not in about},
        {sentence: law for sentence, law in about.items() if heard.intersection(variables(law))},
    )


def _channels(laws: Collection[Term], spoken: Collection[str]) -> set[str]:
    """Return the letters of channels: `C`, and those that laws tie to it and nobody speaks of."""
    letters, before = {*variables(C)}, set[str]()
    while letters != before:
        before = {*letters}
        for law in laws:
            if letters.intersection(variables(law)):
                letters |= {*variables(law)}.difference(spoken)
    return letters
