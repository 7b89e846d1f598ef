"""Samples of a theorem on real torch layers: the sizes in it are torch's instead of ours.

Numbers are drawn from the hypotheses (`symconv.book.numbers`). Every law in the claim becomes a
torch layer with these numbers, where torch takes them; its size must be the law's, and the claim
must hold of torch's sizes. Structural statements (`symconv.book.structures`) and statements about
values (`symconv.book.values`) have samplers of their own.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import symconv.book.numbers as drawing
from symconv.book.numbers import LARGEST, sides, true, value_or_none
from symconv.book.statements.calls import Call, folded
from symconv.book.statements.chapters import THEOREMS, Entry
from symconv.book.statements.statement import Iff, Side, Some, Theorem
from symconv.book.structures import SIZES, Sampler
from symconv.book.torch_layers import kind_of, layer_of, runs
from symconv.book.values import VALUES
from symconv.errors import DerivationError
from symconv.terms import Term, conjuncts
from symconv.witness import Witness, torch_module

REDRAWS = 1_000
"""How often a sampler of its own may draw."""
Outcome = tuple[bool | None, int]
"""Whether a sample agrees, or nothing if a draw was no sample; how many layers were run for it."""


@dataclass(frozen=True)
class Samples:
    """How samples came out.

    Attributes:
        checked: how many samples were run.
        failed: how many contradicted the theorem.
        layers: how many torch layers were run, those that refused and those of draws that were
            then no sample among them.
        draws: how often numbers were drawn; never where torch has no layer of the statement.
        of: what was compared: `"sizes"` or `"values"`.
        by: which torch.
        lacking: where no layer can be run, the laws that torch has no layer of.
    """

    checked: int
    failed: int
    layers: int
    draws: int
    of: str
    by: str
    lacking: tuple[str, ...] = ()

    def __str__(self) -> str:
        """Say how the samples came out."""
        if not self.draws and self.lacking:
            return f"no sample on {self.by}: torch has no layer of {', '.join(self.lacking)}"
        if not self.draws:
            return f"no sample on {self.by}: the statement is not about layers that it runs"
        if not self.checked:
            return (
                f"no sample on {self.by}: of {self.draws} draws, none met the hypotheses with "
                "layers that it takes"
            )
        agreed = self.checked - self.failed
        return (
            f"{agreed} of {self.checked} samples agreed in {self.of}, by {self.by}, "
            f"{self.layers} layers run"
        )

    def to_dict(self) -> dict[str, Any]:
        """Return the counts as JSON has them."""
        return vars(self) | {"lacking": list(self.lacking)}


def sampled(theorem: Entry, count: int = 20, seed: int = 0) -> Samples:
    """Run samples of a theorem.

    Args:
        theorem: one of the book, or a user's own.
        count: how many samples to run at most.
        seed: from which the numbers are drawn.
    """
    rng = random.Random(seed)  # noqa: S311  (samples, not secrets)
    of = "sizes"
    outcomes: Iterator[Outcome] = iter(())
    known = THEOREMS.get(theorem.name) == theorem
    if known and theorem.name in VALUES:
        of, outcomes = "values", _by_sampler(VALUES[theorem.name], rng)
    elif known and theorem.name in SIZES:
        outcomes = _by_sampler(SIZES[theorem.name], rng)
    elif isinstance(theorem, Theorem) and about_torch(theorem):
        outcomes = _by_claim(theorem, rng)
    checked = failed = layers = draws = 0
    while checked < count and (outcome := next(outcomes, None)):
        draws += 1
        agrees, run = outcome
        layers += run
        if agrees is not None and run:
            checked, failed = checked + 1, failed + (not agrees)
    lacking = () if draws or not isinstance(theorem, Theorem) else _lacking(theorem)
    return Samples(checked, failed, layers, draws, of, Witness().name, lacking)


def about_torch(theorem: Theorem) -> bool:
    """Whether a law in the claim is one of torch's layers."""
    return any(kind_of(call.law) for call in drawing.calls(theorem))


def _lacking(theorem: Theorem) -> tuple[str, ...]:
    """Return the names of the laws in a claim that no layer of torch follows."""
    named = [call.law for call in drawing.calls(theorem) if call.law.of_a_size]
    return tuple(dict.fromkeys(law.name for law in named if kind_of(law) is None))


def _by_sampler(sampler: Sampler, rng: random.Random) -> Iterator[Outcome]:
    mode: Any = torch_module().overrides.TorchFunctionMode

    class Counting(mode):  # type: ignore[misc]
        run = 0

        def __torch_function__(self, called: Any, _: Any, args: Any = (), named: Any = None) -> Any:
            self.run += runs(called)
            return called(*args, **(named or {}))

    for _ in range(REDRAWS):
        with Counting() as counting:
            agrees = sampler(rng)
        yield agrees, counting.run


def _by_claim(theorem: Theorem, rng: random.Random) -> Iterator[Outcome]:
    witness, wanted = Witness(), theorem.expected == "proved"
    for numbers in drawing.drawn(theorem, rng):
        before = witness.forward_calls
        holds = None if numbers is None else _holds(theorem, numbers, witness)
        yield None if holds is None else holds == wanted, witness.forward_calls - before


def _holds(theorem: Theorem, numbers: dict[str, int], witness: Witness) -> bool | None:
    """Whether the claim holds of torch's sizes; nothing where torch takes no layer of it."""
    found = [_side(side, numbers, witness) for side in sides(theorem.claim)]
    if None in found:
        return None
    return bool(found[0] == found[1] if isinstance(theorem.claim, Iff) else found[0])


def _side(side: Side, numbers: dict[str, int], witness: Witness) -> Any:
    if isinstance(side, Term):
        return _by_torch(side, numbers, witness)
    names = [str(one.args[0]) for one in side.names]
    if isinstance(side, Some):
        values = [value_or_none(one, numbers) for one in side.witness]
        return _by_torch(side.body, numbers | dict(zip(names, values, strict=True)), witness)
    tried = [[value_or_none(one, numbers) for one in instance] for instance in side.instances]
    tried += [[chosen] for chosen in range(1, LARGEST)] if len(names) == 1 else []
    found: list[bool | None] = []
    for values in tried:
        chosen = numbers | dict(zip(names, values, strict=True))
        if true(side.where, chosen) or not conjuncts(side.where):
            found.append(_by_torch(side.body, chosen, witness))
    return None if None in found or not found else all(found)


def _by_torch(term: Term, numbers: Mapping[str, int], witness: Witness) -> Any:
    """Compute a term with torch's size for every law in it; nothing where torch takes no layer."""
    short, calls = folded(term)
    known = dict(numbers)
    for name, call in calls.items():
        size = _size(call, numbers, witness)
        if size is None:
            return None
        known[name] = size
    return value_or_none(short, known)


def _size(call: Call, numbers: Mapping[str, int], witness: Witness) -> int | None:
    values = [_by_torch(argument, numbers, witness) for argument in call.arguments]
    if None in values:
        return None
    names = (str(one.args[0]) for one in call.law.letters)
    letters: dict[str, int] = dict(zip(names, values, strict=True))
    ours: int | None = value_or_none(call.law.term, letters)
    if ours is None:
        return None  # the law divides by zero there
    if kind_of(call.law) is None:
        return ours
    layer = layer_of(call.law, letters, ours)
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
