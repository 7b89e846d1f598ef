"""Decoders for encoders: each layer undone by one that gives its input's size back."""

from symconv.mirroring.answers import mirror
from symconv.mirroring.result import Mirror

__all__ = ["Mirror", "mirror"]
