"""Arguments of theorems: each step says why, in English and in Chinese, and says something new."""

import shlex
from dataclasses import replace

import pytest

from symconv.book.asking import prove
from symconv.book.statements.chapters import CHAPTERS, THEOREMS
from symconv.book.statements.goals import Goal, goals
from symconv.book.statements.statement import Have, Iff, Theorem
from symconv.cli import main
from symconv.terms import conjuncts

STATED = [one for one in THEOREMS.values() if isinstance(one, Theorem)]
ARGUED = [one for one in STATED if one.zh]


def steps_of(theorem: Theorem) -> list[Have]:
    claim = theorem.claim
    ways = [*claim.forth, *claim.back] if isinstance(claim, Iff) else []
    return [*theorem.steps, *ways]


def idle(goal: Goal) -> bool:
    """Whether a goal says nothing new: both its sides are one term, or it was given."""
    same = goal.claim.word in ("eq", "iff") and goal.claim.args[0] is goal.claim.args[1]
    known = {part for term in goal.given for part in conjuncts(term)}
    return same or {*conjuncts(goal.claim)} <= known


def faults(theorem: Theorem) -> list[str]:
    """Say what a reader would stumble over in a theorem's argument.

    The last step may reach the claim itself, which is then not shown a second time.
    """
    steps = steps_of(theorem)
    faulty = [f"no Chinese: {step.says}" for step in steps if not _chinese(step.zh)]
    faulty += [f"no sentence: {step.says}" for step in steps if not step.says.endswith(".")]
    faulty += [
        f"nothing new: {goal.says}" for goal in goals(theorem) if goal.kind == "step" and idle(goal)
    ]
    if theorem.expected == "proved" and not steps and not evident(theorem):
        faulty.append("no step")
    return faulty


def evident(theorem: Theorem) -> bool:
    """Whether a statement may stand without a step: some rules of shortening are plain to see."""
    return theorem in next(one for one in CHAPTERS if one.name == "recorded").statements


def _chinese(said: str) -> bool:
    return any("\u4e00" <= letter <= "\u9fff" for letter in said)


@pytest.mark.parametrize("theorem", ARGUED, ids=lambda one: one.name)
def test_an_argument_reads_without_stumbling(theorem):
    assert _chinese(theorem.zh)
    assert faults(theorem) == []


def test_many_theorems_have_an_argument():
    assert len(ARGUED) >= 50


PLAIN = THEOREMS["size_le_of_le"]
FIRST = PLAIN.steps[0]
PLANTED = {
    "no Chinese": replace(PLAIN, steps=(replace(FIRST, zh="the same"),)),
    "no sentence": replace(PLAIN, steps=(replace(FIRST, says="so"),)),
    "nothing new": replace(PLAIN, steps=(replace(FIRST, claim=PLAIN.hypotheses[0]),)),
    "no step": replace(PLAIN, steps=()),
}


@pytest.mark.parametrize("fault", PLANTED)
def test_a_planted_fault_is_noticed(fault):
    assert faults(PLAIN) == []
    assert [one.partition(":")[0] for one in faults(PLANTED[fault])] == [fault]


def test_a_step_with_the_same_term_on_both_sides_is_noticed():
    same = replace(FIRST, claim=FIRST.claim.args[0].eq(FIRST.claim.args[0]))
    assert faults(replace(PLAIN, steps=(same,))) == [f"nothing new: {same.says}"]


DRAWN = [(theorem, drawn) for theorem in STATED for drawn in theorem.drawn]


@pytest.mark.parametrize(("theorem", "drawn"), DRAWN, ids=lambda one: getattr(one, "name", None))
def test_a_picture_can_be_drawn_by_the_command_that_is_told(theorem, drawn, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    _, *command = shlex.split(drawn.command)
    assert main(command) == 0
    assert (tmp_path / "picture.svg").read_text().startswith("<svg")
    assert f"picture: `{drawn.command}`" in repr(prove(theorem))
