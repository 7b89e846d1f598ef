"""All paths of a computation on sizes: each decision is followed on one side, then on the other.

A computation runs on recorded sizes. Where it asks whether something holds, and that is so for some
of the sizes that are followed and not for others, the run goes on with the side of the least size;
the other side waits for a run of its own. When nothing waits, every size has been followed.
"""

from __future__ import annotations

import heapq
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import reduce
from itertools import count
from threading import get_ident
from typing import Any, NamedTuple, NoReturn

from symconv.errors import UndecidedError
from symconv.networks.recording import Recorder
from symconv.networks.sums import Amount
from symconv.networks.traces import Trace
from symconv.networks.truths import Truth
from symconv.networks.values import ExactValues, at
from symconv.operators.letters import W
from symconv.periodic import EVERYTHING, NOTHING, SizeSet
from symconv.proving.clock import Clock
from symconv.terms import Term, either

MOST_PATHS = 256
"""More paths than these are not followed: what is left is unknown."""
MOST_FORKS = 64
"""How often a size may be followed value by value, because something wants a plain integer."""
MOST_POINTS = 3000
"""The most sizes that are gone through one by one where no exact function says what holds."""

Decision = tuple[Term, bool]
"""A statement about `W`, and whether it holds on a path."""


class LostError(BaseException):
    """A run cannot go on; no `except Exception` of a model stops it, and its mark stays anyway."""


@dataclass(frozen=True)
class Path:
    """What a run came to, for all sizes of a set.

    Attributes:
        sizes: the sizes.
        decisions: what was decided, in order; they hold for just these sizes.
        came: what the run returned; it says nothing where the path is lost.
        lost: why nothing is known of these sizes, if nothing is.
    """

    sizes: SizeSet
    decisions: tuple[Decision, ...]
    came: Any = None
    lost: str = ""

    @property
    def least(self) -> int:
        """The least size."""
        return int(self.sizes.least or 0)


class _Branch(NamedTuple):
    """A set of sizes that waits to be followed, the least of them first."""

    least: int
    number: int
    sizes: SizeSet
    decisions: tuple[Decision, ...]


class Explorer:
    """Follows all paths.

    Args:
        clock: how long to go on.
        where: says where a run is, for messages.

    Attributes:
        size: the size that is asked about.
        values: what each term is, as an exact function.
        places: at which line of the model each decision was first asked for.
        forks: where sizes were followed value by value, and how often.
        floating: whether something was computed in floating point.
        thread: the thread that follows.
        hopeless: why nothing can be followed, if so.
    """

    def __init__(self, clock: Clock, where: Callable[[], str] = lambda: "") -> None:
        """Wait for all sizes from 1 on."""
        self.clock, self.where, self.size = clock, where, W
        self.recorder = Recorder(self.positive)
        self.values = ExactValues()
        self.places = dict[Term, str]()
        self.forks: Counter[str] = Counter()
        self.floating, self.hopeless = False, ""
        self.active = EVERYTHING
        self._numbers = count()
        self._waiting = [_Branch(1, next(self._numbers), EVERYTHING, ())]
        self._traces: list[Trace] = []
        self._begin(self._waiting[0])

    def _begin(self, branch: _Branch) -> None:
        self.thread = get_ident()
        self.active, self.mark = branch.sizes, ""
        self._decisions = list(branch.decisions)
        self._known = dict(branch.decisions)
        self._traces.clear()

    def paths(self, run: Callable[[], Any]) -> Iterator[Path]:
        """Run until every size was followed, or a limit is reached; yield each path.

        Args:
            run: the computation, from its beginning.
        """
        for _ in range(MOST_PATHS):
            if not self._waiting:
                return
            if self.clock.over:
                break
            self._begin(heapq.heappop(self._waiting))
            came, self.mark = None, self.hopeless
            with suppress(LostError):
                came = None if self.hopeless else run()
            yield Path(self.active, tuple(self._decisions), came, self.mark)

    @property
    def left(self) -> SizeSet:
        """The sizes that still wait to be followed."""
        return reduce(SizeSet.__or__, (branch.sizes for branch in self._waiting), NOTHING)

    def lost(self, reason: str, where: str | None = None) -> NoReturn:
        """Give up a run, or one that has ended somewhere: what it comes to is unknown."""
        self.mark = self.mark or f"{self.where() if where is None else where}{reason}"
        raise LostError(self.mark)

    def decide(self, statement: Truth) -> bool:
        """Say whether something holds; where it does for some sizes only, for the least one.

        The sizes for which it is otherwise wait for a run of their own.
        """
        if isinstance(statement, bool):
            return statement
        settled = self._settled(statement)
        if settled is None:
            self.clock.check()
            holding = self._holding(statement)
            settled = self.active.least in holding
            staying = self.active & holding if settled else self.active - holding
            self._wait(self.active - staying, (statement, not settled))
            self.active = staying
            self._note(statement, settled)
        self._asked(statement, settled)
        return settled

    def recalled(self, statement: Truth) -> bool | None:
        """Say how something was decided, if it was."""
        if isinstance(statement, bool):
            return statement
        if (known := self._known.get(statement)) is not None:
            self._asked(statement, known)
        return known

    def settled(self, statement: Truth) -> bool | None:
        """Say whether something holds for all sizes that are followed, or for none of them."""
        if isinstance(statement, bool):
            return statement
        settled = self._settled(statement)
        if settled is None:
            self.cannot_repeat()
        else:
            self._asked(statement, settled)
        return settled

    def positive(self, size: Term) -> bool:
        """Whether a size is positive for all sizes that are followed: then that is a decision, too.

        Where it is not known, terms are made as they are for any size, and nothing is decided.
        """
        statement = self.recorder.at_most(1, size)
        if isinstance(statement, bool):
            return statement
        if size is W or self._settled(statement) is not True:
            return size is W
        self._asked(statement, True)
        return True

    def number(self, amount: Amount) -> int:
        """Return a size as a plain integer: it is followed value by value, up to a limit."""
        if isinstance(amount, int):
            return amount
        value = self.first(amount)
        if self.settled(amount.eq(value)) is None:
            place = self.where()
            if sum(self.forks.values()) >= MOST_FORKS:
                self.lost(f"wants a plain integer for each size, more than {MOST_FORKS} of them")
            self.forks[place] += 1
        self.decide(amount.eq(value))
        return value

    def decide_by(self, holds: Callable[[int], bool]) -> bool:
        """Say whether something holds that no term says: on finitely many sizes, one by one."""
        self.cannot_repeat()
        sizes = self._each()
        holding = SizeSet.points(size for size in sizes if holds(size))
        if holding.empty or self.active <= holding:
            return not holding.empty
        return self.decide(either(*(W.eq(size) for size in holding)))

    def number_by(self, value: Callable[[int], int]) -> int:
        """Return what no term says as a plain integer, on finitely many sizes."""
        first = value(self.active.least or 1)
        self.decide_by(lambda size: value(size) == first)
        return first

    def _each(self) -> list[int]:
        """Return the sizes that are followed, where there are few."""
        if self.active.endless or self.active.count > MOST_POINTS:
            self.lost("computes in floating point, rounded more than once")
        return list(self.active)

    def first(self, amount: Amount) -> int:
        """Return what a size is for the least one that is followed."""
        return int(at(amount, self.active.least or 1))

    def hint(self, amount: Amount) -> int:
        """Return what a size may be; what comes of that holds for nothing but this run."""
        if not isinstance(amount, int):
            self.cannot_repeat()
        return self.first(amount)

    def cannot_repeat(self) -> None:
        """Note that something looked at the sizes in another way than by a decision."""
        for trace in self._traces:
            trace.repeats = False

    @contextmanager
    def traced(self) -> Iterator[Trace]:
        """Note what is asked meanwhile."""
        trace = Trace()
        self._traces.append(trace)
        try:
            yield trace
        finally:
            self._traces = [other for other in self._traces if other is not trace]

    def repeats(self, trace: Trace) -> bool:
        """Whether all that a trace asked is answered alike now; then it counts as asked again."""
        if not all(self._settled(term) is value for term, value in trace.decisions.items()):
            return False
        for term, value in trace.decisions.items():
            self._asked(term, value)
        return True

    def _asked(self, statement: Term, settled: bool) -> None:
        for trace in self._traces:
            trace.decisions[statement] = settled

    def _note(self, statement: Term, settled: bool) -> None:
        self.places.setdefault(statement, self.where().removesuffix(": "))
        self._known[statement] = settled
        self._decisions.append((statement, settled))

    def _settled(self, statement: Term) -> bool | None:
        """Say whether something is decided, or holds for all sizes that are followed, or none."""
        if statement in self._known:
            return self._known[statement]
        holding = self._holding(statement)
        settled: bool | None = None
        if self.active <= holding:
            settled = True
        elif (self.active & holding).empty:
            settled = False
        if settled is not None:
            self._note(statement, settled)
        return settled

    def _holding(self, statement: Term) -> SizeSet:
        """Return the sizes for which something holds, of those that are followed at least."""
        try:
            sizes: SizeSet = self.values.of(statement)
        except UndecidedError as undecided:
            if self.active.endless or self.active.count > MOST_POINTS:
                self.lost(f"decides what has no short form: {undecided.arrived}")
            return SizeSet.points(size for size in self.active if at(statement, size))
        return sizes

    def _wait(self, sizes: SizeSet, otherwise: Decision) -> None:
        decisions = (*self._decisions, otherwise)
        branch = _Branch(int(sizes.least or 0), next(self._numbers), sizes, decisions)
        heapq.heappush(self._waiting, branch)
