"""Chains of layers designed for sizes: exact, the cheapest first, or why there is none."""
