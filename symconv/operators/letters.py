"""The letters that the laws are written in (`symconv.vocabulary` says what each means)."""

from symconv.terms import sizes

W, F, S, P, D, A, O, lo, hi, C = sizes("W F S P D A O lo hi C")  # noqa: E741

extent = D * (F - 1) + 1
"""Cells from a window's first tap to its last one, both included: the letter `E`."""
