"""One name for one thing: the options of a command are the arguments of its function in Python."""

import ast
import inspect
import re
from argparse import SUPPRESS, ArgumentParser
from importlib import import_module
from keyword import iskeyword

import pytest
from test_house import FILES

import symconv
from symconv.cli import COMMANDS, main
from symconv.renamed import renamed

COMMON = ("timeout", "json")
"""The options of every command, which the command line itself declares."""

FORMS = "an answer's own form: .to_dict(), .latex(), .markdown()"
CODE = "code is made of an answer, by symconv.emit"
SOON = "answered at once: nothing to wait for"

OTHERWISE_IN_PYTHON = {
    ("size", "json"): FORMS,
    ("size", "timeout"): SOON,
    ("size", "receptive"): "a function of its own: symconv.receptive_field",
    ("derive", "json"): FORMS,
    ("derive", "latex"): FORMS,
    ("derive", "markdown"): FORMS,
    ("solve", "json"): FORMS,
    ("solve", "latex"): FORMS,
    ("solve", "markdown"): FORMS,
    ("solve", "all"): "limit=None",
    ("solve", "emit"): CODE,
    ("audit", "json"): FORMS,
    ("audit", "latex"): FORMS,
    ("audit", "markdown"): FORMS,
    ("mirror", "json"): FORMS,
    ("mirror", "emit"): CODE,
    ("theorems", "json"): FORMS,
    ("theorems", "timeout"): SOON,
    ("prove", "json"): FORMS,
    ("prove", "latex"): FORMS,
    ("prove", "markdown"): FORMS,
    ("prove", "language"): "an argument of the proof's forms: .plain(language)",
    ("prove", "numbers"): "a proof can be asked again: .at(W=6)",
    ("prove", "verify"): "a proof can be asked again: .verify()",
    ("prove", "coq"): "a proof can be asked again: .ask_coq(folder)",
    ("prove", "all"): "one after the other, of symconv.theorems()",
    ("prove", "fresh"): "for who keeps the record of Coq, not for who asks",
    ("draw", "json"): FORMS,
    ("draw", "timeout"): SOON,
    ("draw", "output"): "a picture can be saved: .save(path)",
    ("explore", "json"): "a page is no answer: it is a file",
    ("explore", "timeout"): SOON,
    ("explore", "output"): "a page can be saved: .save(path)",
}
"""The options that are no argument, and what there is in Python instead."""

WITHOUT_A_FUNCTION = {"completion": "a script for a shell: Python has completion of its own"}
"""The commands that Python has no function for, and why."""

OF_PYTHON = {
    ("receptive_field", "axes"): "at the prompt the size has as many",
    ("forall", "over"): "what is ranged over: no command asks that",
    ("forall", "statement"): "a relation, which may be SymPy's: no command takes one",
    ("family", "rule"): "a rule or a relation: no command takes one",
}
"""The arguments of functions without a command that are no option of any command."""


def options_of(command):
    """The names of a command's options and positional arguments, as they are in Python."""
    parser = ArgumentParser()
    import_module(f"symconv.cli.{command}").add_options(parser)
    names = [
        max(action.option_strings, key=len).lstrip("-").replace("-", "_")
        if action.option_strings
        else action.dest
        for action in parser._actions
        if action.dest != "help" and action.help != SUPPRESS
    ]
    return [f"{name}_" if iskeyword(name) else name for name in (*names, *COMMON)]


def arguments_of(function):
    return list(inspect.signature(function).parameters)


def differences(command, options, arguments, exceptions):
    """What is not the same at the prompt and in Python, and which exceptions are none."""
    excepted = {name for place, name in exceptions if place == command}
    expected = {*arguments, *excepted}
    yield from (f"{command}: no argument {name}" for name in options if name not in expected)
    yield from (f"{command}: no option {name}" for name in arguments if name not in options)
    yield from (
        f"{command}: no exception {name}"
        for name in excepted
        if name in arguments or name not in options
    )


with_a_function = pytest.mark.parametrize(
    "command", [name for name in COMMANDS if name not in WITHOUT_A_FUNCTION]
)


@with_a_function
def test_options_are_called_as_the_arguments_in_python(command):
    arguments = arguments_of(getattr(symconv, command))
    assert [*differences(command, options_of(command), arguments, OTHERWISE_IN_PYTHON)] == []


def test_exceptions_are_of_commands_that_there_are():
    assert {command for command, _ in OTHERWISE_IN_PYTHON} <= {*COMMANDS} - {*WITHOUT_A_FUNCTION}
    assert all((OTHERWISE_IN_PYTHON | OF_PYTHON).values())
    assert {*WITHOUT_A_FUNCTION} <= {*COMMANDS} - {*symconv.__all__}


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_has_the_common_options_and_no_others(command, capsys):
    with pytest.raises(SystemExit):
        main([command, "--help"])
    in_help = {
        name.replace("-", "_") for name in re.findall(r"--([a-z][\w-]*)", capsys.readouterr().out)
    }
    own = {name.rstrip("_") for name in options_of(command)}
    assert {*COMMON} <= in_help <= {*own, "help"}


@with_a_function
def test_what_has_no_name_at_the_prompt_comes_first_in_python(command):
    parser = ArgumentParser()
    import_module(f"symconv.cli.{command}").add_options(parser)
    placed = [action.dest for action in parser._actions if not action.option_strings]
    placed = [name for name in placed if name != "numbers"]
    assert arguments_of(getattr(symconv, command))[: len(placed)] == placed


PLANTED = {
    "another name": ({"sizes"}, {"for_"}, 2),
    "one more option": ({"up", "wide"}, {"up"}, 1),
    "one more argument": ({"up"}, {"up", "wide"}, 1),
    "an exception that is an argument": ({"json"}, {"json"}, 1),
    "an exception without its option": ({"up"}, {"up"}, 1),
}


@pytest.mark.parametrize("fault", PLANTED)
def test_a_planted_difference_is_reported(fault):
    options, arguments, count = PLANTED[fault]
    exceptions = {("toy", "json"): "a form"} if fault.startswith("an exception") else {}
    assert len([*differences("toy", options, arguments, exceptions)]) == count


def functions_without_a_command():
    """The public functions that no command is named after."""
    public = ((name, getattr(symconv, name)) for name in symconv.__all__)
    return {
        name: function
        for name, function in public
        if inspect.isfunction(function) and name not in COMMANDS
    }


def test_other_functions_use_the_words_of_the_options():
    words = {name for command in COMMANDS for name in options_of(command)}
    functions = functions_without_a_command().items()
    pairs = {
        (name, argument) for name, function in functions for argument in arguments_of(function)
    }
    assert {pair for pair in pairs if pair[1] not in words} == {*OF_PYTHON}
    assert {"law", "takes", "forall", "family", "receptive_field"} <= {name for name, _ in pairs}


OLD = {"seconds", "sizes"}
"""Names that arguments had in 0.1.0."""


def public_arguments(source):
    """The arguments of the public methods of every class that has a form as JSON."""
    for kind in (node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.ClassDef)):
        methods = [node for node in kind.body if isinstance(node, ast.FunctionDef)]
        if "to_dict" in {method.name for method in methods}:
            for method in methods:
                if not method.name.startswith("_"):
                    arguments = (*method.args.args, *method.args.kwonlyargs)
                    yield from ((kind.name, method.name, argument.arg) for argument in arguments)


def test_methods_of_answers_use_the_words_of_the_options():
    rows = [row for path in FILES.values() for row in public_arguments(path.read_text("utf-8"))]
    assert len(rows) > 100
    assert [row for row in rows if row[2] in OLD] == []
    planted = "class A:\n def to_dict(self): ...\n def verify(self, seconds): ..."
    assert ("A", "verify", "seconds") in public_arguments(planted)


RENAMED = [
    (lambda: symconv.prove(claim="W >= W", seconds=5), lambda: symconv.prove(claim="W >= W")),
    (
        lambda: symconv.forall(symconv.symbols.W, "conv(W) == W", seconds=60),
        lambda: symconv.forall(symconv.symbols.W, "conv(W) == W"),
    ),
    (lambda: symconv.family("P == 2", seconds=60), lambda: symconv.family("P == 2")),
    (
        lambda: [*symconv.family("P >= 2").where("P <= 3", seconds=60)],
        lambda: [*symconv.family("P >= 2").where("P <= 3")],
    ),
    (
        lambda: symconv.solve("Conv1d(kernel_size=2)", output="W//2", sizes="W == 2"),
        lambda: symconv.solve("Conv1d(kernel_size=2)", output="W//2", for_="W == 2"),
    ),
    (
        lambda: symconv.mirror("MaxPool1d(2)", sizes="even(W)"),
        lambda: symconv.mirror("MaxPool1d(2)", for_="even(W)"),
    ),
    (
        lambda: symconv.mirror("MaxPool1d(2)", sizes=6),
        lambda: symconv.mirror("MaxPool1d(2)", input=6),
    ),
]


@pytest.mark.parametrize(("old", "new"), RENAMED, ids=range(len(RENAMED)))
def test_an_old_name_is_taken_and_told(old, new):
    with pytest.warns(
        DeprecationWarning, match=r"write (timeout|for_|input) for (seconds|sizes) in"
    ):
        answer = old()
    assert repr(answer) == repr(new())


def test_an_old_name_beside_the_new_one_is_refused():
    @renamed(seconds="timeout")
    def wait(*, timeout):
        return timeout

    assert arguments_of(wait) == ["timeout"]
    with pytest.raises(TypeError, match="timeout and seconds"):
        wait(timeout=1, seconds=2)
    with pytest.raises(TypeError, match="timeout and seconds"):
        symconv.prove("upsampling", timeout=3, seconds=3)
