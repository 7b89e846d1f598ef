"""What can be derived, by name or for layers, with the user's numbers put in."""

from __future__ import annotations

import re
from collections import ChainMap
from collections.abc import Mapping
from typing import Any

from symconv.book.deriving.chains import along_axis, chain
from symconv.book.deriving.inverses import inverse_of_chain
from symconv.book.deriving.laws import row_of
from symconv.book.deriving.numbers import checked, say_output, signed, with_defaults
from symconv.book.deriving.rules import RULES, derivable
from symconv.book.deriving.steps import Draft, as_law
from symconv.book.deriving.writers import writer_of
from symconv.errors import RequestError, near_name, nearest_name, shown
from symconv.layers import LAYERS, Layer
from symconv.layers.documentation import usual
from symconv.meanings.symbols import expression
from symconv.operators import OPERATORS, Operator
from symconv.operators.applied import operator_of
from symconv.reading import chains as reading

DERIVATIONS: Mapping[str, Any] = ChainMap[str, Any](RULES, OPERATORS)
"""What can be derived, by name: the operators that there are when that is asked, and the rules."""


def draft_of(
    of: Any, /, *, output: int | None = None, axis: int | None = None, **numbers: Any
) -> Draft:
    """Write the derivation of a law or an identity.

    Args:
        of: what is derived, as of `symconv.derive`; so are the others.
        output: for layers, the output size whose inputs are derived.
        axis: for layers whose axes differ, which axis.
        numbers: numbers to put in.

    Returns:
        The `Draft`, of which nothing is checked yet.

    Raises:
        RequestError: there is no such derivation, or a number is none.

    >>> draft_of("conv", W=6, F=3, S=2, P=1).facts["output"]
    3
    """
    name = _named(of)
    if name is None:
        layers = reading.chain(of).layers
        if output is not None:
            checked("the inverse of layers", numbers, "")
            return inverse_of_chain(layers, output, axis)
        if len(layers) > 1:
            return chain(layers, checked("a chain", numbers, "W"), axis)
        return _of_layer(layers[0], axis, numbers)
    if axis is not None:
        raise RequestError("an axis of layers only", f"axis={axis!r}", "Leave it out.")
    if output is not None:
        numbers["output"] = output
    if name in RULES:
        rule = RULES[name]
        return rule.draft(with_defaults(checked(name, numbers, rule.letters), rule.letters))
    operator = operator_of(name)
    given = checked(name, numbers, operator.letters, signed(operator))
    return of_operator(name, with_defaults(given, operator.letters))


def of_operator(
    name: str, numbers: Mapping[str, int], operator: Operator | None = None, title: str = ""
) -> Draft:
    """Write the derivation of the size law of an operator.

    Args:
        name: the operator.
        numbers: numbers to put in, by their letters.
        operator: the declared law that the derivation must arrive at.
        title: what it is called.

    Raises:
        DerivationError: the operator lacks what the derivation asks of it.
    """
    operator = operator or operator_of(name)
    draft = Draft(name, numbers, signed(operator))
    writer_of(operator)(draft, operator)
    say_output(draft, operator)
    return draft.done(
        title or f"The size law of {name}",
        as_law(operator.size),
        result=expression(operator.size),
        says=operator.says,
        hypotheses=operator.requires,
        source=operator.source,
    )


def _named(of: Any) -> str | None:
    """Return the name of the derivation that is meant; of layers with parameters there is none."""
    if not isinstance(of, str) or re.search(r"[(>→\n]", of):
        return None
    if of in DERIVATIONS:
        return of
    bare = of.removeprefix("torch.").removeprefix("nn.")
    if (name := _law_of(bare)) is not None:
        return name
    if of in LAYERS:
        raise RequestError(
            "a layer with its parameters, or the name of a law", f"`{of}`", f"Write {of}(...)."
        )
    raise RequestError(
        "the name of a derivation, or layers",
        shown(of),
        f"{near_name(of, (*DERIVATIONS, *LAYERS)) or nearest_name(of, DERIVATIONS, derivable)} "
        "`symconv derive --help` lists what can be derived.",
        about="of",
    )


def _law_of(name: str) -> str | None:
    """Ask the layer of that name, with or without its axes, which law it follows."""
    if name.lower() in OPERATORS:
        return name.lower()
    known = next((one for one in (name, f"{name}1d", f"{name}2d") if one in LAYERS), None)
    if known is None:
        return None
    if law := getattr(LAYERS[known], "law", ""):
        return str(law)
    layer = usual(LAYERS[known])
    laws = {row.operator.name for row in layer.rows(layer.least_axes)}
    return laws.pop() if len(laws) == 1 else None


def _of_layer(layer: Layer, axis: int | None, numbers: Mapping[str, Any]) -> Draft:
    """Derive the law of a layer, with its numbers in it."""
    rows = layer.rows(layer.least_axes)
    numbers_of = [{n: v for n, v in row.values.items() if isinstance(v, int)} for row in rows]
    place = row_of(layer, rows, axis, numbers_of)
    row, known = rows[place], numbers_of[place]
    letters = row.operator.letters
    free = [letter for letter in letters if letter not in known]
    given = checked(repr(layer), numbers, free, signed(row.operator))
    settled = {letter: known[letter] for letter in letters if letter in known}
    title = f"The size law of {row.operator.name}, for {layer!r}{along_axis(axis)}"
    return of_operator(row.operator.name, settled | given, row.operator, title)
