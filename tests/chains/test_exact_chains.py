"""Exact sets of whole chains: 2,000 random ones, forwards, backwards and size by size.

Run with `-s` for the counts.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from random import Random

import pytest

pytest.importorskip("numpy")

import symconv
from audited import differences
from random_chains import RandomChain, random_chain, random_layer
from symconv.chains.axes import input_axes
from symconv.chains.inverse import inputs
from symconv.layers import LAYERS
from symconv.operators.letters import W
from symconv.periodic import SizeSet
from symconv.terms import Term, substitute, variable

CHUNKS, EACH = 40, 50
LONG = 10**5
"""Seconds that nobody waits: what is undecided is so for its period, not for lack of time."""
UNDECIDED_AT_MOST = 0.1


def drawn(chunk: int) -> list[RandomChain]:
    """Return the chains of a chunk, the same each time."""
    random = Random(f"exact chains {chunk}")
    return [random_chain(random) for _ in range(EACH)]


@pytest.mark.exhaustive
@pytest.mark.parametrize("chunk", range(CHUNKS))
def test_what_is_said_of_a_chain_is_so_size_by_size(chunk: int) -> None:
    random, counts, wrong = Random(chunk), Counter[str](), []
    for chain in drawn(chunk):
        audit = symconv.audit(chain.whole, chain.shape, timeout=LONG)
        counts[audit.verdict] += 1
        if audit.verdict == "unknown":
            undecided = ("not a law", "a period of", "axes that do not depend")
            assert any(words in audit.reason for words in undecided), (chain.text, audit.reason)
            continue
        counts["takes no size"] += not all(answer.valid for answer in audit.axes)
        wrong += [(chain.text, said) for said in differences(chain, audit, random)]
    print(dict(counts))
    assert wrong[:5] == []
    assert counts["unknown"] <= UNDECIDED_AT_MOST * EACH
    assert counts["takes no size"] <= 0.3 * EACH


def test_every_layer_can_occur() -> None:
    random = Random("every layer")
    layers = (random_layer(random, axes, 4) for axes in (1, 2, 3) for _ in range(6000))
    names = {type(layer).__name__ for layer in layers}
    names |= {
        type(layer).__name__ for chunk in range(2) for c in drawn(chunk) for layer in c.ending
    }
    assert names >= {*LAYERS, "Flatten", "Linear"}


@pytest.mark.parametrize(
    ("claim", "wrong"),
    [
        ("valid", SizeSet.between(6, None)),
        ("valid", SizeSet.of(also=[])),
        ("same_size", SizeSet.of(also=[7])),
        ("outputs", SizeSet.of(period=2)),
    ],
)
def test_a_planted_wrong_set_is_found(claim: str, wrong: SizeSet) -> None:
    layers = (symconv.Conv1d(kernel_size=5, stride=2), symconv.ReLU())
    chain = RandomChain(layers, 1, 1)
    audit = symconv.audit(layers)
    assert list(differences(chain, audit, Random(1))) == []
    planted = replace(audit, axes=(replace(audit.axes[0], **{claim: wrong}),))
    assert list(differences(chain, planted, Random(1)))


def test_a_planted_wrong_formula_is_found() -> None:
    layers = (symconv.Conv1d(kernel_size=5, stride=2),)
    audit = symconv.audit(layers)
    formulas = tuple(one + 1 for one in audit.axes[0].formulas)
    planted = replace(audit, axes=(replace(audit.axes[0], formulas=formulas),))
    assert any("comes out" in s for s in differences(RandomChain(layers, 1, 1), planted, Random(1)))


def test_solve_tells_the_inputs_that_the_walk_backwards_finds() -> None:
    random, asked, backwards = Random("solve"), 0, 0
    while asked < 40:
        chain = random_chain(random, 4)
        if chain.ending or chain.axes != (input_axes(chain.layers) or 1):
            continue
        output = random.randint(1, 12)
        found = symconv.solve(chain.layers, output=output)
        if found.verdict == "unknown" or not found.alike:  # axes differ, or depend on each other
            continue
        asked += 1
        if any(answers(chain, size) for size in range(1, 80)):  # so its channels are in order
            seen = [size for size in range(1, 80) if answers(chain, size) == output]
            assert [size for size in range(1, 80) if size in found] == seen
        if axes_differ(chain):  # it looks at one axis, or at axes with one law
            with pytest.raises(symconv.RequestError, match="which axis"):
                inputs(chain.layers, output)
        else:
            assert found.sizes == inputs(chain.layers, output).sizes
            backwards += 1
    assert 10 < backwards < asked


def axes_differ(chain: RandomChain) -> bool:
    """Whether some layer has other numbers on one axis than on another."""
    axes = chain.axes
    names = {variable(f"W{axis + 1}"): W for axis in range(axes)}
    for layer in chain.layers:
        rows = layer.rows(axes)
        numbers = [
            {name: substitute(value, names) if isinstance(value, Term) else value
             for name, value in row.values.items()}
            for row in rows
        ]  # fmt: skip
        kinds = [(row.operator.name, row.measured and row.measured.says) for row in rows]
        if any(one != numbers[0] for one in numbers) or len({*kinds}) > 1:
            return True
        axes = len(rows)
    return False


def answers(chain: RandomChain, size: int) -> int | None:
    """Return the size that comes out, if it is one on all axes."""
    sizes = symconv.size(chain.layers, (size,) * chain.axes, channels=chain.channels)
    row = sizes.rows[-1]
    return None if sizes.refused or len({*row}) > 1 else row[0]
