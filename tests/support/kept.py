"""Everything that people keep, pickle and copy: answers of every kind, and what they are made of."""

import symconv as sc
from symconv.operators import OPERATORS
from symconv.terms import sizes

UP = "ConvTranspose2d(kernel_size=?, stride=?, padding=?)"
HALVING = "Conv2d(kernel_size=3, stride=2) -> MaxPool2d(2)"


def _rule():
    from sympy import Eq

    from symconv.symbols import A, D, W, n

    return sc.forall(W, Eq(sc.law("conv_transpose").subs({D: 1, A: 0}), n * W))


def _family():
    from symconv.symbols import k, n

    return sc.family(_rule(), {n: 2 * k})


def _many():
    import numpy as np

    return sc.size(HALVING, np.arange(9))


def _settings():
    from symconv.symbols import F

    return list(_family().where(F <= 6))


KEPT = {
    "a term": lambda: (sizes("W F")[0] // 2 + 1).eq(3),
    "a layer": lambda: sc.Conv2d(3, 8, 3, padding="same"),
    "a layer with unknowns": lambda: sc.MaxPool2d("?", padding=range(3), dilation={1, 2}),
    "layers in a row": lambda: sc.Repeat(range(2, 4), [sc.Conv2d(3, 3, 3)]),
    "an operator": lambda: OPERATORS["conv"],
    "an operator padded alike": lambda: OPERATORS["max_pool"].symmetric,
    "the rows of a layer": lambda: sc.Conv2d(3, 8, 3).rows(2),
    "a law": lambda: sc.law("conv"),
    "a set": lambda: sc.audit("MaxPool2d(2) -> PixelUnshuffle(2)").valid,
    "a theorem": lambda: sc.Theorem(given="W >= 1", claim="W*W >= W"),
    "the theorems of the book": sc.theorems,
    "a wrong request": lambda: sc.RequestError("a size", "none", "Write 7."),
    "sizes": lambda: sc.size("Conv2d(3, 8, 3) -> Flatten() -> Linear(5408, 10)", 28),
    "refused sizes": lambda: sc.size(HALVING, 4),
    "sizes of many": _many,
    "inputs": lambda: sc.solve(HALVING, output=7),
    "a receptive field": lambda: sc.receptive_field(HALVING),
    "a derivation": lambda: sc.derive("conv"),
    "a derivation with numbers": lambda: sc.derive("conv", W=6, F=3, S=2, P=1),
    "a derivation that scatters": lambda: sc.derive("conv_transpose"),
    "a derived identity": lambda: sc.derive("upsampling"),
    "a derived chain": lambda: sc.derive(HALVING),
    "a rule": _rule,
    "a family": _family,
    "settings": _settings,
    "an audit": lambda: sc.audit("Conv2d(3, 8, 3) -> MaxPool2d(2)", "3,H,W", z3=True),
    "a picture": lambda: sc.draw("Conv1d(1, 1, 3)", 4),
    "a proof of the book": lambda: sc.prove("upsampling"),
    "a structural proof": lambda: sc.prove("placements"),
    "a proof": lambda: sc.prove(given="W >= 1", claim="W*W >= W"),
    "a refutation": lambda: sc.prove(given="W >= 1", claim="2*(W//2) == W"),
    "a solution": lambda: sc.solve(UP, up=2, where=["kernel_size <= 8"]),
    "a solution by axis": lambda: sc.solve("Conv2d(kernel_size=?)", input=(9, 8), output=(7, 5)),
    "a conflict": lambda: sc.solve("ConvTranspose2d(kernel_size=3, stride=?)", up=2),
    "designs": lambda: sc.solve("2 x Conv2d(kernel_size=2..4)", input=9, output=5, limit=3),
    "a mirror": lambda: sc.mirror("Conv2d(3, 8, 3, stride=2)", for_="W % 2 == 0"),
    "no mirror": lambda: sc.mirror("MaxPool1d(2)", for_="W >= 4"),
}
"""How each is made."""
