"""`derive`: the derivations by name or for layers, with the user's numbers put in."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

from symconv.deriving import joined, keeping, pools, resizing, scatter, window
from symconv.deriving.chains import chain, two_windows
from symconv.deriving.derivation import Derivation, done
from symconv.deriving.inverses import inverse, inverse_of_chain
from symconv.deriving.laws import operator_of
from symconv.deriving.numbers import checked, letters_of, say_output, signed, with_defaults
from symconv.deriving.scaling import downsampling, upsampling
from symconv.deriving.steps import Draft, as_law
from symconv.errors import RequestError, nearest_name, shown
from symconv.layers import LAYERS, Layer
from symconv.meanings.symbols import expression
from symconv.operators import Operator
from symconv.reading import chains as reading

Writer = Callable[[Draft, Operator], None]

KEEPING = (
    "keep",
    "batch_norm",
    "instance_norm",
    "group_norm",
    "group_norm_free",
    "layer_norm",
    "layer_norm_channels",
    "prelu",
    "softmax",
)
LAWS: dict[str, Writer] = {
    "conv": window.conv,
    "conv_replicate": window.conv_replicate,
    "conv_reflect": window.conv_copied,
    "conv_circular": window.conv_copied,
    "conv_same": window.conv_same,
    "conv_same_reflect": window.conv_same,
    "conv_same_circular": window.conv_same,
    "conv_transpose": scatter.conv_transpose,
    "conv_transpose_sized": scatter.conv_transpose_sized,
    "max_pool": pools.max_pool,
    "avg_pool": pools.avg_pool,
    "avg_pool3d": pools.avg_pool,
    "lp_pool": pools.lp_pool,
    "lp_pool3d": pools.lp_pool,
    "adaptive_pool": resizing.adaptive_pool,
    "fractional_max_pool": resizing.fractional_max_pool,
    "fractional_max_pool3d": resizing.fractional_max_pool,
    "max_unpool": scatter.max_unpool,
    "max_unpool3d": scatter.max_unpool,
    "max_unpool_sized": scatter.max_unpool_sized,
    "unfold": joined.unfold,
    "fold": scatter.fold,
    "resize": resizing.resize,
    "resize_area": resizing.adaptive_pool,
    "upsample": resizing.upsample,
    "upsample_area": resizing.upsample,
    "pixel_shuffle": joined.pixel_shuffle,
    "pixel_unshuffle": joined.pixel_unshuffle,
    "channel_shuffle": joined.channel_shuffle,
    "constant_pad": keeping.constant_pad,
    "reflection_pad": keeping.copying_pad,
    "replication_pad": keeping.replication_pad,
    "circular_pad": keeping.copying_pad,
    "halve": keeping.halve,
    "halve_channels": keeping.halve_channels,
    **dict.fromkeys(KEEPING, keeping.keep),
}
"""What writes the derivation of each operator's size law."""

RULES: dict[str, tuple[Callable[..., Derivation], str]] = {
    "upsampling": (upsampling, "nFSPDA"),
    "downsampling": (downsampling, "nFSPD"),
    "chain": (two_windows, ""),
    "inverse": (inverse, "OFSPDA"),
}
"""What else can be derived, and the letters that can be given numbers."""

DERIVATIONS = (*LAWS, *RULES)
"""The names of all derivations."""


def derive(
    of: Any, /, *, output: int | None = None, axis: int | None = None, **numbers: Any
) -> Derivation:
    """Derive a law or an identity, step by step.

    Args:
        of: the name of an operator's law, as in `symconv.operators`, or `"upsampling"`,
            `"downsampling"`, `"chain"` or `"inverse"`; a layer, whose numbers are then put into
            its law; or several layers, whose output size is then derived.
        output: for layers: which inputs give this output size is derived instead, in cells.
        axis: for layers whose axes differ, which axis, from 0.
        numbers: numbers to put in, by letter (`W=6`) or by torch's name (`input=6`); where all
            but dilation, output padding and ceil mode are given, these are torch's defaults.

    Returns:
        The `Derivation`.

    Raises:
        RequestError: there is no such derivation, or a number is none.
        DerivationError: a step fails its check.

    >>> derive("conv", W=6, F=3, S=2, P=1).facts["output"]
    3
    >>> derive("MaxPool2d(3, stride=2, ceil_mode=True)", W=6).facts["output"]
    3
    >>> derive("Conv2d(kernel_size=3, stride=2) -> ReLU()", output=7).facts["inputs"]
    '15 <= W <= 16'
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
        write, letters = RULES[name]
        return write(with_defaults(checked(name, numbers, letters), letters))
    operator = operator_of(name)
    given = checked(name, numbers, letters_of(operator), signed(operator))
    return of_operator(name, with_defaults(given, letters_of(operator)))


def of_operator(
    name: str, numbers: Mapping[str, int], operator: Operator | None = None, title: str = ""
) -> Derivation:
    """Derive the size law of an operator.

    Args:
        name: the operator.
        numbers: numbers to put in, by their letters.
        operator: the declared law that the derivation must arrive at.
        title: what it is called.

    Raises:
        DerivationError: a step fails its check, so the law is not what the operator does.
    """
    operator = operator or operator_of(name)
    draft = Draft(numbers, signed(operator))
    LAWS[name](draft, operator)
    say_output(draft, operator)
    return done(
        draft,
        name,
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
    bare = re.sub(r"\dd$", "", of.removeprefix("torch.").removeprefix("nn."))
    spelled = re.sub(r"(?<=[a-z])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])", "_", bare).lower()
    law = getattr(LAYERS.get(of), "law", spelled)
    if law in LAWS:
        return str(law)
    if of in LAYERS:
        raise RequestError(
            "a layer with its parameters, or the name of a law", f"`{of}`", f"Write {of}(...)."
        )
    raise RequestError(
        "the name of a derivation, or layers", shown(of), nearest_name(of, (*DERIVATIONS, *LAYERS))
    )


def _of_layer(layer: Layer, axis: int | None, numbers: Mapping[str, Any]) -> Derivation:
    """Derive the law of a layer, with its numbers in it."""
    rows = layer.rows(layer.least_axes)
    place = 0 if axis is None else axis
    if type(place) is not int or not 0 <= place < len(rows):
        raise RequestError(f"an axis from 0 to {len(rows) - 1}", shown(axis), "Write axis=0.")
    row = rows[place]
    own = [{n: v for n, v in one.values.items() if isinstance(v, int)} for one in rows]
    if axis is None and any(one != own[0] for one in own):
        raise RequestError(
            "which axis, for a layer whose axes differ", repr(layer), "Say which: axis=0."
        )
    if row.measured:
        raise RequestError("a layer whose sizes follow a law", repr(layer), row.measured.says + ".")
    letters = letters_of(row.operator)
    free = [letter for letter in letters if letter not in own[place]]
    given = checked(repr(layer), numbers, free, signed(row.operator))
    settled = {letter: own[place][letter] for letter in letters if letter in own[place]}
    title = f"The size law of {row.operator.name}, for {layer!r}"
    return of_operator(row.operator.name, settled | given, row.operator, title)
