"""What people type finds the page that answers it: the search of a built site is asked.

Chromium asks it as a reader does. A site that was built in part over an older one does not do: of
the pages that Sphinx leaves alone it forgets the entries of the index.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

if TYPE_CHECKING:
    from playwright.sync_api import Page

FIRST = 3
"""The page that is wanted stands among so many."""
WANTED: Mapping[str, str] = {
    "checkerboard": "howto/double",
    "checkerboard artifacts": "howto/double",
    "upsampling": "howto/double",
    "transposed convolution": "howto/double",
    "output padding": "howto/output_padding",
    "output_padding": "howto/output_padding",
    "same padding": "howto/same_with_stride",
    "padding same stride 2": "howto/same_with_stride",
    "U-Net": "howto/models",
    "unet": "howto/models",
    "ceil mode": "article",
    "ceil_mode": "_generated/operators/pools",
    "scale_factor": "_generated/operators/resizing-and-shuffles",
    "deconvolution": "howto/double",
    "size mismatch": "howto/skip",
    "shape mismatch": "howto/skip",
    "sizes of tensors must match": "howto/models",
    "kernel larger": "howto/kernel_larger_than_input",
    "Kernel size can't be greater than actual input size": "howto/kernel_larger_than_input",
    "receptive field": "howto/receptive_field",
    "skip connection": "howto/skip",
    "cheat sheet": "_generated/cheat_sheet",
    "MaxPool2d": "_generated/api/layers",
    "upsampling_plain": "_generated/book/04-upsampling",
    "棋盘": "zh/double",
    "棋盘格": "zh/double",
    "转置卷积": "zh/double",
    "感受野": "zh/receptive_field",
    "跳跃连接": "zh/skip",
    "尺寸不匹配": "zh/skip",
    "卷积核太大": "zh/kernel_larger_than_input",
    "输出填充": "zh/output_padding",
    "速查表": "_generated/zh_cheat_sheet",
}
"""What people type, and the page that they are looking for."""
COMMANDS = ("lfloor", "rfloor", "frac", "mathsf", "operatorname", "mathbin", "ldots", "cdot")
"""Words of LaTeX that are no words."""


def answers(page: Page, site: Path, query: str) -> list[str]:
    """Return the pages that a query finds, best first."""
    page.goto(f"{site.resolve().as_uri()}/search.html?q={quote(query)}")
    page.wait_for_selector("#search-results > .search-summary:not(:empty)")
    links = page.locator("#search-results > .search > li > a")
    addresses = links.evaluate_all("(links) => links.map((link) => link.getAttribute('href'))")
    return [*dict.fromkeys(address.partition(".html")[0] for address in addresses)]


def faults(page: Page, site: Path, wanted: Mapping[str, str] = WANTED) -> Iterator[str]:
    """Say which queries do not find their page first or soon after, and what is no word."""
    for query, answer in wanted.items():
        first = answers(page, site, query)[:FIRST]
        if answer not in first:
            yield f"who looks for «{query}» is not led to {answer}, but to {first}"
    yield from (f"the search knows «{term}», which is LaTeX" for term in latex_in(index(site)))


def index(site: Path) -> dict[str, Any]:
    """Return the index of a site's search."""
    text = (site / "searchindex.js").read_text(encoding="utf-8")
    contents: dict[str, Any] = json.loads(text.removeprefix("Search.setIndex(").removesuffix(")"))
    return contents


def latex_in(entries: Mapping[str, Any]) -> list[str]:
    """Return what is LaTeX among the terms of an index."""
    terms = {*entries["terms"], *entries["titleterms"]}
    return sorted(term for term in terms if term in COMMANDS or re.search(r"\\", term))
