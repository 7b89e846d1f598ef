"""Designed chains: all of them against trying them, their order, their counts, their proofs."""

import random
from dataclasses import replace
from unittest import mock

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import symconv
from chains_by_hand import INSTANCES, asked, brute, cost, pairs, seen
from symconv.designing import designer, question, searches
from symconv.designing.designer import design
from symconv.emit.sequential_code import sequential_code
from symconv.meanings.notation import text as written
from symconv.operators.letters import W
from symconv.proving import Verdict
from symconv.questions.goals import relation, scaling
from symconv.reading.chains import chain
from symconv.terms import both


@pytest.mark.parametrize(("text", "size", "out", "reach"), INSTANCES, ids=str)
def test_the_designs_are_those_that_trying_them_all_finds(text, size, out, reach):
    expected = brute(text, [size], [out], reach)
    found = design(
        text, pairs(size, out), receptive_field=None if reach == 1 else reach, limit=None
    )
    assert {one.layers for one in found.settings} == expected
    assert len(found.settings) == len(expected) == found.count
    assert found.exhausted
    assert found.verdict == ("solved" if expected else "infeasible")
    for one in found.settings:
        assert one.sizes == symconv.size(one.layers, size).rows
        painted = any(type(layer).__name__.startswith("ConvTranspose") for layer in one.layers)
        if isinstance(one.receptive_field, int) and not painted:
            assert {seen(one.layers, axis) for axis in range(len(size))} == {one.receptive_field}


def test_a_stride_of_its_own_is_not_the_kernel_though_both_are_unknown():
    """What is known of one of the two layers must not be said of the other."""
    for text in ("MaxPool1d(kernel_size=?)", "MaxPool1d(kernel_size=?, stride=?)") * 2:
        found = design(text, pairs((6,), (2,)), limit=None)
        expected = brute(text.replace("?", "1..6"), [(6,)], [(2,)])
        assert {one.layers for one in found.settings} == expected


def test_some_instances_have_designs_and_some_have_none():
    verdicts = {design(t, pairs(a, b)).verdict for t, a, b, _ in INSTANCES}
    assert verdicts == {"solved", "infeasible"}


RANGES = st.sampled_from(["1..3", "2", "{1, 3}", "2..4"])
CONVOLUTIONS = st.builds(
    lambda k, s, p, d: f"Conv1d(kernel_size={k}, stride={s}, padding={p}, dilation={d})",
    RANGES, st.sampled_from(["1..2", "2", "3"]), st.sampled_from(["0", "0..1"]), st.sampled_from(["1", "1..2"]),
)  # fmt: skip
POOLS = st.builds(lambda k, c: f"MaxPool1d(kernel_size={k}, ceil_mode={c})", RANGES, st.sampled_from(["?", "True", "False"]))  # fmt: skip
TRANSPOSED = st.builds(
    lambda k, s, a: f"ConvTranspose1d(kernel_size={k}, stride={s}, output_padding={a})",
    RANGES, st.sampled_from(["1..2", "2", "3"]), st.sampled_from(["0", "0..1"]),
)  # fmt: skip


def without_reason(*request, **options):
    """Design, without looking for the reason where there is no design."""
    with mock.patch.object(designer, "conflict"):
        return design(*request, **options)


@settings(max_examples=25, deadline=None)
@given(
    st.lists(CONVOLUTIONS | POOLS | TRANSPOSED, min_size=1, max_size=2),
    st.integers(4, 14),
    st.integers(1, 9),
)
def test_random_chains_agree_with_trying_them_all(layers, size, out):
    text = " -> ".join(layers)
    found = without_reason(text, pairs((size,), (out,)), limit=None)
    assert {one.layers for one in found.settings} == brute(text, [(size,)], [(out,)])


@settings(max_examples=20, deadline=None)
@given(
    st.lists(CONVOLUTIONS | POOLS, min_size=2, max_size=2), st.integers(6, 16), st.integers(2, 9)
)
def test_random_chains_with_a_receptive_field_agree_too(layers, size, reach):
    text = " -> ".join(layers)
    found = without_reason(text, pairs((size,), (3,)), receptive_field=reach, limit=None)
    assert {one.layers for one in found.settings} == brute(text, [(size,)], [(3,)], reach)


CONDITIONS = {
    "kernel_size % stride == 0": (("kernel_size", "stride"), lambda F, S: F % S == 0),
    "padding <= dilation*(kernel_size - 1)//2": (
        ("padding", "dilation", "kernel_size"), lambda P, D, F: P <= D * (F - 1) // 2),
    "padding == 0 or kernel_size % padding == 0": (
        ("padding", "kernel_size"), lambda P, F: P == 0 or F % P == 0),
    "kernel_size % padding == 0": (
        ("padding", "kernel_size"), lambda P, F: P != 0 and F % P == 0),
    "even(stride)": (("stride",), lambda S: S % 2 == 0),
}  # fmt: skip
OPEN = "Conv1d(kernel_size=1..4, stride=1..3, padding=0..2, dilation=1..2)"
POOLED = [
    f"{OPEN} -> MaxPool1d(3, padding=1) -> Conv1d(kernel_size=1..4, padding=0..1)",
    f"{OPEN} -> MaxPool1d(2) -> Conv1d(kernel_size=1..4, padding=0..1)",
    f"{OPEN} -> MaxPool1d(2, stride=2) -> Conv1d(kernel_size=1..4, stride=1, padding=0..1)",
]


@pytest.mark.parametrize("text", POOLED)
@pytest.mark.parametrize("condition", CONDITIONS)
def test_a_constraint_holds_for_each_layer_that_has_what_it_speaks_of(text, condition):
    found = design(text, pairs((13,), (3,)), where=asked(condition), limit=None)
    expected = brute(text, [(13,)], [(3,)], where=[CONDITIONS[condition]])
    assert {one.layers for one in found.settings} == expected
    assert found.verdict == ("solved" if expected else "infeasible")


def test_each_constraint_holds_for_some_of_these_chains():
    for condition in CONDITIONS.values():
        assert any(brute(text, [(13,)], [(3,)], where=[condition]) for text in POOLED)


@pytest.mark.parametrize("rank", ["parameters", "macs"])
def test_designs_come_by_their_cost_each_once(rank):
    text = "2..3 x Conv2d(kernel_size=1..4, stride=1..3, padding=0..1) -> ConvTranspose2d(kernel_size=2..4, stride=2)"  # fmt: skip
    channels = (3, 8, 16, 5, 7)
    found = design(text, pairs((21, 21), (6, 6)), rank=rank, channels=channels, limit=None)
    costs = [one.cost for one in found.settings]
    assert costs == sorted(costs)
    assert len(set(costs)) > 5
    assert len({one.layers for one in found.settings}) == len(costs) == found.count
    assert costs == [cost(rank, one.layers, one.sizes, channels) for one in found.settings]
    firsts = {}  # a list with a limit has the same layers in one order only
    for one in found.settings:
        firsts.setdefault(tuple(sorted(map(repr, one.layers))), one)
    expected = list(firsts.values())
    for limit in (1, 7, len(expected) - 1, len(expected), len(costs) + 1):
        first = design(text, pairs((21, 21), (6, 6)), rank=rank, channels=channels, limit=limit)
        assert first.settings == expected[:limit]
        assert first.exhausted == (limit >= len(expected) == len(costs))
        assert first.count == len(costs)


OWN = "Conv2d(kernel_size=1..3, stride=1..2) -> Conv2d(kernel_size=2..3, padding=0..1)"


@pytest.mark.parametrize("rank", ["parameters", "macs"])
def test_designs_whose_axes_have_numbers_of_their_own_come_by_their_cost_too(rank):
    """Each axis has its numbers, also where they are the same; what each costs is counted."""
    channels, asked_for = (3, 8, 5), pairs((9, 7), (4, 3))
    found = design(OWN, asked_for, rank=rank, channels=channels, limit=None)
    expected = brute(OWN, [(9, 7)], [(4, 3)])
    assert {one.layers for one in found} == expected
    assert any(isinstance(layer.kernel_size, tuple) for layers in expected for layer in layers)
    costs = [one.cost for one in found]
    assert costs == [cost(rank, one.layers, one.sizes, channels) for one in found]
    assert costs == sorted(costs)
    assert len(set(costs)) > 5
    assert found.count == len(found) == len(expected)
    for limit in (1, 5):
        first = design(OWN, asked_for, rank=rank, channels=channels, limit=limit)
        assert [one.cost for one in first] == costs[:limit]
        assert first.count == len(expected)


@pytest.mark.parametrize("rank", ["ordinary", "parameters", "macs"])
def test_kernels_below_0_that_torch_takes_are_no_designs_less(rank):
    """They weigh less than nothing, and every design with one was lost."""
    text = "MaxUnpool1d(kernel_size=-24..-22, stride=2..4, padding=0..1) -> Conv1d(1, 1, kernel_size=1..2)"  # fmt: skip
    found = design(text, pairs((10,), (10,)), rank=rank, limit=None)
    expected = brute(text, [(10,)], [(10,)])
    assert {one.layers for one in found} == expected != set()
    assert [one.cost for one in found] == sorted(one.cost for one in found)
    assert found.count == len(expected)


def test_parameters_are_those_of_the_torch_module():
    pytest.importorskip("torch")
    text = "Conv2d(3, 8, kernel_size=1..4) -> ReLU() -> Conv2d(8, 12, kernel_size=1..4, groups=4, bias=False)"  # fmt: skip
    names: dict = {}
    designs = design(text, pairs((9,), (5,)), rank="parameters").settings
    assert len(designs) == 3
    for one in designs:
        exec(sequential_code(one.layers, "to 5"), names)
        assert sum(tensor.numel() for tensor in names["chain"]().parameters()) == one.cost


def test_of_equal_cost_the_more_ordinary_comes_first():
    text = "2 x Conv1d(kernel_size=3, stride=1..3, padding=0..2, dilation=1..2)"
    by_cost = design(text, pairs((20,), (6,)), rank="parameters", limit=None)
    ordinary = design(text, pairs((20,), (6,)), limit=None)
    assert len({one.cost for one in by_cost.settings}) == 1
    assert [one.layers for one in by_cost.settings] == [one.layers for one in ordinary.settings]
    assert [one.cost for one in ordinary.settings] == sorted(one.cost for one in ordinary.settings)


def test_counts_are_exact_beyond_64_bits():
    found = design("40 x Conv1d(kernel_size=1, dilation=1..4)", pairs((9,), (9,)), limit=1)
    assert found.count == 4**40 > 2**64


def test_costs_are_exact_beyond_64_bits():
    text = "3 x Conv1d(kernel_size=1..4, stride=1..2)"
    channels = (10**8, 10**8 + 1, 10**7, 10**7 + 3)
    found = design(text, pairs((40,), (9,)), rank="macs", channels=channels, limit=None)
    costs = [cost("macs", one.layers, one.sizes, channels) for one in found.settings]
    assert [one.cost for one in found.settings] == costs == sorted(costs)
    assert max(costs) * max(design(text, pairs((40,), (9,)), limit=1).settings[0].cost, 1) > 2**62


def named(output, inputs):
    """Return the goal for some inputs, which somebody named."""
    return relation(output, inputs, written(inputs))


def every(output):
    """Return the goal for every input."""
    return relation(output, both())


FOR_ALL = [
    ("Conv1d(kernel_size=3, stride=2, padding=1) -> ConvTranspose1d(kernel_size=1..5, stride=2, padding=0..2, output_padding=0..1)", named(W, (W % 2).eq(0))),
    ("Conv1d(kernel_size=1..4, stride=2, padding=0..2) -> Conv1d(kernel_size=1..4, stride=1..3, padding=0..1)", scaling("down", 4)),
    ("Conv1d(kernel_size=1..5, padding=0..2, dilation=1..2) -> MaxPool1d(kernel_size=1..3, stride=1..2, padding=0..1)", every(W)),
    ("Conv1d(kernel_size=1..4, stride=1..3, padding=0..2) -> ConvTranspose1d(kernel_size=1..3, stride=1..3)", named(W // 2 * 2, W >= 4)),
    ("Conv2d(kernel_size=2..3, stride=2, padding=0..1) -> MaxPool2d(kernel_size=2..3, stride=2, padding=0..1, ceil_mode=?)", every((W + 3) // 4)),
    ("Conv1d(kernel_size=3, padding=0..3, padding_mode=reflect)", every(W)),
    ("ReflectionPad1d(2) -> Conv1d(kernel_size=3..7)", named(W, W >= 3)),
    ("MaxPool1d(kernel_size=2..3) -> Upsample(scale_factor=2)", named(W, (W % 6).eq(0))),
]  # fmt: skip


@pytest.mark.parametrize(("layers", "goal"), FOR_ALL, ids=str)
@pytest.mark.parametrize("samples", [question.SAMPLES, (0,)], ids=["all samples", "one sample"])
def test_a_goal_for_all_sizes_is_met_for_all_of_them(layers, goal, samples, monkeypatch):
    """Also with one sample: what Z3 refutes joins the samples until only true designs are left."""
    monkeypatch.setattr(question, "SAMPLES", samples)
    axes = 2 if "2d" in layers else 1
    inputs = [size for size in range(1, 80) if goal.speaks_of(size)]
    wanted = [(goal.gives(size),) * axes for size in inputs]
    expected = brute(layers, [(size,) * axes for size in inputs], wanted)
    found = design(layers, [goal], limit=None)
    assert {one.layers for one in found.settings} == expected
    assert found.exhausted
    assert found.verdict == ("solved" if expected else "infeasible")
    assert all(one.proof.proved for one in found.settings)


def test_what_fails_at_large_sizes_only_is_dropped_by_itself(monkeypatch):
    monkeypatch.setattr(searches, "LARGEST_SAMPLE", 0)
    monkeypatch.setattr(question, "SAMPLES", (0,))
    for layers, goal in FOR_ALL[:3]:
        found = design(layers, [goal], limit=None)
        monkeypatch.setattr(question, "SAMPLES", (30, 0, 1, 2, 3))
        assert found.settings
        again = {one.layers for one in design(layers, [goal], limit=None).settings}
        assert {one.layers for one in found.settings} == again
        monkeypatch.setattr(question, "SAMPLES", (0,))


def test_what_is_not_proved_is_not_solved(monkeypatch):
    unknown = Verdict("unknown", "z3", reason="a planted reason")
    monkeypatch.setattr(searches, "proof", lambda *_: unknown)
    layers, goal = FOR_ALL[0]
    found = design(layers, [goal], limit=None)
    assert found.verdict == "unknown"
    assert not found.exhausted
    assert found.count is None
    assert "a planted reason" in repr(found)
    assert {one["proof"] for one in found.to_dict()["solutions"]} == {"unknown"}


def test_sizes_that_are_no_law_are_unknown():
    found = design(
        "Conv1d(kernel_size=1..2) -> Upsample(scale_factor=1.7)", [every(W * 17 // 10)], limit=1
    )
    assert found.verdict == "unknown"
    assert "floating-point" in found.reason


def test_bounds_that_the_sizes_force_are_found():
    text = "Conv1d(kernel_size=?, stride=?) -> MaxPool1d(kernel_size=?)"
    found = design(text, pairs((24,), (3,)), limit=None)
    ranged = text.replace("?", "1..24")
    assert {one.layers for one in found.settings} == {one.layers for one in design(ranged, pairs((24,), (3,)), limit=None).settings}  # fmt: skip
    assert found.count > 50


def test_a_random_walk_through_a_large_network_is_among_its_designs():
    """What the tables count as designs are all of them: a random one is found by its cost."""
    rng = random.Random(7)
    text = "6 x Conv1d(kernel_size=2..3, stride=1..2)"
    for _ in range(3):
        layers = tuple(replace(one, kernel_size=rng.choice((2, 3)), stride=rng.choice((1, 2))) for one in chain(text).layers)  # fmt: skip
        out = symconv.size(layers, 200).output
        found = design(text, pairs((200,), (out,)), limit=None)
        assert layers in {one.layers for one in found.settings}
