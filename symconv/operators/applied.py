"""Laws applied to sizes, as formulas write them: `conv(W)`, `max_pool(n*W, ceil_mode=1)`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import NamedTuple

from symconv.errors import RequestError, nearest_name
from symconv.operators import OPERATORS
from symconv.operators.dialects import DIALECTS
from symconv.operators.families import families
from symconv.operators.letters import W
from symconv.operators.operator import Operator
from symconv.terms import Term, TermLike, both, chosen, constant, substitute, variable, variables
from symconv.vocabulary import LETTERS, torch_name

CELL = "the input has a cell"
MODES = (constant(0), constant(1), variable("ceil_mode"))
WRITTEN = {"ceil_mode": constant(0)}
"""What a letter is where a formula does not write it; any other stays a letter."""


def law_names() -> tuple[str, ...]:
    """Return the names of the laws that take one size to another: operators' and dialects'."""
    return tuple(filter(is_law, (*OPERATORS, *DIALECTS)))


def is_law(name: str) -> bool:
    """Whether a law has this name, and takes one size to another."""
    return name in DIALECTS or (name in OPERATORS and _of_one_size(operator_of(name)))


def operator_of(name: str) -> Operator:
    """Return an operator as people write it: windows are padded alike on both sides."""
    operator = OPERATORS[name]
    padded = {"lo", "hi"} & set(variables(operator.size))
    return operator.symmetric if padded and operator.kernel is not None else operator


def _of_one_size(operator: Operator) -> bool:
    return "W" in variables(operator.size)


class Applied(NamedTuple):
    """A law for some size, with terms for some of its letters.

    Attributes:
        name: the law's name.
        argument: the size that it is applied to.
        settings: what stands for its letters, where that is not the letter itself.
        operator: the law as an operator of that size: its output, and what it requires.
    """

    name: str
    argument: Term
    settings: Mapping[str, Term]
    operator: Operator

    @property
    def size(self) -> Term:
        """The size of the output."""
        return self.operator.size

    @property
    def ranges(self) -> dict[str, Term]:
        """What is required of each of its letters alone, and of the size where it is a letter."""
        letters = {*variables(self.size)}
        own = {s: law for s, law in self.operator.ranges.items() if {*variables(law)} <= letters}
        plain = self.argument.word == "variable"
        return own | ({CELL: self.argument >= 1} if plain else {})

    @property
    def takes(self) -> Term:
        """State that the layer takes the size; what is about channels is left out."""
        letters = {*variables(self.size, self.argument)}
        needs = self.operator.requires.values()
        return both(*(need for need in needs if {*variables(need)} <= letters))


def applied(name: str, size: TermLike, settings: Mapping[str, TermLike]) -> Applied:
    """Return a law for some size, with numbers or terms for its letters.

    Args:
        name: the law's name.
        size: what stands for `W`.
        settings: what stands for other letters, by letter or by torch's name.

    Raises:
        RequestError: there is no such law, or it has no such letter.

    >>> from symconv.meanings.notation import text
    >>> text(applied("conv", W, {"kernel_size": 3, "stride": 2, "D": 1, "P": 1}).size)
    '(W + 2*1 - (1*(3 - 1) + 1))//2 + 1'
    """
    if not is_law(name):
        write = nearest_name(name, law_names(), families)
        raise RequestError("a law of one size", f"`{name}`", write)
    if name in DIALECTS:
        dialect = DIALECTS[name]
        operator = Operator(
            name=name, says=name, size=dialect.term, requires={}, source=dialect.source
        )
    else:
        operator = operator_of(name)
    letters = [letter for letter in variables(operator.size) if letter != "W"]
    replaced: dict[str, Term] = {
        letter: value for letter, value in WRITTEN.items() if letter in letters
    }
    named: dict[str, str] = {}
    for written, value in settings.items():
        letter = LETTERS.get(written, written)
        if letter not in letters:
            known = [torch_name(each) for each in letters]
            raise RequestError(
                f"a letter of {name}",
                f"`{written}`",
                nearest_name(written, [*known, *letters]),
                about=f"{written}=",
            )
        if letter in named:
            raise RequestError(
                f"one value for the {torch_name(letter)} of {name}",
                f"two: `{written}` is the same letter",
                "Leave one of them out.",
                about=f"{written}=",
            )
        named[letter] = written
        replaced[letter] = value if isinstance(value, Term) else constant(value)
    if (mode := replaced.get("ceil_mode")) is not None and mode not in MODES:
        raise RequestError(
            f"ceil_mode of {name} as a truth value",
            f"{mode!r}",
            "Write True or False.",
            about=named["ceil_mode"],
        )
    _check_ranges(name, replaced, named)
    argument = size if isinstance(size, Term) else constant(size)
    point = {variable(letter): value for letter, value in replaced.items()}
    there = operator.where({W: argument} | point)
    requires = {sentence: chosen(law) for sentence, law in there.requires.items()}
    there = replace(there, size=chosen(there.size), requires=requires)
    return Applied(name, argument, replaced, there)


def _check_ranges(name: str, replaced: Mapping[str, Term], named: Mapping[str, str]) -> None:
    """Refuse numbers that no layer has, such as a stride of 0.

    Raises:
        RequestError: a requirement of one letter does not hold for its number.
    """
    ranges = operator_of(name).ranges if name in OPERATORS else {}
    point = {variable(letter): value for letter, value in replaced.items()}
    for sentence, need in ranges.items():
        put = substitute(need, point)
        least, number = put.args if put.word == "le" else (need, need)
        if least.word == number.word == "constant" and least.args[0] > number.args[0]:
            (letter,) = variables(need)
            raise RequestError(
                f"a {torch_name(letter)} of {name} with which {sentence}",
                f"{number.args[0]}",
                "Write another number.",
                about=named.get(letter),
            )
