"""Packages of npm: asked for once, checked against their digest, and kept."""

from __future__ import annotations

import base64
import hashlib
import re
import shutil
import subprocess
import tarfile
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple


class Package(NamedTuple):
    """A package of npm.

    Attributes:
        name: its name.
        version: its version.
        digest: its SHA-512, as npm writes it.
        wanted: a pattern of the files that are taken out of it.
        placed: where a file of the package goes.
    """

    name: str
    version: str
    digest: str
    wanted: re.Pattern[str]
    placed: Callable[[str], str] = str


def unpacked(package: Package, cache: Path) -> Path | None:
    """Return a folder with a package's files; get them if need be.

    Args:
        package: what is wanted.
        cache: where the folder is kept from one time to the next.

    Returns:
        The folder, or `None` where npm is not installed or does not reach the package.

    Raises:
        ValueError: the package is not the one that is expected.
    """
    folder = cache / f"{package.name}-{package.version}"
    if folder.exists():
        return folder
    npm = shutil.which("npm")
    if npm is None:
        return None
    with tempfile.TemporaryDirectory() as work:
        archive = _packed(npm, package, Path(work))
        if archive is None:
            return None
        _unpack(package, archive, Path(work) / "unpacked")
        cache.mkdir(parents=True, exist_ok=True)
        shutil.move(Path(work) / "unpacked", folder)
    return folder


def _packed(npm: str, package: Package, work: Path) -> Path | None:
    """Return npm's package as it comes, if it comes."""
    specifier = f"{package.name}@{package.version}"
    command = [npm, "pack", "--silent", "--pack-destination", str(work), specifier]
    try:
        subprocess.run(command, cwd=work, check=True, capture_output=True, timeout=60)  # noqa: S603
    except (subprocess.SubprocessError, OSError):
        return None
    return next(work.glob("*.tgz"), None)


def _unpack(package: Package, archive: Path, folder: Path) -> None:
    """Take the wanted files out of a package whose digest is right."""
    digest = base64.b64encode(hashlib.sha512(archive.read_bytes()).digest()).decode()
    if digest != package.digest:
        raise ValueError(
            f"{package.name} {package.version}: a package of digest {package.digest}; got {digest}"
        )
    with tarfile.open(archive) as members:
        for member in members:
            if package.wanted.fullmatch(member.name) and (source := members.extractfile(member)):
                path = folder / package.placed(member.name.removeprefix("package/"))
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(source.read())
