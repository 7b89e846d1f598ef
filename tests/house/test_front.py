"""What a stranger sees first: the cards, the search, the cheat sheet, and that nothing is cut off."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

pytest.importorskip("torch", reason="the pages' examples are run on torch")

ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs"
sys.path.insert(0, str(DOCS))

from _generate import (  # noqa: E402
    book_list,
    browser,
    cards,
    cheat_sheet,
    finding,
    laws,
    operator_pages,
    pictures,
    traps,
    widths,
)
from _generate.tongues import ENGLISH, TONGUES, ZH  # noqa: E402

import symconv  # noqa: E402
from symconv.book.statements.chapters import THEOREMS  # noqa: E402
from symconv.operators import OPERATORS  # noqa: E402
from toy_windows import ToyConv1d, registered, toy  # noqa: E402

CHROMIUM = pytest.mark.skipif(browser.chromium() is None, reason="chromium is not installed")
NODE = pytest.mark.skipif(shutil.which("node") is None, reason="node is not installed")


@pytest.mark.parametrize("page", ["index.md", "zh/index.md"])
def test_a_landing_page_begins_with_three_answers_and_ends_with_the_ways_in(page: str) -> None:
    text = (DOCS / page).read_text()
    first, second, third, ways, *_ = re.split(r"^## ", text, flags=re.MULTILINE)[1:]
    for answer in (first, second, third):
        assert "$ symconv " in answer
        assert "<!-- draw: " in answer
    assert cards.ASKED in ways
    assert "proved" in text or "已证明" in text


def test_a_picture_may_have_a_view() -> None:
    layer = "ConvTranspose1d(kernel_size=4, stride=2, padding=1)"
    drawn = {
        view: pictures.placed(f"<!-- draw: {layer} 4{' ' * bool(view)}{view} -->")
        for view in ("", "paint", "transposed matrix")
    }
    for view, text in drawn.items():
        assert symconv.draw(layer, 4, view or None).svg.strip() in text
    assert len({*drawn.values()}) == 3
    assert "--width: " in drawn[""]


@pytest.mark.parametrize("card", cards.CARDS, ids=lambda card: card.page)
def test_a_card_leads_to_a_page_in_both_languages(card: cards.Card) -> None:
    for document in ("index", "zh/index"):
        grid = cards.placed(f"above\n\n{cards.ASKED}\n", document)
        title, says = card.chinese if document.startswith("zh/") else card.english
        assert f"{{grid-item-card}} {title}\n" in grid
        assert says in grid
    for page in filter(None, (card.page, card.translated)):
        made = page.startswith("_generated/")
        assert made or (DOCS / f"{page}.md").exists() or page.endswith(".html")


def test_a_card_may_lead_to_a_page_that_sphinx_does_not_write(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    card = cards.Card(("Play", "Turn."), ("玩", "转。"), "explore/index.html")
    monkeypatch.setattr(cards, "CARDS", (card,))
    assert ":link: explore/index.html\n:link-type: url\n" in cards.grid(ENGLISH, "index")
    assert ":link: ../explore/index.html\n:link-type: url\n" in cards.grid(ZH, "zh/index")
    assert cards.placed("nothing is asked for", "index") == "nothing is asked for"


def test_an_operator_s_entry_has_the_law_as_symconv_has_it() -> None:
    index = operator_pages.index_page()
    for family, names in operator_pages.families().items():
        page = operator_pages.family_page(family)
        assert f"## {family}\n" in index
        for name in names:
            written = f"${laws.latex(symconv.law(name))}$"
            entry = index[index.index(f"[`{name}`]") :].split("\n\n")[0]
            assert written in entry
            assert written in page
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


@pytest.mark.parametrize("asked", ["<!-- jokes -->", "<!-- rule: no_such_theorem -->"])
def test_a_sheet_that_asks_for_what_there_is_not_stops_the_generator(
    asked: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cheat_sheet, "HERE", tmp_path)
    (tmp_path / "cheat_sheet.en.md").write_text(asked)
    with pytest.raises(KeyError):
        cheat_sheet.sheet(ENGLISH)


@pytest.mark.parametrize("tongue", TONGUES, ids=lambda tongue: tongue.name)
def test_all_theorems_are_listed_beside_the_chapters(tongue) -> None:
    page = book_list.list_page(tongue)
    listed = re.findall(r"^(?:\{thm\}|\[)`(\w+)`", page, re.MULTILINE)
    assert sorted(listed) == sorted(THEOREMS)


INDEX = {"terms": {"word": 0}, "titleterms": {"title": 0}}


def test_latex_among_the_words_of_a_search_is_found() -> None:
    assert finding.latex_in(INDEX) == []
    for term in ("lfloor", "\\frac", "mathsf"):
        for part in INDEX:
            assert finding.latex_in(INDEX | {part: {term: 0}}) == [term]


@NODE
def test_a_query_that_does_not_find_its_page_is_told(tmp_path: Path) -> None:
    site = small_site(tmp_path)
    assert list(finding.faults(site, {"checkerboard": "double", "棋盘": "zh/double"})) == []
    (said,) = finding.faults(site, {"same padding": "double", "checkerboard": "double"})
    assert said.startswith("who looks for «same padding» is not led to double, but to ['same'")


def small_site(folder: Path) -> Path:
    """Make what a search needs, of three pages, with Sphinx's own script."""
    sphinx = pytest.importorskip("sphinx")
    searching = pytest.importorskip("_generate.searching")
    static = folder / "_static"
    static.mkdir()
    script = Path(sphinx.__file__).parent / "themes/basic/static/searchtools.js"
    shutil.copy(script, static / "searchtools.js")
    words = searching.Words({})
    language = [
        f"const stopwords = new Set({json.dumps(sorted(words.stopwords))});",
        "var Stemmer = function () { this.stemWord = (word) => word; };",
        words.js_splitter_code,
        (DOCS / "_generate/scorer.js").read_text(),
    ]
    (static / "language_data.js").write_text("\n".join(language))
    texts = {
        "double": "a checkerboard of cells",
        "same": "same padding",
        "zh/double": "这就是棋盘格的来源",
    }
    terms: dict[str, list[int]] = {}
    for place, text in enumerate(texts.values()):
        for word in searching.words(text):
            terms.setdefault(word, []).append(place)
    known = {
        "docnames": [*texts],
        "filenames": [f"{name}.md" for name in texts],
        "titles": [*texts],
        "terms": terms,
        "objects": {},
        "objnames": {},
        "titleterms": {},
        "alltitles": {},
        "indexentries": {},
    }
    (folder / "searchindex.js").write_text(f"Search.setIndex({json.dumps(known)})")
    return folder


def test_the_words_of_a_text_are_cut_in_two_languages() -> None:
    searching = pytest.importorskip("_generate.searching")
    assert searching.words("output_padding, 放大") == [
        "output_padding", "output", "padding", "放", "大", "放大",
    ]  # fmt: skip
    assert searching.words(r"\left\lfloor W \right\rfloor") == ["W"]
    assert not {"same", "up", "down"} & searching.Words.stopwords
    assert "the" in searching.Words.stopwords


@NODE
def test_a_query_is_cut_as_the_pages_are() -> None:
    searching = pytest.importorskip("_generate.searching")
    queries = ["U-Net 棋盘格", "output_padding", "放大两倍", "窗"]
    script = f"{searching.Words.js_splitter_code}\nconsole.log(JSON.stringify({json.dumps(queries)}.map(splitQuery)))"
    done = subprocess.run(
        ["node", "-e", script], capture_output=True, text=True, encoding="utf-8", check=True
    )
    cut = json.loads(done.stdout)
    assert cut == [
        ["U", "Net", "棋盘", "盘格"],
        ["output_padding"],
        ["放大", "大两", "两倍"],
        ["窗"],
    ]
    for query, pieces in zip(queries, cut, strict=True):
        assert set(pieces) <= set(searching.words(query))


def test_the_lines_of_a_chinese_page_are_joined() -> None:
    chinese = pytest.importorskip("_generate.chinese")
    assert chinese.joined("已证明。\n它是") == "已证明。它是"
    assert chinese.joined("一个\nlayer\nof torch") == "一个\nlayer\nof torch"
    assert chinese.FOLDERS.match("zh/double")
    assert chinese.FOLDERS.match("_generated/zh_cheat_sheet")
    assert not chinese.FOLDERS.match("howto/double")


@NODE
def test_a_command_is_copied_without_its_prompt_and_what_it_prints(tmp_path: Path) -> None:
    copybutton = pytest.importorskip("sphinx_copybutton")
    conf = (DOCS / "conf.py").read_text()
    prompt = re.search(r'^copybutton_prompt_text = r"(.+)"$', conf, re.MULTILINE)[1]
    assert "copybutton_prompt_is_regexp = True" in conf
    assert "copybutton_copy_empty_lines = False" in conf
    functions = Path(copybutton.__file__).parent / "_static/copybutton_funcs.js"
    shutil.copy(functions, tmp_path / "functions.mjs")
    blocks = {
        "$ symconv size A 3\n3  input\n\n2  A\n$ symconv size B 4\n4": "symconv size A 3\nsymconv size B 4",
        ">>> for n in (1, 2):\n...     print(n)\n1\n2": "for n in (1, 2):\n    print(n)",
        "Lemma one : True.\nProof. easy. Qed.": "Lemma one : True.\nProof. easy. Qed.",
    }
    asked = json.dumps([*blocks])
    (tmp_path / "ask.mjs").write_text(
        'import { formatCopyText } from "./functions.mjs";\n'
        f"const copied = {asked}.map((text) => formatCopyText(text, {json.dumps(prompt)}, true, true, true, false));\n"
        "console.log(JSON.stringify(copied));\n"
    )
    done = subprocess.run(
        ["node", str(tmp_path / "ask.mjs")], capture_output=True, text=True, check=True
    )
    assert json.loads(done.stdout) == [*blocks.values()]


TOO_WIDE = {
    "the page": ("<pre>WIDE</pre>", "scrolls sideways, by <pre>"),
    "what is cut off": (
        "<p style='overflow: hidden; white-space: nowrap'>WIDE</p>",
        "cuts off <p>",
    ),
    "what does not show it": ("<p style='overflow: auto; white-space: nowrap'>WIDE</p>", "goes on"),
}
FITS = {
    "text": "<p>WORDS</p>",
    "what shows it": "<p style='overflow: auto; white-space: nowrap; background: linear-gradient(red, blue)'>WIDE</p>",
    "what wraps": "<p style='overflow-wrap: anywhere'>WIDE</p>",
}


def written(folder: Path, name: str, inside: str) -> None:
    words = inside.replace("WIDE", "wide" * 90).replace("WORDS", "words " * 90)
    (folder / f"{name.replace(' ', '_')}.html").write_text(
        f"<!doctype html><html><body><article>{words}</article></body></html>"
    )


@CHROMIUM
def test_what_is_too_wide_is_found_and_nothing_else(tmp_path: Path) -> None:
    for name, (inside, _) in TOO_WIDE.items():
        written(tmp_path, name, inside)
    for name, inside in FITS.items():
        written(tmp_path, name, inside)
    said = widths.faults(tmp_path, widths=(400,), seconds=300)
    for name, (_, fault) in TOO_WIDE.items():
        page = f"{name.replace(' ', '_')}.html at 400 pixels"
        assert any(line.startswith(page) and fault in line for line in said), (name, said)
    assert not [line for line in said if any(name.replace(" ", "_") in line for name in FITS)]


@CHROMIUM
def test_sheets_of_paper_are_counted(tmp_path: Path) -> None:
    for sheets in (1, 3):
        page = tmp_path / f"{sheets}.html"
        page.write_text(
            "<!doctype html>" + "<p style='break-after: page'>x</p>" * (sheets - 1) + "<p>end</p>"
        )
        assert browser.sheets(page) == sheets


def test_a_machine_without_a_browser_is_told_what_to_install(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(browser.shutil, "which", lambda _: None)
    monkeypatch.setattr(browser, "chromium", lambda: None)
    with pytest.raises(FileNotFoundError, match="install chromium"):
        widths.faults(tmp_path)
