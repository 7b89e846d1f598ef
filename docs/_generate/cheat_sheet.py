"""The cheat sheet: laws, rules and traps, on one screen and on one sheet of paper.

    cheat_sheet.en.md, cheat_sheet.zh.md    what stands on it, and in which order

They ask for formulas and for what torch's traps are by comments: `<!-- laws -->`, `<!-- traps -->`,
`<!-- letters -->`, and `<!-- rule: upsampling_plain -->` for what a theorem says.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path

from _generate.laws import by_law
from _generate.markdown import inline, items, page, sentence
from _generate.theorem_parts import claim, link
from _generate.tongues import ENGLISH, TONGUES, Tongue
from _generate.traps import traps
from symconv.book.statements.chapters import THEOREMS
from symconv.meanings import notation
from symconv.operators import OPERATORS
from symconv.operators.letters import extent
from symconv.terms import variable, variables
from symconv.vocabulary import VOCABULARY

HERE = Path(__file__).parent
ALONE = "---\nhide-toc: true\n---\n\n"
"""The page has no list of contents: all of it is on the screen."""
PAPER = "```{raw} html\n<style>@page { size: A4; margin: 9mm 10mm }</style>\n```\n"
"""What the sheet is printed on."""
_ASKED = re.compile(r"<!-- (\w+)(?:: (\w+))? -->")


def pages() -> dict[str, str]:
    """Return the sheet in every language."""
    return {f"{path(tongue)}.md": sheet(tongue) for tongue in TONGUES}


def path(tongue: Tongue) -> str:
    """Return where the sheet is, below `_generated`."""
    return "cheat_sheet" if tongue is ENGLISH else f"{tongue.name}_cheat_sheet"


def sheet(tongue: Tongue) -> str:
    """Write the sheet.

    Raises:
        KeyError: it asks for what there is not.
    """
    text = (HERE / f"cheat_sheet.{tongue.name}.md").read_text(encoding="utf-8")
    contents = _ASKED.sub(partial(_answer, tongue), text)
    label = f"{tongue.prefix}cheat-sheet"
    return ALONE + page(tongue("Cheat sheet"), label, PAPER, contents)


def _answer(tongue: Tongue, comment: re.Match[str]) -> str:
    """Write what a comment asks for."""
    part, name = comment.groups()
    return rule(name, tongue) if part == "rule" else PARTS[part](tongue)


def letters(tongue: Tongue) -> str:
    """Say what the letters of the laws are called in torch, and what the extent is."""
    in_laws = set(variables(*(operator.size for operator in OPERATORS.values())))
    named = [
        f"{inline(variable(letter))} `{word.torch}`"
        for letter, word in VOCABULARY.items()
        if letter in in_laws | {"W", "O", "P"}
    ]
    abbreviation = tongue("{} extent", f"$E = {notation.latex(extent)}$")
    return tongue(", ").join([*named, abbreviation])


def laws(_tongue: Tongue) -> str:
    """Write each law once, with the operators whose law it is."""
    return items(
        f"${latex}$ " + ", ".join(f"[`{name}`](#operator-{name})" for name in names)
        for latex, names in by_law().items()
    )


def rule(name: str, tongue: Tongue) -> str:
    """Write what a theorem says, as a sentence and as a formula, with a link to its proof."""
    entry = THEOREMS[name]
    says = sentence(tongue.of(entry.says, entry.zh))
    return f"{says} ${claim(entry)}$ {link(name, tongue)}"


def traps_of_torch(tongue: Tongue) -> str:
    """Write a line for each trap, which leads to the page that shows it."""
    return items(
        f"[{tongue.of(trap.line, trap.zh)}](operators/{trap.operators[0]}.md#traps)"
        for trap in traps()
    )


PARTS: Mapping[str, Callable[[Tongue], str]] = {
    "letters": letters,
    "laws": laws,
    "traps": traps_of_torch,
}
"""What a sheet may ask for, besides rules."""
