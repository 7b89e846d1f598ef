"""Arguments: no step says nothing, none is said twice, and the Chinese speaks of the same letters."""

import re
from dataclasses import replace

import pytest

from symconv.book.statements.chapters import CHAPTERS, THEOREMS
from symconv.book.statements.statement import Have, Theorem
from symconv.book.wording import text
from symconv.terms import sizes

W, S = sizes("W S")
STATED = [one for one in THEOREMS.values() if isinstance(one, Theorem)]
TRANSLATED = [chapter for chapter in CHAPTERS if any(one.zh for one in chapter.statements)]
every_statement = pytest.mark.parametrize("theorem", STATED, ids=lambda one: one.name)


def ways(theorem: Theorem) -> list[tuple[Have, ...]]:
    """The steps of a theorem, of each direction in turn."""
    both = [getattr(theorem.claim, way, ()) for way in ("forth", "back")]
    return [(*theorem.steps, *steps) for steps in both]


def empty(theorem: Theorem) -> list[str]:
    """The steps that look the same on both sides, or that stand above already."""
    listing = []
    for steps in ways(theorem):
        above = list(theorem.hypotheses)
        for have in steps:
            sides = [text(side) for side in have.claim.args]
            if have.claim.word == "eq" and sides[0] == sides[1]:
                listing.append(have.says)
            if have.claim in above:
                listing.append(have.says)
            above.append(have.claim)
    return listing


def sentences(theorem: Theorem) -> list[tuple[str, str]]:
    """What a theorem and its steps say, in both languages."""
    steps = [have for way in ways(theorem) for have in way]
    return [(theorem.says, theorem.zh), *((have.says, have.zh) for have in steps)]


def letters(sentence: str) -> set[str]:
    """The words of one letter, each with its prime: `W`, `E'`."""
    return set(re.findall(r"(?<![A-Za-z])[A-Za-z]'?(?![A-Za-z])", sentence))


def untrue(theorem: Theorem) -> list[str]:
    """Sentences without Chinese, or whose Chinese speaks of other letters."""
    return [
        said
        for said, zh in sentences(theorem)
        if not re.search("[\u4e00-\u9fff].*。$", zh) or not letters(zh) <= letters(said)
    ]


@every_statement
def test_every_step_says_something_new(theorem):
    assert empty(theorem) == []


@pytest.mark.parametrize("chapter", TRANSLATED, ids=lambda one: one.name)
def test_a_chapter_is_told_in_chinese_as_a_whole(chapter):
    assert {one.name: untrue(one) for one in chapter.statements if untrue(one)} == {}


def test_chapters_are_told_in_chinese():
    assert len(TRANSLATED) >= 4


def test_a_step_that_says_nothing_is_noticed():
    steps = (Have("the stride", S >= 1), Have("the same", W.eq(W)), Have("new", W // S <= W))
    planted = Theorem(given=S >= 1, claim=W // S <= W, steps=steps)
    assert empty(planted) == ["the stride", "the same"] * 2
    assert empty(replace(planted, steps=steps[2:])) == []


@pytest.mark.parametrize("zh", ["", "W 格", "The stride S.", "步长 S 和 E' 格。"])
def test_a_missing_or_other_sentence_is_noticed(zh):
    told = Theorem(claim=W >= W, says="S cells.", zh="共 S 格。", steps=(Have("S", S >= S, zh),))
    assert untrue(told) == ["S", "S"]
    assert untrue(replace(told, steps=())) == []
