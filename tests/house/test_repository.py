"""What the repository promises about itself."""

import re
import tomllib
import xml.etree.ElementTree as ET
from pathlib import Path

import symconv
from symconv.meanings.notation import text
from symconv.operators import OPERATORS
from symconv.operators.letters import F, extent
from symconv.terms import substitute

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


def test_the_picture_shows_what_the_law_says():
    picture = ET.fromstring((ROOT / "docs" / "window.svg").read_text())
    words = " ".join(
        "".join(node.itertext()) for node in picture.iter() if node.tag.endswith("text")
    )
    law = text(substitute(OPERATORS["conv"].symmetric.size, {extent: F}))
    assert law.replace("2*P", "2P") in words
    facts = symconv.derive("conv", W=6, F=3, S=2, P=1).facts
    assert facts["output"] == 3
    assert facts["padding cells never read"] == 1


def test_public_names_are_there_and_documented():
    for name in symconv.__all__:
        assert getattr(symconv, name).__doc__, name
    for name in ("size", "derive", "law", "forall", "solve"):
        assert ">>>" in getattr(symconv, name).__doc__, name
