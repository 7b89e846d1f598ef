"""The statements of the book: theorems as values, by chapter."""
