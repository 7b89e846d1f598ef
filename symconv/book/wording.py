r"""Statements as text and as LaTeX, with the laws in them by their names.

`conv(2*W)` is the law for an input of 2W; letters that are not their own are said, as in
`conv(W, P=0)`, in LaTeX below: \(\operatorname{conv}_{P=0}(W)\). `E` is the extent.
"""

from __future__ import annotations

from collections.abc import Callable

from symconv.meanings import notation
from symconv.statements.calls import Call, folded
from symconv.statements.statement import All, Claim, Iff, Side, Some
from symconv.terms import Term, conjuncts

_LATEX_NAMES = {
    "conv": r"\operatorname{conv}",
    "conv_transpose": r"\operatorname{conv}^{\mathsf{T}}",
    "pool_ceil_raw": r"\operatorname{pool}^{\text{ceil}}",
    "pool_ceil_torch": r"\operatorname{pool}^{\text{torch}}",
    "pool_ceil_caffe": r"\operatorname{pool}^{\text{Caffe}}",
}


def text(term: Term) -> str:
    """Write a term as plain text."""
    if term.word == "iff":
        return " just when ".join(_loose(side) for side in term.args)
    short, calls = folded(term)
    return notation.text(short, words={name: _called(call) for name, call in calls.items()})


def _loose(side: Term) -> str:
    """Write one side of an equivalence, in brackets where it has joints of its own."""
    return f"({text(side)})" if side.word in ("and", "or", "not", "iff") else text(side)


def latex(term: Term) -> str:
    """Write a term as LaTeX."""
    short, calls = folded(term)
    return notation.latex(short, words={name: _latex_call(call) for name, call in calls.items()})


def _own(call: Call, write: Callable[[Term], str]) -> list[tuple[str, str]]:
    """Return the letters of a call that do not stand for themselves, but for the first."""
    pairs = zip(call.law.letters, call.arguments, strict=True)
    first = 0 if call.law.name == "extent" else 1
    return [
        (write(letter), write(value)) for letter, value in list(pairs)[first:] if letter != value
    ]


def _called(call: Call) -> str:
    others = [f"{letter}={value}" for letter, value in _own(call, text)]
    if call.law.name == "extent":
        return f"E({', '.join(others)})" if others else "E"
    return f"{call.law.name}({', '.join([text(call.arguments[0]), *others])})"


def _latex_call(call: Call) -> str:
    others = r",\,".join(f"{letter}={value}" for letter, value in _own(call, latex))
    if call.law.name == "extent":
        return f"E_{{{others}}}" if others else "E"
    name = _LATEX_NAMES[call.law.name]
    below = f"_{{{others}}}" if others else ""
    return rf"{name}{below}\left({latex(call.arguments[0])}\right)"


def claim_text(claim: Claim) -> str:
    """Write a claim as plain text."""
    if isinstance(claim, Iff):
        return "\n  just when\n".join(map(_side, (claim.left, claim.right)))
    if isinstance(claim, Term) and claim.word == "iff":
        return "\n  just when\n".join(map(text, claim.args))
    return _side(claim)


def _side(side: Side) -> str:
    if isinstance(side, All):
        where = " and ".join(map(text, conjuncts(side.where)))
        such = f" with {where}" if where else ""
        return f"for all {_names(side)}{such}: {text(side.body)}"
    if isinstance(side, Some):
        return f"there is {_names(side)} with {text(side.body)}"
    return text(side)


def claim_latex(claim: Claim) -> str:
    """Write a claim as LaTeX."""
    if isinstance(claim, Iff):
        left, right = _latex_side(claim.left), _latex_side(claim.right)
        return rf"\left({left}\right) \iff \left({right}\right)"
    return _latex_side(claim)


def _latex_side(side: Side) -> str:
    if isinstance(side, All):
        where = r" \land ".join(map(latex, conjuncts(side.where)))
        bound = where if where and len(side.names) == 1 else _names(side)
        return rf"\forall\, {bound}:\; {latex(side.body)}"
    if isinstance(side, Some):
        return rf"\exists\, {_names(side)}:\; {latex(side.body)}"
    return latex(side)


def _names(side: All | Some) -> str:
    return ", ".join(str(one.args[0]) for one in side.names)
