"""The command line as somebody meets it who has never used it: help, examples, slips of the pen."""

import json
import os
import re
import shlex
import subprocess
import sys
from itertools import pairwise
from pathlib import Path

import pytest

from shelves import put_back
from symconv.book.deriving.drafts import DERIVATIONS
from symconv.book.deriving.rules import HEADING, RULES
from symconv.book.statements.chapters import CHAPTERS
from symconv.cli import main
from symconv.cli.commands import COMMANDS, OPENING, Command, Example
from symconv.operators import OPERATORS
from toys import TOY, registered

ROOT = Path(__file__).parents[2]
EXAMPLES = [example for command in COMMANDS.values() for example in command.examples]
UP = "ConvTranspose2d(kernel_size=?, stride=?, padding=?)"


def helped(capsys, *words):
    """The page of help that a command prints."""
    with pytest.raises(SystemExit) as leaving:
        main([*words, "--help"])
    assert leaving.value.code == 0
    return capsys.readouterr().out


def lacking(commands):
    """The commands that have fewer than two examples of their own."""
    return [
        name
        for name, command in commands.items()
        if len({e.line for e in command.examples if e.line.startswith(f"symconv {name}")}) < 2
    ]


def test_every_command_has_two_examples():
    assert lacking(COMMANDS) == []


def test_a_command_that_lacks_an_example_is_found():
    sized = Example("symconv size 1")
    planted = {
        "none": Command("", ()),
        "one": Command("", (Example("symconv one"),)),
        "one twice": Command("", (Example("symconv one twice"),) * 2),
        "others'": Command("", (sized, Example("symconv size 2"))),
    }
    assert lacking(planted) == [*planted]


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example.line[:60])
def test_an_example_runs(example, tmp_path):
    program, *words = shlex.split(example.line)
    assert program == "symconv"
    done = subprocess.run(
        [sys.executable, "-m", "symconv", *words],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        cwd=tmp_path,
        capture_output=True,
        text=True,
        timeout=600,
    )
    assert done.returncode == example.status, done.stderr
    assert done.stdout.strip()
    assert "Traceback" not in done.stderr
    written = [path.name for path in tmp_path.iterdir()]
    assert written == [word for option, word in pairwise(words) if option == "-o"]


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example.line[:60])
def test_an_example_is_no_line_that_a_terminal_breaks(example):
    assert len(f"  {example.line}") <= 80


@pytest.mark.parametrize("name", COMMANDS)
def test_the_help_of_a_command_opens_with_its_examples(name, capsys):
    usage, examples, *rest = helped(capsys, name).split("\n\n")
    assert usage.startswith(f"usage: symconv {name} ")
    lines = [f"  {example.line}" for example in COMMANDS[name].examples]
    assert examples.splitlines() == ["examples:", *lines]
    assert any(part.startswith("options:") for part in rest)


def test_the_help_of_symconv_opens_with_what_it_is_and_three_commands(capsys):
    _, examples, what, *rest = helped(capsys).split("\n\n")
    assert examples.splitlines()[1:] == [
        f"  {command.examples[0].line}" for command in [*COMMANDS.values()][:OPENING]
    ]
    assert OPENING == 3
    assert "kernel, stride and padding" in what
    listed = next(part for part in rest if part.startswith("commands:"))
    assert re.findall(r"^    (\w+)  ", listed, re.MULTILINE) == [*COMMANDS]


def groups_of(page):
    """The names that the help of `derive` lists, by their headings."""
    _, _, listing = page.partition("what can be derived by its name:\n")
    rows = re.split(r"\n(?=  \S)", listing.rstrip())
    parted = [re.match(r"  (\S+(?: \S+)*)  +([\s\S]*)", row) for row in rows]
    return {row[1]: re.split(r",\s+", row[2]) for row in parted}


def test_what_can_be_derived_is_listed_under_headings(capsys):
    listed = groups_of(helped(capsys, "derive"))
    assert sorted(name for names in listed.values() for name in names) == sorted(DERIVATIONS)
    assert all(name in listed[operator.family] for name, operator in OPERATORS.items())
    assert listed[HEADING] == [*RULES]


def test_an_operator_that_somebody_appends_is_listed(capsys):
    assert TOY.name not in helped(capsys, "derive")
    with registered(TOY):
        assert groups_of(helped(capsys, "derive"))[TOY.family] == [TOY.name]


def test_theorems_are_listed_by_chapter_a_line_each(capsys):
    assert main(["theorems"]) == 0
    chapters = capsys.readouterr().out.split("\n\n")
    assert [part.splitlines()[0] for part in chapters] == [
        f"{chapter.number}  {chapter.title}" for chapter in CHAPTERS
    ]
    for part, chapter in zip(chapters, CHAPTERS, strict=True):
        assert part.splitlines()[1:] == [f"   {one.name}: {one.says}" for one in chapter.theorems]


SLIPS = [
    (["derive", "conv_transpos"], "Did you mean `conv_transpose`?"),
    (["derive", "Upsamplig"], "Did you mean `upsampling`?"),
    (["derive", "pool"], "`max_pool`"),
    (["prove", "upsamplin"], "Did you mean `upsampling`?"),
    (["prove", "same"], "`same_for_all_sizes`"),
    (["theorems", "--chapter", "countng"], "Did you mean `counting`?"),
    (["theorems", "--chapter", "up"], "Did you mean `upsampling`?"),
    (["prove", "--claim", "cnv(W) >= 1"], "Did you mean `conv`?"),
    (["size", "Conv(3)", "8"], "Did you mean `Conv1d`, `Conv2d` or `Conv3d`?"),
    (["sizs", "ReLU()", "8"], "Did you mean `size`?"),
    (["prof", "upsampling"], "Did you mean `prove`?"),
    (["help", "audti"], "Did you mean `audit`?"),
    (["size", "ReLU()", "8", "--timout", "3"], "Did you mean `--timeout`?"),
    (["size", "--recptive"], "Did you mean `--receptive`?"),
    (["solve", UP, "--pu=2"], "Did you mean `--up`?"),
    (["completion", "bsh"], "Did you mean `bash`?"),
]


@pytest.mark.parametrize(("command", "meant"), SLIPS, ids=lambda value: str(value)[:50])
def test_a_slip_of_the_pen_is_told_what_was_meant(command, meant, capsys):
    assert main(command) == 2
    needed, got, *place, write = capsys.readouterr().err.splitlines()
    assert len(place) in (0, 2)  # the line that it is about, and what is wrong underlined
    assert needed.startswith("symconv: needed: ")
    assert got.startswith("         got:    ")
    assert meant in write


NOWHERE_NEAR = {
    "derive xyzzy": lambda: [*{law.family: 0 for law in OPERATORS.values()}, HEADING],
    "prove xyzzy": lambda: [chapter.title for chapter in CHAPTERS],
    "theorems --chapter xyzzy": lambda: [chapter.name for chapter in CHAPTERS],
    "size Xyzzy(3) 8": lambda: ["Convolutions", "Pools", "Norms"],
    "xyzzy": lambda: [*COMMANDS],
}


@pytest.mark.parametrize("line", NOWHERE_NEAR)
def test_where_no_name_is_near_the_groups_are_named(line, capsys):
    command, headings = line.split(), NOWHERE_NEAR[line]
    assert main(command) == 2
    message = capsys.readouterr().err
    assert "Did you mean" not in message
    assert [heading for heading in headings() if heading not in message] == []
    assert ("Known names" in message) == (headings() == [*COMMANDS]), "the first of many names"


def test_a_theorem_that_somebody_appends_is_meant(capsys):
    entry = CHAPTERS[0].statements[0]
    with put_back():
        CHAPTERS[0].statements.append(type(entry)(name="brand_new_rule", claim=entry.claim))
        assert main(["prove", "brand_new_rul"]) == 2
        assert "Did you mean `brand_new_rule`?" in capsys.readouterr().err


WRONG = {
    "nothing behind a command": (["size"], "LAYERS", COMMANDS["size"].examples[0].line),
    "nothing behind an option": (["size", "ReLU()", "8", "--channels"], "behind --channels", "leave"),
    "two of one kind": (["solve", UP, "--up", "2", "--same"], "--up or --same", "Leave one"),
    "a value too many": (["size", "ReLU()", "8", "--json=3"], "--json without", "Write --json."),
    "the beginning of several": (["solve", UP, "--l=3"], "one option", "--limit, --latex"),
    "layers in no quotes": (["size", "Conv2d(3,", "8,", "3)", "8"], "`symconv size`", "quotes"),
    "layers, and no command": (["Conv2d(3, 8, 3)", "8"], "a command", "symconv size"),
    "an option before the command": (["--timeout", "3", "size"], "a command", "behind the command"),
    "a value that is a sign": (["theorems", "--chapter=--"], "behind `--chapter=`", "another"),
    "a file that is a sign": (["draw", "ReLU()", "8", "-o--"], "behind `-o`", "another"),
    "a short option": (["size", "ReLU()", "8", "-x"], "`symconv size`", "symconv size --help"),
}  # fmt: skip


@pytest.mark.parametrize("name", WRONG)
def test_what_is_wrong_with_a_line_is_told(name, capsys):
    command, needed, write = WRONG[name]
    assert main(command) == 2
    lines = capsys.readouterr().err.splitlines()
    assert len(lines) == 3
    assert needed in lines[0]
    assert write in lines[2]
    assert main([*command, "--json"]) == 2
    assert set(json.loads(capsys.readouterr().out)["error"]) == {"needed", "arrived", "write"}


def test_nothing_at_all_is_answered_by_the_help(capsys):
    page = helped(capsys)
    assert main([]) == 2
    out, err = capsys.readouterr()
    assert (out, err) == ("", page)


@pytest.mark.parametrize("name", COMMANDS)
def test_help_may_be_asked_for_like_a_command(name, capsys):
    page = helped(capsys, name)
    with pytest.raises(SystemExit):
        main(["help", name])
    assert capsys.readouterr().out == page


def test_help_itself_is_the_help_of_all(capsys):
    page = helped(capsys)
    with pytest.raises(SystemExit):
        main(["help"])
    assert capsys.readouterr().out == page
