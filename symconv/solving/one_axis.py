"""The answer for one axis: families, settings in order, or why there are none."""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import replace
from itertools import islice

from symconv.errors import RequestError
from symconv.families import Family, Undecided
from symconv.meanings.integers import compiled
from symconv.operators.window import ceil_mode
from symconv.proving import INTERRUPTED, Verdict, prove
from symconv.proving.conflict import Conflict
from symconv.solving.conflicts import conflict
from symconv.solving.families_of import families_of, seconds_left
from symconv.solving.listing import AT_ONCE, Listing
from symconv.solving.requests import Request
from symconv.solving.result import Solution
from symconv.solving.rules import proof
from symconv.solving.settings import Columns, Settings
from symconv.solving.sorting import sorted_by
from symconv.solving.systems import System
from symconv.terms import (
    Term,
    both,
    substitute,
    variable,
    variables,
)

PLAUSIBLE = 50
ORDINARY_WEIGHT = 96
"""If nothing weighs so little, a contradiction is looked for before the search goes on."""


def listing(requests: tuple[Request, ...], deadline: float, *also: Term) -> Listing:
    """Return the settings of the requests about one axis, in order."""
    systems = [
        System(both(*one.sentences.values(), *also), one.fixed, one.letters, one.operator.kernel)
        for one in requests
    ]
    return Listing(systems, deadline)


def solved(
    requests: tuple[Request, ...],
    limit: int | None,
    deadline: float,
    sort: tuple[str, ...] = (),
    counted: bool = False,
) -> Solution:
    """Answer the requests about one axis, unless Ctrl-C comes before there is anything to tell.

    Args:
        requests: what is asked: one, or one for each ceil mode.
        limit: how many settings to list; `None` for all.
        deadline: when to stop, of `time.monotonic`.
        sort: by what to sort the settings; nothing for ordinary ones first.
        counted: whether to count settings until the deadline, not only for a second.
    """
    try:
        return _solved(requests, limit, deadline, sort, counted)
    except KeyboardInterrupt:
        return Solution(requests[0], "unknown", reason=INTERRUPTED)


def _solved(
    requests: tuple[Request, ...],
    limit: int | None,
    deadline: float,
    sort: tuple[str, ...],
    counted: bool,
) -> Solution:
    asked = requests[0]
    unproved = _unproved(requests, deadline)
    if unproved is not None:
        return unproved
    ruled = all(one.rule is not None for one in requests)  # or families would not be all
    families = tuple(f for one in requests for f in families_of(one, deadline)) if ruled else ()
    found = listing(requests, deadline)
    finite = found.finite()
    if finite is False and (limit is None or sort):
        raise RequestError(
            "a request with finitely many settings, to " + ("sort" if sort else "list") + " them",
            f"one with infinitely many: nothing bounds {found.open_letters}",
            'Give ranges, as in kernel_size=1..11 or --where "kernel_size <= 11".',
        )
    if found.empty or not _ordinary(found):
        none = _without(requests, deadline, families)
        if none.verdict == "infeasible" or found.empty:
            return none
    most = None if sort else limit
    settings, exhausted, reason = _collected(found, requests, finite is True, most)
    total = len(settings)
    count = total if exhausted else None
    if count is None and finite and not reason and not _proved_one_by_one(requests):
        try:
            count = found.count(deadline if counted else None)
        except KeyboardInterrupt:
            reason = INTERRUPTED
    if sort:
        settings = sorted_by(settings, sort, asked)
    if limit is not None and total > limit:
        settings, exhausted = settings[:limit], False
    if total:
        endless = None if finite is None else not finite
        return Solution(
            asked, "solved", families, settings, exhausted, count, reason=reason, endless=endless
        )
    if exhausted and found.count(deadline) == 0:  # to see everything is a proof without a reason
        everything = Conflict(tuple(asked.sentences))
        return Solution(asked, "infeasible", exhausted=True, count=0, conflict=everything)
    reason = reason or "no setting was found, and no proof that there is none"
    return Solution(asked, "unknown", families, reason=reason)


def spread(requests: tuple[Request, ...], listed: int, number: int, deadline: float) -> Settings:
    """Return some settings from beyond those that are listed, spread over what weighs little.

    Args:
        requests: what is asked.
        listed: how many settings are listed.
        number: how many others are wanted.
        deadline: when to stop looking.
    """
    found = listing(requests, deadline)
    parts: list[Columns] = []
    if not _proved_one_by_one(requests):
        with suppress(Undecided):
            parts += found.blocks(ORDINARY_WEIGHT)
    others = Settings.joined(found.letters, parts)[listed:]
    step = max(1, len(others) // number)
    return others[step - 1 :: step][:number]


def _unproved(requests: tuple[Request, ...], deadline: float) -> Solution | None:
    """Return an answer if a rule has no proof: then nothing that follows from it is listed."""
    for one in requests:
        if one.rule is None:
            continue
        left = max(0.001, deadline - time.monotonic())
        ground = proof(one.operator, one.goal, ceil=one.ceil, seconds=left)
        if not ground.proved:
            none = _without(requests, deadline)
            reason = f"the rule for {one.goal} is {ground}"
            return none if none.verdict == "infeasible" else replace(none, reason=reason)
    return None


def _proved_one_by_one(requests: tuple[Request, ...]) -> bool:
    """Whether settings meet instances of a goal only, and each needs a proof of its own."""
    return requests[0].goal.kind != "pair" and any(one.rule is None for one in requests)


def _collected(
    found: Listing, requests: tuple[Request, ...], finite: bool, most: int | None
) -> tuple[Settings, bool, str]:
    """Return settings, one more than wanted at most, whether these are all, and why it stopped."""
    parts: list[Columns] = []
    exhausted, reason, total = False, "", 0
    try:
        for block in _blocks(found, requests, finite and most is None):
            parts.append(block)
            total += _length(block)
            if most is not None and total > most:
                break
        else:
            exhausted = True
    except Undecided as undecided:
        reason = str(undecided)
    except KeyboardInterrupt:  # what was found is not lost
        reason = INTERRUPTED
    return Settings.joined(found.letters, parts), exhausted, reason


def _length(block: Columns) -> int:
    return len(next(iter(block.values())))


def _blocks(found: Listing, requests: tuple[Request, ...], at_once: bool) -> Iterator[Columns]:
    if found.empty:
        return
    known = found.count() if at_once else None
    if known is not None and known <= AT_ONCE:
        whole = found.all_at_once()
        blocks: Iterator[Columns] = iter(() if whole is None else (whole,))
    else:
        blocks = found.blocks()
    for block in blocks:
        if _proved_one_by_one(requests):
            yield from _proved(block, requests[0], found.deadline)
        else:
            yield block


def _ordinary(found: Listing) -> bool:
    """Whether there are settings of small weight."""
    try:
        return found.first(ORDINARY_WEIGHT) is not None
    except Undecided:
        return False


def _without(
    requests: tuple[Request, ...], deadline: float, families: tuple[Family, ...] = ()
) -> Solution:
    """Answer that there is no setting, if that can be shown, or that it is not known."""
    asked = requests[0]
    found: list[Conflict] = []
    for one in requests:
        why = conflict(one, deadline)
        if why is None:
            reason = "neither a setting nor a proof that there is none was found"
            return Solution(asked, "unknown", families, reason=reason)
        found.append(why)
    sentences = tuple(dict.fromkeys(s for why in found for s in why.sentences))
    relaxations = tuple({r["change"]: r for why in found for r in why.relaxations}.values())
    whole = Conflict(sentences, len(found) == 1 and found[0].minimal, relaxations)
    return Solution(asked, "infeasible", exhausted=True, count=0, conflict=whole)


def _proved(block: Columns, asked: Request, deadline: float) -> Iterator[Columns]:
    """Yield the settings, one by one, for which Z3 proves the goal, where no rule does."""
    for place in range(_length(block)):
        values = {letter: int(column[place]) for letter, column in block.items()}
        if not _plausible(asked, values):
            continue
        verdict = holds_for_all(asked, values, seconds_left(deadline))
        if verdict.word == "unknown":
            raise Undecided(f"whether {values} meets the goal is {verdict}")
        if verdict.proved:
            yield {letter: column[place : place + 1] for letter, column in block.items()}


def _plausible(asked: Request, setting: Mapping[str, int]) -> bool:
    """Whether a setting meets the goal for the first of its inputs: Z3 need not refute the rest."""
    known = {variable(letter): value for letter, value in setting.items()}
    law = substitute(asked.operator.size, {ceil_mode: int(asked.ceil)} | known)
    size = compiled(law, ("W",))
    return all(size(one) == asked.goal.gives(one) for one in islice(asked.goal.sizes, PLAUSIBLE))


def holds_for_all(asked: Request, setting: Mapping[str, int], seconds: float) -> Verdict:
    """Prove that one setting meets the goal for every input, and that all of them are valid."""
    known = {variable(letter): value for letter, value in setting.items()}
    known.setdefault(ceil_mode, int(asked.ceil))
    needs = [
        term
        for sentence, law in asked.operator.requires.items()
        if not set(variables(term := substitute(law, known))) - {"W"}
    ]
    claim = both(substitute(asked.operator.size, known).eq(asked.goal.output), *needs)
    return prove(claim, [asked.goal.inputs], seconds=seconds)
