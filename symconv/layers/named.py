"""How a layer is called: its arguments by name, its signature and its page of help."""

from __future__ import annotations

from collections.abc import Mapping
from inspect import Signature
from typing import Any

from symconv.errors import RequestError, nearest_name
from symconv.layers.parameters import Parameter

WEIGHTED = ("bias", "affine", "elementwise_affine", "num_parameters")
"""The parameters of which a layer with weights has one."""
ABOUT_WEIGHTS = ("device", "dtype")
"""What torch asks about weights, where there are some: no size depends on it."""


class Named(type):
    """The type of layers: arguments are checked by name, signature and help made when asked for."""

    parameters: Mapping[str, Parameter]

    def __call__(cls, *args: Any, **kwargs: Any) -> Any:
        """Check the names of a layer's arguments before Python does, to answer in three beats."""
        names = cls.parameters
        if not names.keys().isdisjoint(WEIGHTED):
            kwargs = {name: value for name, value in kwargs.items() if name not in ABOUT_WEIGHTS}
        for name in kwargs:
            if name not in names:
                raise RequestError(
                    f"a parameter of {cls.__name__}",
                    f"`{name[:60]}`",
                    nearest_name(name, names),
                    about=f"{name}=",
                )
        placed = [name for name, one in names.items() if not one.by_name]
        if len(args) > len(placed):
            raise RequestError(
                f"{cls.__name__}: at most {len(placed)} parameters without their names",
                f"{len(args)}",
                f"They are {', '.join(placed)}.",
                about=len(placed),
            )
        for name, _ in zip(placed, args, strict=False):
            if name in kwargs:
                raise RequestError(
                    f"{cls.__name__}: {name} once",
                    f"{name} both by place and by name",
                    "Drop one of them.",
                    about=f"{name}=",
                )
        layer = super().__call__(*args, **kwargs)
        given = dict(zip(placed, args, strict=False)) | kwargs
        vars(layer)["_written"] = frozenset(name for name in given if given[name] is not None)
        return layer

    @property
    def __signature__(cls) -> Signature:
        """Torch's names, order and defaults; what may be left out is `NOT_WRITTEN`."""
        from symconv.layers.documentation import signature

        return signature(cls.parameters)

    @property
    def __doc__(cls) -> str:  # type: ignore[override]
        """What the layer does, its shapes, its parameters, an example and torch's source."""
        kinds = (kind for kind in cls.__mro__ if isinstance(kind, Named))
        own = next(filter(None, (vars(kind).get("__doc__") for kind in kinds)), cls.__name__)
        if not vars(cls).get("finished"):
            return own  # there is no such layer; `dataclass` asks as well, when it makes one
        from symconv.layers.documentation import documentation

        return documentation(cls, own)
