"""Samples of a theorem on real torch layers: the sizes in it are torch's instead of ours.

Numbers are drawn from the hypotheses. Every law in the claim becomes a torch layer with these
numbers, where torch takes them; its size must be the law's, and the claim must hold of torch's
sizes. For the statements about values, tensors of whole numbers are compared
(`symconv.book.values`).
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from symconv.book.structures import SIZES
from symconv.book.values import VALUES
from symconv.errors import DerivationError
from symconv.layers import LAYERS, Layer
from symconv.meanings.integers import compiled
from symconv.operators import OPERATORS
from symconv.statements.calls import Call, folded
from symconv.statements.chapters import THEOREMS, Entry
from symconv.statements.statement import All, Iff, Side, Some, Theorem
from symconv.terms import Term, conjuncts, variables
from symconv.witness import Witness

DRAWS = 20_000
"""How often numbers are drawn for the samples of one theorem."""
LARGEST = 12
CELL = "the input has a cell"
_TORCH = {
    "conv": ("conv", "Conv1d"),
    "conv_transpose": ("conv_transpose", "ConvTranspose1d"),
    "pool_ceil_torch": ("max_pool", "MaxPool1d"),
}
"""From the laws of statements to operators and torch's layers."""


@dataclass(frozen=True)
class Samples:
    """How samples came out.

    Attributes:
        checked: how many samples were run.
        failed: how many contradicted the theorem.
        layers: how many torch layers were run.
        of: what was compared: `"sizes"` or `"values"`.
        by: which torch.
    """

    checked: int
    failed: int
    layers: int
    of: str
    by: str

    def __str__(self) -> str:
        """Say how the samples came out."""
        if not self.checked:
            return f"no sample on {self.by}: the statement is not about layers that it runs"
        agreed = self.checked - self.failed
        return (
            f"{agreed} of {self.checked} samples agreed in {self.of}, by {self.by}, "
            f"{self.layers} layers run"
        )

    def to_dict(self) -> dict[str, Any]:
        """Return the counts as JSON has them."""
        return vars(self).copy()


def sampled(theorem: Entry, count: int = 20, seed: int = 0) -> Samples:
    """Run samples of a theorem.

    Args:
        theorem: one of the book, or a user's own.
        count: how many samples to run at most.
        seed: from which the numbers are drawn.
    """
    witness, rng = Witness(), random.Random(seed)  # noqa: S311  (samples, not secrets)
    for of, known in (("values", VALUES), ("sizes", SIZES)):
        if theorem.name in known and THEOREMS.get(theorem.name) is theorem:
            failed = sum(not known[theorem.name](rng) for _ in range(count))
            return Samples(count, failed, count, of, witness.name)
    checked = failed = 0
    wanted = theorem.expected == "proved"
    for numbers in _candidates(theorem, rng) if isinstance(theorem, Theorem) else ():
        before = witness.forward_calls
        outcome = _holds(theorem, numbers, witness)  # type: ignore[arg-type]
        if outcome is None or witness.forward_calls == before:
            continue
        checked, failed = checked + 1, failed + (outcome != wanted)
        if checked >= count:
            break
    return Samples(checked, failed, witness.forward_calls, "sizes", witness.name)


def _candidates(theorem: Theorem, rng: random.Random) -> Iterator[dict[str, int]]:
    """Return numbers to try: of a false statement, its counterexample."""
    if not any(call.law.name in _TORCH for call in _laws(theorem)):
        return iter(())
    if theorem.expected == "refuted":
        return iter([dict(theorem.counterexample)])
    return _drawn(theorem, rng)


def _laws(theorem: Theorem) -> Iterator[Call]:
    for side in _sides(theorem.claim):
        waiting = [side.body if isinstance(side, All | Some) else side]
        while waiting:
            for call in folded(waiting.pop())[1].values():
                yield call
                waiting += call.arguments


def _sides(claim: Any) -> tuple[Side, ...]:
    return (claim.left, claim.right) if isinstance(claim, Iff) else (claim,)


def _drawn(theorem: Theorem, rng: random.Random) -> Iterator[dict[str, int]]:
    """Draw numbers that meet the hypotheses, half of them also the simple conditions claimed."""
    given = theorem.hypotheses
    wanted = [
        one for side in _sides(theorem.claim) if isinstance(side, Term) for one in conjuncts(side)
    ]
    for turn in range(DRAWS):
        numbers = {name: _one(name, rng) for name in theorem.letters}
        for one in (*given, *(wanted if turn % 2 else ())):
            _assign(one, numbers)
        if all(_true(one, numbers) for one in given):
            yield numbers


def _one(name: str, rng: random.Random) -> int:
    return rng.randint(1, LARGEST) if name[0] in "Wxyn" else rng.randint(0, 4)


def _assign(one: Term, numbers: dict[str, int]) -> None:
    """Meet `letter = term` by giving the letter its value."""
    if one.word == "eq" and one.args[0].word == "variable" and one.args[0].args[0] in numbers:
        letter, term = one.args
        if letter.args[0] not in variables(term) and set(variables(term)) <= set(numbers):
            numbers[letter.args[0]] = _value(term, numbers) or 0


def _value(term: Term, numbers: Mapping[str, int]) -> Any:
    try:
        return compiled(term)(*(numbers[name] for name in variables(term)))
    except ZeroDivisionError:
        return None


def _true(term: Term, numbers: Mapping[str, int]) -> bool:
    return bool(_value(term, numbers))


def _holds(theorem: Theorem, numbers: dict[str, int], witness: Witness) -> bool | None:
    """Whether the claim holds of torch's sizes; nothing where torch takes no layer of it."""
    if isinstance(theorem.claim, Iff):
        found = [_side(side, numbers, witness) for side in _sides(theorem.claim)]
        return None if None in found else found[0] == found[1]
    return _side(theorem.claim, numbers, witness)


def _side(side: Side, numbers: dict[str, int], witness: Witness) -> bool | None:
    if isinstance(side, Term):
        return _by_torch(side, numbers, witness)
    if isinstance(side, Some):
        values = [_value(one, numbers) for one in side.witness]
        names = [str(one.args[0]) for one in side.names]
        return _by_torch(side.body, numbers | dict(zip(names, values, strict=True)), witness)
    names = [str(one.args[0]) for one in side.names]
    tried = [[_value(one, numbers) for one in instance] for instance in side.instances]
    tried += [[value] for value in range(1, LARGEST)] if len(names) == 1 else []
    found: list[bool | None] = []
    for values in tried:
        chosen = numbers | dict(zip(names, values, strict=True))
        if _true(side.where, chosen) or not conjuncts(side.where):
            found.append(_by_torch(side.body, chosen, witness))
    return None if None in found or not found else all(found)


def _by_torch(term: Term, numbers: dict[str, int], witness: Witness) -> bool | None:
    """Evaluate a statement with torch's size for every law in it."""
    short, calls = folded(term)
    known: dict[str, int] = dict(numbers)
    for name, call in calls.items():
        size = _size(call, numbers, witness)
        if size is None:
            return None
        known[name] = size
    found = _value(short, known)
    return None if found is None else bool(found)


def _size(call: Call, numbers: dict[str, int], witness: Witness) -> int | None:
    values = [_inner(argument, numbers, witness) for argument in call.arguments]
    if None in values:
        return None
    names = (str(one.args[0]) for one in call.law.letters)
    letters = {name: int(value or 0) for name, value in zip(names, values, strict=True)}
    ours: int = compiled(call.law.term)(*(letters[n] for n in variables(call.law.term)))
    if call.law.name not in _TORCH:
        return ours
    layer = _layer(call.law.name, letters, ours)
    if layer is None:
        return None
    torchs = witness.sizes(layer, (letters["W"],))
    if isinstance(torchs, str) and ours <= 0:
        return ours  # torch refuses, and the law has no output
    if torchs != (ours,):
        raise DerivationError(
            f"torch's size of {layer} for an input of {letters['W']}, which is {torchs}",
            f"{ours}, by the law",
            "This is an error in symconv; please report it.",
        )
    return torchs[0]


def _inner(term: Term, numbers: dict[str, int], witness: Witness) -> int | None:
    short, calls = folded(term)
    known = dict(numbers)
    for name, call in calls.items():
        size = _size(call, numbers, witness)
        if size is None:
            return None
        known[name] = size
    found: int | None = _value(short, known)
    return found


def _layer(law: str, letters: Mapping[str, int], size: int) -> Layer | None:
    """Return the layer of a law with these numbers, if they are legal.

    An input that is too small is for torch to refuse: the law's size says that there is no output.
    """
    name, kind = _TORCH[law]
    known = dict(letters) | {"ceil_mode": 1}
    operator = OPERATORS[name].symmetric
    wanted = dict(operator.requires)
    if size <= 0:
        wanted = {**operator.ranges, CELL: operator.requires[CELL]}
    known_terms = [one for one in wanted.values() if set(variables(one)) <= set(known)]
    if not all(_true(one, known) for one in known_terms):
        return None
    given: dict[str, Any] = {
        "kernel_size": letters["F"],
        "stride": letters["S"],
        "padding": letters["P"],
        "dilation": letters["D"],
    }
    if law == "conv_transpose":
        given["output_padding"] = letters["A"]
    if law == "pool_ceil_torch":
        given["ceil_mode"] = True
    return LAYERS[kind](**given)
