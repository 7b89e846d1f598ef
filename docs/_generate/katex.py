"""KaTeX without a network: its scripts come with sphinxcontrib-katex, its style and fonts from npm.

The package of npm is asked for once, checked against its digest and kept in `build/`. Where it
can't be had, formulas become MathML, which needs neither a style nor fonts and which browsers draw
with the fonts of the system.
"""

from __future__ import annotations

import re
import socket
import subprocess
import time
from pathlib import Path

from _generate import npm

VERSION = "0.16.22"
"""That of the script in sphinxcontrib-katex 0.9.11: style and script must agree."""
DIGEST = "XCHRdUw4lf3SKBaJe4EvgqIuWwkPSo9XoeO8GjQW94Bp7TWv9hNhzZjZ+OH9yf1UmLygb7DIT5GSFQiyt16zYg=="
"""The SHA-512 of npm's package, as npm writes it."""
KATEX = npm.Package(
    "katex",
    VERSION,
    DIGEST,
    re.compile(r"package/(LICENSE|dist/(katex\.min\.css|fonts/[\w-]+\.woff2))"),
    lambda name: f"katex/{name.removeprefix('dist/')}",
)
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
    folder = npm.unpacked(KATEX, cache)
    if folder is not None:
        style = folder / "katex" / "katex.min.css"
        style.write_text(OLD_FONTS.sub("", style.read_text(encoding="utf-8")), encoding="utf-8")
    return folder


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
