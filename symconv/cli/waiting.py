"""Standard output that may keep us waiting: the time that its reader takes is not ours."""

from __future__ import annotations

from typing import Any, TextIO

from symconv.proving.clock import paused


class Waiting:
    """A stream to write to, while which no clock of this thread goes on; else as it is.

    A reader such as `less` takes what is written when it likes. An answer that is found does not
    become unknown meanwhile.
    """

    def __init__(self, stream: TextIO) -> None:
        self.stream = stream

    def write(self, text: str) -> int:
        """Write, however long that takes."""
        with paused():
            return self.stream.write(text)

    def flush(self) -> None:
        """Write what is left, however long that takes."""
        with paused():
            self.stream.flush()

    def __getattr__(self, name: str) -> Any:
        """Be the stream in all else."""
        return getattr(self.stream, name)
