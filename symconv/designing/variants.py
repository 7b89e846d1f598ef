"""A question of which some sentences have been left out, and whether something meets the rest.

What is left out may leave a number without a bound; a search up to some bound that finds nothing
shows nothing then.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from symconv.designing.candidate import Candidate
from symconv.designing.lanes import Sample
from symconv.designing.problem import Step, steps
from symconv.designing.proofs import proof
from symconv.designing.question import Question
from symconv.designing.ranking import Ranked
from symconv.errors import RequestError, UndecidedError
from symconv.layers import Layer
from symconv.proving import Clock, prove
from symconv.terms import Term, both, defined, either, variable

CAP = 16
"""How far a number that has no bound is looked at, once it is left open."""
MOST_TRIED = 10
"""How many designs are tried for all sizes, of those that suit the inputs that were followed."""
PROOF_LIMIT = 1.0


@dataclass(frozen=True)
class Variant:
    """A question of which some sentences have been left out."""

    question: Question
    from_input: bool = True
    to_output: bool = True

    def first(self, clock: Clock) -> tuple[tuple[Candidate, Ranked] | None, bool]:
        """Return a design if there is one, and whether the answer is certain."""
        certain = True
        try:
            for layers in self.question.chains:
                if self._contradictory(layers, clock):
                    continue
                candidate = self._candidate(layers, clock)
                for ranked in islice(candidate.ranking, MOST_TRIED):
                    if self._meant(candidate, ranked, clock):
                        return (candidate, ranked), True
                    certain = False
                certain = certain and (candidate.whole or self._only_sees)
        except (UndecidedError, RequestError):  # too much to search, or no bound on it
            return None, False
        return None, certain

    def _contradictory(self, layers: tuple[Layer, ...], clock: Clock) -> bool:
        """Whether one of the layers cannot be what is asked of it, whatever arrives there."""
        if not self.question.where:
            return False
        axes, channels = self.question.axes(layers), self.question.input_channels
        stated = {
            both(*law.requires.values(), *_chosen(step))
            for step in steps(layers, axes, self.question.where, channels)
            for law in step.laws
        }
        limit = min(PROOF_LIMIT, clock.left)
        return any(prove(~both(), [defined(law) & law], seconds=limit).proved for law in stated)

    @property
    def _only_sees(self) -> bool:
        """Whether numbers beyond the cap change nothing: they see enough already, if they may."""
        bounded = self.question.receptive_field.most is not None
        return not (self.from_input or self.to_output or self.question.where or bounded)

    def _meant(self, candidate: Candidate, ranked: Ranked, clock: Clock) -> bool:
        """Whether a design does what is asked, not only at the inputs that were followed."""
        goal = self.question.for_all
        if goal is None or not self.to_output:
            return True
        layers = candidate.layers(ranked)
        chain = steps(layers, candidate.axes, (), self.question.input_channels)
        return proof(chain, goal, min(PROOF_LIMIT, clock.left)).proved

    def _candidate(self, layers: tuple[Layer, ...], clock: Clock) -> Candidate:
        clock.check()  # tables of a far reach take seconds to make
        samples = self.question.samples(self.question.axes(layers))
        if not self.to_output:
            samples = [Sample(sample.sizes, None) for sample in samples]
        if not self.to_output and not self.from_input:
            samples = [Sample((), None)]  # some input is large enough for every window
        wide = self.to_output and not self.from_input
        cap = max(CAP, self.question.receptive_field.told)
        return Candidate(self.question, layers, clock, samples, wide=wide, cap=cap)


def _chosen(step: Step) -> Iterator[Term]:
    """State what the unknowns of a layer may be."""
    for letter, unknown in step.unknowns.items():
        if unknown.choices:
            yield either(*(variable(letter).eq(int(value)) for value in unknown.choices))
