"""Requests drawn at random: layers, chains, axes, goals and conditions of each kind."""

from dataclasses import replace

from random_requests import CROPPING, LAYERS, condition
from symconv.vocabulary import torch_name
from truth_requests import BOX, DEFAULTS, Part, Request
from truth_sizes import outcome

SETTLED = (
    "ReLU{}d", "MaxPool{}d(2)", "Conv{}d(kernel_size=3)", "Conv{}d(kernel_size=3, stride=2)",
    "Conv{}d(kernel_size=3, padding=1)", "AvgPool{}d(kernel_size=3, stride=2, ceil_mode=True)",
    "ConvTranspose{}d(kernel_size=2, stride=2)", "Upsample(scale_factor=2)", "ZeroPad{}d(1)",
    "ConvTranspose{}d(kernel_size=4, stride=2, padding=1)", "ReflectionPad{}d(2)",
)  # fmt: skip
"""Layers with numbers, for so many axes."""


def random_request(rng):
    """Return a random request of one of some kinds; often one that some setting meets."""
    request = _drawn(rng)
    if request.branch or rng.random() < 0.5:
        return request
    for _ in range(9):
        chain = rng.choice([*request.chains()] or [()])
        texts = tuple(str(rng.choice([*part.settled()])) for part in chain)
        given = tuple(rng.randint(4, 16) for _ in range(request.axes))
        made = outcome(texts, tuple((size,) for size in given))
        if made and all(cells[0] >= 1 for cells in made):
            reached = {"input": given, "output": tuple(cells[0] for cells in made)}
            return replace(request, options=reached if request.axes > 1 else
                           {name: value[0] for name, value in reached.items()})  # fmt: skip
    return request


def _drawn(rng):
    way = rng.random()
    if way < 0.45:
        return _single(rng)
    if way < 0.62:
        return _among(rng)
    if way < 0.84:
        return _several(rng)
    return _settled(rng) if way < 0.92 else _branches(rng)


def _value(rng, name, ranged=False, negative=False):
    """Return a text for a number: itself, an unknown, a range or a set."""
    values = BOX[name] if not negative or name != "padding" else range(-2, 4)
    way = rng.random()
    if way < 0.25:
        return str(rng.choice(values))
    if way < 0.6 and not ranged:
        return "?"
    if way < 0.85:
        low = rng.choice(values)
        return f"{low}..{rng.randint(low, max(values))}"
    return "{" + ", ".join(map(str, sorted(rng.sample(list(values), 2)))) + "}"


def random_part(rng, axes, ranged=False):
    """Return a layer with windows and something open; unknowns with ranges if it has to be."""
    kind = rng.choice([name for name in LAYERS if name[-2] == "1"] + ["Conv1d", "ConvTranspose1d"])
    name = f"{kind[:-2]}{axes}d"
    if kind.startswith("LP") and axes > 2:
        name = "AvgPool3d"
    pools = "Pool" in name or "Unpool" in name
    numbers = {"norm_type": "2"} if "LPPool" in name else {}
    crops = name.startswith("Conv") and "Transpose" not in name and rng.random() < 0.2
    for letter in LAYERS[kind]:
        parameter = torch_name(letter)
        if name == "AvgPool3d" and parameter == "dilation":
            continue
        if parameter != "kernel_size" and rng.random() < 0.35:
            continue
        numbers[parameter] = _value(rng, parameter, ranged, crops)
        if axes > 1 and rng.random() < 0.15:
            entries = [_value(rng, parameter, ranged, crops) for _ in range(axes)]
            if not any("{" in entry for entry in entries):
                numbers[parameter] = f"({', '.join(entries)})"
    if crops:
        numbers["padding_mode"] = rng.choice(CROPPING)
    if pools and "Unpool" not in name and rng.random() < 0.3:
        numbers["ceil_mode"] = rng.choice(["?", "True"])
    part = Part(name, tuple(numbers.items()))
    return part if part.open else part.put(kernel_size="1..4" if ranged else "?")


def _odd_part(rng, axes):
    """Return a layer of another kind with something open."""
    return rng.choice([
        Part(f"ZeroPad{axes}d", (("padding", "?"),)),
        Part(f"AdaptiveAvgPool{axes}d", (("output_size", rng.choice(["?", "1..5"])),)),
        Part("Upsample", (("scale_factor", "1..4"),)),
        Part("Unfold", (("kernel_size", "?"), ("stride", rng.choice(["?", "1..2"])))),
    ])  # fmt: skip


def goal(rng, axes, up=False):
    """Return a random goal."""
    way, n = rng.random(), rng.choice((1, 2, 2, 3))
    if way < 0.3:
        given = tuple(rng.randint(2, 14) for _ in range(axes))
        wanted = tuple(
            max(1, rng.choice((one, one * n, one // n, one - n, one + n))) for one in given
        )
        return _alike(rng, {"input": given, "output": wanted})
    if way < 0.45:
        return {"same": True}
    if way < 0.7:
        factor = "up" if up == (rng.random() < 0.9) else "down"
        some = tuple(rng.choice((1, 2, n)) for _ in range(axes))
        named = {"for_": rng.choice(["W >= 4", "W % 2 == 0"])} if rng.random() < 0.2 else {}
        return _alike(rng, {factor: (n,) * axes if rng.random() < 0.7 else some}) | named
    formulas = [f"{n}*W + {rng.randint(0, 2)}"] if up else ["W//2 + 1", "W - 1", "(W + 1)//2"]
    told = {"output": rng.choice([*formulas, f"W + {rng.randint(0, 2)}", "W - 2"])}
    if rng.random() < 0.6:
        several = ["even(W1) and W2 >= 4"] if axes == 2 else []
        told["for_"] = rng.choice(["W >= 3", "W % 4 == 0", "odd(W) and W >= 3", *several])
        if "W -" in told["output"]:
            told["for_"] = "W >= 3"
    return told


def _alike(rng, options):
    """Write one number for all axes where that says the same."""
    return {
        name: value[0] if len(set(value)) == 1 and rng.random() < 0.8 else value
        for name, value in options.items()
    } if len({len(set(value)) for value in options.values()}) == 1 else {
        name: value if len(value) > 1 else value[0] for name, value in options.items()
    }  # fmt: skip


def conditions(rng, part):
    """Return some conditions on the numbers of a part."""
    names = [name for name in part.written if name in DEFAULTS | {"kernel_size": ""}]
    drawn = []
    for _ in range(rng.choice((0, 0, 0, 1, 1, 2))):
        way, name = rng.random(), rng.choice(names)
        if way < 0.6:
            drawn.append(condition(rng, names))
        elif way < 0.8:
            drawn.append(rng.choice([f"{name} in {{1, 3}}", f"{name}/2 <= 2", f"odd({name})"]))
        else:
            words = ["extent <= 5", "centred", "every_cell_read", "uniform_overlap"]
            drawn.append(rng.choice([*words, "receptive_field >= 3"]))
    return tuple(drawn)


def _single(rng):
    axes = rng.choice((1, 1, 2, 2, 3))
    if rng.random() < 0.1:
        axes = min(axes, 2)
        part = _odd_part(rng, axes)
        axes = 2 if part.name == "Unfold" else axes
        asked = goal(rng, axes)
        if part.name == "Unfold" and "input" not in asked:  # of two axes at once: slow without end
            ranges = {"kernel_size": "1..4", "stride": "1..3"}
            part = part.put(**{name: ranges[name] for name in part.open})
        return Request((part,), asked, (), axes)
    part = random_part(rng, axes)
    up = "Transpose" in part.name or "Unpool" in part.name
    return Request((part,), goal(rng, axes, up), conditions(rng, part), axes)


def settled_parts(rng, axes, most=2):
    """Return layers with numbers."""
    texts = [rng.choice(SETTLED).format(axes) for _ in range(rng.randint(1, most))]
    return tuple(part_of(text.replace(f"ReLU{axes}d", "ReLU()")) for text in texts)


def part_of(text):
    """Return a settled layer that is written with names, or with one number."""
    name, _, told = text.rstrip(")").partition("(")
    first = "padding" if "Pad" in name else "kernel_size"
    pairs = [entry.split("=") if "=" in entry else (first, entry) for entry in told.split(", ")]
    return Part(name, tuple((n, v) for n, v in pairs) if told else ())


def _among(rng):
    axes = rng.choice((1, 1, 2))
    part = random_part(rng, axes)
    before = settled_parts(rng, axes, 1) if rng.random() < 0.7 else ()
    after = settled_parts(rng, axes, 1) if not before or rng.random() < 0.4 else ()
    up = "Transpose" in part.name and rng.random() < 0.5
    where = conditions(rng, part) if rng.random() < 0.5 else ()
    where = tuple(one for one in where if "every_cell_read" not in one)
    return Request((*before, part, *after), goal(rng, axes, up), where, axes)


def _several(rng):
    axes = rng.choice((1, 1, 1, 2))
    parts = [random_part(rng, axes, ranged=True) for _ in range(2)]
    if rng.random() < 0.3:
        parts.insert(rng.randint(0, 2), *settled_parts(rng, axes, 1))
    if rng.random() < 0.25:
        parts = [replace(parts[0], times=rng.choice(["2", "1..2"])), *parts[1:2]]
    names = {name for part in parts for name in part.written}
    where = [f"{name} {test}" for name in ("stride", "padding") if name in names
             for test in (rng.choice(["<= 2", "!= 1", "% 2 == 0", "in {1, 2}"]),)
             if rng.random() < 0.2]  # fmt: skip
    where += [f"receptive_field >= {rng.randint(2, 9)}"] if rng.random() < 0.2 else []
    where += ["odd(kernel_size)"] if rng.random() < 0.2 else []
    return Request(tuple(parts), goal(rng, axes), tuple(where), axes)


def _settled(rng):
    axes = rng.choice((1, 1, 2))
    options = goal(rng, axes)
    if rng.random() < 0.4:
        options = {"output": rng.randint(1, 12)}
    return Request(settled_parts(rng, axes, 3), options, (), axes)


def _branches(rng):
    axes = rng.choice((1, 2))
    part = random_part(rng, axes)
    where = conditions(rng, part) if rng.random() < 0.3 else ()
    branch = " -> ".join(map(str, settled_parts(rng, axes)))
    return Request((part,), {"agree": True}, where, axes, branch)
