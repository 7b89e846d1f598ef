"""The generated pages of the documentation: written at build time, never committed.

    operator_pages  a page for each operator, and their index
    api             the public names and the layers, from their docstrings
    book            the theorems
    book_list       the theorems, a line each
    cheat_sheet     laws, rules and traps on one page

Each of these modules has a function `pages()` that returns texts by their paths under
`docs/_generated`. `conf.py` calls `generate` before Sphinx reads anything.
"""

from __future__ import annotations

from pathlib import Path

from _generate import api, book, book_list, cheat_sheet, operator_pages
from _generate.files import write_all

CHAPTERS = (operator_pages, api, book, book_list, cheat_sheet)
"""The modules that have pages."""


def generate(folder: Path) -> list[str]:
    """Write all generated pages, and return the paths of those that changed.

    Args:
        folder: where they go; files there that nobody generates are removed.

    Raises:
        DifferenceError: an example on a page is not what torch does.
    """
    found: dict[str, str] = {}
    for chapter in CHAPTERS:
        for path, text in chapter.pages().items():
            if path in found:
                raise ValueError(f"{path} is generated twice, the second time by {chapter}")
            found[path] = text
    return write_all(folder, found)
