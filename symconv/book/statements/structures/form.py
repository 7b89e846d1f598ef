"""How formulas are written in LaTeX and in plain text: signs, brackets, how tightly they hold."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import NamedTuple

LEVELS = (
    "loosest", "iff", "or", "and", "comparison", "list", "sum", "product", "signed", "power",
    "atom",
)  # fmt: skip
"""How tightly a formula holds together, from the loosest on."""


class Infix(NamedTuple):
    """How a sign between two formulas is written.

    Attributes:
        text: the sign in plain text.
        latex: the sign in LaTeX.
        level: how tightly the whole holds together.
        left: what may stand at its left without brackets.
        right: what may stand at its right.
    """

    text: str
    latex: str
    level: str
    left: str
    right: str

    def sign(self, latex: bool) -> str:
        """Return the sign."""
        return self.latex if latex else self.text


INFIXES = {
    "->": Infix(" => ", r" \implies ", "loosest", "iff", "loosest"),
    "<->": Infix(" just when ", r" \iff ", "iff", "or", "or"),
    "\\/": Infix(" or ", r" \lor ", "or", "and", "or"),
    "/\\": Infix(" and ", r" \land ", "and", "comparison", "and"),
    "=": Infix(" == ", " = ", "comparison", "list", "list"),
    "<>": Infix(" != ", r" \ne ", "comparison", "list", "list"),
    "<=": Infix(" <= ", r" \le ", "comparison", "list", "list"),
    "<": Infix(" < ", " < ", "comparison", "list", "list"),
    ">=": Infix(" >= ", r" \ge ", "comparison", "list", "list"),
    ">": Infix(" > ", " > ", "comparison", "list", "list"),
    "=?": Infix(" == ", " = ", "comparison", "list", "list"),
    "<=?": Infix(" <= ", r" \le ", "comparison", "list", "list"),
    "<?": Infix(" < ", " < ", "comparison", "list", "list"),
    "&&": Infix(" and ", r" \land ", "and", "and", "comparison"),
    "|": Infix(" divides ", r" \mid ", "comparison", "sum", "sum"),
    "::": Infix(" :: ", r" \mathbin{{:}{:}} ", "list", "sum", "list"),
    "++": Infix(" ++ ", r" \mathbin{{+}{+}} ", "list", "sum", "list"),
    "+": Infix(" + ", " + ", "sum", "sum", "product"),
    "-": Infix(" - ", " - ", "sum", "sum", "product"),
    "*": Infix("*", " ", "product", "product", "signed"),
    "/": Infix("//", "", "product", "product", "signed"),
    "mod": Infix(" % ", r" \bmod ", "product", "product", "signed"),
    "^": Infix("**", "^", "power", "atom", "atom"),
}
CHAINED = ("<=", "<")
"""Comparisons of which two with the same middle are written as one."""


class Piece(NamedTuple):
    """A formula as it is written, and how tightly it holds together."""

    text: str
    level: str

    def within(self, level: str, brackets: str) -> str:
        """Return it as it stands where something of a level is wanted."""
        tight = LEVELS.index(self.level) >= LEVELS.index(level)
        return self.text if tight else brackets.format(self.text)


class Fitted(NamedTuple):
    """A piece in a template: `{W}` as it is, `{W:sum}` with brackets where a sum needs them."""

    piece: Piece
    brackets: str

    def __format__(self, level: str) -> str:
        return self.piece.within(level or "loosest", self.brackets)


@dataclass(frozen=True)
class Form:
    """How formulas are written in one kind of document.

    Attributes:
        latex: whether it is LaTeX.
        brackets: how a part is put into brackets.
        words: the quantifiers.
        named: how a name is written.
        applied: how a function that is a letter is applied to one argument.
        call: how anything else is applied.
        choice: how one of two is written, as a condition has it.
        joint: what stands between conditions that all hold.
        own: what stands around letters that are anything else than themselves, and between them.
        sign: how a notion without a sign of its own is called.
    """

    latex: bool
    brackets: str
    words: Mapping[str, str]
    named: Callable[[str], str]
    applied: str
    call: str
    choice: str
    joint: str
    own: tuple[str, str]
    sign: str

    def escaped(self, word: str) -> str:
        """Return a word as it may stand in the document."""
        return word.replace("_", r"\_") if self.latex else word


def latex_name(name: str) -> str:
    """Write a name in LaTeX: a letter, with what stands behind it, or a word."""
    base = name.rstrip("'")
    shown = (
        base if base.isalpha() and len(base) == 1 else r"\mathrm{" + base.replace("_", r"\_") + "}"
    )
    return shown + name[len(base) :]


TEXT = Form(
    False, "({})", {"forall": "for all {}: {}", "exists": "there is {} with {}",
    "exists several": "there are {} with {}", "fun": "{} -> {}"},
    str, "{}[{}]", "{}({})", "{1} if {0} else {2}", " and ", (", {}", ", "), "{}",
)  # fmt: skip
LATEX = Form(
    True, r"\left({}\right)",
    {
        "forall": r"\forall\, {}:\; {}", "exists": r"\exists\, {}:\; {}",
        "exists several": r"\exists\, {}:\; {}", "fun": r"{} \mapsto {}",
    },
    latex_name, "{}_{{{}}}", r"{}\left({}\right)",
    r"\begin{{cases}} {1} & \text{{if }} {0} \\ {2} & \text{{otherwise}} \end{{cases}}",
    r" \land ", ("_{{{}}}", r",\,"), r"\operatorname{{{}}}",
)  # fmt: skip
