"""How long `size` takes and how long it takes to start, in this tree next to another one.

    python benchmarks/sizes.py /path/to/0.1.0

Each tree has a process of its own, which takes the name of a case on a line and answers with the
processor's time for a round of it; rounds alternate between the trees. What is printed are ratios
of medians, this tree's time to the other's, and the quartiles of the ratios round by round.
"""

import os
import subprocess
import sys
from pathlib import Path
from resource import RUSAGE_CHILDREN, getrusage
from statistics import median, quantiles
from time import process_time

import symconv

THIS = Path(__file__).resolve().parent.parent
WARM, ROUNDS, CALLS, STARTS = 3, 41, 40, 61
LAYER = "Conv2d(3, 64, 7, stride=2)"
LENET = "Conv2d(1, 6, 5) -> MaxPool2d(2) -> Conv2d(6, 16, 5) -> MaxPool2d(2)"
READ = {
    LAYER: [symconv.Conv2d(3, 64, 7, stride=2)],
    LENET: [
        *(symconv.Conv2d(1, 6, 5), symconv.MaxPool2d(2)),
        *(symconv.Conv2d(6, 16, 5), symconv.MaxPool2d(2)),
    ],
}
CASES = {
    f"{name}, {form}, {size} {'refused' if refused else 'passes'}": (layers, size, refused)
    for name, text, sizes in (("a layer", LAYER, (224, 6)), ("LeNet", LENET, (32, 14)))
    for form, layers in (("text", text), ("layers", READ[text]))
    for size, refused in zip(sizes, (False, True), strict=True)
}
START = ["-m", "symconv", "size", "Conv2d(3, 8, 3)", "8"]


def work():
    """Answer each case on standard input with the time of a round."""
    assert Path(symconv.__file__).is_relative_to(os.environ["PYTHONPATH"])
    for line in sys.stdin:
        layers, size, refused = CASES[line.rstrip("\n")]
        start = process_time()
        for _ in range(CALLS):
            found = symconv.size(layers, size)
        print(process_time() - start, flush=True)
        assert bool(found.refused) is refused


class Tree:
    """A tree and its process."""

    def __init__(self, path):
        # `python -m` looks into the working folder first
        self.place = {"env": {**os.environ, "PYTHONPATH": str(path)}, "cwd": path}
        self.worker = subprocess.Popen(
            [sys.executable, Path(__file__).resolve(), "--work"],
            **self.place,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def round(self, case):
        self.worker.stdin.write(case + "\n")
        self.worker.stdin.flush()
        return float(self.worker.stdout.readline())

    def start_up(self):
        """Return the user's and the system's time of a command."""
        before = getrusage(RUSAGE_CHILDREN)
        command = [sys.executable, *START]
        subprocess.run(command, **self.place, stdout=subprocess.DEVNULL, check=True)
        after = getrusage(RUSAGE_CHILDREN)
        return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime

    def close(self):
        self.worker.stdin.close()
        self.worker.wait()


def compared(what, rounds, *times):
    """Alternate between two trees' times, and print how the first compares with the second."""
    pairs = []
    for number in range(WARM + rounds):
        order = (0, 1) if number % 2 else (1, 0)  # neither is always the first
        taken = {tree: times[tree]() for tree in order}
        pairs.append((taken[0], taken[1]))
    ours, theirs = zip(*pairs[WARM:], strict=True)
    low, _, high = quantiles((a / b for a, b in pairs[WARM:]), n=4)
    print(f"{what:32} {median(ours) / median(theirs):5.2f}  ({low:.2f} to {high:.2f})")


def main(other):
    this, that = Tree(THIS), Tree(Path(other).resolve())
    for case in CASES:
        compared(case, ROUNDS, lambda: this.round(case), lambda: that.round(case))
    compared("start-up of `symconv size`", STARTS, this.start_up, that.start_up)
    this.close()
    that.close()


if __name__ == "__main__":
    if sys.argv[1:] == ["--work"]:
        work()
    elif len(sys.argv) == 2:
        main(sys.argv[1])
    else:
        sys.exit("Name the other tree: python benchmarks/sizes.py /path/to/0.1.0")
