"""How often the setting that people built is among the first three that `solve` lists.

    python benchmarks/ordinary.py [--open] [--misses] TREE...

Each layer of `data/held_out.json`, from packages that the order does not know, becomes a request:
its kernel and what it does to sizes, the rest unknown. Each tree answers in a process of its own.
Hits are counted by layers, by layers whose kernel is not 1, by distinct settings, and by layers
whose setting is the very first.

`--open` leaves the kernel unknown as well; `--misses` lists what is not among the first three.
"""

import argparse
import json
import os
import subprocess
import sys
from collections import Counter, defaultdict
from pathlib import Path

HERE = Path(__file__).resolve().parent
FIRST = 3
NAMES = {"F": "kernel_size", "S": "stride", "P": "padding", "D": "dilation"}
NAMES |= {"A": "output_padding", "ceil_mode": "ceil_mode"}
WORDS = {"same": "padding=same", "reflect": "padding_mode=reflect"}
WORDS |= {"replicate": "padding_mode=replicate", "circular": "padding_mode=circular"}
"""What the parts of an operator's name say that is no number."""
SIZES = {"1d": (16000, 160000), "2d": (56, 224, 1024), "3d": (56, 224)}
"""The size of which a layer is asked what it does to it: the first that it takes."""


def text(layer, operator, numbers):
    """Write a layer; what is `None` is unknown."""
    words = [WORDS[part] for part in operator.split("_") if part in WORDS]
    plain = {
        k: "?" if v is None else bool(v) if k == "ceil_mode" else v for k, v in numbers.items()
    }
    given = [f"{NAMES[letter]}={value}" for letter, value in plain.items()]
    return f"{layer}({', '.join([*given, *words])})"


def effect(layer, written, stride):
    """Return what a layer does to sizes, as an argument of `solve`, or nothing: it takes none."""
    import symconv

    def output(size):
        answer = symconv.size(written, size)
        return None if answer.refused else answer.output

    def whole(size):
        given = output(size)
        return given if given is None or isinstance(given, int) else set(given).pop()

    if all(whole(size) == size for size in range(1, 33)):
        return {"same": True}
    if stride > 1 and all(whole(stride * part) == part for part in range(1, 17)):
        return {"down": stride}
    if stride > 1 and all(whole(part) == stride * part for part in range(1, 17)):
        return {"up": stride}
    for size in SIZES[layer[-2:]]:
        if whole(size) is not None:
            return {"input": size, "output": whole(size)}
    return None


def requests(is_open):
    """Yield each request, its operator and setting, and how many layers of which packages it is."""
    rows = defaultdict(Counter)
    for package, layer, operator, numbers, count in json.loads(
        (HERE / "data" / "held_out.json").read_text(encoding="utf-8")
    ):
        if "F" in numbers:
            rows[layer, operator, tuple(numbers.items())][package] += count
    for (layer, operator, items), packages in rows.items():
        numbers = dict(items)
        goal = effect(layer, text(layer, operator, numbers), numbers["S"])
        if goal:
            known = {} if is_open else {"F": numbers["F"]}
            asked = text(layer, operator, dict.fromkeys(numbers) | known)
            yield {
                "text": asked,
                "goal": goal,
                "operator": operator,
                "layer": layer,
                "numbers": numbers,
                "packages": packages,
            }


def work():
    """Answer each request on standard input with its first settings."""
    import symconv

    assert Path(symconv.__file__).is_relative_to(os.environ["PYTHONPATH"])
    for line in sys.stdin:
        request = json.loads(line)
        answer = symconv.solve(request["text"], limit=FIRST, **request["goal"])
        print(json.dumps(answer.to_dict()["solutions"]), flush=True)


class Tree:
    """A tree and its process."""

    def __init__(self, path):
        path = Path(path).resolve()
        self.worker = subprocess.Popen(
            [sys.executable, Path(__file__).resolve(), "--work"],
            env={**os.environ, "PYTHONPATH": str(path)},
            cwd=path,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def settings(self, request):
        self.worker.stdin.write(json.dumps(request) + "\n")
        self.worker.stdin.flush()
        listing = json.loads(self.worker.stdout.readline())
        return [{k: int(row[NAMES[k]]) for k in request["numbers"]} for row in listing]

    def close(self):
        self.worker.stdin.close()
        self.worker.wait()


class Score:
    """How many of some layers, and of some distinct settings, are among the first."""

    def __init__(self):
        self.layers, self.wide, self.distinct, self.best = (Counter() for _ in range(4))

    def add(self, numbers, first, layers):
        hit = numbers in first
        self.layers[hit] += layers
        self.wide[hit] += layers * (numbers["F"] != 1)
        self.distinct[hit] += 1
        self.best[numbers in first[:1]] += layers

    def __str__(self):
        counts = (self.layers, self.wide, self.distinct, self.best)
        return "  ".join(
            f"{count[True] / max(1, count.total()):5.1%} of {count.total():5}" for count in counts
        )


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("trees", nargs="+", help="trees to compare, such as 0.1.0")
    parser.add_argument("--open", action="store_true", help="leave the kernel unknown as well")
    parser.add_argument("--misses", action="store_true", help="list what is not among the first")
    options = parser.parse_args()
    trees = {path: Tree(path) for path in options.trees}
    scores = defaultdict(Score)
    for request in requests(options.open):
        numbers = request["numbers"]
        for name, tree in trees.items():
            first = tree.settings(request)
            total = request["packages"].total()
            scores[name, "all"].add(numbers, first, total)
            scores[name, request["operator"]].add(numbers, first, total)
            for package, layers in request["packages"].items():
                scores[name, package].add(numbers, first, layers)
            if options.misses and numbers not in first:
                rows = ["/".join(map(str, row.values())) for row in first]
                real, letters = "/".join(map(str, numbers.values())), "/".join(numbers)
                goal = " ".join(f"{key}={value}" for key, value in request["goal"].items())
                print(f"{name}: {total:4} {request['layer']} {letters} {goal}: {real}", rows)
    for tree in trees.values():
        tree.close()
    print(f"{'':40}{'layers':17}{'kernel not 1':17}{'distinct':17}{'layers, the very first'}")
    for (name, what), score in sorted(scores.items(), key=lambda item: (item[0][1], item[0][0])):
        print(f"{what[:28]:28} {name[-10:]:10} {score}")


if __name__ == "__main__":
    work() if sys.argv[1:] == ["--work"] else main()
