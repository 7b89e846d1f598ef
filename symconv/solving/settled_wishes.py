"""What should come out of a chain without unknowns, and of which inputs, as people write it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

from symconv.chains.through import GREATEST_CELLS
from symconv.errors import RequestError, shown
from symconv.meanings.notation import text
from symconv.periodic import SizeSet
from symconv.periodic.columns import MOST_RESIDUES
from symconv.periodic.comparing import NONE
from symconv.periodic.shapes import from_zero
from symconv.places import Excerpt, Place, cut, place_in
from symconv.reading.constraints import constraint, formula, one_line
from symconv.solving.outputs import EXAMPLES, Wanted, computed, one_of, outputs_for, sized
from symconv.terms import TRUTH, Term, variables


def wanted(output: Any) -> Wanted:
    """Read what should come out on one axis.

    Args:
        output: a size; sizes as a range, a set or a text such as `"1..4"`; a condition on the
            output `O`, such as `">= 1"` or `"O % 8 == 0"`; or a formula in `W`.

    Raises:
        RequestError: it is none of these.

    >>> [wanted(one).says for one in (7, range(1, 5), {7, 14}, ">= 2", "1..4", "W//2 + 1")]
    ['7', '1 to 4', '7 and 14', '>= 2', '1 to 4', 'W//2 + 1']
    """
    if type(output) is int:
        return sized(output)
    if isinstance(output, range) and output.step == 1 and len(output):
        return one_of(SizeSet.between(_cells(output[0]), _cells(output[-1])))
    if isinstance(output, (range, set, frozenset)):
        return one_of(_points(output))
    if isinstance(output, SizeSet):
        return one_of(output)
    if isinstance(output, str):
        return _written(output)
    return _stated(output if isinstance(output, Term) else _symbolic(output))


def _symbolic(output: Any) -> Term:
    """Return what a SymPy expression or relation says."""
    if isinstance(output, (bool, float, bytes, dict)) or output is None:
        raise RequestError("an output size, sizes, or a formula", f"{shown(output)}", EXAMPLES)
    from symconv.meanings.symbols import term_of

    return term_of(output)


def _stated(output: Term, says: str = "") -> Wanted:
    """Return the wish that a term states: a formula in `W`, or a condition on `O` and `W`."""
    names, allowed = {*variables(output)}, {"O", "W"} if output.sort == TRUTH else {"W"}
    if names - allowed:
        raise RequestError(
            f"an output in {' and '.join(sorted(allowed))}",
            f"{text(output)}, with {', '.join(sorted(names - allowed))}",
            EXAMPLES,
        )
    if output.sort != TRUTH:
        return computed(output)
    says = says or text(output)
    if "W" in names:
        return Wanted(output, says, f"condition: {says}")
    return one_of(outputs_for(output, {}), says, output)


def _written(text: str) -> Wanted:
    """Read a text: sizes, a condition, or a formula."""
    written = one_line(text)
    listed = re.fullmatch(r"\s*\{(.*)\}\s*", text)
    entries = [*cut(Excerpt(text, *listed.span(1)) if listed else text, ",")]
    runs = [re.fullmatch(r"(\d{1,400})\s*(?:\.\.\s*(\d{1,400}))?", entry) for entry in entries]
    if all(runs) and (listed or ".." in written):
        ends = [
            (_cells(int(run[1]), entry.place), _cells(int(run[2] or run[1]), entry.place))
            for run, entry in zip(runs, entries, strict=True)
            if run
        ]
        sizes = NONE
        for low, high in ends:
            sizes |= from_zero(SizeSet.between(low, high))
        return one_of(sizes, "" if sizes else written)
    if re.match(r"[<>=!]", written):
        return _stated(_of_output(text), written)
    if re.search(r"[<>=!]|\b(and|or|not|odd|even)\b", written):
        return _stated(constraint(text, ("O", "W")), written)
    if written.startswith("{") and not listed:
        end = place_in(text, len(text), len(text))
        raise RequestError("`}` behind sizes", shown(written), EXAMPLES, place=end)
    if listed or ".." in written:
        wrong = entries[runs.index(None)]
        raise RequestError("output sizes", shown(written), EXAMPLES, place=wrong.place)
    return computed(formula(text, ("W",)))


def _of_output(text: str) -> Term:
    """Read a condition that begins with a sign: what it compares is the output."""
    subject = "O "
    try:
        return constraint(f"{subject}{text}", ("O",))
    except RequestError as error:
        if error.place:
            start, end = (max(0, place - len(subject)) for place in error.place[1:])
            error.place = place_in(text, start, end)
        raise


def _points(sizes: Any) -> SizeSet:
    if len(sizes) > MOST_RESIDUES:
        raise RequestError(
            f"at most {MOST_RESIDUES:,} output sizes", f"{len(sizes):,}", 'Write ">= 1" or "1..4".'
        )
    return SizeSet.points(map(_cells, sizes), 0)


def _cells(size: Any, place: Place | None = None) -> int:
    if type(size) is not int or not 0 <= size <= GREATEST_CELLS:
        raise RequestError("output sizes from 0 to 2**61 - 1", shown(size), EXAMPLES, place=place)
    return size


def every_axis(value: Any, read: Callable[[Any], Wanted]) -> tuple[Wanted, ...]:
    """Read one wish for all axes, or one for each, as a tuple or a list."""
    return tuple(map(read, _entries(value)))


def _entries(value: Any) -> Iterator[Any]:
    several = isinstance(value, (tuple, list))
    if several and not value:
        raise RequestError("an output, or one for each axis", shown(value), EXAMPLES)
    yield from value if several else (value,)


def given_for(condition: Any, axes: int) -> Term:
    """Read for which inputs something is asked: in `W` for each axis, or in `W1` and `W2`.

    Raises:
        RequestError: it is no condition, or has other names.
    """
    names = ("W", *(f"W{axis}" for axis in range(1, axes + 1)))
    if isinstance(condition, str):
        return constraint(condition, names)
    term = condition if isinstance(condition, Term) else _symbolic(condition)
    if term.sort != TRUTH or {*variables(term)} - {*names}:
        raise RequestError(
            f"a condition in {' or '.join(names)}", text(term), 'Write for instance "W % 8 == 0".'
        )
    return term
