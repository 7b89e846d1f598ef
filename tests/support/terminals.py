"""A command run in a terminal, and what it shows there."""

import fcntl
import os
import pty
import select
import struct
import subprocess
import sys
import termios
from pathlib import Path

ROOT = Path(__file__).parents[2]
PLAIN = {
    name: value
    for name, value in os.environ.items()
    if name not in ("NO_COLOR", "COLUMNS", "LINES", "FORCE_COLOR", "PYTHONWARNINGS")
}


def symconv_in_terminal(*arguments, columns=80, **environment):
    """Return the exit status of a command, and all that it shows in a terminal."""
    ours, theirs = pty.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 40, columns, 0, 0))
    process = subprocess.Popen(
        [sys.executable, "-m", "symconv", *arguments],
        stdin=subprocess.DEVNULL,
        stdout=theirs,
        stderr=theirs,
        env={**PLAIN, "PYTHONPATH": str(ROOT), "TERM": "xterm", "LC_ALL": "C.UTF-8", **environment},
    )
    os.close(theirs)
    shown = b""
    while part := _read(ours):
        shown += part
    os.close(ours)
    return process.wait(), shown.decode().replace("\r\n", "\n")


def _read(terminal):
    """Read what is shown next; nothing, when the command has ended."""
    try:
        ready = select.select([terminal], [], [], 600)[0]
        return os.read(terminal, 65536) if ready else b""
    except OSError:  # nobody has the terminal any more
        return b""
