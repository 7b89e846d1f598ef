"""The address of the page restores what was shown, and nonsense in it is told."""

import random
import string

import pytest

from in_node import computed, needs_node
from symconv.explorer.forms import drawn
from symconv.explorer.layers_of_page import layers

pytestmark = needs_node

PAGE = layers(drawn())

RESTORED = """(() => {
  const state = {...each, cell: [3, 1], left_out: []};
  const {state: read, wrong} = stateFrom(linkOf(state), {sizes: [1], language: "en", layers: []});
  return [read.axes, read.sizes, read.layers, read.at, read.language, read.cell, wrong];
})()"""


def test_a_link_restores_the_state():
    rng, cases = random.Random(17), []
    for name, own in PAGE.items():
        for axes in map(int, own["forms"]):
            for form in own["forms"][axes]:
                numbers = {
                    parameter["name"]: [rng.randint(0, 9) for _ in range(rng.randint(1, 2))]
                    for parameter in own["parameters"]
                    if parameter["numbers"]
                }
                setting = {"name": name, "chosen": form["chosen"], "numbers": numbers}
                setting["numbers"] = {
                    name: own_numbers
                    if form["chosen"].get(name, "number") == "number"
                    else usual(PAGE[setting["name"]], name)
                    for name, own_numbers in numbers.items()
                }
                sizes = [rng.randint(1, 99) for _ in range(axes)]
                cases.append(
                    {
                        "axes": axes,
                        "sizes": sizes,
                        "layers": [setting] * 2,
                        "at": 1,
                        "language": "zh",
                    }
                )
    for case, restored in zip(cases, computed(RESTORED, cases), strict=True):
        shown = [case["axes"], case["sizes"], case["layers"], 1, "zh", [3, 1]]
        assert restored == [*shown, []], case


def usual(layer, name):
    return [next(each["usual"] for each in layer["parameters"] if each["name"] == name)]


BROKEN = """(() => {
  const {state, wrong} = stateFrom(each, {axes: 1, sizes: [6], language: "en", layers: [settingOf("Conv1d", 1)], at: 0, cell: [0, 0], apart: false, left_out: []});
  walked(state.layers, state.sizes);
  torchCode(state.layers, state.axes);
  return [wrong.length > 0, state.layers.length > 0, linkOf(state).startsWith("#axes=")];
})()"""


def test_no_link_breaks_the_page():
    rng = random.Random(23)
    right = "#axes=1&size=9&layers=Conv1d:kernel_size=3,stride=2;MaxPool1d:kernel_size=2&at=1"
    links = [
        "",
        "#",
        "#nonsense",
        "#axes=3",
        "#layers=toString:a=b",
        "#layers=Conv1d:__proto__=3",
        "#size=1e999&layers=Conv1d",
        "#axes=2&layers=Conv1d:kernel_size=3",
        "#%",
        "#at=-5",
    ]
    for _ in range(400):
        place = rng.randrange(len(right))
        links.append(
            right[:place] + rng.choice(string.printable) + right[place + rng.randint(0, 3) :]
        )
    outcomes = computed(BROKEN, links)
    assert all(shown and linked for _, shown, linked in outcomes)
    assert any(wrong for wrong, _, _ in outcomes)


@pytest.mark.parametrize(
    "link",
    [
        "#layers=Conv9d",
        "#layers=Conv1d:kernel=3",
        "#layers=Conv1d:stride=x",
        "#nonsense",
        "#size=5",
        "#axes=1&size=4294967296&layers=Conv1d",
    ],
)
def test_what_cannot_be_read_of_a_link_is_said(link):
    assert computed(BROKEN, [link])[0][0]
