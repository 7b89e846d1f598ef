"""Examples that run: computed by symconv, run on torch, and refused here if the two differ."""

from __future__ import annotations

import ast
import doctest
import warnings
from typing import Any, NamedTuple

from symconv import size as sizes_through
from symconv.chains import Sizes
from symconv.errors import RequestError
from symconv.layers import Layer
from symconv.reading.chains import chain
from symconv.witness import Witness

Size = tuple[int, ...]
BATCH = 2
"""`docs/limits.md`: with a batch of one, some norms refuse what they take otherwise."""


class DifferenceError(AssertionError):
    """A page would say something that is not so."""


class Example(NamedTuple):
    """A layer and an input size.

    Attributes:
        layer: the layer, as symconv reads it.
        size: the input's size: for all axes alike, or one for each.
        says: what the example is there to show.
        channels: the input's channels, where the layer does not tell them.
    """

    layer: str
    size: int | Size
    says: str = ""
    channels: int | None = None


class Outcome(NamedTuple):
    """What symconv and torch say to an example; they agree.

    Attributes:
        layer: the layer that was read; none where its parameters are refused.
        input: the input's size on each axis.
        output: the output's size on each axis; none where the input is refused.
        refused: why symconv refuses it, or nothing.
        torch: what torch gives: its sizes, or its error.
    """

    layer: Layer | None
    input: Size
    output: Size | None
    refused: str
    torch: Size | str


def run(example: Example) -> Outcome:
    """Compute an example and run it.

    Raises:
        DifferenceError: torch gives another size, or refuses where symconv does not, or the
            other way round.
    """
    try:
        layer = chain(example.layer).layers[0]
    except RequestError as error:
        return _refused_parameters(example, error)
    computed = sizes_through(layer, example.size, channels=example.channels)
    if not isinstance(computed, Sizes):
        raise TypeError(f"{example}: a size in integers")
    arriving = computed.rows[0]
    torch = Witness(batch=BATCH).sizes(layer, arriving, example.channels)
    if computed.refused:
        output, refused = None, computed.refused.sentence
    else:
        output, refused = computed.rows[-1], ""
    if (isinstance(torch, str) and not refused) or (not isinstance(torch, str) and torch != output):
        raise DifferenceError(
            f"{example.layer} on {arriving}: symconv says {refused or output}, torch says {torch}"
        )
    return Outcome(layer, arriving, output, refused, torch)


def _refused_parameters(example: Example, error: RequestError) -> Outcome:
    """Return the outcome for a layer that no input makes right: torch must refuse it, too."""
    import torch

    given = example.size if isinstance(example.size, tuple) else (example.size,)
    try:
        module = torchs_own(example.layer)
        module(torch.zeros(BATCH, example.channels or 1, *given))
    except (ValueError, RuntimeError) as said:
        return Outcome(None, given, None, error.needed, said_by_torch(said))
    raise DifferenceError(f"{example.layer}: symconv refuses ({error}), torch runs it")


def torchs_own(layer: str) -> Any:
    """Return torch's module for a layer as an example has it: one call, of literals.

    Raises:
        DifferenceError: the text is something else.
    """
    import torch

    try:
        call = ast.parse(layer, mode="eval").body
        if not (isinstance(call, ast.Call) and isinstance(call.func, ast.Name)):
            raise ValueError("no call of a name")
        given = [ast.literal_eval(one) for one in call.args]
        named = {str(one.arg): ast.literal_eval(one.value) for one in call.keywords}
        kind = getattr(torch.nn, call.func.id)
    except (AttributeError, SyntaxError, ValueError) as error:
        raise DifferenceError(f"{layer}: one call of a layer of torch, of literals") from error
    return kind(*given, **named)


def said_by_torch(error: Exception) -> str:
    """Write an error of torch as the witness does: its class and its first line."""
    return f"{type(error).__name__}: {str(error).splitlines()[0]}"


def check_session(name: str, session: str) -> None:
    """Run lines of a Python session that is shown on a page.

    Args:
        name: where they are shown.
        session: the lines, as doctest has them; `torch`, `nn` and `symconv` are there.

    Raises:
        DifferenceError: they print something else.
    """
    import torch

    import symconv

    given = {"torch": torch, "nn": torch.nn, "symconv": symconv}
    test = doctest.DocTestParser().get_doctest(session, given, name, None, None)
    said: list[str] = []
    flags = doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE
    torch.manual_seed(0)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # torch's advice on speed
        doctest.DocTestRunner(optionflags=flags, verbose=False).run(test, out=said.append)
    if said:
        raise DifferenceError("".join(said))
