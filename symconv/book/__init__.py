"""The book: what is derived and proved, from a statement to the text that Coq accepts.

`statements` says what a theorem is and holds the book's own; `deriving` writes the derivations of
laws; `coq` writes both as Coq has them and keeps the record of what it accepted. What stands here
itself asks the checkers, runs samples and shows a proof.
"""
