"""KaTeX without a network: its scripts come with sphinxcontrib-katex, its style and fonts from npm.

The package of npm is asked for once, checked against its digest and kept in `build/`. Where it
can't be had, formulas become MathML, which needs neither a style nor fonts and which browsers draw
with the fonts of the system.
"""

from __future__ import annotations

import base64
import hashlib
import re
import shutil
import socket
import subprocess
import tarfile
import tempfile
import time
from pathlib import Path

VERSION = "0.16.22"
"""That of the script in sphinxcontrib-katex 0.9.11: style and script must agree."""
DIGEST = "XCHRdUw4lf3SKBaJe4EvgqIuWwkPSo9XoeO8GjQW94Bp7TWv9hNhzZjZ+OH9yf1UmLygb7DIT5GSFQiyt16zYg=="
"""The SHA-512 of npm's package, as npm writes it."""
WANTED = re.compile(r"package/(LICENSE|dist/(katex\.min\.css|fonts/[\w-]+\.woff2))")
OLD_FONTS = re.compile(r",\s*url\([^)]*\.(?:woff|ttf)\) format\(\"[a-z]+\"\)")
"""What the style offers to browsers that can't read WOFF2: it is left out, with the fonts."""


def static_path(cache: Path) -> Path | None:
    """Return a folder that holds `katex/katex.min.css` and its fonts; get them if need be.

    Args:
        cache: where the folder is kept from one build to the next.

    Returns:
        The folder, or `None` where npm is not installed or does not reach the package.

    Raises:
        ValueError: the package is not the one that is expected.
    """
    folder = cache / f"katex-{VERSION}"
    if not folder.exists():
        npm = shutil.which("npm")
        if npm is None:
            return None
        with tempfile.TemporaryDirectory() as work:
            package = _packed(npm, Path(work))
            if package is None:
                return None
            _unpack(package, Path(work) / "unpacked" / "katex")
            cache.mkdir(parents=True, exist_ok=True)
            shutil.move(Path(work) / "unpacked", folder)
    return folder


def _packed(npm: str, work: Path) -> Path | None:
    """Return npm's package as it comes, if it comes."""
    command = [npm, "pack", "--silent", "--pack-destination", str(work), f"katex@{VERSION}"]
    try:
        subprocess.run(command, cwd=work, check=True, capture_output=True, timeout=60)  # noqa: S603
    except (subprocess.SubprocessError, OSError):
        return None
    return next(work.glob("*.tgz"), None)


def _unpack(package: Path, folder: Path) -> None:
    """Take the style, the fonts and the licence out of a package whose digest is right."""
    digest = base64.b64encode(hashlib.sha512(package.read_bytes()).digest()).decode()
    if digest != DIGEST:
        raise ValueError(f"katex {VERSION}: a package of digest {DIGEST}; got {digest}")
    with tarfile.open(package) as archive:
        for member in archive:
            if WANTED.fullmatch(member.name) and (source := archive.extractfile(member)):
                path = folder / member.name.removeprefix("package/").removeprefix("dist/")
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(source.read())
    style = folder / "katex.min.css"
    style.write_text(OLD_FONTS.sub("", style.read_text(encoding="utf-8")), encoding="utf-8")


def wait_until_it_listens() -> None:
    """Have the process that writes formulas asked until it listens.

    sphinxcontrib-katex 0.9.11 asks once, as soon as the file of the socket is there; where the
    machine is busy that is a moment before anybody listens, and the build ends.
    """
    from sphinxcontrib.katex import KaTeXServer

    def started(folder: Path, seconds: float) -> tuple[subprocess.Popen[bytes], socket.socket]:
        place = folder / "katex.sock"
        command = KaTeXServer.build_command(socket=place)
        process = subprocess.Popen(  # noqa: S603
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd=folder
        )
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            asking = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
            try:
                asking.connect(str(place))
            except (FileNotFoundError, ConnectionRefusedError):
                asking.close()
                time.sleep(0.001)
            else:
                return process, asking
        process.kill()
        raise KaTeXServer.timeout_error(seconds)

    KaTeXServer.start_server_process = started
