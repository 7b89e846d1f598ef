r"""Statements as text and as LaTeX, with the laws in them by their names.

`conv(2*W)` is the law for an input of 2W; letters that are not their own are said, as in
`conv(W, P=0)`, in LaTeX below: \(\operatorname{conv}_{P=0}(W)\). `E` is the extent.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from symconv.book.page import Formula
from symconv.book.statements.calls import Call, Law, folded, length
from symconv.book.statements.calls import laws as all_laws
from symconv.book.statements.statement import All, Claim, Iff, Side, Some
from symconv.meanings import notation
from symconv.terms import Term, conjuncts, parts

Laws = tuple[Law, ...] | None
"""The laws that are written by their names; nothing: all that have one."""


def text(term: Term, laws: Laws = None) -> str:
    """Write a term as plain text, with these laws by their names."""
    if term.word == "iff":
        return " just when ".join(_loose(side, laws) for side in term.args)
    short, calls = folded(term, laws)
    return notation.text(short, words={name: _called(call) for name, call in calls.items()})


def _loose(side: Term, laws: Laws) -> str:
    """Write one side of an equivalence, in brackets where it has joints of its own."""
    found = text(side, laws)
    return f"({found})" if side.word in ("and", "or", "not", "iff") else found


def latex(term: Term, laws: Laws = None) -> str:
    """Write a term as LaTeX, with these laws by their names."""
    short, calls = folded(term, laws)
    return notation.latex(short, words={name: _latex_call(call) for name, call in calls.items()})


def laws_in(terms: Iterable[Term], laws: Laws = None) -> tuple[Law, ...]:
    """Return the laws that terms are written with, the larger first: those that define others.

    Args:
        terms: what is written.
        laws: the laws that are written by their names; by default all that have one.
    """
    named: dict[str, Law] = {}
    waiting = [(term, laws) for term in terms]
    while waiting:
        term, known = waiting.pop()
        _, calls = folded(term, known)
        for call in calls.values():
            waiting += ((argument, None) for argument in call.arguments)
            if call.law.name not in named:
                named[call.law.name] = call.law
                waiting.append((call.law.term, smaller(call.law)))
    return tuple(sorted(named.values(), key=lambda law: (-length(law.term), law.name)))


def smaller(law: Law) -> tuple[Law, ...]:
    """Return the laws by whose names a law's own formula is written."""
    return tuple(other for other in all_laws() if length(other.term) < length(law.term))


def definition(law: Law, laws: Laws = None) -> Formula:
    """Write what a law's name stands for, with these laws (by default all smaller) in it.

    >>> from symconv.book.statements.calls import laws
    >>> [definition(law).text for law in laws() if law.name in ("conv", "extent")]
    ['conv(W) == (W + 2*P - E)//S + 1', 'E == D*(F - 1) + 1']
    """
    call = Call(law, law.letters)
    known = tuple(other for other in smaller(law) if laws is None or other in laws)
    return Formula(
        f"{_called(call)} == {text(law.term, known)}",
        f"{_latex_call(call)} = {latex(law.term, known)}",
    )


def _own(call: Call, write: Callable[[Term], str]) -> list[tuple[str, str]]:
    """Return the letters of a call that do not stand for themselves, but for the input size."""
    pairs = list(zip(call.law.letters, call.arguments, strict=True))
    others = pairs[1:] if call.law.of_a_size else pairs
    return [(write(letter), write(value)) for letter, value in others if letter != value]


def _called(call: Call) -> str:
    inside = [text(call.arguments[0])] if call.law.of_a_size else []
    inside += [f"{letter}={value}" for letter, value in _own(call, text)]
    name = call.law.shown
    return f"{name}({', '.join(inside)})" if inside else name


def _latex_call(call: Call) -> str:
    others = r",\,".join(f"{letter}={value}" for letter, value in _own(call, latex))
    below = f"_{{{others}}}" if others else ""
    name = call.law.latex or _latex_name(call.law.name)
    size = rf"\left({latex(call.arguments[0])}\right)" if call.law.of_a_size else ""
    return f"{name}{below}{size}"


def _latex_name(name: str) -> str:
    r"""Write the name of a law.

    >>> print(_latex_name("conv_transpose"), _latex_name("pool_ceil"))
    \operatorname{conv}^{\mathsf{T}} \operatorname{pool\_ceil}
    """
    base = name.removesuffix("_transpose")
    plain = base.replace("_", r"\_")
    return rf"\operatorname{{{plain}}}" + (r"^{\mathsf{T}}" if base != name else "")


def claim_text(claim: Claim, laws: Laws = None) -> str:
    """Write a claim as plain text."""
    if isinstance(claim, Iff):
        return "\n  just when\n".join(_side(one, laws) for one in (claim.left, claim.right))
    if isinstance(claim, Term) and claim.word == "iff":
        return "\n  just when\n".join(text(one, laws) for one in claim.args)
    return _side(claim, laws)


def _side(side: Side, laws: Laws) -> str:
    if isinstance(side, All):
        where = " and ".join(text(one, laws) for one in conjuncts(side.where))
        such = f" with {where}" if where else ""
        return f"for all {_names(side)}{such}: {text(side.body, laws)}"
    if isinstance(side, Some):
        return f"there is {_names(side)} with {text(side.body, laws)}"
    return text(side, laws)


def claim_latex(claim: Claim, laws: Laws = None) -> str:
    """Write a claim as LaTeX."""
    if isinstance(claim, Iff):
        left, right = _latex_side(claim.left, laws), _latex_side(claim.right, laws)
        return rf"\left({left}\right) \iff \left({right}\right)"
    return _latex_side(claim, laws)


def _latex_side(side: Side, laws: Laws) -> str:
    if isinstance(side, All):
        where = r" \land ".join(latex(part, laws) for part in conjuncts(side.where))
        names = _latex_names(side)
        speaks_of_it = len(side.names) == 1 and {*side.names} <= {*parts(side.where)}
        bound = where if speaks_of_it else ",\\; ".join(filter(None, [names, where]))
        return rf"\forall\, {bound}:\; {latex(side.body, laws)}"
    if isinstance(side, Some):
        return rf"\exists\, {_latex_names(side)}:\; {latex(side.body, laws)}"
    return latex(side, laws)


def _latex_names(side: All | Some) -> str:
    return ", ".join(map(notation.latex, side.names))


def _names(side: All | Some) -> str:
    return ", ".join(str(one.args[0]) for one in side.names)
