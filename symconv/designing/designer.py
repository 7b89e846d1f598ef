"""`design`: chains of layers that do what is asked, the cheapest first."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

from symconv.designing.candidate import Candidate, merged
from symconv.designing.conflicts import conflict
from symconv.designing.costs import checked
from symconv.designing.counting import Population
from symconv.designing.likeness import rising, whatever_order
from symconv.designing.problem import steps
from symconv.designing.proofs import counterexample, proof
from symconv.designing.question import Question
from symconv.designing.ranking import Ranked
from symconv.designing.reach import Reach
from symconv.designing.result import Design, Designs
from symconv.errors import RequestError, UndecidedError, shown
from symconv.layers import Layer
from symconv.proving import Clock, clock_of
from symconv.questions.answer import Word
from symconv.questions.conflicts import Sentence
from symconv.questions.goals import Goal
from symconv.questions.listed import Blocks, Listed, check_limit
from symconv.questions.solution import MOST_NOTES
from symconv.reading.chains import parts

TIME_LIMIT = 10.0
LIMIT = 20
PROOF_LIMIT = 2.0
"""Seconds for each proof, within the search's own limit."""
GREATEST_FIELD = 10**4
"""Larger receptive fields are not told apart."""
LARGEST_SAMPLE = 10**5
"""Sizes beyond it are not followed: a design that fails at one is dropped by itself."""
OTHER_ORDERS = "the same layers in other orders"
BY_AXIS = "those whose axes have numbers of their own"
A_BLOCK = 256
"""How many designs come together at most; the first ones come by themselves."""


def design(
    layers: Any,
    goals: Sequence[Goal],
    *,
    rank: str = "ordinary",
    receptive_field: int | Reach | None = None,
    where: Sequence[Sentence] = (),
    limit: int | None = LIMIT,
    timeout: Any = TIME_LIMIT,
    channels: int | Sequence[int] | None = None,
) -> Designs:
    """Find chains of layers that do to sizes what is asked, the cheapest first.

    Args:
        layers: a chain with unknowns, as text or layers; `2..6 x` before a layer leaves its number
            open.
        goals: what the chain should do to sizes: one goal for all axes, or a pair of sizes for
            each.
        rank: what is cheap: `"ordinary"`, `"parameters"` or `"macs"` (multiply-adds).
        receptive_field: how many input cells an output cell should see on each axis: at least so
            many, or a `Reach`.
        where: constraints in the letters of a layer; each holds for every layer that has all of
            its letters, one of them written or to be found.
        limit: how many designs to list; `None` for all.
        timeout: the time limit in seconds; running out of it is `unknown`.
        channels: those of the input, or of the input and after each convolution; they matter to
            parameters and multiply-adds.

    Returns:
        `Designs`: exact, in order; or the sentences that contradict each other; or unknown. Those
        that are not listed yet are searched when they are asked for.

    Raises:
        RequestError: the request is wrong, or an unknown needs a range.

    >>> from symconv.questions.goals import pair
    >>> text = "Conv1d(kernel_size=3..5, stride=2) -> MaxPool1d(kernel_size={2, 3})"
    >>> design(text, [pair(12, 2)])
    Conv1d(kernel_size=3..5, stride=2) -> MaxPool1d(kernel_size={2, 3}): 12 becomes 2
    ordinary  sees            unread  sizes         layers
          11     6           layer 2  12 -> 5 -> 2  Conv1d(kernel_size=4, stride=2) -> \
MaxPool1d(kernel_size=2)
          14     5  layer 1, layer 2  12 -> 5 -> 2  Conv1d(kernel_size=3, stride=2) -> \
MaxPool1d(kernel_size=2)
          29     7           layer 1  12 -> 4 -> 2  Conv1d(kernel_size=5, stride=2) -> \
MaxPool1d(kernel_size=2)
    """
    least = 1 if receptive_field is None else receptive_field
    reach = least if isinstance(least, Reach) else Reach(least)
    check_limit(limit)
    _check(reach, channels)
    read, unprinted = parts(layers)
    question = Question(read, tuple(goals), checked(rank), reach, tuple(where), channels, unprinted)
    clock = clock_of(timeout)
    with clock.running():
        try:
            answer = _answered(question, clock, limit)
        except RequestError:  # more settings than can be listed, if each axis has its own
            if not question.differs:
                raise
            return _answered(replace(question, alike=True), clock, limit)
        if answer.verdict == "unknown" and question.differs:
            alike = _answered(replace(question, alike=True), clock, limit)
            return alike if alike.verdict == "solved" else answer
    return answer


def _answered(question: Question, clock: Clock, limit: int | None) -> Designs:
    """Search, and explain where there is nothing."""
    kind = _Proved if question.for_all else _Exact
    search = kind(question, clock, limit)
    designs = Listed(search.blocks(), limit)
    if designs.started:
        return search.answer(designs)
    if designs.whole and not question.alike:
        return Designs("infeasible", conflict=conflict(search.question, clock), question=question)
    return Designs("unknown", question=question, why=designs.reason)


class _Exact:
    """The designs for one input: what the tables say is exact."""

    def __init__(self, question: Question, clock: Clock, limit: int | None) -> None:
        self.question, self.clock, self.merges = question, clock, limit is not None
        self.modest = limit is not None and limit <= MOST_NOTES
        self.population = Population(question)
        self.known: dict[Any, tuple[Layer, ...]] = {}
        self.seen: set[tuple[Layer, ...]] = set()
        self.thinned = False

    def blocks(self) -> Blocks:
        """Yield designs in order; return why not all."""
        block: list[Design] = []
        most = 1
        try:
            for candidate, ranked in merged(self.candidates()):
                if self.listed(candidate, candidate.layers(ranked)):
                    continue
                block.append(candidate.design(ranked))
                if len(block) == most:
                    yield block
                    block, most = [], min(2 * most, A_BLOCK)
        except UndecidedError as undecided:
            yield block
            return self.clock.over or undecided.why
        yield block
        return self.left_out

    @property
    def left_out(self) -> str:
        """Which designs are not listed, though all were searched."""
        return BY_AXIS if self.question.alike else OTHER_ORDERS if self.thinned else ""

    def candidates(self) -> Iterator[Candidate]:
        """Yield the chains that are searched, those that people build before the others."""
        for chain in self.question.chains:
            if self.merges and (built := rising(chain)):
                yield Candidate(self.question, built, self.clock, like=chain)
        yield from self.population.followed(self.clock)

    def listed(self, candidate: Candidate, layers: tuple[Layer, ...]) -> bool:
        """Whether a design is listed already, or another order of its like layers."""
        if self.question.overlapping:
            if layers in self.seen:
                return True
            self.seen.add(layers)
        if not self.merges:
            return False
        key = whatever_order(candidate.like, layers)
        if key not in self.known:
            self.known[key] = layers
            return False
        self.thinned = self.thinned or self.known[key] != layers
        return True

    def reordered(self, candidate: Candidate, layers: tuple[Layer, ...]) -> bool:
        """Whether another order of its like layers is listed."""
        return self.merges and whatever_order(candidate.like, layers) in self.known

    def answer(self, designs: Listed) -> Designs:
        """Return what is found."""
        return Designs(
            "solved",
            settings=designs,
            modest=self.modest,
            question=self.question,
            population=None if self.question.alike else self.population,
        )


class _Proved(_Exact):
    """The designs for all inputs of a set: found for some inputs, then proved or refuted.

    What refutes a design joins the inputs that are followed.
    """

    def blocks(self) -> Blocks:
        """Yield designs in order, each by itself; return why not all."""
        done: set[tuple[Layer, ...]] = set()
        searching = True
        try:
            while searching:
                searching = False
                self.population = Population(self.question)
                for candidate, ranked in merged(self.candidates()):
                    layers = candidate.layers(ranked)
                    if layers in done or (self.thinned and self.reordered(candidate, layers)):
                        continue
                    done.add(layers)
                    design = self._proved(candidate, ranked)
                    if isinstance(design, Design):
                        if not self.listed(candidate, layers):
                            yield [design]
                    elif max(*design.sizes, *(design.wanted or ())) <= LARGEST_SAMPLE:
                        against = (*self.question.against, design)
                        self.question = replace(self.question, against=against)
                        searching = True
                        break
        except UndecidedError as undecided:
            return self.clock.over or undecided.why
        return self.left_out

    def _proved(self, candidate: Candidate, ranked: Ranked) -> Any:
        """Return a design with what Z3 says of it, or the input at which it fails."""
        goal = self.question.goals[0]
        self.clock.check()
        chain = steps(candidate.layers(ranked), candidate.axes, (), self.question.input_channels)
        verdict = proof(chain, goal, min(PROOF_LIMIT, self.clock.left))
        if verdict.word == "refuted":
            return counterexample(chain, goal, verdict)
        given = (goal.least_input,) * candidate.axes
        return replace(candidate.design(ranked), rows=(given,), proof=verdict)

    def answer(self, designs: Listed) -> Designs:
        """Return what is found: solved if something is proved, all of it if everything is."""
        proofs = [design.proof for design in designs]
        unknown = [verdict.reason for verdict in proofs if not verdict.proved]
        word: Word = "unknown" if len(unknown) == len(proofs) else "solved"
        if unknown:
            designs = Listed.of(list(designs), False, designs.reason or unknown[0])
        why = unknown[0] if unknown else ""
        return Designs(word, settings=designs, question=self.question, why=why)


def _check(reach: Reach, channels: Any) -> None:
    """Refuse numbers that are none, in three beats."""
    for value in (reach.least, reach.most):
        if value is not None and (type(value) is not int or not 1 <= value <= GREATEST_FIELD):
            raise RequestError(
                f"receptive_field as an integer from 1 to {GREATEST_FIELD}",
                shown(value),
                "Write receptive_field=20.",
            )
    counts = channels if isinstance(channels, (tuple, list)) else [channels]
    if channels is not None and not all(type(one) is int and one >= 1 for one in counts):
        raise RequestError(
            "channels as positive integers", shown(channels), "Write channels=(3, 16, 32)."
        )
