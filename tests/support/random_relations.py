"""Relations drawn at random, and what a box of letters says of them: every size tried."""

import random

import numpy as np

from symconv.meanings.arrays import MANY
from symconv.meanings.integers import compiled
from symconv.operators.letters import extent
from symconv.reading.constraints import constraint
from symconv.terms import both, variables

BOX = {
    "F": range(1, 5), "S": range(1, 5), "P": range(3), "D": range(1, 3), "A": range(3),
    "n": range(1, 4), "b": range(-3, 4), "a": range(-3, 4), "T": range(1, 5),
}  # fmt: skip
"""The numbers that letters have."""
SIZES = np.arange(1, 121)

LAWS = ("conv", "conv_transpose", "max_pool", "avg_pool", "lp_pool", "conv_same", "max_unpool")


def _settings(rng, law):
    """Letters of a law with numbers, so that few are left."""
    free = {"conv": "FSPD", "conv_transpose": "FSPDA", "max_pool": "FSPD", "avg_pool": "FSP",
            "lp_pool": "FS", "conv_same": "FSD", "max_unpool": "FSP"}[law]  # fmt: skip
    written = {}
    for letter in free:
        if letter == "D" and rng.random() < 0.6:
            written["D"] = 1
        elif letter == "A" and rng.random() < 0.5:
            written["A"] = rng.choice([0, 0, 1])
        elif rng.random() < 0.25:
            written[letter] = rng.choice([0, 1, 2] if letter in "PA" else [1, 2, 3])
    if law == "conv_same":
        written.pop("S", None)
    if law.endswith("_pool") and rng.random() < 0.5:
        written["ceil_mode"] = 1
    return "".join(f", {letter}={number}" for letter, number in written.items())


def _call(rng, size):
    law = rng.choice(LAWS[: rng.choice([2, 3, 4, 7])])
    return f"{law}({size}{_settings(rng, law)})"


def _size(rng):
    return rng.choice(["W", "W", "W", "n*W", "2*W", "W + b", "3*W - 1", "S*W + a"])


def _other(rng):
    return rng.choice([
        "W", "W", "n*W", "W//n", "ceil(W/n)", "W + b", "n*W + b", "2*W", "W//2", "ceil(W/2)",
        "floor((W + a)/S)", "(W + a)//n + b", "1", "b", "W//2 + W//2", "2*(W//2)", "S*(W//S)", "min(W, n)",
        "max(W - 1, b)", "W % S", "W % n + b",
    ])  # fmt: skip


def relation(rng):
    """A relation in `W` and a few letters, as a text."""
    left = _call(rng, _size(rng)) if rng.random() < 0.85 else _other(rng)
    if rng.random() < 0.15:
        left = _call(rng, left)
    right = _other(rng) if rng.random() < 0.85 else _call(rng, "W")
    sign = rng.choice(["==", "==", "==", "<=", ">=", "<", ">", "!="])
    text = f"{left} {sign} {right}"
    if rng.random() < 0.1:
        text += f" or {_other(rng)} {rng.choice(['<=', '>='])} {_other(rng)}"
    return text


def given(rng):
    """What is given besides, mostly nothing."""
    return rng.choice([()] * 10 + ["W >= E - 2*P", "W % 2 == 0", "W % n == 0", "W >= n", "S == 2", "W <= 9",
                                   "W % S == 1 and S >= 2", "odd(W)", "W >= F"])  # fmt: skip


def points(term, extra=()):
    """Columns of all points of the box, for the letters of a term; at most 20,000, drawn."""
    names = [name for name in variables(term, *extra) if name != "W"]
    grids = np.meshgrid(*(np.array(BOX[name]) for name in names), indexing="ij")
    columns = {name: grid.ravel() for name, grid in zip(names, grids, strict=True)}
    count = len(next(iter(columns.values()))) if columns else 1
    return columns, count


def for_all(statement, columns, count):
    """For each point whether a statement holds for all sizes that are tried."""
    here = {name: column[:, None] for name, column in columns.items()}
    held = MANY.evaluate(statement, here | {"W": SIZES[None, :]})
    return np.broadcast_to(np.asarray(held), (count, len(SIZES))).all(axis=1)


def at(term, columns, count):
    """For each point whether a condition holds; what is not looked at may divide by zero."""
    names = tuple(columns)
    holds = compiled(term, names)
    rows = zip(*(columns[name].tolist() for name in names), strict=True) if names else [()]
    return np.array([bool(holds(*row)) for row in rows])


def drawn(seed):
    """A relation and what is given, for a seed."""
    rng = random.Random(seed)
    return relation(rng), given(rng)


__all__ = ["at", "both", "constraint", "drawn", "extent", "for_all", "points"]
