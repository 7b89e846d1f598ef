"""The documentation site: its generated pages say what is so, and it needs no network."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

pytest.importorskip("torch", reason="the pages' examples are run on torch")

DOCS = Path(__file__).parents[2] / "docs"

import symconv  # noqa: E402
from _generate import api, files, laws, offline, operator_pages, pictures, running, traps  # noqa: E402
from _generate.examples import EXAMPLES, examples_of  # noqa: E402
from _generate.layers_of import layers_of  # noqa: E402
from _generate.letters import OWN, explained, letters  # noqa: E402
from _generate.markdown import prose  # noqa: E402
from _generate.running import DifferenceError, Example, Outcome  # noqa: E402
from symconv.layers import LAYERS  # noqa: E402
from symconv.meanings.notation import latex  # noqa: E402
from symconv.operators import OPERATORS  # noqa: E402
from symconv.pictures.placing import Drawable  # noqa: E402
from symconv.solving.result import LayerSolution  # noqa: E402
from symconv.terms import variable  # noqa: E402
from toy_windows import (  # noqa: E402
    ToyConv1d,
    ToyConv2d,
    ToyConvTranspose1d,
    ToyPool1d,
    registered,
    toy,
    toy_pool,
    toy_transpose,
)


@pytest.mark.parametrize("name", OPERATORS)
def test_an_operator_has_a_page_with_its_law_requirements_and_examples(name: str) -> None:
    operator, page = OPERATORS[name], operator_pages.operator_page(name)
    assert latex(operator.size) in page
    for sentence, term in operator.requires.items():
        assert f"{prose(sentence)}: " in page
        assert latex(term) in page
    for example in examples_of(operator):
        assert example.layer in page
    for step in symconv.derive(name).steps:
        assert step.latex in page
    for letter in letters(operator):
        assert f"| ${latex(variable(letter))}$ | " in page
        assert explained(letter, operator)[2] != OWN


def test_every_operator_has_examples_and_those_that_refuse_have_a_refusal() -> None:
    listed = {name: examples_of(operator) for name, operator in OPERATORS.items()}
    assert {one for examples in listed.values() for one in examples} == set(EXAMPLES)
    nothing_refused = {"adaptive_pool", "keep", "resize_area", "upsample_area"}
    for name, examples in listed.items():
        refused = [one for one in examples if running.run(one).refused]
        assert bool(refused) is (name not in nothing_refused), name
        assert len(refused) < len(examples), name


def test_an_example_that_is_no_layer_goes_with_the_one_above() -> None:
    strided = "Conv1d(1, 1, kernel_size=3, stride=2, padding='same')"
    pages_with_it = [
        name
        for name, operator in OPERATORS.items()
        if strided in [example.layer for example in examples_of(operator)]
    ]
    assert pages_with_it == ["conv_same"]


def test_every_operator_stands_in_one_family_and_is_some_layer_s_law() -> None:
    families = operator_pages.families()
    listed = [name for names in families.values() for name in names]
    assert sorted(listed) == sorted(OPERATORS)
    assert all(name in families[operator.family] for name, operator in OPERATORS.items())
    layers = [layers_of(operator) for operator in OPERATORS.values()]
    assert all(layers)
    assert {name for followers in layers for name in followers} == set(LAYERS)


def test_an_operator_that_somebody_appends_has_a_page() -> None:
    before = operator_pages.operator_page("conv")
    with registered(toy, ToyConv1d, ToyConv2d):
        page, index = operator_pages.operator_page("toy"), operator_pages.index_page()
        toy_law = symconv.law("toy")
        assert operator_pages.operator_page("conv") == before
        assert operator_pages.pages()["operators/toy.md"] == page
        assert all(step.latex in page for step in symconv.derive("toy").steps)
    assert latex(toy.size) in page
    assert prose(toy.says) in page
    for sentence, term in toy.requires.items():
        assert f"{prose(sentence)}: " in page
        assert latex(term) in page
    for letter in letters(toy):
        assert f"| ${latex(variable(letter))}$ | " in page
    assert f"| `skip` | {ToyConv1d.parameters['skip'].says} |" in page
    assert "Not in torch: `ToyConv1d`, `ToyConv2d`.\n" in page
    assert page.count("<svg") == 1
    assert "<title>ToyConv1d(kernel_size=2, padding=1): 6 input cells, " in page
    assert "## Examples" not in page
    assert page.endswith(f"## Source\n\n{toy.source}\n")
    assert "## Toys\n" in index
    assert f"[`toy`](#operator-toy)\n: {prose(toy.says)}\\\n  ${laws.latex(toy_law)}$\n" in index
    assert "toy" not in operator_pages.index_page()


def test_pages_of_other_operators_that_somebody_appends() -> None:
    with registered(toy_transpose, ToyConvTranspose1d):
        page = operator_pages.operator_page("toy_transpose")
    assert "cells cropped at each side of the output" in page
    assert "painted" in page
    with registered(toy_pool, ToyPool1d):
        assert "tap of the kernel" in operator_pages.operator_page("toy_pool")
    with registered(toy):
        page = operator_pages.operator_page("toy")
    assert "No layer follows this law.\n" in page
    assert f"| `skip` | {OWN} |" in page
    assert "## Drawn" not in page


def test_every_operator_whose_layers_can_be_drawn_is_drawn() -> None:
    for name, operator in OPERATORS.items():
        flat = [one for one in layers_of(operator).values() if one.least_axes < 3]
        drawable = isinstance(operator.reads, Drawable) and bool(flat)
        assert bool(pictures.pictures_of(operator)) is drawable, name


@pytest.mark.parametrize("trap", traps.traps(), ids=lambda trap: trap.says[:50])
def test_a_trap_is_what_torch_does(trap: traps.Trap) -> None:
    assert set(trap.operators) <= set(OPERATORS)
    assert ">>> " in trap.shown
    traps.check(trap)


def test_a_heading_that_names_no_operator_does_no_harm(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    page = tmp_path / "traps.md"
    monkeypatch.setattr(traps, "PAGE", page)
    page.write_text("No heading.\n")
    assert traps.traps.__wrapped__() == ()
    page.write_text(
        "# Traps\n\n## nobody, conv\n\n### It does. | 是的。\n\nIt counts.\n\n```pycon\n>>> 1\n1\n```\n"
    )
    (trap,) = traps.traps.__wrapped__()
    assert trap.operators == ("nobody", "conv")
    assert traps.traps_of("nobody") == []


def test_no_trap_of_the_page_is_overlooked() -> None:
    shown = traps.PAGE.read_text().count("```pycon")
    assert len(traps.traps()) == shown > 30
    assert all(trap.says.count("\n") == 0 for trap in traps.traps())
    assert all(re.search(r"[\u4e00-\u9fff]", trap.zh) for trap in traps.traps())
    assert max(len(trap.line) for trap in traps.traps()) < 80


@pytest.mark.parametrize(
    ("session", "said"),
    [
        (
            ">>> nn.MaxPool1d(1, stride=2, ceil_mode=True)(torch.zeros(1, 1, 32)).shape[2]\n17\n",
            "16",
        ),
        (">>> nn.Conv1d(1, 1, 3)(torch.zeros(1, 1, 2)).shape[2]\n0\n", "RuntimeError"),
    ],
)
def test_a_trap_that_torch_does_not_have_stops_the_generator(session: str, said: str) -> None:
    with pytest.raises(DifferenceError, match=said):
        running.check_session("planted", session)


def test_an_example_whose_size_differs_stops_the_generator(monkeypatch: pytest.MonkeyPatch) -> None:
    example = Example("Conv1d(1, 1, 3)", 8)
    assert "| 8 | 6 | 6 |" in operator_pages.operator_page("conv", [example])
    monkeypatch.setattr(running.Witness, "sizes", lambda *_: (7,))
    with pytest.raises(DifferenceError, match=r"symconv says \(6,\), torch says \(7,\)"):
        operator_pages.operator_page("conv", [example])


def test_a_refusal_that_only_one_of_them_has_stops_the_generator(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(running.Witness, "sizes", lambda *_: "RuntimeError: no")
    with pytest.raises(DifferenceError, match=r"symconv says \(6,\), torch says RuntimeError: no"):
        running.run(Example("Conv1d(1, 1, 3)", 8))
    monkeypatch.setattr(running.Witness, "sizes", lambda *_: (1,))
    with pytest.raises(DifferenceError, match="one window fits"):
        running.run(Example("Conv1d(1, 1, 3)", 2))


def test_an_example_of_another_operator_stops_the_generator() -> None:
    with pytest.raises(DifferenceError, match="is no example of conv, but of"):
        operator_pages.operator_page("conv", [Example("ReLU()", 8)])


def test_parameters_that_torch_takes_are_no_refusal(monkeypatch: pytest.MonkeyPatch) -> None:
    refused = running.run(Example("Conv1d(1, 1, 3, stride=0)", 8))
    assert isinstance(refused, Outcome)
    assert refused.layer is None
    assert "stride" in refused.refused

    def refuses(_text: str) -> None:
        raise symconv.RequestError("a planted one", "this", "Nothing.")

    monkeypatch.setattr(running, "chain", refuses)
    with pytest.raises(DifferenceError, match="torch runs it"):
        running.run(Example("Conv1d(1, 1, 3)", 8))


def test_a_picture_that_cannot_be_drawn_stops_the_generator(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(pictures, "DRAWINGS", [pictures.Drawing("ReLU()", 3)])
    with pytest.raises(symconv.RequestError):
        pictures.pictures_of(OPERATORS["keep"])
    assert pictures.pictures_of(OPERATORS["conv"])[0].startswith("<svg")


def test_every_picture_that_was_chosen_stands_on_a_page() -> None:
    written = [svg for operator in OPERATORS.values() for svg in pictures.pictures_of(operator)]
    for drawing in pictures.DRAWINGS:
        assert written.count(symconv.draw(*drawing).svg) == 1


def test_the_reference_has_every_public_name_and_layer() -> None:
    written = "\n".join(api.pages().values())
    for name in (*symconv.__all__, *LAYERS):
        assert f":: symconv.{name}\n" in written, name
    assert f"{LayerSolution.__module__}.LayerSolution" in written


def test_only_what_changes_is_written_and_what_is_stale_is_removed(tmp_path: Path) -> None:
    assert files.write_all(tmp_path, {"a.md": "1", "b/c.md": "2"}) == ["a.md", "b/c.md"]
    before = (tmp_path / "a.md").stat().st_mtime_ns
    assert files.write_all(tmp_path, {"a.md": "1", "d.md": "3"}) == ["b/c.md", "d.md"]
    assert (tmp_path / "a.md").stat().st_mtime_ns == before
    assert not (tmp_path / "b" / "c.md").exists()


OUTSIDE = {
    "a script": (".html", '<script src="https://cdn.example/katex.js"></script>'),
    "a style": (".html", '<link rel="stylesheet" href="//cdn.example/a.css">'),
    "a picture": (".html", '<img src="http://cdn.example/a.png">'),
    "a font in a page": (
        ".html",
        "<style>@font-face{src:url(https://cdn.example/a.woff2)}</style>",
    ),
    "an import in a page": (".html", '<script>import("https://cdn.example/a.js")</script>'),
    "a font": (".css", '@font-face{src:url("https://cdn.example/a.woff2")}'),
    "a style in a style": (".css", '@import "https://cdn.example/a.css";'),
    "an import": (".js", 'import("https://cdn.example/a.js")'),
}
INSIDE = {
    "a link to follow": (".html", '<a href="https://pytorch.org">torch</a>'),
    "a namespace": (".svg", '<svg xmlns="http://www.w3.org/2000/svg"></svg>'),
    "a script of ours": (".html", '<script src="_static/katex.min.js"></script>'),
    "a font of ours": (".css", "@font-face{src:url(fonts/KaTeX_Main-Regular.woff2)}"),
    "an address in a message": (".js", 'throw "see https://katex.org"'),
}


@pytest.mark.parametrize("name", OUTSIDE)
def test_what_is_loaded_from_outside_is_found(name: str, tmp_path: Path) -> None:
    kind, text = OUTSIDE[name]
    (tmp_path / "index.html").touch()
    (tmp_path / f"page{kind}").write_text(text)
    (found,) = offline.faults(tmp_path)
    assert "cdn.example" in found


@pytest.mark.parametrize("name", INSIDE)
def test_what_is_not_loaded_from_outside_is_let_be(name: str, tmp_path: Path) -> None:
    kind, text = INSIDE[name]
    (tmp_path / "index.html").touch()
    (tmp_path / f"page{kind}").write_text(text)
    assert list(offline.faults(tmp_path)) == []


def test_a_site_that_was_not_built_is_a_fault(tmp_path: Path) -> None:
    (found,) = offline.faults(tmp_path)
    assert "no index.html" in found


def test_a_formula_that_katex_refuses_is_found(tmp_path: Path) -> None:
    (tmp_path / "index.html").touch()
    (tmp_path / "a.html").write_text('<span class="katex-error" title="ParseError: no">x</span>')
    assert list(offline.faults(tmp_path)) == ["a.html has a formula that is none: ParseError: no"]


def test_formulas_that_node_did_not_write_are_said_to_be_unchecked(tmp_path: Path) -> None:
    (tmp_path / "index.html").write_text('<span class="math"><span class="katex">x</span></span>')
    (tmp_path / "plain.html").write_text("no formula")
    assert offline.unseen(tmp_path) == ""
    (tmp_path / "a.html").write_text('<div class="math notranslate">\\(x\\)</div>')
    assert "NOT CHECKED: KaTeX has not seen those of 1 pages" in offline.unseen(tmp_path)
    script = [sys.executable, str(DOCS / "_generate" / "offline.py"), str(tmp_path)]
    assert subprocess.run(script, capture_output=True, check=False).returncode == 1
    (tmp_path / "a.html").unlink()
    assert subprocess.run(script, capture_output=True, check=False).returncode == 0


@pytest.mark.parametrize(
    "text",
    ["", "Conv1d(", "3", "Conv1d", "nn.Conv1d(3)", "Conv9d(3)", "Conv1d(open('x'))", "f()()"],
)
def test_an_example_is_one_call_of_literals(text: str) -> None:
    with pytest.raises(DifferenceError, match="one call of a layer of torch"):
        running.torchs_own(text)
    assert running.torchs_own("AvgPool2d((3, 1), stride=-1)").kernel_size == (3, 1)


def test_the_packages_of_the_site_are_pinned_and_katex_is_the_style_of_its_script() -> None:
    pytest.importorskip("sphinx")
    renderer = pytest.importorskip("sphinxcontrib.katex")
    from _generate import katex

    assert katex.VERSION == renderer.katex_version
