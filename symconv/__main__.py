"""`python -m symconv`."""

from symconv.cli import run

run()
