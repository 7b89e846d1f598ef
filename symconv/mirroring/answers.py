"""`mirror`: a decoder that gives every size of a set back, proved, or why there is none."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from symconv.chains import Sizes, size
from symconv.errors import RequestError, shown
from symconv.layers import Layer
from symconv.meanings.notation import text
from symconv.mirroring.channels import counts
from symconv.mirroring.deciding import decide
from symconv.mirroring.inverses import check
from symconv.mirroring.request import Request
from symconv.mirroring.result import Mirror
from symconv.mirroring.stated import probe, stated
from symconv.proving.clock import TIME_LIMIT, Clock, clock_of, kept
from symconv.questions.inputs import AXES
from symconv.reading.chains import Chain, chain
from symconv.reading.conditions import read as read_condition
from symconv.renamed import renamed


@renamed(sizes=lambda given: "for_" if isinstance(given, str) else "input")
def mirror(
    layers: str | Layer | Iterable[Layer],
    *,
    for_: Any = None,
    input: Any = None,
    channels: int | None = None,
    verify: bool = False,
    timeout: Any = TIME_LIMIT,
) -> Mirror:
    """Return a decoder that gives back every size of a set, or why there is none.

    Args:
        layers: the encoder, as text or as layers.
        for_: for which sizes, in cells: a condition in `W` such as `"W % 8 == 0"`, which stands for
            the sizes `W >= 1` that meet it and that the encoder takes.
        input: for which single size, or one for each axis. With neither, the decoder is for all
            sizes, and is told at call which one it is.
        channels: the input's channels, where no layer tells them.
        verify: also run encoder and decoder as torch layers, on several sizes.
        timeout: seconds for the proofs; running out of them is `unknown`.

    Returns:
        A `Mirror`. Its verdict is `"infeasible"` where the encoder makes two sizes of the set one,
        so that no decoder can do it; where it takes none of them; and where it keeps them apart,
        but the layers' own mirrors do not bring all of them back.

    Raises:
        RequestError: the layers or the set are none, the set is empty, both a condition and a size
            are given, or no layer undoes one of the layers.

    >>> mirror("Conv1d(1, 8, kernel_size=3, stride=2, padding=1)", for_="W % 2 == 0")
    ConvTranspose1d(8, 1, kernel_size=3, stride=2, padding=1, output_padding=1)
    returns every size with W % 2 == 0: proved by z3
    2 -> 1 -> 2
    >>> print(mirror("MaxPool1d(2)", for_="W >= 4").reason)
    W = 4 and W = 5 both become 2 at layer 1, MaxPool1d(kernel_size=2). Possible: every size \
with W % 2 == 0; every size, by a decoder that is told it at call.
    """
    clock = clock_of(timeout)
    if isinstance(input, str):
        write = 'Write for_="W % 8 == 0" for a condition.'
        raise RequestError("input as a size, or as one for each axis", shown(input), write)
    if for_ is not None and input is not None:
        write = "An input is one size: drop the other."
        raise RequestError("either input= or for_=", "both", write)

    def answered() -> Mirror:
        sizes = input if for_ is None else _condition(for_)
        return _answered(chain(layers), sizes, channels, clock)

    def on_torch(answer: Mirror) -> Mirror:
        return answer.on_torch(clock) if verify else answer

    answer, why = kept(clock, answered, on_torch)
    return Mirror("unknown", why=why) if answer is None else answer


def _condition(given: Any) -> str:
    """Return a condition on sizes as text."""
    return given if isinstance(given, str) else text(read_condition(given, ("W", *AXES)))


def _answered(read: Chain, sizes: Any, channels: int | None, clock: Clock) -> Mirror:
    """Answer, without asking torch."""
    checked = size(read.layers, probe(sizes), channels=channels)
    if not isinstance(checked, Sizes):
        raise RequestError("one size, or a condition on W", "an array", 'Write "W % 8 == 0".')
    given = checked.rows[0]
    check(read.layers, len(given))
    request = Request(
        read.layers,
        counts(read.layers, len(given), channels),
        stated(sizes, given),
        clock,
    )
    answer = decide(request)
    return answer.changed(noted=tuple(dict.fromkeys((*read.notes, *answer.notes))))
