"""How an answer lists settings: the order, families in closed form, text and JSON."""

import re
from itertools import product

from symconv.vocabulary import torch_name
from truth_sizes import layers_of, numbers_on, rank

FAMILY = range(-6, 26)
"""The numbers that the parameters of a family are tried on."""


def text_of(value):
    """Write a number of a row, or one for each axis."""
    return f"({', '.join(map(str, value))})" if isinstance(value, list) else str(value)


def order(request, answer, told, tried):
    """Yield where rows do not come in the documented order."""
    problem = answer.problem
    if answer.axes or problem.operator.kernel is None or not problem.operator.kernel.even:
        return
    if set(problem.letters) - {*"FSPDA", "ceil_mode"} or len(answer.problems) > 1:
        return
    (name,) = {part.name for part in request.parts if part.open}
    paints = "Transpose" in name or "Unpool" in name
    trials = tried.trials
    alone = len(problem.chain) == 1
    pair = (trials.given[0][0], trials.wanted[0][0]) if alone else None
    only = alone and "input" in request.options
    counts = {
        tuple(s[n] for n in problem.letters): c for c, s in problem.order.built(problem.fixed)
    }
    numbers = [{n: setting[n] for n in problem.letters} for setting in answer.settings]

    def places(settings, far):
        return [rank(setting, counts, paints, pair, far, only) for setting in settings]

    ways = [far for far in ("", "D", "S", "DS")
            if places(numbers, far) == sorted(places(numbers, far))]  # fmt: skip
    if not ways:
        yield f"rows are out of order: {numbers}"
    elif not answer.exhausted and numbers and not problem.proved_one_by_one:
        (last,) = places(numbers[-1:], ways[0])
        for texts in tried.right().values():
            (layer,) = layers_of(texts[tried.open[0]])
            each = {**numbers_on(layer, 0), **problem.fixed}
            setting = {letter: each[letter] for letter in problem.letters}
            if setting not in numbers and places([setting], "DS")[0] < last:
                yield f"{texts} comes before the last row {last}"
                break


EXPRESSIONS = {"Mod": lambda a, b: a % b, "Eq": lambda a, b: a == b, "Ne": lambda a, b: a != b,
               "floor": lambda a: a // 1, "Max": max, "Min": min, "Or": lambda *a: any(a),
               "And": lambda *a: all(a), "Not": lambda a: not a}  # fmt: skip


def families(request, told, tried):
    """Yield where families are not just the settings that are found by trying."""
    forms = told["families"]
    if not forms or not all(family["complete"] for family in forms):
        return
    names = [name for name in forms[0] if name not in ("where", "complete")]
    inside = set()
    for family in forms:
        texts = {name: family.get(name, "1") for name in (*names, "where")}
        free = sorted(set(re.findall(r"[A-Za-z_]+", " ".join(texts.values())))
                      - {"True", "False", *EXPRESSIONS})  # fmt: skip
        if len(free) > 3 or any("/" in text.replace("//", "") for text in texts.values()):
            return
        codes = {name: compile(text, name, "eval") for name, text in texts.items()}
        for numbers in product(FAMILY, repeat=len(free)):
            at = {**EXPRESSIONS, **dict(zip(free, numbers, strict=True))}
            if eval(codes["where"], {"__builtins__": {}}, at):
                inside.add(tuple(int(eval(codes[n], {"__builtins__": {}}, at)) for n in names))
    right = tried.right()
    for made, texts in tried.texts.items():
        (layer,) = layers_of(texts[0])
        numbers = {torch_name(letter): n for letter, n in numbers_on(layer, 0).items()}
        numbers["ceil_mode"] = int(getattr(layer, "ceil_mode", None) or 0)
        member = tuple(numbers.get(name, -1) for name in names) in inside
        if names and member != (made in right):
            yield f"{texts} is {'' if made in right else 'not '}right, unlike {forms}"
            return


def shown(answer, told):
    """Yield where text and JSON differ."""
    lines = list(answer.lines())
    said = [line[4:] for line in lines if line.startswith("  - ")]
    ways = [line.removeprefix("possible ") for line in lines if line.startswith("possible ")]
    if said != told["conflict"] or ways != [way["change"] for way in told["relaxations"]]:
        yield "text and JSON name other reasons"
    if bool(said) and ("  (not shown to be minimal)" in lines) == told["minimal"]:
        yield "text and JSON differ about minimal"
    names, cells = answer.cells(answer.settings.joined()) if told["solutions"] else ((), [])
    for row, shown in zip(told["solutions"], cells, strict=True):
        written = dict(zip(names, shown, strict=True))
        for name in row.keys() & written.keys() - {"layers"}:
            if written[name] != text_of(row[name]):
                yield f"text has {name} = {written[name]}, JSON {row[name]}"
    if answer.exhausted and any(line.startswith("... and more") for line in lines):
        yield "text and JSON differ about more"
