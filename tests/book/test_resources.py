"""Proofs of the book take few of Z3's steps: how busy a machine is, decides nothing."""

import pytest

from symconv.book.asking import prove
from symconv.book.statements.chapters import THEOREMS
from symconv.proving import z3question

STEPS = 10**7
"""Z3 counts its own steps, the same on every machine; each question may take so many."""
PATIENCE = 10**5


@pytest.mark.parametrize(
    "luck", [0, *(pytest.param(seed, marks=pytest.mark.exhaustive) for seed in (1, 2, 3))]
)
def test_each_step_of_the_book_is_settled_in_few_steps_of_z3(luck, monkeypatch):
    """A step that takes Z3 far is broken up, or gets a witness: `one_floor_iff_divides` was."""
    plain = z3question._solver

    def limited(within, seed=0, statements=()):
        solver = plain(within, seed + luck, statements)
        solver.set("rlimit", STEPS)
        return solver

    monkeypatch.setattr(z3question, "_solver", limited)
    proofs = [prove(theorem, timeout=PATIENCE) for theorem in THEOREMS.values()]
    unsettled = [
        (proof.theorem.name, goal.called)
        for proof in proofs
        if proof.z3
        for goal, verdict in proof.z3.goals
        if verdict.word == "unknown"
    ]
    assert unsettled == []
    assert [p.theorem.name for p in proofs if p.z3 and p.word != p.theorem.expected] == []


def test_a_step_without_its_witness_takes_z3_far(monkeypatch):
    """So the law above notices where one is missing."""
    plain = z3question._solver

    def short(within, seed=0, statements=()):
        solver = plain(within, seed, statements)
        solver.set("rlimit", 1)
        return solver

    monkeypatch.setattr(z3question, "_solver", short)
    assert prove("one_floor_iff_divides", timeout=PATIENCE).word == "unknown"
