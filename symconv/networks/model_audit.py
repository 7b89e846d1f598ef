"""`audit` of a torch model: read, witnessed, certified."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from itertools import islice
from threading import RLock
from typing import Any, TypeVar

from symconv.errors import RequestError, UndecidedError
from symconv.families import witnessed
from symconv.networks.exploring import MOST_PATHS, MOST_POINTS
from symconv.networks.loading import beside, model_of
from symconv.networks.model_answer import ModelAudit
from symconv.networks.model_input import Axes
from symconv.networks.model_outputs import outputs_of
from symconv.networks.model_paths import ModelPath, ModelReader
from symconv.networks.model_proof import by_z3, proved
from symconv.networks.recording import Recorder
from symconv.networks.running import edges
from symconv.networks.truths import Truth, both
from symconv.networks.values import ExactValues, at
from symconv.networks.witnessing import written
from symconv.operators.letters import W
from symconv.periodic import NOTHING, SizeSet
from symconv.proving.clock import Clock, kept, paused
from symconv.terms import Term
from symconv.witness import Witness, torch_module

Made = TypeVar("Made")
_reading = RLock()
"""Held while a model is read: torch's modes are a thread's own, but what a model prints is not."""
MODEL_SECONDS = 60.0
"""How many seconds there are to read a model where nobody says how many."""
FOLLOWING = 0.8
"""How much of the time paths are followed; in the rest it is said what they come to."""


def audit_model(
    given: Any,
    axes: Axes,
    clock: Clock,
    *,
    z3: bool = False,
    verify: bool = False,
    any_torch: bool = False,
) -> ModelAudit:
    """Return the exact set of the sizes that a torch model takes.

    Args:
        given: the model, or a text that names it; see `loading.model_of`.
        axes: the sizes of its input, one of them a letter, which may stand there several times.
        clock: how long to go on.
        z3: also ask Z3 for a second opinion.
        verify: also run the model at the edges of the set.
        any_torch: whether to read with a version of torch whose internals nobody looked at.

    Raises:
        RequestError: there is no such model, or it takes no input of this kind at all.
    """
    with paused():
        torch = torch_module()
        from symconv.networks.torch_reader import TESTED

    version = torch.__version__.split("+")[0]
    rules = f"torch {'.'.join(version.split('.')[:2])} CPU"
    with _reading, beside(given):
        module = _within(clock, lambda: model_of(given))
        name = type(module).__name__
        if not version.startswith(TESTED) and not any_torch:
            known = " and ".join(TESTED)
            reason = f"torch {version} was not looked at, {known} were; --any-torch reads anyway"
            return ModelAudit(
                name, axes, (), ExactValues(), {}, ~NOTHING, (), NOTHING, None, reason, rules
            )
        reader = _within(clock, lambda: ModelReader(module, axes, Clock(FOLLOWING * clock.left)))
        also = [
            *([partial(by_z3, clock)] if z3 else []),
            *([partial(_on_torch, reader)] if verify else []),
        ]
        first = partial(_followed, reader, name, rules)
        answer, why = kept(clock, first, partial(proved, clock), *also)
    if answer is None:
        answer = _answer(reader, name, rules, why)
    return answer if answer.certificate else replace(answer, reason=answer.reason or why)


def _within(clock: Clock, make: Callable[[], Made]) -> Made:
    """Make something in time.

    Raises:
        UndecidedError: the time was up.
    """
    from symconv.networks.torch_reader import unscripted

    with unscripted():
        made, why = kept(clock, make)
    if made is None:
        raise UndecidedError("a model that is made in time", why, "Allow more seconds.")
    return made


def _followed(reader: ModelReader, name: str, rules: str) -> ModelAudit:
    """Follow all paths, or those for which there is time, and say what they come to."""
    try:
        reader.follow()
    except UndecidedError:
        if not reader.clock.over:
            raise
    return _answer(reader, name, rules, reader.clock.over)


def _answer(reader: ModelReader, name: str, rules: str, why: str) -> ModelAudit:
    """Say what the paths come to that were followed.

    Raises:
        RequestError: there is one, on which the model fails whatever the size is.
    """
    paths, explorer = tuple(reader.paths), reader.explorer
    _check_runs(name, reader.axes, paths)
    left = explorer.left | (explorer.active if why else NOTHING)
    for path in paths:
        left -= path.sizes
    reason = next((path.lost for path in paths if path.lost), why)
    if left and not reason:
        reason = reader.clock.over or f"more than {MOST_PATHS} paths"
    taken = [path for path in paths if path.taken]
    return ModelAudit(
        name=name,
        axes=reader.axes,
        paths=paths,
        values=explorer.values,
        places=explorer.places,
        left=left,
        outputs=outputs_of(taken, explorer),
        same_size=_same_size(taken, reader),
        certificate=None,
        reason=reason,
        rules=rules,
        assumes=reader.assumes,
        escapes=tuple(each.removesuffix(": ") for each in explorer.forks),
        unruled=reader.reader.unruled,
    )


def _check_runs(name: str, axes: Axes, paths: Sequence[ModelPath]) -> None:
    """Check that a model does not fail at every size, before anything is asked of the size.

    Raises:
        RequestError: it does.
    """
    if len(paths) != 1 or paths[0].lost or paths[0].taken or not paths[0].sizes.everything:
        return
    line = paths[0].outcome.line
    raise RequestError(
        f"a model that takes {written(axes)} for some size",
        f"{name}, which fails at every size{f' at {line}' if line else ''}: {paths[0].reason}",
        f"Try it on torch.zeros({', '.join(map(str, axes))}) with a size of yours.",
    )


def _same_size(taken: Sequence[ModelPath], reader: ModelReader) -> SizeSet:
    """Return the sizes for which the first tensor that comes out is as large as the input."""
    sizes = NOTHING
    for path in taken:
        unchanged = _unchanged(path, reader.axes, reader.explorer.recorder)
        if unchanged is True:
            sizes |= path.sizes
        elif isinstance(unchanged, Term):
            try:
                sizes |= path.sizes & reader.explorer.values.of(unchanged)
            except UndecidedError:
                few = islice(path.sizes, MOST_POINTS)
                sizes |= SizeSet.points(size for size in few if at(unchanged, size))
    return sizes


def _unchanged(path: ModelPath, axes: Axes, recorder: Recorder) -> Truth:
    """State that the first tensor has, where the input has its letter, the same size."""
    shapes = path.outcome.shapes or ()
    if not shapes or len(shapes[0]) != len(axes):
        return False
    statement: Truth = True
    for axis, size in zip(axes, shapes[0], strict=True):
        if isinstance(axis, str):
            statement = both(statement, recorder.equal(size, W))
    return statement


def _on_torch(reader: ModelReader, answer: ModelAudit) -> ModelAudit:
    """Run the model on torch at the edges of the set."""
    paths = answer.paths

    def judge(witness: Witness, size: int) -> str | None:
        path = next(each for each in paths if size in each.sizes)
        if not reader.fits(size):
            return None
        witness.forward_calls += 1
        return reader.differing_at(path.outcome, size)

    cases = (
        ({answer.letter: size}, size) for size in edges(answer.valid) if size not in answer.open
    )
    return replace(answer, verified=witnessed(cases, judge, (), reader.clock))
