"""The reference: the public names, their answers and the layers, from their docstrings."""

from __future__ import annotations

import inspect
from collections.abc import Iterable
from importlib import import_module

import symconv
from _generate.markdown import page
from symconv.layers import ENDINGS, FAMILIES

ANSWERS = (
    "symconv.chains.Sizes",
    "symconv.chains.many.SizesOfMany",
    "symconv.chains.refusing.Refusal",
    "symconv.chains.fields.ReceptiveField",
    "symconv.chains.fields.Field",
    "symconv.chains.inputs.Inputs",
    "symconv.book.derivation.Derivation",
    "symconv.book.steps.Step",
    "symconv.rules.rule.Rule",
    "symconv.families.Family",
    "symconv.families.Families",
    "symconv.families.Setting",
    "symconv.solving.result.LayerSolution",
    "symconv.solving.input_sizes.InputSizes",
    "symconv.solving.outputs.Wanted",
    "symconv.periodic.shapes.Shapes",
    "symconv.designing.result.Designs",
    "symconv.designing.result.Design",
    "symconv.networks.result.Audit",
    "symconv.networks.answers.AxisAnswer",
    "symconv.networks.answers.Refused",
    "symconv.periodic.SizeSet",
    "symconv.proving.certificate.Certificate",
    "symconv.proving.certificate.Claim",
    "symconv.mirroring.result.Mirror",
    "symconv.pictures.picture.Picture",
)
"""The classes of what the functions return."""

TITLES = {
    "convolution": "Convolutions",
    "folding": "Unfold and fold",
    "keeping": "Layers that keep the size",
    "normalizing": "Norms",
    "padding": "Padding",
    "pooling": "Pools",
    "resizing_pools": "Adaptive and fractional pools, unpooling",
    "resizing": "Resizing and shuffles",
}
"""What the families of layers are called."""


def pages() -> dict[str, str]:
    """Return the pages of the reference."""
    return {
        "api/index.md": _names(),
        "api/answers.md": page("Answers", "api-answers", *map(_class, ANSWERS)),
        "api/layers.md": _layers(),
    }


def _names() -> str:
    """Return the page of the public names: functions first, then the rest."""
    functions, classes, modules = list[str](), list[str](), list[str]()
    for name in symconv.__all__:
        value = getattr(symconv, name)
        if inspect.ismodule(value):
            modules.append(name)
        else:
            (classes if inspect.isclass(value) else functions).append(name)
    return page(
        "Reference",
        "api",
        "The public names of `symconv`. Everything loads on first use.\n",
        "## Functions\n",
        *(_auto("autofunction", f"symconv.{name}") for name in functions),
        "## Classes\n",
        *(_auto("autoclass", f"symconv.{name}") for name in classes),
        "## Modules\n",
        *(_auto("automodule", f"symconv.{name}") for name in modules),
        "```{toctree}\n:maxdepth: 1\n\nanswers\nlayers\n```\n",
    )


def _class(name: str) -> str:
    """Return a class with what it offers; the entries of a tuple stand among its variables."""
    module, _, own = name.rpartition(".")
    entries = getattr(getattr(import_module(module), own), "_fields", ())
    excluded = [f":exclude-members: {', '.join(entries)}"] if entries else []
    return _auto("autoclass", name, (":members:", *excluded))


def _layers() -> str:
    """Return the page of the layers, by family."""
    parts = ["Frozen dataclasses with torch's names and parameters, in torch's order.\n"]
    for family, names in FAMILIES.items():
        parts.append(f"## {TITLES[family]}\n")
        parts += [_auto("autoclass", f"symconv.{name}") for name in names.split()]
    parts.append("## The end of a chain\n")
    parts += [_auto("autoclass", f"symconv.{name}") for name in ENDINGS]
    return page("Layers", "api-layers", *parts)


def _auto(directive: str, name: str, options: Iterable[str] = ()) -> str:
    """Return a directive of autodoc, which is written in reStructuredText."""
    lines = [f".. {directive}:: {name}", *(f"   {option}" for option in options)]
    return "\n".join(["```{eval-rst}", *lines, "```\n"])
