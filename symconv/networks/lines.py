"""Lines of a model: where it runs, where it failed, and what a line does with a size."""

from __future__ import annotations

import ast
import linecache
import os
import sys
import traceback
from functools import lru_cache
from pathlib import Path
from types import FrameType
from typing import NamedTuple

from symconv.witness import torch_module

_HERE = f"{Path(__file__).parents[1]}{os.sep}"
_TELLING = {"print", "warn", "_assert"}
"""What is called to tell something to people, by its name."""
_TELLERS = {"logger", "_logger", "logging", "log", "LOG", "LOGGER", "warnings", "torch"}
"""Whose functions tell something to people."""


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
    lines = [Line(frame.f_code.co_filename, number) for frame, number in walked if is_own(frame)]
    return lines[-1] if lines else None


def is_own(frame: FrameType) -> bool:
    """Whether a frame is a model's: neither torch's nor ours nor Python's own."""
    torchs = f"{Path(torch_module().__file__).parent}{os.sep}"
    return not frame.f_code.co_filename.startswith((torchs, _HERE, "<"))


def here() -> Line | None:
    """Return the line of a model that runs."""
    frame: FrameType | None = sys._getframe(1)
    while frame is not None and not is_own(frame):
        frame = frame.f_back
    return None if frame is None else Line(frame.f_code.co_filename, frame.f_lineno)


def asking() -> FrameType | None:
    """Return the frame of a model that asks a size of torch's for something, without any between.

    Between are only those of the size itself, in torch's own module.
    """
    frame: FrameType | None = sys._getframe(1)
    own = str(torch_module().__file__)
    while frame is not None and frame.f_code.co_filename.startswith((_HERE, own)):
        frame = frame.f_back
    return frame if frame is not None and is_own(frame) else None


def tells_people(line: Line) -> bool:
    """Whether a line only tells something: it prints, logs, warns, raises or asserts."""
    statement = _statement(line)
    if isinstance(statement, ast.Raise | ast.Assert):
        return True
    if not isinstance(statement, ast.Expr) or not isinstance(statement.value, ast.Call):
        return False
    function = statement.value.func
    if isinstance(function, ast.Attribute):
        return getattr(function.value, "id", "") in _TELLERS
    return getattr(function, "id", "") in _TELLING


@lru_cache(maxsize=1024)
def _statement(line: Line) -> ast.stmt | None:
    """Return the innermost statement in which a line stands."""
    try:
        tree = ast.parse("".join(linecache.getlines(line.file)))
    except SyntaxError:
        return None
    around = [
        node
        for node in ast.walk(tree)
        if isinstance(node, ast.stmt) and node.lineno <= line.number <= (node.end_lineno or 0)
    ]
    return max(around, key=lambda node: node.lineno, default=None)
