"""Settings sorted by what the user asks for."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from symconv.errors import RequestError, nearest_name
from symconv.meanings.arrays import ARRAYS
from symconv.operators.reading import Windows
from symconv.places import cut
from symconv.questions.settings import Settings
from symconv.solving.problem import Problem
from symconv.terms import Term, interpret, variable, variables
from symconv.vocabulary import LETTERS, torch_name

ORDINARY = "ordinary"
KEYS: dict[str, Callable[[Windows], Term]] = {
    "extent": lambda kernel: kernel.extent,
    "parameters": lambda kernel: kernel.taps,
}
"""What settings may be sorted by besides their own numbers; taps stand for parameters."""


def sort_keys(given: str, letters: tuple[str, ...], windows: bool = True) -> tuple[str, ...]:
    """Read what to sort by: nothing for ordinary settings first.

    Args:
        given: names, joined by commas.
        letters: those of a setting.
        windows: whether settings are of windows, which have an extent and taps.

    Raises:
        RequestError: a name is none of the request's.

    >>> sort_keys("stride,kernel_size", ("F", "S"))
    ('S', 'F')
    """
    names = [*cut(str(given), ",")]
    if names == [ORDINARY]:
        return ()
    for name in names:
        if name == ORDINARY:
            raise RequestError(
                f"{ORDINARY} by itself, which is an order of its own",
                f"{len(names)} names",
                f"Leave {ORDINARY} out, or the others.",
                place=name.place,
            )
    keys = tuple(LETTERS.get(name, str(name)) for name in names)
    others = KEYS if windows else {}
    for name, key in zip(names, keys, strict=True):
        if key not in (*letters, *others):
            sortable = [*map(torch_name, letters), *others, ORDINARY]
            write = nearest_name(key, sortable)
            raise RequestError("names to sort by", f"`{key[:60]}`", write, place=name.place)
    return keys


def check_unsorted(
    sort: str | None, where: str = "where several outputs, or sizes in between, would do"
) -> None:
    """Refuse to sort by something else than what is ordinary, as where axes differ."""
    if sort not in (None, ORDINARY):
        write = "Leave sort out: ordinary settings come first."
        raise RequestError(f"nothing to sort by {where}", f"sort={sort}", write)


def sorted_by(settings: Settings, keys: tuple[str, ...], problem: Problem) -> Settings:
    """Return settings sorted by keys; those that are alike in them stay in their order."""
    columns, kernel = [], problem.operator.kernel
    for key in reversed(keys):
        term = KEYS[key](kernel) if kernel and key in KEYS else variable(key)
        values = {name: settings.columns[name] for name in variables(term)}
        columns.append(np.broadcast_to(interpret(term, ARRAYS, values), (len(settings),)))
    order = np.lexsort(columns)
    in_order = {letter: column[order] for letter, column in settings.columns.items()}
    return Settings(settings.letters, in_order)
