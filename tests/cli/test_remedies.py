"""What an error says to write: in the prompt's own spelling, in the request's names, and true."""

import inspect
import json
import shlex

import pytest

import symconv
from symconv.cli import main
from symconv.errors import RequestError, near_name
from symconv.layers import LAYERS

OPEN = "Conv2d(3, 8, kernel_size=?, stride=?)"
CONV = "Conv2d(3, 8, 3)"
LARGE = "9" * 500

SAID = {
    "channels": (["size", CONV, "32", "--channels", "-1"], "Write --channels 3."),
    "an output": (["solve", CONV, "--output", "-3"], "Write --output 7."),
    "an input": (["solve", OPEN, "--input", "0", "--output", "4"], "--input 7."),
    "a view": (["draw", CONV, "8", "--view", "paint"], "Write --view window, or leave it out."),
    "a claim": (["prove"], '--claim "(W - 1)*S + 1 >= W" with --given "W >= 1 and S >= 1".'),
    "a condition as a name": (["prove", "W > 2"], 'as --claim "W >= 1".'),
    "an output of a law": (["derive", "conv", "--output", "3"], "with --output 7."),
    "a limit": (["solve", OPEN, "--up", "2", "--limit", "0"], "--limit 20."),
    "a factor": (["solve", OPEN, "--up", "0"], "Write for instance --up 2."),
    "a factor below": (["solve", OPEN, "--down", "0"], "Write for instance --down 2."),
    "no goal": (["solve", OPEN], "Write for instance --up 2, or --input 7 --output 14."),
    "two numbers": (["solve", OPEN, "--input", "7,9", "--output", "1,2,3"], "--input 7,9 --output 14,18."),
    "a time": (["prove", "upsampling", "--timeout", "-1"], "Write --timeout 10."),
    "an axis": (["derive", CONV, "--axis", "0"], "Write --axis 1 for the first"),
    "a model's shape": (["audit", "ok.py:X"], "--input 1,3,W,W or --input 1,80,W."),
    "a shape": (["audit", CONV, "--input", "7"], "Write --input W for all axes"),
    "an empty output": (["solve", OPEN, "--output", ""], 'Write for instance "2*W".'),
    "empty inputs": (["solve", OPEN, "--up", "2", "--for", ""], 'Write for instance "W == 2".'),
    "empty inputs of a decoder": (["mirror", CONV, "--for", ""], 'Write for instance "W == 2".'),
    "a size as a condition": (["mirror", CONV, "--for", "W"], 'like "W == 2".'),
    "a power": (["solve", OPEN, "--output", "W**2"], "`W*W`"),
    "a power of an output": (["solve", CONV, "--output", "O**2 == 4"], "`O*O`"),
    "a set of inputs": (["solve", OPEN, "--up", "2", "--for", "W {1, 2}"], "`W in {1, 2}`"),
    "a divisor": (["solve", OPEN, "--same", "--for", "2 divides W"], "`W % 2 == 0`"),
    "a brace": (["solve", CONV, "--output", "{7, 14"], '"{7, 14}"'),
    "a size below 0": (["draw", CONV, "-5"], "Write for instance 16."),
    "sizes of one axis": (["size", "Conv1d(1, 1, 3)", "7,8"], "Write for instance 16."),
    "sizes of three axes": (["size", "Conv3d(1, 1, 3)", "7,8"], "by axis 16,24,32."),
    "ordinary beside others": (["solve", OPEN, "--up", "2", "--sort", "ordinary,stride"], "Leave ordinary out"),
    "no input of a decoder": (["mirror", CONV, "--input", "0"], "--input 224."),
    "a name of inputs": (["solve", OPEN, "--same", "--for", "X > 2"], "Known names: W, input"),
    "inputs among parameters": (["solve", OPEN, "--same", "--where", "W <= 5"], "Say which inputs by --for;"),
    "a model elsewhere": (["size", "examples/13_sizes_of_a_model.py:UNet", "572"], "`symconv audit`"),
    "a package elsewhere": (["mirror", "nets.unet:UNet"], "`symconv audit`"),
    "a word for a padding": (["size", "Conv2d(3, 8, 3, padding='sam')", "8"], "Did you mean `same`?"),
    "a word for a mode": (["size", "Conv2d(3, 8, 3, padding_mode='reflct')", "8"], "Did you mean `reflect`?"),
    "a mode of resizing": (["size", "Upsample(scale_factor=2, mode='bilinea')", "8"], "`bilinear`?"),
    "a factor of no law": (["derive", "Upsample(scale_factor=2.3)"], "Ask `symconv size`"),
}  # fmt: skip
"""Commands, and what each is told to write."""


def told(command, capsys):
    """The error that a command is told, as JSON."""
    assert main([*command, "--json"]) == 2
    return json.loads(capsys.readouterr().out)["error"]


@pytest.mark.parametrize("name", SAID)
def test_a_remedy_is_what_somebody_types_here(name, capsys):
    command, write = SAID[name]
    assert write in told(command, capsys)["write"]


NEEDED = {
    "a limit": (["solve", OPEN, "--up", "2", "--limit", "0"], "--limit as an integer from 1"),
    "a factor": (["solve", OPEN, "--up", "0"], "--up as an integer from 1"),
    "every goal": (["solve", OPEN], "--up, --down, --same, --agree and --output"),
    "a large size": (["size", CONV, LARGE], "of at most 400 digits"),
    "a large factor": (["solve", OPEN, "--up", LARGE], "of at most 400 digits"),
    "a large output": (["solve", CONV, "--output", f"1..{'9' * 20}"], "to 2**61 - 1"),
    "a time": (["size", CONV, "8", "--timeout", "0"], "above 0 and below a million"),
    "one size": (["size", "Conv1d(1, 1, 3)", "7,8"], "one size"),
    "a size by zero": (["solve", OPEN, "--same", "--where", "kernel_size % 0 == 0"], "not 0"),
    "a floor by zero": (["solve", OPEN, "--same", "--where", "kernel_size//0 == 0"], "not 0"),
    "inputs by zero": (["solve", OPEN, "--same", "--for", "W % 0 == 0"], "not 0"),
    "a decoder's inputs by zero": (["mirror", CONV, "--for", "W // 0 == 0"], "not 0"),
    "a layer between arrows": (["size", "Conv2d(3, 8, 3) -> -> ReLU()", "32"], "behind `->`"),
    "a layer behind an arrow": (["size", "ReLU() ->", "32"], "behind `->`"),
    "a layer behind a line's arrow": (["size", "ReLU() ->\n-> ReLU()", "32"], "behind `->`"),
    "a name to sort by": (["solve", OPEN, "--up", "2", "--sort", ""], "sort by"),
    "a picture": (["draw", CONV, "8", "-o", "x.png"], "ends in .svg"),
    "a page": (["explore", "-o", "x.pdf"], "ends in .html"),
    "one open size": (["audit", "ok.py:X", "--input", "1,3,H,W"], "one open size"),
}


@pytest.mark.parametrize("name", NEEDED)
def test_what_is_needed_is_said_and_true(name, capsys):
    command, needed = NEEDED[name]
    assert needed in told(command, capsys)["needed"]


def test_what_is_required_leaves_out_what_is_not(capsys):
    assert main(["derive"]) == 2
    assert "needed: NAME|LAYERS\n" in capsys.readouterr().err


def test_as_many_names_are_counted_as_are_listed(capsys):
    with pytest.raises(SystemExit):
        main(["derive", "--help"])
    listing = capsys.readouterr().out.partition("what can be derived by its name:\n")[2]
    from symconv.book.deriving.rules import derivable

    assert (
        f"There are {listing.count(',') + len(derivable())},"
        in (told(["derive", ""], capsys)["write"])
    )


PLACES = {
    "solve 'Conv1d(kernel_size=?)' --up 0": "0",
    "solve 'Conv1d(kernel_size=?)' --up 2 --limit abc": "abc",
    "solve 'Conv1d(kernel_size=?)' --up 2 --timeout abc": "abc",
    "solve 'Conv1d(kernel_size=?)' --up 2 --timeout 0": "0",
    "size ReLU() -5": "-5",
    "size 'Conv2d(3, 8, 3)' 32,32,32": "32,32,32",
    "size ReLU() 8 --channels abc": "abc",
    "size ReLU() 8 --channels 0": "0",
    "derive conv W": "W",
    "derive conf": "conf",
    "prove nope": "nope",
    "theorems --chapter nope": "nope",
    "draw 'Conv1d(kernel_size=3)' 8 --view foo": "foo",
    "draw 'Conv1d(kernel_size=3)' 8 -o a.png": ".png",
}


@pytest.mark.parametrize("line", PLACES)
def test_the_value_of_an_option_is_underlined(line, capsys):
    place = told(shlex.split(line), capsys)["place"]
    first = place["column"] - 1
    assert place["text"][first : first + place["length"]] == PLACES[line]


def test_python_is_told_in_the_spelling_of_python():
    with pytest.raises(RequestError) as caught:
        symconv.solve(OPEN)
    assert caught.value.write == "Write for instance up=2, or input=7, output=14."
    assert "--" not in str(caught.value)


@pytest.mark.parametrize(
    ("written", "meant"),
    [("Convd2", "Conv2d"), ("MaxPool", "MaxPool2d"), ("BatchNorm", "BatchNorm2d"), ("Conv1", "Conv1d")],
)  # fmt: skip
def test_of_names_as_near_the_usual_one_is_meant(written, meant):
    assert near_name(written, LAYERS) == f"Did you mean `{meant}`?"


@pytest.mark.parametrize("name", LAYERS)
def test_a_layer_takes_a_device_and_a_dtype_where_torch_does(name):
    nn = pytest.importorskip("torch").nn
    if not hasattr(nn, name):
        pytest.skip("torch has no such layer")
    takes = {"device", "dtype"} <= {*inspect.signature(getattr(nn, name)).parameters}
    kind = LAYERS[name]
    required = {
        one: declared.usual for one, declared in kind.parameters.items() if declared.required
    }
    if takes:
        assert kind(**required, device=None, dtype=None) == kind(**required)
    else:
        with pytest.raises(RequestError, match="device"):
            kind(**required, device=None)
