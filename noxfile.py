#!/usr/bin/env -S python3
# /// script
# dependencies = ["nox>=2025.5"]
# ///
"""`nox` does everything: format, lint, types, spelling, tests, examples, pages, site."""

import nox

nox.needs_version = ">=2025.5"
nox.options.default_venv_backend = "virtualenv"


@nox.session
def everything(session: nox.Session) -> None:
    """Format and check the code, run all tests, and build the site."""
    packages = (".[torch,test,docs]", "ruff", "mypy", "codespell")
    session.install("-c", "constraints.txt", "-e", *packages)
    session.run("ruff", "format", *(["--check"] if "--check" in session.posargs else []))
    session.run("ruff", "check")
    session.run("mypy")
    session.run("codespell", "symconv", "tests", "docs", "examples", "README.md", "CHANGELOG.md")
    session.run("python", "-m", "pytest", "-n", "2", "--dist", "loadfile")
    session.run("python", "-m", "sphinx", "-W", "-q", "-b", "html", "docs", "build/site")


if __name__ == "__main__":
    nox.main()
