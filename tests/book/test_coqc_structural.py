"""The definitions of the Coq files by hand, computed by Coq: they are what Python walks and counts."""

import random
import shutil
from collections import Counter

import pytest

from symconv.book.coq.compiling import compile_all, compile_one
from symconv.book.coq.exporting import export, needed
from symconv.book.statements.structural import STRUCTURAL
from symconv.book.statements.structures import multiplying, placements, walking
from symconv.book.statements.structures.chain_notions import (
    NOTIONS,
    chain,
    factor,
    field,
    least,
    margin,
    offset,
)
from symconv.book.statements.structures.common import valued
from symconv.book.statements.structures.computing import Layer
from symconv.book.statements.structures.replacing import free_in

pytestmark = pytest.mark.skipif(shutil.which("coqc") is None, reason="Coq is not installed")
FILES = needed({entry.file for entry in STRUCTURAL})
NOTIONS_BY_HAND = [notion for entry in STRUCTURAL for notion in entry.notions if notion.by_hand]


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """The files by hand, compiled."""
    place = tmp_path_factory.mktemp("coq")
    export(place)
    assert compile_all(place, names=FILES).rejected == {}
    return place


def said(folder, module, goals):
    """What Coq objects to in goals about a file's definitions."""
    head = f"Require Import ZArith Lia List. From Symconv Require Import Laws {module}."
    lines = [head, "Import ListNotations. Open Scope Z_scope.", *goals]
    (folder / "Tried.v").write_text("\n".join([*lines, ""]), "utf-8")
    return compile_one("Tried.v", folder)


def number(value):
    return f"({value})"


def equal(left, value):
    return f"Goal {left} = {number(value)}. vm_compute. reflexivity. Qed."


def listed(values):
    return f"[{'; '.join(map(number, values))}]"


def holds(claim, true):
    stated = claim if true else f"~ ({claim})"
    return f"Goal {stated}. vm_compute. intuition discriminate. Qed."


def layers_drawn(rng):
    return tuple(
        Layer(rng.randint(1, 4), rng.randint(1, 3), rng.randint(0, 2), rng.randint(1, 2))
        for _ in range(rng.randint(0, 3))
    )


def shown(layers):
    return f"[{'; '.join('Build_layer ' + ' '.join(map(number, own)) for own in layers)}]"


def chain_goals(rng):
    """Sizes and what fits as they are walked, and the numbers of a chain as formulas have them."""
    layers, wide = layers_drawn(rng), rng.randint(1, 12)
    written = shown(layers)
    yield equal(f"size {written} {wide}", walking.walked(layers, wide)[-1])
    yield holds(f"fits {written} {wide}", walking.first_unfit(layers, wide) is None)
    for each in (factor, offset, least, field, margin):
        _, value = valued(each(chain), {"chain": layers}, NOTIONS)
        yield equal(f"{each.name} {written}", value)
    smallest = next(size for size in range(1, 400) if walking.first_unfit(layers, size) is None)
    yield equal(f"least {written}", smallest)
    yield f"Goal strided {written}. repeat constructor; cbn; lia. Qed."


def reading_goals(rng):
    """Both ends of what an output reads, each with the way to it."""
    layers, output = layers_drawn(rng), rng.randint(-3, 5)
    cells = walking.read_by(layers, output)
    written = shown(layers)
    yield equal(f"first_cell {written} {number(output)}", min(cells))
    yield equal(f"last_cell {written} {number(output)}", max(cells))
    yield equal(f"twice_centre {written} {number(output)}", min(cells) + max(cells))
    yield f"Goal regular {written}. repeat constructor; cbn; lia. Qed."
    for cell in (min(cells), max(cells), rng.choice(sorted(cells))):
        steps = way(layers, output, cell)
        yield f"Goal reads {written} {number(output)} {number(cell)}. {steps} Qed."


def way(layers, output, cell):
    """How to show that an output reads a cell: the cell in between, and the tap."""
    if not layers:
        return "reflexivity."
    first, rest = layers[0], layers[1:]
    middle, tap = next(
        (middle, tap)
        for middle in walking.read_by(rest, output)
        for tap in range(first.kernel)
        if middle * first.stride + tap * first.dilation - first.padding == cell
    )
    below = way(rest, output, middle)
    return f"exists {number(middle)}. split. {{ {below} }} exists {tap}. cbn. lia."


def placement_goals(rng):
    """Legal placements, those that are not with the tap that falls out, and cells with their tap."""
    numbers = dict(zip("WFSPD", (rng.randint(1, 6) for _ in "WFSPD"), strict=True))
    length, legal = numbers["W"] + 2 * numbers["P"], placements.placed(numbers)
    own = " ".join(str(numbers[letter]) for letter in "FSD")
    for place in range(-1, len(legal) + 2):
        claim = f"legal {length} {own} {number(place)}"
        if place in legal:
            yield f"Goal {claim}. split; [lia | intros d Hd; lia]. Qed."
        else:
            last = numbers["F"] - 1
            yield f"Goal ~ {claim}. intros [A H]. specialize (H {last}). lia. Qed."
    for cell in placements.written_cells(numbers):
        at, tap = next(
            (at, tap)
            for at in range(numbers["W"])
            for tap in range(numbers["F"])
            if at * numbers["S"] + tap * numbers["D"] == cell
        )
        yield f"Goal scattered {numbers['W']} {own} {cell}. exists {at}, {tap}. lia. Qed."


def matrix_goals(rng):
    """Values of layers as they run and of the matrix, for weights and inputs that are drawn."""
    small = {"W": (1, 8), "F": (1, 4), "S": (1, 3), "P": (0, 2), "D": (1, 2)}
    numbers = {letter: rng.randint(*ends) for letter, ends in small.items()}
    weights, inputs, down = ([rng.randint(-9, 9) for _ in range(12)] for _ in range(3))
    own = " ".join(str(numbers[letter]) for letter in "FSPD")
    w, v, y = (f"(fun k => nth (Z.to_nat k) {listed(each)} 0)" for each in (weights, inputs, down))
    outputs, stride = multiplying.outputs_of(numbers), numbers["S"]
    values = [
        sum(weights[tap] * inputs[cell] for tap, cell in products)
        for products in multiplying.convolved(numbers, outputs)
    ]
    rows, cells = listed(range(outputs)), listed(range(numbers["W"]))
    for side in ("convolved", "times"):
        yield equal(f"map ({side} {own} {w} {numbers['W']} {v}) {rows}", listed(values))
    values = [
        sum(weights[tap] * down[output] for tap, output in products)
        for products in multiplying.scattered(numbers, outputs, numbers["W"])
    ]
    for side in ("scattered", "transposed_times"):
        yield equal(f"map ({side} {own} {w} {outputs} {y}) {cells}", listed(values))
    stretched = [down[0]] + [each for value in down[1:3] for each in [*[0] * (stride - 1), value]]
    cells_there = listed(range(-1, len(stretched) + 1))
    yield equal(f"map (stretched {stride} 3 {y}) {cells_there}", listed([0, *stretched, 0]))
    yield equal(f"map (flipped 12 {w}) {listed(range(12))}", listed(reversed(weights)))
    for output, row in enumerate(multiplying.matrix(numbers)):
        entries = [0 if tap is None else weights[tap] for tap in row]
        yield equal(f"map (entry {own} {w} {output}) {cells}", listed(entries))


def overlap_goals(rng):
    """What a layer scatters to each cell, and how many taps reach a cell of the line."""
    taps, stride, dilation, inputs = (rng.randint(1, 5) for _ in range(4))
    written = Counter(
        cell * stride + tap * dilation for cell in range(inputs) for tap in range(taps)
    )
    cells = range(-2, max(written) + 3)
    own = f"{taps} {stride} {dilation}"
    values = listed(written[cell] for cell in cells)
    yield equal(f"map (contributions {inputs} {own}) {listed(cells)}", values)
    reached = [sum((y - tap * dilation) % stride == 0 for tap in range(taps)) for y in cells]
    yield equal(f"map (hits {own}) {listed(cells)}", listed(reached))
    extent, last = dilation * (taps - 1) + 1, (inputs - 1) * stride
    for cell in cells:
        yield holds(f"inside {inputs} {own} {number(cell)}", extent - 1 <= cell <= last)


def level_goals(rng):
    """U-Nets whose blocks do nothing, down and up again."""
    factor_, levels, wide = rng.randint(1, 3), rng.randint(0, 3), rng.randint(0, 40)
    own = f"(fun _ W => W) (fun _ W => W) {factor_} {levels} {wide}"
    takes = wide >= 1 and wide % factor_**levels == 0
    yield holds(f"accepts {own}", takes)
    if takes:
        yield equal(f"decoded {own}", wide)


GOALS = {
    "Chains": chain_goals,
    "Chains ReceptiveField": reading_goals,
    "Placements": placement_goals,
    "Matrix": matrix_goals,
    "Overlap": overlap_goals,
    "Levels": level_goals,
}


@pytest.mark.parametrize("module", GOALS)
def test_coq_computes_what_is_walked(module, folder):
    rng = random.Random(module)
    goals = [goal for _ in range(15) for goal in GOALS[module](rng)]
    assert len(goals) >= 15
    assert said(folder, module, goals) == ""


@pytest.mark.parametrize("module", ["Chains", "Chains ReceptiveField", "Matrix", "Overlap"])
def test_coq_says_no_to_another_number(module, folder):
    rng = random.Random(module)
    goals = [goal for _ in range(5) for goal in GOALS[module](rng)]
    (first, *_) = [goal for goal in goals if "= (" in goal and "= ([])" not in goal]
    left, _, rest = first.rpartition(" = (")
    value, _, script = rest.partition("). vm_compute")
    wrong = f"{left} = ({value} {'++ [0]' if '[' in value else '+ 1'}). vm_compute{script}"
    assert "Error" in said(folder, module, [wrong])
    assert said(folder, module, [first]) == ""


def test_every_definition_of_the_files_is_asked_for():
    """By its name, or by a definition that rests on it; some are about all numbers."""
    goals = " ".join(goal for make in GOALS.values() for goal in make(random.Random(0)))
    waiting = [notion.name for notion in NOTIONS_BY_HAND if f"{notion.name} " in goals]
    reached = set()
    while waiting:
        name = waiting.pop()
        means = [notion.means for notion in NOTIONS_BY_HAND if notion.name == name]
        if name not in reached:
            reached.add(name)
            waiting += [word for each in means if each is not None for word in free_in(each)]
    left = {notion.name for notion in NOTIONS_BY_HAND} - reached
    assert left == {"counts", "spans", "uniform", "keeps"}
