"""Relations in any form, as terms: SymPy's, texts, terms; and what is assumed of their letters."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from functools import lru_cache
from itertools import product
from typing import Any

import sympy

from symconv.errors import RequestError, nearest_name, shown
from symconv.meanings.assumptions import assumptions, letter_of
from symconv.meanings.notation import text
from symconv.meanings.symbols import expression, symbol, term_of
from symconv.operators import OPERATORS, Operator
from symconv.operators.applied import Applied, applied, is_law, law_names, operator_of
from symconv.operators.letters import W, extent
from symconv.places import place_in
from symconv.reading.constraints import read_with_laws
from symconv.reading.tokens import Token, tokens
from symconv.terms import TRUTH, Term, both, conjuncts, either, variable, variables
from symconv.vocabulary import LETTERS, VOCABULARY

NEARLY = 0.7
"""How much alike a name is to one of torch's that it is taken for a misspelling."""
SHORT = 5
"""Shorter names are letters of one's own."""
EVERY_SIZE = "every size the layer takes"
SETTINGS: tuple[Mapping[str, int], ...] = tuple(
    plain | mode
    for mode in ({}, {"ceil_mode": 1})
    for plain in ({}, {"D": 1}, {"D": 1, "A": 0}, {"A": 0})
)
"""Numbers that people put in for letters, so that a law is recognised."""
WORDS = {"E": extent, "extent": extent}
"""What stands for a term in a relation: the extent."""


class EveryName(Collection[str]):
    """A collection that has every name."""

    def __contains__(self, name: object) -> bool:
        """Know it."""
        return True

    def __iter__(self) -> Iterator[str]:
        """List those of the vocabulary."""
        return iter(VOCABULARY)

    def __len__(self) -> int:
        """Count those of the vocabulary."""
        return len(VOCABULARY)


@dataclass
class Relations:
    """What was read so far: which symbols there are, what is assumed, which laws were called.

    Attributes:
        symbols: SymPy's symbols by name.
        assumed: what the letters are by themselves, by name.
        laws: the laws that were called by their names.
        texts: the names in texts.
    """

    symbols: dict[str, Any] = field(default_factory=dict)
    assumed: dict[str, tuple[Term, ...]] = field(default_factory=dict)
    laws: list[Applied] = field(default_factory=list)
    texts: set[str] = field(default_factory=set)

    def declare(self, *formulas: Any) -> None:
        """Keep the symbols of some formulas, and what they are declared to be.

        Raises:
            RequestError: two of them have one name, or one is no integer.
        """
        formulas = (*self.symbols.values(), *formulas)
        self.assumed |= assumptions(formulas)
        for formula in formulas:
            self.symbols |= {each.name: each for each in getattr(formula, "free_symbols", ())}

    def check(self) -> None:
        """See to it that texts and symbols mean the same by a letter.

        Raises:
            RequestError: a symbol is declared otherwise than texts have its letter.
        """
        for name in self.texts & {*self.assumed}:
            word = VOCABULARY.get(name.rstrip("0123456789"))
            if word is not None and {*self.assumed[name]} != {*_least(name)}:
                raise RequestError(
                    f"one meaning of {name}: in texts it is {word.meaning}, {_said(name)}",
                    f"a symbol {name} that is declared otherwise",
                    "Write the relation with the symbol, or give the symbol another name.",
                )

    def letter(self, given: Any) -> str:
        """Return the name of the letter that a relation is about.

        Raises:
            RequestError: it is no letter.
        """
        if isinstance(given, str) and given.isidentifier() and given.isascii():
            return LETTERS.get(given, given)
        name = letter_of(given)
        if name is None:
            raise RequestError(
                "a symbol to range over", shown(given), "Write W, from symconv.symbols."
            )
        self.declare(given)
        return name

    def read(self, given: Any) -> Term:
        """Return a relation as a term.

        Raises:
            RequestError: it is no relation, or not about integers.
        """
        if isinstance(given, str):
            term, laws = read_with_laws(given, EveryName(), WORDS)
            self.laws += laws
            names = [token for token in tokens(given) if token.kind == "name"]
            words = {
                token.text for token in names
            }  # those in divisors that were multiplied out, too
            self.texts |= {LETTERS.get(word, word) for word in words}
            _check_spelling(given, names)
        elif isinstance(given, Term):
            term = given
        elif isinstance(given, sympy.logic.boolalg.BooleanAtom):
            return both() if given else either()
        else:
            self.declare(given)
            term = term_of(given)
        if term.sort != TRUTH:
            raise RequestError(
                "a relation, such as Eq(left, right)",
                shown(given),
                "Compare it with something; `==` compares how two expressions look.",
            )
        return term

    def facts(self, *terms: Term) -> tuple[Term, ...]:
        """Return what is assumed of the letters of some terms."""
        return tuple(fact for name in variables(*terms) for fact in self.of_letter(name))

    def of_letter(self, name: str) -> tuple[Term, ...]:
        """Return what is assumed of a letter: as its symbol is declared, or as a law's letter."""
        return self.assumed[name] if name in self.assumed else _least(name)

    def symbol(self, name: str) -> Any:
        """Return the symbol of a letter: the user's, or that of `symconv.symbols`."""
        return self.symbols.get(name) or symbol(name)

    def hypotheses(self, given: Any, relation: Any) -> tuple[Term, ...]:
        """Return what is given, as conditions without `and`.

        Raises:
            RequestError: it is no condition.
        """
        several = given if isinstance(given, (list, tuple, set, frozenset)) else (given,)
        if isinstance(given, Mapping):
            several = [
                sympy.Eq(name, value) if isinstance(name, sympy.Symbol) else value
                for name, value in given.items()
            ]
        terms = []
        for each in several:
            if isinstance(each, str) and " ".join(each.split()) == EVERY_SIZE:
                terms.append(self._taken(relation))
            else:
                terms.append(self.read(each))
        return conjuncts(both(*terms))

    def _taken(self, relation: Any) -> Term:
        """Return that the layers of a relation take the size."""
        law = recognised(relation)
        laws = self.laws or ([law] if law else [])
        if not laws:
            raise RequestError(
                "a relation with a law in it, for every size that its layer takes",
                shown(relation),
                'Write the law by its name, as in "conv(W) == W", or for a chain given=takes(...).',
            )
        return both(*(law.takes for law in laws))


def _check_spelling(text: str, names: list[Token]) -> None:
    """Refuse a name that is nearly one of torch's: it would be a letter of its own.

    Raises:
        RequestError: there is such a name.
    """
    for name in names:
        word = name.text
        known = len(word) < SHORT or word in LETTERS or word in LETTERS.values() or is_law(word)
        if not known and get_close_matches(word, [*LETTERS], cutoff=NEARLY):
            write, place = nearest_name(word, [*LETTERS]), place_in(text, name.start, name.end)
            raise RequestError("names of letters", f"`{word}`", write, place=place)


def _least(name: str) -> tuple[Term, ...]:
    """Return what is assumed of a law's letter."""
    word = VOCABULARY.get(name.rstrip("0123456789"))
    return (variable(name) >= word.least,) if word and word.least is not None else ()


def _said(name: str) -> str:
    return ", ".join(map(text, _least(name))) or "any integer"


def recognised(relation: Any) -> Applied | None:
    """Return the law that is a side of a SymPy relation, for the size itself or a multiple."""
    if not isinstance(relation, sympy.core.relational.Relational):
        return None
    sides = [sympy.expand(side) for side in relation.args if side.has(sympy.floor) or side.is_Add]
    sizes = [W, *(W * variable(letter.name) for letter in relation.free_symbols)]
    for name, size in product(filter(OPERATORS.__contains__, law_names()), sizes):
        for settings in SETTINGS:
            if _formula(operator_of(name), size, tuple(settings.items())) in sides:
                return applied(name, size, settings)
    return None


@lru_cache(maxsize=1024)
def _formula(operator: Operator, size: Term, settings: tuple[tuple[str, int], ...]) -> Any:
    """Return a law for a size, multiplied out; nothing if it keeps the size or lacks a letter."""
    if not {letter for letter, _ in settings} <= {*variables(operator.size)}:
        return None
    law = applied(operator.name, size, dict(settings))
    return None if law.size is size else sympy.expand(expression(law.size))
