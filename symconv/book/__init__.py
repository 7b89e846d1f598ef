"""The book: theorems looked up and proved, shown as people write proofs."""

from symconv.book.asking import prove, theorems

__all__ = ["prove", "theorems"]
