"""The checker of paths accepts nothing false: certificates of the spine, and 1,000 mutants of them.

Run with `-s` for the table of mutants.
"""

from collections import Counter
from functools import cache
from random import Random

import pytest

pytest.importorskip("torch")

import spine
import torch

from path_mutants import KINDS, falsehood
from symconv import audit
from symconv.proving.paths import PathCertificate, PathsCertificate, check_path, check_paths
from symconv.terms import sizes

(W,) = sizes("W")
MUTANTS = 1000
FEW = [
    name for name in spine.NETS if name not in ("PrimePyramid", "LateStart", "CentredRonneberger")
]


@cache
def certificate(name):
    return audit(getattr(spine, name), spine.NETS[name][0], timeout=600).certificate


EXTREMES = {
    "a difference without its sign": ("1,1,W", lambda x: x.new_zeros(1, abs(x.shape[-1] - 5) + 1)),
    "the lesser of two": ("1,1,W", lambda x: x.new_zeros(1, torch.sym_min(x.shape[-1], 5))),
    "the greater of two": ("1,1,W", lambda x: x.new_zeros(1, torch.sym_max(5, x.shape[-1]))),
    "a diagonal": ("1,1,W,7", lambda x: x.diagonal(dim1=-2, dim2=-1)),
    "a padding that crops": (
        "1,1,W",
        lambda x: torch.nn.functional.pad(x.new_zeros(1, 9), (x.shape[-1] - 3, -2)),
    ),
}


class Computed(torch.nn.Module):
    def __init__(self, call):
        super().__init__()
        self.call = call

    def forward(self, x):
        return self.call(x)


@pytest.mark.parametrize("what", EXTREMES)
def test_extremes_are_proved_whose_sides_are_equal_where_a_stretch_begins(what):
    shape, call = EXTREMES[what]
    audited = audit(Computed(call), shape)
    assert audited.verdict == "proved"
    assert falsehood(audited.certificate) is None


@pytest.mark.parametrize("name", FEW)
def test_certificates_are_accepted_and_true(name):
    assert check_paths(certificate(name))
    assert falsehood(certificate(name)) is None


def test_no_mutant_is_accepted_for_something_false():
    random, table, wrong = Random("paths"), Counter(), []
    while sum(table.values()) < MUTANTS:
        name, kind = random.choice(FEW), random.choice([*KINDS])
        mutant = KINDS[kind](random, certificate(name))
        if mutant is None or mutant == certificate(name):
            continue
        accepted = check_paths(mutant)
        false = falsehood(mutant) if accepted else None
        table[kind, "accepted" if accepted else "rejected"] += 1
        wrong += [(name, kind, false)] if false else []
    for kind in KINDS:
        print(f"{kind:20}{table[kind, 'rejected']:5} rejected {table[kind, 'accepted']:5} accepted")
    assert wrong == []
    assert all(table[kind, "rejected"] for kind in KINDS)


EVEN, ODD = ({"period": 2, "residues": [r], "start": 2 - r, "also": []} for r in (0, 1))
EVERY = {"period": 1, "residues": [0], "start": 1, "also": []}
NOTHING = EVERY | {"residues": []}


def path(decisions, form, *stretches, claims=()):
    return PathCertificate(tuple(decisions), form, tuple(claims), stretches)


FORGED = {
    "a quotient by what may be 0": path([((10 // (W % 2)).eq(10), True)], ODD, (1, 2)),
    "a decision that some class does not settle": path([(W >= 5, True)], EVERY, (1, 1)),
    "no stretches": path([], EVERY),
    "stretches that begin later": path([], EVERY, (2, 1)),
    "a number for a decision": path([(W, True)], EVERY, (1, 1)),
    "a set that is none": path([], EVERY | {"also": None}, (1, 1)),
    "a period of 0": path([], EVERY | {"period": 0}, (1, 1)),
    "a member too many": path([((W % 2).eq(0), True)], EVEN | {"also": [1]}, (1, 2)),
}


@pytest.mark.parametrize("what", FORGED)
def test_a_forged_path_is_refused(what):
    assert not check_path(FORGED[what])


def test_what_is_decided_before_protects_a_quotient():
    odd, divides = (W % 2).eq(1), (10 // (W % 2)).eq(10)
    assert check_path(path([(odd, True), (divides, True)], ODD, (1, 2)))
    assert not check_path(path([(divides, True), (odd, True)], ODD, (1, 2)))


def test_paths_have_to_cover_every_size_once():
    even = path([((W % 2).eq(0), True)], EVEN, (1, 2))
    odd = path([((W % 2).eq(0), False)], ODD, (1, 2))
    assert check_paths(PathsCertificate((even,), (odd,), EVEN))
    assert check_paths(PathsCertificate((even, odd), (), EVERY))
    assert not check_paths(PathsCertificate((even,), (), EVEN))
    assert not check_paths(PathsCertificate((even, even), (odd,), EVEN))
    assert not check_paths(PathsCertificate((even,), (odd,), EVERY))
    assert not check_paths(PathsCertificate((), (), NOTHING))
