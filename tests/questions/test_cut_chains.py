"""One open layer among others that tie axes together: every shape, and answers in its terms."""

from itertools import product

import pytest

import symconv
from symconv import solve

K = range(1, 8)


def gives(line, given, *numbers):
    """What comes out of a chain with numbers for its places; nothing where it is refused."""
    sizes = symconv.size(line.format(*numbers), given)
    return None if sizes.refused else sizes.rows[-1] if not sizes.features else sizes.features[-1:]


CUT = [
    ("Conv2d(kernel_size=({0}, {1})) -> Unfold(1)", 6, 6),
    ("Conv2d(kernel_size=({0}, {1})) -> Unfold(1)", 6, 5),
    ("Conv2d(kernel_size=({0}, {1}), padding=(0, 1)) -> Unfold(2)", (5, 4), 8),
    ("Conv2d(kernel_size=({0}, {1})) -> Unfold(1)", 6, 37),
    ("Conv2d(kernel_size={0}, stride=(1, 2)) -> Unfold(1)", 6, 15),
    ("Conv2d(kernel_size={0}, stride=(1, 2)) -> Unfold(1)", (6, 7), 8),
    ("Conv2d(2, 2, kernel_size={0}) -> Flatten()", 6, 2 * 16),
    ("Conv2d(2, 2, kernel_size={0}) -> Flatten()", 6, 2 * 15),
    ("Conv2d(2, 2, kernel_size=({0}, {1})) -> Flatten()", 6, 2 * 15),
    ("Conv2d(kernel_size=(1, 2)) -> Conv2d(kernel_size={0}) -> Unfold(1)", (6, 7), 25),
]


@pytest.mark.parametrize(("line", "given", "output"), CUT, ids=str)
def test_the_settings_are_those_that_brute_force_finds(line, given, output):
    """Only square shapes were looked at, also where a tuple lets axes differ."""
    unknowns = 1 + max(number for number in (0, 1) if f"{{{number}}}" in line)
    right = {
        numbers
        for numbers in product(K, repeat=unknowns)
        if gives(line, given, *numbers) == (output,)
    }
    answer = solve(line.format("?", "?"), input=given, output=output, limit=None)
    kernels = [row["kernel_size"] for row in answer.to_dict()["solutions"]]
    own = [tuple(k) if isinstance(k, list) else (k,) * 2 for k in kernels]
    square = isinstance(given, int) or len({*given}) == 1
    if unknowns == 1 and not square:  # then the one unknown is a number for each axis
        assert {k for k, *others in own if others == [k]} == {k for (k,) in right}
        return
    assert {k[:unknowns] for k in own} == right
    assert answer.verdict == ("solved" if right else "infeasible")


@pytest.mark.parametrize(
    ("line", "given", "output", "said"),
    [
        ("Conv2d(kernel_size=9) -> Conv2d(kernel_size=?) -> Unfold(1)", 3, 4, "layer 1, Conv2d"),
        ("Conv2d(1, 8, 1..7) -> MaxPool2d(2) -> Flatten()", 28, 1353, "no sizes that arrive at"),
        ("Conv2d(kernel_size=?) -> Unfold(1)", 6, 5, "none of them agree on kernel_size"),
        ("Conv2d(kernel_size=?) -> Unfold(1)", (6, 7), 50, "you asked for 6x7 becomes 50"),
    ],
)
def test_what_cannot_be_is_a_conflict_about_the_whole_chain(line, given, output, said):
    answer = solve(line, input=given, output=output)
    assert answer.verdict == "infeasible"
    told = [sentence.says for sentence in answer.conflict.sentences]
    assert any(said in says for says in told)
    numbers = {f"{given}".replace("(", "").replace(")", "").replace(", ", "x"), f"{output}"}
    asked = [says for says in told if "becomes" in says]
    assert all(numbers <= {*says.split()} for says in asked)
    assert all(says in answer.markdown().replace("`", "") for says in told)


def test_the_proposition_is_about_the_whole_chain():
    answer = solve("Conv2d(kernel_size=(?, ?)) -> Unfold(1)", input=6, output=6)
    written = answer.markdown()
    assert "`Conv2d(kernel_size=(?, ?)) -> Unfold(kernel_size=1)`: 6 becomes 6." in written
    assert all(str(row["kernel_size"]) in written for row in answer.to_dict()["solutions"])
