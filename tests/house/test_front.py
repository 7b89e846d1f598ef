"""What a stranger sees first: the landing pages, their pictures and cards, and code to copy."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from pathlib import Path

import pytest

import symconv
from _generate import cards, pictures
from _generate.tongues import ENGLISH, ZH
from in_node import NODE, needs_node

DOCS = Path(__file__).parents[2] / "docs"


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
    pages = {
        view: pictures.placed(f"<!-- draw: {layer} 4{' ' * bool(view)}{view} -->")
        for view in ("", "paint", "transposed matrix")
    }
    for view, text in pages.items():
        assert symconv.draw(layer, 4, view or None).svg.strip() in text
    assert len({*pages.values()}) == 3
    assert "--width: " in pages[""]


@pytest.mark.parametrize("card", cards.CARDS, ids=lambda card: card.page)
def test_a_card_leads_to_a_page_in_both_languages(card: cards.Card) -> None:
    for document in ("index", "zh/index"):
        grid = cards.placed(f"above\n\n{cards.ASKED}\n", document)
        title, says = card.chinese if document.startswith("zh/") else card.english
        assert f"{{grid-item-card}} {title}\n" in grid
        assert says in grid
    for page in filter(None, (card.page, card.translated)):
        is_generated = page.startswith("_generated/")
        assert is_generated or (DOCS / f"{page}.md").exists() or page.endswith(".html")


def test_a_card_may_lead_to_a_page_that_sphinx_does_not_write(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    card = cards.Card(("Play", "Turn."), ("玩", "转。"), "explore/index.html")
    monkeypatch.setattr(cards, "CARDS", (card,))
    assert ":link: explore/index.html\n:link-type: url\n" in cards.grid(ENGLISH, "index")
    assert ":link: ../explore/index.html\n:link-type: url\n" in cards.grid(ZH, "zh/index")
    assert cards.placed("nothing is asked for", "index") == "nothing is asked for"


COPIED = [
    ("console", "$ symconv size A 3\n3  input\n\n2  A\n$ symconv size B 4\n4",
     "symconv size A 3\nsymconv size B 4"),
    ("console", "$ symconv size A 3 \\\n    --json\n3  input", "symconv size A 3 \\\n    --json"),
    ("console", "$ symconv solve \"A(?)\" \\\n    --limit 1\nA(1)\n... and more (9 in all)",
     "symconv solve \"A(?)\" \\\n    --limit 1"),
    ("console", "$ symconv size A 3\n>>> 3\n... 4\n   $ 5", "symconv size A 3"),
    ("pycon", ">>> for n in (1, 2):\n...     print(n)\n1\n2", "for n in (1, 2):\n    print(n)"),
    ("pycon", ">>> solve(\n...     \"A(?)\")\nA(1)\n... and more\n>>> 1",
     "solve(\n    \"A(?)\")\n1"),
    ("python", "print(1)  # ... a", "print(1)  # ... a"),
    ("coq", "Lemma one : True.\nProof. easy. Qed.", "Lemma one : True.\nProof. easy. Qed."),
]  # fmt: skip
"""The language of a block, the block, and what its button copies."""


def commands(block: str) -> str:
    """Return the commands of a block of the shell: lines with a prompt, and what continues them."""
    lines: list[str] = []
    goes_on = False
    for line in block.splitlines():
        if goes_on or line.startswith("$ "):
            lines.append(line if goes_on else line.removeprefix("$ "))
            goes_on = line.endswith("\\")
    return "\n".join(lines)


def in_pages() -> list[tuple[str, str, str]]:
    """Return the blocks of the shell in all pages, with the commands in them."""
    text = "\n".join(path.read_text() for path in sorted(DOCS.rglob("*.md")))
    blocks = re.findall(r"^```console\n(.*?)\n```$", text, re.MULTILINE | re.DOTALL)
    return [("console", block, commands(block)) for block in blocks]


@needs_node
def test_a_command_is_copied_without_its_prompt_and_what_it_prints(tmp_path: Path) -> None:
    copybutton = pytest.importorskip("sphinx_copybutton")
    lexers = pytest.importorskip("pygments.lexers")
    classes = pytest.importorskip("pygments.token").STANDARD_TYPES
    conf = (DOCS / "conf.py").read_text()
    prompt = re.search(r'^copybutton_prompt_text = r"(.+)"$', conf, re.MULTILINE)[1]
    exclude = re.search(r'^copybutton_exclude = "(.+?)"', conf, re.MULTILINE)[1].split(", ")
    assert "copybutton_prompt_is_regexp = True" in conf
    assert "copybutton_copy_empty_lines = False" in conf
    assert 'copybutton_line_continuation_character = "\\\\"' in conf
    functions = Path(copybutton.__file__).parent / "_static/copybutton_funcs.js"
    shutil.copy(functions, tmp_path / "functions.mjs")
    blocks = [*COPIED, *in_pages()]
    assert len(blocks) > 200
    left = [
        "".join(
            text
            for kind, text in lexers.get_lexer_by_name(language).get_tokens(block)
            if f".{classes.get(kind)}" not in exclude
        )
        for language, block, _ in blocks
    ]
    (tmp_path / "ask.mjs").write_text(
        'import { formatCopyText } from "./functions.mjs";\n'
        f"const copied = {json.dumps(left)}.map((text) => formatCopyText(text, {json.dumps(prompt)}, true, true, true, false, {json.dumps(chr(92))}));\n"
        "console.log(JSON.stringify(copied));\n"
    )
    done = subprocess.run(
        [NODE, str(tmp_path / "ask.mjs")], capture_output=True, text=True, check=True
    )
    for copied, (_, block, expected) in zip(json.loads(done.stdout), blocks, strict=True):
        assert copied == expected, block
