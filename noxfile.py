#!/usr/bin/env -S python3
# /// script
# dependencies = ["nox>=2025.5"]
# ///
"""`nox` does everything: format, lint, types, spelling, tests, examples and pages."""

import nox

nox.needs_version = ">=2025.5"
nox.options.default_venv_backend = "virtualenv"


@nox.session
def everything(session: nox.Session) -> None:
    """Format and check the code, then run all tests."""
    session.install("-c", "constraints.txt", "-e", ".[torch,test]", "ruff", "mypy", "codespell")
    session.run("ruff", "format", *(["--check"] if "--check" in session.posargs else []))
    session.run("ruff", "check")
    session.run("mypy")
    session.run("codespell", "symconv", "tests", "docs", "examples", "README.md", "CHANGELOG.md")
    session.run("python", "-m", "pytest")


if __name__ == "__main__":
    nox.main()
