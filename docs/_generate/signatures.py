"""Signatures as people write them: torch's names with torch's defaults, and no addresses."""

from __future__ import annotations

import inspect
import re
from typing import Any

from symconv.layers import Layer


def of_layer(layer: type[Layer]) -> str:
    """Return the signature of a layer.

    >>> from symconv.layers import LAYERS
    >>> of_layer(LAYERS["ReflectionPad1d"])
    '(padding)'
    """
    return str(inspect.signature(layer))


def plain_signature(
    app: Any,
    what: str,
    name: str,
    given: Any,
    options: Any,
    signature: str | None,
    returns: str | None,
) -> tuple[str | None, str | None]:
    """Write a layer's signature from its fields, and nobody else's with an object's address."""
    del app, name, options, returns
    if what == "class" and isinstance(given, type) and issubclass(given, Layer):
        return of_layer(given), None
    return re.sub(r"=<[^>]*>", "=...", signature) if signature else signature, None
