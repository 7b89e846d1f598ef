"""`family`: every setting of a rule, once, in closed form; against brute force over a box."""

import itertools
import json
from collections import Counter
from dataclasses import replace

import pytest
import sympy
from sympy import Eq

import symconv
from random_rules import BOX, rule
from symconv import family, forall
from symconv.errors import RequestError
from symconv.families import Families
from symconv.meanings.integers import compiled
from symconv.proving import Clock
from symconv.rules.closing import closed, proof
from symconv.rules.relations import Relations
from symconv.symbols import D, F, P, S, W, conv, k, n, t
from symconv.terms import both, defined, variable, variables

TABLE = [
    (forall(W, "conv_transpose(W, D=1, A=0) == n*W"), {}, ["S = n, P = t, F = n + 2t   (n >= 1, t >= 0; "]),
    (forall(W, "conv_transpose(W, D=1, A=0) == n*W"), {n: 2 * k},
     ["S = 2k, P = t, F = 2k + 2t   (k >= 1, t >= 0; "]),
    (forall(W, "conv(n*W, D=1) == W"), {}, ["S = n, P = t, F = k + 2t   (1 <= k <= n, t >= 0; "]),
    ("2*padding == dilation*(kernel_size - 1)", {},
     ["P = D*u, F = 2u + 1, D free   (D >= 1, u >= 0; ", "P = d*(2u - 1), F = 2u, D = 2d   (d >= 1, u >= 1; "]),
    (Eq(2 * P, D * (F - 1)), {},
     ["P = D*u, F = 2u + 1, D free   (D >= 1, u >= 0; ", "P = d*(2u - 1), F = 2u, D = 2d   (d >= 1, u >= 1; "]),
    ("F % 3 == 2", {}, ["F = 3u + 2   (u >= 0; "]),
    ("D*(F - 1) == 4", {}, ["F = 2, D = 4   (", "F = 3, D = 2   (", "F = 5, D = 1   ("]),
    ("F >= 3 or S == 2", {}, ["S free, F free   (F >= 3, S >= 1; ", "S = 2, F free   (1 <= F <= 2; "]),
    (forall(W, Eq(conv(W), W)), {D: 1}, ["S = 1, P = t, F = 2t + 1   (t >= 0; "]),
]  # fmt: skip


@pytest.mark.parametrize(("given", "where", "expected"), TABLE, ids=range(len(TABLE)))
def test_the_families_of_the_table(given, where, expected):
    solved = family(given, where)
    members = solved.members if isinstance(solved, Families) else (solved,)
    assert [repr(member) for member in members] == [f"{line}complete: proved)" for line in expected]


def _settings(term):
    """Every setting of the box that meets a rule."""
    names = variables(term)
    holds = compiled(defined(term) & term, names)
    return names, {
        point for point in itertools.product(*(BOX[name] for name in names)) if holds(*point)
    }


def _listed(solved, names):
    """How often each setting of the box is listed by a family."""
    listed = Counter()
    for member in solved.members if isinstance(solved, Families) else (solved,):
        known = {*member.letters, *member.parameters}
        box = [
            bound
            for name in names
            if name in known
            for bound in (variable(name) >= BOX[name][0], variable(name) <= BOX[name][-1])
        ]
        for point in member.points(*box, timeout=60):
            setting = point | dict(member.setting(point))
            listed[tuple(setting[name] for name in names)] += 1
    return listed


@pytest.mark.parametrize("seed", range(50))
def test_no_setting_is_missing_wrong_or_twice(seed):
    text = rule(seed)
    names, settings = _settings(Relations().read(text))
    try:
        solved = family(text, timeout=120)
    except RequestError as error:
        assert "some setting meets" in error.needed
        assert not settings
        return
    assert solved.complete.word in ("proved", "unknown")
    assert _listed(solved, names) == Counter(settings)


def test_a_family_with_a_fault_is_not_called_complete():
    term = Relations().read("2*P == D*(F - 1) and F >= 1 and D >= 1 and P >= 0")
    forms = closed(term, (), Clock(20))
    assert proof(forms, term, Clock(20)).proved
    assert not proof(forms[:1], term, Clock(5)).proved  # one is missing
    assert not proof((*forms, forms[0]), term, Clock(5)).proved  # one is there twice
    wrong = forms[0]._replace(letters=dict(forms[0].letters) | {"F": forms[0].letters["F"] + 1})
    assert not proof((wrong, *forms[1:]), term, Clock(5)).proved
    weaker = Relations().read("2*P <= D*(F - 1) and F >= 1 and D >= 1 and P >= 0")
    assert not proof(forms, weaker, Clock(5)).proved


def test_settings_are_searched_sampled_and_told():
    solved = family("2*padding == dilation*(kernel_size - 1)")
    few = list(solved.where("kernel_size <= 4 and dilation <= 2"))
    assert {(s[F], s[P], s[D]) for s in few} == {
        (1, 0, 1), (1, 0, 2), (2, 1, 2), (3, 1, 1), (3, 2, 2), (4, 3, 2)
    }  # fmt: skip
    drawn = solved.sample(5, 1)
    assert drawn == solved.sample(5, 1)
    assert all(2 * s[P] == s[D] * (s[F] - 1) for s in drawn)
    told = json.loads(json.dumps(solved.to_dict()))
    assert [sorted(each) for each in told["families"]] == [
        ["complete", "dilation", "kernel_size", "padding", "where"]
    ] * 2
    for each in (solved, *solved):
        html = each._repr_html_()
        assert "<table>" in html
        assert "complete: proved" in html
        assert r"\text{complete: proved}" in each.latex()
        assert each.latex() in each.markdown() or isinstance(each, Families)


@pytest.mark.parametrize(
    "relation",
    [
        "conv(n*W) == W",
        "conv(W) == W",
        "conv_transpose(W, A=0) == n*W",
        "max_pool(n*W, ceil_mode=True) == W",
        "conv(W, D=1) == W//2",
        "conv(W, D=1) <= W",
        Eq(conv(n * W).subs(D, 1), W),
    ],
    ids=str,
)
def test_torch_agrees_with_the_settings_of_rules(relation):
    pytest.importorskip("torch")
    solved = family(forall(W, relation))
    for member in solved.members if isinstance(solved, Families) else (solved,):
        verified = member.verify("torch", "kernel_size <= 6", count=6)
        assert verified.failed == 0
        assert verified.checked >= 1
        assert verified.forward_calls >= verified.checked
    asked = member.asked
    wrong = replace(member, asked=asked._replace(relation=~asked.relation))
    assert wrong.verify("torch", "kernel_size <= 6", count=6).failed > 0


def test_settings_that_no_layer_has_do_not_agree():
    pytest.importorskip("torch")
    anything = family(forall(W, "conv_transpose(W) == n*W"))
    wide = "output_padding == 4 and stride == 1 and dilation == 1 and padding == 2"
    assert "no layer takes any size with it" in repr(anything.verify("torch", wide))
    taken = family(forall(W, "conv_transpose(W) == n*W", given="output_padding < stride"))
    for member in taken.members if isinstance(taken, Families) else (taken,):
        assert member.verify("torch", "kernel_size <= 4 and stride <= 3", count=6).failed == 0


def test_what_has_no_setting_or_is_no_rule_is_refused():
    with pytest.raises(RequestError, match="some setting meets"):
        family("F == 2*S and F == 2*S + 1")
    with pytest.raises(RequestError):
        family(conv(W))
    with pytest.raises(RequestError, match="a comparison"):
        family("F + 1")
    with pytest.raises(RequestError, match="a witness"):
        family("F == S").verify("numpy")
    with pytest.raises(RequestError, match="about a law by its name"):
        family("F == S").verify()


def test_conditions_may_be_given_and_letters_may_stay_free():
    solved = family(forall(W, "conv(n*W) == W"), {n: 2}, given="dilation == 1 and padding <= 1")
    assert (
        repr(solved)
        == "S = 2, P = t, F = k + 2t, D = 1   (1 <= k <= 2, 0 <= t <= 1; complete: proved)"
    )
    free = family(forall(W, "conv(n*W) == W"))
    assert {*free.letters} == {"S", "P", "F", "D"}
    assert free.letters["D"] is variable("D")
    assert {*free.parameters} == {"D", "F", "n", "t"}
    assert t.is_nonnegative
    assert S.is_positive
    assert sympy.sympify(symconv.family("F == 2*S").to_dict()["kernel_size"]) is not None
    assert both().word == "le"
