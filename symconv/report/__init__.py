"""Answers on a terminal: rich tables there, plain text everywhere else."""
