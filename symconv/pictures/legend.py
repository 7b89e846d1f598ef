"""What stands around a drawing: the layer and its law with numbers above, the legend below."""

from __future__ import annotations

from collections.abc import Sequence

from symconv.meanings.integers import INTEGERS
from symconv.meanings.notation import text
from symconv.operators import Operator
from symconv.operators.reading import Windows
from symconv.pictures.canvas import MARGIN, WIDE, Canvas
from symconv.pictures.placing import Values, numbers, value
from symconv.terms import Term, interpret, sizes, substitute

(E,) = sizes("E")

LEGEND = {
    "tap": "tap of the kernel",
    "window": "first window",
    "open": "last window",
    "painted": "painted by input 0, 0",
    "pad": "padding",
    "zero": "inserted zero",
    "added": "output padding",
    "unread": "never read",
    "unpainted": "never painted",
    "empty": "only zeros",
    "beyond": "beyond the padding",
    "cropped": "cropped",
}
"""What a role is called, in the order of the legend; rows of cells have labels of their own."""
SWATCH, GAP, LINE, LEAST = 16, 20, 24, 380
LONGEST = 72
"""So many letters of a law stand on one line; a longer one has its numbers below it."""


def heading(canvas: Canvas, name: str, laws: Sequence[Sequence[str]]) -> None:
    """Write the layer, and its law with its numbers."""
    canvas.text(MARGIN, canvas.bottom + 8, name, "code", 13)
    for law in laws:
        whole = " ".join(law)
        for line in [whole] if len(whole) <= LONGEST else law:
            indent = 0 if line is law[0] or line is whole else 18
            canvas.text(MARGIN + indent, canvas.bottom + 14, line, "muted", 12.5)
    canvas.bottom += 6


def subheading(canvas: Canvas, says: str, note: str = "") -> None:
    """Write what one of several drawings shows."""
    canvas.text(MARGIN, canvas.bottom + 20, says, "head", 14)
    if note:
        canvas.text(MARGIN, canvas.bottom + 12, note, "muted", 12.5)
    canvas.bottom += 4


def legend(canvas: Canvas) -> None:
    """Explain the roles that were drawn, in as many lines as the drawing's width asks for."""
    x, y = float(MARGIN), canvas.bottom + 16
    end = max(canvas.right, LEAST)
    canvas.reach(canvas.right, y)
    for role, words in LEGEND.items():
        if role not in canvas.roles:
            continue
        length = SWATCH + 7 + len(words) * 12.5 * WIDE
        if x > MARGIN and x + length > end:
            x, y = float(MARGIN), y + LINE
        _swatch(canvas, x, y, role)
        canvas.text(x + SWATCH + 7, y + SWATCH / 2, words, "muted", 12.5)
        x += length + GAP


def _swatch(canvas: Canvas, x: float, y: float, role: str) -> None:
    if role in ("unread", "unpainted", "empty"):
        canvas.box(x, y, SWATCH, SWATCH, "swatch", gap=0.5)
        canvas.hatch(x - 1, y - 1, SWATCH + 2, SWATCH + 2, role)
    else:
        canvas.box(x, y, SWATCH, SWATCH, role, gap=0.5)


def law_in_numbers(operator: Operator, values: Values, output: int) -> list[str]:
    """Write the size law, with letters and with numbers.

    >>> from symconv.operators import OPERATORS
    >>> law_in_numbers(OPERATORS["conv"].symmetric, {"W": 6, "F": 3, "S": 2, "P": 1, "D": 1}, 3)
    ['O = (W + 2*P - E)//S + 1', '= (6 + 2*1 - 3)//2 + 1 = 3']
    """
    windows = operator.windows
    law = shortened(_chosen(operator.size, values), windows)
    said = text(law)
    if law.word == "variable":
        return [f"O = {output}, as asked for"]
    extent = {} if windows is None else {"E": value(windows.extent, values)}
    in_numbers = substitute(law, numbers({**values, **extent}))
    return [f"O = {said}", f"= {text(in_numbers)} = {output}"]


def shortened(law: Term, windows: Windows | None) -> Term:
    """Write `E` for the extent of windows, where it is more than their number of taps."""
    if windows is None or windows.extent is windows.taps:
        return law
    return substitute(law, {windows.extent: E})


def extent_in_numbers(operator: Operator, values: Values) -> list[str]:
    """Say what `E` is, where taps lie apart.

    >>> from symconv.operators import OPERATORS
    >>> extent_in_numbers(OPERATORS["conv"].symmetric, {"W": 9, "F": 3, "S": 1, "P": 0, "D": 2})
    ['E = D*(F - 1) + 1', '= 2*(3 - 1) + 1 = 5']
    """
    windows = operator.windows
    if windows is None or (windows.even and value(windows.spacing, values) == 1):
        return []
    extent = windows.extent
    in_numbers = substitute(extent, numbers(values))
    return [f"E = {text(extent)}", f"= {text(in_numbers)} = {value(extent, values)}"]


def _chosen(law: Term, values: Values) -> Term:
    """Return the branch of a law that holds for these numbers."""
    while law.word == "if":
        law = law.args[1] if interpret(law.args[0], INTEGERS, values) else law.args[2]
    return law
