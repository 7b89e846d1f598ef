"""The house: which module may import which, what loads at start, how long a file is."""

import ast
import importlib.util
import os
import subprocess
import sys
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PACKAGE = ROOT / "symconv"
FILES = {path.relative_to(PACKAGE).as_posix(): path for path in sorted(PACKAGE.rglob("*.py"))}
LONGEST_FILE = 300

FLOORS = {
    "places": -1,
    "errors": 0,
    "renamed": 0,
    "markup": 0,
    "foreign": 0,
    "vocabulary": 0,
    "terms": 1,
    "periodic": 1,
    "operators": 2,
    "meanings": 2,
    "symbols": 3,
    "layers": 3,
    "reading": 4,
    "proving": 4,
    "witness": 4,
    "chains": 5,
    "families": 5,
    "boxes": 5,
    "questions": 6,
    "rules": 6,
    "designing": 7,
    "mirroring": 7,
    "networks": 7,
    "solving": 8,
    "book": 9,
    "book/statements": 5,
    "book/deriving": 7,
    "book/coq": 8,
    "emit": 9,
    "report": 9,
    "pictures": 9,
    "explorer": 10,
    "cli": 11,
    "__main__": 12,
    "__init__": 12,
}
"""On which floor each package or module of symconv stands; imports go strictly downstairs."""

THIRD_PARTY = {
    "numpy": (
        "meanings/arrays.py",
        "chains/many.py",
        "boxes/",
        "questions/",
        "designing/",
        "solving/",
    ),
    "sympy": (
        "meanings/symbols.py",
        "symbols.py",
        "meanings/assumptions.py",
        "meanings/in_turn.py",
        "rules/",
        "book/deriving/",
        "families/",
        "solving/",
        "networks/torch_sizes.py",
    ),
    "z3": ("meanings/smt.py", "proving/", "families/", "solving/"),
    "torch": ("witness.py", "networks/torch_"),
    "rich": ("report/", "cli.py", "cli/", "places.py"),
}
"""Where each library may be imported, at the top of a module or inside a function."""

HEAVY = (*THIRD_PARTY,)
"""What neither `symconv.chains` nor the command line may load when it starts."""


def unit_of(file):
    """The package or module of symconv that a file belongs to."""
    return deepest(file.removesuffix(".py").split("/"))


def deepest(path):
    """The innermost room of a path that has a floor of its own, or its first part."""
    inner = "/".join(path[:2])
    return inner if inner in FLOORS else path[0]


def imports(source, file):
    """Every module that a source imports, wherever in it; relative ones made absolute."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = ["symconv", *file.split("/")[:-1]] if node.level else []
            base = base[: len(base) - node.level + 1] if node.level else base
            module = ".".join([*base, *filter(None, [node.module])])
            if module == "symconv":
                yield from (f"symconv.{alias.name}" for alias in node.names)
            else:
                yield module
        elif _imports_by_name(node):
            yield node.args[0].value


def _imports_by_name(node):
    """Whether a node is `import_module("…")` or `__import__("…")`."""
    return (
        isinstance(node, ast.Call)
        and getattr(node.func, "attr", getattr(node.func, "id", ""))
        in ("import_module", "__import__")
        and bool(node.args)
        and isinstance(node.args[0], ast.Constant)
    )


def faults(source, file):
    """What a module imports against the rules, one sentence each."""
    here = unit_of(file)
    if here not in FLOORS:
        return [f"{file}: {here} stands on no floor; add it to the table"]
    found = []
    for module in imports(source, file):
        library, _, rest = module.partition(".")
        if library == "symconv":
            there = deepest(rest.split("."))
            there = there if there in FLOORS else "__init__"
            if rest == "__version__":
                continue
            if there != here and FLOORS[there] >= FLOORS[here]:
                found.append(f"{file} imports {module}, which is not below it")
        elif library in THIRD_PARTY:
            if not file.startswith(THIRD_PARTY[library]):
                found.append(f"{file} imports {library}, which is for {THIRD_PARTY[library]}")
        elif library not in sys.stdlib_module_names:
            found.append(f"{file} imports {library}, which is no dependency")
    return found


@pytest.mark.parametrize("file", FILES)
def test_every_module_imports_only_what_stands_below_it(file):
    assert faults(FILES[file].read_text(encoding="utf-8"), file) == []


@pytest.mark.parametrize("file", FILES)
def test_no_file_is_longer_than_a_person_reads(file):
    assert len(FILES[file].read_text(encoding="utf-8").splitlines()) <= LONGEST_FILE


def test_operators_and_meanings_do_not_know_each_other():
    for one, other in (("operators", "meanings"), ("meanings", "operators")):
        for file, path in FILES.items():
            if unit_of(file) == one:
                found = imports(path.read_text(encoding="utf-8"), file)
                assert not [module for module in found if module.startswith(f"symconv.{other}")]


PLANTED = {
    "sideways": ("operators/fake.py", "from symconv.meanings.integers import INTEGERS"),
    "upstairs": ("terms/fake.py", "import symconv.layers"),
    "upstairs from the package": ("chains/fake.py", "from symconv import solving"),
    "the package itself": ("layers/fake.py", "from symconv import size"),
    "inside a function": ("layers/fake.py", "def f():\n    from symconv.chains import size"),
    "under a condition": ("errors.py", "if 0:\n    import symconv.terms"),
    "relative": ("operators/fake.py", "from ..meanings import integers"),
    "relative package": ("operators/fake.py", "from .. import meanings"),
    "by name": ("layers/fake.py", "from importlib import import_module\nimport_module('torch')"),
    "numpy in layers": ("layers/fake.py", "import numpy as np"),
    "sympy in chains": ("chains/step.py", "def f():\n    import sympy.core"),
    "z3 in the notation": ("meanings/notation.py", "from z3 import Int"),
    "torch beside the witness": ("solving/fake.py", "import torch.nn"),
    "rich below the report": ("chains/results.py", "from rich.table import Table"),
    "no dependency": ("report/fake.py", "import pandas"),
    "no floor": ("cellar/fake.py", "import ast"),
}
ALLOWED = {
    "downstairs": ("solving/fake.py", "from symconv.reading.chains import chain"),
    "own package": ("layers/fake.py", "from symconv.layers.layer import Layer"),
    "own package, relative": ("layers/fake.py", "from .layer import Layer"),
    "standard library": ("terms/fake.py", "import collections.abc, xml.etree.ElementTree"),
    "sympy in deriving": ("book/deriving/fake.py", "import sympy"),
    "numpy for many": ("chains/many.py", "import numpy as np"),
}


@pytest.mark.parametrize("name", PLANTED)
def test_a_planted_fault_is_reported(name):
    file, source = PLANTED[name]
    assert len(faults(source, file)) == 1


@pytest.mark.parametrize("name", ALLOWED)
def test_what_is_allowed_is_not_reported(name):
    file, source = ALLOWED[name]
    assert faults(source, file) == []


def fresh(code):
    """Run code in a new process, and return what it prints."""
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, timeout=600
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.mark.parametrize("start", ["symconv", "symconv.chains", "symconv.cli", "symconv.solving"])
def test_nothing_heavy_is_loaded_at_the_start(start):
    if not any(unit_of(file) == start.rpartition(".")[2] for file in FILES) and start != "symconv":
        pytest.skip(f"{start} is not written yet")
    heavy = ("torch", "rich", "sympy") if start == "symconv.solving" else HEAVY
    loaded = fresh(f"import sys, {start}; print(*sorted(set(sys.modules) & set({heavy})))")
    assert loaded.split() == []


@pytest.mark.parametrize(
    "code",
    [
        "import symconv; symconv.size('Conv2d(3, 8, 3) -> MaxPool2d(2)', 8)",
        "from symconv.cli import main; main(['size', 'Conv2d(3, 8, 3)', '8', '--receptive'])",
        "from symconv.cli import main; main(['size', 'Conv2d(3, 8, 3)', '2', '--json'])",
        "from symconv.cli import main; main(['size', 'Conv2d(3, 8, ?)', '8'])",
    ],
)
def test_sizes_are_computed_without_anything_heavy(code):
    loaded = fresh(f"import sys; {code}; print('loaded', *set(sys.modules) & set({HEAVY}))")
    assert loaded.splitlines()[-1] == "loaded"


def test_one_input_is_solved_without_sympy():
    """Its first settings came a third of a second later."""
    code = "from symconv import solve; solve('Conv1d(kernel_size=1..9)', input=9, output=3)"
    loaded = fresh(f"import sys; {code}; print('loaded', 'sympy' in sys.modules)")
    assert loaded.splitlines()[-1] == "loaded False"


def test_exact_functions_are_computed_without_anything_heavy():
    code = """
import sys
from symconv.meanings import MEANINGS
from symconv.operators import OPERATORS
from symconv.periodic import variable
from symconv.terms import sizes
(W,) = sizes("W")
print(repr(MEANINGS["exact"].evaluate((W // 2 * W) % 3 <= 1, {"W": variable()})))
"""
    loaded = fresh(f"{code}print(*sorted(set(sys.modules) & set({HEAVY})))")
    assert loaded.splitlines() == ["all but 2 or 4 mod 6", ""], loaded


def importable(file):
    """Whether a file can be imported here: some begin with torch, which is an extra."""
    return importlib.util.find_spec("torch") is not None or not begins_with_torch(file)


@cache
def begins_with_torch(file):
    """Whether a file imports torch as soon as it is imported, or one of ours that does."""
    names = set()
    for node in ast.parse(FILES[file].read_text(encoding="utf-8")).body:
        names |= {node.module} if isinstance(node, ast.ImportFrom) else set()
        names |= {alias.name for alias in node.names} if isinstance(node, ast.Import) else set()
    ours = {
        f"{name.removeprefix('symconv.').replace('.', '/')}.py" for name in names
    } & FILES.keys()
    return "torch" in names or any(map(begins_with_torch, ours - {file}))


@cache
def at_its_top(file):
    """The files that a file imports at its top, of a package its beginning."""
    paths = set()
    for node in ast.parse(FILES[file].read_text(encoding="utf-8")).body:
        if isinstance(node, ast.Import | ast.ImportFrom):
            names = [alias.name for alias in node.names]
            if isinstance(node, ast.ImportFrom):
                names = [node.module, *(f"{node.module}.{name}" for name in names)]
            paths |= {name.removeprefix("symconv.").replace(".", "/") for name in names}
    return {f"{path}{end}" for path in paths for end in (".py", "/__init__.py")} & FILES.keys()


def loaded_by(file):
    """The files that are loaded as soon as a file is."""
    waiting, loaded = [file], set()
    while waiting:
        files = at_its_top(waiting.pop()) - loaded
        waiting += files
        loaded |= files
    return loaded


@pytest.mark.parametrize("package", sorted({file.split("/")[0] for file in FILES if "/" in file}))
def test_no_module_waits_for_the_package_that_loads_it(package):
    """Python has a lock for each module: threads that take two of them in two orders meet halves.

    A part of a package is imported by its whole name, `import symconv.boxes.forms as forms`: that
    waits for the part alone, and `from symconv.boxes import forms` for the package as well.
    """
    beginning = f"{package}/__init__.py"
    waiting = [file for file in loaded_by(beginning) if beginning in loaded_by(file)]
    assert waiting == []


LIGHT = {"chains", "cli", "layers", "meanings", "operators", "periodic", "proving", "terms"}
"""What every answer loads anyway, and first: the beginnings of these packages load their parts."""


@pytest.mark.parametrize("package", sorted({f.rpartition("/")[0] for f in FILES if "/" in f}))
def test_a_package_that_is_loaded_late_loads_none_of_its_parts(package):
    """A thread that loads a part has its lock, and waits for the package, whose lock another has.

    So where a package loads its parts, and threads load it late and in two orders, one of them
    meets half a part.
    """
    beginning = f"{package}/__init__.py"
    parts = {file for file in at_its_top(beginning) if file.startswith(f"{package}/")}
    assert package in LIGHT or not parts - {beginning}


@pytest.mark.skipif(not hasattr(os, "fork"), reason="a new process for each would take long")
def test_every_module_can_be_the_first_to_be_imported():
    """No import works only because another module came before it."""
    files = filter(importable, FILES)
    names = [f"symconv/{file}".removesuffix(".py").removesuffix("/__init__") for file in files]
    modules = [name.replace("/", ".") for name in names if not name.endswith("__main__")]
    code = f"""
import importlib, os, sympy, z3, numpy
for module in {modules}:
    child = os.fork()
    if child == 0:
        importlib.import_module(module)
        os._exit(0)
    assert os.waitpid(child, 0)[1] == 0, module
"""
    fresh(code)


def test_every_public_name_is_there_after_all_modules_are_imported():
    beyond = {
        f"symconv.{f}".removesuffix(".py").replace("/", ".") for f in FILES if not importable(f)
    }
    code = f"""
import importlib, pkgutil, symconv
for module in pkgutil.walk_packages(symconv.__path__, "symconv."):
    if not module.name.endswith("__main__") and module.name not in {beyond}:
        found = importlib.import_module(module.name)
        for name in getattr(found, "__all__", ()):
            getattr(found, name)
for name in dir(symconv):
    getattr(symconv, name)
print(len(dir(symconv)))
"""
    assert int(fresh(code)) > 1


def test_every_public_name_is_there_in_a_fresh_process():
    assert (
        fresh("import symconv\nfor name in dir(symconv): assert getattr(symconv, name) is not None")
        == ""
    )
    assert fresh("from symconv import *; print(__import__('symconv').__version__)").strip()


def test_a_name_that_is_not_there_is_an_attribute_error():
    code = "import symconv\ntry: symconv.nothing\nexcept AttributeError as e: print(e)"
    assert "nothing" in fresh(code)
