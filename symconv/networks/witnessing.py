"""Each path looked at once without our numbers: torch runs the model at the least size of it.

A path is believed only if the model ends there as the path does: with the same sizes, or refused at
the same line of its own. So an error that comes of our numbers, and a size that torch's meta code
takes and its kernels do not, make a path unknown instead of wrong.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import fields, is_dataclass
from typing import Any, NamedTuple

from symconv.errors import SymconvError
from symconv.networks.exploring import LostError
from symconv.networks.lines import Line, line_of
from symconv.networks.loading import told
from symconv.proving.clock import stopped
from symconv.witness import torch_module

REAL_UP_TO = 64
"""The greatest size for which real tensors are run as well."""
_TORCHS = (RuntimeError, ValueError, IndexError)
"""Errors of which torch's meta code raises one where its kernels raise another."""


INTERNAL = "INTERNAL ASSERT"
"""What torch says of faults of its own."""
_OF_READING = (
    "meta tensor", "meta device", "on meta", "device meta", "SymInt", "SymFloat", "SymBool",
    "symbolic", INTERNAL, "TorchScript",
)  # fmt: skip
"""What errors of torch's speak of that come of how a model is read."""


def comes_of_reading(error: BaseException) -> bool:
    """Whether an error of torch's comes of how a model is read, and not of the model."""
    kinds = (RuntimeError, TypeError, NotImplementedError)
    return isinstance(error, kinds) and any(word in str(error) for word in _OF_READING)


class RefusedError(RuntimeError):
    """A law's requirement that a size does not meet, raised where torch would raise its own."""


def said(error: BaseException) -> str:
    """Say what refuses a size: a law's own sentence, or another error with its kind."""
    return str(error) if isinstance(error, RefusedError) else told(error)


class Outcome(NamedTuple):
    """How a run ended.

    Attributes:
        shapes: the sizes of the tensors that came out; nothing where it was refused.
        error: what refused it.
        line: the file and the line of the model where that happened.
        reason: what is said of it; an error of the model's may look at sizes to say itself.
    """

    shapes: tuple[tuple[Any, ...], ...] | None
    error: Exception | None = None
    line: Line | None = None
    reason: str = ""

    def differs(self, other: Outcome) -> str:
        """Say how another run ended otherwise; nothing if it ended alike."""
        if self.error is None or other.error is None:
            alike = self.error is other.error and self.shapes == other.shapes
        else:
            alike = self.line == other.line and _alike(self.error, other.error)
        if alike:
            return ""
        return f"{other.ended}, where what was read {self.ended}"

    @property
    def ended(self) -> str:
        """Say how it ended."""
        if self.error is not None:
            return f"raises {self.reason}{_at(self.line)}"
        return f"gives {' and '.join(written(shape) for shape in self.shapes or ())}"


def _alike(error: Exception, other: Exception) -> bool:
    """Whether two errors at the same line are the same refusal."""
    if type(error) is type(other):
        return True
    return type(error) in (*_TORCHS, RefusedError) and type(other) in _TORCHS


def _at(line: Line | None) -> str:
    return "" if line is None else f" at {line}"


def written(shape: Sequence[Any]) -> str:
    """Write sizes as people do."""
    return " x ".join(map(str, shape)) or "one number"


def run(model: Callable[[], Any]) -> Outcome:
    """Run a model, and return how that ended."""
    try:
        return Outcome(tuple(tuple(each.shape) for each in tensors(model())))
    except (SymconvError, LostError):
        raise
    except BaseException as error:
        if stopped(error):
            raise
        ends = not isinstance(error, Exception)
        refusal = RuntimeError(f"ends the process: {told(error)}") if ends else error
        return Outcome(None, refusal, line_of(error), said(refusal))  # type: ignore[arg-type]


def tensors(came: Any, within: tuple[int, ...] = ()) -> Iterator[Any]:
    """Yield the tensors that a model returned, in order, from whatever it put them into."""
    if isinstance(came, torch_module().Tensor):
        yield came
        return
    if id(came) in within:
        return
    parts: Iterable[Any] = ()
    if isinstance(came, Mapping):
        parts = came.values()
    elif isinstance(came, (list, tuple)):
        parts = came
    elif is_dataclass(came) and not isinstance(came, type):
        parts = (getattr(came, field.name) for field in fields(came))
    for part in parts:
        yield from tensors(part, (*within, id(came)))
