"""Every planted fault in a law is caught by what torch was recorded to answer.

`record_torch_samples.py` asked torch; here the answers are replayed without it.
"""

import pytest

from mutations import mutants, our_answer, samples, survives
from symconv.operators import OPERATORS

RECORDED = samples()

LEFT_IS_SMALLER = (
    "with T = D*(F - 1) >= 0 the left padding T//2 is at most the right one, T - T//2; "
    "so are D*(F - 2)//2 and T//3, and the larger one stays the same"
)
EQUIVALENT = {
    ("conv_same_reflect", "a reflected padding is smaller than the input"): (
        LEFT_IS_SMALLER,
        ("1 -> 2 at /lt.0/max.0/floordiv.0/mul.1/sub.1", "2 -> 3 at /lt.0/max.0/floordiv.1"),
    ),
    ("conv_same_circular", "a wrapped padding is at most the input"): (
        LEFT_IS_SMALLER,
        ("1 -> 2 at /le.0/max.0/floordiv.0/mul.1/sub.1", "2 -> 3 at /le.0/max.0/floordiv.1"),
    ),
    ("circular_pad", "wrapped cells do not overlap the cells that they copy"): (
        "lo = 0 with W < hi (or hi = 0 with W < lo) is refused as a padding larger than the input",
        tuple(f"0 -> 1 at /not.0/or.{side}/and.0/and.0/lt.1" for side in (0, 1)),
    ),
}
"""Mutants that no input tells from the original: of which requirement, why, and which faults."""


def equivalents(name):
    return {
        f"{sentence}: {fault}"
        for (operator, sentence), (_, faults) in EQUIVALENT.items()
        if operator == name
        for fault in faults
    }


def test_every_operator_has_recorded_samples_and_no_other_has():
    assert set(RECORDED) == set(OPERATORS)


@pytest.mark.parametrize("name", OPERATORS)
def test_the_laws_answer_what_torch_was_recorded_to_answer(name):
    wrong = [sample for sample in RECORDED[name] if our_answer(sample) != sample.answer]
    assert wrong == []


@pytest.mark.parametrize("name", OPERATORS)
def test_the_recorded_samples_have_acceptances_and_refusals(name):
    accepted = {sample.answer is not None for sample in RECORDED[name]}
    assert accepted == {True} if not OPERATORS[name].requires else {True, False}


@pytest.mark.parametrize("name", OPERATORS)
def test_every_mutant_is_killed_but_for_the_equivalent_ones(name):
    planted = list(mutants(OPERATORS[name]))
    survivors = [one.fault for one in planted if survives(name, one, RECORDED[name])]
    assert sorted(survivors) == sorted(equivalents(name))


def test_the_mutation_run_is_not_an_empty_one():
    planted = sum(len(list(mutants(operator))) for operator in OPERATORS.values())
    assert planted > 800
    assert sum(map(len, map(equivalents, OPERATORS))) < planted / 100


def test_planting_a_mutant_leaves_the_operators_as_they_were():
    before = dict(OPERATORS)
    for mutant in mutants(OPERATORS["conv"]):
        survives("conv", mutant, RECORDED["conv"][:5])
    assert before == OPERATORS
