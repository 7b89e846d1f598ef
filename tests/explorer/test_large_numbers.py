"""The largest numbers that the page takes: what doubles cannot count is not said."""

import random

import pytest

import symconv
from in_node import computed, needs_node
from symconv.errors import RequestError
from symconv.explorer.forms import drawn
from symconv.explorer.layers_of_page import layers
from symconv.explorer.start import LARGEST, beginning

pytestmark = needs_node

PAGE = layers(drawn())
LAYERS = (
    "Conv1d(kernel_size={a}, stride={s}, padding={p})",
    "ConvTranspose1d(kernel_size={a}, stride={s}, padding={p})",
    "MaxPool1d(kernel_size={a}, stride={s}, ceil_mode=True)",
    "Upsample(scale_factor={f})",
    "AdaptiveAvgPool1d({a})",
)
SHOWN = """(() => {
  const steps = walked(each.layers, each.sizes);
  const {refused, sizes} = steps.at(-1);
  const [field] = fieldsOf(steps.filter((step) => step.sizes)).at(-1) ?? [null];
  return [refused ? (refused.tooLarge ? "too large" : "refused") : sizes[0], field ?? null];
})()"""


def near_the_end(rng, largest):
    return rng.choice([1, 2, 3, largest - 1, largest, rng.randint(1, largest)])


def random_chain(rng):
    most = LARGEST["number"]
    numbers = {letter: near_the_end(rng, most) for letter in "as"}
    factor = rng.choice([0.5, 2.0, 3.0, float(most), 1 / most])
    texts = [
        rng.choice(LAYERS).format(p=rng.randint(0, numbers["a"] // 2), f=factor, **numbers)
        for _ in range(rng.randint(1, 10))
    ]
    return " -> ".join(texts), near_the_end(rng, LARGEST["size"])


def test_no_size_and_no_field_of_large_numbers_is_wrong():
    rng, cases, chains = random.Random(31), [], []
    while len(cases) < 600:
        text, size = random_chain(rng)
        start = beginning(text, size, "en", PAGE)
        cases.append({"layers": start["layers"], "sizes": start["sizes"]})
        chains.append((text, size))
    words = set()
    for (text, size), (shown, field) in zip(chains, computed(SHOWN, cases), strict=True):
        answer = symconv.size(text, size)
        if shown in ("too large", "refused"):
            words.add(shown)
            assert shown == "too large" or answer.refused is not None, (text, size)
            continue
        words.add("sized")
        assert answer.output == shown, (text, size)
        if field and "field" in field:
            words.add("field")
            try:
                own = symconv.receptive_field(text)
            except RequestError:
                continue
            assert (own.field, own.start) == (field["field"], field["start"]), text
    assert words == {"too large", "refused", "sized", "field"}


@pytest.mark.parametrize("text", ["10 x ConvTranspose1d(kernel_size=1, stride=1048576)"])
def test_sizes_beyond_what_doubles_count_are_told_as_such(text):
    start = beginning(text, 3, "en", PAGE)
    assert computed(SHOWN, [{"layers": start["layers"], "sizes": start["sizes"]}])[0][0] == (
        "too large"
    )
