"""An operator is one value: appended with a layer, within a test, every command takes it.

Its windows are of a kind of its own, their taps leave out every skip-th cell, and `skip` is a
letter that no other operator has. What is right is computed here, from the cells themselves.
"""

import itertools
import json

import pytest

import symconv
from symconv.cli import main
from symconv.meanings.integers import INTEGERS
from symconv.operators.letters import P, W
from symconv.terms import interpret
from toy_windows import ToyConv1d, ToyConv2d, ToyConvTranspose1d, registered, toy, toy_transpose

TOY = "ToyConv1d(kernel_size=4, stride=2, padding=1, skip=3)"
OPEN = "ToyConv1d(kernel_size=?, stride=?, padding=?, skip=?)"


@pytest.fixture(autouse=True)
def appended():
    with registered(toy, ToyConv1d, ToyConv2d), registered(toy_transpose, ToyConvTranspose1d):
        yield


@pytest.fixture
def run(capsys):
    """Run a command; its exit status, and what it printed."""

    def ran(*arguments):
        status = main(list(arguments))
        printed = capsys.readouterr()
        return status, printed.out + printed.err

    return ran


def taps(kernel_size, skip):
    """The cells that a window reads, counted from its first: every skip-th is left out."""
    kept = (cell for cell in itertools.count() if (cell + 1) % skip)
    return list(itertools.islice(kept, kernel_size))


def outputs(size, kernel_size, stride=1, padding=0, skip=2):
    """How many windows fit, counted one by one; none where the first does not fit."""
    extent, padded = taps(kernel_size, skip)[-1] + 1, size + 2 * padding
    return sum(1 for start in range(0, padded, stride) if start + extent <= padded)


def chain_of(*settings):
    return " -> ".join(
        f"ToyConv1d(kernel_size={f}, stride={s}, padding={p}, skip={skip})"
        for f, s, p, skip in settings
    )


@pytest.mark.parametrize("skip", [2, 3, 5])
@pytest.mark.parametrize("padding", [0, 2])
@pytest.mark.parametrize("stride", [1, 3])
@pytest.mark.parametrize("kernel_size", [1, 2, 4, 7])
def test_size_is_what_the_windows_count(kernel_size, stride, padding, skip):
    setting = (kernel_size, stride, padding, skip)
    for size in range(1, 30):
        wanted, answer = outputs(size, *setting), symconv.size(chain_of(setting), size)
        assert (answer.output if not answer.refused else 0) == wanted


def test_a_refused_size_names_the_law_and_the_nearest_sizes_that_pass(run):
    status, said = run("size", TOY, "2")
    assert status == 1
    assert "kernel_size - 1 + (kernel_size - 1)//(skip - 1) + 1 <= input + 2*padding" in said
    assert "here 5 <= 4. The nearest sizes that pass: 3 (above)." in said
    status, said = run("size", f"{TOY} -> {TOY}", "6")
    assert (status, "The nearest sizes that pass: 7 (above)." in said) == (1, True)


def test_a_wrong_parameter_of_its_own_is_refused_as_any_other():
    with pytest.raises(symconv.RequestError, match="skip"):
        symconv.size("ToyConv1d(kernel_size=4, skip=1)", 20)
    with pytest.raises(symconv.RequestError, match="skip"):
        symconv.size("ToyConv1d(kernel_size=4, skip=2.5)", 20)


def test_it_goes_on_in_chains_and_over_two_axes(run):
    layers = "ToyConv2d(kernel_size=(4, 3), stride=2, padding=1, skip=(3, 2)) -> Flatten()"
    status, said = run("size", f"Conv2d(3, 5, 1) -> {layers}", "20,30", "--json")
    rows, columns = outputs(20, 4, 2, 1, 3), outputs(30, 3, 2, 1, 2)
    assert status == 0
    assert json.loads(said)["features"] == 5 * rows * columns


def test_the_receptive_field_is_what_the_taps_reach(run):
    first, second = (4, 2, 1, 3), (3, 1, 0, 2)
    reached = {2 * later + tap - 1 for later in taps(3, 2) for tap in taps(4, 3)}
    answer = symconv.receptive_field(chain_of(first, second))
    assert (answer.field, answer.start) == (max(reached) - min(reached) + 1, min(reached))
    assert (answer.jump, run("size", TOY, "--receptive")[0]) == (2, 0)


def test_the_law_is_written():
    law, numbers = symconv.law("toy"), {"W": 20, "F": 4, "S": 2, "P": 1, "skip": 3}
    assert {str(letter) for letter in law.free_symbols} == set(numbers)
    assert law.subs({letter: numbers[str(letter)] for letter in law.free_symbols}) == 9
    (size,) = symconv.law(TOY).free_symbols
    assert symconv.law(TOY).subs(size, 20) == 9


def test_the_law_is_derived_with_every_step_checked(run):
    derivation = symconv.derive("toy", W=20, F=4, S=2, P=1, skip=3)
    assert derivation.facts["output"] == outputs(20, 4, 2, 1, 3)
    assert all(step.checked for step in derivation.steps)
    assert "Z3 proved" in run("derive", "toy")[1]
    given = [size for size in range(1, 40) if outputs(size, 4, 2, 1, 3) == 8]
    status, said = run("derive", TOY, "--output", "8")
    assert (status, f"inputs: {given[0]} <= W <= {given[-1]}" in said) == (0, True)
    assert run("derive", f"{TOY} -> Conv1d(kernel_size=3)")[0] == 0


@pytest.mark.parametrize("layers", [TOY, "ToyConvTranspose1d(kernel_size=4, stride=2, skip=3)"])
def test_it_is_undone_by_the_rule_for_windows(run, layers):
    mirrored = symconv.mirror(layers)
    assert (mirrored.verdict, run("mirror", layers)[0]) == ("proved", 0)
    for size in range(3, 12):
        there = symconv.size(layers, size).output
        back = symconv.size([step.asked((size,)) for step in mirrored.steps], there)
        assert back.output == size


def test_what_has_no_windows_is_refused_by_what_it_reads(run):
    status, said = run("mirror", f"{TOY} -> Fold(4, 2)")
    assert status == 2
    assert "no rule undoes an output that reads windows of two axes in one row" in said


@pytest.mark.parametrize("view", ["window", "matrix", "transposed matrix"])
def test_it_is_drawn_in_every_view(run, view):
    status, said = run("draw", TOY, "9", "--view", view)
    assert (status, said.startswith("<svg")) == (0, True)
    assert "output 0 reads input 0, 2, 3" in said or view != "window"


@pytest.mark.parametrize("view", ["stretched", "paint", "matrix"])
def test_the_transposed_layer_is_drawn_in_every_view(run, view):
    layer = "ToyConvTranspose1d(kernel_size=4, stride=2, skip=3)"
    assert run("draw", layer, "4", "--view", view)[1].startswith("<svg")


def test_a_claim_about_it_is_proved_and_a_false_one_refuted():
    ranges = [toy.requires[sentence] for sentence in toy.requires]
    assert symconv.prove(claim=toy.size <= W + 2 * P, given=ranges).word == "proved"
    refuted = symconv.prove(claim=toy.size.eq(W + 2 * P), given=ranges)
    assert refuted.word == "refuted"
    found = refuted.counterexample
    assert interpret(toy.size, INTEGERS, found) != found["W"] + 2 * found["P"]


def test_it_is_searched_alone():
    answer = symconv.solve(
        OPEN, input=20, output=10, where="skip <= 3 and kernel_size <= 5 and padding <= 2",
        limit=None,
    )  # fmt: skip
    listed = {tuple(one[letter] for letter in ("F", "S", "P", "skip")) for one in answer.settings}
    wanted = {
        setting
        for setting in itertools.product(range(1, 6), range(1, 25), range(3), (2, 3))
        if outputs(20, *setting) == 10
    }
    assert answer.exhausted
    assert listed == wanted


def test_for_all_sizes_each_setting_is_proved():
    answer = symconv.solve(
        OPEN, down=2, where="skip <= 4 and kernel_size <= 5 and padding <= 2", limit=None
    )
    listed = {tuple(one[letter] for letter in ("F", "S", "P", "skip")) for one in answer.settings}
    wanted = {
        setting
        for setting in itertools.product(range(1, 6), (1, 2, 3), range(3), (2, 3, 4))
        if all(outputs(size, *setting) == size // 2 for size in range(2, 60, 2))
    }
    assert answer.exhausted
    assert listed == wanted


def test_it_is_searched_in_a_chain_by_its_own_letter_and_by_what_it_sees():
    chain = (
        "ToyConv1d(kernel_size=1..5, stride=2, padding=1, skip=2..5) -> Conv1d(kernel_size=1..3)"
    )
    answer = symconv.solve(
        chain, input=20, output=8, where="skip <= 3 and receptive_field >= 7", limit=None
    )
    listed = {
        (one.layers[0].kernel_size, one.layers[0].skip, one.layers[1].kernel_size)
        for one in answer.settings
    }
    wanted = {
        (f, skip, k)
        for f, skip, k in itertools.product(range(1, 6), (2, 3), range(1, 4))
        if outputs(20, f, 2, 1, skip) - k + 1 == 8 and 2 * (k - 1) + taps(f, skip)[-1] + 1 >= 7
    }
    assert listed == wanted
    by_extent = symconv.solve(chain, input=20, output=8, where="extent <= 4", limit=None)
    assert {taps(one.layers[0].kernel_size, one.layers[0].skip)[-1] < 4
            for one in by_extent.settings} == {True}  # fmt: skip


def test_a_request_that_nothing_meets_names_its_letter(run):
    status, said = run(
        "solve", "ToyConv1d(kernel_size=3, skip=2..3)", "--input", "9", "--output", "8"
    )
    assert (status, "skip" in said) == (1, True)


def test_which_inputs_give_an_output():
    given = [size for size in range(1, 60) if outputs(size, 4, 2, 1, 3) == 8]
    assert list(symconv.solve(TOY, output=8)) == given


def test_the_code_has_its_parameter(run):
    _, code = run("solve", OPEN, "--input", "20", "--output", "10", "--emit", "torch")
    compile(code, "emitted", "exec")
    assert "nn.ToyConv1d(kernel_size=2, stride=2, skip=3)" in code


@pytest.mark.parametrize(
    "arguments",
    [
        ("solve", OPEN, "--input", "20", "--output", "10"),
        ("solve", f"{TOY} -> Conv1d(kernel_size=1..3)", "--input", "20", "--output", "8"),
        ("mirror", TOY),
    ],
)
def test_only_verify_says_that_torch_has_no_such_layer(run, arguments):
    pytest.importorskip("torch")
    status, said = run(*arguments)
    assert (status, "torch has no" in said) == (0, False)
    status, said = run(*arguments, "--verify")
    assert status == 0
    assert "not run: torch has no such layer as ToyConv1d" in said
