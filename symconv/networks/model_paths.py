"""All paths of a torch model: read on sizes that are terms, and each looked at by a witness."""

from __future__ import annotations

import time
from dataclasses import dataclass
from math import prod
from typing import Any

from symconv.networks.copies import Copies
from symconv.networks.exploring import Explorer, Path
from symconv.networks.lines import Line, here, reread
from symconv.networks.loading import quietly
from symconv.networks.model_input import Axes
from symconv.networks.values import at
from symconv.networks.witnessing import (
    INTERNAL,
    REAL_UP_TO,
    Outcome,
    RefusedError,
    comes_of_reading,
    run,
)
from symconv.periodic import SizeSet
from symconv.proving.clock import Clock
from symconv.witness import torch_module

MOST_CELLS = 2**22
"""Larger inputs are not run on real tensors, however much time there is."""
SOON = 0.2
"""Real tensors are also run at greater sizes where that should not take more seconds."""
FEW_CELLS = 2**12
"""Of fewer cells an input does not tell how long a greater one takes."""
BEYOND = range(11, 24)
"""How far beyond the least size the other one is at which a path is looked at, path by path."""


@dataclass(frozen=True)
class ModelPath:
    """A path of a model.

    Attributes:
        path: the sizes, and what was decided.
        outcome: how the model ends there, its sizes as terms in `W`.
        lost: why nothing is known of the sizes, if nothing is.
    """

    path: Path
    outcome: Outcome
    lost: str = ""

    @property
    def sizes(self) -> SizeSet:
        """The sizes."""
        return self.path.sizes

    @property
    def taken(self) -> bool:
        """Whether the model takes the sizes."""
        return not self.lost and self.outcome.error is None

    @property
    def reason(self) -> str:
        """What refuses, or why nothing is known."""
        return self.lost or self.outcome.reason


class ModelReader:
    """Follows the paths of a model.

    Args:
        module: a torch module; what is read are copies of it in eval mode.
        axes: the sizes of its input.
        clock: how long to go on.

    Attributes:
        paths: those that were followed, as they come.
        unseen: the least size at which real tensors would have said more, and were too large.
    """

    def __init__(self, module: Any, axes: Axes, clock: Clock) -> None:
        """Have followed none."""
        from symconv.networks.torch_reader import Reader

        self.axes, self.clock = axes, clock
        self.explorer = Explorer(clock, where=lambda: _said_first(here(run.__code__)))
        self.reader = Reader(self.explorer)
        self._copies = Copies(module)
        self._last, self._spent = (0.0, 0), 0.0
        self._used: Any = None
        self.paths: list[ModelPath] = []
        self.unseen: int | None = None

    def follow(self) -> None:
        """Follow each path, and see what a witness says of it."""
        from symconv.networks.torch_kinds import sizes_are_integers
        from symconv.networks.torch_numbers import numbers_do_all

        reread()
        with quietly(), sizes_are_integers(self._copies.model), numbers_do_all():
            if held := self._copies.held_by:
                self.explorer.hopeless = f"a hook holds the model itself: {held}"
            for path in self.explorer.paths(self._read):
                outcome = path.came or Outcome(None)
                lost = self._explained(path) or self._differing(path, outcome)
                self.paths.append(ModelPath(path, outcome, lost))

    def _read(self) -> Outcome:
        """Run a copy of the model on terms."""
        from symconv.networks.torch_sizes import amounts, tensor

        model = self._copies.empty()
        shape, dtype = self._shape(self.explorer.size), torch_module().get_default_dtype()
        given = tensor(self.explorer, shape, dtype)
        outcome = run(lambda: self.reader.run(lambda: model(given)))
        where = _said_first(outcome.line)
        if isinstance(outcome.error, MemoryError):
            self.explorer.lost("takes more memory than there is", where)
        if outcome.error is not None and comes_of_reading(outcome.error):
            self.explorer.lost(outcome.reason, where)
        shapes = outcome.shapes
        return outcome._replace(shapes=shapes and tuple(tuple(amounts(each)) for each in shapes))

    def _explained(self, path: Path) -> str:
        """Say why a path was lost; where torch names a fault of its own, what it says of numbers.

        It gives up the search for an operator of its own where an argument of ours fits none.
        """
        size = path.least
        if INTERNAL not in path.lost or not self.fits(size):
            return path.lost
        came = self._ran(self._copies.real(), size)
        return path.lost if came.error is None else f"at size {size} torch {came.ended}"

    def _differing(self, path: Path, outcome: Outcome) -> str:
        """Say what torch does otherwise than a path; nothing where it agrees.

        It is run at the least size, and at a greater one, since a size of 1 is often like any other
        by chance: with real tensors where they are not too large, and at the greater one also
        without cells.
        """
        size = path.least
        another = path.sizes.next_above(size + self._step()) or path.sizes.next_above(size) or size
        real = size <= REAL_UP_TO or self._affordable(size)
        differing = self.differing_at(outcome, size) if real else ""
        for tried in dict.fromkeys((another,) if real else (size, another)):
            differing = differing or self._without_cells(outcome, tried)
        if not differing and self.reader.unruled:  # torch's meta code may take what kernels refuse
            if another != size and self._affordable(another):
                differing = self.differing_at(outcome, another)
            elif not real and (self.unseen is None or size < self.unseen):
                self.unseen = size
        return differing

    def _step(self) -> int:
        """Return how far beyond the least size a path is looked at: another distance each time."""
        return BEYOND[5 * len(self.paths) % len(BEYOND)]

    def _without_cells(self, outcome: Outcome, size: int) -> str:
        """Say what torch does otherwise on tensors without cells; nothing where it agrees.

        It takes sizes there that its kernels refuse; so where our law refuses one, they are asked.
        """
        from symconv.networks.torch_reader import without_cells

        fresh = self._copies.empty()
        with without_cells():
            empty = again = self._ran(fresh, size)
        if self._copies.changes():  # one that keeps something is called for every path
            self._used = self._used or fresh
            with without_cells():
                again = self._ran(self._used, size)
        if kept := empty.differs(again):
            return f"keeps something from call to call: at size {size}, called again, it {kept}"
        if isinstance(outcome.error, RefusedError) and empty.error is None:
            return self.differing_at(outcome, size) if self.fits(size) else ""
        differing = _at(outcome, size).differs(empty)
        told = f"at size {size} torch, run on tensors without cells, {differing}"
        return told if differing else ""

    def differing_at(self, outcome: Outcome, size: int) -> str:
        """Say what torch does otherwise on real tensors of a size; nothing where it agrees."""
        self.clock.check()
        start = time.perf_counter()
        came = self._ran(self._copies.real(), size)
        taken = time.perf_counter() - start
        self._last, self._spent = (taken, prod(self._shape(size))), self._spent + taken
        differing = _at(outcome, size).differs(came)
        return f"at size {size} torch {differing}" if differing else ""

    def _affordable(self, size: int) -> bool:
        """Whether there is time for real tensors of a size, judged by those that were run last."""
        cells, (seconds, before) = prod(self._shape(size)), self._last
        expected = seconds * cells / max(before, FEW_CELLS)
        spare = min(self.clock.left / 20, self.clock.seconds / 4 - self._spent)
        return self.fits(size) and expected <= max(SOON, spare if self.reader.unruled else 0)

    @property
    def assumes(self) -> tuple[str, ...]:
        """What the reading takes for granted."""
        if self.unseen is None:
            return self.reader.assumes
        kernels = f"that torch takes what its meta code takes, also from size {self.unseen} on"
        return *self.reader.assumes, f"{kernels}, where there was no time to run it"

    def fits(self, size: int) -> bool:
        """Whether an input of a size is small enough to be run."""
        cells: int = prod(self._shape(size))
        return cells <= MOST_CELLS

    def _shape(self, size: Any) -> list[Any]:
        return [axis if isinstance(axis, int) else size for axis in self.axes]

    def _ran(self, model: Any, size: int) -> Outcome:
        torch = torch_module()
        with torch.no_grad(), quietly():
            return run(lambda: model(torch.zeros(self._shape(size))))


def _at(outcome: Outcome, size: int) -> Outcome:
    """Return how a path ends for one size of it."""
    if outcome.shapes is None:
        return outcome
    shapes = (tuple(at(amount, size) for amount in shape) for shape in outcome.shapes)
    return outcome._replace(shapes=tuple(shapes))


def _said_first(line: Line | None) -> str:
    """Write a line as what is said of it begins."""
    return "" if line is None else f"{line}: "
