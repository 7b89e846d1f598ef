"""The lists that a stranger looks things up in: the cheat sheet, operators and theorems."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import symconv
from _generate import book_list, cheat_sheet, laws, operator_pages, traps
from _generate.tongues import ENGLISH, TONGUES
from symconv.book.statements.chapters import THEOREMS
from symconv.operators import OPERATORS
from toy_windows import ToyConv1d, registered, toy


def test_an_operator_s_entry_has_the_law_as_symconv_has_it() -> None:
    index = operator_pages.index_page()
    for family, names in operator_pages.families().items():
        page = operator_pages.family_page(family)
        assert f"## {family}\n" in index
        for name in names:
            formula = f"${laws.latex(symconv.law(name))}$"
            entry = index[index.index(f"[`{name}`]") :].split("\n\n")[0]
            assert formula in entry
            assert formula in page
    assert "-1 + " not in index.replace("\\", "")


def test_laws_are_written_as_people_write_them() -> None:
    assert laws.law("conv") == (
        r"\left\lfloor{\frac{W + 2 P - D \left(F - 1\right) - 1}{S}}\right\rfloor + 1"
    )
    assert laws.law("unfold").count("W_{1}") == 1
    assert "scale_{" not in laws.law("upsample")


@pytest.mark.parametrize("tongue", TONGUES, ids=lambda tongue: tongue.name)
def test_the_sheet_has_each_law_once_and_every_operator_and_trap(tongue) -> None:
    sheet = cheat_sheet.sheet(tongue)
    for latex, names in laws.by_law().items():
        assert sheet.count(f"* ${latex}$ ") == 1
        assert all(sheet.count(f"[`{name}`](#operator-{name})") == 1 for name in names)
    assert {name for names in laws.by_law().values() for name in names} == set(OPERATORS)
    for trap in traps.traps():
        assert f"[{tongue.of(trap.line, trap.zh)}](" in sheet
    assert "<!--" not in sheet


def test_what_somebody_appends_is_on_the_sheet_and_in_the_index() -> None:
    with registered(toy, ToyConv1d):
        assert "[`toy`](#operator-toy)" in cheat_sheet.sheet(ENGLISH)
    assert "`toy`" not in cheat_sheet.sheet(ENGLISH)


@pytest.mark.parametrize("comment", ["<!-- jokes -->", "<!-- rule: no_such_theorem -->"])
def test_a_sheet_that_asks_for_what_there_is_not_stops_the_generator(
    comment: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cheat_sheet, "HERE", tmp_path)
    (tmp_path / "cheat_sheet.en.md").write_text(comment)
    with pytest.raises(KeyError):
        cheat_sheet.sheet(ENGLISH)


@pytest.mark.parametrize("tongue", TONGUES, ids=lambda tongue: tongue.name)
def test_all_theorems_are_listed_beside_the_chapters(tongue) -> None:
    page = book_list.list_page(tongue)
    listed = re.findall(r"^(?:\{thm\}|\[)`(\w+)`", page, re.MULTILINE)
    assert sorted(listed) == sorted(THEOREMS)
