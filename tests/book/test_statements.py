"""The theorems: every verdict as declared, every planted fault found, goals that say what is left."""

import re
from collections import Counter

import pytest

from law_mutants import BY_HAND, NAMED, STATED, Mutant, caught_by, mutants, rebuilt
from symconv.book.statements.chapters import CHAPTERS, THEOREMS
from symconv.book.statements.checking import check
from symconv.book.statements.goals import goals
from symconv.book.statements.statement import All, Have, Iff, Some, Theorem
from symconv.book.statements.structural import STRUCTURAL, Structural
from symconv.errors import RequestError
from symconv.terms import both, sizes

x, y, z, W, F, S, P = sizes("x y z W F S P")
MUTANTS = list(mutants())
PATIENCE = 60.0
"""Seconds for Z3 on a machine that does other things as well; all but a few take milliseconds."""
every_statement = pytest.mark.parametrize("theorem", STATED, ids=lambda one: one.name)
every_entry = pytest.mark.parametrize("entry", THEOREMS.values(), ids=lambda one: one.name)

# The book.


@every_statement
def test_z3_finds_what_is_declared(theorem):
    found = check(theorem, seconds=PATIENCE)
    assert found.verdict.word == theorem.expected, found.verdict
    if theorem.expected == "refuted":
        assert found.verdict.counterexample == dict(theorem.counterexample)
        assert found.verdict.smallest
        assert set(theorem.counterexample) == set(theorem.letters)
    else:
        assert not theorem.counterexample


@every_statement
def test_hypotheses_of_a_proved_theorem_hold_somewhere(theorem):
    """Nothing is proved of nothing."""
    nothing = check(Theorem(given=theorem.given, claim=~both()))
    assert nothing.verdict.word == "refuted", nothing.verdict


def test_nothing_of_the_book_is_lost():
    chapters = ["counting", "guide", "duality", "upsampling", "composition", "rounding"]
    chapters += ["recorded", "article"]
    assert [(one.number, one.name) for one in CHAPTERS] == list(enumerate(chapters, 1))
    assert min(len(one.theorems) for one in CHAPTERS) >= 12
    listed = [one.name for chapter in CHAPTERS for one in chapter.theorems]
    assert len(listed) == len(set(listed)) == len(THEOREMS) >= 117
    assert {one.name for one in STRUCTURAL} <= set(listed)
    verdicts = Counter(one.expected for one in STATED)
    assert verdicts["proved"] >= 81
    assert verdicts["refuted"] >= 24


def test_all_fifteen_relationships_of_the_guide_are_there():
    assert {f"guide_{number}" for number in range(1, 16)} <= set(THEOREMS)
    for number in range(1, 16):
        assert THEOREMS[f"guide_{number}"].cites.endswith(f"relationship {number}")


@every_entry
def test_what_a_theorem_says_of_itself(entry):
    assert re.fullmatch(r"[a-z][a-z0-9]*(_[a-z0-9]+)*", entry.name)
    assert entry.name.startswith("not_") == (
        entry.expected == "refuted" or entry.name == "not_inverse"
    )
    assert entry.says.endswith(".")
    assert set(entry.uses) <= set(THEOREMS) - {entry.name}
    assert not set('"\\') & set(entry.says), "it stands in a comment of a Coq file"
    assert "*)" not in entry.says
    assert "(*" not in entry.says


def test_structural_statements_stand_last_in_the_chapter_that_they_name():
    for chapter in CHAPTERS:
        kinds = [isinstance(one, Structural) for one in chapter.theorems]
        assert kinds == sorted(kinds)
        assert {one.chapter for one in chapter.theorems if isinstance(one, Structural)} <= {
            chapter.name
        }


# The laws: a fault in one is seen by the theorems about it.


@pytest.mark.parametrize("mutant", MUTANTS, ids=lambda one: one.fault)
def test_a_changed_law_fails_a_theorem(mutant):
    assert caught_by(mutant, most=1)


def test_the_mutation_run_is_not_an_empty_one():
    assert len(MUTANTS) >= 98
    assert set(BY_HAND) <= set(MUTANTS)
    assert {one.law for one in MUTANTS} == set(NAMED)
    assert not [one for one in MUTANTS if one.term == NAMED[one.law].term]


def test_a_theorem_that_is_rebuilt_over_the_law_itself_is_the_same():
    for law in NAMED.values():
        for theorem in STATED:
            again = rebuilt(theorem, Mutant("none", law.name, law.term))
            assert again.claim == theorem.claim
            assert again.given == theorem.given
            assert goals(again) == goals(theorem)


# Goals: an instance, a witness or a step that does not do is not passed over.


def given(theorem, **changes):
    names = ("name", "given", "claim", "steps")
    return Theorem(**{name: changes.get(name, getattr(theorem, name)) for name in names})


def test_instances_that_do_not_suffice_leave_it_unknown():
    whole = THEOREMS["same_for_all_sizes"]
    for instances in ((1, 2), (1,), ()):
        few = All(W, W >= 1, whole.claim.left.body, instances)
        found = check(given(whole, claim=Iff(few, whole.claim.right)))
        assert found.verdict.word == "unknown"
        assert "forth: the claim" in found.verdict.reason
        assert "does not follow" in found.verdict.reason
        assert "counterexample" in found.verdict.reason
    assert check(whole).verdict.proved


def test_an_instance_outside_the_condition_leaves_it_unknown():
    whole = THEOREMS["same_for_all_sizes"]
    zero = All(W, W >= 1, whole.claim.left.body, (0, 1, 2, 3))
    found = check(given(whole, claim=Iff(zero, whole.claim.right)))
    assert found.verdict.word == "unknown"
    assert "forth: W = 0" in found.verdict.reason


def test_a_wrong_witness_leaves_it_unknown():
    whole = THEOREMS["family_even"]
    some = whole.claim.right
    wrong = Some(some.names, some.body, (P + 1,))
    found = check(given(whole, claim=Iff(whole.claim.left, wrong)))
    assert found.verdict.word == "unknown"
    assert "witness" in found.verdict.reason


def test_a_wrong_step_leaves_it_unknown_and_is_not_a_refutation():
    found = check(Theorem(given="x >= 1", claim="x >= 0", steps=(Have("more", x >= 2),)))
    assert found.verdict.word == "unknown"
    assert "more" in found.verdict.reason
    found = check(Theorem(given="x >= 1", claim="x >= 3", steps=(Have("less", x >= 0),)))
    assert found.verdict.counterexample == {"x": 1}


def test_a_false_claim_for_all_numbers_is_never_proved():
    assert check(Theorem(claim=All(x, x >= 1, x >= 2))).verdict.word == "unknown"
    assert check(Theorem(claim=Some(x, x > y, y))).verdict.word == "unknown"
    assert check(Theorem(claim=Iff(All(x, both(), x >= y, (y,)), y >= 1))).verdict.word == "unknown"
    assert check(Theorem(claim=All(x, x >= 2, x >= 1))).verdict.proved
    assert check(Theorem(claim=Some(x, x > y, y + 1))).verdict.proved


@pytest.mark.parametrize(
    "wrong",
    [
        {"given": "x >= 5", "claim": All(x, both(), x >= 5)},
        {"given": "x >= 5", "claim": Some(x, x > 3, 4)},
        {"claim": Iff(All(x, both(), x >= 5), x >= 5)},
        {"claim": Iff(x >= 5, Some(x, x >= 5, x))},
        {"claim": All(x, both(), x >= 5), "steps": (Have("so", x >= 5),), "given": "y >= 1"},
    ],
)
def test_a_name_that_means_two_things_is_refused(wrong):
    with pytest.raises(RequestError, match="`x`, which is free elsewhere"):
        Theorem(**wrong)


@pytest.mark.parametrize(
    "claim",
    [
        All(x, x, x >= 1),
        All(x, x >= 1, x + 1),
        All((x, y), both(), x >= y, ((1,),)),
        All((x, x), both(), x >= 1, ((1, 2),)),
        All(x + 1, both(), x >= 1),
        All(x, x >= 1, "x >= 1"),
        Some((x, y), x >= y, 1),
        Some(x, x >= y, x >= y),
        Iff(x, x >= y),
        Iff(All(x, both(), x >= y, (1, 2)), "y >= 1"),
        Iff(Iff(x >= 1, x >= 2), x >= 3),
    ],
    ids=range(11),
)
def test_a_claim_that_is_not_well_formed_is_refused(claim):
    with pytest.raises(RequestError, match="a number for each of these"):
        Theorem(claim=claim)
