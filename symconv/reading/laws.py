"""Laws by name in conditions: `conv(W)`, `max_pool(n*W, kernel_size=3, ceil_mode=1)`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from symconv.errors import RequestError
from symconv.operators.applied import applied
from symconv.places import Place
from symconv.terms import Term, constant

if TYPE_CHECKING:
    from symconv.reading.amounts import Amounts


def called(reader: Amounts) -> Term:
    """Read a law's name and its arguments: a size, and what stands for its letters.

    Raises:
        RequestError: the law has no such letter, or what stands there is no argument.
    """
    start = reader.index
    name = reader.advance().text
    reader.expect("(")
    size = reader.operand(reader.expression, reader.integer)
    settings: dict[str, Term] = {}
    places: dict[str | int | None, Place] = {}
    while reader.accept(","):
        place = reader.index
        letter = reader.advance()
        named = letter.text
        if letter.kind != "name" or not reader.accept("="):
            reader.index = place
            raise reader.error(
                f"a size, and other letters by their names, in {name}(...)",
                write=f"Write for instance `{name}(W, kernel_size=3)`.",
            )
        if named in settings:
            reader.index = place
            raise reader.error(f"{named} once", arrived="it a second time")
        settings[named] = _value(reader)
        places[f"{named}="] = reader.place(place, place + 1)
        places[named] = reader.place(place + 2, reader.index)
    reader.expect(")", "`,` or `)`")
    try:
        law = applied(name, size, settings)
    except RequestError as error:
        error.stands(places.get(error.about) or reader.place(start, reader.index))
        raise
    reader.called.append(law)
    return law.size


def _value(reader: Amounts) -> Term:
    """Read what stands for a letter: an amount, or a truth value as torch has it."""
    if word := reader.accept("True", "False"):
        return constant(int(word == "True"))
    return reader.operand(reader.expression, reader.integer)
