"""How often the settings of layers occur in models that people built: collected once, by hand.

    python benchmarks/collect_settings.py PACKAGE... --raw FOLDER
    python benchmarks/collect_settings.py --count FOLDER

The first line builds a package's models on the meta device, without weights, and writes a JSON line
for each distinct layer of each model to FOLDER/PACKAGE.jsonl. A package needs an environment that
has it, so each has its own run. The second line makes what is committed of those files:

* `symconv/operators/known.json`, from the packages in `COUNTED` and from `data/papers.json`: in
  how many architectures each setting of an axis occurs. Operators with fewer than `FEW` are left
  out; those of their family speak for them;
* `benchmarks/data/held_out.json`, from all other packages: how many layers have each setting.

Only layers of torch's own classes are read: a subclass may pad by itself. An architecture is a
file of torchvision or timm, or a paper, so that twenty widths of a network count once.
"""

import argparse
import json
import signal
import sys
import warnings
from collections import Counter, defaultdict
from pathlib import Path

from settings_of_models import BUILDERS

from symconv.errors import RequestError
from symconv.layers import LAYERS
from symconv.operators.ordinary import letters_of
from symconv.reading.chains import chain
from symconv.reading.modules import layers_of
from symconv.terms import variables

HERE = Path(__file__).resolve().parent
KNOWN = HERE.parent / "symconv" / "operators" / "known.json"
PAPERS, HELD_OUT = HERE / "data" / "papers.json", HERE / "data" / "held_out.json"
COUNTED = ("torchvision", "timm")
FEW = 20
SECONDS = 60
"""How long a model may take to be built."""


def setting(row):
    """Return an axis's operator and those of its letters that its size or windows depend on."""
    kernel = row.operator.kernel
    letters = {*variables(row.operator.size), *(letters_of(kernel) if kernel else ())}
    numbers = {name: value for name, value in row.values.items() if name in letters}
    return row.operator.name, {n: v for n, v in sorted(numbers.items()) if isinstance(v, int)}


def settings(layer):
    """Return the settings of the axes of a layer that has windows."""
    try:
        rows = layer.rows(layer.input_axes or 2)
    except RequestError:
        return []
    return [setting(row) for row in rows if row.operator.kernel]


def leaves(model, package):
    """Yield the modules of a model that have no others, but for those of a package that counts."""
    if type(model).__module__.partition(".")[0] in {*COUNTED} - {package}:
        return
    children = list(model.children())
    if not children:
        yield model
    for child in children:
        yield from leaves(child, package)


def layers_in(model, package):
    """Yield the layers of a model, and whether each could be read: it is of torch's own class."""
    for module in leaves(model, package):
        kinds = [
            kind for kind in type(module).__mro__ if kind.__module__.startswith("torch.nn.mod")
        ]
        if any(kind.__name__ in LAYERS for kind in kinds):
            try:
                yield from ((layer, True) for layer in layers_of(module))
            except RequestError:
                yield module, False


def lines(package, family, name, model):
    """Yield what one model has, a line for each distinct layer."""
    counts = Counter()
    for layer, read in layers_in(model, package):
        axes = settings(layer) if read else []
        if axes or not read:
            counts[type(layer).__name__, json.dumps(axes), read] += 1
    for (kind, axes, read), count in counts.items():
        yield {
            "package": package,
            "family": family,
            "model": name,
            "layer": kind,
            "read": read,
            "axes": json.loads(axes),
            "layers": count,
        }


def late(*_):
    raise TimeoutError(f"not built in {SECONDS} s")


def collect(package, folder):
    """Write a package's layers, and say how many there were and what could not be built."""
    signal.signal(signal.SIGALRM, late)
    total, built, failures = 0, 0, []
    with (folder / f"{package}.jsonl").open("w", encoding="utf-8") as file:
        for family, name, make in BUILDERS[package]():
            signal.alarm(SECONDS)
            try:
                with warnings.catch_warnings():
                    warnings.simplefilter("ignore")
                    model = make()
                for line in lines(package, family, name, model):
                    file.write(json.dumps(line) + "\n")
                    total += line["layers"] if line["read"] else 0
                built += 1
            except Exception as error:  # whatever a stranger's constructor does
                failures.append(f"{name}: {type(error).__name__}: {str(error)[:80]}")
            finally:
                signal.alarm(0)
    print(f"{package}: {total} layers of {built} models", file=sys.stderr)
    print(*(f"  not built: {one}" for one in failures), sep="\n", file=sys.stderr)


def raw_lines(folder, packages=None):
    for path in sorted(folder.glob("*.jsonl")):
        if (path.stem in COUNTED) == (packages is COUNTED):
            yield from filter(lambda line: line["read"], map(json.loads, path.open()))


def paper_lines():
    """Yield what the papers say, in the same form as what a package's models have."""
    for paper, texts in json.loads(PAPERS.read_text(encoding="utf-8")).items():
        for text in texts:
            for layer in chain(text).layers:
                yield {"package": "papers", "family": paper, "axes": settings(layer)}


def known(folder):
    """Return, for each operator, its letters and rows of their numbers and how many have them."""
    families = defaultdict(set)
    for line in (*raw_lines(folder, COUNTED), *paper_lines()):
        for operator, numbers in line["axes"]:
            place = (operator, tuple(numbers.items()))
            families[place].add((line["package"], line["family"]))
    tables = defaultdict(list)
    for (operator, numbers), where in families.items():
        letters, values = zip(*numbers, strict=True)
        tables[operator, letters].append([*values, len(where)])
    return {
        operator: {"letters": letters, "rows": sorted(rows, key=lambda row: (-row[-1], row))}
        for (operator, letters), rows in sorted(tables.items())
        if sum(row[-1] for row in rows) >= FEW
    }


def held_out(folder):
    """Return rows of package, layer, operator, letters with numbers and how many layers have it."""
    counts = Counter()
    for line in raw_lines(folder):
        for operator, numbers in {json.dumps(one): one for one in line["axes"]}.values():
            place = (line["package"], line["layer"], operator, json.dumps(numbers))
            counts[place] += line["layers"]
    return [[*place[:3], json.loads(place[3]), count] for place, count in sorted(counts.items())]


def written(path, text):
    path.write_text(text + "\n", encoding="utf-8")
    print(f"{path.name}: {len(text)} bytes", file=sys.stderr)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("packages", nargs="*", metavar="PACKAGE", help=", ".join(BUILDERS))
    parser.add_argument("--raw", type=Path, help="the folder that raw lines are written to")
    parser.add_argument("--count", type=Path, help="the folder of raw lines that are counted")
    options = parser.parse_args()
    for package in options.packages:
        collect(package, options.raw)
    if options.count:
        tables = known(options.count).items()
        parts = (f"{json.dumps(name)}: {json.dumps(table)}" for name, table in tables)
        written(KNOWN, "{\n" + ",\n".join(parts) + "\n}")
        rows = map(json.dumps, held_out(options.count))
        written(HELD_OUT, "[\n" + ",\n".join(rows) + "\n]")


if __name__ == "__main__":
    main()
