"""A theorem is one value: put into a chapter, it is listed, proved, exported, read back, shown."""

import json
import shutil

import pytest

from _generate import book, book_list
from shelves import put_back
from symconv.book.asking import prove, theorems
from symconv.book.coq import record
from symconv.book.coq.comparing import unlike
from symconv.book.coq.exporting import LAWS_FILE, texts
from symconv.book.coq.reading_back import definitions_in, differences, statements_in
from symconv.book.coq.stating import definitions
from symconv.book.statements.chapters import CHAPTERS, THEOREMS
from symconv.book.statements.letters import STRIDE, S, W, conv
from symconv.book.statements.statement import Theorem
from symconv.cli import main

BEFORE = list(THEOREMS)
ACCEPTED = {name for name in BEFORE if record.acceptance(name)}
CHAPTER = CHAPTERS[0]


@pytest.fixture
def toy():
    """A theorem in the first chapter, as one is added."""
    added = Theorem(
        name="size_add_two_strides",
        says="Two whole strides more of input are two more cells of output.",
        given=STRIDE,
        claim=conv(W + 2 * S).eq(conv() + 2),
        uses=("size_add_stride",),
        cites="a test",
    )
    with put_back():
        CHAPTER.statements.append(added)
        yield added
    assert list(THEOREMS) == BEFORE


def test_it_is_in_the_book(toy, capsys):
    assert THEOREMS[toy.name] is toy
    assert set(THEOREMS) == {*BEFORE, toy.name}
    assert toy in theorems()
    assert toy in theorems("counting")
    assert main(["theorems"]) == 0
    assert f"   {toy.name}: {toy.says}\n" in capsys.readouterr().out
    assert main(["theorems", "--chapter", "1", "--json"]) == 0
    (chapter,) = json.loads(capsys.readouterr().out)["chapters"]
    assert toy.name in [one["name"] for one in chapter["theorems"]]


def test_it_is_proved_by_z3_and_coq_has_not_accepted_it(toy, capsys):
    assert main(["prove", toy.name]) == 0
    out = capsys.readouterr().out
    assert "proved, by Z3" in out
    assert "Coq has not accepted it as it stands now" in out
    assert "claim  conv(W + 2*S) == conv(W) + 2\n" in out
    for form in ("--latex", "--markdown"):
        assert main(["prove", toy.name, form]) == 0
        assert r"\operatorname{conv}\left(W + 2 S\right)" in capsys.readouterr().out
    assert main(["prove", toy.name, "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["checkers"] == {"z3": "proved", "coq": None}
    assert main(["prove", toy.name, "W=7", "S=2", "F=3", "P=1", "D=1"]) == 0


def test_nothing_else_lapses(toy, capsys):
    assert {name for name in THEOREMS if record.acceptance(name)} == ACCEPTED
    main(["prove", "--all", "--json", "--timeout", "60"])
    proofs = {one["name"]: one for one in json.loads(capsys.readouterr().out)["theorems"]}
    assert list(proofs) == list(THEOREMS)
    assert {name for name, one in proofs.items() if one["checkers"]["coq"]} == ACCEPTED
    assert all(one["verdict"] == one["expected"] for one in proofs.values())


def test_it_is_written_for_coq_and_read_back(toy, tmp_path, capsys):
    assert main(["prove", "--coq", str(tmp_path)]) == 0
    capsys.readouterr()
    text = (tmp_path / CHAPTER.file).read_text("utf-8")
    assert text.count(f"Theorem {toy.name} :") == 1
    read = statements_in(text, definitions_in((tmp_path / LAWS_FILE).read_text("utf-8")))
    assert definitions_in(definitions()).keys() == definitions_in(texts()[LAWS_FILE]).keys()
    assert differences(toy, read[toy.name]) == []
    assert unlike(tmp_path, texts()) == {}


@pytest.mark.skipif(shutil.which("coqc") is None, reason="Coq is not installed")
def test_coq_accepts_it_when_it_is_asked_and_all_that_stands_below_it(toy, tmp_path):
    CHAPTER.statements.remove(toy)
    CHAPTER.statements.insert(0, toy)
    made, wrong = record.made(tmp_path, [toy.name])
    assert wrong == {}
    assert set(made["accepted"]) == {f"Counting.{toy.name}"}
    accepted = record.acceptance(toy.name, made)
    assert (accepted.version, accepted.file) == (made["coq"], CHAPTER.file)


def test_samples_of_it_are_run(toy):
    pytest.importorskip("torch")
    samples = prove(toy.name).verify(samples=5).samples
    assert (samples.checked, samples.failed) == (5, 0)


def test_the_documentation_shows_it(toy):
    pytest.importorskip("torch")
    page = book.chapter_page(CHAPTER)
    assert f":label: {toy.name}\n" in page
    assert page.count("Coq has not accepted it as it stands") == (toy.name not in ACCEPTED) + len(
        {one.name for one in CHAPTER.theorems} - ACCEPTED - {toy.name}
    )
    assert "* measured: 5 of 5 samples agreed in sizes" in page
    assert f"{{thm}}`{toy.name}`" in book.theorem(THEOREMS["size_add_stride"])
    assert f"| {len(CHAPTER.theorems)} |" in book.index()
    listings = book_list.pages().values()
    assert listings
    assert all(toy.name in listing for listing in listings)
