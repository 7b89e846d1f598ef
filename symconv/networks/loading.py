"""Where a model comes from: a file or a package that names it, a class, a function, a module."""

from __future__ import annotations

import importlib
import importlib.util
import inspect
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, redirect_stdout
from pathlib import Path
from typing import Any

from symconv.errors import RequestError, nearest_name, shown
from symconv.proving.clock import stopped
from symconv.reading.printouts import MODEL
from symconv.witness import torch_module

EXAMPLE = "Write model.py:UNet or package.module:UNet; UNet is a class, a function or a module."


def is_model(given: Any) -> bool:
    """Whether a text names a model, and not layers.

    >>> is_model("nets/unet.py:UNet"), is_model("Conv2d(3, 8, 3) -> ReLU()")
    (True, False)

    A file without a name is one as well, so that its reader can say which names it has.
    """
    return isinstance(given, str) and MODEL.fullmatch(given.strip()) is not None


@contextmanager
def quietly() -> Iterator[None]:
    """Let what a model prints go to standard error: the answer has standard output to itself."""
    with redirect_stdout(sys.stderr):
        yield


@contextmanager
def beside(given: Any) -> Iterator[None]:
    """Let a model import what lies beside its file, or beside whoever names a package.

    So does Python for a file that it runs, and for `python -m`; a model may import late.
    """
    parts = MODEL.fullmatch(given.strip()) if isinstance(given, str) else None
    if parts is None:
        yield
        return
    place = parts["place"]
    folder = str(Path(place).resolve().parent) if place.endswith(".py") else ""
    sys.path.insert(0, folder)
    try:
        yield
    finally:
        if folder in sys.path:
            sys.path.remove(folder)


def model_of(given: Any) -> Any:
    """Return a torch module.

    Args:
        given: a text such as `model.py:UNet` or `package.module:UNet`, or what it names: a module,
            a class of modules or a function that returns one, without arguments.

    Raises:
        RequestError: there is no such model, or it cannot be made.
    """
    torch = torch_module()
    maker = _named(given) if isinstance(given, str) else given
    module = maker
    if not isinstance(module, torch.nn.Module) and callable(maker):
        module = _made(maker)
    if not isinstance(module, torch.nn.Module):
        raise RequestError(
            "a torch module, or a class or a function that makes one without arguments",
            f"{shown(module)} ({type(module).__name__})",
            EXAMPLE,
        )
    return module


def _named(given: str) -> Any:
    """Return what a text names."""
    parts = MODEL.fullmatch(given.strip())
    if parts is None:
        raise RequestError("a model", shown(given), EXAMPLE)
    place, name = parts["place"], (parts["name"] or "").strip()
    if place.endswith(".py"):
        path = Path(place)
        if not path.is_file():
            raise RequestError("a file with a model", f"{place}, which is none", EXAMPLE)
        home = _run(place, lambda: _from_file(path.resolve()))
    else:
        home = _run(place, lambda: importlib.import_module(place))
    value: Any = home
    for part in name.split("."):
        if not hasattr(value, part):
            raise RequestError(
                f"a name of {place}",
                f"{name}, which it has not" if name else f"{given.strip()}, without a name",
                _names_of(home, place, part),
            )
        value = getattr(value, part)
    return value


def _names_of(home: Any, place: str, wanted: str) -> str:
    """Say which names that may be a model's a file or a package has."""
    module = torch_module().nn.Module
    models = [
        name
        for name, value in vars(home).items()
        if isinstance(value, module)
        or (inspect.isclass(value) and issubclass(value, module))
        or (inspect.isfunction(value) and value.__module__ == home.__name__)
    ]
    return nearest_name(wanted, models) if models else f"{place} has no module and no function."


def _from_file(path: Path) -> Any:
    """Run a file as a module."""
    name = f"symconv_model_{path.stem}"
    spec = importlib.util.spec_from_file_location(name, path)
    if spec is None or spec.loader is None:
        raise ImportError(f"{path} is no Python file")
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    spec.loader.exec_module(module)
    return module


def _run(place: str, load: Callable[[], Any]) -> Any:
    """Load what somebody wrote."""
    try:
        with quietly():
            return load()
    except BaseException as error:
        if stopped(error):
            raise
        raise RequestError(
            f"{place}, which can be imported",
            told(error),
            f"Try: python -c 'import {place}'."
            if not place.endswith(".py")
            else f"Try: python {place}.",
        ) from None


def _made(maker: Any) -> Any:
    """Call a class or a function without arguments."""
    try:
        taken = inspect.signature(maker).parameters.values()
    except (TypeError, ValueError):
        taken = ()  # type: ignore[assignment]
    variadic = (inspect.Parameter.VAR_POSITIONAL, inspect.Parameter.VAR_KEYWORD)
    needed = [
        parameter.name
        for parameter in taken
        if parameter.default is parameter.empty and parameter.kind not in variadic
    ]
    name = getattr(maker, "__name__", shown(maker))
    if needed:
        raise RequestError(
            f"{name}, made without arguments",
            f"one that needs {', '.join(needed)}",
            f"Write a function that makes it: def model(): return {name}(...)",
        )
    try:
        with quietly():
            return maker()
    except BaseException as error:
        if stopped(error):
            raise
        raise RequestError(
            f"{name}, made without arguments", told(error), f"Try {name}() in Python."
        ) from None


def told(error: BaseException) -> str:
    """Say an error in one line."""
    try:
        lines = str(error).strip().splitlines()
    except Exception:  # an error of a model may fail at saying itself
        lines = []
    said = f": {lines[0][:200]}" if lines else ""
    return f"{type(error).__name__}{said}"
