"""The checker of certificates: it accepts nothing false, whoever made the certificate.

Run with `-s` for the table of mutants.
"""

from __future__ import annotations

import ast
from collections import Counter
from functools import lru_cache
from pathlib import Path
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import symconv
from certificate_mutants import KINDS, false_claims
from random_chains import random_chain
from strategies import terms
from symconv.meanings.integers import compiled
from symconv.proving import certificate as checker
from symconv.proving.certificate import Certificate, Claim, check
from symconv.terms import TRUTH, Term, maximum, minimum, sizes, where

W, V = sizes("W V")
EVERY = {"period": 1, "residues": [0], "start": 1, "also": []}
NONE = EVERY | {"residues": []}
MUTANTS = 1000
ACCEPTED_TRUE, ACCEPTED_FALSE, REJECTED = "accepted, true", "accepted, false", "rejected"


def certificate(
    statement: Term, form: dict[str, object], *stretches: tuple[int, int]
) -> Certificate:
    return Certificate((Claim(statement, form),), stretches)


@lru_cache
def certificates() -> tuple[Certificate, ...]:
    """Return the certificates of many random chains, the same each time."""
    random, made = Random("certificates"), list[Certificate]()
    while len(made) < 260:
        chain = random_chain(random)
        made += symconv.audit(chain.whole, chain.shape, timeout=10**5).certificates
    return tuple(made)


def test_certificates_are_accepted_and_their_claims_are_true() -> None:
    for one in certificates():
        assert check(one)
    for one in certificates()[:60]:
        assert false_claims(one) == []


def test_no_mutant_is_accepted_for_a_false_claim() -> None:
    random, table, wrong = Random("mutants"), Counter[tuple[str, str]](), []
    while sum(table.values()) < MUTANTS:
        for one in certificates():
            kind = random.choice(tuple(KINDS))
            mutant = KINDS[kind](random, one)
            if mutant is None or mutant == one:
                continue
            if not check(mutant):
                table[kind, REJECTED] += 1
                continue
            false = false_claims(mutant)
            table[kind, ACCEPTED_FALSE if false else ACCEPTED_TRUE] += 1
            wrong += [(kind, false[0], mutant.stretches)] if false else []
    for kind in KINDS:
        counts = [table[kind, came] for came in (REJECTED, ACCEPTED_TRUE, ACCEPTED_FALSE)]
        print(
            f"{kind:20}{sum(counts):5} mutants: {counts[0]:4} rejected, "
            f"{counts[1]:4} accepted and true, {counts[2]} accepted and false"
        )
    assert wrong == []
    assert all(table[kind, REJECTED] for kind in KINDS)


EVEN = {"period": 2, "residues": [0], "start": 2, "also": []}
FORGED = {
    "no stretches": certificate(W >= 1, EVERY),
    "not from 1": certificate(W >= 2, EVERY, (2, 1)),
    "from 0": certificate(W >= 1, EVERY, (0, 1)),
    "not rising": certificate(W >= 1, EVERY, (1, 1), (5, 1), (5, 1)),
    "falling": certificate(W >= 1, EVERY, (1, 1), (7, 1), (5, 1)),
    "modulus 0": certificate(W >= 1, EVERY, (1, 0)),
    "a negative modulus": certificate(W >= 1, EVERY, (1, -1)),
    "modulus 0 in between": certificate(W >= 1, EVERY, (1, 0), (2, 1)),
    "no residues": certificate((W % 2).eq(0), EVEN | {"residues": []}, (1, 2)),
    "a residue that is none": certificate((W % 2).eq(0), EVEN | {"residues": [2]}, (1, 2)),
    "negative residues": certificate((W % 2).eq(1), EVEN | {"residues": [-1], "start": 1}, (1, 2)),
    "a member beyond the base": certificate((W % 2).eq(0), EVEN | {"also": [1001]}, (1, 2)),
    "a member far beyond": certificate(W >= 3, NONE | {"also": [3, 10**12]}, (1, 1), (3, 1), (4, 1)),
    "period 0": certificate((W % 2).eq(0), EVEN | {"period": 0}, (1, 2)),
    "a negative period": certificate((W % 2).eq(0), EVEN | {"period": -2}, (1, 2)),
    "two letters": certificate((W + V) * 0 >= 0, EVERY, (1, 1)),
    "two claims with a letter each": Certificate(
        (Claim(W >= 1, EVERY), Claim(V >= 1, EVERY)), ((1, 1),)
    ),
    "a divisor that varies": certificate(10 // W >= 0, EVERY, (1, 1)),
    "a divisor that varies by class": certificate((W // (W % 2 + 1)) >= 1, EVERY, (1, 2)),
    "a divisor that grows": certificate(((W * W) // (W + 1)).eq(W), EVERY, (1, 1)),
    "a division by zero": certificate((W // 0).eq(0), EVERY, (1, 1)),
    "a remainder by zero": certificate((W % (W - W)).eq(0), EVERY, (1, 1)),
    "true up to the base": certificate(W <= 100, EVERY, (1, 1)),
    "true up to a later stretch": certificate(W <= 100, EVERY, (1, 100), (101, 1)),
    "true in the first sizes of a long stretch": certificate(W <= 100, EVERY, (1, 1), (10**9, 1)),
    "a huge stretch with an exception": certificate(~W.eq(10**8), EVERY, (1, 1), (10**9, 1)),
    "a square that falls later": certificate(W * W <= 10**6 * W, EVERY, (1, 1)),
    "a square that dips": certificate((W - 50) * (W - 50) >= 1, EVERY, (1, 1), (100, 1)),
    "a square with a root": certificate(~(W * W).eq(49 * W), EVERY, (1, 1)),
    "a cube that is zero at all first sizes": certificate(
        ((W - 1) * (W - 2) * (W - 3)).eq(0), EVERY, (1, 1), (4, 1)
    ),
    "a modulus too small": certificate((W % 6).eq(0), EVEN | {"period": 6}, (1, 3)),
    "a period that does not divide": certificate((W % 2).eq(0), EVEN | {"period": 4}, (1, 2)),
    "a start within a class": certificate(W >= 7, EVERY | {"start": 7}, (1, 1)),
    "a choice that changes": certificate(where(W <= 9, W, 0).eq(W), EVERY, (1, 1)),
    "an extreme that changes": certificate(minimum(W, 9).eq(W), EVERY, (1, 9), (10, 1)),
    "another extreme": certificate(maximum(W, 9).eq(W), EVERY, (1, 1)),
    "the lesser for the greater, from where they are equal": certificate(
        minimum(W, 9).eq(W), EVERY, (1, 9), (9, 1)
    ),
    "the greater for the lesser, from where they are equal": certificate(
        maximum(W, 9).eq(9), EVERY, (1, 9), (9, 1)
    ),
    "numbers that are equal later than a stretch begins": certificate(
        minimum(W, 9) <= 9, EVERY, (1, 1), (8, 1)
    ),
    "a number for a statement": certificate(Term("constant", 1), EVERY, (1, 1)),
    "residues that are gone when they were read": certificate(
        W <= 9, EVERY | {"residues": iter([0])}, (1, 1), (10, 1)
    ),
    "no list of members": certificate(W >= 1, EVERY | {"also": None}, (1, 1)),
    "no members at all": certificate(W >= 1, {"period": 1, "residues": [0], "start": 1}, (1, 1)),
    "a start that is no number": certificate(W < 1, EVERY | {"start": float("inf")}, (1, 1)),
    "a period that is not whole": certificate(W >= 1, EVERY | {"period": 1.0}, (1, 1)),
    "more classes than anybody goes through": certificate(W >= 1, EVERY, (1, 10**30)),
}  # fmt: skip
"""Certificates that nobody may accept; some claim what is true, and do not show it."""


@pytest.mark.parametrize("name", FORGED)
def test_a_forged_certificate_is_refused(name: str) -> None:
    assert not check(FORGED[name])


HONEST = {
    "every size": certificate(W >= 1, EVERY, (1, 1)),
    "no size": certificate(W < 1, NONE, (1, 1)),
    "no letter": certificate(Term("eq", 3, 3), EVERY, (1, 1)),
    "a finite set by its members": certificate(
        (W >= 3) & (W <= 5), NONE | {"also": [3, 4, 5]}, (1, 1), (3, 1), (6, 1)
    ),
    "a finite set whose members come in steps": certificate(
        (W <= 6) & (W % 2).eq(0), NONE | {"also": [2, 4, 6]}, (1, 2), (7, 2)
    ),
    "a square": certificate(W * W >= W, EVERY, (1, 1)),
    "a square from the other end": certificate((W - 9) * (W - 9) >= 0, EVERY, (1, 1), (9, 1)),
    "an extreme from where both are equal": certificate(
        minimum(W, 9).eq(9) & maximum(9, W).eq(W), EVERY | {"start": 9}, (1, 9), (9, 1)
    ),
    "an extreme up to where both are equal": certificate(
        minimum(W, 9).eq(W) & maximum(9, W).eq(9), NONE | {"also": [*range(1, 10)]}, (1, 1), (10, 1)
    ),
    "an extreme of what is equal in some classes": certificate(
        minimum(W % 2, 1).eq(W % 2) & maximum(W // 2, W - W // 2).eq((W + 1) // 2), EVERY, (1, 2)
    ),
    "a negative divisor": certificate((W // -2) <= 0, EVERY, (1, 2)),
}


@pytest.mark.parametrize("name", HONEST)
def test_an_honest_certificate_is_accepted(name: str) -> None:
    assert check(HONEST[name])


SHOWN = 48
"""What is guessed of a statement is guessed from so many sizes."""


@settings(max_examples=400)
@given(
    terms(TRUTH, 4, ("W",)),
    st.integers(1, 12),
    st.integers(1, 20),
    st.lists(st.tuples(st.integers(2, SHOWN), st.integers(1, 12)), max_size=3),
)
def test_what_is_guessed_from_a_few_sizes_is_not_accepted_where_it_is_false(
    statement: Term, period: int, start: int, more: list[tuple[int, int]]
) -> None:
    holds = compiled(statement, ("W",))
    try:
        truths = [bool(holds(size)) for size in range(1, SHOWN + 1)]
    except ZeroDivisionError:
        return
    residues = {size % period for size in range(start, start + period) if truths[size - 1]}
    also = [size for size in range(1, start) if truths[size - 1]]
    form = {"period": period, "residues": sorted(residues), "start": start, "also": also}
    stretches = {1: period, start: period, **dict(more)}
    if check(certificate(statement, form, *sorted(stretches.items()))):
        assert false_claims(certificate(statement, form)) == []


PERIODIC = ("symconv.periodic", "symconv.meanings")


@pytest.mark.parametrize(
    "module", ["certificate", "classes", "members", "paths", "polynomials", "truths"]
)
def test_the_checker_shares_no_code_with_what_makes_certificates(module: str) -> None:
    path = Path(checker.__file__).with_name(f"{module}.py")
    names = set[str]()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom):
            assert node.level == 0
            names |= {f"{node.module}.{alias.name}" for alias in node.names}
        elif isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
    ours = {name for name in names if name.startswith("symconv")}
    assert not [name for name in ours if name.startswith(PERIODIC)]
    own = (
        "terms",
        *(
            f"proving.{name}"
            for name in ("certificate", "classes", "members", "polynomials", "truths")
        ),
    )
    assert all(name.removeprefix("symconv.").startswith(own) for name in ours)
