"""How answers about models are told: what is not known, messages that tell sizes, and powers."""

import inspect
import json

import pytest

pytest.importorskip("torch")

import torch
from torch import nn

from symconv import audit
from symconv.networks.model_answer import MOST_ALIKE, MOST_LINES
from symconv.networks.recording import Recorder
from symconv.reading.constraints import formula
from symconv.terms import variable


class Calls(nn.Module):
    def __init__(self, call):
        super().__init__()
        self.call = call

    def forward(self, x):
        return self.call(x)


def told(call):
    """Return the answer about a function, and its lines by what each begins with."""
    audited = audit(Calls(call), "1,1,W")
    lines = [line.partition(": ") for line in repr(audited).splitlines()]
    return audited, {head: [rest for one, _, rest in lines if one == head] for head, _, _ in lines}


def test_where_nothing_is_known_it_is_not_said_that_no_size_is_valid():
    audited, lines = told(lambda x: x * x.sum().item())
    assert audited.verdict == "unknown"
    assert lines["valid W"] == ["none known (the input is 1 x 1 x W)"]
    assert lines["not known"] == ["every size"]
    assert not {*lines} & {"unchanged", "output", "refused"}
    assert not audited.takes_nothing
    assert not audited.valid
    assert audited.to_dict()["valid"]["W"]["residues"] == []


def test_what_is_known_to_be_refused_is_told_beside_what_is_open():
    def even(x):
        if x.shape[-1] % 2:
            raise ValueError("odd")
        return x * x.sum().item()

    audited, lines = told(even)
    assert lines["valid W"] == ["none known (the input is 1 x 1 x W)"]
    assert lines["not known"] == ["even sizes"]
    assert lines["refused"][0].startswith("odd sizes: ")
    assert audited.to_dict()["open"]["W"]["residues"] == [0]
    assert not audited.takes_nothing


def refusing(below):
    def refuses(x):
        n = x.shape[-1]
        if n < below:
            message = f"3 cells of {n}, of which {n / 2} are wanted"
            raise ValueError(message)
        return x

    return refuses


def test_many_messages_that_differ_only_in_numbers_are_one():
    audited, lines = told(refusing(MOST_ALIKE + 2))
    assert audited.verdict == "proved"
    (line,) = lines["refused"]
    assert line.startswith(f"1 to {MOST_ALIKE + 1}: test_model_answers.py:")
    assert line.endswith(": ValueError: 3 cells of …, of which … are wanted")
    assert [blame["axis"] for blame in audited.to_dict()["blame"]] == ["W"]


def test_few_messages_are_told_as_they_are():
    _, lines = told(refusing(3))
    first, second = lines["refused"]
    assert first.endswith(": ValueError: 3 cells of 1, of which 0.5 are wanted")
    assert second.endswith(": ValueError: 3 cells of 2, of which 1.0 are wanted")


def test_a_long_list_is_cut_in_the_text_and_whole_in_json():
    def refuses(x):
        n = x.shape[-1]
        if n <= 3 * MOST_LINES:
            raise ValueError("a" * int(n))
        return x[..., : int(n % 16)]

    audited, lines = told(refuses)
    assert audited.verdict == "proved"
    assert len(lines["refused"]) == MOST_LINES + 1
    assert lines["refused"][-1] == f"… and {2 * MOST_LINES} more"
    assert lines["output"][-1] == "… and 8 more"
    assert len(audited.to_dict()["blame"]) == 3 * MOST_LINES
    assert len(audited.to_dict()["output"]) == 16


def test_messages_of_two_lines_stay_apart():
    def refuses(x):
        n = x.shape[-1]
        if n <= MOST_ALIKE + 1:
            message = f"{n} is small"
            raise ValueError(message)
        if n <= 2 * MOST_ALIKE + 2:
            message = f"{n} is small"
            raise ValueError(message)
        return x

    _, lines = told(refuses)
    small, larger = lines["refused"]
    assert small.startswith(f"1 to {MOST_ALIKE + 1}: ")
    assert larger.startswith(f"{MOST_ALIKE + 2} to {2 * MOST_ALIKE + 2}: ")


def test_a_power_is_told_without_brackets_and_reads_back():
    audited, lines = told(lambda x: x.new_zeros(3 * x.shape[-1] ** 4))
    assert lines["output"] == ["3*W*W*W*W"]
    ((output,),) = audited.outputs
    assert formula("3*W*W*W*W") is output.shape[0]


def test_products_are_written_as_one_chain():
    recorder, size = Recorder(lambda size: True), variable("W")
    square = recorder.product(size, recorder.product(2, size))
    assert recorder.product(square, square) is formula("4*W*W*W*W")


def test_what_comes_out_alike_at_several_sizes_is_told_once():
    audited, lines = told(lambda x: x.repeat(1, {5: 3}.get(x.shape[-1], 1), 1))
    assert lines["output"] == ["1 x 1 x W, for W 1 to 4 and 6 to 64", "1 x 3 x W, for W 5"]
    assert [entry["shape"] for entry in audited.to_dict()["output"]] == [
        ["1", "1", "W"],
        ["1", "3", "W"],
    ]


def test_a_model_that_is_made_of_a_text_for_each_copy_is_read_all_the_same():
    class Joins(nn.Module):
        def __init__(self):
            super().__init__()
            self.down, self.up = nn.Conv1d(1, 1, 2, 2), nn.ConvTranspose1d(1, 1, 2, 2)

        def forward(self, x):
            return torch.cat([x, self.up(self.down(x))], 1)

    audited = audit(torch.fx.symbolic_trace(Joins()), "1,1,W")
    assert audited.verdict == "proved"
    assert str(audited.valid) == "even sizes"


def test_a_line_of_pythons_own_library_is_none_of_the_models():
    def refuses(x):
        return x if x.shape[-1] > 3 else x + json.loads("")

    _, lines = told(refuses)
    assert lines["refused"][0].startswith("1 to 3: test_model_answers.py:")


def test_the_line_of_whoever_asks_is_none_of_the_models():
    audited = audit(nn.GRU(1, 2), "W,1,1", timeout=600)
    assert audited.reason.startswith("wants a plain integer for each size")


def test_each_decision_of_a_proof_is_told_with_the_line_that_asked_for_it():
    def call(x):
        if x.shape[-1] % 2 == 0:  # an even size
            return x
        return nn.functional.conv1d(x, torch.ones(1, 1, 5))  # five taps

    audited, _ = told(call)
    lines = inspect.getsource(call).splitlines()
    first = call.__code__.co_firstlineno
    even, taps = (
        f"test_model_answers.py:{first + place}"
        for word in ("# an even size", "# five taps")
        for place, line in enumerate(lines)
        if word in line
    )
    decisions = [line for line in audited.markdown().splitlines() if line.startswith("   * ")]
    assert any(line.startswith(f"   * `{even}`: ") and "mod 2" in line for line in decisions)
    assert any(line.startswith(f"   * `{taps}`: ") for line in decisions)
    assert all(line.startswith((f"   * `{even}`", f"   * `{taps}`")) for line in decisions)


@pytest.mark.parametrize("shape", ["1,3,W,W,W", "W,W"])
def test_an_input_of_too_many_axes_is_unknown_with_what_torch_says_of_it(shape):
    class Residual(nn.Conv2d):
        def forward(self, x):
            return x[..., 1:-1, 1:-1] + super().forward(x)

    answer = audit(Residual(3, 3, 3), shape)
    assert answer.verdict == "unknown"
    assert "Expected 3D (unbatched) or 4D (batched) input to conv2d" in repr(answer)
    assert "INTERNAL" not in repr(answer)
