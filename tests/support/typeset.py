"""Sentences as the forms of a proof have them: the mathematics in them is typeset."""

from symconv.book.forms import LATEX, MARKDOWN
from symconv.book.sentences import written


def in_markdown(sentence):
    return MARKDOWN.said(sentence)


def in_latex(sentence):
    return LATEX.said(sentence)


def in_html(sentence):
    """As a reader of HTML has it: without tags."""
    return written(sentence, str, r"$\displaystyle {}$".format, str)


def beside(step, formula):
    """What stands beside a step's formula: what it supposes, and what was claimed."""
    given = ", ".join(formula(supposed.latex) for supposed in step.given)
    yield from [f"Given: {given}."] if given else []
    yield from [f"Claim: {formula(step.claim.latex)}."] if step.claim else []
