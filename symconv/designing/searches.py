"""The two searches for designs: for one input the tables are exact, for many inputs proofs decide.

Of designs that differ in the order of like layers, one stands for all where a list has a limit.
"""

from __future__ import annotations

from collections.abc import Generator, Iterator
from dataclasses import replace
from typing import Any

from symconv.designing.candidate import Candidate, merged
from symconv.designing.counting import Population
from symconv.designing.lanes import Sample
from symconv.designing.likeness import rising, whatever_order
from symconv.designing.problem import steps
from symconv.designing.proofs import counterexample, proof
from symconv.designing.question import Question
from symconv.designing.ranking import Ranked
from symconv.designing.result import Design, Designs
from symconv.errors import UndecidedError
from symconv.layers import Layer
from symconv.proving import Clock
from symconv.questions.answer import Word
from symconv.questions.listed import Blocks, Listed
from symconv.questions.solution import MOST_NOTES

PROOF_LIMIT = 2.0
"""Seconds for each proof, within the search's own limit."""
LARGEST_SAMPLE = 10**5
"""Sizes beyond it are not followed: a design that fails at one is dropped by itself."""
OTHER_ORDERS = "the same layers in other orders"
BY_AXIS = "those whose axes have numbers of their own"
A_BLOCK = 256
"""How many designs come together at most; the first ones come by themselves."""


class OneInput:
    """The designs for one input: what the tables say is exact.

    Attributes:
        population: all designs.
        listed: the designs that are listed, where two chains may have one in common.
        standing: of designs that differ in the order of like layers, the one that is listed.
        thinned: whether any others of these are not.
    """

    def __init__(self, question: Question, clock: Clock, limit: int | None) -> None:
        self.question, self.clock, self.merges = question, clock, limit is not None
        self.modest = limit is not None and limit <= MOST_NOTES
        self.population = Population(question)
        self.listed: set[tuple[Layer, ...]] = set()
        self.standing: dict[Any, tuple[Layer, ...]] = {}
        self.thinned = False

    def blocks(self) -> Blocks:
        """Yield designs in order; return why not all."""
        block: list[Design] = []
        most = 1
        try:
            for candidate, ranked in merged(self.candidates()):
                if self.repeats(candidate, candidate.layers(ranked)):
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

    def repeats(self, candidate: Candidate, layers: tuple[Layer, ...]) -> bool:
        """Whether a design, or another order of its like layers, is listed; if not, it is now."""
        if self.question.overlapping:
            if layers in self.listed:
                return True
            self.listed.add(layers)
        if not self.merges:
            return False
        key = whatever_order(candidate.like, layers)
        if key not in self.standing:
            self.standing[key] = layers
            return False
        self.thinned = self.thinned or self.standing[key] != layers
        return True

    def answer(self, designs: Listed) -> Designs:
        """Return what is found."""
        return Designs(
            "solved",
            settings=designs,
            modest=self.modest,
            question=self.question,
            population=None if self.question.alike else self.population,
        )


class ManyInputs(OneInput):
    """The designs for all inputs of a set: found for some inputs, then proved or refuted.

    What refutes a design joins the inputs that are followed.

    Attributes:
        judged: the designs that were proved, refuted or left open.
    """

    def __init__(self, question: Question, clock: Clock, limit: int | None) -> None:
        super().__init__(question, clock, limit)
        self.judged: set[tuple[Layer, ...]] = set()

    def blocks(self) -> Blocks:
        """Yield designs in order, each by itself; return why not all."""
        try:
            while (refuting := (yield from self._until_refuted())) is not None:
                self.question = replace(self.question, against=(*self.question.against, refuting))
                self.population = Population(self.question)
        except UndecidedError as undecided:
            return self.clock.over or undecided.why
        return self.left_out

    def _until_refuted(self) -> Generator[list[Design], None, Sample | None]:
        """Yield the next designs; return an input that refutes the one after them, if one does."""
        for candidate, ranked in merged(self.candidates()):
            layers = candidate.layers(ranked)
            if layers in self.judged or self._dropped(candidate, layers):
                continue
            self.judged.add(layers)
            design = self._proved(candidate, ranked)
            if isinstance(design, Design):
                if not self.repeats(candidate, layers):
                    yield [design]
            elif max(*design.sizes, *(design.wanted or ())) <= LARGEST_SAMPLE:
                return design
        return None

    def _dropped(self, candidate: Candidate, layers: tuple[Layer, ...]) -> bool:
        """Whether a design would not be listed, proved or not: another order of it is.

        The first one is proved all the same, since only then it is known that some are left out.
        """
        return self.thinned and whatever_order(candidate.like, layers) in self.standing

    def _proved(self, candidate: Candidate, ranked: Ranked) -> Design | Sample:
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
        unproved = [verdict.reason for verdict in proofs if not verdict.proved]
        word: Word = "unknown" if len(unproved) == len(proofs) else "solved"
        if unproved:
            designs = Listed.of(list(designs), False, designs.reason or unproved[0])
        why = unproved[0] if unproved else ""
        return Designs(word, settings=designs, question=self.question, why=why)
