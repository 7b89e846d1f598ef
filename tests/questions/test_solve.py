"""`solve`: families and settings against brute force, order, conflicts, torch, code."""

import itertools
import json
from dataclasses import replace

import pytest
import sympy
from sympy import Eq, Mod

import symconv
import symconv.cli
import symconv.reading.chains
import symconv.vocabulary
from ordering import ordered
from symconv import symbols
from symconv.emit.torch_code import torch_code
from symconv.errors import RequestError
from symconv.layers.filling import filled
from symconv.meanings.integers import INTEGERS
from symconv.operators import OPERATORS
from symconv.operators.letters import F, P, S
from symconv.questions.asking import goals as goals_of
from symconv.questions.goals import scaling as scaling_goal
from symconv.solving.listing import Listing
from symconv.solving.problem import problems
from symconv.solving.rules import condition, proof
from symconv.terms import interpret

PATIENCE = 60.0
"""Seconds that a proof may take on a busy machine; each takes some milliseconds."""

UNKNOWNS = "kernel_size=1..6, stride=1..4, padding=0..3"

REQUESTS = [
    (f"ConvTranspose1d({UNKNOWNS})", {"up": 2}),
    (f"ConvTranspose1d({UNKNOWNS})", {"up": 3}),
    (f"ConvTranspose1d({UNKNOWNS}, output_padding=0..3)", {"up": 2}),
    (f"ConvTranspose1d({UNKNOWNS}, dilation=1..3)", {"up": 2}),
    (f"ConvTranspose1d({UNKNOWNS}, dilation=1..3, output_padding=0..3)", {"up": 2}),
    (f"ConvTranspose1d({UNKNOWNS}, dilation=1..3, output_padding=0..3)", {"same": True}),
    (f"ConvTranspose1d({UNKNOWNS}, dilation=2)", {"up": 3}),
    (f"Conv1d({UNKNOWNS})", {"down": 2}),
    (f"Conv1d({UNKNOWNS}, dilation=1..3)", {"down": 2}),
    (f"Conv1d({UNKNOWNS}, dilation=3)", {"down": 4}),
    (f"Conv1d({UNKNOWNS}, dilation=1..3)", {"same": True}),
    (f"Conv1d({UNKNOWNS}, padding_mode=reflect)", {"down": 2}),
    ("Conv1d(kernel_size=1..6, dilation=1..3, padding=same)", {"same": True}),
    ("Conv1d(kernel_size=1..5, stride=1..3, padding=-3..3, padding_mode=replicate)", {"down": 3}),
    ("Conv1d(kernel_size=1..5, stride=?, padding=-1, padding_mode=circular)", {"down": 3}),
    (f"MaxPool1d({UNKNOWNS}, dilation=1..3)", {"down": 2}),
    (f"MaxPool1d({UNKNOWNS}, ceil_mode=True)", {"down": 2}),
    (f"MaxPool1d({UNKNOWNS}, ceil_mode=True)", {"same": True}),
    ("MaxPool1d(kernel_size=1..6, padding=0..3)", {"down": 3}),
    (f"AvgPool1d({UNKNOWNS})", {"down": 3}),
    (f"AvgPool3d({UNKNOWNS})", {"down": 2}),
    ("LPPool1d(2, kernel_size=1..6, stride=1..4)", {"down": 2}),
    ("ConvTranspose1d(kernel_size=5, stride=?, padding=0..3, output_padding=0..3)", {"up": 2}),
    ("Conv1d(kernel_size=?, stride=2, padding=2)", {"down": 2}),
]  # fmt: skip


def brute(text, goals):
    """Try every setting of the box on our own sizes, for many inputs."""
    layer = symconv.reading.chains.chain(text).layers[0]
    asked = problems(layer, layer.rows(layer.least_axes)[0], *goals_of(**goals))[0]
    wanted = asked.goal
    box = {}
    for letter in asked.letters:
        unknown = layer.unknowns().get(letter)
        choices = range(1, 9) if unknown is None or unknown.choices is None else unknown.choices
        box[letter] = [asked.fixed[letter]] if letter in asked.fixed else choices
    if layer.follows("stride"):
        box["S"] = [None]
    found = set()
    for values in itertools.product(*box.values()):
        setting = dict(zip(box, values, strict=True))
        if setting["S"] is None:
            setting["S"] = setting["F"]
        try:
            concrete = filled(layer, [setting])
        except RequestError:
            continue
        inputs = [wanted.least_input * m for m in range(1, 14)]
        sizes = [(w, symconv.size(concrete, w)) for w in inputs]
        taken = [(w, size) for w, size in sizes if size.refused is None]
        right = all(size.output == wanted.gives(w) for w, size in taken)
        if right and taken[-1:] == sizes[-1:]:  # small sizes may be refused
            found.add(tuple(setting.values()))
    return found


@pytest.mark.parametrize(("text", "goals"), REQUESTS, ids=str)
def test_the_settings_are_those_that_trying_them_all_finds(text, goals):
    found = symconv.solve(text, limit=None, **goals)
    expected = brute(text, goals)
    assert {tuple(setting.values()) for setting in found.settings} == expected
    assert len(found.settings) == len(expected) == found.count
    assert found.exhausted
    assert found.verdict == ("solved" if expected else "infeasible")
    for family in found.families:
        assert family.complete.proved


@pytest.mark.parametrize(("text", "goals"), REQUESTS[:12], ids=str)
def test_settings_come_as_they_are_built_then_by_weight_and_by_their_numbers(text, goals):
    found = symconv.solve(text, limit=None, **goals)
    rows = [tuple(setting.values()) for setting in found]
    assert rows == [row for _, row in ordered(found.problems, rows)]


@pytest.mark.parametrize(("text", "goals"), REQUESTS, ids=str)
def test_the_families_of_the_json_read_back_as_the_same_settings(text, goals):
    found = symconv.solve(text, limit=None, **goals)
    families = found.to_dict()["families"]
    assert bool(found.settings) == bool(brute(text, goals))
    for setting in found.settings:
        named = {sympy.Symbol(name, integer=True): value for name, value in setting.named.items()}
        if any(problem.proved_one_by_one for problem in found.problems):
            assert not families  # each setting has sizes of its own
        else:
            assert any(_in_family(family, named) for family in families)


def _in_family(family, setting):
    """Whether a setting solves a family's equations with parameters that its condition allows."""
    names = {str(one): one for one in setting}
    names |= {name: sympy.Symbol(name, integer=True) for name in ("k", "t", "n")}
    equations = [
        sympy.Eq(sympy.sympify(family[str(name)], locals=names).subs(setting), value)
        for name, value in setting.items()
    ]
    where = sympy.And(sympy.sympify(family["where"], locals=names)).subs(setting)
    wanted = [one for one in equations if one != sympy.true]
    if sympy.false in wanted:
        return False
    unknowns = sorted({one for each in wanted for one in each.free_symbols}, key=str)
    solutions = sympy.solve(wanted, unknowns, dict=True) if wanted else [{}]
    return any(
        all(value.is_integer for value in solution.values())
        and sympy.sympify(where).subs(solution) == sympy.true
        for solution in solutions
    )


def test_a_division_by_zero_holds_for_no_setting():
    for padding in ("?", "0"):
        layer = f"ConvTranspose1d(kernel_size=2, stride=2, padding={padding})"
        found = symconv.solve(layer, up=2, where="kernel_size % padding == 0")
        assert found.verdict == "infeasible"
        assert found.count == 0


def test_finite_requests_are_counted_and_infinite_ones_are_not():
    text = "ConvTranspose2d(kernel_size=1..5000, stride=?, padding=?)"
    found = symconv.solve(text, up=2, limit=2)
    assert found.count == 2500
    assert not found.exhausted
    assert symconv.solve(text.replace("1..5000", "?"), up=2, limit=2).count is None


def test_what_the_clock_leaves_open_is_not_called_infinite():
    text = "ConvTranspose2d(kernel_size=1..5, stride=?, padding=?, dilation=?, output_padding=?)"
    found = symconv.solve(text, up=2, limit=None, timeout=0.001)
    assert found.verdict == "unknown"
    assert found.reason


def test_an_interruption_keeps_what_was_found(monkeypatch):
    whole = Listing.blocks

    def interrupted(self, *until):
        yield next(whole(self, *until))[:3]
        raise KeyboardInterrupt

    monkeypatch.setattr(Listing, "blocks", interrupted)
    found = symconv.solve("Conv2d(kernel_size=?, padding=?)", same=True)
    assert len(found.settings) == 3
    assert not found.exhausted
    assert "interrupted" in repr(found)


def test_families_are_in_the_form_of_the_contract():
    found = symconv.solve("ConvTranspose2d(kernel_size=?, stride=?, padding=?)", up=2).to_dict()
    assert found["families"] == [
        {
            "kernel_size": "2*t + 2",
            "stride": "2",
            "padding": "t",
            "dilation": "1",
            "output_padding": "0",
            "where": "t >= 0",
            "complete": True,
        }
    ]
    assert found["verdict"] == "solved"
    assert found["exhausted"] is False
    assert found["count"] is None
    assert len(found["solutions"]) == 20
    first = {"kernel_size": 4, "stride": 2, "padding": 1, "dilation": 1, "output_padding": 0}
    assert found["solutions"][0] == first
    assert found["verified"] is None
    json.dumps(found)


def test_several_families_where_output_padding_is_free():
    text = "ConvTranspose2d(kernel_size=?, stride=?, padding=?, output_padding=?)"
    families = symconv.solve(text, up=3).to_dict()["families"]
    assert [family["output_padding"] for family in families] == ["0", "1", "2"]
    assert [family["kernel_size"] for family in families] == ["2*t + 3", "2*t + 2", "2*t + 1"]


def test_every_setting_of_an_infinite_request_has_a_finite_place():
    text = "ConvTranspose1d(kernel_size=?, stride=?, padding=?, dilation=?, output_padding=?)"
    settings = symconv.solve(text, up=2, limit=60, timeout=30).settings
    assert len({tuple(s.values()) for s in settings}) == 60
    assert max(s["dilation"] for s in settings if s["kernel_size"] == 1) > 3


@pytest.mark.parametrize("kind", ["up", "down"])
@pytest.mark.parametrize("factor", [1, 2, 3, 7])
@pytest.mark.parametrize(
    "name", ["conv", "conv_transpose", "max_pool", "avg_pool", "lp_pool", "conv_same"]
)
def test_every_rule_is_proved(name, factor, kind):
    operator = OPERATORS[name] if name != "conv" else OPERATORS[name].symmetric
    for ceil in (False, True) if "pool" in name else (False,):
        goal = scaling_goal(kind, factor)
        if condition(operator, goal, ceil) is not None:
            assert proof(operator, goal, ceil=ceil, seconds=PATIENCE).proved


def test_the_usual_layers_have_rules():
    ways = [("conv", "down"), ("conv_transpose", "up"), ("max_pool", "down"), ("avg_pool", "down")]
    for name, kind in ways:
        operator = OPERATORS[name] if name != "conv" else OPERATORS[name].symmetric
        for factor in (1, 2, 3, 7):
            assert condition(operator, scaling_goal(kind, factor), False) is not None


def test_a_wrong_rule_is_not_proved():
    law = OPERATORS["conv_transpose"]
    wrong = replace(law, scaling=law.scaling.changed(room=S + P))
    assert not proof(wrong, scaling_goal("up", 2)).proved


def test_constraints_may_be_text_relations_or_terms():
    text = "ConvTranspose1d(kernel_size=1..9, stride=?, padding=?)"
    ways = (
        "kernel_size % 4 == 0",
        [Eq(Mod(symbols.F, 4), 0), symbols.S > 1],
        [Eq(Mod(symbols.F, 4), 0), symbols.P >= 0],  # which SymPy has settled
        [(F % 4).eq(0)],
    )
    found = [[dict(s) for s in symconv.solve(text, up=2, where=way).settings] for way in ways]
    assert found[0] == found[1] == found[2] == found[3]
    for wrong in (
        True,
        symbols.F % 4 == 0,
        "kernel_size",
        "groups == 1",
        "F = 2",
        "F*",
        3,
        F,
    ):
        with pytest.raises(RequestError):
            symconv.solve(text, up=2, where=[wrong])


CONFLICTS = [
    ("ConvTranspose2d(kernel_size=3, stride=?, padding=?)", {"up": 2}, "kernel_size is 3, as you wrote"),
    ("ConvTranspose2d(kernel_size=?, stride=3, padding=?)", {"up": 2}, "stride is 3, as you wrote"),
    ("Conv2d(kernel_size=2, padding=?)", {"same": True}, "kernel_size is 2, as you wrote"),
    ("MaxPool2d(kernel_size=3, padding=?)", {"down": 2}, "stride is 3, the kernel size, a pool's default; write stride=? to free it"),
    ("MaxPool2d(kernel_size=1..2, stride=?, padding=1)", {"same": True}, "kernel_size is one of 1..2"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "goals", "sentence"), CONFLICTS, ids=str)
def test_a_conflict_is_minimal_and_its_relaxations_hold(text, goals, sentence):
    found = symconv.solve(text, **goals)
    assert found.verdict == "infeasible"
    assert found.conflict.minimal
    kept = [*map(str, found.conflict.sentences)]
    assert sentence in kept
    terms = {one.says: one.term for one in found.problem.sentences}
    for relaxed in found.conflict.relaxations:
        letters = {symconv.vocabulary.LETTERS[name]: v for name, v in relaxed.example.items()}
        for other in set(kept) - {relaxed.sentence}:
            assert interpret(terms[other], INTEGERS, letters)
    assert found.to_dict()["conflict"] == kept


def test_a_goal_that_no_setting_reaches_is_infeasible():
    for text, goals in (
        ("Conv2d(kernel_size=?, stride=?, padding=?)", {"up": 2}),
        ("ConvTranspose2d(kernel_size=?, stride=?, padding=?)", {"down": 2}),
        ("MaxPool2d(kernel_size=?, stride=?, padding=?)", {"up": 3}),
    ):
        answer = symconv.solve(text, **goals)
        assert answer.verdict == "infeasible", answer.why


def test_that_there_is_none_is_proved_where_what_is_needed_for_it_is_not_told_in_time(monkeypatch):
    monkeypatch.setattr("symconv.solving.conflicts.SECONDS_A_QUESTION", 1e-6)
    answer = symconv.solve("ConvTranspose2d(kernel_size=?, stride=?, padding=?)", down=2)
    assert answer.verdict == "infeasible", answer.why


def test_running_out_of_time_is_unknown():
    found = symconv.solve(
        "ConvTranspose1d(kernel_size=?, stride=?, padding=?, dilation=?, output_padding=?)",
        up=2,
        where="kernel_size*dilation*padding*kernel_size == 94906267*94906267 + 1",
        timeout=0.3,
    )
    assert found.verdict == "unknown"
    assert found.to_dict()["reason"]


def test_verify_runs_settings_as_real_layers():
    pytest.importorskip("torch")
    for text, goals in REQUESTS[:1] + REQUESTS[7:8] + REQUESTS[14:15]:
        verified = symconv.solve(text, verify=True, **goals).verified
        assert verified.failed == 0
        assert verified.forward_calls == 5 * verified.checked
        assert verified.by.startswith("torch ")


def test_a_planted_wrong_law_makes_verify_fail(monkeypatch, capsys):
    pytest.importorskip("torch")
    law = OPERATORS["conv_transpose"]
    rule_of_it = law.scaling.changed(painted=law.scaling.painted + 1)
    wrong = replace(law, size=law.size + 1, scaling=rule_of_it)
    monkeypatch.setitem(OPERATORS, "conv_transpose", wrong)
    text = "ConvTranspose1d(kernel_size=?, stride=?, padding=?)"
    verified = symconv.solve(text, up=2, limit=3, verify=True).verified
    assert verified.failed == verified.checked > 3
    assert symconv.cli.main(["solve", text, "--up", "2", "--limit", "3", "--verify"]) == 1
    assert f"\n0 of {verified.checked} agreed" in capsys.readouterr().out


def test_a_disagreement_is_told_where_axes_differ(monkeypatch):
    pytest.importorskip("torch")
    law = OPERATORS["conv"]
    monkeypatch.setitem(OPERATORS, "conv", replace(law, size=law.size + 1, scaling=None))
    text, sizes = "Conv2d(kernel_size=?, stride=2)", {"input": (28, 30), "output": (14, 15)}
    found = symconv.solve(text, **sizes, limit=2, verify=True)
    assert found.verified.failed
    assert "'kernel_size': " in repr(found)


def test_a_law_whose_rule_has_no_proof_is_unknown(monkeypatch):
    law = OPERATORS["conv_transpose"]
    monkeypatch.setitem(OPERATORS, "conv_transpose", replace(law, size=law.size + 1))
    found = symconv.solve("ConvTranspose1d(kernel_size=?, stride=?, padding=?)", up=2)
    assert found.verdict == "unknown"
    assert "refuted" in found.reason


def test_emitted_code_runs_and_gives_the_sizes():
    torch = pytest.importorskip("torch")
    found = symconv.solve("ConvTranspose2d(kernel_size=1..9, stride=?, padding=?)", up=2)
    code = torch_code([found.layer(s) for s in found.settings], "double")
    names: dict = {}
    exec(code, names)
    layers = names["layers"](3, 5)
    assert len(layers) == len(found.settings) == 4
    for layer in layers:
        assert layer(torch.zeros(1, 3, 6, 7)).shape == (1, 5, 12, 14)
    pools = symconv.solve("MaxPool2d(kernel_size=1..4, stride=?, padding=?)", down=2)
    exec(torch_code([pools.layer(s) for s in pools.settings], "halve"), names)
    for layer in names["layers"]():
        assert layer(torch.zeros(1, 1, 8, 8)).shape == (1, 1, 4, 4)


@pytest.mark.parametrize(
    ("text", "options"),
    [
        ("Conv2d(kernel_size=?)", {}),
        ("Conv2d(kernel_size=?)", {"up": 2, "down": 2}),
        ("Conv2d(kernel_size=?)", {"up": 0}),
        ("Conv2d(kernel_size=?)", {"up": 2.0}),
        ("Conv2d(kernel_size=?)", {"up": 10**9}),
        ("Conv2d(kernel_size=?)", {"same": True, "limit": 0}),
        ("Conv2d(kernel_size=?)", {"same": True, "timeout": -1}),
        ("Conv2d(kernel_size=?, padding=?)", {"same": True, "limit": None}),
    ],
    ids=str,
)
def test_wrong_requests_say_what_to_write(text, options):
    with pytest.raises(RequestError) as caught:
        symconv.solve(text, **options)
    assert caught.value.write


def test_a_notebook_shows_tables():
    html = symconv.solve("Conv2d(kernel_size=?, padding=?)", same=True, limit=2)._repr_html_()
    assert html.count("<tr>") == 3
    assert "kernel_size</th>" in html
    refused = symconv.size("ReLU() -> Conv2d(kernel_size=(3, 3))", 2)._repr_html_()
    assert refused.count("<tr>") == 2
    assert "refused by layer 2" in refused
    none = symconv.solve("Conv2d(kernel_size=2, padding=?)", same=True)._repr_html_()
    assert "<table>" not in none
    assert "cannot hold together" in none
