"""Structural statements: formulas about lists of layers, functions and sums, notion by notion."""
