"""Whole networks: which sizes they take, what comes out, and a proof of both."""
