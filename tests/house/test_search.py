"""The site's search: words in two languages and no LaTeX, and queries that find their page."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from _generate import browser, finding
from browser import needs_browser
from in_node import NODE, needs_node

pytest.importorskip("sphinx", reason="the site's search is Sphinx's")

from _generate import chinese, searching

DOCS = Path(__file__).parents[2] / "docs"

CONF = f"""
import sys

sys.path.insert(0, {str(DOCS)!r})

from _generate import searching

extensions = ["myst_parser"]
myst_enable_extensions = ["dollarmath"]
html_theme = "basic"
html_search_scorer = {str(DOCS / "_generate" / "scorer.js")!r}
html_static_path = [{str(DOCS / "_static")!r}]


def entered(app, document, source):
    source[0] = searching.entered(source[0])


def setup(app):
    searching.setup(app)
    app.connect("source-read", entered)
"""
PAGES = {
    "index": "# Contents\n```{toctree}\ndouble\nsame\nzh/double\n```\n",
    "double": "# Twice\n<!-- found by: stripes -->\n\nA checkerboard of $\\lfloor W \\rfloor$ cells.\n",
    "same": "# Padding\nIt is the same.\n",
    "zh/double": "# 放大\n这就是棋盘格的来源。\n",
}


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A site of a few pages, as Sphinx writes it."""
    pytest.importorskip("myst_parser", reason="pages are Markdown")
    sources = tmp_path_factory.mktemp("sources")
    (sources / "conf.py").write_text(CONF)
    for name, text in PAGES.items():
        (sources / name).parent.mkdir(exist_ok=True)
        (sources / f"{name}.md").write_text(text, encoding="utf-8")
    folder = tmp_path_factory.mktemp("site")
    command = [sys.executable, "-m", "sphinx", "-W", "-q", "-b", "html", sources, folder]
    subprocess.run(command, check=True)
    return folder


INDEX = {"terms": {"word": 0}, "titleterms": {"title": 0}}


def test_latex_among_the_words_of_a_search_is_found() -> None:
    assert finding.latex_in(INDEX) == []
    for term in ("lfloor", "\\frac", "mathsf"):
        for part in INDEX:
            assert finding.latex_in(INDEX | {part: {term: 0}}) == [term]


def test_formulas_are_not_in_the_index_and_entries_are(site: Path) -> None:
    index = finding.index(site)
    assert finding.latex_in(index) == []
    assert "checkerboard" in index["terms"]
    assert "棋盘" in index["terms"]
    assert list(index["indexentries"]) == ["stripes"]


@needs_browser
def test_a_query_that_does_not_find_its_page_is_told(site: Path) -> None:
    answers = {"checkerboard": "double", "stripes": "double", "棋盘": "zh/double"}
    planted = {"same padding": "double", "checkerboard": "double", "nonsense": "same"}
    with browser.opened() as page:
        assert finding.answers(page, site, "same") == ["same"]
        assert list(finding.faults(page, site, answers)) == []
        assert list(finding.faults(page, site, planted)) == [
            "who looks for «same padding» is not led to double, but to ['same']",
            "who looks for «nonsense» is not led to same, but to []",
        ]


def test_the_words_of_a_text_are_cut_in_two_languages() -> None:
    assert searching.words("output_padding, 放大") == [
        "output_padding", "output", "padding", "放", "大", "放大",
    ]  # fmt: skip
    assert searching.words(r"\left\lfloor W \right\rfloor") == ["W"]
    assert not {"same", "up", "down"} & searching.Words.stopwords
    assert "the" in searching.Words.stopwords


@needs_node
def test_a_query_is_cut_as_the_pages_are() -> None:
    queries = ["U-Net 棋盘格", "output_padding", "放大两倍", "窗"]
    script = f"{searching.Words.js_splitter_code}\nconsole.log(JSON.stringify({json.dumps(queries)}.map(splitQuery)))"
    done = subprocess.run(
        [NODE, "-e", script], capture_output=True, text=True, encoding="utf-8", check=True
    )
    pieces_of_queries = json.loads(done.stdout)
    assert pieces_of_queries == [
        ["U", "Net", "棋盘", "盘格"],
        ["output_padding"],
        ["放大", "大两", "两倍"],
        ["窗"],
    ]
    for query, pieces in zip(queries, pieces_of_queries, strict=True):
        assert set(pieces) <= set(searching.words(query))


def test_the_lines_of_a_chinese_page_are_joined() -> None:
    assert chinese.joined("已证明。\n它是") == "已证明。它是"
    assert chinese.joined("一个\nlayer\nof torch") == "一个\nlayer\nof torch"
    assert chinese.FOLDERS.match("zh/double")
    assert chinese.FOLDERS.match("_generated/zh_cheat_sheet")
    assert not chinese.FOLDERS.match("howto/double")
