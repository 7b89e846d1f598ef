"""How long chains of convolutions take to design, next to CP-SAT's single best.

From 256 cells to 8, 63 settings a layer, a receptive field of at least 63, by multiply-adds.
CP-SAT gets each layer as a table of what is possible there (not counted), and one worker.
Seconds are of the processor, on one core; the least of rounds that take turns.
"""

import os
import platform
import sys
from importlib.metadata import version
from time import process_time

from ortools.sat.python import cp_model

from symconv.designing.designer import design
from symconv.meanings.integers import compiled
from symconv.operators import OPERATORS
from symconv.operators.letters import extent
from symconv.questions.conflicts import Sentence
from symconv.questions.goals import pair
from symconv.reading.constraints import constraint

SIZES, REACH = (256, 8), 63
ROUNDS, OFTEN = 3, 5
"""How often CP-SAT runs, and how often we do in each of these rounds."""
LAYER = "Conv2d(kernel_size={1, 3, 5, 7}, stride={1, 2, 4}, dilation=1..2, padding=0..3)"
WHERE = [
    Sentence(text, constraint(text), "condition")
    for text in (
        "padding <= dilation*(kernel_size - 1)//2",
        "kernel_size > 1 or dilation == 1 and padding == 0",
    )
]
SETTINGS = [
    (f, s, p, d)
    for f in (1, 3, 5, 7)
    for s in (1, 2, 4)
    for d in (1, 2)
    for p in range(4)
    if p <= d * (f - 1) // 2 and (f > 1 or (d == 1 and p == 0))
]
output = compiled(OPERATORS["conv"].symmetric.size, ("W", "F", "S", "P", "D"))
reach = compiled(extent, ("F", "D"))


def channels(layers: int) -> list[int]:
    return [3, *(min(16 * 2**place, 256) for place in range(layers))]


def designed(layers: int, limit: int):
    return design(
        f"{layers} x {LAYER}",
        [pair(*SIZES)],
        rank="macs",
        receptive_field=REACH,
        where=WHERE,
        limit=limit,
        channels=channels(layers),
    )


def model(layers: int) -> cp_model.CpModel:
    """A size and a receptive field before each layer; each layer a table."""
    found, made = cp_model.CpModel(), channels(layers)
    size = [found.new_int_var(1, SIZES[0], f"size{place}") for place in range(layers + 1)]
    seen = [found.new_int_var(1, 10**4, f"seen{place}") for place in range(layers + 1)]
    found.add(size[0] == SIZES[0])
    found.add(size[-1] == SIZES[1])
    found.add(seen[-1] == 1)
    found.add(seen[0] >= REACH)
    costs, arriving = [], {SIZES[0]}
    for place in range(layers):
        rows = []
        for given in arriving:
            for number, (f, s, p, d) in enumerate(SETTINGS):
                out = output(given, f, s, p, d)
                if out >= 1 and (place < layers - 1 or out == SIZES[1]):
                    cost = out**2 * f**2 * made[place] * made[place + 1]
                    rows.append((given, number, out, s, reach(f, d), cost))
        setting = found.new_int_var(0, len(SETTINGS) - 1, f"setting{place}")
        stride = found.new_int_var(1, 4, f"stride{place}")
        cells = found.new_int_var(1, 13, f"cells{place}")
        costs.append(found.new_int_var(0, max(row[-1] for row in rows), f"cost{place}"))
        columns = [size[place], setting, size[place + 1], stride, cells, costs[-1]]
        found.add_allowed_assignments(columns, rows)
        steps = found.new_int_var(0, 10**5, f"steps{place}")
        found.add_multiplication_equality(steps, [seen[place + 1] - 1, stride])
        found.add(seen[place] == steps + cells)
        arriving = {row[2] for row in rows}
    found.minimize(sum(costs))
    return found


def solved(asked: cp_model.CpModel) -> int:
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    assert solver.solve(asked) == cp_model.OPTIMAL
    return int(solver.objective_value)


def timed(run):
    start = process_time()
    found = run()
    return process_time() - start, found


assert len(SETTINGS) == 63
print(
    f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}, "
    f"NumPy {version('numpy')}, OR-tools {version('ortools')}"
)
designed(3, 10)
for layers in (int(one) for one in sys.argv[1:] or (4, 5, 6)):
    asked, ours, theirs = model(layers), [], []
    for _ in range(ROUNDS):
        for _ in range(OFTEN):
            seconds, best = timed(lambda: list(designed(layers, 10)))
            ours.append(seconds)
        seconds, optimum = timed(lambda: solved(asked))
        theirs.append(seconds)
        assert best[0].cost == optimum, (best, optimum)
    print(
        f"{layers} layers: {len(best)} best of {designed(layers, 1).count:,} designs in "
        f"{min(ours) * 1000:.0f} ms, CP-SAT's best in {min(theirs):.1f} s: "
        f"{min(theirs) / min(ours):.0f} times, the same optimum"
    )
times = [timed(lambda: list(designed(12, 1000)))[0] for _ in range(OFTEN)]
print(
    f"12 layers: 1000 best of {designed(12, 1).count:,} designs in {min(times) * 1000:.0f} ms, "
    f"{min(times) / min(ours):.1f} times as long as 10 of {layers}"
)
