"""`solve`: families in closed form, and settings in order."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import fields, replace
from itertools import islice
from typing import Any

from symconv.errors import RequestError, shown
from symconv.families import Family, Setting, Undecided, verify
from symconv.families.family import conjuncts
from symconv.families.verifying import INPUTS, Verification
from symconv.layers import LAYERS, Layer
from symconv.proving import Verdict, between_questions, end_question, prove, prove_by_parity
from symconv.solving.closed import Closed, closed, member
from symconv.solving.conflicts import conflict
from symconv.solving.listing import Listing
from symconv.solving.requests import Request, goal, request
from symconv.solving.result import Solution
from symconv.solving.rules import proof
from symconv.terms import Term, both, defined, either, substitute, variable, variables
from symconv.vocabulary import VOCABULARY

LIMIT = 20
TIME_LIMIT = 10.0
PROOF_LIMIT = 2.0
"""Seconds for each proof about families, within the search's own limit."""
INTERRUPTED = "the search was interrupted"
CHANNELS = ("in_channels", "out_channels", "groups")
MOST_CELLS_RUN = 10**6
"""Layers with more output cells than this are run on one axis only."""


def solve(
    layer: str | Layer,
    *,
    up: int | None = None,
    down: int | None = None,
    same: bool = False,
    where: str | Iterable[Any] = (),
    limit: int | None = LIMIT,
    verify: bool = False,
    timeout: Any = TIME_LIMIT,
) -> Solution:
    """Find every setting of a layer that multiplies, divides or keeps every size.

    Args:
        layer: the layer, as text or as `symconv.Conv2d(...)`; unknowns are `"?"`, ranges or sets.
        up: the factor by which every size is multiplied.
        down: the factor by which every multiple of it is divided.
        same: every size stays.
        where: a constraint or several: text, SymPy relations or terms.
        limit: how many settings to list; `None` for all, if there are finitely many.
        verify: also run the settings as torch layers, each on several sizes.
        timeout: seconds for the search; running out of them is `unknown`.

    Returns:
        A `Solution`: families in closed form and settings, ordinary ones first; or the sentences
        that contradict each other; or unknown, with the reason.

    Raises:
        RequestError: the request is wrong.

    >>> solve("ConvTranspose1d(kernel_size=?, stride=?, padding=?)", up=2, where="kernel_size <= 4")
    ConvTranspose1d(kernel_size=?, stride=?, padding=?): every size times 2
    family: F = 2t + 2, S = 2, P = t, D = 1, A = 0   (t >= 0, 2*t + 2 <= 4; complete: proved)
    kernel_size  stride  padding  dilation  output_padding
              2       2        0         1               0
              4       2        1         1               0
    """
    if limit is not None and (type(limit) is not int or limit < 1):
        raise RequestError("limit as a positive integer", shown(limit), "Write for instance 20.")
    if not isinstance(timeout, (int, float)) or not 0 < timeout < 10**6:
        raise RequestError(
            "timeout as a number of seconds", shown(timeout), "Write for instance 10."
        )
    asked = request(layer, goal(up, down, same), where)
    deadline = time.monotonic() + timeout
    with between_questions(end_question):
        found = _solved(asked, limit, deadline)
    if verify and found.settings:
        found = replace(found, verified=_verified(found, timeout))
    return found


def _solved(asked: Request, limit: int | None, deadline: float) -> Solution:
    ruled = asked.rule() is not None
    if ruled:
        ground = _rule_proof(asked, _left(deadline))
        if not ground.proved:
            return Solution(asked, "unknown", reason=f"the rule for {asked.goal} is {ground}")
    families = _families(asked, deadline) if ruled else ()
    listing = Listing(asked, families, deadline)
    finite = listing.finite()
    if limit is None and finite is False:
        raise RequestError(
            "a request with finitely many settings, to list them all",
            "one with infinitely many",
            'Give a range, as in kernel_size=1..11 or --where "kernel_size <= 11".',
        )
    settings: list[Setting] = []
    enough = None if limit is None else limit + 1
    exhausted, reason = all(one.complete.proved for one in families) and ruled, ""
    try:
        for setting in islice(listing, enough):
            settings.append(setting)
    except Undecided as undecided:
        exhausted, reason = False, str(undecided)
    except KeyboardInterrupt:  # what was found is not lost
        exhausted, reason = False, INTERRUPTED
    if limit is not None and len(settings) > limit:
        settings, exhausted = settings[:limit], False
    count = len(settings) if exhausted else listing.count() if finite and not reason else None
    if settings:
        return Solution(asked, "solved", families, tuple(settings), exhausted, count, reason=reason)
    why = None if reason else conflict(asked, deadline)
    if why is not None:
        return Solution(asked, "infeasible", exhausted=True, count=0, conflict=why)
    reason = reason or "Z3 neither found a setting nor showed that there is none"
    return Solution(asked, "unknown", families, reason=reason)


def _families(asked: Request, deadline: float) -> tuple[Family, ...]:
    """Return the families, constraints in their domains, and the proof that they are all."""
    found = closed(asked)
    complete = _complete(asked, found, _left(deadline))
    families = []
    for one in found:
        inside = {variable(letter): term for letter, term in one.letters.items()}
        narrowed: list[Term] = []
        for term in asked.sentences.values():
            for needed in conjuncts(substitute(term, inside)):
                if not prove(needed, [one.domain, *narrowed], seconds=_left(deadline)).proved:
                    narrowed.append(needed)
        domain = both(*conjuncts(one.domain), *narrowed)
        if prove(~(defined(domain) & domain), seconds=_left(deadline)).proved:
            continue
        letters = {letter: one.letters[letter] for letter in asked.letters}
        names = variables(*letters.values(), domain)
        order = sorted(names, key=lambda name: (name not in ("k", "t"), name))
        families.append(Family(letters, tuple(order), domain, complete, asked.operator.name))
    return tuple(families)


def _left(deadline: float) -> float:
    """Return the seconds for one proof: what is left, within the limit of a proof."""
    return max(0.001, min(PROOF_LIMIT, deadline - time.monotonic()))


def _rule_proof(asked: Request, seconds: float) -> Verdict:
    goal = asked.goal
    return proof(asked.operator, goal.kind, goal.n, ceil=asked.ceil, seconds=seconds)


def _complete(asked: Request, found: list[Closed], seconds: float) -> Verdict:
    """Prove that every setting that meets the rule is in one of the families."""
    given = [term for sentence, term in asked.sentences.items() if sentence not in asked.asked]
    return prove_by_parity(either(*map(member, found)), given, ("D", "F"), seconds=seconds)


def _verified(found: Solution, seconds: float) -> Verification:
    """Run the settings with a single channel: sizes do not depend on channels."""
    asked = found.request

    def build(setting: Mapping[str, int]) -> Layer:
        layer = layer_of(asked.layer, setting)
        if hasattr(layer, "in_channels"):
            layer = replace(layer, **dict.fromkeys(CHANNELS, 1))
        axes = layer.least_axes
        largest = max(asked.goal.output(2 * asked.goal.least_input), setting["F"])
        return layer if largest**axes <= MOST_CELLS_RUN else _on_one_axis(layer)

    def pairs(setting: Mapping[str, int]) -> Iterator[tuple[int, int]]:
        if max(abs(value) for value in setting.values()) > MOST_CELLS_RUN:
            return
        axes = build(setting).least_axes
        for size in INPUTS:
            given = size * asked.goal.least_input
            if size <= 2 or max(given, asked.goal.output(given)) ** axes <= MOST_CELLS_RUN:
                yield given, asked.goal.output(given)

    return verify(found.settings, build, pairs, seconds)


def _on_one_axis(layer: Layer) -> Layer:
    """Return the 1d layer with the same numbers, for settings too large to run on more axes."""
    kind = LAYERS[f"{type(layer).__name__[:-2]}1d"]
    names = {one.name for one in fields(kind)}
    given = {one.name: getattr(layer, one.name) for one in fields(layer) if one.name in names}
    return kind(**given)


def layer_of(layer: Layer, setting: Mapping[str, int]) -> Layer:
    """Return a layer with the numbers of a setting in it."""
    names = {one.name for one in fields(layer)}
    values = {VOCABULARY[letter].torch: value for letter, value in setting.items()}
    return replace(layer, **{name: value for name, value in values.items() if name in names})
