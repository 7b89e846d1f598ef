"""No list of operators or of layers stands outside their own packages: whoever needs one asks."""

import ast
from pathlib import Path

import pytest

from symconv.layers import ENDINGS, LAYERS
from symconv.operators import OPERATORS

PACKAGE = Path(__file__).parents[2] / "symconv"
HOMES = ("operators", "layers")
NAMES = {*OPERATORS, *LAYERS, *ENDINGS}
FILES = {
    path.relative_to(PACKAGE).as_posix(): path
    for path in sorted(PACKAGE.rglob("*.py"))
    if path.relative_to(PACKAGE).parts[0] not in HOMES
}


STARTS = tuple(name for name in LAYERS if name[0].isupper())


def named(parts):
    """Those of some expressions that are the name of an operator or a layer, or such an object."""
    for part in parts:
        name = getattr(part, "id", getattr(part, "value", None))
        if isinstance(name, str) and (name in NAMES or name.lower() in OPERATORS):
            yield name


def beginnings(parts):
    """Those of some expressions that begin the name of a layer."""
    texts = (part.value for part in parts if isinstance(getattr(part, "value", None), str))
    return [text for text in texts if any(name.startswith(text) for name in STARTS)]


def lists(source):
    """Every list, table, comparison or beginning of a name that tells operators or layers apart."""
    tree = ast.parse(source)
    exports = [
        node.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Assign) and "__all__" in map(ast.unparse, node.targets)
    ]
    for node in ast.walk(tree):
        if node in exports or isinstance(getattr(node, "ctx", None), ast.Store):
            continue
        if isinstance(node, (ast.Tuple, ast.List, ast.Set)):
            listed, most = list(named(node.elts)), 1
        elif isinstance(node, ast.Dict):
            listed, most = list(named(filter(None, node.keys))), 1
        elif isinstance(node, ast.Compare):
            listed, most = list(named((node.left, *node.comparators))), 0
        elif isinstance(node, ast.MatchValue):
            listed, most = list(named((node.value,))), 0
        elif isinstance(node, ast.Call) and getattr(node.func, "attr", "") == "startswith":
            given = node.args[0]
            listed, most = beginnings(getattr(given, "elts", [given])), 0
        else:
            continue
        if len(listed) > most:
            yield f"line {node.lineno}: {', '.join(listed)}"


SUBJECTS = "book/statements/letters.py"
"""The one place that lists two laws: those that the book of theorems is about."""


@pytest.mark.parametrize("file", FILES)
def test_no_list_of_operators_or_layers_stands_here(file):
    listing = list(lists(FILES[file].read_text(encoding="utf-8")))
    assert [names.partition(": ")[2] for names in listing] == (
        ["CONV, CONV_TRANSPOSE"] if file == SUBJECTS else []
    )


PLANTED = {
    "a tuple": 'WINDOWED = ("conv", "max_pool")',
    "a set": 'if x in {"Conv2d", "MaxPool2d"}: pass',
    "a table": 'LETTERS = {"avg_pool": "D", "lp_pool": "DP"}',
    "of objects": "KINDS = (Conv1d, Conv2d)",
    "of laws": "LAWS = [CONV, MAX_POOL]",
    "one name": 'if row.operator.name == "conv_transpose": pass',
    "a beginning": 'if type(layer).__name__.startswith("MaxUnpool"): pass',
    "beginnings": 'if name.startswith(("ConvTranspose", "Max")): pass',
    "a match": 'match name:\n    case "unfold": pass',
}


@pytest.mark.parametrize("name", PLANTED)
def test_a_planted_list_is_reported(name):
    assert list(lists(PLANTED[name]))


@pytest.mark.parametrize(
    "source",
    ['law = OPERATORS["conv"]', 'words = ("stride", "padding")', '__all__ = ["conv", "W"]'],
)
def test_what_names_one_operator_is_not_reported(source):
    assert list(lists(source)) == []
