"""Texts read and evaluated, by Python and by us; and what every refusal is like."""

import pytest
from rich.cells import cell_len

from symconv.errors import RequestError
from symconv.meanings.integers import compiled
from symconv.terms import variables


def computed(function, *args):
    try:
        return function(*args)
    except ZeroDivisionError:
        return "divides by zero"


def by_python(text, numbers):
    """What Python itself makes of a text that this test wrote."""
    return computed(eval, text, {"__builtins__": {"min": min, "max": max, "abs": abs}}, numbers)


def by_us(term, numbers):
    return computed(compiled(term), *(numbers[name] for name in variables(term)))


def assert_refused(read, text):
    with pytest.raises(RequestError) as caught:
        read(text)
    beats = (caught.value.needed, caught.value.arrived, caught.value.write)
    assert all(isinstance(beat, str) and beat.strip() for beat in beats)
    assert len(str(caught.value)) < 1000
    return caught.value


def underlined(line, marks):
    """What stands in the columns that carets underline."""
    first, column, piece = marks.index("^"), 0, ""
    for letter in line:
        if first <= column < len(marks):
            piece += letter
        column += cell_len(letter)
    return piece
