"""What the sentences of an answer say, read back: who says them, and the request without them."""

import re
from dataclasses import replace

from symconv import solve
from symconv.errors import RequestError
from symconv.families.search import possible
from symconv.meanings.integers import compiled
from symconv.operators.window import ceil_mode
from symconv.questions.words import PLACEHOLDERS
from symconv.reading.constraints import split
from symconv.terms import both, defined, substitute
from truth_requests import is_open
from truth_sizes import holds, layers_of, numbers_on
from words_of_sets import understood

PATIENCE = 600
"""Seconds that no question here needs: what is unknown is not so for lack of time."""
WRITTEN = re.compile(r"(\w+) is (.+?)(?: on axis (\d))?, as you wrote")
DEFAULT = re.compile(r"(\w+) is (.+), (torch's|a pool's) default; write (\w+)=\? to free it")
FOLLOWS = re.compile(r"(\w+) is the kernel size, a pool's default; write (\w+)=\? to free it")
CHOICE = re.compile(r"(\w+) is one of (.+)")
NAMES = (*"FSPDA", "ceil_mode", "receptive_field")


def parts_of(where):
    """Return the parts of a condition, as they are told."""
    try:
        return [part.says for part in split(where, NAMES, {**PLACEHOLDERS})]
    except RequestError:
        return [where]


def without(request, place, says, axis=None):
    """Return the request without what a sentence about one of its layers says; nothing if it cannot.

    Args:
        request: the request.
        place: which of its parts it is about, if it is about one.
        says: the sentence.
        axis: the axis that the conflict is about, from 1.
    """
    part = request.parts[place]
    if match := FOLLOWS.fullmatch(says) or DEFAULT.fullmatch(says):
        return request.put(place, **{match[1]: "?"})
    if match := WRITTEN.fullmatch(says):
        return request.put(place, **{match[1]: _freed(part.written[match[1]], axis)})
    if match := CHOICE.fullmatch(says):
        return request.put(place, **{match[1]: _freed(part.written[match[1]], axis)})
    if says.startswith("you asked for "):
        asked = says.removeprefix("you asked for ")
        kept = []
        for where in request.where:
            others = [other for other in parts_of(where) if other != asked]
            kept += [where] if len(others) == len(parts_of(where)) else others
        return replace(request, where=tuple(kept)) if tuple(kept) != request.where else None
    return None


def _freed(value, axis):
    """Return a text in which a number is free, on one axis or on all."""
    if not value.startswith("(") or axis is None:
        return "?"
    entries = [entry.strip() for entry in value[1:-1].split(",")]
    if len(entries) < axis:
        return "?"
    entries[axis - 1] = "?"
    return f"({', '.join(entries)})"


def kind_fault(request, place, sentence):
    """Return what is wrong with who is said to say a sentence, if anything."""
    says, written = str(sentence), request.parts[place].written
    if match := WRITTEN.fullmatch(says):
        right = sentence.kind == "written" and match[1] in written
        right = right and _values(match[2]) <= _values(written[match[1]])
    elif match := FOLLOWS.fullmatch(says) or DEFAULT.fullmatch(says):
        right = sentence.kind == "default" and match[1] not in written
    elif match := CHOICE.fullmatch(says):
        right = sentence.kind == "choice" and is_open(written.get(match[1], ""))
        right = right and _values(match[2]) in _entries(written[match[1]])
    elif sentence.kind == "condition":
        asked = says.removeprefix("you asked for ")
        right = any(asked in parts_of(where) for where in request.where)
    elif sentence.kind == "goal":
        right = says.startswith("you asked for ")
    else:
        right = sentence.kind in ("law", "choice") and not re.search(
            "as you wrote|default|asked", says
        )
    return "" if right else f"«{says}» is said to be {sentence.kind}"


def _entries(value):
    whole = value[1:-1] if value.startswith("(") else value
    return [_values(entry) for entry in (whole.split(",") if "{" not in whole else [whole])]


def _values(text):
    """Return the numbers that a range or a set stands for."""
    numbers = set()
    for entry in text.strip("(){}").split(","):
        low, _, high = entry.strip().partition("..")
        numbers |= {*range(int(low), int(high or low) + 1)} if re.search(r"\d", low) else set()
    return frozenset(numbers)


def conflict_faults(request, answer, tried, grid, together):
    """Yield what is false in a conflict about one open layer."""
    conflict, place = answer.conflict, tried.open[0]
    apart = "none of them agree" in str(conflict.sentences[0])
    for sentence in conflict.sentences:
        if not apart and (fault := kind_fault(request, place, sentence)):
            yield fault
    problems = answer.problems
    names = {sentence.says for sentence in conflict.sentences}
    if not apart:
        yield from _contradiction(conflict, names, problems, grid, together)
    for way in conflict.relaxations:
        yield from _way_out(request, place, conflict, way, problems, tried)


def asked_again(request, changed, place):
    """Return the answer to a changed request; where it needs a bound, with a wide one."""
    try:
        return solve(changed.text, **changed.asked, timeout=PATIENCE)
    except RequestError:
        freed = changed.parts[place].written.items() - request.parts[place].written.items()
        bounded = {name: value.replace("?", "1..16") for name, value in freed}
        if not bounded:
            raise
        return solve(changed.put(place, **bounded).text, **changed.asked, timeout=PATIENCE)


def _contradiction(conflict, names, problems, grid, together):
    """Yield where sentences hold together, or do so still without one of them."""
    for problem in problems:
        numbers = grid(problem.letters)
        there = [one for one in problem.sentences if one.says in names]
        if together(there, numbers).any():
            yield f"{sorted(names)} hold together"
    said = {one.says for problem in problems for one in problem.sentences}
    if names - said:
        yield f"{names - said} were no constraints"
    if not conflict.minimal:
        return
    (problem,) = problems
    numbers = grid(problem.letters)
    for left_out in conflict.sentences:
        rest = [one for one in conflict.sentences if one is not left_out]
        if not together(rest, numbers).any() and not _far(rest):
            yield f"minimal, but still contradicting without «{left_out}»"


def _far(sentences):
    """Whether sentences hold together for numbers beyond the grid, as another prover says."""
    whole = both(*(defined(one.term) & one.term for one in sentences))
    return possible(whole, PATIENCE) is not False


def _way_out(request, place, conflict, way, problems, tried):
    """Yield what is false in a way out: its setting, and what asking again says."""
    letters = problems[0].letters
    (layer,) = layers_of(str(_filled(request.parts[place], way.example)))
    if not way.sentence:
        yield from _for_some(request, place, way, tried)
        return
    if way.sentence not in {sentence.says for sentence in conflict.sentences}:
        yield f"«{way.sentence}» is given up, but no part of the conflict"
    numbers = numbers_on(layer, (conflict.axis or 1) - 1)
    numbers["ceil_mode"] = int(getattr(layer, "ceil_mode", None) or 0)
    told = set(letters) <= numbers.keys()
    if told and not any(_meets(problem, way.sentence, numbers) for problem in problems):
        yield f"{way.example} breaks another sentence than «{way.sentence}»"
    changed = without(request, place, way.sentence, conflict.axis)
    if changed is None:
        yield f"«{way.sentence}» cannot be left out of {request}"
        return
    parts = [str(p) for p in next(request.chains())]
    texts = (*parts[:place], str(_filled(request.parts[place], way.example)), *parts[place + 1 :])
    trials = tried.trials
    if not trials.does(texts):
        yield f"«{way.change}»: {texts} does not do it: {trials.judged(texts)}"
    each = [numbers_on(layer, axis) for axis in range(request.axes)]
    if not all(holds(where, one, request, trials) for where in changed.where for one in each):
        yield f"«{way.change}»: {texts} breaks a condition"
    try:
        again = asked_again(request, changed, place)
    except RequestError as error:
        yield f"without «{way.sentence}»: {error}"
        return
    if again.verdict != "solved":
        yield f"without «{way.sentence}» there still is none ({again.verdict}): {changed}"
    elif conflict.axis is None and not again.axes:
        first = again.to_dict()["solutions"]
        if way.example not in [{n: row.get(n) for n in way.example} for row in first]:
            yield f"without «{way.sentence}»: {way.example} is not listed: {changed}"
        named = set(re.findall(r"(\w+) = ", way.says))
        opened = set(changed.parts[place].open)
        if not named <= opened | ({"stride"} if "kernel_size" in opened else set()):
            yield f"«{way.change}» names what is not open"
        for name in named & way.example.keys():
            value = way.example[name]
            if f"{name} = {value}, " not in f"{way.says}, ":
                yield f"«{way.change}» names other numbers than {way.example}"


def _meets(problem, left_out, numbers):
    """Whether numbers meet all sentences of a problem but one."""
    rest = both(*(one.term for one in problem.sentences if one.says != left_out))
    rest = substitute(defined(rest) & rest, {ceil_mode: int(problem.ceil)})
    names = tuple(numbers)
    return bool(compiled(rest, names)(*numbers.values()))


def _filled(part, example):
    """Return a part with the numbers of an example."""
    kept = {n: v for n, v in part.written.items() if n not in example}
    told = {n: str(tuple(v)) if isinstance(v, list) else str(v) for n, v in example.items()}
    return replace(part, numbers=tuple((kept | told).items()))


def _for_some(request, place, way, tried):
    """Yield where a setting does not do it just to the sizes that are named."""
    part = _filled(request.parts[place], way.example)
    texts = [str(part if n == place else p) for n, p in enumerate(next(request.chains()))]
    sizes = understood(re.split(r",? for ", way.says)[-1])
    trials = tried.trials
    for size, right in zip(trials.given[0], trials.judged(texts), strict=True):
        if bool(right) != (size in sizes):
            yield f"«{way.change}» is not so for {size}"
            return
    (layer,) = layers_of(texts[place])
    numbers = numbers_on(layer, 0)
    if not all(holds(where, numbers, request, trials) for where in request.where):
        yield f"«{way.change}» breaks a condition"
