"""Chains without unknowns: every answer is the set that brute force finds, size by size.

Run with `-s` for the counts.
"""

from __future__ import annotations

import json
import pickle
from collections import Counter
from collections.abc import Callable
from itertools import islice, product
from random import Random
from typing import Any, NamedTuple

import pytest

pytest.importorskip("numpy")

import numpy as np

import symconv
from random_chains import RandomChain, random_chain
from symconv.chains.axes import input_axes
from symconv.cli import main
from symconv.errors import RequestError
from symconv.periodic import SizeSet

CHUNKS, EACH = 25, 20
WINDOW = 400
"""Up to which size every input is compared."""
FEATURES = 40
"""The same of chains that end with features, which go one at a time."""
CORNER = 9
"""Up to which size every shape of several axes is compared."""
LONG = 10**5


class Drawn(NamedTuple):
    """A question, and what it says of an input's size and the output's on each axis."""

    asked: dict[str, Any]
    holds: Callable[[int, int], bool]


def drawn(random: Random, ending: bool) -> Drawn:
    """Return a question, with what it means written down once more, as Python has it."""
    n, low = random.randint(1, 40), random.randint(0, 20)
    span, other = random.randint(0, 30), random.randint(0, 60)
    factor, step = random.randint(1, 4), random.randint(1, 9)
    questions = [
        Drawn({"output": n}, lambda w, o: o == n),
        Drawn({"output": low}, lambda w, o: o == low),
        Drawn({"output": f"{low}..{low + span}"}, lambda w, o: low <= o <= low + span),
        Drawn({"output": range(low, low + span + 1)}, lambda w, o: low <= o <= low + span),
        Drawn({"output": {n, other}}, lambda w, o: o in (n, other)),
        Drawn({"output": f">= {n}"}, lambda w, o: o >= n),
        Drawn({"output": f"O % {step} == {n % step}"}, lambda w, o: o % step == n % step),
        Drawn({"output": f"O > {low} and odd(O)"}, lambda w, o: o > low and o % 2 == 1),
        Drawn({"output": f"W//{step} + {span}"}, lambda w, o: o == w // step + span),
        Drawn({"output": f"O <= W//{step} and O != W"}, lambda w, o: o <= w // step and o != w),
    ]
    if not ending:
        questions += [
            Drawn({"same": True}, lambda w, o: o == w),
            Drawn({"up": factor}, lambda w, o: o == factor * w),
            Drawn({"down": factor}, lambda w, o: w % factor == 0 and o == w // factor),
        ]
    question = random.choice(questions)
    if random.random() < 0.3:
        asked = question.asked | {"sizes": f"W % {step} == {n % step} or W < {low}"}
        return Drawn(
            asked, lambda w, o: question.holds(w, o) and (w % step == n % step or w < low)
        )
    return question


def outcome(chain: RandomChain, shape: tuple[int, ...]) -> tuple[int, ...] | None:
    """Return the sizes, or the features, that come out; nothing where a layer refuses."""
    sizes = symconv.size(chain.whole, shape)
    if sizes.refused:
        return None
    return sizes.features[-1:] if chain.ending else sizes.rows[-1]


def squares(chain: RandomChain) -> dict[tuple[int, ...], tuple[int, ...] | None]:
    """Return what comes out of every input that is as large on all axes, up to a size."""
    if chain.ending:
        each = ((size,) * chain.axes for size in range(1, FEATURES))
        return {shape: outcome(chain, shape) for shape in each}
    many = symconv.size(chain.layers, (np.arange(1, WINDOW + 1),) * chain.axes)
    rows = np.stack(many.rows[-1]).T.tolist()
    return {
        (size,) * chain.axes: tuple(row) if valid else None
        for size, row, valid in zip(range(1, WINDOW + 1), rows, many.valid, strict=True)
    }


def corner(chain: RandomChain, random: Random) -> dict[Any, Any]:
    """Return the same of shapes whose axes differ."""
    if chain.axes == 1:
        return {}
    every = list(product(range(1, CORNER + 1), repeat=chain.axes))
    far = [tuple(random.choices(range(1, 60), k=chain.axes)) for _ in range(20)]
    return {shape: outcome(chain, shape) for shape in random.sample(every, 60) + far}


def expected(question: Drawn, shape: tuple[int, ...], out: tuple[int, ...] | None) -> bool:
    if out is None:
        return False
    places = shape if len(shape) == len(out) else shape * len(out)
    met = all(question.holds(w, o) for w, o in zip(places, out, strict=False))
    if len(shape) != len(out) and "sizes" in question.asked:  # the condition is on every axis
        met = met and all(question.holds(w, out[0]) for w in shape)
    return met


@pytest.mark.parametrize("chunk", range(CHUNKS))
def test_the_inputs_are_those_that_brute_force_finds(chunk: int) -> None:
    random, counts, wrong = Random(f"settled {chunk}"), Counter[str](), list[Any]()
    while counts["asked"] < EACH:
        chain = random_chain(random, 5)
        if chain.axes != (input_axes(chain.layers) or 1):
            continue
        counts["asked"] += 1
        question = drawn(random, bool(chain.ending))
        answer = symconv.solve(chain.whole, **question.asked, timeout=LONG)
        counts[answer.verdict] += 1
        if answer.verdict == "unknown":
            assert answer.shapes is None
            assert answer.reason
            continue
        rows = squares(chain) | ({} if answer.square else corner(chain, random))
        wrong += [
            (chain.text, question.asked, shape, out, answer)
            for shape, out in rows.items()
            if (shape in answer) != expected(question, shape, out)
        ]
        assert bool(answer) == bool(answer.shapes) == (answer.verdict == "solved")
        assert pickle.loads(pickle.dumps(answer)) == answer
        assert json.dumps(answer.to_dict())
    print(dict(counts))
    assert wrong[:3] == []
    assert counts["unknown"] <= 0.2 * EACH
