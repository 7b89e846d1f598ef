"""The parser of the command line: examples open its help, and its errors name what was meant."""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Iterable, Mapping, Sequence
from importlib import import_module
from typing import Any, NoReturn

from symconv import __version__
from symconv.cli.commands import COMMANDS, OPENING, Example
from symconv.errors import RequestError, near_name, nearest_name
from symconv.report.paint import headings

SECONDS = 10
"""The time limit of a command that declares no other."""

_TOLD: Mapping[str, tuple[str, str, str]] = {
    r"argument (.+): expected .*argument": (
        "a value behind {0}", "none", "Write one, or leave {0} out.",
    ),
    r"argument (.+): not allowed with argument (.+)": (
        "{1} or {0}", "both", "Leave one of them out.",
    ),
    r"argument (.+): ignored explicit argument (.+)": (
        "{0} without a value", "{0}={1}", "Write {0}.",
    ),
    r"ambiguous option: (\S+?)(?:=.*)? could match (.+)": (
        "one option", "`{0}`, which several begin with", "Write one of {1}.",
    ),
    r"the following arguments are required: (.+)": (
        "{0}", "nothing", "Write for instance {example}.",
    ),
    r"unrecognized arguments: (.+)": (
        "the arguments of `{prog}`", "also `{0}`",
        "Leave it out, or put quotes around what belongs together; see {prog} --help.",
    ),
}  # fmt: skip
"""What argparse says of a wrong request, and how that is told."""
_LOST = re.compile(r"(?:-\w|--[\w-]+=)--")
"""An option whose value is `--`: before Python 3.13, argparse takes that for no value."""


class Parser(argparse.ArgumentParser):
    """A parser whose help opens with examples, and whose errors have three beats.

    Attributes:
        examples: how it is used.
        lists: names by their headings that its help ends with, and what heads them all.
    """

    examples: Sequence[Example] = ()
    lists: tuple[str, Mapping[str, Iterable[str]]] | None = None

    def __init__(self, **options: Any) -> None:
        """Let no newer Python paint the help, or suggest: that is done here for all."""
        super().__init__(**options)
        self.color = self.suggest_on_error = False

    @property
    def arguments(self) -> list[argparse.Action]:
        """All that it takes, in order."""
        return self._actions

    def format_help(self) -> str:
        """Put examples below the usage, and lists below all else."""
        usage, _, rest = super().format_help().partition("\n\n")
        examples = "\n".join(["examples:", *(f"  {example.line}" for example in self.examples)])
        listed = [] if self.lists is None else [_listing(*self.lists)]
        return (
            "\n\n".join([usage, *([examples] if self.examples else []), rest.rstrip(), *listed])
            + "\n"
        )

    def print_help(self, file: Any = None) -> None:
        """Print the help, painted where that is a terminal."""
        stream = sys.stdout if file is None else file
        stream.write(headings(self.format_help(), stream))

    def check_options(self, words: Iterable[str]) -> None:
        """Refuse an option that there is not, and a value of which argparse would make nothing.

        Raises:
            RequestError: there is one among the words.
        """
        for word in words:
            if word == "--":
                return
            if _LOST.fullmatch(word):
                needed = f"a value behind `{word.removesuffix('--')}`"
                raise RequestError(needed, "`--`", "Write another one.")
            if word.startswith("--") and " " not in word:
                self._check_name(word.partition("=")[0])

    def _check_name(self, name: str) -> None:
        """Refuse what is no option, nor the beginning of one."""
        known = [name for action in self.arguments for name in action.option_strings]
        long = [option for option in known if option.startswith("--")]
        if not any(option.startswith(name) for option in long):
            write = near_name(name, long) or f"See {self.prog} --help."
            raise RequestError(f"an option of `{self.prog}`", f"`{name[:60]}`", write)

    def error(self, message: str) -> NoReturn:
        """Say in three beats what argparse says in one."""
        for pattern, beats in _TOLD.items():
            if matched := re.fullmatch(pattern, message, re.DOTALL):
                example = self.examples[0].line if self.examples else f"{self.prog} --help"
                needed = [part[:60] for part in matched.groups()]
                parts = [re.sub(r", \[.*\]", "", part) for part in needed]
                raise RequestError(
                    *(beat.format(*parts, prog=self.prog, example=example) for beat in beats)
                )
        raise RequestError(f"the arguments of `{self.prog}`", message, f"See {self.prog} --help.")


def _listing(heading: str, groups: Mapping[str, Iterable[str]]) -> str:
    """Write names by their headings, as wide as argparse writes options."""
    import shutil
    import textwrap

    width = max(11, shutil.get_terminal_size().columns - 2)
    margin = 2 + max(map(len, groups)) + 2
    lines = (
        textwrap.fill(
            ", ".join(names),
            width,
            initial_indent=f"  {name}".ljust(margin),
            subsequent_indent=" " * margin,
            break_long_words=False,
            break_on_hyphens=False,
        )
        for name, names in groups.items()
    )
    return "\n".join([f"{heading}:", *lines])


def spelled_out(given: Sequence[str]) -> list[str]:
    """Return what was given, with `help` as the option that it is.

    >>> spelled_out(["help", "size"]), spelled_out(["help"])
    (['size', '--help'], ['--help'])
    """
    return [*given[1:2], "--help"] if given[:1] == ["help"] else [*given]


def _check_command(first: str) -> None:
    """Refuse what begins with no command, unless help or the version is asked for."""
    if first in ("-h", "--help", "-V", "--version") or first in COMMANDS:
        return
    write = nearest_name(first, COMMANDS)
    if first.startswith("-"):
        write = "Write options behind the command; symconv --help lists the commands."
    elif re.search(r"[(>]", first):
        write = f"Say what to do with layers: {COMMANDS['size'].examples[0].line}."
    raise RequestError("a command of symconv", f"`{first[:60]}`", write)


def parser_of(given: Sequence[str]) -> Parser:
    """Return a parser of all commands, with the options of the one that is named first.

    Raises:
        RequestError: what is named first is no command, or it has no such option.
    """
    named = given[0] if given else ""
    if given:
        _check_command(named)
    parser = Parser(
        prog="symconv",
        description="Which sizes does my network take, and which kernel, stride and padding give "
        "the size I want? symconv derives, solves and proves it for the layers of PyTorch.",
        epilog="symconv COMMAND --help tells more. Layers are written as torch prints them, "
        "joined by `->`. Exit status: 0 yes, 1 no, 2 wrong request, 3 unknown.",
    )
    parser.examples = [command.examples[0] for command in COMMANDS.values()][:OPENING]
    parser.add_argument("-V", "--version", action="version", version=f"symconv {__version__}")
    commands = parser.add_subparsers(
        title="commands", required=True, metavar="COMMAND", prog=parser.prog
    )
    for name, command in COMMANDS.items():
        own = commands.add_parser(name, help=command.says, add_help=name == named)
        if name == named:
            _complete(own, name)
            own.check_options(given[1:])
    return parser


def command_parser(name: str) -> Parser:
    """Return the parser of one command by itself."""
    own = Parser(prog=f"symconv {name}")
    _complete(own, name)
    return own


def _complete(parser: Parser, name: str) -> None:
    """Give a command's parser its options, and those that all commands have."""
    parser.examples = COMMANDS[name].examples
    import_module(f"symconv.cli.{name}").add_options(parser)
    says = f"{COMMANDS[name].says[0].upper()}{COMMANDS[name].says[1:]}."
    parser.description = " ".join(filter(None, [says, parser.description]))
    limit = parser.get_default("time_told") or SECONDS
    parser.add_argument("--timeout", metavar="SECONDS", help=f"the time limit ({limit})")
    if parser.get_default("time_limit") is None:
        parser.set_defaults(time_limit=lambda _: SECONDS)
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    parser.set_defaults(parser=parser)
