"""What Coq objects to, in plain words: which goal of a statement its tactics did not close.

Every line of a script that proves something proves one goal, and the goals come in the order in
which Z3 takes them (`symconv.book.statements.goals`). So the line that Coq names tells the goal.
"""

from __future__ import annotations

import re

from symconv.book.coq.reading_back import COMMENT
from symconv.book.statements.goals import goals
from symconv.book.statements.statement import Theorem
from symconv.errors import shown

_ERROR = re.compile(
    r'File "(?:\./)?([^"]+)", line (\d+), characters [\d-]+:\s*Error:\s*(.*)', re.DOTALL
)
_PROVES = re.compile(r"^\s+(?:- )?(?:assert \(|pose proof \(|sizes\.$)")
"""How a line begins that proves a goal."""


def objection(said: str, file: str, text: str, theorem: Theorem) -> str:
    """Say what the compiler said of the file of one statement, in a sentence.

    Args:
        said: its message.
        file: the name of the file.
        text: what stands in it.
        theorem: the statement as it stands there.
    """
    told = _ERROR.search(said)
    if told is None or told[1] != file:
        return f"Coq does not accept {file}: {on_one_line(said)}"
    line, message = int(told[2]), told[3]
    goal = _goal(text, line, theorem)
    if not goal or message.startswith(("Syntax error", "The reference", "Illegal")):
        return f"Coq does not accept {file}, line {line}: {on_one_line(message)}"
    return f"Coq's tactics do not close {goal} ({file}, line {line})"


def _goal(text: str, line: int, theorem: Theorem) -> str:
    """Return the goal that a line of a script proves; nothing if it is no line of a script."""
    code = COMMENT.sub(lambda comment: "\n" * comment[0].count("\n"), text)
    lines = code.splitlines()[:line]
    if "Proof." not in lines:
        return ""
    if theorem.expected == "refuted":
        return "what is left with the numbers of the counterexample"
    proved = sum(map(bool, map(_PROVES.match, lines)))
    if not proved or not _PROVES.match(lines[-1]):
        return ""
    says = [goal.says for goal in goals(theorem)][proved - 1]
    return f"the goal «{says or 'a step'}»"


def on_one_line(said: str) -> str:
    """Return the beginning of a message, in quotation marks."""
    return shown(" ".join(said.split()), 160)
