"""The built site as its readers meet it: what they look for, on their screens and on paper.

`PYTHONPATH=docs python -m _generate.seen build/site` says what is wrong with a site that was built
afresh; it needs `node` and Chromium. The checks that need neither are made by every build.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

from _generate import browser, cheat_sheet, finding, widths


def faults(site: Path) -> Iterator[str]:
    """Say what is wrong with a built site."""
    yield from finding.faults(site)
    yield from widths.faults(site)
    for sheet in cheat_sheet.pages():
        page = f"_generated/{sheet.removesuffix('.md')}.html"
        if (sheets := browser.sheets(site / page)) != 1:
            yield f"{page} is printed on {sheets} sheets of paper, not on one"


if __name__ == "__main__":
    said = [*faults(Path(sys.argv[1]))]
    print("\n".join(said) or "the pages are found, fit every screen, and the sheets one page each")
    sys.exit(bool(said))
