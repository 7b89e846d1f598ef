"""`draw`: a layer at one size, as a picture."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import symconv.pictures.words as words
from symconv.errors import RefusedSizeError, RequestError, nearest_name, shown
from symconv.pictures.canvas import Canvas
from symconv.pictures.cells import TooLargeError
from symconv.pictures.legend import (
    extent_in_numbers,
    heading,
    law_in_numbers,
    legend,
    subheading,
)
from symconv.pictures.picture import Picture
from symconv.pictures.subject import MOST, Subject, subject_of
from symconv.pictures.views import USUAL, VIEWS


def draw(layer: Any, size: Any, view: str | None = None) -> Picture:
    """Draw a layer at one size.

    Args:
        layer: a layer, or its text, such as `"Conv1d(kernel_size=3, stride=2)"`: a convolution, a
            transposed convolution or a pool, over one axis or two.
        size: the input's size in cells, as for `size`.
        view: `"window"`; for a transposed convolution `"stretched"` or `"paint"`; for either
            kind of convolution `"matrix"` or `"transposed matrix"`. Without it, windows are drawn,
            and of a transposed convolution both of its views.

    Returns:
        A `Picture`: its `svg` is text, `save(path)` writes it, and a notebook shows it.

    Raises:
        RequestError: the layer or the view cannot be drawn, or there are too many cells to see.
        RefusedSizeError: the layer does not take this size.

    >>> picture = draw("ConvTranspose1d(kernel_size=3, stride=2, padding=1)", 3)
    >>> picture
    Picture of ConvTranspose1d(kernel_size=3, stride=2, padding=1), 3 -> 5: stretched and paint
    >>> picture.svg[:39]
    '<svg xmlns="http://www.w3.org/2000/svg"'
    """
    subject = subject_of(layer, size)
    chosen = _chosen(subject, view)
    try:
        plans = [(VIEWS[name], VIEWS[name].axes(subject)) for name in chosen]
    except TooLargeError as error:
        raise RequestError(
            error.needed,
            f"{error.arrived} of {shown(subject.layer)} for {_by(subject.sizes)}",
            _smaller(subject, chosen),
        ) from None
    canvas = Canvas()
    heading(canvas, repr(subject.layer), _laws(subject))
    for shows, axes in plans:
        if shows.says:
            subheading(canvas, shows.says, shows.note(subject))
        with canvas.view():
            shows.draw(canvas, subject, axes)
    legend(canvas)
    title = words.title(repr(subject.layer), subject.sizes, subject.output)
    description = " ".join(dict.fromkeys(shows.describe(axes) for shows, axes in plans))
    return Picture(
        subject.layer,
        (subject.sizes, subject.output),
        chosen,
        title,
        description,
        canvas.svg(title, description),
    )


def _chosen(subject: Subject, view: str | None) -> tuple[str, ...]:
    """Return the views that are asked for, or the usual ones."""
    if view is None:
        return USUAL[subject.kind]
    possible = [name for name, one in VIEWS.items() if one.shows(subject)]
    if view not in VIEWS:
        raise RequestError(
            f"a view: {', '.join(VIEWS)}",
            shown(view),
            nearest_name(str(view), VIEWS),
            about="view",
        )
    if view not in possible:
        raise RequestError(
            f"a view of a {subject.kind}: {', '.join(possible)}",
            f"{view!r} of {shown(subject.layer)}",
            f"Write view={possible[0]!r}, or leave it out.",
            about="view",
        )
    return (view,)


def _laws(subject: Subject) -> list[tuple[str, ...]]:
    """Write the law of each axis with its numbers; once where they agree."""
    axes = [
        [tuple(law_in_numbers(law, values, output)), tuple(extent_in_numbers(law, values))]
        for law, values, output in zip(subject.laws, subject.values, subject.output, strict=True)
    ]
    if all(lines == axes[0] for lines in axes):
        return [line for line in axes[0] if line]
    return [
        (f"axis {number}: {line[0]}", *line[1:])
        for number, lines in enumerate(axes, 1)
        for line in lines
        if line
    ]


def _smaller(subject: Subject, chosen: Sequence[str]) -> str:
    """Find the largest size that can be drawn, to say what to write instead."""
    axes = len(subject.sizes)
    for size in range(min(MOST[axes], max(subject.sizes)), 0, -1):
        try:
            smaller = subject_of(subject.layer, (size,) * axes)
            for name in chosen:
                VIEWS[name].axes(smaller)
        except (RefusedSizeError, TooLargeError):
            continue
        return f"Draw it at {size}: its windows lie alike there."
    return "Draw a layer with a smaller kernel, stride or padding."


def _by(sizes: Sequence[int]) -> str:
    return " by ".join(map(str, sizes))
