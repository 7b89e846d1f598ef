"""Settings that do what is asked to some sizes, where none does it to all of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import product

from symconv.meanings.integers import compiled
from symconv.operators.window import ceil_mode
from symconv.periodic import SizeSet
from symconv.proving import Clock, holding
from symconv.questions.conflicts import Relaxation
from symconv.solving.problem import Problem
from symconv.terms import Term, both, defined, substitute, variable, variables

NEAR = {"F": range(1, 8), "S": range(1, 5), "P": range(4), "D": range(1, 3), "A": range(2)}
"""Which numbers are tried, besides the settings that people build."""
MOST_TRIED, MOST_TOLD = 500, 3


def for_some(problem: Problem, clock: Clock) -> Iterator[Relaxation]:
    """Yield settings near the ordinary ones that do it to infinitely many sizes, and to which."""
    if problem.goal.kind != "relation":
        return
    suiting: list[tuple[float, dict[str, int], SizeSet]] = []
    for setting in _tried(problem):
        if clock.over or len(suiting) > MOST_TRIED:
            break
        sizes = _suiting(problem, setting)
        if sizes is not None and sizes.endless:
            suiting.append((-_share(sizes), setting, sizes))
    weight = compiled(problem.order.weight(), problem.letters)
    suiting.sort(key=lambda entry: (entry[0], weight(*entry[1].values())))
    for _, setting, sizes in suiting[:MOST_TOLD]:
        numbers = problem.layer.named([setting])
        open_ = {problem.layer.parameter_of(letter) for letter in problem.free}
        says = ", ".join(f"{name} = {n}" for name, n in numbers.items() if name in open_)
        yield Relaxation("", numbers, f"{says}, for {sizes}")


def _tried(problem: Problem) -> Iterator[dict[str, int]]:
    """Yield settings that meet all that is not about sizes."""
    plain = both(
        *(
            sentence.term
            for sentence in problem.sentences
            if sentence.kind in ("written", "default", "choice", "condition")
        )
    )
    holds = compiled(defined(plain) & plain, problem.letters)
    choices = [
        [problem.fixed[letter]] if letter in problem.fixed else NEAR.get(letter, range(1, 8))
        for letter in problem.letters
    ]
    for numbers in product(*choices):
        if holds(*numbers):
            yield dict(zip(problem.letters, numbers, strict=True))


def _suiting(problem: Problem, setting: Mapping[str, int]) -> SizeSet | None:
    """Return the sizes to which a setting does what is asked; nothing where that is not decided."""
    numbers: dict[Term, int] = {variable(letter): value for letter, value in setting.items()}
    numbers.setdefault(ceil_mode, int(problem.ceil))
    laws = (substitute(law, numbers) for law in problem.operator.requires.values())
    needs = both(*(law for law in laws if set(variables(law)) <= {"W"}))
    reached = substitute(problem.operator.size, numbers).eq(problem.goal.output)
    return holding(both(problem.goal.inputs, needs, reached))


def _share(sizes: SizeSet) -> float:
    """Return which part of all large sizes a set has."""
    form = sizes.to_dict()
    return float(len(form["residues"]) / form["period"])
