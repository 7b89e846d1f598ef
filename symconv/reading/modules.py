"""Torch's modules read into layers, without running them: plain sequences of known layers.

torch is not imported here: a module is one only where somebody else has imported it.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from symconv.errors import RequestError
from symconv.foreign import is_a
from symconv.layers import ENDINGS, LAYERS, Layer

_AFFINE = ("affine", "elementwise_affine")
"""Where one of these is false, a norm has no bias, whatever was written."""


def is_module(value: object) -> bool:
    """Whether a value is one of torch's modules."""
    return is_a(value, "torch.nn", "Module")


def layers_of(module: Any, name: str = "") -> Iterator[Layer]:
    """Yield the layers of a module that is one of torch's own, or a sequence of such.

    Args:
        module: a torch module.
        name: where it stands in the whole model, as torch names it.

    Raises:
        RequestError: something in it is no plain sequence of known layers.
    """
    kind = type(module)
    if _plain(module) and kind.__name__ == "Sequential":
        children = module._modules.items()  # children() leaves out what stands there twice
        for place, child in children:
            yield from layers_of(child, f"{name}.{place}" if name else place)
        return
    known = LAYERS if kind.__name__ in LAYERS else ENDINGS
    if not _plain(module) or kind.__name__ not in known:
        raise _beyond(module, name)
    layer = known[kind.__name__]
    yield layer(**{one: _value(module, one) for one in layer.parameters if hasattr(module, one)})


def _plain(module: Any) -> bool:
    """Whether a module is torch's own, and does what its class does."""
    return type(module).__module__.startswith("torch.nn.modules.") and not _changed(module)


def _changed(module: Any) -> str:
    """Say what makes a module do other things than its class: hooks, or a forward of its own."""
    if module._forward_hooks or module._forward_pre_hooks:
        return " with hooks"
    return " with a forward of its own" if "forward" in vars(module) else ""


def _value(module: Any, name: str) -> Any:
    """Return a parameter as it was given to the module's constructor."""
    value = getattr(module, name)
    if name == "bias":
        without = any(getattr(module, flag, True) is False for flag in _AFFINE)
        return value is not None or without
    if isinstance(value, tuple) and len(set(value)) == 1 and name != "normalized_shape":
        return value[0]
    return value


def _beyond(module: Any, name: str) -> RequestError:
    where = f" ({name})" if name else ""
    kind = type(module).__name__
    known = kind in LAYERS or kind in ENDINGS or kind == "Sequential"
    changed = _changed(module) if known else ""
    return RequestError(
        "a plain nn.Sequential of layers that symconv knows",
        f"`{kind}`{changed}{where}",
        "`symconv.audit` takes any module. Here, write the layers on one path through it, "
        "joined by `->`.",
    )
