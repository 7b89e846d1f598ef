"""Statements read back from Coq files: what Coq was asked, as terms again.

The exporter could write something else than the statement. So the files are parsed here, by a
parser that shares no code with it, definitions are unfolded, and the result is compared with the
theorem (`differences`). Precedences are those of Coq's reference manual.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from symconv.book.statements.statement import All, Iff, Some, Theorem
from symconv.terms import Term, conjuncts, constant, substitute, variable

_TOKEN = re.compile(
    r"\s*(?:(\d+)|([A-Za-z_][\w.]*\w|[A-Za-z_])|"
    r"(<->|->|/\\|\\/|<=\?|<\?|=\?|<=|:=|[-+*/()<=~,:.]))"
)
COMMENT = re.compile(r"\(\*.*?\*\)", re.DOTALL)
_ENTRY = re.compile(r"\b(Theorem|Definition)\s+(\w+)\b(.*?)(?:\nProof\.|\.\n)", re.DOTALL)
_LEVELS = {
    "->": (99, "right"), "<->": (95, "none"), "\\/": (85, "right"), "/\\": (80, "right"),
    "<=": (70, "none"), "<": (70, "none"), "=": (70, "none"),
    "<=?": (70, "none"), "<?": (70, "none"), "=?": (70, "none"),
    "+": (50, "left"), "-": (50, "left"), "*": (40, "left"), "/": (40, "left"), "mod": (40, "left"),
}  # fmt: skip
_WORDS = {
    "<->": "iff", "\\/": "or", "/\\": "and", "<=": "le", "<": "lt", "=": "eq", "<=?": "le",
    "<?": "lt", "=?": "eq", "+": "add", "-": "sub", "*": "mul", "/": "floordiv", "mod": "mod",
}  # fmt: skip
_FUNCTIONS = {
    "Z.min": "min", "Z.max": "max", "andb": "and", "orb": "or", "negb": "not", "Bool.eqb": "iff",
}  # fmt: skip
_KEYWORDS = {"if", "then", "else", "forall", "exists", "mod"}


@dataclass(frozen=True)
class _Definition:
    """A law as a file defines it."""

    letters: tuple[str, ...]
    term: Term


@dataclass(frozen=True)
class _Implies:
    """One hypothesis before the rest of a statement."""

    hypothesis: Any
    rest: Any


@dataclass(frozen=True)
class _Bound:
    """A quantifier."""

    word: str
    names: tuple[str, ...]
    body: Any


class ReadingError(ValueError):
    """A file that is not what this parser knows."""


class _Parser:
    def __init__(self, text: str, known: Mapping[str, _Definition]) -> None:
        self.known, self.tokens, self.place = known, [], 0
        text = text.strip()
        at = 0
        while at < len(text):
            found = _TOKEN.match(text, at)
            if not found:
                raise ReadingError(f"what is {text[at : at + 20]!r}?")
            self.tokens.append(found[1] or found[2] or found[3])
            at = found.end()

    @property
    def next(self) -> str:
        return self.tokens[self.place] if self.place < len(self.tokens) else ""

    def take(self, wanted: str = "") -> str:
        token = self.next
        if (wanted and token != wanted) or not token:
            raise ReadingError(f"{wanted or 'something'} was expected, not {token!r}")
        self.place += 1
        return token

    def whole(self) -> Any:
        found = self.expression(200)
        if self.next:
            raise ReadingError(f"{self.next!r} is left over")
        return found

    def expression(self, loosest: int) -> Any:
        """Read what holds together at least as tightly as a level."""
        if self.next in ("forall", "exists") and loosest >= 200:
            word, names = self.take(), []
            while self.next != ":":
                names.append(self.take())
            self.take(":")
            self.take("Z")
            self.take(",")
            return _Bound(word, tuple(names), self.expression(200))
        if self.next == "~":
            self.take()
            left = self.negated(self.expression(75))
            reached = 75
        else:
            left, reached = self.application(), 10
        while self.next in _LEVELS:
            level, side = _LEVELS[self.next]
            if level > loosest or (reached >= level and side != "left" and reached != 10):
                break
            sign = self.take()
            right = self.expression(level if side == "right" else level - 1)
            left, reached = self.joined(sign, left, right), level
        return left

    @staticmethod
    def negated(what: Any) -> Any:
        return Term("not", what) if isinstance(what, Term) else ("not", what)

    @staticmethod
    def joined(sign: str, left: Any, right: Any) -> Any:
        if sign == "->":
            return _Implies(left, right)
        if isinstance(left, Term) and isinstance(right, Term):
            return Term(_WORDS[sign], left, right)
        if sign == "<->":
            return ("iff", left, right)
        raise ReadingError(f"{sign} between {left!r} and {right!r}")

    def application(self) -> Any:
        head = self.next
        if head in _FUNCTIONS:
            self.take()
            word = _FUNCTIONS[head]
            return Term(word, *(self.atom() for _ in range(1 if word == "not" else 2)))
        if head in self.known:
            self.take()
            law = self.known[head]
            arguments = {variable(letter): self.atom() for letter in law.letters}
            return substitute(law.term, arguments)
        return self.atom()

    def atom(self) -> Any:
        piece = self.take()
        if piece == "(" and self.next == "-" and self.tokens[self.place + 1].isdigit():
            self.take()
            value = -int(self.take())
            self.take(")")
            return constant(value)
        if piece == "(":
            inner = self.expression(200)
            self.take(")")
            return inner
        if piece == "if":
            condition = self.expression(200)
            self.take("then")
            then = self.expression(200)
            self.take("else")
            return Term("if", condition, then, self.expression(200))
        if piece.isdigit():
            return constant(int(piece))
        if re.fullmatch(r"[A-Za-z_]\w*", piece) and piece not in _KEYWORDS:
            return variable(piece)
        raise ReadingError(f"{piece!r} is no number and no name")


def definitions_in(text: str) -> dict[str, _Definition]:
    """Read the definitions of a file."""
    found: dict[str, _Definition] = {}
    for kind, name, rest in _ENTRY.findall(COMMENT.sub(" ", text)):
        if kind == "Definition":
            head, _, body = rest.partition(":=")
            letters = tuple(head.partition("(")[2].partition(":")[0].split())
            found[name] = _Definition(letters, _Parser(body, found).whole())
    return found


def statements_in(text: str, known: Mapping[str, _Definition]) -> dict[str, Any]:
    """Read the statements of a file, by their names."""
    return {
        name: _Parser(rest.partition(":")[2].rstrip().removesuffix("."), known).whole()
        for kind, name, rest in _ENTRY.findall(COMMENT.sub(" ", text))
        if kind == "Theorem"
    }


def differences(theorem: Theorem, read: Any) -> list[str]:
    """Say how a statement that was read back differs from its theorem; nothing if it does not."""
    if theorem.expected == "refuted":
        if not (isinstance(read, tuple) and read[0] == "not"):
            if not (isinstance(read, Term) and read.word == "not"):
                return ["it is not stated as false"]
            read = read.args[0]
        else:
            read = read[1]
    letters: tuple[str, ...] = ()
    if isinstance(read, _Bound) and theorem.letters:
        if read.word != "forall":
            return ["its letters are not universal"]
        letters, read = read.names, read.body
    hypotheses = []
    for _ in theorem.hypotheses:
        if not isinstance(read, _Implies):
            return ["a hypothesis is missing"]
        hypotheses.append(read.hypothesis)
        read = read.rest
    found = []
    if letters != theorem.letters:
        found.append(f"letters {letters}, not {theorem.letters}")
    if tuple(hypotheses) != theorem.hypotheses:
        found.append("other hypotheses")
    if _shape(read) != _wanted(theorem.claim):
        found.append(f"another claim: {_shape(read)}")
    return found


def _shape(read: Any) -> Any:
    """Return a claim that was read as plain values that compare."""
    if isinstance(read, tuple):
        return (read[0], *map(_shape, read[1:]))
    if isinstance(read, _Bound):
        conditions, body = [], read.body
        while isinstance(body, _Implies):
            conditions.append(body.hypothesis)
            body = body.rest
        return (read.word, read.names, tuple(conditions), body)
    return read


def _wanted(claim: Any) -> Any:
    """Return a theorem's claim as the same plain values."""
    if isinstance(claim, Iff):
        left, right = _wanted(claim.left), _wanted(claim.right)
        terms = isinstance(left, Term) and isinstance(right, Term)
        return left.iff(right) if terms else ("iff", left, right)
    if isinstance(claim, All):
        names = tuple(one.args[0] for one in claim.names)
        return ("forall", names, conjuncts(claim.where), claim.body)
    if isinstance(claim, Some):
        return ("exists", tuple(one.args[0] for one in claim.names), (), claim.body)
    return claim
