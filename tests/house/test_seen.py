"""What Chromium sees of a site: what is too wide or cut off, and sheets of paper."""

from __future__ import annotations

from pathlib import Path

import pytest

from _generate import browser, widths
from browser import needs_browser

TOO_WIDE = {
    "page": ("<pre>WIDE</pre>", "scrolls sideways, by <pre> «wide"),
    "cut": ("<p style='overflow: hidden; white-space: nowrap'>WIDE</p>", "cuts off <p> «wide"),
    "clipped": ("<p style='overflow: clip; white-space: nowrap'>WIDE</p>", "cuts off <p> «wide"),
    "unshown": (
        "<p class=box style='overflow: auto; white-space: nowrap'>WIDE</p>",
        "does not show that <p.box> «wide",
    ),
}
"""What is wider than a telephone, and what is said of it."""
FITS = {
    "text": "<p>WORDS</p>",
    "shown": "<p style='overflow: auto; white-space: nowrap; background: linear-gradient(red, blue)'>WIDE</p>",
    "wrapped": "<p style='overflow-wrap: anywhere'>WIDE</p>",
    "unseen": "<p class=katex-mathml style='overflow: hidden; white-space: nowrap'>WIDE</p>",
}


def write(folder: Path, name: str, inside: str) -> None:
    """Write a page; what is wide is wider than a telephone and narrower than a desk."""
    text = inside.replace("WIDE", "wide" * 15).replace("WORDS", "words " * 90)
    (folder / f"{name}.html").write_text(
        f"<!doctype html><html><body style='font: 16px monospace'><article>{text}</article></body></html>"
    )


@needs_browser
def test_what_is_too_wide_is_found_where_it_is_and_nothing_else(tmp_path: Path) -> None:
    for name, (inside, _) in TOO_WIDE.items():
        write(tmp_path, name, inside)
    (tmp_path / "below").mkdir()
    for name, inside in FITS.items():
        write(tmp_path / "below", name, inside)
    with browser.opened() as page:
        lines = [*widths.faults(page, tmp_path)]
    narrow = [width for width in browser.WIDTHS if width < 700]
    assert narrow
    assert max(browser.WIDTHS) > 900
    expected = [
        f"{name}.html at {width} pixels {fault}"
        for name, (_, fault) in sorted(TOO_WIDE.items())
        for width in narrow
    ]
    assert len(lines) == len(expected)
    for line, beginning in zip(lines, expected, strict=True):
        assert line.startswith(beginning)


@needs_browser
def test_what_a_style_does_at_one_width_is_seen_at_that_width(tmp_path: Path) -> None:
    write(
        tmp_path,
        "page",
        "<style>@media (min-width: 700px) and (max-width: 800px) { p { width: 900px } }</style><p>x</p>",
    )
    with browser.opened() as page:
        lines = [*widths.faults(page, tmp_path)]
    assert lines == ["page.html at 768 pixels scrolls sideways, by <p> «x»"]


@needs_browser
def test_the_height_of_a_page_is_that_of_all_of_it(tmp_path: Path) -> None:
    with browser.opened() as page:
        page.set_viewport_size({"width": 1280, "height": 900})
        for height in (900, 1089):
            page.set_content(
                f"<body style='margin: 0'><p style='margin: 0; height: {height}px'>x</p>"
            )
            assert browser.height(page) == height


@needs_browser
def test_sheets_of_paper_are_counted(tmp_path: Path) -> None:
    with browser.opened() as page:
        for sheets in (1, 3):
            page.set_content("<p style='break-after: page'>x</p>" * (sheets - 1) + "<p>end</p>")
            assert browser.sheets(page) == sheets


def test_a_machine_without_a_browser_is_told_what_to_install(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(browser, "chromium", lambda: None)
    with pytest.raises(FileNotFoundError, match="install chromium"), browser.opened():
        pytest.fail("there is no browser")
