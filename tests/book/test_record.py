"""The record of Coq: a change lapses the lemmas that rest on what changed, and no others."""

import re
from dataclasses import replace

import pytest

from shelves import change, put_back
from symconv.book.asking import prove
from symconv.book.coq import digests, exporting, record, stating
from symconv.book.coq.digests import digest_of
from symconv.book.coq.exporting import by_hand, file_of, lemma, needed, texts
from symconv.book.statements.calls import laws
from symconv.book.statements.chapters import CHAPTERS, THEOREMS
from symconv.book.statements.statement import Have, Iff, Theorem
from symconv.book.statements.structural import Lemma
from symconv.meanings import gallina
from symconv.operators.dialects import DIALECTS, Dialect
from symconv.terms import sizes

W, S, F, D = sizes("W S F D")
STATED = {one.name for one in THEOREMS.values() if isinstance(one, Theorem)}
LAWS = {law.name for law in laws()}
NEEDED = {file: set(needed([file])) for file in texts()}
"""What each file requires, itself among it."""
VERSION = "8.16.1"


def asked():
    """Every lemma as Coq is asked for it."""
    own = {name for one in THEOREMS.values() for name in record.lemmas(one)}
    return sorted(own.union(record.steps()))


def lapsed():
    """The theorems that the record does not accept as they stand now."""
    return {name for name in THEOREMS if record.acceptance(name) is None}


def words(text):
    """The names in a text."""
    return set(re.findall(r"\w+", text))


def named_by(law):
    """The theorems whose lemma, or whose file that is written by hand, names a law."""
    known = {law}
    for other in reversed(laws()):
        if known & words(stating.definition(other)):
            known.add(other.name)
    above = {name: text for name, text in by_hand().items() if "Laws.v" in NEEDED[name]}
    files = {name for name, text in above.items() if known & words(text)}
    return {
        name
        for name, entry in THEOREMS.items()
        if (
            known & words(digests._code(lemma(entry)))
            if name in STATED
            else files & NEEDED[entry.file]
        )
    }


def test_the_record_is_of_the_lemmas_as_they_are():
    """After a change of a theorem or a file: `python -m symconv.book.coq.record`, where Coq is."""
    known = record.recorded()
    assert set(known) == {"coq", "accepted"}
    assert re.fullmatch(r"\d+\.\d+(\.\d+)?", known["coq"])
    assert known["accepted"] == {name: digest_of(name) for name in asked()}
    assert len(set(known["accepted"].values())) == len(asked())


@pytest.fixture
def recorded_now(monkeypatch):
    """A record of everything as it stands; the book is put back afterwards."""
    now = {"coq": VERSION, "accepted": {name: digest_of(name) for name in asked()}}
    monkeypatch.setattr(record, "recorded", lambda: now)
    with put_back():
        yield now


@pytest.fixture
def first(recorded_now):
    """The statements of the first chapter."""
    return CHAPTERS[0].statements


def test_a_record_of_everything_accepts_everything(recorded_now):
    assert not lapsed()


# Theorems.

TOY = Theorem(name="toy_is_new", says="Nobody asked Coq.", given="W >= 3", claim="W >= 2")


@pytest.mark.parametrize("place", [0, 3, 99])
def test_a_new_theorem_lapses_nothing_but_itself(place, first):
    first.insert(place, TOY)
    assert lapsed() == {TOY.name}
    del first[first.index(TOY)]
    assert not lapsed()


@pytest.mark.parametrize("place", [0, 99])
def test_a_theorem_that_hides_a_name_lapses_what_uses_that_name_below_it(place, first):
    using = {one.name for one in first if "extent" in words(digests._code(lemma(one)))}
    first.insert(place, replace(TOY, name="extent"))
    assert lapsed() == {"extent"} | (using if place == 0 else set())
    assert len(using) > 5


def test_the_order_of_theorems_does_not_matter(first):
    first.reverse()
    assert not lapsed()
    first.pop()
    assert not lapsed()


def test_what_names_an_earlier_theorem_rests_on_it(monkeypatch, first, recorded_now):
    """As no generated script does; one that did would be proved from it."""
    user, used = first[4].name, first[2].name
    plain = exporting.script

    def naming(theorem):
        how = f"Proof.\n  pose proof {used}." if theorem.name == user else "Proof."
        return plain(theorem).replace("Proof.", how)

    monkeypatch.setattr(exporting, "script", naming)
    assert lapsed() == {user}
    own = f"Counting.{user}"
    recorded_now["accepted"][own] = digest_of(own)
    assert not lapsed()
    change(used, given={})
    assert lapsed() == {user, used}


IFF = THEOREMS["same_for_all_sizes"].claim
CHANGES = {
    "a hypothesis less": ("size_add_stride", {"given": {}}),
    "another hypothesis": ("size_add_stride", {"given": {"the stride advances": S >= 2}}),
    "another claim": ("size_add_stride", {"claim": W >= W}),
    "another verdict": ("size_add_stride", {"expected": "refuted", "counterexample": {"W": 1}}),
    "another counterexample": ("not_kernel_fits_of_le", {"counterexample": {"W": 3}}),
    "a step more": ("size_add_stride", {"steps": (Have("so", W.eq(W)),)}),
    "other instances": (
        "same_for_all_sizes",
        {"claim": replace(IFF, left=replace(IFF.left, instances=(1, 2, 3, 4)))},
    ),
    "the sides exchanged": ("same_for_all_sizes", {"claim": Iff(IFF.right, IFF.left)}),
    "another name for a letter": (
        "nested_floor",
        {"given": {}, "claim": (W // S).eq(W // S)},
    ),
}


@pytest.mark.parametrize("fault", CHANGES)
def test_a_changed_statement_or_proof_lapses_itself_alone(fault, recorded_now):
    name, changes = CHANGES[fault]
    change(name, **changes)
    assert lapsed() == {name}
    proof = prove(name)
    assert proof.coq is None
    assert "Coq has not accepted it as it stands now" in repr(proof)


def test_what_people_read_may_be_said_otherwise(recorded_now):
    old = THEOREMS["downsampling"]
    steps = tuple(Have(f"{one.says}, then", one.claim) for one in old.claim.forth)
    given = {f"{sentence}, we say": term for sentence, term in old.given.items()}
    claim = replace(old.claim, forth=steps)
    says = 'Ends (* and *) begins "comments.'
    change(old.name, says=says, cites="me", uses=(), given=given, claim=claim)
    change("chain_fits", says="Otherwise.", zh="", argument=(), cites="me")
    assert not lapsed()
    assert '"' not in lemma(THEOREMS[old.name])
    comments = 1 + len(steps) + len(claim.back)
    assert lemma(THEOREMS[old.name]).count("*)") == comments


def test_an_exporter_that_writes_the_old_text_of_a_new_statement_is_found_out(
    monkeypatch, recorded_now
):
    name = "size_add_stride"
    old = lemma(THEOREMS[name])
    written = {one: lemma(THEOREMS[one]) for one in STATED}
    change(name, claim=W >= W)
    monkeypatch.setattr(exporting, "lemma", lambda theorem: written[theorem.name])
    assert exporting.lemma(THEOREMS[name]) == old
    assert lapsed() == {name}


def test_another_table_of_words_lapses_what_is_written_with_it(monkeypatch, recorded_now):
    before = {name: lemma(THEOREMS[name]) for name in STATED}
    monkeypatch.setitem(gallina.GALLINA, "min", gallina.GALLINA["max"])
    written_anew = {name for name in STATED if lemma(THEOREMS[name]) != before[name]}
    assert written_anew
    assert lapsed() == written_anew | named_by("pool_ceil_torch") | named_by("pool_ceil_caffe")


def test_another_tactic_lapses_all_that_it_proves(monkeypatch, recorded_now):
    plain = exporting.script
    monkeypatch.setattr(exporting, "script", lambda one: plain(one).replace("intros.", "intro."))
    assert lapsed() == {name for name in STATED if THEOREMS[name].expected == "proved"}


# Laws, files written by hand, and how Coq is called.


@pytest.mark.parametrize("law", sorted(LAWS))
def test_a_changed_definition_lapses_what_is_made_of_it(law, monkeypatch, recorded_now):
    concerned, plain = named_by(law), stating.definition
    assert concerned
    monkeypatch.setattr(
        stating,
        "definition",
        lambda one: plain(one).replace(".", " + 0.", 1) if one.name == law else plain(one),
    )
    assert lapsed() == concerned
    assert law in ("extent", "conv") or len(concerned) < len(THEOREMS) / 2


def test_a_dialect_with_another_rule_lapses_what_it_is_in(monkeypatch, recorded_now):
    name = "pool_ceil_caffe"
    concerned = named_by(name)
    monkeypatch.setitem(DIALECTS, name, replace(DIALECTS[name], term=W // S + F + D + 5))
    assert lapsed() == concerned


def test_a_new_dialect_lapses_nothing(monkeypatch, recorded_now):
    monkeypatch.setitem(DIALECTS, "toy", Dialect("toy", (W + 5) // (S + 7)))
    assert "Definition toy (W S : Z) : Z :=\n  (W + 5) / (S + 7)." in texts()["Laws.v"]
    assert not lapsed()


def test_a_new_law_that_hides_a_name_lapses_the_files_that_use_that_name(monkeypatch, recorded_now):
    monkeypatch.setitem(DIALECTS, "offset_of", Dialect("offset_of", (W + 5) // (S + 7)))
    using = {one for one in by_hand() if "offset_of" in words(by_hand()[one])}
    assert using
    assert lapsed() == {n for n in THEOREMS if using & NEEDED[file_of(n)]}


@pytest.mark.parametrize("file", sorted(by_hand()))
def test_a_changed_file_lapses_what_requires_it(file, monkeypatch, recorded_now):
    other = by_hand() | {file: by_hand()[file] + " "}
    monkeypatch.setattr(exporting, "by_hand", lambda: other)
    assert lapsed() == {name for name in THEOREMS if file in NEEDED[file_of(name)]}
    assert lapsed()


def test_a_file_that_requires_a_chapter_rests_on_all_of_it(monkeypatch, recorded_now):
    text = "From Symconv Require Import Counting.\nTheorem same : Laws.conv = Laws.conv."
    known = by_hand() | {"Extra.v": text}
    monkeypatch.setattr(exporting, "by_hand", lambda: known)
    whole = [digest_of("Extra.same")]
    change("size_add_stride", given={})
    whole.append(digest_of("Extra.same"))
    monkeypatch.setitem(DIALECTS, "same", Dialect("same", (W + 5) // (S + 7)))
    whole.append(digest_of("Extra.same"))
    assert len(set(whole)) == 3


def test_another_way_to_call_coq_lapses_everything(monkeypatch, recorded_now):
    monkeypatch.setattr(digests, "OPTIONS", ("-type-in-type", *digests.OPTIONS))
    assert lapsed() == set(THEOREMS)


def test_another_head_lapses_every_chapter(monkeypatch, recorded_now):
    monkeypatch.setattr(exporting, "HEAD", exporting.HEAD + "\nRequire Import Psatz.")
    assert lapsed() == STATED


# What is on record.


def test_a_theorem_that_is_not_the_books_is_proved_by_z3_alone(recorded_now):
    name = "size_add_stride"
    assert prove(name).coq.version == VERSION
    assert prove(replace(THEOREMS[name], says="Another.")).coq is None
    recorded_now["accepted"] = dict.fromkeys(asked(), "0")
    proof = prove(name)
    assert (proof.coq, proof.word, proof.to_dict()["checkers"]["coq"]) == (None, "proved", None)
    assert prove("chain_fits").word == "unknown"


@pytest.mark.parametrize("lemmas", [("invented",), ("conv_is_matrix",), ()], ids=str)
def test_a_structural_entry_is_accepted_by_its_lemmas_not_by_its_file(lemmas, recorded_now):
    """Neither a lemma that nobody proved, nor one of another file, nor none at all."""
    own = THEOREMS["placements"]
    assert "Matrix.conv_is_matrix" in recorded_now["accepted"]
    others = tuple(Lemma(name, r"\top") for name in lemmas)
    change(own.name, formal=others and (*own.formal, *others))
    assert lapsed() == {own.name}


@pytest.mark.parametrize("name", ["Counting.size_pos_iff_fits", "Matrix.layers_adjoint"])
def test_what_was_not_found_closed_is_not_accepted(name, recorded_now):
    del recorded_now["accepted"][name]
    assert lapsed() == {one for one in THEOREMS if name in record.lemmas(THEOREMS[one])}
    assert len(lapsed()) == 1


@pytest.mark.parametrize(
    ("changes", "status", "said"),
    [
        ({}, 0, f"Coq {VERSION} accepts"),
        ({"coq": "9.0.0"}, 0, f"the record is of Coq {VERSION}; this is Coq 9.0.0"),
        ({"accepted": {}}, 1, "is not what was compiled (Article.article_doubles_256, "),
    ],
)
def test_the_check_compares_all_but_the_version(
    changes, status, said, monkeypatch, recorded_now, capsys
):
    monkeypatch.setattr(record, "made", lambda _: (recorded_now | changes, {}))
    assert record.main(["--check"]) == status
    assert said in capsys.readouterr().out


def test_the_check_fails_where_something_is_rejected(monkeypatch, recorded_now, capsys):
    wrong = {"Counting.v": "Error: no."}
    monkeypatch.setattr(record, "made", lambda _: (recorded_now, wrong))
    for arguments in (["--check"], []):
        assert record.main(arguments) == 1
        assert capsys.readouterr().out == "Counting.v: Error: no.\n"
