"""An answer of `solve` as a proposition with its proof: what was asked, all solutions, why all."""

from __future__ import annotations

import re
from collections.abc import Iterator

from symconv.families import Family
from symconv.meanings.notation import latex
from symconv.operators.window import ceil_mode
from symconv.questions.conflicts import Conflict, Sentence
from symconv.questions.documents import Line, closing, opening
from symconv.solving.closed import families_in
from symconv.solving.problem import Problem
from symconv.solving.result import LayerSolution
from symconv.solving.rules import forcing
from symconv.terms import chosen, conjuncts, substitute, variable, variables

TITLE = "Which settings do what is asked"
MOST_ROWS = 100
"""How many settings a proposition lists."""


def lines(answer: LayerSolution) -> Iterator[Line]:
    """Yield the proposition that an answer is, with its proof; for each axis where they differ."""
    yield from opening(TITLE, f"{_chain(answer.problem)}: {answer.says}")
    for number, axis in enumerate(answer.axes or (answer,), 1):
        if answer.axes:
            yield Line("text", f"Along axis {number}:")
        yield from _proposition(axis)
    if answer.shared and answer.verdict == "solved":
        names = " and ".join(map(answer.problem.layer.parameter_of, answer.shared))
        yield Line("text", f"What all axes share is the same on each: {names}.")
    yield from closing(answer.verified)


def _chain(problem: Problem) -> str:
    return " -> ".join(f"`{layer!r}`" for layer in problem.chain)


def _proposition(answer: LayerSolution) -> Iterator[Line]:
    if answer.verdict == "unknown":
        yield Line("text", f"This is not known: {answer.reason}.")
    elif answer.verdict == "infeasible":
        yield from _none(answer)
    elif answer.families and all(family.complete.proved for family in answer.families):
        yield from _all(answer)
    else:
        yield from _listed(answer)


def _asked(problem: Problem) -> str:
    """Say what is asked of the law."""
    goal = problem.goal
    if goal.kind == "pair":
        size = goal.least_input
        return f"an input of {size} cells gives {goal.gives(size)}"
    taken = " that is taken" if problem.proved_one_by_one and not goal.named else ""
    meant = f"every input of $W$ cells with ${latex(goal.inputs)}${taken}"
    return f"{meant} gives ${latex(goal.output)}$"


def _begun(text: str) -> str:
    """Begin a sentence."""
    return text[:1].upper() + text[1:]


def _all(answer: LayerSolution) -> Iterator[Line]:
    """Yield the families, and the proof that there are no other settings."""
    families = answer.families
    together = " or ".join(map(_family, families))
    yield Line("proposition", f"{_begun(_asked(answer.problem))} just when {together}.")
    yield Line("proof", "With the letters of the law:")
    for problem in answer.problems:
        law = chosen(substitute(problem.operator.size, {ceil_mode: int(problem.ceil)}))
        yield Line("step", f"The law is $O = {latex(law)}$.")
        yield from _required(problem)
        rule = problem.condition
        if rule is not None:
            at = ", ".join(f"${latex(size)}$" for size in forcing(problem.goal))
            yield Line(
                "step",
                f"It gives what is asked for all inputs just when ${latex(rule.statement)}$: the "
                f"inputs {at} force that, and from it every input follows (Z3).",
            )
        yield Line("step", "Every setting that meets all this is in a family (Z3):")
        for form in families_in(problem):
            yield Line("need", f"${latex(form.member)}$")
    yield Line("end", "")


def _family(family: Family) -> str:
    """Write a family as mathematics."""
    letters = ", ".join(
        f"{latex(variable(letter))} = {latex(term)}"
        for letter, term in family.letters.items()
        if term is not variable(letter)
    )
    domain = [latex(part) for part in conjuncts(family.domain)]
    return f"${letters}$" + (f" with ${', '.join(domain)}$" if domain else "")


def _required(problem: Problem) -> Iterator[Line]:
    """Yield everything else that must hold."""
    others = [sentence for sentence in problem.sentences if sentence.kind != "goal"]
    yield Line("step", "Besides, there must hold:")
    for sentence in others:
        yield Line("need", stated(sentence))


def _listed(answer: LayerSolution) -> Iterator[Line]:
    """Yield the listed settings, and why these are all, or the first."""
    yield from rows_listed(answer, _begun(_asked(answer.problem)))
    whole = lists_all(answer)
    alone = any(problem.proved_one_by_one for problem in answer.problems)
    follows = "Of a setting that does this, all" if alone else "A setting does this just when all"
    yield Line("proof", f"{follows} of the following holds:")
    for problem in answer.problems:
        for sentence in problem.sentences:
            yield Line("step", stated(sentence))
    how = "Its integer solutions were found by elimination, letter by letter"
    if alone:
        how += "; which of them do it for every input was proved of each by itself"
    if alone and whole and not answer.problem.goal.named:
        how += f", and none refuses {answer.problem.first} cells to take larger inputs alone (Z3)"
    count = "" if answer.count is None or whole else f"; there are {answer.count} of them"
    yield Line("text", f"{how}{', and there are no others' if whole else count}.")
    yield Line("end", "")


def lists_all(answer: LayerSolution) -> bool:
    """Whether a proposition lists all settings, and not the first of them only."""
    return answer.exhausted and len(answer) <= MOST_ROWS


def rows_listed(answer: LayerSolution, claim: str, of: str = "") -> Iterator[Line]:
    """Yield that a claim holds for the settings of an answer, and for which.

    Args:
        answer: what is listed.
        claim: what holds for the settings.
        of: whose settings they are, where the claim is not about one layer.
    """
    what = "just for these settings" if lists_all(answer) else "for these settings"
    order = "" if lists_all(answer) else ", the first in order"
    yield Line("proposition", f"{claim} {what}{of}{order}:")
    for row in answer.settings[:MOST_ROWS]:
        numbers = ", ".join(f"{name} = {value}" for name, value in answer.named(row).items())
        takes = answer.seen(row).get("takes")
        yield Line("step", f"`{numbers}`" + (f", which takes {takes}" if takes else ""))


def _none(answer: LayerSolution) -> Iterator[Line]:
    """Yield that there is no setting, and the sentences that contradict each other."""
    yield Line("proposition", f"No setting does it: that {_asked(answer.problem)}.")
    yield from contradiction(answer.conflict or Conflict())


def contradiction(conflict: Conflict) -> Iterator[Line]:
    """Yield the proof that there is no setting: the sentences that contradict each other."""
    yield Line("proof", "These cannot hold together:")
    for sentence in conflict.sentences:
        yield Line("step", stated(sentence))
    spared = "None of them can be spared." if conflict.minimal else ""
    yield Line("text", " ".join(filter(None, (conflict.ground, spared))))
    yield Line("end", "")


def stated(sentence: Sentence) -> str:
    """Write a sentence with its formula, names in it as code."""
    says = sentence.says.partition(": ")[0] if sentence.kind == "goal" else sentence.says
    named = (f"`{word}`" if "_" in word else word for word in re.split(r"([ ,;:])", says))
    formula = f": ${latex(chosen(sentence.term))}$" if variables(sentence.term) else ""
    return f"{''.join(named)}{formula}"
