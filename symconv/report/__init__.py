"""Answers on a terminal, in colour and wrapped there; plain text everywhere else."""
