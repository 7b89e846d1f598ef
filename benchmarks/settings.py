"""All settings of a layer: ours, OR-tools CP-SAT, the whole box in NumPy, and a loop in C.

    python benchmarks/settings.py

Every figure is a ratio of the processor's times, the least of rounds that take turns in one run:
what else the machine does moves it little. What is counted is checked: each way must find the same
number of settings.
"""

import ctypes
import platform
import subprocess
import tempfile
import time
from functools import partial
from pathlib import Path

import numpy as np

from symconv.boxes.columns import count, rows
from symconv.boxes.plan import plan
from symconv.layers import LAYERS
from symconv.proving import Clock
from symconv.questions.asking import goals
from symconv.questions.goals import TRIED
from symconv.reading.chains import chain
from symconv.solving.axes import problems_of
from symconv.solving.conflicts import conflict
from symconv.solving.systems import System


def problem(text, where=(), **goal):
    """What is asked of the one axis of a layer."""
    (layer,) = chain(text).layers
    (((asked,),), _) = problems_of(layer, goals(**goal), where)
    return asked


def system(text, where=(), **goal):
    """The statement that `solve` searches."""
    asked = problem(text, where, **goal)
    return System(asked.statement, asked.fixed, asked.letters, asked.order)


def box(most, dilations, where=()):
    sizes = f"kernel_size=1..{most}, stride=1..{most}, padding=0..{most}"
    text = f"ConvTranspose1d({sizes}, dilation=1..{dilations}, output_padding=?)"
    return system(text, where, input=7, output=14)


def timed(rounds, *runs):
    """Return the least time of each run, in rounds that take turns, and what each returned.

    A run may come with how often it runs in a round: short ones more often than long ones.
    """
    pairs = [run if isinstance(run, tuple) else (run, 1) for run in runs]
    least, found = [float("inf")] * len(pairs), [None] * len(pairs)
    for _ in range(rounds):
        for place, (run, times) in enumerate(pairs):
            for _ in range(times):
                start = time.process_time()
                found[place] = run()
                least[place] = min(least[place], time.process_time() - start)
    return least, found


def enumerated(one):
    blocks = list(rows(plan(one.statement, one.free)))
    return sum(len(block["F"]) for block in blocks)


def numpy_box(most, dilations):
    """Try every setting of the box, one stride at a time."""
    F = np.arange(1, most + 1, dtype=np.int32)[:, None, None, None]
    P = np.arange(most + 1, dtype=np.int32)[None, :, None, None]
    D = np.arange(1, dilations + 1, dtype=np.int32)[None, None, :, None]
    A = np.arange(most, dtype=np.int32)[None, None, None, :]
    found = []
    for S in range(1, most + 1):
        size = 6 * S - 2 * P + D * (F - 1) + 1 + A
        found.append(np.argwhere((size == 14) & (A < np.maximum(S, D))))
    return len(np.concatenate(found))


def cp_sat(most, dilations):
    """Let CP-SAT call back for every solution, with one worker."""
    from ortools.sat.python import cp_model

    model = cp_model.CpModel()
    F, S = (model.new_int_var(1, most, name) for name in "FS")
    P = model.new_int_var(0, most, "P")
    D = model.new_int_var(1, dilations, "D")
    A = model.new_int_var(0, most + dilations, "A")
    taps = model.new_int_var(0, most * dilations, "taps")
    model.add_multiplication_equality(taps, [D, F - 1])
    model.add(6 * S - 2 * P + taps + 1 + A == 14)
    below = model.new_bool_var("below")
    model.add(A < S).only_enforce_if(below)
    model.add(A >= S).only_enforce_if(~below)
    model.add(A < D).only_enforce_if(~below)

    class Seen(cp_model.CpSolverSolutionCallback):
        def __init__(self):
            super().__init__()
            self.found = set()

        def on_solution_callback(self):
            self.found.add(tuple(self.value(v) for v in (F, S, P, D, A)))

    solver, seen = cp_model.CpSolver(), Seen()
    solver.parameters.num_workers = 1
    solver.parameters.enumerate_all_solutions = True
    solver.solve(model, seen)
    return len(seen.found)


C = """
long fill(long most, long dilations, int *F, int *S, int *P, int *D, int *A) {
  long n = 0;
  for (long d = 1; d <= dilations; d++) for (long s = 1; s <= most; s++)
    for (long f = 1; f <= most; f++) {
      long rest = 6*s + d*(f - 1) + 1 - 14, top = (s > d ? s : d) - 1;
      long low = rest > 0 ? (rest + 1)/2 : 0, high = (rest + top) >> 1;
      if (high > most) high = most;
      for (long p = low; p <= high; p++) {
        F[n] = f; S[n] = s; P[n] = p; D[n] = d; A[n] = 2*p - rest; n++;
      }
    }
  return n;
}
"""


def c_loop(folder):
    source, library = Path(folder) / "fill.c", Path(folder) / "fill.so"
    source.write_text(C)
    subprocess.run(["cc", "-O2", "-shared", "-fPIC", "-o", library, source], check=True)
    fill = ctypes.CDLL(str(library)).fill
    fill.restype = ctypes.c_long
    return fill


def ratio(name, ours, theirs, found):
    print(
        f"{name:58} {found:>9}  {ours * 1e3:9.2f} ms {theirs * 1e3:10.2f} ms {theirs / ours:9.2f}"
    )


def enumeration():
    one = box(64, 4)
    runs = (lambda: enumerated(one), 20), lambda: cp_sat(64, 4), lambda: numpy_box(64, 4)
    (ours, sat, whole), counts = timed(4, *runs)
    assert {*counts, count(one.plan)} == {11143}
    ratio("7 -> 14, F, S, P <= 64, D <= 4; OR-tools CP-SAT", ours, sat, counts[0])
    ratio("7 -> 14, F, S, P <= 64, D <= 4; NumPy, the whole box", ours, whole, counts[0])


def large(folder):
    most, dilations = 280, 7
    one, fill = box(most, dilations), c_loop(folder)
    columns = [np.empty(4 * 10**6, np.int32) for _ in range(5)]
    pointers = [column.ctypes.data_as(ctypes.POINTER(ctypes.c_int)) for column in columns]
    texts = ("kernel_size % stride == 0 or padding <= kernel_size", "2*padding <= 3*kernel_size")
    narrowed = [partial(enumerated, box(most, dilations, [text])) for text in texts]
    runs = lambda: enumerated(one), lambda: fill(most, dilations, *pointers), *narrowed
    (ours, theirs, *costs), (found, same, *kept) = timed(25, *runs)
    assert found == same
    ratio("about a million settings; a C loop into made arrays", ours, theirs, found)
    for text, cost, number in zip(texts, costs, kept, strict=True):
        ratio(f"  with {text}", cost, ours, number)


def conflicts():
    text = "ConvTranspose1d(kernel_size=1..11, stride=?, padding=0..5)"
    wishes = ["odd(kernel_size)", "even(stride)", "stride >= 2"]
    asked = problem(text, wishes, input=7, output=14)
    (ours,), (found,) = timed(16, lambda: conflict(asked, Clock(10)))
    assert found.minimal
    assert found.relaxations
    ratio("a minimal conflict with relaxations, in ms", ours, ours, len(found.sentences))


def on_torch():
    import torch

    from symconv.witness import Witness, build

    torch.set_num_threads(1)
    layer = LAYERS["ConvTranspose1d"](1, 1, kernel_size=4, stride=2, padding=1)
    module, witness, given = build(layer), Witness(), torch.zeros(1, 1, 8)
    inputs = [(size,) for size in TRIED]

    def bare():
        with torch.no_grad():
            for _ in range(40 * len(inputs)):
                module(given)

    def checked():
        for _ in range(40):
            witness.each(layer, inputs)

    (ours, theirs), _ = timed(40, checked, bare)
    ratio("200 forward calls of checks on torch; as many bare ones", ours, theirs, 200)


def main():
    print(f"{platform.machine()}, Python {platform.python_version()}, NumPy {np.__version__}")
    print(f"{'what; against':58} {'settings':>9}  {'ours':>12} {'theirs':>13} {'ratio':>9}")
    enumeration()
    with tempfile.TemporaryDirectory() as folder:
        large(folder)
    conflicts()
    on_torch()


if __name__ == "__main__":
    main()
