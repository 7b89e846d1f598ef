"""A shell in a terminal of its own, in which somebody types a line and presses TAB."""

import os
import pty
import select
import shutil
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).parents[2]
TAB, SHOW = "\t", "\x18"
LONGEST = 120
"""How many seconds a shell may take, on a busy machine."""

OPTIONS = {
    "bash": ["--norc", "--noprofile", "-i"],
    "zsh": ["-f", "-i"],
    "fish": ["--no-config", "-i"],
}
"""With which options each shell reads no file of its user's."""
BEGINNING = {
    "bash": """
eval "$(symconv completion bash)"
show() {{ printf %s "$READLINE_LINE" > '{line}.new'; mv '{line}.new' '{line}'; }}
bind -x '"\\C-x": show'
""",
    "zsh": """
eval "$(symconv completion zsh)"
show() {{ print -rn -- "$BUFFER" > '{line}.new'; mv '{line}.new' '{line}' }}
zle -N show
bindkey '^X' show
""",
    "fish": """
symconv completion fish | source
function show; commandline > '{line}.new'; mv '{line}.new' '{line}'; end
bind \\cx show
""",
}
"""What each shell reads first; Ctrl-X then writes its line into a file."""

OWNS_TERMINAL = """
import fcntl, os, sys, termios
os.setsid()
fcntl.ioctl(0, termios.TIOCSCTTY, 0)
os.execvp(sys.argv[1], sys.argv[1:])
"""
"""What a shell asks of its terminal before it edits lines there."""


def installed(shell):
    """Whether a shell is installed here."""
    return shutil.which(shell) is not None


def with_symconv(folder):
    """Return an environment in which `symconv` is a command, which tells when it has ended."""
    command = folder / "bin" / "symconv"
    command.parent.mkdir()
    command.write_text(
        f'#!/bin/sh\n"{sys.executable}" -m symconv "$@"\nstatus=$?\necho >> "{folder / "ended"}"\nexit $status\n'
    )
    command.chmod(0o755)
    path = f"{command.parent}{os.pathsep}{os.environ['PATH']}"
    return os.environ | {
        "PATH": path,
        "PYTHONPATH": str(ROOT),
        "HOME": str(folder),
        "XDG_CONFIG_HOME": str(folder),
        "XDG_DATA_HOME": str(folder),
        "TERM": "xterm",
        "LC_ALL": "C.UTF-8",
    }


def typed(shell, text, folder):
    """Return the line of a shell after somebody has typed a text; each TAB waits for symconv."""
    environment = with_symconv(folder)
    ready, line, ended = folder / "ready", folder / "line", folder / "ended"
    ours, theirs = pty.openpty()
    beginning = folder / "beginning"
    beginning.write_text(BEGINNING[shell].format(line=line) + f"touch '{ready}'\n")
    process = subprocess.Popen(
        [sys.executable, "-c", OWNS_TERMINAL, shell, *OPTIONS[shell]],
        stdin=theirs, stdout=theirs, stderr=theirs, env=environment, cwd=folder,
    )  # fmt: skip
    os.close(theirs)
    try:
        _send(ours, f". '{beginning}'\r")
        _wait(ours, ready.exists)
        for part in text.replace(TAB, f"\0{TAB}\0").split("\0"):
            calls = _calls(ended)
            _send(ours, part)
            if part == TAB:
                _wait(ours, lambda calls=calls: _calls(ended) > calls)
        _send(ours, SHOW)
        _wait(ours, line.exists)
        return line.read_text().rstrip("\n")
    finally:
        process.kill()
        process.wait()
        os.close(ours)


def _calls(ended):
    return len(ended.read_text()) if ended.exists() else 0


def _send(terminal, text):
    os.write(terminal, text.encode())


def _wait(terminal, happened):
    """Read what a shell shows until something has happened."""
    until, shown = time.monotonic() + LONGEST, b""
    while not happened():
        assert time.monotonic() < until, shown.decode(errors="replace")
        if select.select([terminal], [], [], 0.05)[0]:
            shown += os.read(terminal, 65536)
