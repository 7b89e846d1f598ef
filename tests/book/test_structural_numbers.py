"""Numbers put into structural statements: counted out on one side, by the formula on the other."""

import json
import random
import re
from collections import Counter

import pytest

import symconv
from symconv.book.statements.chapters import THEOREMS
from symconv.book.statements.structural import STRUCTURAL
from symconv.book.statements.structures import (
    levels,
    multiplying,
    overlap,
    placements,
    regions,
    walking,
)
from symconv.book.statements.structures.chain_notions import chain, fits, least, size
from symconv.book.statements.structures.chinese import PHRASES, in_chinese
from symconv.book.statements.structures.computing import Computer, Layer, UncomputableError
from symconv.book.statements.structures.formula import (
    Name,
    both,
    every,
    function,
    given,
    names,
    some,
    where,
)
from symconv.book.statements.structures.letters import Letters
from symconv.book.statements.structures.levels import accepts, decoded
from symconv.book.statements.structures.matrix_notions import (
    convolved,
    scattered,
    times,
    transposed_times,
)
from symconv.book.statements.structures.parts import Came, Part
from symconv.cli import main
from symconv.errors import RequestError

WINDOW = {"F": 3, "S": 2, "D": 1, "P": 1, "W": 7}
CHAIN = {"F1": 3, "S1": 2, "P1": 1, "F2": 2, "S2": 2}
TWO = {"F1a": 3, "P1a": 1, "F1b": 5, "P1b": 2}
SAID = {
    "placements": (
        WINDOW,
        "4 placements: 0, 1, 2, 3, which begin at 0, 2, 4, 6; max(0, conv(W)) = 4; they agree",
        "one window fits: E = 3, W + 2*P = 9; conv(W) = 4; they agree",
    ),
    "scattered_span": (
        {"W": 4, "F": 3, "S": 2},
        "not written, so as in torch: D = 1",
        ("taps at 0, 1, 2, 3, 4, 5, 6, 7, 8: from 0 to 8, 9 cells; the transposed law without "
        "padding gives 9; they agree"),
        "8 - 0 + 1 = 9; (W - 1)*S + E = 9; they agree",
    ),
    "matrix_transpose": (
        {"W": 4, "F": 3, "S": 1, "P": 0, "D": 1},
        "C has 2 rows and 4 columns: (w0, w1, w2, 0), (0, w0, w1, w2)",
        ("C x is w0*x0 + w1*x1 + w2*x2, w0*x1 + w1*x2 + w2*x3; "
        "tap by tap: w0*x0 + w1*x1 + w2*x2, w0*x1 + w1*x2 + w2*x3; they agree"),
        ("C transposed times y is w0*y0, w1*y0 + w0*y1, w2*y0 + w1*y1, w2*y1; "
        "scattered: w0*y0, w1*y0 + w0*y1, w2*y0 + w1*y1, w2*y1; they agree"),
        "C x times y has 6 products; x times what is scattered has 6; they agree",
    ),
    "matrix_of_stretched": (
        {"W": 2, "F": 2, "S": 2, "P": 0, "D": 1},
        "the input stretched: y0, 0, y1; the weights flipped: 1, 0; E - 1 - P = 1",
        ("scattered: w0*y0, w1*y0, w0*y1, w1*y1; "
        "convolved: w0*y0, w1*y0, w0*y1, w1*y1; they agree"),
    ),
    "matrix_not_inverse": (
        {"W": 2, "F": 2, "S": 1, "P": 0, "D": 1},
        "C has 1 row and 2 columns: (w0, w1)",
        ("with each weight 1, x = (1, 0) becomes (1); the transposed layer gives (1, 1); "
        "x does not come back"),
    ),
    "uniform_overlap": (
        {"F": 4, "S": 2, "D": 1},
        "E = 4; of 5 inputs the cells 3 to 8 are inside, and get 2, 2, 2, 2, 2, 2 contributions",
        "all of them get the same number; S divides F: true, gcd(S, D) = 1; they agree",
        "on a line without ends, 2 neighbours get 2, 2; 4 in all, F = 4; they agree",
    ),
    "chain_one_floor": (
        CHAIN | {"W": 7},
        "not written, so as in torch: P = 0, D = 1",
        "A = 1, B = 4, r0 = 5, P0 = 1",
        "layer by layer: 7 -> 4 -> 2; floor((W + A)/B) = 2; they agree",
        "layer by layer: 2; floor((W + 2P0 - r0)/B) + 1 = 2; they agree",
        "cut in two: 2 * 2; B = 4; they agree",
        "cut in two: 1 + 2 * 0; A = 1; they agree",
    ),
    "chain_fits": (
        {"F1": 5, "S1": 2, "P1": 0, "D1": 1, "W": 4},
        ("layer by layer with W = 4: layer 1 needs 5 cells and has 4; "
        "B - A of the beginnings: 5, not all at most W; they agree"),
        "the greatest of them and of 1 is 5; the least size is 5; they agree",
        "layer by layer: 5 fits, 4 does not; W is not at least 5; they agree",
    ),
    "chain_inverse": (
        CHAIN | {"D1": 1, "P2": 0, "D2": 1, "y": 3},
        ("layer by layer: 11, 12, 13, 14 become 3, 10 becomes 2 and 15 becomes 4; "
        "yB - A = 11, yB - A + B - 1 = 14; they agree"),
    ),
    "receptive_field": (
        {"F1": 3, "S1": 2, "P1": 1, "D1": 1, "o": 2},
        "P0 = 1, S0 = 2, r0 = 3",
        ("output 2 reads 3, 4, 5: from 3 to 5; "
        "-P0 + o S0 = 3, -P0 + o S0 + r0 - 1 = 5; they agree"),
        "5 - 3 + 1 = 3; r0 = 3; they agree",
        "twice the middle: 3 + 5 = 8; 2o S0 - 2P0 + r0 - 1 = 8; they agree",
        "each layer has 2P = E - 1; 2o S0 = 8; they agree",
    ),
    "alignment": (
        TWO | {"S1a": 1, "D1a": 1, "S1b": 1, "D1b": 1},
        ("twice the middles at o = 0 and 1: 0, 2 in the first branch, 0, 2 in the second; "
        "S0 is 1 and 1, r0 - 2P0 is 1 and 1; they agree"),
        ("at o = 0 both together read from -2 to 2; "
        "by its formula the wider one reads from -2 to 2; they agree"),
    ),
    "same_size_decoder": (
        {"n": 2, "L": 4, "W": 48},
        ("down 48 -> 24 -> 12 -> 6 -> 3, up 3 -> 6 -> 12 -> 24 -> 48: both ends of every skip "
        "connection agree; n^L = 16 divides W; they agree"),
        "48 comes out as 48; W = 48; they agree",
    ),
}  # fmt: skip


def test_every_structural_statement_takes_numbers():
    assert set(SAID) == {entry.name for entry in STRUCTURAL}


@pytest.mark.parametrize("name", SAID)
def test_numbers_are_counted_out_in_every_form(name):
    numbers, *lines = SAID[name]
    proof = symconv.prove(name).at(**numbers)
    for line in lines:
        assert f"with the numbers: {line}\n" in repr(proof)
    agreed = "\n".join(lines).count("agree\n") + lines[-1].endswith("agree")
    for form in (repr(proof), proof.latex(), proof.markdown(), proof._repr_html_()):
        assert form.count("with the numbers: ") == len(lines)
        assert form.count("; they agree") == agreed
    found = json.loads(json.dumps(proof.to_dict()))["with_numbers"]
    assert found == {"lines": lines, "unmet": [], "missing": [], "agree": True}
    assert "with_numbers" not in symconv.prove(name).to_dict()


def test_the_command_line_takes_numbers(capsys):
    assert main(["prove", "same_size_decoder", "n=2", "L=4", "W=48"]) == 0
    assert "n^L = 16 divides W" in capsys.readouterr().out
    assert main(["prove", "chain_one_floor", "W=7", "kernel_size1=3", "stride1=2", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["numbers"] == {"W": 7, "F1": 3, "S1": 2}


# Numbers of which nothing is claimed, that are missing, or that are too large.


UNMET = [
    ("placements", WINDOW | {"S": 0}),
    ("matrix_transpose", WINDOW | {"F": 0}),
    ("matrix_transpose", WINDOW | {"W": 1, "F": 9}),
    ("same_size_decoder", {"n": 2, "L": 2, "W": -1}),
    ("same_size_decoder", {"n": 2, "L": 3, "W": 3}),
    ("same_size_decoder", {"n": 2, "L": 1, "W": 5}),
]
"""Numbers of which something is said that the usual ones do not lead to."""


@pytest.mark.parametrize(
    ("name", "numbers", "said"),
    [
        ("placements", WINDOW | {"S": 0}, "S >= 1"),
        ("scattered_span", {"W": 0, "F": 1, "S": 1}, "W >= 1"),
        ("matrix_of_stretched", WINDOW | {"S": -1}, "S >= 1"),
        ("uniform_overlap", {"F": 1, "S": 1, "D": 0}, "D >= 1"),
        ("chain_fits", CHAIN | {"W": 1, "S2": 0}, "S(l) >= 1 for every l of chain"),
        ("receptive_field", {"F1": 0, "o": 1}, "F(l) >= 1 and S(l) >= 1 and D(l) >= 1"),
        ("same_size_decoder", {"n": 0, "L": 1, "W": 1}, "n >= 1"),
        ("same_size_decoder", {"n": 2, "L": -1, "W": 1}, "L >= 0"),
    ],
)
def test_of_numbers_that_do_not_meet_the_hypotheses_nothing_is_claimed(name, numbers, said):
    proof = symconv.prove(name).at(**numbers)
    assert f"with the numbers: {said}" in repr(proof)
    for form in (repr(proof), proof.latex(), proof.markdown(), proof._repr_html_()):
        assert "does not hold" in form
        assert "a hypothesis does not hold for these numbers: nothing is claimed" in form
        assert "agree" not in form
    found = proof.to_dict()["with_numbers"]
    assert found["agree"] is None
    assert len(found["unmet"]) == 1


def test_what_is_still_needed_is_said():
    assert "to put in everything, give W, P too" in repr(symconv.prove("placements").at(F=3, S=2))
    assert "give W, F1 too" in repr(symconv.prove("chain_fits").at(P1=1))
    assert "give F1, F2 too" in repr(symconv.prove("chain_fits").at(W=1, F3=1))
    assert "give F1a, F1b too" in repr(symconv.prove("alignment").at(S1a=1))
    both_said = symconv.prove("placements").at(S=0)
    assert "nothing is claimed" in repr(both_said)
    assert "give W, F, P too" in repr(both_said)


def test_a_matrix_without_a_layer_is_said():
    assert "no layer has these numbers" in repr(
        symconv.prove("matrix_transpose").at(**WINDOW | {"F": 0})
    )
    few = symconv.prove("matrix_transpose").at(**WINDOW | {"W": 1, "F": 9})
    assert "C has no row: no window fits" in repr(few)
    large = symconv.prove("matrix_transpose").at(**WINDOW | {"W": 60})
    assert "C has 30 rows and 60 columns\n" in repr(large)
    assert "C x is 30 values; tap by tap: 30 values; they agree" in repr(large)


def test_of_chains_that_read_nothing_only_centres_are_compared():
    assert "of the regions nothing is claimed" in repr(symconv.prove("alignment").at(F1a=0, F1b=1))


MOST = {
    "placements": {"W": 10_000, "F": 1000, "S": 1, "P": 1000, "D": 1},
    "scattered_span": {"W": 1000, "F": 1000, "S": 1, "D": 1000},
    "matrix_transpose": {"W": 60, "F": 60, "S": 1, "P": 60, "D": 1},
    "matrix_of_stretched": {"W": 60, "F": 60, "S": 60, "P": 0, "D": 60},
    "matrix_not_inverse": {"W": 60, "F": 60, "S": 1, "P": 60, "D": 1},
    "uniform_overlap": {"F": 60, "S": 60, "D": 60},
    "chain_one_floor": {"W": 10**9}
    | {f"{letter}{n}": 1000 for n in range(1, 31) for letter in "FSPD"},
    "chain_fits": {"W": 10**9} | {f"{letter}{n}": 1000 for n in range(1, 31) for letter in "FSPD"},
    "chain_inverse": {"y": 10**6, "F1": 1, "S1": 1000, "F2": 1, "S2": 20},
    "receptive_field": {"o": 10**6} | {f"F{n}": 1000 for n in range(1, 6)},
    "alignment": {f"F{n}{end}": 1000 for n in range(1, 6) for end in "ab"},
    "same_size_decoder": {"n": 1000, "L": 20, "W": 10**12},
}


@pytest.mark.parametrize("name", MOST)
def test_the_largest_numbers_are_counted_and_larger_ones_refused(name):
    entry = THEOREMS[name]
    assert entry.with_numbers(entry.put(MOST[name])).agree
    for letter, most in entry.letters.own:
        for value in (most + 1, -most - 1, 10**400):
            with pytest.raises(RequestError) as caught:
                entry.put(MOST[name] | {letter: value})
            assert f"from {-most} to {most} for {letter}" in caught.value.needed
            assert caught.value.write == "Write smaller numbers."
    if entry.letters.chains:
        with pytest.raises(RequestError, match="from -1000 to 1000"):
            entry.put(MOST[name] | {f"F1{entry.letters.chains[0]}": 1001})


def test_what_would_be_too_much_to_count_is_refused_at_once():
    proof = symconv.prove("chain_inverse")
    numbers = {f"{letter}{n}": 1000 for n in range(1, 31) for letter in "FS"}
    with pytest.raises(RequestError, match="at most 20000 inputs") as caught:
        proof.at(y=1, **numbers)
    assert caught.value.arrived == "far more"
    with pytest.raises(RequestError, match="at most 5000 cells"):
        symconv.prove("alignment").at(F1a=1, F1b=1000, D1b=1000)


@pytest.mark.parametrize("wrong", [True, 1.5, "5", None, 2.0])
def test_what_is_no_number_is_refused(wrong):
    with pytest.raises(RequestError, match="integers for the letters of placements"):
        symconv.prove("placements").at(W=wrong)


def test_letters_are_read_by_their_names():
    letters = Letters((("W", 9), ("D", 9)), ("a", "b"))
    assert str(letters) == ("W, D, F1a, S1a, P1a, D1a, F1b, S1b, P1b, D1b, F2a, ... for each layer")
    assert str(Letters()) == "none"
    assert letters.read("it", {"input": 3, "dilation": 2, "padding12b": 1}) == {
        "W": 3, "D": 2, "P12b": 1,
    }  # fmt: skip
    for name in ("F1", "F1c", "F01a", "F31a", "W1a", "F1ab", "a", "", "F-1a", "F１a"):
        with pytest.raises(RequestError, match="integers for the letters of it"):
            letters.read("it", {name: 1})
    numbers = {"F1a": 3, "F2a": 2, "S2a": 2, "F1b": 1}
    assert letters.chain(numbers, "a") == (Layer(3), Layer(2, 2))
    assert letters.missing(numbers) == ("W",)
    assert letters.missing({}) == ("W", "F1a", "F1b")
    assert Came((Part("x"),)).agree is None


# Both sides agree for random numbers, and a fault on one side is seen.


def drawn(entry, rng):
    """Random numbers for a statement."""
    small = {"W": (1, 14), "n": (1, 4), "L": (0, 3), "y": (1, 6), "o": (0, 5), "P": (0, 3)}
    numbers = {letter: rng.randint(*small.get(letter, (1, 4))) for letter, _ in entry.letters.own}
    for end in entry.letters.chains:
        for place in range(1, rng.randint(1, 3) + 1):
            numbers[f"F{place}{end}"] = rng.randint(1, 4)
            numbers[f"S{place}{end}"] = rng.randint(1, 3)
            numbers[f"P{place}{end}"] = rng.randint(0, 2)
            numbers[f"D{place}{end}"] = rng.randint(1, 2)
    return numbers


def agreed(name, count=150):
    """How often both sides agree, for random numbers."""
    rng, entry, found = random.Random(name), THEOREMS[name], Counter()
    for _ in range(count):
        numbers = drawn(entry, rng)
        values = entry.letters.complete(numbers)
        for known, end in zip(entry.chain_names, entry.letters.chains, strict=True):
            values[known] = entry.letters.chain(numbers, end)
        found[Came(tuple(entry.numbers(values))).agree] += 1
    return found


@pytest.mark.parametrize("name", SAID)
def test_both_sides_agree_for_random_numbers(name):
    assert agreed(name) == {True: 150}


def off(function):
    """A function that is off by one in what it computes."""

    def changed(*arguments):
        found = function(*arguments)
        if isinstance(found, set):
            return {cell + 1 for cell in found}
        if found and isinstance(found[-1], int):
            return [*found[:-1], found[-1] + 1]
        return found[1:]

    return changed


FAULTS = {
    "placements": (placements, "placed"),
    "scattered_span": (placements, "written_cells"),
    "matrix_transpose": (multiplying, "scattered"),
    "matrix_of_stretched": (multiplying, "convolved"),
    "chain_one_floor": (walking, "walked"),
    "chain_fits": (walking, "first_unfit"),
    "chain_inverse": (walking, "walked"),
    "receptive_field": (regions, "read_by"),
    "alignment": (regions, "_shift"),
}


@pytest.mark.parametrize("name", FAULTS)
def test_a_side_that_is_counted_wrongly_is_seen(name, monkeypatch):
    module, function = FAULTS[name]
    wrong = {
        "first_unfit": lambda layers, size: None,
        "_shift": lambda branch: 0 * Name("field")(branch),
    }
    true = getattr(module, function)
    monkeypatch.setattr(module, function, wrong.get(function) or off(true))
    assert agreed(name)[False] >= 5


def test_a_formula_that_is_wrong_is_seen(monkeypatch):
    monkeypatch.setattr(levels, "_divides", Name("W") >= 1)
    monkeypatch.setattr(overlap, "gcd", lambda S, D: where(S >= 1, 1, 0))
    for name in ("same_size_decoder", "uniform_overlap"):
        assert agreed(name)[False] >= 5


def test_numbers_are_said_in_chinese(monkeypatch):
    """No word of English is left over, but for the names of torch and of functions."""
    rng, said = random.Random(7), set()
    lines = [line for _, *own in SAID.values() for line in own]
    for entry in STRUCTURAL:
        for numbers in (MOST[entry.name], *(drawn(entry, rng) for _ in range(40))):
            lines += entry.with_numbers(numbers).lines
    for name, numbers in UNMET:
        lines += THEOREMS[name].with_numbers(numbers).lines
    lines += symconv.prove("alignment").at(F1a=0, F1b=1).to_dict()["with_numbers"]["lines"]
    for line in lines:
        chinese = in_chinese(line)
        words = set(re.findall(r"[A-Za-z]{3,}", chinese))
        assert words <= {"torch", "max", "conv", "gcd", "floor"}, (line, chinese)
        assert "; " not in chinese
        said |= {pattern for pattern in PHRASES if re.search(pattern, line)}
    assert re.findall("[A-Za-z]{3,}", in_chinese("a new line")) == ["new", "line"]
    idle = [pattern for pattern in PHRASES if pattern not in said and not pattern.startswith("：")]
    assert idle == ["; they do not agree$"]


# The definitions, computed as they are written, are what is walked.


def compute(name, formula, values):
    return Computer(THEOREMS[name].known)(formula, values)


def layers_drawn(rng):
    return tuple(
        Layer(rng.randint(1, 4), rng.randint(1, 3), rng.randint(0, 2), rng.randint(1, 2))
        for _ in range(rng.randint(0, 3))
    )


def test_the_definitions_of_chains_are_what_is_walked():
    rng, seen = random.Random(1), Counter()
    for _ in range(200):
        layers, wide = layers_drawn(rng), rng.randint(1, 12)
        values = {"chain": layers, "W": wide}
        W = Name("W")
        assert compute("chain_fits", size(chain, W), values) == walking.walked(layers, wide)[-1]
        fit = walking.first_unfit(layers, wide) is None
        assert compute("chain_fits", fits(chain, W), values) == fit
        smallest = compute("chain_fits", least(chain), values)
        assert fit == (wide >= smallest)
        seen[fit] += 1
    assert min(seen.values()) >= 10


def test_the_definition_of_reading_is_what_is_walked():
    """The cell in between, of which there is one, is tried cell by cell."""
    rng, seen = random.Random(5), Counter()
    known = THEOREMS["receptive_field"].known
    taps, compute_now = known["taps"].means, Computer(known)

    def reads(layers, o, x):
        if not layers:
            return x == o
        near = [m for m in range(-30, 60) if compute_now(taps, {"l": layers[0], "o": m, "x": x})]
        return any(reads(layers[1:], o, m) for m in near)

    for _ in range(60):
        layers, output, cell = layers_drawn(rng), rng.randint(0, 3), rng.randint(-4, 9)
        read = cell in walking.read_by(layers, output)
        assert reads(layers, output, cell) == read
        seen[read] += 1
    assert min(seen.values()) >= 10


def test_the_definitions_of_matrices_are_what_is_multiplied():
    rng = random.Random(2)
    F, S, P, D, w, W, v, o, n, y, x = names("F S P D w W v o n y x")
    own = (F, S, P, D, w)
    for _ in range(60):
        numbers = drawn(THEOREMS["matrix_transpose"], rng)
        weights, inputs, down = ([rng.randint(-9, 9) for _ in range(20)] for _ in range(3))
        rows = multiplying.matrix(numbers)
        functions = {"w": weights.__getitem__, "v": inputs.__getitem__, "y": down.__getitem__}
        values = numbers | functions | {"n": len(rows)}
        taps = multiplying.convolved(numbers, len(rows))
        for output, products in enumerate(taps):
            expected = sum(weights[tap] * inputs[cell] for tap, cell in products)
            for side in (convolved(*own, W, v, o), times(*own, W, v, o)):
                assert compute("matrix_transpose", side, values | {"o": output}) == expected
        line = multiplying.scattered(numbers, len(rows), numbers["W"])
        for cell, products in enumerate(line):
            expected = sum(weights[tap] * down[output] for tap, output in products)
            for side in (scattered(*own, n, y, x), transposed_times(*own, n, y, x)):
                assert compute("matrix_transpose", side, values | {"x": cell}) == expected


def test_the_definitions_of_placements_are_what_is_counted():
    rng = random.Random(3)
    for _ in range(60):
        numbers = drawn(THEOREMS["placements"], rng)
        legal, cell = placements.LEGAL.means, placements.SCATTERED.means
        length = numbers["W"] + 2 * numbers["P"]
        found = [
            place
            for place in range(-2, 30)
            if compute("placements", legal, numbers | {"L": length, "j": place})
        ]
        assert found == placements.placed(numbers)
        cells = {y for y in range(-2, 80) if compute("placements", cell, numbers | {"y": y})}
        assert cells == placements.written_cells(numbers)


def test_the_definitions_of_u_nets_are_what_is_walked():
    same = {"before": lambda level, size: size, "behind": lambda level, size: size}
    before, behind, n, L, W = names("before behind n L W")
    taken = 0
    for factor in (1, 2, 3):
        for count in range(4):
            for wide in range(-1, 40):
                values = same | {"n": factor, "L": count, "W": wide}
                takes = compute("same_size_decoder", accepts(before, behind, n, L, W), values)
                assert takes == (wide >= 1 and wide % factor**count == 0)
                if takes:
                    taken += 1
                    out = decoded(before, behind, n, L, W)
                    assert compute("same_size_decoder", out, values) == wide
    assert taken > 100


def test_contributions_are_what_is_counted():
    known = THEOREMS["uniform_overlap"].known
    rng = random.Random(4)
    for _ in range(40):
        numbers = drawn(THEOREMS["uniform_overlap"], rng) | {"W": 6, "y": rng.randint(-2, 30)}
        written = Counter(
            cell * numbers["S"] + tap * numbers["D"]
            for cell in range(6)
            for tap in range(numbers["F"])
        )
        found = Computer(known)(overlap.contributions(*names("W F S D y")), numbers)
        assert found == written[numbers["y"]]


def test_what_is_not_bounded_is_not_computed():
    x, y, f = names("x y f")
    known = THEOREMS["placements"].known
    compute_now = Computer(known)
    assert compute_now(every("x : Z", given(both(y <= x, x < 9), x >= 5)), {"y": 5})
    assert not compute_now(some("x : Z", both(y <= x, x < 9, x.eq(9))), {"y": 5})
    assert compute_now(function("x", x + y), {"y": 5})(2) == 7
    assert compute_now(f(1, 2), {"f": lambda one, other: one - other}) == -1
    for wrong in (every("x : Z", x >= y), some("x : Z", x >= y), Name("unknown"), Name("g")(y)):
        with pytest.raises(UncomputableError):
            compute_now(wrong, {"y": 5})
    with pytest.raises(ZeroDivisionError):
        compute_now(y // 0, {"y": 1})
