"""Statements of a user's own: any names of integers, Python's division, unknown where it is so."""

import random
from collections import Counter

import pytest

import symconv
from random_statements import box, by_force, small_claim, tight_claim
from symconv.book.statements import checking
from symconv.book.statements.calls import folded
from symconv.book.statements.checking import TIME_LIMIT, check
from symconv.book.statements.letters import conv
from symconv.book.statements.statement import Have, Theorem
from symconv.proving import Verdict
from symconv.terms import constant, sizes, variables

x, y, z = sizes("x y z")


def random_claims(count):
    rng = random.Random(7)
    while count:
        names = ("x", "y", "z")[: rng.randint(1, 3)]
        reach = 4 if len(names) < 3 else 3
        claim = rng.choice((small_claim(rng, names), tight_claim(rng, names, reach)))
        if claim is not None:
            count -= 1
            yield names, reach, claim


def test_small_claims_are_decided_as_brute_force_decides_them():
    words = Counter()
    for names, reach, claim in random_claims(1000):
        proof = symconv.prove(given=box(names, reach), claim=claim)
        verdict = proof.z3.verdict
        divides_by_zero, least = by_force(claim, names, reach)
        if "divisor may be zero" in verdict.reason:
            words["a division by zero"] += 1
            assert proof.word == "unknown"
            assert divides_by_zero
            continue
        words[proof.word] += 1
        assert proof.word == "unknown" or not divides_by_zero, claim
        if proof.word == "proved":
            assert least is None, claim
        if proof.word == "refuted":
            found = tuple(proof.counterexample[name] for name in proof.theorem.letters)
            assert verdict.smallest
            order = [names.index(name) for name in proof.theorem.letters]
            _, least = by_force(claim, [names[place] for place in order], reach)
            assert found == least, claim
    print(dict(words))
    assert words["unknown"] <= 10
    assert min(words["proved"], words["refuted"]) > 150
    assert words["a division by zero"] > 50


@pytest.mark.parametrize(
    ("claim", "condition", "word"),
    [
        ("x // y * y + x % y == x", "y != 0", "proved"),
        ("x // (0 - 2) == (0 - x) // 2", "x >= x", "proved"),
        ("x % y <= 0 and x % y > y", "y <= 0 - 1", "proved"),
        ("x // y == 0 - (x // (0 - y))", "y >= 1", "refuted"),
        ("min(x, y) + max(x, y) == x + y", "x >= x", "proved"),
        ("abs(x * y) == abs(x) * abs(y)", "x >= x", "proved"),
        ("kernel_size % stride == 0", "kernel_size == 2 * stride and stride >= 1", "proved"),
        ("odd(x * y) == (odd(x) and odd(y))", "0 <= x and x <= 9 and 0 <= y and y <= 9", "proved"),
    ],
)
def test_claims_about_any_names_with_pythons_division(claim, condition, word):
    assert symconv.prove(given=condition, claim=claim).word == word


@pytest.mark.parametrize(
    ("claim", "condition"),
    [
        ("x // y <= x", "x >= 0"),
        ("x % (y - z) < 5", "y >= z"),
        ("x // 0 == 0", ()),
        ("x == x", "x // y == x // y"),
    ],
)
def test_a_division_by_what_may_be_zero_is_unknown_and_says_so(claim, condition):
    proof = symconv.prove(given=condition, claim=claim)
    assert proof.word == "unknown"
    assert "a divisor may be zero" in proof.z3.verdict.reason


def test_contradictory_hypotheses_prove_anything_but_no_division_by_zero():
    assert symconv.prove(given="x > 1 and x < 1", claim="x == 7").word == "proved"
    assert symconv.prove(given="x >= 1", claim="x // (x - 1) >= 0").word == "unknown"


def test_a_long_statement_is_no_trouble():
    assert symconv.prove(claim="x" + " + 1" * 3000 + " > x", timeout=60).word == "proved"
    many = " and ".join(f"x + {n} >= x" for n in range(1500))
    assert symconv.prove(given=many, claim="x == x", timeout=60).word == "proved"


def test_a_name_that_looks_like_a_call_is_a_name():
    claim = conv() <= sizes("call_0")[0] + conv(1)
    short, calls = folded(claim)
    assert len(calls) == 2
    assert "call_0" in variables(short)
    assert "call_0" not in calls


def test_the_time_limit_is_two_seconds_for_all_goals_together():
    assert TIME_LIMIT == 2.0
    hard = ~(x * x * x + y * y * y + z * z * z).eq(42)
    steps = tuple(Have(str(n), hard | x.eq(constant(n))) for n in range(4))
    found = check(Theorem(given="x > 99", claim=hard, steps=steps), seconds=0.4)
    assert found.verdict.word == "unknown"


def test_each_goal_has_the_time_that_the_goals_before_it_left(monkeypatch):
    """By a clock of the test's own: each goal takes three tenths of a second."""
    now, limits = [0.0], []

    def proves(*_, seconds):
        limits.append(round(seconds, 3))
        now[0] += 0.3
        return Verdict("proved", "z3")

    monkeypatch.setattr(checking.time, "monotonic", lambda: now[0])
    monkeypatch.setattr(checking, "prove", proves)
    steps = tuple(Have(str(n), x >= n) for n in range(4))
    assert check(Theorem(given="x > 99", claim=x >= 1, steps=steps), seconds=1.0).verdict.proved
    assert limits == [1.0, 0.7, 0.4, 0.1, 0.001]


def test_a_very_long_claim_is_decided():
    """Deeper than Python's own compiler goes."""
    proof = symconv.prove(claim=" + ".join(["W"] * 3000) + " + 1 >= 2", timeout=60)
    assert (proof.word, proof.counterexample) == ("refuted", {"W": 0})
    assert (
        symconv.prove(given="W >= 1", claim=" + ".join(["W"] * 3000) + " >= 3000", timeout=60).word
        == "proved"
    )
