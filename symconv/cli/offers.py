"""What there is of each kind of argument: layers, laws, theorems, chapters, as registries tell it.

The kind goes by the `metavar` that an argument or an option's value has in the help.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple

from symconv.vocabulary import LETTERS, VOCABULARY, torch_name


class Candidate(NamedTuple):
    """A word that may stand where the cursor is.

    Attributes:
        text: the whole word.
        says: what it means.
        goes_on: whether more has to be written behind it.
    """

    text: str
    says: str = ""
    goes_on: bool = False


class Place(NamedTuple):
    """Where in a command something is being written.

    Attributes:
        command: the command's name.
        placed: the arguments before it that are no options and no values of any.
        action: what is being written, if anything may be.
    """

    command: str
    placed: list[str]
    action: argparse.Action | None


def _layers(_: Place, begun: str) -> Iterator[Candidate]:
    from symconv.reading.begun import following

    return (Candidate(text, says, goes_on=True) for text, says in following(begun))


def _derivable(place: Place, begun: str) -> Iterator[Candidate]:
    from symconv.book.deriving.rules import RULES, derivable
    from symconv.operators import OPERATORS

    for names in derivable().values():
        for name in names:
            yield Candidate(name, RULES[name].title if name in RULES else OPERATORS[name].says)
    yield from _layers(place, begun)


def _theorems(_: Place, begun: str) -> Iterator[Candidate]:  # noqa: ARG001
    from symconv.book.statements.chapters import THEOREMS

    return (Candidate(theorem.name, theorem.says) for theorem in THEOREMS.values())


def _chapters(_: Place, begun: str) -> Iterator[Candidate]:  # noqa: ARG001
    from symconv.book.statements.chapters import CHAPTERS

    return (Candidate(chapter.name, chapter.says) for chapter in CHAPTERS)


def _languages(_: Place, begun: str) -> Iterator[Candidate]:  # noqa: ARG001
    from symconv.book.languages import LANGUAGES

    return map(Candidate, LANGUAGES)


def _views(_: Place, begun: str) -> Iterator[Candidate]:  # noqa: ARG001
    from symconv.pictures.views import VIEWS

    return (Candidate(name, view.says) for name, view in VIEWS.items())


def _shells(_: Place, begun: str) -> Iterator[Candidate]:  # noqa: ARG001
    from symconv.cli.shells import SHELLS

    return map(Candidate, SHELLS)


def _itself(place: Place, begun: str) -> Iterator[Candidate]:  # noqa: ARG001
    if place.action is not None:
        yield Candidate(str(place.action.metavar))


def _numbers(place: Place, begun: str) -> Iterator[Candidate]:
    """Yield what can be given numbers, but what has one; torch's names where one is begun."""
    named, *given = place.placed or [""]
    written = {_letter(pair.partition("=")[0]) for pair in given}
    for name in NAMES[place.command](named):
        letter = _letter(name)
        if letter not in written and (name == letter or (begun and name.startswith(begun))):
            says = VOCABULARY[letter].meaning if letter in VOCABULARY else ""
            yield Candidate(f"{name}=", says, goes_on=True)


def _letter(name: str) -> str:
    return LETTERS.get(name, name)


def _names_derived(name: str) -> Iterator[str]:
    """Yield each letter, and behind them what torch calls them."""
    letters = [*_letters_derived(name)]
    yield from letters
    yield from (name for name in map(torch_name, letters) if name not in letters)


def _letters_derived(name: str) -> Iterable[str]:
    from symconv.book.deriving.rules import RULES
    from symconv.operators import OPERATORS
    from symconv.operators.applied import operator_of

    if name in RULES:
        return RULES[name].letters
    return operator_of(name).letters if name in OPERATORS else "W"


def _letters_proved(name: str) -> Iterable[str]:
    from symconv.book.evaluating import letters_of
    from symconv.book.statements.chapters import THEOREMS
    from symconv.book.statements.statement import Theorem

    theorem = THEOREMS.get(name)
    if theorem is None:
        return ()
    return letters_of(theorem) if isinstance(theorem, Theorem) else theorem.letters.first


NAMES: dict[str, Callable[[str], Iterable[str]]] = {
    "derive": _names_derived,
    "prove": _letters_proved,
}
"""What takes numbers, by the command, of what is named there."""


OFFERS: dict[str, Callable[[Place, str], Iterable[Candidate]]] = {
    "LAYERS": _layers,
    "LAYERS|MODEL": _layers,
    "LAYER": _layers,
    "NAME|LAYERS": _derivable,
    "NAME": _theorems,
    "[W=6 ...]": _numbers,
    "CHAPTER": _chapters,
    "LANGUAGE": _languages,
    "VIEW": _views,
    "SHELL": _shells,
    "torch": _itself,
}
"""What there is of a kind of argument or value, which goes by its `metavar`; of others, nothing."""
FILES = ("FILE", "FOLDER")
"""What is the name of a file."""
PERHAPS_FILES = ("LAYERS|MODEL",)
"""What may be the name of a file besides."""
