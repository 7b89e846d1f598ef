"""`nox` does everything: format, lint, types, spelling, tests, examples and pages."""

import nox

nox.options.default_venv_backend = "virtualenv"


@nox.session
def everything(session: nox.Session) -> None:
    """Format and check the code, then run all tests."""
    session.install("-c", "constraints.txt", "-e", ".[torch,test]", "ruff", "mypy", "codespell")
    session.run("ruff", "format", *(["--check"] if "--check" in session.posargs else []))
    session.run("ruff", "check")
    session.run("mypy")
    session.run("codespell")
    session.run("python", "-m", "pytest")
