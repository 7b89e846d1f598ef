"""A design proved for all inputs of a set: every layer accepts, and the output is the one wanted.

The search follows some inputs only; here each size of the chain is a variable, defined by the law
of the layer before it, and Z3 decides whether the layers' requirements and the goal follow.
"""

from __future__ import annotations

from collections.abc import Sequence

from symconv.chains.through import Passage, through
from symconv.designing.lanes import Sample, lanes
from symconv.designing.problem import Step
from symconv.meanings.identity import TERMS
from symconv.operators.letters import W
from symconv.proving import Verdict, prove
from symconv.questions.goals import Goal
from symconv.terms import Term, both, substitute, variable, variables


def _size(axis: int, place: int) -> Term:
    """The size on an axis after so many layers."""
    return variable(f"W{axis + 1}_{place}" if place else f"W{axis + 1}")


def proof(steps: Sequence[Step], goal: Goal, seconds: float) -> Verdict:
    """Decide whether settled layers meet a goal for all its inputs.

    Args:
        steps: layers without unknowns.
        goal: what they should do.
        seconds: the time limit; running out of it is `unknown`.

    >>> from symconv import Conv1d, ConvTranspose1d
    >>> from symconv.designing.problem import steps
    >>> from symconv.questions.goals import scaling
    >>> layers = [Conv1d(kernel_size=3, padding=1), ConvTranspose1d(kernel_size=2, stride=2)]
    >>> proof(steps(layers, 1, (), None), scaling("up", 2), seconds=2).word
    'proved'
    """
    axes = _axes(steps)
    claims: list[Term] = []
    given = [substitute(goal.inputs, {W: _size(axis, 0)}) for axis in axes]

    def following(passage: Passage) -> list[Term]:
        """Let a variable stand for each size that comes out."""
        return [_size(axis, passage.number) for axis in range(len(passage.axes))]

    start = [_size(axis, 0) for axis in range(len(steps[0].laws))]
    layers, channels = [step.layer for step in steps], steps[0].channels
    for passage in through(layers, start, TERMS, channels, following=following):
        for axis in axes:
            crossing = passage.axes[axis]
            if crossing.row.measured:
                reason = f"{steps[passage.number - 1]}: {crossing.row.measured.says}"
                return Verdict("unknown", "z3", reason=reason)
            claims += [law for _, law in crossing.required() if variables(law)]
            given.append(_size(axis, passage.number).eq(crossing.size))
    for axis in axes:
        wanted = substitute(goal.output, {W: _size(axis, 0)})
        claims.append(_size(axis, len(steps)).eq(wanted))
    return prove(both(*claims), given, seconds=seconds)


def counterexample(steps: Sequence[Step], goal: Goal, verdict: Verdict) -> Sample:
    """Return the input at which a design fails, with the output that it should have."""
    values = verdict.counterexample or {}
    one = next(values[f"W{axis + 1}"] for axis in _axes(steps))
    sizes = tuple(values.get(f"W{axis + 1}", one) for axis in range(len(steps[0].laws)))
    return Sample(sizes, tuple(map(goal.gives, sizes)))


def _axes(steps: Sequence[Step]) -> list[int]:
    """Return the axes to speak of: where axes are alike, one of them stands for all."""
    size = (1,) * len(steps[0].laws)
    return [axis for _, axis in lanes(steps, [Sample(size, None)]).owners]
