"""Answers on a terminal: rich tables there, plain text everywhere else."""

from symconv.report.terminal import print_sizes, print_solution, working

__all__ = ["print_sizes", "print_solution", "working"]
