"""symconv: a symbolic constraint solver for the sizes of convolutional layers.

    size        the size after each layer, or which layer refuses and the nearest sizes that pass
    derive      a size law or an identity, derived step by step, each step checked
    receptive_field
                which input cells an output cell reads: how many, how far apart, from where on
    law         a size law as a SymPy expression; `symconv.symbols` has its symbols
    takes       which sizes a layer or a chain takes, as a SymPy relation
    forall      when a relation holds for all sizes: an equivalence, proved
    family      its solutions in closed form
    solve       every setting of a layer that meets a request, or why there is none
    audit       which sizes layers or a model take, keep and make: exact sets, with a proof
    mirror      a decoder that gives back every size that an encoder takes, or why there is none
    draw        a picture of a layer's windows, of its transpose, or of its matrix
    explore     a page to play with layers, in a browser or a notebook
    theorems    the theorems of the book, by chapter
    prove       a theorem, or a statement of your own: proved, refuted or unknown
    Theorem     hypotheses and a claim about integers
    Repeat      layers several times in a row, perhaps in a number that is to be found

Layers go by torch's names: `symconv.Conv2d(kernel_size=3, stride=2, padding=1)`. Everything loads
on first use.
"""

from __future__ import annotations

from importlib import import_module
from threading import RLock
from typing import TYPE_CHECKING, Any

__version__ = "0.1.0"

if TYPE_CHECKING:
    from symconv import symbols
    from symconv.book.asking import prove, theorems
    from symconv.book.derived import derive
    from symconv.book.deriving.laws import law, takes
    from symconv.book.statements.statement import Theorem
    from symconv.chains import size
    from symconv.chains.receptive import receptive_field
    from symconv.errors import RefusedSizeError, RequestError, SymconvError
    from symconv.explorer.page import explore
    from symconv.mirroring.answers import mirror
    from symconv.networks.auditing import audit
    from symconv.pictures.drawing import draw
    from symconv.reading.repeats import Repeat
    from symconv.rules.family import family
    from symconv.rules.rule import forall
    from symconv.solving.solver import solve

_HOME = {
    "size": "symconv.chains",
    "receptive_field": "symconv.chains.receptive",
    "derive": "symconv.book.derived",
    "law": "symconv.book.deriving.laws",
    "takes": "symconv.book.deriving.laws",
    "forall": "symconv.rules.rule",
    "family": "symconv.rules.family",
    "solve": "symconv.solving.solver",
    "audit": "symconv.networks.auditing",
    "mirror": "symconv.mirroring.answers",
    "draw": "symconv.pictures.drawing",
    "explore": "symconv.explorer.page",
    "theorems": "symconv.book.asking",
    "prove": "symconv.book.asking",
    "Theorem": "symconv.book.statements.statement",
    "Repeat": "symconv.reading.repeats",
    "SymconvError": "symconv.errors",
    "RequestError": "symconv.errors",
    "RefusedSizeError": "symconv.errors",
}

__all__ = [
    "RefusedSizeError",
    "Repeat",
    "RequestError",
    "SymconvError",
    "Theorem",
    "audit",
    "derive",
    "draw",
    "explore",
    "family",
    "forall",
    "law",
    "mirror",
    "prove",
    "receptive_field",
    "size",
    "solve",
    "symbols",
    "takes",
    "theorems",
]


_loading = RLock()
"""Held while a public name is loaded: threads that import parts of a package in different orders
may be given modules of which only the beginning was run."""


def __getattr__(name: str) -> Any:
    """Load a public name when it is first asked for.

    Of any other name it is said at once that there is none: `from symconv import markup` asks, too,
    and whoever imports holds a lock of Python's own.
    """
    if name == "symbols" or name in _HOME or name[:1].isupper():
        with _loading:
            return _loaded(name)
    raise _missing(name)


def _loaded(name: str) -> Any:
    if name == "symbols":
        return import_module("symconv.symbols")
    if name in _HOME:
        return getattr(import_module(_HOME[name]), name)
    if name[:1].isupper():
        layers = import_module("symconv.layers")
        layers.Layer.glance = staticmethod(_glance)
        for table in (layers.LAYERS, layers.ENDINGS):
            if name in table:
                return table[name]
    raise _missing(name)


def _missing(name: str) -> AttributeError:
    return AttributeError(f"module 'symconv' has no attribute {name!r}")


def _glance(layer: Any) -> str | None:
    """Return what a notebook shows of a layer: layers do not know who draws them."""
    picture: str | None = import_module("symconv.pictures.glance").glance(layer)
    return picture


def __dir__() -> list[str]:
    """List the public names, layers among them."""
    layers = import_module("symconv.layers")
    return sorted([*__all__, *layers.LAYERS, *layers.ENDINGS])
