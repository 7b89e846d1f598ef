"""Laws by name in conditions: `conv(W)`, `max_pool(n*W, kernel_size=3, ceil_mode=1)`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from symconv.errors import RequestError
from symconv.operators.applied import applied
from symconv.terms import Term, constant

if TYPE_CHECKING:
    from symconv.reading.amounts import Amounts


def called(reader: Amounts) -> Term:
    """Read a law's name and its arguments: a size, and what stands for its letters.

    Raises:
        RequestError: the law has no such letter, or what stands there is no argument.
    """
    place = reader.index
    name = reader.advance().text
    reader.expect("(")
    size = reader.integer(reader.amount(reader.expression()))
    settings: dict[str, Term] = {}
    while reader.accept(","):
        letter = reader.advance()
        if letter.kind != "name" or not reader.accept("="):
            reader.index = place
            raise reader.error(
                f"a size, and other letters by their names, in {name}(...)",
                arrived="a second amount without a name",
                write=f"Write for instance `{name}(W, kernel_size=3)`.",
            )
        settings[letter.text] = _value(reader)
    reader.expect(")", "`,` or `)`")
    try:
        law = applied(name, size, settings)
    except RequestError as error:
        reader.index = place
        raise reader.error(error.needed, arrived=error.arrived, write=error.write) from None
    reader.called.append(law)
    return law.size


def _value(reader: Amounts) -> Term:
    """Read what stands for a letter: an amount, or a truth value as torch has it."""
    if word := reader.accept("True", "False"):
        return constant(int(word == "True"))
    return reader.integer(reader.amount(reader.expression()))
