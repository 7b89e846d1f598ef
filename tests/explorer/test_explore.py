"""`explore`: what the page begins with, what it says, and how it reaches a browser."""

import json
import re
import stat
import sys

import pytest

import symconv
from browser import is_outside
from symconv.cli import main
from symconv.errors import RequestError
from symconv.explorer.forms import drawn
from symconv.explorer.goals import GOALS
from symconv.explorer.layers_of_page import layers
from symconv.explorer.operators_of_page import operators
from symconv.explorer.page import asset, computing, explore
from symconv.explorer.start import beginning
from symconv.explorer.words import FAMILIES, WORDS, chinese
from symconv.layers import LAYERS
from symconv.operators import OPERATORS
from symconv.operators.reading import Cells, Everything, Halves
from toy_windows import ToyConv1d, registered, toy

NOT_DRAWN = (Cells, Everything, Halves)


def test_every_layer_with_windows_or_an_asked_size_is_on_the_page():
    """But for those over three axes, whose picture is that of one axis."""
    shown = layers(drawn())
    for name, kind in LAYERS.items():
        reads = OPERATORS[kind.law].reads if hasattr(kind, "law") else None
        flat = kind.axes != 3 and not isinstance(reads, NOT_DRAWN)
        own_cell = any(part in name for part in ("Norm", "GLU", "Pad", "Softmax"))
        assert (name in shown) == (flat and not own_cell), name


def test_every_sentence_and_family_is_in_chinese():
    on_the_page = operators(drawn()).values()
    sentences = {need["says"] for operator in on_the_page for need in operator["requires"]}
    sentences |= {sentence for operator in on_the_page for sentence in operator["channels"]}
    assert len(sentences) > 20
    for sentence in sentences:
        assert chinese(sentence), sentence
    assert {own["family"] for own in layers(drawn()).values()} <= {*FAMILIES}
    assert chinese("a sentence that nobody has said") is None


def test_both_languages_fill_in_the_same():
    for name, (english, in_chinese) in WORDS.items():
        assert set(re.findall(r"\{\w+\}", english)) == set(re.findall(r"\{\w+\}", in_chinese)), name


def test_every_phrase_is_used_and_every_used_phrase_is_there():
    script = "".join(asset(f"{name}.js") for name in ("state", "view", "controls", "page", "start"))
    used = set(re.findall(r'say\("(\w+)"\)', script))
    used |= set(re.findall(r'data-say="(\w+)"', asset("page.html")))
    used |= set(re.findall(r'"(legend_\w+)"', script))
    either = re.findall(r'say\([^()]*\? "(\w+)" : "(\w+)"\)', script)
    used |= {word for pair in either for word in pair}
    assert used <= {*WORDS}
    by_value = {"number", "nothing", *GOALS, "even", "even_rule", "below", "above", "cell",
                "cell_row", "cell_column"}  # fmt: skip
    assert {*WORDS} - used <= by_value


def test_the_page_is_one_file_that_asks_for_nothing():
    page = explore().html
    addresses = re.findall(r'(?:src|href)\s*=\s*"([^"]*)"|url\(([^)]*)\)', page)
    assert addresses == []
    assert not re.search(r"<script[^>]+src|<link|@import|fetch\(|XMLHttpRequest", page)
    assert page.count("</script>") == 1
    assert is_outside("https://example.org/x.js")


def test_the_script_has_no_law_of_its_own():
    """Sizes are computed by the operators' functions alone: no quotient stands in what we wrote."""
    script = "".join(asset(f"{name}.js") for name in ("walk", "cells", "state", "view", "page"))
    code = re.sub(r"//.*|`[^`]*`|\"[^\"]*\"", "", script)
    assert not re.search(r"Math\.floor|Math\.ceil|\bdiv\(", code)


def test_an_operator_joins_the_page_by_being_registered():
    with registered(toy, ToyConv1d):
        assert "ToyConv1d" in layers(drawn())
        names = [each["name"] for each in layers(drawn())["ToyConv1d"]["parameters"]]
        assert names == ["kernel_size", "stride", "padding", "skip"]
        assert '"toy"' in computing(tuple(drawn()))
        start = begun("ToyConv1d(kernel_size=4, skip=3)", 9)
        assert start["layers"][0]["numbers"]["skip"] == [3]
    assert "ToyConv1d" not in layers(drawn())


def begun(layer=None, size=None, language="en"):
    """The state that a page begins with."""
    return beginning(layer, size, language, layers(drawn()))


def test_what_it_begins_with():
    start = begun("Conv2d(3, 8, (3, 5), padding='same') -> ReLU() -> MaxPool2d(2)", (9, 8), "zh")
    assert (start["sizes"], start["axes"], start["apart"]) == ([9, 8], 2, True)
    assert [each["name"] for each in start["layers"]] == ["Conv2d", "MaxPool2d"]
    assert start["layers"][0]["chosen"] == {"padding": "same", "padding_mode": "zeros"}
    assert start["layers"][0]["numbers"]["kernel_size"] == [3, 5]
    assert start["left_out"] == ["ReLU"]
    assert begun()["layers"][0]["name"] == "Conv1d"


@pytest.mark.parametrize(
    ("layer", "size", "language", "excerpt"),
    [
        ("ReLU()", 8, "en", "reads windows"),
        ("Conv3d(kernel_size=3)", 8, "en", "one axis or two"),
        ("Conv2d(kernel_size=?)", 8, "en", "numbers"),
        ("Conv2d(kernel_size=3)", 0, "en", "a size"),
        ("Conv2d(kernel_size=3)", (1, 2, 3), "en", "a size"),
        ("Conv2d(kernel_size=3)", True, "en", "a size"),
        ("AdaptiveAvgPool2d((None, 3))", 8, "en", "numbers"),
        ("11 x Conv1d(kernel_size=3)", 8, "en", "at most 10"),
        ("Conv2d(kernel_size=3) -> Flatten()", 8, "en", "Flatten"),
        ("Conv2d(kernel_size=3)", 8, "fr", "en or zh"),
        ("nonsense", 8, "en", "nonsense"),
        ("Conv1d(kernel_size=3)", 2**31 + 1, "en", "at most 2147483648"),
        ("Conv2d(kernel_size=3)", (8, 10**30), "en", "at most 2147483648"),
        ("Conv1d(kernel_size=3, stride=2097152)", 8, "en", "stride: at most 1048576"),
        ("Conv1d(kernel_size=3, padding=2097152)", 8, "en", "padding: at most 1048576"),
        ("Upsample(scale_factor=2.3)", 8, "en", "a fraction over a power of two"),
        ("Upsample(scale_factor=2097152.0)", 8, "en", "at most 1048576"),
    ],
)
def test_what_the_page_cannot_show_is_refused_in_three_beats(layer, size, language, excerpt):
    with pytest.raises(RequestError) as caught:
        symconv.explore(layer, size, language=language)
    assert excerpt in str(caught.value)
    assert caught.value.write.strip()


def test_the_command_writes_a_file(tmp_path, capsys):
    file = tmp_path / "page.html"
    assert main(["explore", "MaxPool2d(2)", "9x8", "--language", "zh", "-o", str(file)]) == 0
    assert '"language": "zh"' in file.read_text(encoding="utf-8")
    assert str(file) in capsys.readouterr().out
    assert main(["explore", "-o", str(file), "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == {"schema": "symconv/1", "file": str(file)}


@pytest.mark.parametrize("command", [["explore"], ["draw", "MaxPool1d(2)", "9"]])
def test_a_file_that_cannot_be_written_is_told_in_three_beats(command, tmp_path, capsys):
    file = str(tmp_path / "no" / "file")
    assert main([*command, "-o", file, "--json"]) == 2
    printed = capsys.readouterr()
    beats = json.loads(printed.out)["error"]
    assert beats["needed"] == "a file that can be written"
    assert file in beats["arrived"]
    assert not printed.err


@pytest.mark.skipif(sys.platform == "win32", reason="the browser is a script of a shell")
def test_the_command_opens_a_browser(tmp_path, capsys, monkeypatch):
    address = tmp_path / "address"
    browser = tmp_path / "browser"
    browser.write_text(f'#!/bin/sh\necho "$1" > {address}\n')
    browser.chmod(browser.stat().st_mode | stat.S_IXUSR)
    monkeypatch.setenv("BROWSER", str(browser))
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    monkeypatch.setattr("tempfile.tempdir", None)
    monkeypatch.setattr("webbrowser._tryorder", None)
    assert main(["explore"]) == 0
    file, says = capsys.readouterr().out.split(": ")
    assert says == "the page to play with; in a browser\n"
    assert address.read_text().strip() == f"file://{file}"


@pytest.mark.parametrize("browser", ["false %s", "/nowhere/browser %s"])
def test_a_browser_that_does_not_open_is_not_promised(browser, monkeypatch, capsys):
    monkeypatch.setenv("BROWSER", browser)
    monkeypatch.setenv("PATH", "")
    monkeypatch.setattr("webbrowser._tryorder", None)
    monkeypatch.setattr("webbrowser._browsers", {})
    assert main(["explore"]) == 0
    assert capsys.readouterr().out.endswith(": the page to play with; open it in a browser\n")


def test_the_page_is_printed_where_a_file_is_named_so(capsys):
    assert main(["explore", "-o", "-"]) == 0
    page = capsys.readouterr().out
    assert page.startswith("<!")
    assert page.rstrip().endswith("</html>")
    assert main(["explore", "-o", "-", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["html"] == page.removesuffix("\n")


def test_without_a_screen_no_browser_is_started(monkeypatch, capsys):
    monkeypatch.setattr("sys.platform", "linux")
    for name in ("BROWSER", "DISPLAY", "WAYLAND_DISPLAY"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr("webbrowser.open", lambda _: pytest.fail("a browser was started"))
    assert main(["explore"]) == 0
    assert ".html" in capsys.readouterr().out


def test_a_notebook_shows_it_in_a_frame():
    shown = explore("MaxPool1d(2)", 9)._repr_html_()
    assert shown.startswith("<iframe srcdoc=")
    assert shown.count("<") == 2  # what stands inside is escaped
