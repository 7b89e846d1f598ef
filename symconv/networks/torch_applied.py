"""Our operators applied to torch's tensors, along each of the last axes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from symconv.chains.through import requirements
from symconv.networks.exploring import Explorer
from symconv.networks.sums import Amount
from symconv.networks.torch_sizes import amounts, tensor
from symconv.networks.truths import Truth
from symconv.networks.witnessing import RefusedError
from symconv.operators import OPERATORS, Operator

Letters = Mapping[str, Any]
"""What an operator's letters stand for along one axis."""


def along(explorer: Explorer, operator: Operator, letters: Letters) -> Amount:
    """Return an operator's size along one axis, after its requirements were decided.

    Args:
        explorer: follows the sizes.
        operator: the operator.
        letters: what its letters stand for; requirements on others are left to torch.

    Raises:
        RefusedError: a requirement is not met.
    """
    statements, size = _applied(explorer, operator, letters)
    for sentence, statement in statements:
        require(explorer, statement, sentence)
    return size


def _applied(
    explorer: Explorer, operator: Operator, letters: Letters
) -> tuple[list[tuple[str, Truth]], Amount]:
    """Return what an operator requires of some letters, and its size; both are remembered."""
    recorder, meaning = explorer.recorder, explorer.recorder.meaning
    key, uses = (operator.name, *letters.items()), recorder.uses
    if key in recorder.memory:
        remembered: tuple[list[tuple[str, Truth]], Amount] = recorder.memory[key]
        return remembered
    statements = [
        (sentence, meaning.evaluate(law, letters))
        for sentence, law, names in requirements(operator)
        if all(name in letters for name in names)
    ]
    applied = statements, meaning.evaluate(operator.size, letters)
    if recorder.uses == uses:
        recorder.memory[key] = applied
    return applied


def require(explorer: Explorer, statement: Any, sentence: str) -> None:
    """Decide whether something holds that has to.

    Raises:
        RefusedError: it does not.
    """
    if not explorer.decide(statement):
        raise RefusedError(sentence)


def resized(
    explorer: Explorer, given: Any, name: str, axes: Sequence[Letters], channels: Any = None
) -> Any:
    """Return what comes out of an operator that works along the last axes, each by itself.

    Args:
        explorer: follows the sizes.
        given: the tensor.
        name: the operator's name among ours.
        axes: what its letters stand for on each of these axes.
        channels: how many channels come out, where the operator changes that.
    """
    sizes, operator = amounts(given.shape), OPERATORS[name]
    before, spatial = sizes[: -len(axes)], sizes[-len(axes) :]
    pairs = zip(spatial, axes, strict=True)
    after = [along(explorer, operator, {"W": size, **letters}) for size, letters in pairs]
    before = before if channels is None else [*before[:-1], channels]
    return tensor(explorer, [*before, *after], given.dtype)


def per_axis(numbers: Any, axes: int) -> list[Any]:
    """Return an argument of torch's as a number for each axis."""
    listed = list(numbers) if isinstance(numbers, (list, tuple)) else [numbers]
    return listed * axes if len(listed) == 1 else listed
