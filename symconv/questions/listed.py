"""Rows in order, found when they are asked for, as many as are wanted."""

from __future__ import annotations

import time
from collections.abc import Generator, Iterator, Sequence
from itertools import islice
from typing import Any, overload

from symconv.errors import RequestError, shown
from symconv.proving.clock import over, stopped
from symconv.questions.settings import Settings

FIRST, MANY, SOON = 20, 1000, 0.1
"""How many rows wait for each other at first, and later; and how many seconds they wait."""
MOST_LISTED = 10**6
Blocks = Generator[Sequence[Any], None, str]
"""What a search yields: rows in order, some at a time; in the end why it stopped, or nothing."""


def check_limit(limit: Any) -> None:
    """Refuse what is no number of rows to list; `None` stands for all.

    Raises:
        RequestError: it is none, or too large.
    """
    if limit is not None and (type(limit) is not int or not 1 <= limit <= MOST_LISTED):
        raise RequestError(
            f"limit as an integer from 1 to {MOST_LISTED}",
            shown(limit),
            "Write for instance limit=20.",
            about="limit",
        )


class Listed(Sequence[Any]):
    """The rows of an answer: those that are known, and a search that goes on for the others.

    Args:
        blocks: the search.
        limit: how many rows are wanted; `None` for all.

    >>> def search():
    ...     yield [1, 2]
    ...     yield [3]
    ...     return "the time limit was reached"
    >>> rows = Listed(search())
    >>> rows.started, rows[0], rows.whole, list(rows), rows.reason
    (True, 1, False, [1, 2, 3], 'the time limit was reached')
    >>> first = Listed(search(), limit=2)
    >>> list(first), first.whole, first.reason  # there are more, and that is all that is known
    ([1, 2], False, '')
    """

    def __init__(self, blocks: Blocks | None = None, limit: int | None = None) -> None:
        self._blocks, self._limit = blocks, limit
        self._known: list[Sequence[Any]] = []
        self._length = 0
        self._whole, self._reason = False, ""

    @classmethod
    def of(cls, rows: Sequence[Any], whole: bool = True, reason: str = "") -> Listed:
        """Return rows that are known, which may be all that there are."""
        listed = cls()
        listed._keep(rows)
        listed._whole, listed._reason = whole, reason
        return listed

    def chunks(self, keep: bool = True) -> Iterator[Sequence[Any]]:
        """Yield the rows as they are found.

        Args:
            keep: whether to keep those that are not known yet. If not, this is the last time that
                they are seen, and any number of them needs no room.
        """
        place = 0
        while True:
            while place < len(self._known):  # somebody else may have gone further meanwhile
                yield self._known[place]
                place += 1
            chunk = self._next(keep)
            if chunk is None:
                return
            yield chunk
            place += keep

    def joined(self) -> Sequence[Any]:
        """Return all rows in one."""
        chunks = list(self.chunks())
        if len(chunks) == 1:
            return chunks[0]
        if chunks and isinstance(chunks[0], Settings):
            return Settings.joined(chunks[0].letters, (chunk.columns for chunk in chunks))  # type: ignore[attr-defined]
        return [row for chunk in chunks for row in chunk]

    def together(self) -> Iterator[Sequence[Any]]:
        """Yield the rows as they are found and forget them; those that come soon come together."""
        group: list[Any] = []
        since, enough = time.monotonic(), FIRST
        for rows in self._pieces():
            if len(rows) >= enough and not group:
                yield rows
                enough = MANY
                continue
            group += rows
            if len(group) >= enough or time.monotonic() - since > SOON:
                yield group
                group, since, enough = [], time.monotonic(), MANY
        if group:
            yield group

    def _pieces(self) -> Iterator[Sequence[Any]]:
        """Yield the rows, not too many at once, while there is time for more."""
        for chunk in self.chunks(keep=False):
            for start in range(0, len(chunk), MANY):
                yield chunk[start : start + MANY]
                if why := over():
                    self._end(why)
                    return

    def _next(self, keep: bool = True) -> Sequence[Any] | None:
        """Search for the next rows, and note how the search ended."""
        if self._blocks is None:
            return None
        try:
            rows = next(self._blocks)
            while not len(rows):
                rows = next(self._blocks)
        except StopIteration as stop:
            self._end(stop.value or "")
            return None
        except BaseException as error:  # what was found is not lost
            if not (why := stopped(error)):
                raise
            self._end(why)
            return None
        room = len(rows) if self._limit is None else self._limit - self._length
        if len(rows) > room:  # there are more than are wanted
            self._blocks, rows = None, rows[:room]
            if not len(rows):
                return None
        self._keep(rows, keep)
        return rows

    def _keep(self, rows: Sequence[Any], keep: bool = True) -> None:
        self._length += len(rows)
        if keep and len(rows):
            self._known.append(rows)

    def _end(self, reason: str) -> None:
        self._blocks, self._whole, self._reason = None, not reason, reason

    @property
    def started(self) -> bool:
        """Whether there is a row; the search goes on no further than to the first ones."""
        return self._length > 0 or self._next() is not None

    @property
    def ended(self) -> bool:
        """Whether the search has ended, so that all rows are known that there will be."""
        return self._blocks is None

    @property
    def whole(self) -> bool:
        """Whether these are all that there are."""
        len(self)
        return self._whole

    @property
    def reason(self) -> str:
        """Why the search stopped, where it was neither for the limit nor at its end."""
        len(self)
        return self._reason

    @property
    def seen(self) -> int:
        """How many were found so far."""
        return self._length

    def __len__(self) -> int:
        """Count the rows; so all that are wanted are searched."""
        while self._next() is not None:
            pass
        return self._length

    def __iter__(self) -> Iterator[Any]:
        """Go through the rows, searching as far as somebody goes."""
        for chunk in self.chunks():
            yield from chunk

    @overload
    def __getitem__(self, place: int) -> Any: ...
    @overload
    def __getitem__(self, place: slice) -> Sequence[Any]: ...
    def __getitem__(self, place: int | slice) -> Any:
        """Return a row, or some of them; from the start, the search goes no further than these."""
        if isinstance(place, slice):
            ends = place.start, place.stop, place.step
            if any(end is not None and end < 0 for end in ends):
                return list(self.joined()[place])
            return list(islice(self, *ends))
        number = place + len(self) if place < 0 else place
        for chunk in self.chunks() if number >= 0 else ():
            if number < len(chunk):
                return chunk[number]
            number -= len(chunk)
        raise IndexError(f"row {place} of {len(self)}")

    def __getstate__(self) -> dict[str, Any]:
        """Pickle and copy what is known once the search has ended."""
        len(self)
        return dict(vars(self))

    def __eq__(self, other: object) -> bool:
        return list(self) == list(other) if isinstance(other, Sequence) else NotImplemented

    __hash__ = None  # type: ignore[assignment]  # rows are compared, not looked up

    def __repr__(self) -> str:
        """Show the rows as a list."""
        return repr(list(self))
