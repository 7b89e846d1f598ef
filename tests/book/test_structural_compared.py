"""Structural statements beside the Coq files by hand: they are the same, and faults are noticed."""

from dataclasses import replace

import pytest

from shelves import change, put_back
from symconv.book.asking import prove
from symconv.book.coq.by_hand import unlike
from symconv.book.coq.exporting import by_hand
from symconv.book.coq.reading_back import ReadingError
from symconv.book.coq.reading_by_hand import Defined, definitions_in, statement, statements_in
from symconv.book.statements.chapters import THEOREMS
from symconv.book.statements.structural import STRUCTURAL, Lemma
from symconv.book.statements.structures.formula import (
    Cases,
    Name,
    Number,
    both,
    every,
    function,
    given,
    listed,
    names,
    sign,
    some,
    where,
)

A, B, C, D, F, S, W, f, g, x, y = names("A B C D F S W f g x y")


@pytest.mark.parametrize("entry", STRUCTURAL, ids=lambda one: one.name)
def test_a_statement_is_what_its_coq_file_says(entry):
    assert unlike(entry) == {}
    assert prove(entry.name).unlike == {}


# A file that was changed.


CHANGED = {
    "another claim": (
        "placements", "Placements.v", "n = Z.max 0 (conv W F S P D)", "n = conv W F S P D",
        {"placements_counted": "states something else"},
    ),
    "a hypothesis less": (
        "placements", "Placements.v",
        "F >= 1 -> S >= 1 -> D >= 1 -> extent D F <= W + 2 * P ->",
        "F >= 1 -> S >= 1 -> D >= 1 ->",
        {"conv_counts_placements": "states something else"},
    ),
    "a weaker hypothesis": (
        "chain_inverse", "Chains.v", "strided chain -> factor chain >= 1", "factor chain >= 1",
        {"factor_positive": "states something else"},
    ),
    "a strict sign": (
        "alignment", "ReceptiveField.v", "field other <= field one ->", "field other < field one ->",
        {"region_of_aligned": "states something else"},
    ),
    "other names": (
        "matrix_transpose", "Matrix.v", "Theorem conv_is_matrix :", "Theorem conv_is_no_matrix :",
        {"conv_is_matrix": "is not stated in Matrix.v"},
    ),
    "a definition": (
        "placements", "Placements.v", "0 <= d < F -> 0 <= j * S", "0 < d < F -> 0 <= j * S",
        {"legal": "is defined otherwise"},
    ),
    "a definition below": (
        "uniform_overlap", "Sums.v", "O => 0 |", "O => 1 |", {"total": "is defined otherwise"},
    ),
    "a case": (
        "chain_fits", "Chains.v", "[] => True", "[] => False", {"fits": "is defined otherwise"},
    ),
    "a record": (
        "chain_fits", "Chains.v", "kernel : Z; stride : Z;", "stride : Z; kernel : Z;",
        {"layer": "is defined otherwise"},
    ),
    "the sort of a definition": (
        "same_size_decoder", "Levels.v", "Definition up (n W : Z) : Z :=", "Definition up (n W : Z) :=",
        {"up": "is defined otherwise"},
    ),
    "a definition that is gone": (
        "chain_inverse", "Chains.v", "Definition strided ", "Definition stridden ",
        {"strided": "is not defined"},
    ),
    "a definition that hides another": (
        "receptive_field", "ReceptiveField.v", "(* Kernels and strides",
        "Definition field (chain : list layer) : Z := 1.\n(* Kernels and strides",
        {"field": "is defined more than once"},
    ),
    "a law of one's own": (
        "chain_inverse", "Chains.v", "(* A convolution, and",
        "Definition conv (W F S P D : Z) : Z := W.\n(* A convolution, and",
        {"conv": "is defined anew in a file by hand"},
    ),
    "a section that supposes": (
        "alignment", "ReceptiveField.v", "Theorem aligned_iff",
        "Section Supposing. Hypothesis false : 1 = 2.\nTheorem aligned_iff",
        {"aligned_iff": "stands in a section", "region_of_aligned": "stands in a section"},
    ),
    "a section that supposes more": (
        "same_size_decoder", "Levels.v", "Hypothesis n_positive : n >= 1.",
        "Hypothesis n_positive : n >= 2.",
        {
            "accepted_of_level": "stands in a section that supposes more than is given",
            "decoded_of_accepted": "stands in a section that supposes more than is given",
        },
    ),
    "letters of a section": (
        "same_size_decoder", "Levels.v", "Variable n : Z.", "Variable n : nat.",
        {
            "accepted_of_level": "stands in a section that supposes more than is given",
            "decoded_of_accepted": "stands in a section that supposes more than is given",
        },
    ),
    "what cannot be read": (
        "matrix_not_inverse", "Matrix.v", "exists w v : Z -> Z,", "exists! w v : Z -> Z,",
        {"transpose_is_not_inverse": "cannot be read: what is '! w v : Z -> Z,"},
    ),
}  # fmt: skip


@pytest.mark.parametrize("fault", CHANGED)
def test_a_changed_file_is_noticed(fault):
    name, file, old, new, said = CHANGED[fault]
    texts = dict(by_hand())
    assert texts[file].count(old) == 1, "the fault is planted in one place"
    texts[file] = texts[file].replace(old, new)
    if "Section Supposing" in new:
        texts[file] += "\nEnd Supposing.\n"
    found = unlike(THEOREMS[name], texts)
    assert set(said) == set(found)
    for lemma, words in said.items():
        assert found[lemma].startswith(words)


def test_a_changed_comment_is_nothing():
    texts = {
        name: text + "\n(* Theorem conv_is_matrix : False. *)\n" for name, text in by_hand().items()
    }
    assert not any(unlike(entry, texts) for entry in STRUCTURAL)


# A statement that was changed.


def restated(name, lemma, new):
    """A statement in which a lemma states something else."""
    own = THEOREMS[name]
    formal = tuple(Lemma(each.name, new) if each.name == lemma else each for each in own.formal)
    return replace(own, formal=formal)


def test_a_changed_claim_is_noticed():
    states = THEOREMS["chain_inverse"].formal[0].states
    weaker = every("chain : list layer", (Name("factor")(Name("chain"))) >= 1)
    stricter = every("chain : list layer; W y : Z", given(W >= 1, states.body))
    for wrong in (weaker, stricter, both(states, states)):
        changed = restated("chain_inverse", "inverse_of_chain", wrong)
        assert unlike(changed) == {"inverse_of_chain": "states something else"}
        own = THEOREMS["chain_inverse"]
        assert (changed.given, changed.statement) != (own.given, own.statement)


def test_a_hypothesis_that_is_dropped_or_added_is_noticed():
    own = THEOREMS["scattered_span"]
    stated = own.formal[0].states
    body = stated.body.arguments[1]  # without the first hypothesis
    fewer = every("W F S D : Z", body)
    more = every("W F S D : Z", given(W >= 2, stated.body))
    for wrong in (fewer, more):
        changed = restated(own.name, own.lemmas[0], wrong)
        assert changed.given != own.given
        assert unlike(changed) == {own.lemmas[0]: "states something else"}


def test_a_changed_meaning_is_noticed():
    own = THEOREMS["placements"]
    wrong = tuple(
        replace(notion, means=notion.means.arguments[1]) if notion.name == "counts" else notion
        for notion in own.notions
    )
    assert unlike(replace(own, notions=wrong)) == {"counts": "is defined otherwise"}
    fewer = tuple(notion for notion in own.notions if notion.name != "legal")
    assert unlike(replace(own, notions=fewer)) == {"legal": "has no meaning here"}


def test_a_changed_step_is_noticed():
    own = THEOREMS["placements"]
    first, *others = own.argument
    wrong = replace(first, states=every("x : Z", x.eq(x)))
    assert unlike(replace(own, argument=(wrong, *others))) == {"legal_iff": "states something else"}
    gone = replace(first, lemma="legal_if")
    assert unlike(replace(own, argument=(gone, *others))) == {
        "legal_if": "is not stated in one of the files"
    }


def test_a_statement_that_coq_did_not_prove_is_not_proved():
    """Coq's lemma is on record as before, and only the statement is another one."""
    with put_back():
        assert prove("chain_inverse").word == "proved"
        own = restated("chain_inverse", "inverse_of_chain", every("W : Z", W.eq(W)))
        change(own.name, formal=own.formal)
        proof = prove("chain_inverse")
        assert proof.coq is not None
        assert (proof.word, proof.as_declared) == ("unknown", False)
        said = "not what the Coq file says: inverse_of_chain states something else"
        for form in (repr(proof), proof.markdown(), proof._repr_html_()):
            assert said in form
    assert prove("chain_inverse").word == "proved"


def test_who_compared_is_said_in_every_form():
    proof = prove("chain_inverse")
    said = "compared with Coq's lemma by machine: inverse_of_chain; what these mean, people must"
    for form in (repr(proof), proof.markdown(), proof._repr_html_()):
        assert said in form
    (compared,) = proof.to_dict()["compared"]
    assert (compared["lemma"], compared["by"]) == ("inverse_of_chain", "machine")
    assert "strided" in compared["read"]
    assert proof.to_dict()["latex"] == proof.theorem.statement
    assert "B(l :: rest) == S(l)*B(rest)" in proof.to_dict()["definitions"]


# The parser.


READ = [
    ("A -> B -> C", given(A, B, C)),
    ("A /\\ B /\\ C", both(A, B, C)),
    ("A \\/ B /\\ C <-> A", sign("\\/", A, both(B, C)).iff(A)),
    ("A -> B <-> C", given(A, B.iff(C))),
    ("(A -> B) -> C", given(given(A, B), C)),
    ("W <= x < y", both(W <= x, x < y)),
    ("W <= x < y /\\ A", both(both(W <= x, x < y), A)),
    ("W - x - y = W", (W - x - y).eq(W)),
    ("W - (x - y) <> W", (W - (x - y)).ne(W)),
    ("W + x * y / S mod F >= - x * y", W + ((x * y) // S) % F >= (-x) * y),
    ("2 * W ^ x ^ y", 2 * W ** (x**y)),
    ("f x (g y) + f W y", f(x, g(y)) + f(W, y)),
    ("(S | F) /\\ A", both(S.divides(F), A)),
    ("forall x y : Z, A", every("x y : Z", A)),
    ("forall x : Z, forall y : nat, A", every("x : Z; y : nat", A)),
    ("forall (x : Z) (f : Z -> Z), A", every("x : Z; f : Z -> Z", A)),
    ("forall (g : Z -> (Z -> Z) -> Z), A", every("g : Z -> (Z -> Z) -> Z", A)),
    ("A /\\ exists x : Z, B /\\ C", both(A, some("x : Z", both(B, C)))),
    ("f (fun x => x + 1) W", f(function("x", x + 1), W)),
    ("f (fun _ x => x)", f(function("_ x", x))),
    ("if x =? y then 1 else W + 1", where(sign("=?", x, y), 1, W + 1)),
    ("(x <=? y) && (y <? W)", sign("&&", sign("<=?", x, y), sign("<?", y, W))),
    ("[x; 1] = []", listed(x, 1).eq(listed())),
    ("x :: y ++ W", x.before(y.append(W))),
    ("Z.max 0 (f x)", Name("Z.max")(0, f(x))),
    (
        "match x with O => 1 | S y => f y end",
        Cases(x, ((Name("O"), Number(1)), (S(y), f(y)))),
    ),
]  # fmt: skip


@pytest.mark.parametrize(("text", "formula"), READ, ids=[one[0] for one in READ])
def test_a_statement_is_read_as_coq_does(text, formula):
    assert statement(f" : {text}") == formula


@pytest.mark.parametrize(
    "text",
    ["~ A", "A ->", "forall x, ", "x = y = W", "let x := y in A", "(A", "A )", "x ? y", "f {x}",
     "match x with O => 1", "[x", "(forall x : Z A)", "1 2 => 3", ""],
)  # fmt: skip
def test_what_is_not_known_is_not_read(text):
    with pytest.raises(ReadingError):
        statement(f" : {text}")


def test_definitions_are_read_with_their_letters():
    text = """
    (* Definition no (x : Z) : Z := 1. *)
    Definition loop (n : Z) := f (Z.to_nat n).
    Fixpoint all (f : Z -> Z) (n m : nat) : Z -> Prop := g.
    Record pair := { one : Z; other : nat }.
    Lemma small : 1 <= 2. Proof. lia. Qed.
    """
    n = Name("n")
    assert dict(definitions_in(text)) == {
        "loop": Defined("Definition", (("n", "Z"),), "", f(Name("Z.to_nat")(n))),
        "all": Defined("Fixpoint", (("f", "Z -> Z"), ("n", "nat"), ("m", "nat")), "Z -> Prop", g),
        "pair": Defined("Record", (("one", "Z"), ("other", "nat")), "", None),
    }
    assert [(kind, name) for kind, name, _ in statements_in(text)] == [("Lemma", "small")]
