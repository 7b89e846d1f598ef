"""Coq's compiler, where it is installed: every file afresh, and what the theorems assume."""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import time
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from symconv.book.coq.exporting import texts
from symconv.errors import UndecidedError

CLOSED = "Closed under the global context"
LONGEST = 120.0
"""Seconds for one file."""
OPTIONS = ("-q", "-Q", ".", "Symconv")
"""How the compiler is called for each file, in the folder of the files."""
STARTING = 30.0
"""Seconds to say the version."""


@dataclass(frozen=True)
class Compiled:
    """What the compiler said.

    Attributes:
        version: of Coq.
        seconds: how long all files took.
        rejected: what it said of each file that it did not accept.
    """

    version: str
    seconds: float
    rejected: dict[str, str]


def compiler() -> str | None:
    """Return where Coq's compiler is, if it is installed."""
    return shutil.which("coqc")


def version() -> str:
    """Return the version of Coq.

    Raises:
        UndecidedError: the compiler is missing, or does not say it.
    """
    command = [_coqc(), "--version"]
    try:
        status, output = _run(command, seconds=STARTING)
    except subprocess.TimeoutExpired:
        raise _no_coq(f"{command[0]}, which says no version within {STARTING:.0f} s") from None
    except OSError as error:
        raise _no_coq(f"{command[0]}, which does not run: {error}") from None
    if status != 0:
        raise _no_coq(f"{command[0]}, which ends with status {status}")
    number = re.search(r"version ([\d.]+)", output)
    if number is None:
        raise _no_coq(f"{command[0]}, which says no version")
    return number[1]


def _coqc() -> str:
    found = compiler()
    if found is None:
        raise _no_coq("a machine without it")
    return found


def _no_coq(arrived: str) -> UndecidedError:
    return UndecidedError(
        "Coq's compiler `coqc`, to check proofs afresh",
        arrived,
        "Install Coq (Debian's package `coq`), or leave --fresh out: the record says which "
        "version accepted the files.",
    )


def _run(command: Sequence[str], seconds: float, folder: Path | None = None) -> tuple[int, str]:
    """Run the compiler, and return its status and what it says; it ends when its time is over.

    It may be a script that starts another program: what it has started ends with it.

    Raises:
        OSError: it does not run.
        subprocess.TimeoutExpired: it had not ended by then.
    """
    with subprocess.Popen(  # noqa: S603
        command,
        cwd=folder,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        errors="replace",
        start_new_session=True,
    ) as process:
        try:
            said, _ = process.communicate(timeout=seconds)
        except BaseException:
            _end(process)
            raise
    return process.returncode, said


def _end(process: subprocess.Popen[str]) -> None:
    """End a process with all that it has started, where the system knows what that is."""
    if hasattr(os, "killpg"):
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
    process.kill()


def compile_one(name: str, folder: Path, seconds: float = LONGEST) -> str:
    """Compile one file of a folder; return what the compiler objects, or an empty text.

    Args:
        name: of the file.
        folder: where it is.
        seconds: how long it may take, if that is less than files may take anyway.

    Raises:
        UndecidedError: the compiler is missing, or does not run.
    """
    command, limit = [_coqc(), *OPTIONS, name], min(LONGEST, seconds)
    try:
        status, output = _run(command, limit, folder)
    except subprocess.TimeoutExpired:
        return f"not accepted within {limit:.3g} s"
    except OSError as error:
        raise _no_coq(f"{command[0]}, which does not run: {error}") from None
    return "" if status == 0 else output.strip() or "refused"


def compile_all(
    folder: Path, tell: Callable[[str], None] = lambda _: None, names: Iterable[str] = ()
) -> Compiled:
    """Compile every exported file of a folder.

    Args:
        folder: where `export` wrote them.
        tell: is told the name of each file before it is compiled.
        names: only these files, and in this order.
    """
    start, rejected = time.monotonic(), {}
    found = version()
    for name in list(names) or texts():
        tell(name)
        said = compile_one(name, folder)
        if said:
            rejected[name] = said
    return Compiled(found, time.monotonic() - start, rejected)


def assumptions(folder: Path, names: Iterable[str], seconds: float = LONGEST) -> dict[str, str]:
    """Return, for each theorem that rests on an axiom or that is not there, what Coq says of it.

    Args:
        folder: where the files are compiled.
        names: the theorems, each after its file: `Counting.size_pos_iff_fits`.
        seconds: how long it may take for the theorems of one file.
    """
    wanted = list(names)
    for old in folder.glob("assumed_*.out"):
        old.unlink()
    resting = dict[str, str]()
    for module in dict.fromkeys(name.partition(".")[0] for name in wanted):
        lemmas = [name for name in wanted if name.partition(".")[0] == module]
        questions = [f"From Symconv Require {module}."]
        questions += [
            f'Redirect "assumed_{name}" Print Assumptions Symconv.{name}.' for name in lemmas
        ]
        (folder / "Assumed.v").write_text("\n".join([*questions, ""]), "utf-8")
        output = compile_one("Assumed.v", folder, seconds)
        for name in lemmas:
            answer = folder / f"assumed_{name}.out"
            text = answer.read_text("utf-8").strip() if answer.exists() else ""
            if text != CLOSED:
                resting[name] = text or output or "nothing said"
    return resting
