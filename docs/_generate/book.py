"""The book of theorems: its pages, from `symconv.book.statements`, in English and in Chinese.

    book_list       all theorems on one page, a line each
    theorem_parts   one theorem: statement, proof, checkers, Coq's text, what uses it
    coq_texts       the lemmas that Coq accepted, and the files to download
    book_map        who uses whom, as a picture
    tongues         what stands around the statements

What introduces the pages is written by hand, in `book_index.*.md` and `book_files.*.md`.
"""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path

from _generate.book_map import book_map
from _generate.coq_texts import subject
from _generate.markdown import items, page, prose, sentence, table
from _generate.theorem_parts import link, theorem
from _generate.tongues import ENGLISH, TONGUES, Tongue
from symconv.book.coq.exporting import file_of, required, texts
from symconv.book.statements.chapters import CHAPTERS, THEOREMS, Chapter

HERE = Path(__file__).parent
LIST = "all"
"""The name of the page that lists all theorems, beside the chapters."""


def pages() -> dict[str, str]:
    """Return the pages of the book, by their paths."""
    written = dict[str, str]()
    for tongue in TONGUES:
        for chapter in CHAPTERS:
            written[f"{tongue.folder}/{path(chapter)}.md"] = chapter_page(chapter, tongue)
        written[f"{tongue.folder}/index.md"] = index(tongue)
        written[f"{tongue.folder}/coq.md"] = files_page(tongue)
    return written


def path(chapter: Chapter) -> str:
    """Return the file name of a chapter's page."""
    return f"{chapter.number:02}-{chapter.name}"


def heading(chapter: Chapter, tongue: Tongue) -> tuple[str, str]:
    """Return how a chapter is headed, and what it is about."""
    title, says = tongue.titles.get(chapter.name, (chapter.title, chapter.says))
    return f"{chapter.number} {title}", says


def index(tongue: Tongue = ENGLISH) -> str:
    """Write the page that lists the chapters, with the map."""
    titled = [heading(chapter, tongue) for chapter in CHAPTERS]
    rows = [
        [f"[{title}]({path(chapter)}.md)", sentence(says), str(len(chapter.theorems))]
        for chapter, (title, says) in zip(CHAPTERS, titled, strict=True)
    ]
    rows.append(["", f"[{tongue('All theorems')}]({LIST}.md)", str(len(THEOREMS))])
    heads = [tongue(head) for head in ("chapter", "what it is about", "statements")]
    drawn = book_map(
        tongue, [title for title, _ in titled], [f"{path(chapter)}.html" for chapter in CHAPTERS]
    )
    written = _by_hand("book_index", tongue, {"chapters": table(heads, rows), "map": drawn})
    listed = "\n".join([*map(path, CHAPTERS), LIST, "coq"])
    tree = f"```{{toctree}}\n:hidden:\n\n{listed}\n```\n"
    return page(tongue("The book"), f"{tongue.prefix}book", written, tree)


def _by_hand(name: str, tongue: Tongue, parts: dict[str, str]) -> str:
    """Return a text that is written by hand, with parts in place of the comments that ask for them.

    Raises:
        ValueError: it does not ask for each part once.
    """
    text = (HERE / f"{name}.{tongue.name}.md").read_text(encoding="utf-8")
    for part, written in parts.items():
        before, mark, after = text.partition(f"<!-- {part} -->")
        if not mark or mark in after:
            raise ValueError(f"{name}.{tongue.name}.md asks for {part} once")
        text = before + written + after
    return text


def chapter_page(chapter: Chapter, tongue: Tongue = ENGLISH) -> str:
    """Write the page of a chapter."""
    title, says = heading(chapter, tongue)
    written = [theorem(entry, tongue) for entry in chapter.theorems]
    return page(title, f"{tongue.prefix}book-{chapter.name}", sentence(says), "", *written)


def files_page(tongue: Tongue = ENGLISH) -> str:
    """Write the page of the Coq files: what each is about, what it needs, what it proves."""
    proved = defaultdict[str, list[str]](list)
    for name in THEOREMS:
        proved[file_of(name)].append(link(name, tongue))
    listed = items(_file(name, text, proved[name], tongue) for name, text in texts().items())
    written = _by_hand("book_files", tongue, {"files": listed})
    return page(tongue("The Coq files"), f"{tongue.prefix}book-coq", written)


def _file(name: str, text: str, proved: list[str], tongue: Tongue) -> str:
    """Write what there is to say of a Coq file."""
    about = subject(text).removeprefix(name.replace(".v", ": ")) or tongue(
        "The definitions of the size laws."
    )
    said = tongue("{}: {}", f"{{coq}}`{name}`", prose(about))
    beside = (("needs", [f"`{other}`" for other in required(text)]), ("proves", proved))
    for what, names in beside:
        if names:
            said += "\\\n  " + tongue("*{}*: {}", tongue(what), tongue(", ").join(names))
    return said
