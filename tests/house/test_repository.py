"""What the repository promises about itself."""

import re
import tomllib
from pathlib import Path

import symconv

ROOT = Path(__file__).parents[2]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())


def readme_commands():
    return re.findall(
        r"^\$ (python -m pip install .*)$", (ROOT / "README.md").read_text(), re.MULTILINE
    )


def test_the_readme_has_the_two_set_up_commands():
    first, second = readme_commands()
    assert first.startswith('python -m pip install -c constraints.txt ".[torch]" && symconv solve ')
    assert (
        second
        == 'python -m pip install -c constraints.txt -e ".[torch,test]" && python -m pytest -n 2 --dist loadfile'
    )


def test_every_dependency_is_pinned_to_what_was_tested():
    pinned = re.findall(r"^([\w-]+)==", (ROOT / "constraints.txt").read_text(), re.MULTILINE)
    extras = PROJECT["project"]["optional-dependencies"]
    wanted = [*PROJECT["project"]["dependencies"]]
    wanted += [*extras["test"], *extras["torch"], *extras["docs"]]
    for requirement in wanted:
        assert re.match(r"[\w-]+", requirement)[0] in pinned


def test_extras_are_dependency_groups_as_well():
    extras, groups = PROJECT["project"]["optional-dependencies"], PROJECT["dependency-groups"]
    for name in ("test", "docs", "bench"):
        assert extras[name] == groups[name]
    assert "dev" in groups


def test_the_version_stands_in_one_place():
    assert symconv.__version__ in (ROOT / "CHANGELOG.md").read_text()
    assert PROJECT["project"]["dynamic"] == ["version"]


def test_public_names_are_there_and_documented():
    for name in symconv.__all__:
        assert getattr(symconv, name).__doc__, name
    for name in ("size", "derive", "law", "forall", "solve"):
        assert ">>>" in getattr(symconv, name).__doc__, name
