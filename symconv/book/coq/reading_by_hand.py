r"""Files written by hand, read as formulas: their statements and their definitions.

Structural statements are compared with what is read here (`symconv.book.coq.by_hand`). The parser
knows the part of Gallina that these files use and refuses the rest. What Coq has as notation is
read as what it stands for: `a <= b < c` is `a <= b /\ b < c`, and `forall x, forall y` is
`forall x y`. Precedences are those of Coq's reference manual.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from symconv.book.coq.reading_back import COMMENT, ReadingError
from symconv.book.statements.structures.formula import (
    Binding,
    Cases,
    Formula,
    Name,
    Number,
    both,
    bound,
    sign,
)

_TOKEN = re.compile(
    r"\s*(?:(\d+|[A-Za-z_][\w']*(?:\.[A-Za-z_][\w']*)*)|"
    r"(<->|->|=>|/\\|\\/|<=\?|<\?|=\?|<=|>=|<>|:=|::|\+\+|&&|[-+*/^()<>=~,:;|{}\[\]]))"
)
_ENTRY = re.compile(
    r"\b(Theorem|Lemma|Corollary|Definition|Fixpoint|Record|Hypothesis|Let)\s+([\w']+)(.*?)\.(?=\s)",
    re.DOTALL,
)
_LEVELS = {
    "->": (99, "right"), "<->": (95, "none"), "\\/": (85, "right"), "/\\": (80, "right"),
    "<=": (70, "none"), "<": (70, "none"), ">=": (70, "none"), ">": (70, "none"),
    "=": (70, "none"), "<>": (70, "none"),
    "<=?": (70, "none"), "<?": (70, "none"), "=?": (70, "none"),
    "::": (60, "right"), "++": (60, "right"),
    "+": (50, "left"), "-": (50, "left"),
    "*": (40, "left"), "/": (40, "left"), "mod": (40, "left"), "&&": (40, "left"),
    "^": (30, "right"),
}  # fmt: skip
_CHAINED = ("<=", "<")
_SIGNED, _LOOSEST = 35, 200
_KEYWORDS = {
    *("forall", "exists", "fun", "if", "then", "else", "match", "with", "end", "mod", "let", "in"),
}  # fmt: skip


@dataclass(frozen=True)
class Defined:
    """A definition of a file.

    Attributes:
        kind: `Definition`, `Fixpoint` or `Record`.
        letters: what it is applied to; of a record, its fields.
        sort: what it comes to; empty where the file does not say so.
        means: what it means; nothing of a record.
    """

    kind: str
    letters: tuple[Binding, ...]
    sort: str
    means: Formula | None


def definitions_in(text: str) -> Iterator[tuple[str, Defined]]:
    """Yield the definitions of a file, each with its name.

    Raises:
        ReadingError: one is not what this parser knows.
    """
    for kind, name, rest in _ENTRY.findall(COMMENT.sub(" ", text)):
        if kind in ("Definition", "Fixpoint", "Record", "Let"):
            yield name, _Parser(rest).definition(kind)


def statements_in(text: str) -> Iterator[tuple[str, str, str]]:
    """Yield the statements of a file: what Coq calls the kind, the name, and the text."""
    for kind, name, rest in _ENTRY.findall(COMMENT.sub(" ", text)):
        if kind in ("Theorem", "Lemma", "Corollary", "Hypothesis"):
            yield kind, name, rest


def statement(rest: str) -> Formula:
    """Read what stands behind the name of a lemma.

    Raises:
        ReadingError: it is not what this parser knows.
    """
    parser = _Parser(rest)
    parser.take(":")
    return parser.whole()


class _Parser:
    def __init__(self, text: str) -> None:
        self.tokens, self.place, at = list[str](), 0, 0
        text = text.strip()
        while at < len(text):
            token = _TOKEN.match(text, at)
            if not token:
                raise ReadingError(f"what is {text[at : at + 20]!r}?")
            self.tokens.append(token[1] or token[2])
            at = token.end()

    @property
    def next(self) -> str:
        return self.tokens[self.place] if self.place < len(self.tokens) else ""

    def take(self, *wanted: str) -> str:
        token = self.next
        if not token or (wanted and token not in wanted):
            raise ReadingError(f"{' or '.join(wanted) or 'something'} was expected, not {token!r}")
        self.place += 1
        return token

    def accept(self, token: str) -> bool:
        taken = self.next == token
        self.place += taken
        return taken

    def whole(self) -> Formula:
        read = self.expression(_LOOSEST)
        if self.next:
            raise ReadingError(f"{self.next!r} is left over")
        return read

    def definition(self, kind: str) -> Defined:
        """Read a definition behind its name."""
        if kind == "Record":
            self.take(":=")
            return Defined(kind, self.fields(), "", None)
        letters: tuple[Binding, ...] = ()
        while self.next == "(":
            letters += self.group()
        sort = self.sort(":=") if self.accept(":") else ""
        self.take(":=")
        return Defined(kind, letters, sort, self.whole())

    def fields(self) -> tuple[Binding, ...]:
        self.take("{")
        read: list[Binding] = []
        while not self.accept("}"):
            name = self.take()
            self.take(":")
            read.append((name, self.sort(";", "}")))
            self.accept(";")
        if self.next:
            raise ReadingError(f"{self.next!r} is left over")
        return tuple(read)

    def group(self) -> tuple[Binding, ...]:
        """Read names with what they range over, in brackets."""
        self.take("(")
        read = self.names(")")
        self.take(")")
        return read

    def names(self, end: str) -> tuple[Binding, ...]:
        """Read names up to an end, with what they range over if that is said."""
        listing: list[str] = []
        while self.next not in (":", end):
            listing.append(self.name())
        sort = self.sort(end) if self.accept(":") else ""
        return tuple((name, sort) for name in listing)

    def name(self) -> str:
        token = self.take()
        if not re.match(r"[A-Za-z_]", token) or token in _KEYWORDS:
            raise ReadingError(f"{token!r} is no name")
        return token

    def sort(self, *ends: str) -> str:
        """Read what something ranges over, up to an end."""
        words, depth = list[str](), 0
        while depth or self.next not in ends:
            word = self.take()
            depth += {"(": 1, ")": -1}.get(word, 0)
            words.append(word)
        return " ".join(words).replace("( ", "(").replace(" )", ")")

    def binding(self, end: str) -> tuple[Binding, ...]:
        """Read all that a quantifier or a function binds."""
        read: tuple[Binding, ...] = ()
        if self.next != "(":
            read = self.names(end)
        while self.next == "(":
            read += self.group()
        self.take(end)
        return read

    def expression(self, loosest: int) -> Formula:
        """Read what holds together at least as tightly as a level."""
        if self.next in ("forall", "exists", "fun"):
            word = self.take()
            names = self.binding("=>" if word == "fun" else ",")
            return bound(word, names, self.expression(_LOOSEST))
        if self.accept("if"):
            condition = self.expression(_LOOSEST)
            self.take("then")
            then = self.expression(_LOOSEST)
            self.take("else")
            return sign("if", condition, then, self.expression(_LOOSEST))
        left, reached = self.signed()
        while self.next in _LEVELS:
            level, side = _LEVELS[self.next]
            if level > loosest or (reached >= level and side != "left"):
                break
            word = self.take()
            right = self.expression(level if side == "right" else level - 1)
            left, reached = sign(word, left, right), level
            if word in _CHAINED and self.next in _CHAINED:
                chained = self.take()
                left = both(left, sign(chained, right, self.expression(level - 1)))
        return left

    def signed(self) -> tuple[Formula, int]:
        """Read the first operand, and say how tightly it holds together."""
        if self.accept("-"):
            return sign("-", self.expression(_SIGNED)), _SIGNED
        head = self.atom()
        arguments = []
        while self.next and self.begins_atom():
            arguments.append(self.atom())
        return (head(*arguments) if arguments else head), 10

    def begins_atom(self) -> bool:
        return self.next in ("(", "[") or bool(
            re.match(r"\w", self.next) and self.next not in _KEYWORDS
        )

    def atom(self) -> Formula:
        if self.next == "match":
            return self.match()
        piece = self.take()
        if piece == "(":
            inner = self.expression(_LOOSEST)
            if self.accept("|"):
                inner = sign("|", inner, self.expression(_LOOSEST))
            self.take(")")
            return inner
        if piece == "[":
            elements: list[Formula] = []
            while not self.accept("]"):
                elements.append(self.expression(_LOOSEST))
                if self.next != "]":
                    self.take(";")
            return sign("[]", *elements)
        if piece.isdigit():
            return Number(int(piece))
        if re.match(r"[A-Za-z_]", piece) and piece not in _KEYWORDS:
            return Name(piece)
        raise ReadingError(f"{piece!r} is no number and no name")

    def match(self) -> Formula:
        self.take("match")
        subject = self.expression(_LOOSEST)
        self.take("with")
        self.accept("|")
        pairs = [self.case()]
        while self.accept("|"):
            pairs.append(self.case())
        self.take("end")
        return Cases(subject, tuple(pairs))

    def case(self) -> tuple[Formula, Formula]:
        pattern = self.expression(_LOOSEST)
        self.take("=>")
        return pattern, self.expression(_LOOSEST)
