"""What to write instead of what people write in conditions elsewhere."""

from __future__ import annotations

import re
from collections.abc import Collection

from symconv.vocabulary import LETTERS, torch_name

_DIVIDES = "Write `stride % 2 == 0` for: 2 divides the stride."

WORDS = {
    "=": "Write `==` for an equality.",
    "**": "Write a product: `stride*stride`.",
    "^": "Write a product for a power: `stride*stride`.",
    "&&": "Write `and`.",
    "&": "Write `and`.",
    "AND": "Write `and`.",
    "||": "Write `or`.",
    "|": "Write `or`.",
    "OR": "Write `or`.",
    "!": "Write `not`, or `!=` between two numbers.",
    "~": "Write `not`.",
    "NOT": "Write `not`.",
    "is": "Write `odd(kernel_size)`, or `==` for an equality.",
    "mod": "Write `%` for a remainder.",
    "divides": _DIVIDES,
    "?": "Write `b if a else c` for `a ? b : c`.",
    "->": "Write `not a or b` for: a implies b.",
    "→": "Write `not a or b` for: a implies b.",
    ",": "Join conditions by `and`, or give several.",
    ";": "Join conditions by `and`, or give several.",
    "in": "Write one value before `in` and a set after it: `stride in {1, 2}`.",
    "..": "Write `in` before a range: `kernel_size in 3..7`.",
    "{": "Write `in` before a set: `stride in {1, 2}`.",
    "[": "Write `in` before a list: `stride in [1, 2]`; one axis has a number, as in `W1`.",
    "True": "Write a comparison, like `stride == 2`.",
    "False": "Write a comparison, like `stride == 2`.",
    "None": "Write a comparison with a number, like `stride == 2`.",
}
"""By the sign or the word that stands where something else is needed."""

CALLS = {
    "round": "Write `floor(W/2 + 1/2)`, which rounds halves up, or ceil(...).",
    "int": "Write `//` or floor(...) to round down, ceil(...) to round up.",
    "range": "Write it after `in`: `kernel_size in range(3, 8, 2)`.",
    "pow": "Write a product: `stride*stride`.",
    "divides": _DIVIDES,
    "divisible": _DIVIDES,
}
"""By the function that there is not."""

TYPESET = {
    "≤": "Write `<=`.",
    "≥": "Write `>=`.",
    "≠": "Write `!=`.",
    "−": "Write `-`, the minus of the keyboard.",
    "×": "Write `*`, or `x` between a number and a layer.",
    "·": "Write `*`.",
    "÷": "Write `/`, or `//` to round down.",
    "∈": "Write `in`.",
    "∧": "Write `and`.",
    "∨": "Write `or`.",
    "“": 'Write the straight quotes of the keyboard: ".',
    "”": 'Write the straight quotes of the keyboard: ".',
    "\u00a0": "Write a plain blank: this one is a no-break space.",
}
"""By the character that word processors make of what the keyboard has."""


def in_names_of(known: Collection[str] | None, remedy: str) -> str:
    """Return a remedy whose example speaks of a request's own names; any will do by default.

    Args:
        known: the letters that a request has.
        remedy: what to write, as in a request about a layer's parameters.

    >>> in_names_of(["W", "W1"], "Write a product: `stride*stride`.")
    'Write a product: `W*W`.'
    """
    if not known:
        return remedy
    first = next(iter(known))
    own = first if first in ("W", "O") else torch_name(first)

    def named(word: re.Match[str]) -> str:
        return word[0] if LETTERS[word[1]] in known else own

    return re.sub(r"\b(?:the )?(kernel_size|stride)\b", named, remedy)


def typed(character: str) -> str:
    """Say what to write instead of a character that is no sign; nothing, where that is not known.

    A Chinese keyboard has signs of its own, as wide as its letters.

    >>> typed("≤"), typed("（"), typed("é")
    ('Write `<=`.', 'Write `(`.', '')
    """
    import unicodedata  # rarely needed, and `symconv size` starts at once

    wide = unicodedata.east_asian_width(character) == "F"
    plain = unicodedata.normalize("NFKC", character) if wide else ""
    return TYPESET.get(character) or (f"Write `{plain}`." if plain.strip() else "")
