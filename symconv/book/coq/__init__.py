"""Coq: theorems exported, compiled, read back and recorded."""
