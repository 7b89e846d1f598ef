"""The built site as its readers meet it: what they look for, on their screens and on paper.

`PYTHONPATH=docs python -m _generate.seen build/site` says what is wrong with a site that was built
afresh; it needs Chromium. The checks that need none are made by every build.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

from _generate import browser, cheat_sheet, finding, widths

SCREEN = (1280, 900)
"""How many pixels wide and high a screen is that shows a whole cheat sheet."""


def faults(site: Path) -> Iterator[str]:
    """Say what is wrong with a built site."""
    with browser.opened() as page:
        yield from finding.faults(page, site)
        yield from widths.faults(page, site)
        for sheet in cheat_sheet.pages():
            name = f"_generated/{sheet.removesuffix('.md')}.html"
            page.goto((site / name).resolve().as_uri())
            page.set_viewport_size({"width": SCREEN[0], "height": SCREEN[1]})
            if (height := browser.height(page)) > SCREEN[1]:
                yield f"{name} is {height} pixels high, and a screen {SCREEN[1]}"
            if (sheets := browser.sheets(page)) != 1:
                yield f"{name} is printed on {sheets} sheets of paper, not on one"


if __name__ == "__main__":
    lines = [*faults(Path(sys.argv[1]))]
    print("\n".join(lines) or "the pages are found, fit every screen, and the sheets one page each")
    sys.exit(bool(lines))
