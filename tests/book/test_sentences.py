"""Mathematics in sentences: what is a formula there, what is a word, and that none is overlooked."""

from __future__ import annotations

import re

import pytest

from symconv.book.sentences import parts, written
from symconv.book.statements.chapters import CHAPTERS, THEOREMS
from symconv.book.statements.goals import goals
from symconv.book.statements.statement import Iff, Theorem
from symconv.book.statements.structural import Structural


def marked(sentence: str) -> str:
    """A sentence with its formulas as LaTeX in square brackets, and its code in angle brackets."""
    return written(sentence, str, "[{}]".format, "<{}>".format)


FORMULAS = {
    "S = n and E + A = S + 2P": "[S = n] and [E + A = S + 2 P]",
    "o = floor((i - k)/s) + 1.": r"[o = \lfloor (i - k)/s \rfloor + 1].",
    "o' = s(i' - 1) + k, for any i'": "[o' = s (i' - 1) + k], for any [i']",
    "the n-th window, n-fold": "the [n]-th window, [n]-fold",
    "(W + 2P - E) mod S cells": r"[(W + 2 P - E) \bmod S] cells",
    "takes nW to W, for F = rK": "takes [n W] to [W], for [F = r K]",
    "stride SS', padding P + SP'": "stride [S S'], padding [P + S P']",
    "from By - A on": "from [B y - A] on",
    "bd divides it, just when m B is s": "[b d] divides it, just when [m B] is [s]",
    "from -P0 + o S0 to r0 - 2 P0": "from [-P_{0} + o S_{0}] to [r_{0} - 2 P_{0}]",
    "one of 1, ..., n, or d in 0 ... F - 1": r"one of [1, \dots, n], or [d] in [0 \dots F - 1]",
    "the legal ones are 0, ..., conv(W) - 1, and": (
        r"the legal ones are [0, \dots, \operatorname{conv}(W) - 1], and"
    ),
    "0 <= d < S and t >= 0, S != 1": r"[0 \le d < S] and [t \ge 0], [S \ne 1]",
    "gcd(S, D) = 1, max(W, 0)": r"[\gcd(S, D) = 1], [\max(W, 0)]",
    "c//m is at most a block above d": r"[\lfloor c/m \rfloor] is at most a block above [d]",
    "n^L divides W, n^(L - 1) does": "[n^{L}] divides [W], [n^{L - 1}] does",
    "conv(2*W, P=0) is j*2": r"[\operatorname{conv}_{P = 0}(2 W)] is [j \cdot 2]",
    "W = E' + A - 2P' modulo S": "[W = E' + A - 2 P'] modulo [S]",
    "put in W = S*(F - 1)//2 - c": r"put in [W = \lfloor S (F - 1)/2 \rfloor - c]",
    "W ≤ n·S, W − P": r"[W \le n S], [W - P]",
    "for n = 2k: W_out = -k": r"for [n = 2 k]: [W_{\mathrm{out}} = -k]",
    "abs(W) and ceil(W/S), W % 2": r"[\lvert W \rvert] and [\lceil W/S \rceil], [W \bmod 2]",
    "2W <=> 3SP": r"[2 W \iff 3 S P]",
}
CHINESE = {
    "W = 1 和 W = 2": "[W = 1] 和 [W = 2]",
    "当且仅当S = n且E + A = S + 2P。": "当且仅当[S = n]且[E + A = S + 2 P]。",
    "第n个窗口，a 为 0，A 小于 S": "第[n]个窗口，[a] 为 0，[A] 小于 [S]",
    "恰为 0，…，conv(W) - 1": r"恰为 [0, \dots, \operatorname{conv}(W) - 1]",
    "取 W = 1、W = 2": "取 [W = 1]、[W = 2]",
    "把nW变为W，余数(W + 2P)mod S": r"把[n W]变为[W]，余数[(W + 2 P) \bmod S]",
    "torch 的 Conv2d(1, 1, 3) 有 L 层": "torch 的 <Conv2d(1, 1, 3)> 有 [L] 层",
    "裁剪-P格": "裁剪[-P]格",
}
WORDS = (
    "A floor inside a floor is one floor.",
    "As for the size, so by itself: it is a whole stride, if no more.",
    "«A convolution» of a U-Net, torch's own, the layers' sizes, sections 2-3, the 2nd of 3 x 3",
    "relationship 7, 5 cells: 256 to 512 (that is, more), and/or none -> all",
    "By definition, I say e.g. so, i.e. in CPU and TF",
    "步长为 1，共 5 格（见下文），Z3 已证明，Z3已否定。",
)


@pytest.mark.parametrize("sentence", FORMULAS | CHINESE)
def test_formulas_are_found_and_typeset(sentence: str) -> None:
    assert marked(sentence) == (FORMULAS | CHINESE)[sentence]


@pytest.mark.parametrize("sentence", WORDS)
def test_words_stay_words(sentence: str) -> None:
    assert [part.kind for part in parts(sentence)] == ["words"]


def test_an_article_is_a_letter_where_none_can_stand() -> None:
    assert marked("a + b, an output a and the padding A.") == (
        "[a + b], an output [a] and the padding [A]."
    )
    assert marked("A stride that A divides") == "A stride that [A] divides"
    assert marked("a W below By; By then") == "a [W] below By; By then"


def test_what_torch_calls_its_things_is_code() -> None:
    said = "ConvTranspose2d(1, 1, (2, 3), stride=2) with padding=1, `a*b` and output_padding"
    assert marked(said) == (
        "<ConvTranspose2d(1, 1, (2, 3), stride=2)> with <padding=1>, <a*b> and <output_padding>"
    )
    assert marked("ATen/native/Pool.h, a_b.cc: the number a") == (
        "<ATen/native/Pool.h>, <a_b.cc>: the number [a]"
    )


@pytest.mark.parametrize("sentence", ["W + ", "floor((W", "(S = n, or", "W = = S", "2 + (3", "^W"])
def test_what_breaks_off_is_no_fault(sentence: str) -> None:
    assert "".join(part.text for part in parts(sentence)) == sentence


def sentences_of(theorem: Theorem | Structural) -> list[str]:
    """Every sentence that a page shows of a theorem, in both languages."""
    sentences = [theorem.says, theorem.zh, theorem.cites]
    if isinstance(theorem, Structural):
        sentences += [theorem.given]
        return sentences + [said for step in theorem.argument for said in (step.says, step.zh)]
    claim = theorem.claim
    steps = [*theorem.steps, *((*claim.forth, *claim.back) if isinstance(claim, Iff) else ())]
    sentences += [step.zh for step in steps]
    return [*sentences, *theorem.given, *(goal.says for goal in goals(theorem))]


MATHEMATICS = re.compile(
    r"""
    [=<>+*^_\\|≤≥≠·×−]                # a sign
  | (?<![A-Za-z-])-(?![A-Za-z]{2}|\Z) | \s-\s  # a minus; but: n-fold
  | \d[A-Za-z] | (?!Z3)[A-Za-z]\d         # a factor before a letter, a number below it
  | (?<![A-Za-z])[A-Za-z]'(?!s\b)     # a letter with a prime
  | (?<![A-Za-z'’-])[B-HJ-Zb-z](?![A-Za-z]|-[A-Z])    # a letter by itself, other than a and I
  | (?<![A-Za-z'’-])[aA](?=[,.;:)]|$|\s[^A-Za-z«`1-9])  # a letter where no article stands
  | (?<![A-Za-z'’-])[b-df-hj-np-tv-xz]{2,3}(?![A-Za-z'])(?<!th)  # letters that are no word
  | \b[a-z]+\([^)]                    # a function
  | \.\.\. | …                        # what is left out of a list
    """,
    re.VERBOSE,
)
"""What looks like mathematics, by rules that have nothing to do with those of `parts`."""


def overlooked(sentence: str) -> list[str]:
    """What looks like mathematics in the words of a sentence."""
    said = "|".join(part.text for part in parts(sentence) if part.kind == "words")
    return [piece[0] for word in said.split("|") for piece in MATHEMATICS.finditer(word)]


@pytest.mark.parametrize("name", THEOREMS)
def test_no_mathematics_of_the_book_stays_among_words(name: str) -> None:
    for sentence in sentences_of(THEOREMS[name]):
        assert "".join(part.text for part in parts(sentence)) == sentence
        assert overlooked(sentence) == [], sentence


def test_chapters_say_no_mathematics_in_words() -> None:
    assert [overlooked(chapter.says) for chapter in CHAPTERS] == [[]] * len(CHAPTERS)


@pytest.mark.parametrize("planted", ["S = = n", "W < ", "2W +", "1, ...", "W_ is"])
def test_mathematics_that_is_not_understood_is_told(planted: str) -> None:
    assert overlooked(planted)


@pytest.mark.parametrize("sentence", FORMULAS | CHINESE)
def test_mathematics_that_is_not_typeset_is_told(sentence: str) -> None:
    assert MATHEMATICS.search(sentence)


def test_nothing_of_the_book_is_overlooked_when_nothing_is_typeset(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The search is not blind: without `parts` it finds mathematics in very many sentences."""
    monkeypatch.setattr(
        f"{__name__}.parts", lambda said: (type("", (), {"kind": "words", "text": said}),)
    )
    typeset = [name for name in THEOREMS if any(map(overlooked, sentences_of(THEOREMS[name])))]
    assert len(typeset) > 60
