"""Ctrl-C for a command that runs by itself, once its search has begun: no clock has a part in it."""

import os
import signal
import subprocess
import sys

PROGRAM = """
import os, sys
from symconv.solving.listing import Listing
blocks = Listing.blocks

def told(self, *until):
    os.write(int(sys.argv[1]), b"s")
    return (yield from blocks(self, *until))

Listing.blocks = told
from symconv.cli import main
sys.exit(main(sys.argv[2:]))
"""
"""The command line, which says on a pipe that a search of settings begins."""
PATIENCE = 120
"""Seconds after which a command is ended that Ctrl-C does not end."""


def interrupted(*words):
    """Run a command, press Ctrl-C once it searches, and return its status, output and errors."""
    reading, writing = os.pipe()
    command = [sys.executable, "-c", PROGRAM, str(writing), *words]
    pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "text": True}
    with subprocess.Popen(command, pass_fds=[writing], **pipes) as running:
        os.close(writing)
        began = os.read(reading, 1)
        running.send_signal(signal.SIGINT)
        try:
            out, err = running.communicate(timeout=PATIENCE)
        finally:
            running.kill()
            os.close(reading)
    assert began, err
    return running.returncode, out, err
