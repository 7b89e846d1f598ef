"""Derivations: every step checked, a corrupted law stopped at a named step, numbers put in."""

import json
import random
import re
from dataclasses import replace

import pytest
import sympy
from sympy import Eq, Mod

import symconv
import symconv.cli
from symconv.book.derived import checked
from symconv.book.deriving.drafts import DERIVATIONS, of_operator
from symconv.book.deriving.scaling import downsampling, upsampling
from symconv.book.forms import MARKDOWN
from symconv.cli import main
from symconv.errors import DerivationError, RequestError, UndecidedError
from symconv.families.asked import layer_following
from symconv.meanings.symbols import expression, symbol
from symconv.operators import OPERATORS
from symconv.symbols import A, D, F, P, S, W, k, n, t

ENCODER = "Conv2d(3, 64, 7, stride=2, padding=3) -> ReLU() -> MaxPool2d(3, 2, 1)"
NAMES = ["conv", "conv_transpose", "upsampling", "downsampling"]


@pytest.mark.parametrize("name", NAMES)
def test_every_step_has_an_expression_a_reason_and_two_checks(name):
    derivation = symconv.derive(name)
    assert len(derivation.steps) >= 6
    for step in derivation.steps:
        assert step.reason.endswith(".")
        assert step.expression is not None
        if step.verdict is not None:
            assert step.verdict.word == ("refuted" if step.name == "t from 0" else "proved")
        left, right = step.equality or (0, 0)
        if left != right:
            assert sympy.simplify((left - right).rewrite(sympy.floor)) == 0
    assert derivation._repr_latex_() == derivation.latex()
    assert derivation.markdown().startswith("## ")
    assert [step.get("name", "") for step in derivation.to_dict()["steps"]] == [
        step.name for step in derivation.steps
    ]


def test_the_results_are_the_laws_and_the_identities():
    assert symconv.derive("conv").result == symconv.law("conv")
    assert symconv.derive("conv_transpose").result == symconv.law("conv_transpose")
    identities = symconv.derive("upsampling").result
    plain = identities.subs({D: 1, A: 0})
    assert plain == sympy.And(Eq(S, n), Eq(F - S - 2 * P, 0))


def corrupted(name, size):
    operator = OPERATORS[name]
    operator = operator.symmetric if name == "conv" else operator
    return replace(operator, size=size(operator.size))


@pytest.mark.parametrize(
    ("derive", "name", "steps"),
    [
        (upsampling, "conv_transpose", ("collect", "collect", "collect")),
        (downsampling, "conv", ("block", "block", "one more")),
    ],
)
def test_a_corrupted_law_stops_the_derivation_at_a_named_step(derive, name, steps):
    changes = (lambda law: law + 1, lambda law: law - 1, lambda law: 2 * law)
    for change, step in zip(changes, steps, strict=True):
        with pytest.raises(DerivationError, match=f"step `{step}`"):
            checked(derive({}, corrupted(name, change)))


def test_a_missing_precondition_stops_it_too():
    operator = OPERATORS["conv"].symmetric
    wrong = dict(operator.requires)
    sentence = "one window fits the padded input"
    wrong[sentence] = wrong[sentence].args[0] <= wrong[sentence].args[1] + 1
    with pytest.raises(DerivationError, match="precondition"):
        checked(of_operator("conv", {}, replace(operator, requires=wrong)))


def test_numbers_are_put_in():
    found = symconv.derive("conv", W=6, F=3, S=2, P=1)
    assert found.facts == {
        "output": 3,
        "remainder": 1,
        "input cells never read": [],
        "padding cells never read": 1,
    }
    assert {step.name: str(step.value) for step in found.steps}["remainder"] == "1"
    assert symconv.derive("conv", input=6, kernel_size=3, stride=2, padding=0).facts[
        "input cells never read"
    ] == [5]
    assert "one window fits" in symconv.derive("conv", W=2, F=5, S=1, P=0).facts["output"]
    assert symconv.derive("upsampling", n=2).steps[0].value is not None


def test_cells_never_read_agree_with_the_windows_themselves():
    rng = random.Random(7)
    for _ in range(30):
        w, f, s, p, d = (rng.randint(1, 12), rng.randint(1, 4), rng.randint(1, 6), rng.randint(0, 3), rng.randint(1, 3))  # fmt: skip
        facts = symconv.derive("conv", W=w, F=f, S=s, P=p, D=d).facts
        size = symconv.size(symconv.Conv1d(kernel_size=f, stride=s, padding=p, dilation=d), w)
        if size.refused:
            assert "none" in facts["output"]
            continue
        assert facts["output"] == size.output
        read = {o * s + j * d - p for o in range(size.output) for j in range(f)}
        assert facts["input cells never read"] == [c for c in range(w) if c not in read]


@pytest.mark.parametrize(
    ("name", "numbers"),
    [("convolution", {}), ("conv", {"Q": 1}), ("conv", {"W": 1.5}), ("conv", {"S": 0}), ("conv", {"W": 2**40}), ("conv", {"W": True})],
)  # fmt: skip
def test_wrong_names_and_numbers_are_wrong_requests(name, numbers):
    with pytest.raises(RequestError):
        symconv.derive(name, **numbers)


def test_forall_finds_the_rules_of_scaling():
    up = symconv.law("conv_transpose").subs({D: 1, A: 0})
    rule = symconv.forall(W, Eq(up, n * W))
    assert repr(rule) == "Eq(S, n) & Eq(F - 2*P - S, 0)"
    assert rule.verdict.proved
    down = symconv.forall(W, Eq(symconv.law("conv").subs({D: 1, W: n * W}), W))
    assert Eq(S, n) in sympy.And.make_args(down.relation)
    article = symconv.forall(W, Eq((n * W + 2 * P - F) / S + 1, W))
    assert sympy.simplify(sympy.Equivalent(article.relation, rule.relation)) == sympy.true
    same = symconv.forall(W, Eq(symconv.law("conv").subs({S: 1}), W))
    assert same.relation == Eq(D * (F - 1), 2 * P)
    assert symconv.forall(W, Eq(up, n * W - 1 - n * W)).relation is not None


@pytest.mark.parametrize("statement", [True, W, Eq(2**W, n), "W", "W == 2**W"])
def test_forall_refuses_what_is_no_relation_of_integers(statement):
    with pytest.raises(RequestError):
        symconv.forall(W, statement)


def test_families_are_sound_and_complete():
    rule = symconv.forall(W, Eq(symconv.law("conv_transpose").subs({D: 1, A: 0}), n * W))
    for where, shown in (
        ({n: 2 * k}, "S = 2k, P = t, F = 2k + 2t   (k >= 1, t >= 0; complete: proved)"),
        ({n: 2 * k + 1}, "S = 2k + 1, P = t, F = 2k + 2t + 1   (k >= 1, t >= 0; complete: proved)"),
        ({n: 3}, "S = 3, P = t, F = 2t + 3   (t >= 0; complete: proved)"),
        ({}, "S = n, P = t, F = n + 2t   (n >= 1, t >= 0; complete: proved)"),
    ):
        assert repr(symconv.family(rule, where)) == shown
    family = symconv.family(rule, {n: 2 * k})
    found = {(s[F], s[S], s[P]) for s in family.where(F <= 12)}
    brute = {
        (f, s, p)
        for f in range(1, 13)
        for s in range(2, 13, 2)
        for p in range(7)
        if f - s - 2 * p == 0
    }
    assert found == brute


def test_an_infinite_family_is_listed_lazily_each_setting_at_a_finite_place():
    rule = symconv.forall(W, Eq(symconv.law("conv_transpose").subs({D: 1, A: 0}), n * W))
    family = symconv.family(rule, {n: 2 * k})
    settings = family.where(Eq(Mod(F, S), 0))
    first = [next(settings) for _ in range(12)]
    sums = [s[S] // 2 + s[P] for s in first]
    assert sums == sorted(sums)
    assert next(iter(family.where("kernel_size == 14 and stride == 6")))["padding"] == 4


def test_verify_runs_torch_and_can_say_no():
    pytest.importorskip("torch")
    rule = symconv.forall(W, Eq(symconv.law("conv_transpose").subs({D: 1, A: 0}), n * W))
    family = symconv.family(rule, {n: 2 * k})
    verified = family.verify("torch")
    assert repr(verified) == "8 of 8 agreed"
    assert verified.forward_calls == 40
    wrong = replace(family, letters=dict(family.letters) | {"F": family.letters["F"] + 1})
    failed = wrong.verify("torch")
    assert failed.failed == 8
    assert "not" in repr(failed)
    with pytest.raises(RequestError):
        family.verify("numpy")


def test_a_family_knows_whose_law_its_rule_is_about_and_asks_the_layers_who_follows_it():
    transposed = symconv.law("conv_transpose").subs({D: 1, A: 0})
    up = symconv.family(symconv.forall(W, Eq(n * W, transposed)))
    assert (up.asked.operator, repr(up.setting({"n": 2, "t": 1}))) == (
        "conv_transpose",
        "(kernel_size=4, stride=2, padding=1)",
    )
    names = {"kernel_size": 3, "stride": 2, "padding": 1}
    for operator, layer in (
        ("conv", symconv.Conv1d),
        ("conv_transpose", symconv.ConvTranspose1d),
        ("max_pool", symconv.MaxPool1d),
    ):
        assert layer_following(operator, names) == layer(**names)
    assert layer_following("lp_pool", names) is None
    with pytest.raises(RequestError, match="some layer of one axis"):
        replace(up, asked=up.asked._replace(operator="halve")).verify("torch")


def test_law_gives_formulas_of_operators_and_layers():
    assert symconv.law("conv_transpose") == A + D * (F - 1) - 2 * P + S * (W - 1) + 1
    assert symconv.law(symconv.Conv2d(kernel_size=2 * k)) == sympy.floor(W - 2 * k + 1)
    assert symconv.law(symconv.Conv2d(kernel_size=(3, 5)), axis=2) == W - 4
    assert symconv.law("max_pool").has(symbol("ceil_mode"))
    assert symconv.law("conv") == expression(OPERATORS["conv"].symmetric.size)
    for wrong in ("convolve", symconv.Upsample(scale_factor=0.7)):
        with pytest.raises(RequestError):
            symconv.law(wrong)
    for axis in (-1, 0, 3, "x", 1.0, True):
        with pytest.raises(RequestError, match="an axis from 1 to 2"):
            symconv.law(symconv.Conv2d(kernel_size=(3, 5)), axis=axis)
    assert t.is_nonnegative


def test_a_text_is_never_evaluated(capfd):
    rule = symconv.forall(W, Eq(symconv.law("conv_transpose").subs({D: 1, A: 0}), n * W))
    code = "__import__('os').system('echo evaluated')"
    for wrong in (lambda: symconv.family(code), lambda: symconv.family(rule, {n: code})):
        with pytest.raises(RequestError):
            wrong()
    for wrong in (lambda: symconv.forall(W, code), lambda: symconv.law([code])):
        with pytest.raises(RequestError):
            wrong()
    assert "evaluated" not in capfd.readouterr().out


def test_parameters_of_a_family_may_be_any_integers():
    rule = symconv.forall(W, Eq(symconv.law("conv_transpose").subs({D: 1, A: 0}), n * W))
    m = sympy.Symbol("m", integer=True, positive=True)
    family = symconv.family(rule, {n: 2 * m})
    assert repr(family).startswith("S = 2m")
    assert [s[F] for s in family.where(F <= 4)] == [2, 4, 4]
    anything = symconv.family(rule, {n: 2 - sympy.Symbol("m", integer=True)})
    assert {s[F] for s in anything.where(F <= 2)} == {1, 2}


def test_a_proof_without_time_is_undecided_and_no_refutation(monkeypatch):
    monkeypatch.setattr("symconv.book.derived.PATIENCE", 1e-6)
    with pytest.raises(UndecidedError, match="time limit"):
        symconv.derive("conv")
    assert symconv.cli.main(["derive", "conv"]) == 3


def test_markdown_is_what_one_pastes():
    found = symconv.derive("max_unpool")
    text = found.markdown()
    assert text.startswith("## The size law of max_unpool\n\nPuts each maximum back where")
    assert r"$$O = \left(W - 1\right) S + F - 2 P$$" in text
    assert "* given: the input has a cell: $W \\ge 1$" in text
    assert [
        line.split(".")[0] for line in text.splitlines() if ".**" in line and line[0] != "*"
    ] == [str(number) for number in range(1, len(found.steps) + 1)]
    assert "**Result.**" in text
    assert text.endswith(f"* source: {MARKDOWN.told(found.source)}\n")
    assert found._repr_markdown_() == text
    names = [*DERIVATIONS]
    assert len(names) == len(OPERATORS) + 4


@pytest.mark.parametrize("of", [ENCODER, "upsampling", "inverse", "adaptive_pool"])
def test_latex_escapes_words(of):
    latex = symconv.derive(of).latex()
    words = re.sub(r"\$[^$]*\$|\\\[.*?\\\]", "", latex, flags=re.DOTALL)
    assert "`" not in words
    assert not re.search(r"(?<!\\)[_%&#$<>^~]", words)
    assert words.count("{") == words.count("}")
    assert [*re.findall(r"\\begin{(\w+)}", words)] == [*re.findall(r"\\end{(\w+)}", words)]


def test_the_command_line(capsys):
    assert main(["derive", ENCODER, "--output", "56"]) == 0
    assert "inputs: 221 <= W <= 224" in capsys.readouterr().out
    assert main(["derive", ENCODER, "W=224", "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert found["facts"]["output"] == 56
    assert found["derivation"] == "chain"
    assert main(["derive", "unfold", "--markdown"]) == 0
    assert capsys.readouterr().out.startswith("## The size law of unfold")
    two = "Conv2d(kernel_size=(3, 5)) -> ReLU()"
    assert main(["derive", two, "--axis", "2", "--latex"]) == 0
    assert "W - 4" in capsys.readouterr().out
    for wrong in (
        [two], ["unfoldd"], ["conv", "of=3"], ["conv", "W"], ["conv", "--output", "x"],
        [ENCODER, "F=3"], [ENCODER, "W=3", "--output", "7"], [""], ["->"],
    ):  # fmt: skip
        assert main(["derive", *wrong]) == 2, wrong
        assert "needed:" in capsys.readouterr().err
    assert main(["derive", "PixelUnshuffle(2) -> AdaptiveAvgPool2d(7)", "--output", "7"]) == 0
    assert "inputs: even sizes" in capsys.readouterr().out
    far = "PixelUnshuffle(337) -> Upsample(scale_factor=337) -> PixelUnshuffle(347)"
    assert main(["derive", f"{far} -> AdaptiveAvgPool2d(2)", "--output", "2"]) == 3
