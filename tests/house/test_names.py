"""No list of operators or of layers stands outside their own packages: whoever needs one asks."""

import ast
from pathlib import Path

import pytest

from symconv.layers import LAYERS
from symconv.layers.ending import ENDINGS
from symconv.operators import OPERATORS

PACKAGE = Path(__file__).parents[2] / "symconv"
HOMES = ("operators", "layers")
NAMES = {*OPERATORS, *LAYERS, *ENDINGS}
FILES = {
    path.relative_to(PACKAGE).as_posix(): path
    for path in sorted(PACKAGE.rglob("*.py"))
    if path.relative_to(PACKAGE).parts[0] not in HOMES
}


def names_in(node):
    """The operators and layers that an expression names as texts, alone or in comparisons."""
    return [
        part.value
        for part in ast.walk(node)
        if isinstance(part, ast.Constant) and isinstance(part.value, str) and part.value in NAMES
    ]


def lists(source):
    """Every list, table or comparison of a source that names operators or layers."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, (ast.Tuple, ast.List, ast.Set, ast.Dict, ast.Compare, ast.Match)):
            named = names_in(node)
            if len(named) > (0 if isinstance(node, (ast.Compare, ast.Match)) else 1):
                yield f"line {node.lineno}: {', '.join(named)}"


@pytest.mark.parametrize("file", FILES)
def test_no_list_of_operators_or_layers_stands_here(file):
    assert list(lists(FILES[file].read_text(encoding="utf-8"))) == []
