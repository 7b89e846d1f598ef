"""Laws and theorems as Gallina: definitions, and statements with the laws in them by name."""

from __future__ import annotations

from symconv.book.statements.calls import Law, folded, laws
from symconv.book.statements.statement import All, Claim, Iff, Side, Some, Theorem
from symconv.meanings.gallina import Piece, applied, piece
from symconv.terms import Term, conjuncts

HEAD = """Require Import ZArith.
From Symconv Require Import Prelude.
Open Scope Z_scope."""
_CALL = 6
"""A function with its arguments holds together as a product does, or more tightly."""


def definitions() -> str:
    """Write the definitions of the laws, those first that others are made of."""
    return "\n".join([HEAD, "", *(definition(law) for law in reversed(laws()))])


def definition(law: Law) -> str:
    """Write the definition of a law, with the smaller laws in it by their names."""
    smaller = laws()[laws().index(law) + 1 :]
    names = " ".join(str(letter.args[0]) for letter in law.letters)
    return (
        f"Definition {law.name} ({names} : Z) : Z :=\n  {written(law.term, smaller)}.\n"
        f"#[export] Hint Unfold {law.name} : laws.\n"
    )


def comment(said: str) -> str:
    """Return a sentence as it may stand in a comment: on one line, and without an end of it."""
    said = "".join(sign if sign.isprintable() else " " for sign in said)
    return said.replace("*)", "* )").replace("(*", "( *").replace('"', "'")


def written(term: Term, named: tuple[Law, ...] | None = None) -> str:
    """Write a term as Gallina, with these laws (by default all) in it by their names."""
    return _piece(term, named).text


def _piece(term: Term, named: tuple[Law, ...] | None) -> Piece:
    short, calls = folded(term, named)
    names = {
        name: Piece(applied(call.law.name, *(_piece(one, named) for one in call.arguments)), _CALL)
        for name, call in calls.items()
    }
    return piece(short, names)


def statement(theorem: Theorem) -> str:
    """Write what a theorem says; of a false one, that it does not hold."""
    hypotheses = [f"{written(one)} ->" for one in theorem.hypotheses]
    bound = [f"forall {' '.join(theorem.letters)} : Z,"] if theorem.letters else []
    lines = [*bound, *hypotheses, claimed(theorem.claim)]
    if theorem.expected == "refuted":
        return "~ (" + "\n    ".join(lines) + ")"
    return "\n  ".join(lines)


def claimed(claim: Claim) -> str:
    """Write a claim."""
    if isinstance(claim, Iff):
        return f"({_side(claim.left)} <->\n   {_side(claim.right)})"
    return _side(claim)


def _side(side: Side) -> str:
    if isinstance(side, All):
        conditions = [f"{written(one)} ->" for one in conjuncts(side.where)]
        return " ".join([f"(forall {names(side)} : Z,", *conditions, written(side.body)]) + ")"
    if isinstance(side, Some):
        return f"(exists {names(side)} : Z, {written(side.body)})"
    return f"({written(side)})"


def names(side: All | Some) -> str:
    """Return the variables that a side binds."""
    return " ".join(str(one.args[0]) for one in side.names)
