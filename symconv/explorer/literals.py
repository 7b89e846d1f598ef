"""Python's values as JavaScript's literals, among them functions that are made of terms."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from symconv.meanings.javascript import javascript
from symconv.terms import Term, variables


def literal(value: Any) -> str:
    r"""Write a value as JavaScript: a term is a function of an object with its letters.

    Texts may stand inside a `<script>`: nothing in them ends it.

    >>> from symconv.terms import sizes
    >>> W, S = sizes("W S")
    >>> literal({"size": W // S, "says": "it's <b>"})
    '{"size": ({W, S}) => div(W, S), "says": "it\'s \\u003cb>"}'
    """
    if isinstance(value, Term):
        return f"({{{', '.join(variables(value))}}}) => {_bracketed(javascript(value))}"
    if isinstance(value, Mapping):
        pairs = (f"{literal(str(key))}: {literal(each)}" for key, each in value.items())
        return f"{{{', '.join(pairs)}}}"
    if isinstance(value, (list, tuple)):
        return f"[{', '.join(map(literal, value))}]"
    return json.dumps(value, ensure_ascii=False).replace("<", "\\u003c")


def _bracketed(expression: str) -> str:
    """Keep an expression from being read as a block of statements."""
    return f"({expression})" if expression.startswith("{") else expression


def declaration(name: str, values: Mapping[str, Any]) -> str:
    r"""Write a constant that holds values by their names, one a line.

    >>> declaration("SIZES", {"small": 1})
    'const SIZES = {\n  "small": 1,\n};\n'
    """
    lines = "".join(f"  {literal(name)}: {literal(value)},\n" for name, value in values.items())
    return f"const {name} = {{\n{lines}}};\n"
