"""The book's pages: what stands below each theorem, the map, the Coq files, both languages."""

from __future__ import annotations

import io
import re
import xml.etree.ElementTree as ET
import zipfile
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest

pytest.importorskip("torch", reason="the pages' examples are run on torch")

from _generate import book, book_map, coq_texts, links, map_places, theorem_parts
from _generate.coq_texts import accepted, cut, put_files, subject
from _generate.markdown import sentence
from _generate.theorem_parts import theorem, users
from _generate.tongues import ENGLISH, ZH
from symconv.book import wording
from symconv.book.asking import prove
from symconv.book.coq import exporting, record
from symconv.book.statements.chapters import CHAPTERS, THEOREMS
from symconv.book.statements.statement import Have, Theorem
from symconv.book.statements.structural import Because, Structural
from symconv.terms import sizes

FOLDED = "::::{folded} "
NOT_ACCEPTED = "Coq has not accepted it as it stands"
STRUCTURAL = [name for name, entry in THEOREMS.items() if isinstance(entry, Structural)]


@pytest.fixture(autouse=True)
def without_samples(monkeypatch: pytest.MonkeyPatch) -> None:
    """Samples on torch are run by other tests, and when the site is built."""
    monkeypatch.setattr(theorem_parts, "proof", proved)


@cache
def proved(entry):
    return prove(entry, timeout=theorem_parts.PATIENCE)


@pytest.mark.parametrize("name", THEOREMS)
def test_a_theorem_stands_with_its_claim_and_with_links_in_both_directions(name: str) -> None:
    entry, written = THEOREMS[name], theorem(THEOREMS[name])
    assert f"## {name}\n" in written
    assert f":label: {name}\n" in written
    assert sentence(entry.says) in written
    claim = wording.claim_latex(entry.claim) if isinstance(entry, Theorem) else entry.statement
    assert claim in written
    for what, names in (("uses", entry.uses), ("used by", users(name))):
        listed = re.findall(rf"^\*{what}\*: (.*)$", written, re.MULTILINE)
        assert listed == [", ".join(f"{{thm}}`{one}`" for one in names)] * bool(names)


def test_what_uses_a_theorem_is_the_reverse_of_what_it_uses() -> None:
    pairs = {(name, used) for name, entry in THEOREMS.items() for used in entry.uses}
    assert pairs == {(user, name) for name in THEOREMS for user in users(name)}
    assert len(pairs) > 90


@pytest.mark.parametrize("name", THEOREMS)
def test_what_coq_accepted_is_shown_and_nothing_else(name: str) -> None:
    entry, written = THEOREMS[name], theorem(THEOREMS[name])
    acceptance = record.acceptance(name)
    assert (NOT_ACCEPTED in written) is (acceptance is None)
    assert (FOLDED in written) is (acceptance is not None)
    if acceptance is None:
        assert "```coq" not in written
        assert "Theorem " not in written
        return
    assert acceptance.version in written.partition(FOLDED)[2].splitlines()[0]
    for lemma in accepted(entry):
        assert f"```coq\n{lemma.text}\n```" in written
        assert lemma.digest in written
        assert f"{{coq}}`{lemma.file}`, line {lemma.line}," in written
        assert re.search(rf"^(Theorem|Lemma) {lemma.name}\b", lemma.text, re.MULTILINE)
        lines = exporting.texts()[lemma.file].splitlines()[lemma.line - 1 :]
        assert lines[: lemma.text.count("\n") + 1] == lemma.text.splitlines()


@pytest.mark.parametrize("name", ["size_pos_iff_fits", "not_doubling_of_three", "placements"])
@pytest.mark.parametrize("fault", ["missing", "of another text"])
def test_a_lemma_that_is_not_accepted_is_not_shown_as_accepted(
    name: str, fault: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    entry = THEOREMS[name]
    planted = {lemma: record.digest_of(lemma) for lemma in record.lemmas(entry)}
    known = {"coq": "8.0", "accepted": planted}
    for module in (record, coq_texts):
        monkeypatch.setattr(module, "recorded", lambda: known)
    proved.cache_clear()
    assert FOLDED in theorem(entry)
    assert "Coq 8.0: accept" in theorem(entry)
    lemma = record.lemmas(entry)[-1]
    if fault == "missing":
        del planted[lemma]
    else:
        planted[lemma] = "0" * 64
    proved.cache_clear()
    for tongue, said in ((ENGLISH, NOT_ACCEPTED), (ZH, ZH(NOT_ACCEPTED))):
        written = theorem(entry, tongue)
        assert said in written
        assert FOLDED not in written
        assert "```coq" not in written
        assert "Coq 8.0" not in written
    proved.cache_clear()


@pytest.mark.parametrize("name", STRUCTURAL)
def test_lemmas_are_cut_whole_out_of_the_files_by_hand(name: str) -> None:
    text = exporting.by_hand()[THEOREMS[name].file]
    for lemma in THEOREMS[name].lemmas:
        piece = cut(text, lemma)
        assert piece in text
        assert piece.endswith("Qed.")
        assert piece.count("Proof.") == 1
        assert piece.startswith(("(*", "Theorem", "Lemma"))
        assert not text[: text.index(piece)].endswith("*)\n"), "its comment is missing"
    with pytest.raises(KeyError):
        cut(text, "no_such_lemma")


def test_a_lemma_is_not_taken_for_another_whose_name_begins_alike() -> None:
    text = "Lemma one_more : True.\nProof. easy. Qed.\n\n(* Mine. *)\n(* Two lines. *)\nLemma one : 1 = 1.\nProof.\n  easy.\nQed.\n"
    assert cut(text, "one").startswith("(* Mine. *)\n(* Two lines. *)\nLemma one :")
    assert cut(text, "one_more") == "Lemma one_more : True.\nProof. easy. Qed."
    with pytest.raises(KeyError):
        cut("Lemma one : 1 = 1.\nProof. easy.", "one")


def test_the_argument_of_a_structural_statement_is_numbered() -> None:
    argument = (
        Because("the n-th window fits", "第 n 个窗口放得下", r"n \le W", "legal_iff"),
        Because("so it is counted"),
    )
    entry = replace(THEOREMS["placements"], argument=argument, zh="共 n 个。")
    written = theorem(entry)
    assert (
        "1. the $n$-th window fits (Coq has not accepted it)\n\n   $$\n   n \\le W\n   $$\n"
        in written
    )
    assert "2. so it is counted (by people)\n" in written
    assert "Step by step." in written
    chinese = theorem(entry, ZH)
    assert "1. 第 $n$ 个窗口放得下（" in chinese
    assert "2. so it is counted（" in chinese
    assert "共 $n$ 个。" in chinese


def test_a_chinese_page_has_chinese_sentences_where_there_are_some() -> None:
    W, S = sizes("W S")
    steps = (Have("S is positive", S >= 0, zh="S 为正"), Have("and W", (W * S).eq(S * W)))
    entry = Theorem(given=S >= 1, claim=W.eq(W), says="W is W.", zh="W 就是 W。", steps=steps)
    own = replace(entry, name="size_pos_iff_fits")
    chinese, english = theorem(own, ZH), theorem(own)
    assert "$W$ 就是 $W$。" in chinese
    assert "1. $S$ 为正（Z3 已证明）" in chinese
    assert "2. and $W$（Z3 已证明）" in chinese
    assert "$W$ is $W$." in english
    assert "1. $S$ is positive (Z3 proved)" in english
    assert "W 就是" not in english


def test_both_languages_have_every_page_and_theorem() -> None:
    pages = book.pages()
    for tongue in (ENGLISH, ZH):
        for chapter in CHAPTERS:
            page = pages[f"{tongue.folder}/{book.path(chapter)}.md"]
            assert re.findall(r"^## (\w+)$", page, re.MULTILINE) == [
                one.name for one in chapter.theorems
            ]
            assert f"({book.path(chapter)}.md)" in pages[f"{tongue.folder}/index.md"]
        files = pages[f"{tongue.folder}/coq.md"]
        for name, text in exporting.texts().items():
            assert f"{{coq}}`{name}`" in files
            assert subject(text) or name == exporting.LAWS_FILE
        assert "make\n" in files
    assert {chapter.name for chapter in CHAPTERS} <= set(ZH.titles)


def test_what_is_said_in_one_language_only_is_a_fault() -> None:
    with pytest.raises(KeyError):
        ZH("a sentence that nobody translated")


def test_a_page_by_hand_that_asks_for_no_part_stops_the_generator(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(book, "HERE", tmp_path)
    for text in ("no comment", "<!-- map --> <!-- map -->"):
        (tmp_path / "book_index.en.md").write_text(text)
        with pytest.raises(ValueError, match="asks for map once"):
            book._by_hand("book_index", ENGLISH, {"map": "drawn"})


SVG = "{http://www.w3.org/2000/svg}"


def drawn(tongue=ENGLISH) -> ET.Element:
    titles = [chapter.title for chapter in CHAPTERS]
    html = book_map.book_map(tongue, titles, [f"{book.path(one)}.html" for one in CHAPTERS])
    return ET.fromstring(html[html.index("<svg") : html.index("</svg>") + len("</svg>")])


def test_the_map_has_a_link_with_a_title_for_each_theorem_and_a_line_for_each_use() -> None:
    picture = drawn()
    nodes = {node.get("href"): node for node in picture.iter(f"{SVG}a")}
    chapters = [f"{book.path(chapter)}.html" for chapter in CHAPTERS]
    assert set(nodes) == {
        *chapters,
        *(
            f"{page}#{one.name}"
            for chapter, page in zip(CHAPTERS, chapters, strict=True)
            for one in chapter.theorems
        ),
    }
    marks = {}
    for address, node in nodes.items():
        name = address.partition("#")[2]
        if name:
            assert node.find(f"{SVG}title").text == THEOREMS[name].says
            assert "".join(text.text for text in node.iter(f"{SVG}text")) == name
            marks[name] = node.get("class")
    lines = sorted(
        sorted(path.get("class").split()[-2:])
        for path in picture.iter(f"{SVG}path")
        if "edge" in path.get("class").split()
    )
    uses = [(name, used) for name, entry in THEOREMS.items() for used in entry.uses]
    assert lines == sorted(sorted([marks[one], marks[other]]) for one, other in uses)


def test_no_theorem_of_the_map_lies_on_another_and_all_are_inside() -> None:
    picture = drawn()
    boxes = [
        [float(node.find(f"{SVG}rect").get(side)) for side in ("x", "y", "width", "height")]
        for node in picture.iter(f"{SVG}a")
        if node.find(f"{SVG}rect") is not None
    ]
    assert len(boxes) == len(THEOREMS)
    width, height = float(picture.get("width")), float(picture.get("height"))
    for place, (x, y, wide, high) in enumerate(boxes):
        assert x >= 0
        assert x + wide <= width
        assert y + high <= height
        for left, top, across, down in boxes[:place]:
            assert x >= left + across or left >= x + wide or y >= top + down or top >= y + high


def test_the_chinese_map_leads_to_the_chinese_pages() -> None:
    addresses = [node.get("href") for node in drawn(ZH).iter(f"{SVG}a")]
    assert f"{book.path(CHAPTERS[0])}.html#zh-size-pos-iff-fits" in addresses


def test_what_a_theorem_uses_stands_to_its_left() -> None:
    uses = {"a": [], "b": ["a"], "c": ["b", "a"], "d": ["a", "z"], "e": [], "z": ["e"]}
    first, second = map_places.placed([["a", "b", "c", "d", "e"], ["z"]], uses)
    assert first["a"].column < first["b"].column < first["c"].column
    assert first["a"].column < first["d"].column
    assert len({*first.values()}) == 5
    assert second == {"z": (0, 0)}


def test_a_chapter_that_builds_high_has_more_columns_and_a_circle_ends() -> None:
    names = [f"t{count}" for count in range(9)]
    tower = {name: names[:count][-1:] for count, name in enumerate(names)}
    (grid,) = map_places.placed([names], tower)
    assert [grid[name].column for name in names] == list(range(9))
    (grid,) = map_places.placed([["a", "b"]], {"a": ["b"], "b": ["a"]})
    assert len({*grid.values()}) == 2


def test_the_files_come_as_a_folder_and_as_an_archive_that_does_not_change(tmp_path: Path) -> None:
    put_files(tmp_path)
    folder = tmp_path / coq_texts.FOLDER
    archive = (folder / coq_texts.ARCHIVE).read_bytes()
    assert {path.name for path in folder.iterdir()} == coq_texts.offered()
    with zipfile.ZipFile(folder / coq_texts.ARCHIVE) as packed:
        inside = {Path(name).name: packed.read(name).decode() for name in packed.namelist()}
    assert inside.pop("Makefile") == (folder / "Makefile").read_text()
    assert inside == exporting.texts()
    put_files(tmp_path)
    assert (folder / coq_texts.ARCHIVE).read_bytes() == archive


LINKED = {
    "a file": ('<a href="b.html">b</a>', ""),
    "a place": ('<a class="x" href="b.html#here">b</a><a href="#top" id="top">t</a>', ""),
    "a place with signs": ('<a href="sub/../b.html#a%20%C3%A4">b</a>', ""),
    "another site": ('<a href="https://pytorch.org/x">t</a><a href="//a.org">a</a>', ""),
    "no file": ('<a href="c.html">c</a>', "a.html links to c.html: there is no such file"),
    "no place": ('<a href="b.html#gone">b</a>', "a.html links to b.html#gone: there is no such pl"),
    "no place here": ('<svg><a href="#gone"></a></svg>', "a.html links to #gone: there is no such"),
    "a folder": ("<a title='x' href='sub/'>b</a>", "a.html links to sub/: there is no such file"),
}


@pytest.mark.parametrize("name", LINKED)
def test_a_link_that_leads_nowhere_is_told(name: str, tmp_path: Path) -> None:
    html, fault = LINKED[name]
    (tmp_path / "sub").mkdir()
    (tmp_path / "a.html").write_text(html)
    (tmp_path / "b.html").write_text('<p id="here">b</p><a name="a ä"></a>')
    told = list(links.broken(tmp_path))
    assert len(told) == bool(fault)
    assert fault in "".join(told)


PAGE = """\
# no_output_padding_here

::::{folded} What *is* <inside>
A [link](#below), {coq}`Counting.v`.

```coq
Lemma one : 1 = 1.
```
::::

(below)=
## Below
"""


@pytest.fixture
def small_site(tmp_path: Path):
    """Builds a site of one page, in a folder; returns its HTML and what Sphinx warned of."""
    pytest.importorskip("myst_parser")
    application = pytest.importorskip("sphinx.application")
    docutils = pytest.importorskip("sphinx.util.docutils")
    from _generate import breaking, folding

    def build(page: str) -> tuple[str, str]:
        (tmp_path / "sub").mkdir()
        (tmp_path / "index.md").write_text("# Top\n\n```{toctree}\nsub/page\n```\n")
        (tmp_path / "sub" / "page.md").write_text(page)
        said, out = io.StringIO(), tmp_path / "out"
        settings = {"extensions": ["myst_parser"], "myst_enable_extensions": ["colon_fence"]}
        with docutils.docutils_namespace():
            app = application.Sphinx(
                tmp_path, None, out, tmp_path / "trees", "html", settings, None, said
            )
            folding.setup(app)
            app.add_post_transform(breaking.LongNames)
            app.build()
        return (out / "sub" / "page.html").read_text(), said.getvalue()

    return build


@pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore::PendingDeprecationWarning")
def test_a_part_folds_and_a_file_is_linked_and_a_long_name_breaks(small_site) -> None:
    html, said = small_site(PAGE)
    assert said == ""
    folded = html[html.index("<details") : html.index("</details>")]
    assert "<summary>What *is* &lt;inside&gt;</summary>" in folded
    assert 'href="../coq/Counting.v"' in folded
    assert 'download=""' in folded
    assert 'class="highlight-coq' in folded
    assert '<span class="k">Lemma</span>' in folded or "<span" in folded.partition("<pre>")[2]
    assert "<h1>no_<wbr>output_<wbr>padding_<wbr>here" in html
    assert 'id="no-output-padding-here"' in html


@pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore::PendingDeprecationWarning")
def test_a_coq_file_that_is_not_there_is_a_warning(small_site) -> None:
    html, said = small_site(PAGE.replace("Counting.v", "Nowhere.v"))
    assert "Nowhere.v" in said
    assert "Nowhere.v" in html
    assert "coq/Nowhere.v" not in html
