"""The language of laws: terms of integers and truth values, written once, interpreted anywhere."""

from symconv.terms.rewriting import chosen, conjuncts, defined, substitute
from symconv.terms.term import (
    INTEGER,
    TRUTH,
    WORDS,
    Term,
    TermLike,
    both,
    constant,
    either,
    interpret,
    maximum,
    minimum,
    parts,
    sizes,
    variable,
    variables,
    where,
)

__all__ = [
    "INTEGER",
    "TRUTH",
    "WORDS",
    "Term",
    "TermLike",
    "both",
    "chosen",
    "conjuncts",
    "constant",
    "defined",
    "either",
    "interpret",
    "maximum",
    "minimum",
    "parts",
    "sizes",
    "substitute",
    "variable",
    "variables",
    "where",
]
