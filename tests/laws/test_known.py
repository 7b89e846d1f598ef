"""Known settings: each one is a layer that passes some size, and the data is in one order."""

import json
from importlib.resources import files
from itertools import product

import pytest

from symconv.meanings.integers import INTEGERS
from symconv.operators import OPERATORS
from symconv.operators.known import Table, known, letters, rarity, tables
from symconv.operators.ordinary import astray, unread
from symconv.terms import interpret

CHANNELS = {"C": 1, "groups": 1, "in_channels": 1, "out_channels": 1}
SIZES = (1, 2, 3, 7, 64, 224, 4096)
KERNELS = [name for name, operator in OPERATORS.items() if operator.kernel]
DATA = json.loads(files("symconv.operators").joinpath("known.json").read_text(encoding="utf-8"))


def law(name):
    """An operator as a layer has it: with one padding, where it has one."""
    operator = OPERATORS[name]
    return operator if "lo" not in letters(operator) else operator.symmetric


def passes(operator, setting):
    """Whether an operator takes some size with these numbers."""
    given = CHANNELS | setting
    return any(
        all(interpret(term, INTEGERS, given | {"W": size}) for term in operator.requires.values())
        for size in SIZES
    )


def faults(name, table):
    """What is wrong with a table, a sentence each."""
    operator = law(name)
    if {*table["letters"]} != letters(operator):
        yield f"{name} has the letters {sorted(letters(operator))}"
        return
    rows, counts = [row[:-1] for row in table["rows"]], [row[-1] for row in table["rows"]]
    if sorted(counts, reverse=True) != counts or min(counts) < 1:
        yield f"{name}: the most frequent come first"
    if len({*map(tuple, rows)}) < len(rows):
        yield f"{name}: a setting stands there twice"
    for row in rows:
        setting = dict(zip(table["letters"], row, strict=True))
        if not passes(operator, setting):
            yield f"{name}: no size passes {setting}"


@pytest.mark.parametrize("name", DATA)
def test_every_known_setting_is_a_layer_that_takes_a_size(name):
    assert list(faults(name, DATA[name])) == []


POOL = {"letters": ["D", "F", "P", "S", "ceil_mode"]}
PLANTED = {
    "more padding than half of a pool's kernel": ("max_pool", POOL, [[1, 2, 2, 2, 0, 5]]),
    "a stride of nothing": ("max_pool", POOL, [[1, 2, 0, 0, 0, 5]]),
    "twice": ("max_pool", POOL, [[1, 2, 0, 2, 0, 5], [1, 2, 0, 2, 0, 5]]),
    "the rare first": ("max_pool", POOL, [[1, 2, 0, 2, 0, 5], [1, 3, 0, 2, 0, 6]]),
    "never": ("max_pool", POOL, [[1, 2, 0, 2, 0, 0]]),
    "a letter that is missing": ("max_pool", {"letters": ["F", "S"]}, [[2, 2, 5]]),
    "too much output padding": (
        "conv_transpose",
        {"letters": ["A", "D", "F", "P", "S"]},
        [[2, 1, 4, 1, 2, 5]],
    ),
}


@pytest.mark.parametrize("fault", PLANTED)
def test_a_planted_wrong_row_is_refused(fault):
    name, table, rows = PLANTED[fault]
    assert list(faults(name, table | {"rows": rows}))


@pytest.mark.parametrize("name", KERNELS)
def test_all_settings_have_a_finite_rank_and_the_frequent_come_first(name):
    operator, table = law(name), known(law(name))
    settings = list(table.agreeing({}))
    ranks = [rarity(operator, setting) for setting in settings]
    assert ranks == sorted(ranks)
    assert all(0 <= rank < len(settings) for rank in ranks)
    own = sorted(letters(operator))
    for numbers in product((0, 1, 97), repeat=len(own)):
        setting = dict(zip(own, numbers, strict=True))
        assert rarity(operator, setting) <= len(settings)
        assert (rarity(operator, setting) == len(settings)) == (setting not in settings)


def test_what_is_written_chooses_among_what_is_known():
    operator = law("conv")
    strided = list(known(operator).agreeing({"S": 2, "D": 1}))
    assert strided
    assert strided == [
        one for one in known(operator).agreeing({}) if (one["S"], one["D"]) == (2, 1)
    ]
    assert list(known(operator).agreeing({"F": 3, "P": 10**6})) == []


@pytest.mark.parametrize("name", sorted({*KERNELS} - {*DATA}))
def test_an_operator_without_a_table_has_what_its_family_has(name):
    operator, family = law(name), OPERATORS[name].family
    own = letters(operator)
    relatives = [
        relative
        for relative in DATA
        if OPERATORS[relative].family == family and own <= {*DATA[relative]["letters"]}
    ]
    total = sum(row[-1] for relative in relatives for row in DATA[relative]["rows"])
    table = known(operator)
    assert sum(table.counts.values()) == total
    assert not table.counts or {*table.letters} == own


def test_other_letters_than_those_of_the_data_have_nothing_known():
    assert known(OPERATORS["conv"]) == Table()  # `lo` and `hi`, where the data has `P`


def test_the_tables_are_those_of_the_file():
    assert {name: len(table.counts) for name, table in tables().items()} == {
        name: len(table["rows"]) for name, table in DATA.items()
    }


def windows_laid(kernel, step, padding, size):
    """The cells of an input that each window reads, laid one by one."""
    starts = range(-padding, size + padding - kernel + 1, step)
    return [{*range(start, start + kernel)} & {*range(size)} for start in starts]


@pytest.mark.parametrize("kernel", [1, 2, 3, 5])
def test_what_is_astray_and_unread_is_so_for_windows_laid_one_by_one(kernel):
    windows = law("conv").kernel
    for step, padding, size in product((1, 2, 3, 7), (0, 1, 2, 4, 6), range(1, 15)):
        laid = windows_laid(kernel, step, padding, size)
        if not laid:
            continue
        given = {"F": kernel, "S": step, "P": padding, "D": 1, "W": size, "O": len(laid)}
        cells = set().union(*laid)
        gaps = cells != {*range(max(cells, default=-1) + 1)}
        odd = interpret(astray(windows), INTEGERS, given)
        assert odd or (laid[0] and not gaps), given
        if all(laid):
            assert interpret(unread(windows), INTEGERS, given) == size - 1 - max(cells), given
        if not laid[0]:
            assert odd, given
