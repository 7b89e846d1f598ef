"""What `prove` and `theorems` refuse: three beats and exit status 2, never a traceback."""

import json
import subprocess
import sys

import pytest
import sympy

import symconv
from symconv.book.statements.statement import Theorem
from symconv.cli import main
from symconv.errors import RequestError
from symconv.symbols import S as stride
from symconv.symbols import W as width
from symconv.terms import sizes

W, S = sizes("W S")

COMMANDS = [
    (["prove"], "a theorem's name, or a claim", "neither"),
    (["prove", "W=5"], "a theorem's name, or a claim", "neither"),
    (["prove", "--given", "W >= 1"], "a theorem's name, or a claim", "neither"),
    (["prove", "upsamplin"], "the name of a theorem", "Did you mean `upsampling`?"),
    (["prove", "size_ge_iff_window_fit"], "'size_ge_iff_window_fit'", "`size_ge_iff_window_fits`"),
    (["prove", "zzz"], "the name of a theorem", "`symconv theorems` lists them"),
    (["prove", ""], "the name of a theorem", "''"),
    (["prove", "x" * 5000], "the name of a theorem", "…"),
    (["prove", "upsampling", "--claim", "W >= 1"], "or a claim of your own", "both: 'upsampling'"),
    (["prove", "upsampling", "--given", "W >= 1"], "or a claim of your own", "Leave one out"),
    (["prove", "--claim", ""], "a condition", "an empty text"),
    (["prove", "--claim", "W >= 1", "--given", ""], "a condition", "an empty text"),
    (["prove", "--claim", "W + 1"], "a comparison", "'W + 1', which is an integer"),
    (["prove", "--claim", "W >="], "a number, a name or `(`", "the end of the text"),
    (["prove", "--claim", "W = 1"], "`=`", "Write `==`"),
    (["prove", "--claim", "W / 0 == 1"], "`0`", "a divisor that is not 0"),
    (["prove", "--claim", "W ** 2 >= 0"], "`**`", "Write a product"),
    (["prove", "--claim", "sqrt(W) >= 0"], "min, max, abs, odd, even", "the function `sqrt`"),
    (["prove", "--claim", "W in S"], "`S`", "a set after `in`"),
    (["prove", "--claim", "forall W: W >= 1"], "`W`", "an operator or the end"),
    (["prove", "--claim", "W >= 1.5"], "whole numbers", "`1.5`"),
    (["prove", "--claim", "W >= True"], "`True`", "a number, a name or `(`"),
    (["prove", "--claim", "().__class__"], "`)`", "a number, a name or `(`"),
    (["prove", "--claim", "W >= 1; S"], "`;`", "Join conditions by `and`"),
    (["prove", "--claim", "W >= 1 $"], "'$'", "a name, a number or a sign"),
    (["prove", "--claim", "W >= " + "9" * 5000], "numbers of at most 400 digits", "one of 5000"),
    (["prove", "--claim", "W >= " + "(" * 3000], "at most 60 brackets", "Flatten"),
    (["prove", "upsampling", "Q=1"], "integers for the letters of upsampling", "Q = 1"),
    (["prove", "chain_fits", "Q=1"], "integers for the letters of chain_fits", "W, F1, S1, P1, D1"),
    (["prove", "placements", "O=1"], "integers for the letters of placements", "W, F, S, P, D."),
    (["prove", "chain_fits", "F31=1"], "integers for the letters of chain_fits", "F31 = 1"),
    (["prove", "chain_fits", "F0=1"], "integers for the letters of chain_fits", "F0 = 1"),
    (["prove", "chain_fits", "F1a=1"], "integers for the letters of chain_fits", "F1a = 1"),
    (["prove", "placements", "W=99999"], "from -10000 to 10000 for W", "Write smaller numbers"),
    (["prove", "placements", "W=" + "9" * 399], "from -10000 to 10000", "more than 60 digits"),
    (
        ["prove", "chain_inverse", "F1=1", "S1=999", "F2=1", "S2=999", "y=1"],
        "at most 20000",
        "998001",
    ),
    (["prove", "receptive_field", "F1=99", "D1=999", "o=0"], "at most 5000 cells", "97903"),
    (["prove", "upsampling", "W"], "numbers for letters", "W=6"),
    (["prove", "upsampling", "W="], "a number for W as an integer", "W=6"),
    (["prove", "upsampling", "W=x"], "a number for W as an integer", "'x'"),
    (["prove", "upsampling", "W=1.5"], "a number for W as an integer", "'1.5'"),
    (["prove", "upsampling", "W=" + "9" * 5000], "a number for W as an integer", "one of 5000"),
    (["prove", "--claim", "W >= 1", "S=2"], "integers for the letters of yours", "S = 2"),
    (["prove", "--all", "upsampling"], "--all, or one statement", "both"),
    (["prove", "--all", "--claim", ""], "--all, or one statement", "both"),
    (["prove", "--all", "--timeout", "nan"], "a time limit as a number of seconds", "nan"),
    (["prove", "upsampling", "--timeout", "soon"], "--timeout as a number of seconds", "'soon'"),
    (["prove", "upsampling", "--timeout", "nan"], "a time limit as a number of seconds", "nan"),
    (["prove", "upsampling", "--timeout", "inf"], "a time limit as a number of seconds", "inf"),
    (["prove", "upsampling", "--timeout", "-1"], "a time limit as a number of seconds", "-1"),
    (["prove", "upsampling", "--timeout", "0"], "a time limit as a number of seconds", "0"),
    (["prove", "--claim", "W >= 1", "--fresh"], "--fresh with a theorem of the book", "your own"),
    (["prove", "upsampling", "--latex", "--markdown"], "--latex or --markdown", "both"),
    (["prove", "upsampling", "--colour"], "an option of `symconv prove`", "--colour"),
    (["theorems", "--chapter", "nine"], "a chapter of the book", "1 counting, 2 guide"),
    (["theorems", "--chapter", "9"], "a chapter of the book", "'9'"),
    (["theorems", "--chapter", ""], "a chapter of the book", "''"),
]


@pytest.mark.parametrize(("command", "one", "other"), COMMANDS, ids=lambda one: str(one)[-40:])
def test_a_wrong_request_is_told_in_three_beats(command, one, other, capsys):
    assert main(command) == 2
    out, err = capsys.readouterr()
    assert not out
    needed, got, *place, write = err.rstrip("\n").split("\n")
    assert needed.startswith("symconv: needed: ")
    assert got.startswith("         got:    ")
    assert write.strip()
    assert len(place) in (0, 2)
    assert one in err
    assert other in err
    assert len(err) < 1000
    assert main([*command, "--json"]) == 2
    out, err = capsys.readouterr()
    assert not err
    assert set(json.loads(out)["error"]) - {"place"} == {"needed", "arrived", "write"}


@pytest.mark.parametrize("place", ["file/below", "file"])
@pytest.mark.parametrize("name", [(), ("upsampling",), ("--all",)])
def test_a_folder_that_cannot_be_written(place, name, tmp_path, capsys):
    (tmp_path / "file").write_text("in the way")
    assert main(["prove", *name, "--coq", str(tmp_path / place)]) == 2
    out, err = capsys.readouterr()
    assert not out
    assert "a folder for the Coq files" in err
    assert str(tmp_path / place) in err
    assert (tmp_path / "file").read_text() == "in the way"


def test_a_wrong_request_ends_a_process_without_a_traceback():
    for command in (["--claim", "W >="], ["upsamplin"], ["--coq", "/dev/null/x"]):
        done = subprocess.run(
            [sys.executable, "-m", "symconv", "prove", *command], capture_output=True, text=True
        )
        assert done.returncode == 2
        assert done.stderr.startswith("symconv: needed: ")
        assert "Traceback" not in done.stderr


@pytest.mark.parametrize(
    "wrong",
    [5, 3.5, True, b"x", [], "nothing", "", ("upsampling",)],
    ids=repr,
)
def test_what_is_no_theorem(wrong):
    with pytest.raises(RequestError, match="needed the name of a theorem"):
        symconv.prove(wrong)


NO_CONDITIONS = [
    *(5, True, False, 1.5, b"x", [W >= 1], {}, (), W, W + S, object(), "", "  ", "W"),
    *(sympy.Symbol("W") + 1, sympy.sqrt(sympy.Symbol("W")) >= 1, sympy.sin(sympy.Symbol("W")) >= 1),
    *(sympy.Symbol("W") >= 1, sympy.Symbol("W", positive=True) >= 2),
    sympy.Symbol("W", prime=True) >= 3,
]


@pytest.mark.parametrize("wrong", NO_CONDITIONS, ids=range(len(NO_CONDITIONS)))
def test_what_is_no_condition(wrong):
    for place in ("claim", "given"):
        if place == "given" and isinstance(wrong, list | tuple | dict):
            continue
        with pytest.raises(RequestError) as caught:
            symconv.prove(**({"claim": "W >= 1"} | {place: wrong}))
        assert caught.value.needed
        assert caught.value.arrived
        assert caught.value.write
    with pytest.raises(RequestError):
        Theorem(given=[W >= 1, wrong], claim=W >= 1)
    with pytest.raises(RequestError):
        Theorem(given={"a sentence": wrong}, claim=W >= 1)


def test_a_claim_that_is_missing_and_a_name_that_is_none():
    with pytest.raises(RequestError, match="neither"):
        symconv.prove(given="W >= 1")
    with pytest.raises(RequestError, match="`given` as a condition"):
        symconv.prove(given=None, claim="W >= 1")
    with pytest.raises(RequestError, match="a theorem's name"):
        Theorem(name="Not a name", claim="W >= 1")


@pytest.mark.parametrize("wrong", [0, -1, float("nan"), float("inf"), "2", None, True, 10**400])
def test_what_is_no_time_limit(wrong):
    with pytest.raises(RequestError, match="a time limit as a number of seconds"):
        symconv.prove("upsampling", timeout=wrong)


@pytest.mark.parametrize("wrong", [True, 1.5, "5", None])
def test_what_is_no_number_for_a_letter(wrong):
    with pytest.raises(RequestError, match="integers for the letters"):
        symconv.prove("upsampling").at(W=wrong)


@pytest.mark.parametrize("wrong", [0, 9, -1, True, [1], 1.0, "one", b"guide"])
def test_what_is_no_chapter(wrong):
    with pytest.raises(RequestError, match="a chapter of the book"):
        symconv.theorems(wrong)


def test_conditions_are_texts_terms_and_sympy_relations():
    w, s = sympy.symbols("W S", integer=True)
    for given in ("W >= 1 and S >= 1", ["W >= 1", S >= 1], (w >= 1, s >= 1), (W >= 1) & (S >= 1)):
        for claim in (W * S >= W, w * s >= w, "W*S >= W"):
            proof = symconv.prove(given=given, claim=claim)
            assert proof.word == "proved"
            assert proof.theorem.hypotheses == (W >= 1, S >= 1)
    assert symconv.prove(given="W > 0", claim=sympy.Eq(width * stride, width)).word == "refuted"
    assert symconv.prove(given={"it is wide": W >= 3}, claim=W >= 2).word == "proved"


@pytest.mark.parametrize(
    "claim",
    [
        "a*b*c*a % (b*b*c + 1) != b*c*a // (a*a + 7) + a*b*c",
        "(a*a*b) % (c*c + 1) + (b*b*c) // (a*a + 1) != a*b*c - 17*a + b*b*b*b*b",
    ],
)
def test_out_of_reach_is_unknown_or_refuted_and_no_hang(claim):
    proof = symconv.prove(given="a > 2 and b > 2 and c > 2", claim=claim)
    assert proof.word != "proved"
    if proof.word == "unknown":
        assert "time limit" in proof.z3.verdict.reason or "gave up" in proof.z3.verdict.reason


def test_a_cube_that_is_the_sum_of_two_is_unknown():
    proof = symconv.prove(given="a > 0 and b > 0 and c > 0", claim="a*a*a + b*b*b != c*c*c")
    assert proof.word == "unknown"
    assert proof.counterexample is None
    assert "time limit" in proof.z3.verdict.reason
