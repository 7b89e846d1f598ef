"""Why a request may be refused: each reason is looked for in the request itself, or by trying."""

from truth_sizes import outcome

SIZES = tuple(range(1, 60))
ALIKE = ("Conv", "MaxPool", "AvgPool", "LPPool")
"""Layers whose windows are alike, where nothing is written by axis."""


def confirmed(request, error):
    """Whether what somebody is told was really so."""
    reasons = [holds for needed, holds in REASONS.items() if needed in str(error)]
    return len(reasons) == 1 and reasons[0](request)


def _windows_differ(request):
    """Some layer does not see as many cells everywhere, and how many is asked."""
    strange = [
        part
        for part in request.parts
        if not part.name.startswith(ALIKE)
        or "Transpose" in part.name
        or "ceil_mode" in part.written
        or any(value.startswith("(") for value in part.written.values())
    ]
    return _asks(request, "receptive_field") and bool(strange or request.apart > 1)


def _asks(request, word):
    return any(word in where for where in request.where)


def _never_fits(request):
    """Some layer takes no size, whatever the numbers are."""
    return any(
        not any(_takes_some(str(settled), request.axes) for settled in part.settled(request.apart))
        for part in request.parts
        if "output_padding" in part.written
    )


def _takes_some(text, axes):
    made = outcome((text,), (SIZES,) * axes)
    return made is not None and any(cells >= 0 for cells in made[0])


def _axes_tied(request):
    """A layer of the branch is content if some axis has a cell."""
    return request.axes > 1 and "ReflectionPad" in request.branch


def _paints_only(word):
    """Return what says that a word is asked of a layer that paints, and reads no windows."""
    return lambda request: (
        _asks(request, word)
        and all("Transpose" in part.name or "Unpool" in part.name for part in request.parts)
    )


def _axes_joined(request):
    """The layers make one axis of two, and an output is asked for on each."""
    outputs = request.options.get("output")
    return request.parts[0].name == "Unfold" and isinstance(outputs, tuple)


def _goals_differ(request):
    """Another formula is asked for on one axis than on another, or of other inputs."""
    factors = [v for v in request.options.values() if isinstance(v, tuple) and len({*v}) > 1]
    chain = len(request.parts) > 1 or any(part.times for part in request.parts)
    return chain and request.axes > 1 and bool(factors or "W1" in request.options.get("for_", ""))


REASONS = {
    "windows alike on all axes": _windows_differ,
    "output padding is less than the stride or the dilation": _never_fits,
    "a branch whose axes go through it by themselves": _axes_tied,
    "got `receptive_field`": _paints_only("receptive_field"),
    "got `every_cell_read`": _paints_only("every_cell_read"),
    "one output for the one axis that comes out": _axes_joined,
    "one formula for all axes of a chain": _goals_differ,
}
"""What is needed, in the words of the error, and what says whether it really is."""
