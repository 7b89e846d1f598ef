"""The answer for one axis: families, settings in order, or why there are none."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import islice
from typing import TYPE_CHECKING, Any

from symconv.errors import RequestError
from symconv.families.search import possible
from symconv.meanings.integers import compiled
from symconv.operators.window import ceil_mode
from symconv.proving import Clock
from symconv.questions.conflicts import Conflict
from symconv.questions.listed import Blocks, Listed
from symconv.questions.settings import Settings
from symconv.solving.conflicts import conflict
from symconv.solving.listing import AT_ONCE, BEYOND_SECONDS, NOT_SEARCHED, Listing
from symconv.solving.problem import Problem
from symconv.solving.result import LayerSolution
from symconv.solving.rules import proof
from symconv.solving.somewhere import for_some
from symconv.solving.sorting import sorted_by
from symconv.solving.systems import System
from symconv.solving.taking import taken_by
from symconv.terms import Term, both, defined, substitute, variable

if TYPE_CHECKING:
    from symconv.families import Family

PLAUSIBLE = 50
ORDINARY_WEIGHT = 96
"""If nothing weighs so little, a contradiction is looked for before the search goes on."""
NOTHING_FOUND = "no setting was found, and no proof that there is none"
ELIMINATED = "Elimination, letter by letter, leaves no setting."
NEITHER = "neither a setting nor a proof that there is none was found"

Problems = tuple[Problem, ...]
"""What is asked of one axis: one problem, or one for each ceil mode."""


def listing(problems: Problems, clock: Clock, *also: Term) -> Listing:
    """Return the settings that meet the problems of one axis, in order."""
    systems = [
        System(
            both(problem.statement, *also),
            problem.fixed,
            problem.letters,
            problem.order,
        )
        for problem in problems
    ]
    return Listing(systems, clock)


def answered(
    problems: Problems, limit: int | None, clock: Clock, sort: tuple[str, ...], streams: bool
) -> LayerSolution:
    """Answer the problems of one axis.

    Args:
        problems: what is asked.
        limit: how many settings to list; `None` for all.
        clock: how long to go on.
        sort: by what to sort the settings; nothing for ordinary ones first.
        streams: whether settings shall come as they are found, rather than all of them soon.
    """
    unproved = _unproved(problems, clock)
    if unproved is not None:
        return unproved
    families = _families(problems, clock)
    search, refusing = listing(problems, clock), unsearched(problems, clock)
    finite = search.finite() and (None if refusing else True)
    if finite is False and (limit is None or sort):
        raise RequestError(
            "a request with finitely many settings, to " + ("sort" if sort else "list") + " them",
            f"one with infinitely many: nothing bounds {search.open_letters}",
            'Give ranges, as in kernel_size=1..11 or where="kernel_size <= 11".',
        )
    ordinary = Listed(search.blocks(ORDINARY_WEIGHT))
    if search.empty or not ordinary.started:
        refusal = _without(problems, clock, families)
        if refusing and refusal.verdict == "infeasible":
            return refusal.changed(verdict="unknown", conflict=None, why=refusing)
        if refusal.verdict == "infeasible" or search.empty:
            return refusal
    at_once = bool(finite) and limit is None and not streams
    blocks = until(_blocks(search, ordinary, problems, at_once), refusing)
    settings = Listed(_sorted(blocks, sort, problems[0]) if sort else blocks, limit)
    endless = None if finite is None else not finite
    if settings.started:
        return LayerSolution(
            "solved", settings=settings, problems=problems, families=families, endless=endless
        )
    if settings.whole and search.count(clock) == 0:  # all were seen: a proof without a reason
        return _infeasible(problems, Conflict(problems[0].sentences, ground=ELIMINATED))
    reason = settings.reason or NOTHING_FOUND
    return LayerSolution("unknown", problems=problems, families=families, why=reason)


def unsearched(problems: Problems, clock: Clock) -> str:
    """Say which settings are not searched: those that take no size of which requirements speak."""
    for problem in problems:
        if problem.proved_one_by_one and not problem.goal.named:
            wider = problem.refusing
            if possible(defined(wider) & wider, min(BEYOND_SECONDS, clock.left)) is not False:
                return f"settings that refuse {problem.first} cells were not searched"
    return ""


def _families(problems: Problems, clock: Clock) -> tuple[Family, ...]:
    """Return all settings in closed form, where rules are known for all problems."""
    if any(problem.condition is None for problem in problems):
        return ()
    from symconv.solving.families_of import families_of  # it loads SymPy

    return tuple(family for problem in problems for family in families_of(problem, clock))


def _unproved(problems: Problems, clock: Clock) -> LayerSolution | None:
    """Return an answer if a rule has no proof: then nothing that follows from it is listed."""
    for problem in problems:
        if problem.condition is None:
            continue
        ground = proof(problem.operator, problem.goal, ceil=problem.ceil, seconds=clock.left)
        if not ground.proved:
            refusal = _without(problems, clock)
            if refusal.verdict == "infeasible":
                return refusal
            return refusal.changed(why=clock.over or f"the rule for {problem.goal} is {ground}")
    return None


def _blocks(search: Listing, ordinary: Listed, problems: Problems, at_once: bool) -> Blocks:
    """Yield settings in order; where no rule does it, each with a proof of its own."""
    blocks = _by_weight(search, ordinary)
    if any(problem.proved_one_by_one for problem in problems):
        return (yield from _proved(blocks, problems[0], search.clock))
    count = search.count(search.clock) if at_once else None
    if count is None or count > AT_ONCE:
        return (yield from blocks)
    whole = search.all_at_once()
    if whole is None:
        return search.clock.over
    yield whole
    return ""


def until(blocks: Blocks, left_out: str) -> Blocks:
    """Yield settings, and return what was left out where nothing else ended them."""
    return (yield from blocks) or left_out


def _by_weight(search: Listing, ordinary: Listed) -> Blocks:
    """Yield settings in order: those of little weight, which are known, and then the others."""
    yield from ordinary.chunks(keep=False)
    if ordinary.reason != NOT_SEARCHED:
        return ordinary.reason
    return (yield from search.blocks(above=ORDINARY_WEIGHT))


def _sorted(blocks: Blocks, keys: tuple[str, ...], problem: Problem) -> Blocks:
    """Yield all settings, sorted by keys."""
    every = Listed(blocks)
    chunks: list[Any] = list(every.chunks())
    settings = Settings.joined(problem.letters, (chunk.columns for chunk in chunks))
    yield sorted_by(settings, keys, problem)
    return every.reason


def _without(problems: Problems, clock: Clock, families: tuple[Family, ...] = ()) -> LayerSolution:
    """Answer that there is no setting, if that can be shown, or that it is not known."""
    conflicts = [conflict(problem, clock) for problem in problems]
    shown = [why for why in conflicts if why is not None]
    if len(shown) < len(conflicts):
        why = clock.over or NEITHER
        return LayerSolution("unknown", problems=problems, families=families, why=why)
    sentences = {sentence.says: sentence for why in shown for sentence in why.sentences}
    ways = (*(way for why in shown for way in why.relaxations), *for_some(problems[0], clock))
    relaxations = {way.change: way for way in ways}
    minimal = len(shown) == 1 and shown[0].minimal
    ways_out, ground = (*relaxations.values(),), shown[0].ground
    return _infeasible(problems, Conflict((*sentences.values(),), minimal, ways_out, ground=ground))


def _infeasible(problems: Problems, why: Conflict) -> LayerSolution:
    return LayerSolution("infeasible", problems=problems, conflict=why, endless=False)


def _proved(blocks: Blocks, problem: Problem, clock: Clock) -> Blocks:
    """Yield the settings, one by one, that do what is asked to all sizes; see `taken_by`."""
    rows = Listed(blocks)
    for block in rows.chunks(keep=False):
        for place, setting in enumerate(block):
            if clock.over:
                return clock.over
            if not _plausible(problem, setting):
                continue
            taken = taken_by(problem, setting, clock)
            if taken.unknown:
                return f"whether {setting} meets the goal is {taken.unknown}"
            if taken.suits:
                yield block[place : place + 1]
    return rows.reason


def _plausible(problem: Problem, setting: Mapping[str, int]) -> bool:
    """Whether a setting meets the goal for inputs from `problem.first` on, as far as tried."""
    numbers = {variable(letter): value for letter, value in setting.items()}
    law = substitute(problem.operator.size, {ceil_mode: int(problem.ceil)} | numbers)
    size = compiled(law, ("W",))
    inputs = islice((cells for cells in problem.goal.sizes if cells >= problem.first), PLAUSIBLE)
    return all(size(cells) == problem.goal.gives(cells) for cells in inputs)
