"""A shell in a terminal of its own, in which somebody types a line and presses TAB."""

import os
import pty
import re
import select
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
TAB, SHOW = "\t", "\x18"
LONGEST = 120
"""How many seconds a shell may show and tell nothing, on a busy machine."""

OPTIONS = {
    "bash": ["--norc", "--noprofile", "-i"],
    "zsh": ["-f", "-i"],
    "fish": ["--no-config", "-i"],
}
"""With which options each shell reads no file of its user's."""
BEGINNING = {
    "bash": """
eval "$(symconv completion bash)"
show() {{ printf %s "$READLINE_LINE" > '{line}'; echo shown > '{events}'; }}
bind -x '"\\C-x": show'
""",
    "zsh": """
eval "$(symconv completion zsh)"
show() {{ print -rn -- "$BUFFER" > '{line}'; echo shown > '{events}' }}
zle -N show
bindkey '^X' show
""",
    "fish": """
symconv completion fish | source
function show; commandline > '{line}'; echo shown > '{events}'; end
bind \\cx show
""",
}
"""What each shell reads first; Ctrl-X then writes its line into a file, and tells that."""

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
    """Return an environment in which `symconv` is a command; a pipe is told when it has ended."""
    command = folder / "bin" / "symconv"
    command.parent.mkdir()
    command.write_text(
        f'#!/bin/sh\n"{sys.executable}" -m symconv "$@"\nstatus=$?\n'
        f'[ -p "{folder / "events"}" ] && echo ended 1<> "{folder / "events"}"\nexit $status\n'
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
    return _typed(shell, text, folder)[0]


def shown(shell, text, folder):
    """Return what a shell shows; where the cursor moves, another line begins."""
    return re.sub(r"\x1b\[[?\d;]*[A-Za-z]|\r", "\n", _typed(shell, text, folder)[1])


def _typed(shell, text, folder):
    """Return the line after a text was typed, and what was shown meanwhile."""
    environment = with_symconv(folder)
    line, beginning = folder / "line", folder / "beginning"
    events = Events(folder / "events")
    commands = BEGINNING[shell].format(line=line, events=events.path)
    beginning.write_text(f"{commands}echo ready > '{events.path}'\n")
    ours, theirs = pty.openpty()
    process = subprocess.Popen(
        [sys.executable, "-c", OWNS_TERMINAL, shell, *OPTIONS[shell]],
        stdin=theirs, stdout=theirs, stderr=theirs, env=environment, cwd=folder,
    )  # fmt: skip
    os.close(theirs)
    try:
        _send(ours, f". '{beginning}'\r")
        events.wait("ready", ours)
        screen = ""
        for part in text.replace(TAB, f"\0{TAB}\0").split("\0"):
            events.forget()
            _send(ours, part)
            if part == TAB:
                screen += events.wait("ended", ours)
        _send(ours, SHOW)
        screen += events.wait("shown", ours)
        return line.read_text().rstrip("\n"), screen
    finally:
        process.kill()
        process.wait()
        os.close(ours)
        events.close()


def _send(terminal, text):
    os.write(terminal, text.encode())


class Events:
    """A named pipe on which the shell and its commands tell what has happened, a word a line."""

    def __init__(self, path):
        """Make the pipe; it is open for writing, too, so that it never comes to an end."""
        os.mkfifo(path)
        self.path, self.pipe = path, os.open(path, os.O_RDWR)
        self.heard = b""

    def wait(self, word, terminal):
        """Return what a shell shows until it tells a word; it must not be silent for too long."""
        screen = b""
        while f"{word}\n".encode() not in self.heard:
            readable = select.select([self.pipe, terminal], [], [], LONGEST)[0]
            assert readable, screen.decode(errors="replace")
            if terminal in readable:
                screen += os.read(terminal, 65536)
            if self.pipe in readable:
                self.heard += os.read(self.pipe, 65536)
        return screen.decode(errors="replace")

    def forget(self):
        """Forget what has been told up to now."""
        while select.select([self.pipe], [], [], 0)[0]:
            os.read(self.pipe, 65536)
        self.heard = b""

    def close(self):
        """Close the pipe."""
        os.close(self.pipe)
