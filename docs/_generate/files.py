"""Files that are rewritten only when their text changes, so that Sphinx reads only those again."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path


def write_all(folder: Path, texts: Mapping[str, str]) -> list[str]:
    """Make a folder hold these texts and nothing else.

    Args:
        folder: the folder, which need not exist.
        texts: what it holds, by path.

    Returns:
        The paths that were written or removed.
    """
    stale = {
        path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()
    } - set(texts)
    for path in stale:
        (folder / path).unlink()
    changed = [path for path, text in texts.items() if _write(folder / path, text)]
    return sorted([*stale, *changed])


def _write(path: Path, text: str) -> bool:
    """Write a text, unless the file holds it already; say whether it was written."""
    if path.exists() and path.read_text(encoding="utf-8") == text:
        return False
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return True
