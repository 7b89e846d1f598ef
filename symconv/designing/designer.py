"""`design`: chains of layers that meet a target, the cheapest first."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Any, Literal

from symconv.designing.conflicts import conflict
from symconv.designing.costs import checked
from symconv.designing.problem import steps
from symconv.designing.proofs import counterexample, proof
from symconv.designing.ranking import Ranked
from symconv.designing.requests import Candidate, Request, merged
from symconv.designing.result import Design, Designs
from symconv.designing.targets import ForAll, Reach, Target
from symconv.errors import RequestError, UndecidedError, shown
from symconv.layers import Layer
from symconv.layers.values import GREATEST_PARAMETER
from symconv.proving import INTERRUPTED
from symconv.proving.clock import Clock, check_seconds
from symconv.reading.chains import parts
from symconv.terms import Term

LIMIT = 20
TIME_LIMIT = 10.0
PROOF_LIMIT = 2.0
"""Seconds for each proof, within the search's own limit."""
GREATEST_FIELD = 10**4
"""Larger receptive fields are not told apart."""
LARGEST_SAMPLE = 10**5
"""Sizes beyond it are not followed: a design that fails at one is dropped by itself."""


def design(
    layers: Any,
    target: Target,
    *,
    rank: str = "ordinary",
    receptive_field: int | Reach | None = None,
    where: Iterable[Term] = (),
    limit: int | None = LIMIT,
    seconds: float = TIME_LIMIT,
    channels: int | Sequence[int] | None = None,
) -> Designs:
    """Find chains of layers that meet a target, the cheapest first.

    Args:
        layers: a chain with unknowns, as text or layers; `2..6 x` before a layer leaves its number
            open.
        target: what the chain should do to sizes: `Pairs` or `ForAll`.
        rank: what is cheap: `"ordinary"`, `"parameters"` or `"macs"` (multiply-adds).
        receptive_field: how many input cells an output cell should see on each axis: at least so
            many, or a `Reach`.
        where: constraints in the letters of a layer; each holds for every layer that has all of
            its letters, one of them to be found.
        limit: how many designs to list; `None` for all.
        seconds: the time limit; running out of it is `unknown`.
        channels: those of the input, or of the input and after each convolution; they matter to
            parameters and multiply-adds.

    Returns:
        `Designs`: exact, in order; or the sentences that contradict each other; or unknown.

    Raises:
        RequestError: the request is wrong, or an unknown needs a range.

    >>> from symconv.designing.targets import Pairs
    >>> text = "Conv1d(kernel_size=3..5, stride=2) -> MaxPool1d(kernel_size={2, 3})"
    >>> design(text, Pairs(((12, 2),)))
    Conv1d(kernel_size=3..5, stride=2) -> MaxPool1d(kernel_size={2, 3}): 12 gives 2
    ordinary  sees  sizes         layers
          14     6  12 -> 5 -> 2  Conv1d(kernel_size=4, stride=2) -> MaxPool1d(kernel_size=2)
          15     7  12 -> 4 -> 2  Conv1d(kernel_size=5, stride=2) -> MaxPool1d(kernel_size=2)
          19     5  12 -> 5 -> 2  Conv1d(kernel_size=3, stride=2) -> MaxPool1d(kernel_size=2)
    """
    least = 1 if receptive_field is None else receptive_field
    reach = least if isinstance(least, Reach) else Reach(least)
    _check(reach.least, reach.most, limit, seconds, channels)
    read, unprinted = parts(layers)
    asked = Request(read, target, checked(rank), reach, tuple(where), channels, unprinted)
    clock = Clock(seconds)
    found: list[Design] = []
    search = _Proved(asked, target, clock) if isinstance(target, ForAll) else _Exact(asked, clock)
    try:
        for one in search:
            if len(found) == limit:
                return search.answer(found, exhausted=False)
            found.append(one)
        if found:
            return search.answer(found, exhausted=True)
        return Designs(asked, "infeasible", exhausted=True, conflict=conflict(search.asked, clock))
    except UndecidedError as undecided:
        reason = str(undecided)
    except KeyboardInterrupt:  # what was found is not lost
        reason = INTERRUPTED
    return replace(search.answer(found, exhausted=False), reason=reason)


class _Exact:
    """The designs for one input: what the tables say is exact."""

    def __init__(self, asked: Request, clock: Clock) -> None:
        self.asked, self.clock = asked, clock
        self.candidates: list[Candidate] = []

    def __iter__(self) -> Iterator[Design]:
        self.candidates = [
            Candidate(self.asked, layers, self.clock) for layers in self.asked.chains
        ]
        for candidate, ranked in merged(self.candidates):
            yield _design(self.asked, candidate, ranked, candidate.samples[0].sizes)

    def answer(self, found: list[Design], *, exhausted: bool) -> Designs:
        """Return what was found; all designs are counted when somebody asks how many there are."""

        def count() -> int | None:
            clock = Clock(self.clock.seconds)  # it may be long since the search
            counts = [candidate.ranking.count(clock) for candidate in self.candidates]
            return sum(counts) if counts else None

        verdict: Literal["solved", "unknown"] = "solved" if found else "unknown"
        return Designs(self.asked, verdict, tuple(found), exhausted, counted=count)


class _Proved:
    """The designs for all inputs of a set: found for some inputs, then proved or refuted.

    What refutes a design joins the inputs that are followed.
    """

    def __init__(self, asked: Request, target: ForAll, clock: Clock) -> None:
        self.asked, self.target, self.clock = asked, target, clock
        self.refuted: set[tuple[Layer, ...]] = set()

    def __iter__(self) -> Iterator[Design]:
        listed: set[tuple[Layer, ...]] = set()
        searching = True
        while searching:
            searching = False
            chains = self.asked.chains
            candidates = [Candidate(self.asked, layers, self.clock) for layers in chains]
            for candidate, ranked in merged(candidates):
                self.clock.check()
                layers = candidate.layers(ranked)
                if layers in listed or layers in self.refuted:
                    continue
                chain = steps(layers, candidate.axes, (), self.asked.input_channels)
                verdict = proof(chain, self.target, min(PROOF_LIMIT, self.clock.left))
                if verdict.word == "refuted":
                    self.refuted.add(layers)
                    against = counterexample(chain, self.target, verdict)
                    if max(*against.sizes, *(against.wanted or ())) > LARGEST_SAMPLE:
                        continue
                    self.asked = replace(self.asked, against=(*self.asked.against, against))
                    searching = True
                    break
                listed.add(layers)
                least = (next(self.target.inputs()),) * candidate.axes
                yield replace(_design(self.asked, candidate, ranked, least), proof=verdict)

    def answer(self, found: list[Design], *, exhausted: bool) -> Designs:
        """Return what was found: solved if something is proved, all of it if everything is."""
        proofs = [one.proof for one in found if one.proof is not None]
        unknown = [one.reason for one in proofs if not one.proved]
        solved = len(unknown) < len(proofs)
        return Designs(
            self.asked,
            "solved" if solved else "unknown",
            tuple(found),
            exhausted and not unknown,
            reason=unknown[0] if unknown else "",
        )


def _design(asked: Request, candidate: Candidate, ranked: Ranked, given: tuple[int, ...]) -> Design:
    cost = ranked.strange if asked.rank == "ordinary" else ranked.cost
    return Design(candidate.layers(ranked), given, cost, asked.input_channels)


def _check(least: Any, most: Any, limit: Any, seconds: Any, channels: Any) -> None:
    """Refuse numbers that are none, in three beats."""
    for name, value, greatest in (
        ("receptive_field", least, GREATEST_FIELD),
        ("receptive_field", most, GREATEST_FIELD),
        ("limit", limit, GREATEST_PARAMETER),
    ):
        if value is not None and (type(value) is not int or not 1 <= value <= greatest):
            raise RequestError(
                f"{name} as an integer from 1 to {greatest}", shown(value), f"Write {name}=20."
            )
    check_seconds(seconds)
    counts = channels if isinstance(channels, (tuple, list)) else [channels]
    if channels is not None and not all(type(one) is int and one >= 1 for one in counts):
        raise RequestError(
            "channels as positive integers", shown(channels), "Write channels=(3, 16, 32)."
        )
