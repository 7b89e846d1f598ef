"""How many lines of code a tree has, and how many functions a request enters; tree by tree.

    python benchmarks/entered.py /path/to/0.1.0 .

Lines of code are those with code in them: no blank lines, comments or docstrings.

A function is entered when it is called, in any thread, in the second run in one process, when
imports are done and caches are warm. The first run makes another request of the same kind, so that
what is cached is what requests share, not the answer; `again` is the same request once more.
Functions are told apart by file and qualified name; lambdas and comprehensions have none.
`--list TASK` lists what a task enters in the last tree. One task runs layers on torch.
"""

import argparse
import ast
import io
import json
import os
import subprocess
import sys
import threading
import tokenize
from collections import Counter
from contextlib import redirect_stdout
from pathlib import Path

import symconv
from symconv.cli import main as command

LAYERS = "Conv2d(3, 64, 7, stride=2, padding=3) -> MaxPool2d(3, 2, 1)"
SOLVED = "ConvTranspose2d(kernel_size=?, stride=?, padding=?)"
WHERE = ("--where", "kernel_size <= 8", "--verify")
TASKS = {
    "size()": (lambda size: symconv.size(LAYERS, size), 112, 224),
    "derive()": (lambda law: symconv.derive(law), "conv_transpose", "conv"),
    "symconv size": (lambda size: command(["size", LAYERS, size]), "112", "224"),
    "symconv derive": (lambda law: command(["derive", law]), "conv_transpose", "conv"),
    "symconv solve": (lambda n: command(["solve", SOLVED, "--up", n, *WHERE]), "3", "2"),
}
"""What runs, and what it is given in the first run and in the second."""
BLANK = {"COMMENT", "NL", "NEWLINE", "INDENT", "DEDENT", "ENDMARKER"}


def lines_of_code(file):
    """Count the lines that hold a token of code and no docstring, not even that of a name."""
    source = file.read_text(encoding="utf-8")
    found = set()
    for token in tokenize.generate_tokens(io.StringIO(source).readline):
        if tokenize.tok_name[token.type] not in BLANK:
            found |= set(range(token.start[0], token.end[0] + 1))
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Expr) and isinstance(getattr(node.value, "value", None), str):
            found -= set(range(node.lineno, node.end_lineno + 1))
    return len(found)


def lines_by_package(tree):
    package, found = tree / "symconv", Counter()
    for file in package.rglob("*.py"):
        *inside, _ = file.relative_to(package).parts
        found[inside[0] if inside else "no package"] += lines_of_code(file)
    return found


def entered(run):
    """Return the file and name of each function of the package that is called."""
    package, found = str(Path(symconv.__file__).parent) + os.sep, set()

    def note(frame, event, _):
        if event == "call" and frame.f_code.co_filename.startswith(package):
            found.add((frame.f_code.co_filename.removeprefix(package), frame.f_code.co_qualname))

    threading.setprofile(note)
    sys.setprofile(note)
    run()
    sys.setprofile(None)
    threading.setprofile(None)
    return sorted(one for one in found if not one[1].endswith(">"))  # such as <lambda>


def measure(task):
    """Print what a task enters in the second run, and when it runs once more."""
    assert Path(symconv.__file__).is_relative_to(os.environ["PYTHONPATH"])
    run, first, second = TASKS[task]
    with redirect_stdout(io.StringIO()):
        run(first)
        found = [entered(lambda: run(second)) for _ in range(2)]
    print(json.dumps(found))


def measured(tree, task):
    """Return what `measure` prints in a process that finds this tree first."""
    done = subprocess.run(
        [sys.executable, Path(__file__).resolve(), "--measure", task],
        cwd=tree,
        env={**os.environ, "PYTHONPATH": str(tree)},
        stdout=subprocess.PIPE,
        check=True,
    )
    return json.loads(done.stdout)


def table(trees):
    """Return rows of a table with a column for each tree."""
    packages = [lines_by_package(tree) for tree in trees]
    rows = {"": [tree.name for tree in trees]}
    rows["lines of code"] = [sum(one.values()) for one in packages]
    for task in TASKS:
        found = [measured(tree, task) for tree in trees]
        for run, what in enumerate((f"entered by {task}", f"entered by {task}, again")):
            rows[what] = [f"{len(one[run])} in {len(dict(one[run]))} files" for one in found]
    for package in sorted(set().union(*packages)):
        rows[f"lines of code in {package}"] = [one[package] for one in packages]
    return rows


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("trees", nargs="*", type=Path, default=[Path()], metavar="TREE")
    parser.add_argument("--list", choices=TASKS, help="list what a task enters in the last tree")
    parser.add_argument("--measure", choices=TASKS, help=argparse.SUPPRESS)
    options = parser.parse_args()
    trees = [tree.resolve() for tree in options.trees]
    if options.measure:
        measure(options.measure)
    elif options.list:
        for file, name in measured(trees[-1], options.list)[0]:
            print(f"{file}: {name}")
    else:
        for what, row in table(trees).items():
            print(f"{what:32}", *(f"{one:>18}" for one in row))


if __name__ == "__main__":
    main()
