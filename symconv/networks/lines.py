"""Lines of a model: where it runs, where it failed, and what a line does with a size."""

from __future__ import annotations

import ast
import linecache
import os
import sys
import traceback
from collections.abc import Sequence
from functools import lru_cache
from itertools import islice, pairwise
from pathlib import Path
from types import CodeType, FrameType
from typing import NamedTuple

from symconv.witness import torch_module

_HERE = f"{Path(__file__).parents[1]}{os.sep}"
_SIZES = f"{Path(__file__).parent}{os.sep}torch_"
"""How the names of our files begin that stand between a size and torch."""
_PYTHONS = f"{Path(os.__file__).parent}{os.sep}"
"""Where Python's own library lies, and below that often the packages that were installed."""
_TELLING = {"print", "warn", "_assert"}
"""What is called to tell something to people, by its name."""
_TELLERS = {"logger", "_logger", "logging", "log", "LOG", "LOGGER", "warnings", "torch"}
"""Whose functions tell something to people, if they are called so:"""
_OF_TELLERS = _TELLING | {
    "debug", "info", "warning", "warning_once", "error", "exception", "critical", "log",
    "_check", "_check_index", "_check_type", "_check_value",
}  # fmt: skip


class Line(NamedTuple):
    """A line of a file."""

    file: str
    number: int

    def __str__(self) -> str:
        """Write it as a place."""
        return f"{Path(self.file).name}:{self.number}"


def line_of(error: BaseException) -> Line | None:
    """Return the last line of the model itself that an error went through."""
    walked = traceback.walk_tb(error.__traceback__)
    lines = [Line(frame.f_code.co_filename, number) for frame, number in walked if _is_model(frame)]
    return lines[-1] if lines else None


def is_own(frame: FrameType) -> bool:
    """Whether a frame is a model's or a library's: neither torch's nor ours.

    Code that was made of a text counts, as in notebooks: only what Python itself starts with
    does not.
    """
    torchs = f"{Path(torch_module().__file__).parent}{os.sep}"
    return not frame.f_code.co_filename.startswith((torchs, _HERE, "<frozen "))


def _is_model(frame: FrameType) -> bool:
    """Whether a frame is a model's, or that of a library which is none of Python's own.

    Code made of a text has no place that stays: `torch.fx` makes it anew for each copy of a model.
    """
    file = frame.f_code.co_filename
    pythons = file.startswith(_PYTHONS) and "-packages" not in file
    return is_own(frame) and not file.startswith("<") and not pythons


def here(runner: CodeType) -> Line | None:
    """Return the line that runs of a model which a piece of code calls; none above that counts."""
    frame: FrameType | None = sys._getframe(1)
    while frame is not None and frame.f_code is not runner:
        if _is_model(frame):
            return Line(frame.f_code.co_filename, frame.f_lineno)
        frame = frame.f_back
    return None


def asking() -> FrameType | None:
    """Return the frame of a model that asks a size of torch's for something, without any between.

    Between are only those of the size itself, in torch's own module and in ours. Where we ask, as
    for the text of an error, whoever called us is none of it.
    """
    frame: FrameType | None = sys._getframe(1)
    own = str(torch_module().__file__)
    while frame is not None and frame.f_code.co_filename.startswith((_SIZES, own)):
        frame = frame.f_back
    return frame if frame is not None and is_own(frame) else None


def tells_people(frame: FrameType) -> bool:
    """Whether what a frame makes a text of only tells something, and nothing can ask it.

    It is the message of an assertion, of an error, or of a warning, printed or logged; whatever
    stands between is a text as well.
    """
    place = _place_in(frame)
    around = [] if place is None else _around(frame.f_code.co_filename, place)
    if not around:
        return False
    first, statement = around[0], around[-1]
    if isinstance(first, ast.Call) and not _writes(first):
        return _is_whole(first, statement)
    for inner, outer in pairwise(around):
        if isinstance(outer, ast.Call) and not _writes(outer):
            return _is_whole(outer, statement)
        if not _hands_on(inner, outer):
            return isinstance(outer, ast.Assert) and inner is outer.msg
    return False


def _hands_on(inner: ast.AST, outer: ast.AST) -> bool:
    """Whether an expression is a text made of a part of it, or of several."""
    if isinstance(outer, ast.Lambda):
        return inner is outer.body
    if isinstance(outer, ast.GeneratorExp | ast.ListComp):
        return inner is outer.elt
    texts = (ast.JoinedStr, ast.FormattedValue, ast.BinOp, ast.Tuple, ast.keyword, ast.Call)
    return isinstance(outer, texts)


def _writes(call: ast.Call) -> bool:
    """Whether a call makes a text of what it is given."""
    function = call.func
    if isinstance(function, ast.Attribute):
        return function.attr in ("format", "join") and isinstance(function.value, ast.Constant)
    return getattr(function, "id", "") in ("str", "repr", "format")


def _is_whole(call: ast.Call, statement: ast.AST) -> bool:
    """Whether a call is all of a statement, which raises what it returns or only tells it."""
    if isinstance(statement, ast.Raise):
        return call is statement.exc
    if not isinstance(statement, ast.Expr) or call is not statement.value:
        return False
    function = call.func
    if isinstance(function, ast.Attribute):
        return getattr(function.value, "id", "") in _TELLERS and function.attr in _OF_TELLERS
    to_a_file = any(keyword.arg == "file" for keyword in call.keywords)  # which may be read
    return getattr(function, "id", "") in _TELLING and not to_a_file


_Place = tuple[int, int, int, int]
"""The first and the last line of a piece of code, and its columns, counted in bytes."""


def _place_in(frame: FrameType) -> _Place | None:
    """Return where the instruction stands that a frame executes."""
    places = islice(frame.f_code.co_positions(), frame.f_lasti // 2, None)
    first, last, begins, ends = next(places, (None,) * 4)
    if first is None or last is None or begins is None or ends is None:
        return None
    return first, last, begins, ends


def reread() -> None:
    """Read files again that have changed: a model may be written anew between two questions."""
    linecache.checkcache()
    _tree.cache_clear()
    _around.cache_clear()


@lru_cache(maxsize=64)
def _tree(file: str) -> ast.Module | None:
    """Return what a file says, as far as it can be read."""
    try:
        return ast.parse("".join(linecache.getlines(file)))
    except SyntaxError:
        return None


@lru_cache(maxsize=1024)
def _around(file: str, place: _Place) -> Sequence[ast.AST]:
    """Return the expressions around a piece of code, from the inside, and their statement last."""
    tree = _tree(file)
    if tree is None:
        return []
    first, last, begins, ends = place
    around = [
        node
        for node in ast.walk(tree)
        if isinstance(node, ast.expr | ast.stmt | ast.keyword)
        and not isinstance(node, ast.Constant)  # before 3.12 those of a text lie where it lies
        and (node.lineno, node.col_offset) <= (first, begins)
        and (node.end_lineno or 0, node.end_col_offset or 0) >= (last, ends)
    ]
    statements = [number for number, node in enumerate(around) if isinstance(node, ast.stmt)]
    return around[max(statements, default=0) :][::-1]
