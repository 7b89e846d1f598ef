"""Random requests to `solve`, and what trying every setting of a small box finds.

The laws are evaluated number by number, the constraints by Python itself: elimination, rules and
Z3 have no part in it.
"""

from dataclasses import dataclass
from functools import cached_property
from itertools import islice, product
from math import gcd

from symconv.errors import RequestError
from symconv.meanings.integers import compiled
from symconv.operators.window import ceil_mode
from symconv.questions.asking import goals
from symconv.reading.chains import chain
from symconv.reading.constraints import formula
from symconv.solving.problem import problems
from symconv.solving.sentences import CHANNELS
from symconv.terms import substitute, variables
from symconv.vocabulary import LETTERS, torch_name

SIZES_TRIED = 60
"""How many inputs of a goal about many sizes are tried; strides here are far smaller."""

ABSENT = {"D": 1, "A": 0, "P": 0}
"""What a letter is where a layer does not have it."""

TESTS = {
    "max": max,
    "min": min,
    "abs": abs,
    "odd": lambda number: number % 2 == 1,
    "even": lambda number: number % 2 == 0,
}
"""The functions of constraints, for Python's own `eval`."""


@dataclass(frozen=True)
class Case:
    """A request about one axis, with all values of each letter that can matter.

    Attributes:
        layer: the layer as text.
        options: what is asked, as `solve` takes it.
        where: constraints, as text.
        box: the values of each letter, in the order of a setting.
        tied: whether the stride is the kernel size.
    """

    layer: str
    options: dict
    where: tuple[str, ...]
    box: dict[str, tuple[int, ...]]
    tied: bool = False

    @cached_property
    def asked(self):
        """The request, of the floored mode where both are in question."""
        (layer,) = chain(self.layer).layers
        return problems(layer, layer.rows(layer.least_axes)[0], *goals(**self.options))[0]

    @cached_property
    def letters(self):
        """The letters of a setting."""
        return tuple(self.box)

    def settings(self):
        """Every setting of the box that meets the constraints and, as tried, the goal."""
        tests = [compile(one, "<where>", "eval") for one in self.where]
        reaches = self.reaches()
        return {
            setting
            for setting in self.boxed()
            if reaches(*setting) and self.allowed(setting, tests)
        }

    def boxed(self):
        """Every setting of the box."""
        kernel, stride = self.letters.index("F"), self.letters.index("S")
        every = product(*self.box.values())
        return (one for one in every if not self.tied or one[kernel] == one[stride])

    def allowed(self, setting, tests):
        """Whether the constraints hold; what divides by zero does not."""
        numbers = dict(zip(self.letters, setting, strict=True))
        try:
            return all(eval(one, {"__builtins__": {}}, meant(numbers)) for one in tests)
        except ZeroDivisionError:
            return False

    def reaches(self):
        """The function that says whether a setting does what is asked to the inputs tried."""
        goal, operator = self.asked.goal, self.asked.operator
        names = (*self.letters, "W")
        mode = {} if "ceil_mode" in self.letters else {ceil_mode: int(self.asked.ceil)}
        needs = [
            compiled(substitute(term, mode), names)
            for term in operator.requires.values()
            if not set(variables(term)) & {*CHANNELS, "C"}
        ]
        size = compiled(substitute(operator.size, mode), names)
        tried = [(one, goal.gives(one)) for one in islice(goal.sizes, SIZES_TRIED)]

        def reached(*setting):
            return all(
                size(*setting, one) == cells and all(need(*setting, one) for need in needs)
                for one, cells in tried
            )

        return reached


def meant(numbers):
    """What the names of a constraint stand for, for a number of each letter."""
    at = ABSENT | numbers
    extent = at["D"] * (at["F"] - 1) + 1
    words = {
        "extent": extent,
        "uniform_overlap": at["F"] % at["S"] == 0 and gcd(at["S"], at["D"]) == 1,
        "centred": extent - 2 * at["P"] == at["S"] and at["A"] == 0,
    }
    return TESTS | words | {torch_name(letter): value for letter, value in numbers.items()}


LAYERS = {
    "Conv1d": "FSPD",
    "ConvTranspose1d": "FSPDA",
    "MaxPool1d": "FSPD",
    "AvgPool1d": "FSP",
    "AvgPool3d": "FSP",
    "LPPool1d": "FS",
    "LPPool3d": "FS",
    "MaxUnpool1d": "FSP",
}
"""The layers, with the letters of a setting."""
RANGES = {"F": (1, 6), "S": (1, 4), "P": (0, 3), "D": (1, 3), "A": (0, 2)}
"""The values of each letter that are tried."""
DEFAULTS = {"S": 1, "P": 0, "D": 1, "A": 0}
CROPPING = ("replicate", "circular", "reflect")


def random_case(rng, layers=tuple(LAYERS)):
    """Return a random request about one layer, with up to three constraints."""
    name = rng.choice(layers)
    pools, up = "Pool" in name or "Unpool" in name, "Transpose" in name or "Unpool" in name
    written, where, box = (["norm_type=2"] if "LPPool" in name else []), [], {}
    ranges = dict(RANGES)
    if name == "Conv1d" and rng.random() < 0.3:
        written.append(f"padding_mode={rng.choice(CROPPING)}")
        ranges["P"] = (-3, 3)
    tied = pools and rng.random() < 0.3
    for letter in LAYERS[name]:
        if letter == "S" and tied:
            box["S"] = box["F"]
        elif letter in DEFAULTS and not (pools and letter == "S") and rng.random() < 0.25:
            box[letter] = (DEFAULTS[letter],)
        else:
            box[letter], text, bound = _values(rng, torch_name(letter), *ranges[letter])
            written.append(f"{torch_name(letter)}={text}")
            where += bound
    names = [torch_name(letter) for letter in box]
    if pools and not up and rng.random() < 0.5:
        written.append(f"ceil_mode={rng.choice(['?', 'True'])}")
        box |= {"ceil_mode": (0, 1)} if written[-1].endswith("?") else {}
    where += [condition(rng, names) for _ in range(rng.choice((0, 0, 1, 1, 2, 3)))]
    if {"stride=?", "dilation=?"} <= set(written):  # uniform_overlap needs a range of either
        where = [one for one in where if "uniform_overlap" not in one]
    layer = f"{name}({', '.join(written)})"
    asked = _reached(rng, layer, box) if rng.random() < 0.4 else random_goal(rng, up=up)
    return Case(layer, asked, tuple(where), box, tied)


def _reached(rng, text, box):
    """Return an input, and an output that one setting of a box gives for it."""
    (layer,) = chain(text).layers
    size = rng.randint(4, 12)
    setting = {letter: rng.choice(values) for letter, values in box.items()} | {"W": size}
    law = layer.rows(layer.least_axes)[0].operator.size
    cells = compiled(law)(*((setting | {"ceil_mode": 0})[name] for name in variables(law)))
    return {"input": size, "output": max(1, cells)}


def _values(rng, name, low, high):
    """Return values of a parameter, how they are written, and what bounds them otherwise."""
    way = rng.random()
    if way < 0.2:
        value = rng.randint(low, high)
        return (value,), str(value), []
    first = rng.randint(low, high)
    last = rng.randint(first, high)
    if way < 0.5:
        return tuple(range(first, last + 1)), f"{first}..{last}", []
    if way < 0.6:
        some = tuple(sorted(rng.sample(range(low, high + 1), 3)))
        return some, "{" + ", ".join(map(str, some)) + "}", []
    return tuple(range(low, last + 1)), "?", [f"{low} <= {name} <= {last}"]


def random_goal(rng, *, up):
    """Return what is asked of sizes, often something that the layer can do."""
    way, n = rng.random(), rng.randint(1, 4)
    if way < 0.1:
        return {"input": rng.randint(1, 12), "output": rng.randint(1, 24)}
    if way < 0.3:
        return {"same": True}
    if way < 0.7:
        return {"up" if up == (rng.random() < 0.95) else "down": n}
    if up:
        formula = f"{n}*W + {rng.randint(0, 3)}"
    else:
        formula = rng.choice(["W//{n} + 1", "(W + {m})//{n}", "(W - 1)//{n} + 1", "W + {m}"])
    sizes = [f"W >= {n}", f"W % {n} == 0", "W % 3 == 1 and W > 4", "odd(W) and W > 3"]
    return {"output": formula.format(n=n, m=rng.randint(0, 3)), "for_": rng.choice(sizes)}


def condition(rng, names, depth=2):
    """Return a random condition on some names."""
    way = rng.random()
    if depth and way < 0.3:
        parts = [condition(rng, names, depth - 1) for _ in range(2)]
        return rng.choice(["({}) or ({})", "({}) and ({})", "({}) == ({})"]).format(*parts)
    if depth and way < 0.4:
        return f"not ({condition(rng, names, depth - 1)})"
    if way < 0.55:
        return rng.choice(["odd({})", "even({})"]).format(number(rng, names, 1))
    if way < 0.62:
        return rng.choice(["centred", "uniform_overlap", "extent <= 7", "extent % 3 != 1"])
    if way < 0.72:
        one, other = (rng.choice(names) for _ in range(2))
        return f"{one} == 0 or {other} % {one} == 0"
    compare = rng.choice(["{} <= {}", "{} < {}", "{} == {}", "{} != {}", "{} <= {} < {}"])
    return compare.format(*(number(rng, names, depth) for _ in range(3)))


def divides_by_0(written, names):
    """Whether something is divided by what is 0 whatever the names are, which is refused."""
    try:
        formula(written, [LETTERS[name] for name in names])
    except RequestError as error:
        if error.needed != "a divisor that is not 0":
            raise
        return True
    return False


def number(rng, names, depth=2):
    """Return a random integer expression in some names."""
    way = rng.random()
    if not depth or way < 0.35:
        return rng.choice(names) if rng.random() < 0.75 else str(rng.randint(0, 9))
    one, other = (number(rng, names, depth - 1) for _ in range(2))
    if way < 0.8:
        sign = rng.choice(["+", "+", "-", "-", "*", "//", "%"])
        if sign == "*":
            return f"{rng.randint(-3, 3)}*{one}"
        written = f"({one} {sign} {other})"
        return f"({one} {sign} 2)" if divides_by_0(written, names) else written
    if way < 0.85:
        return f"({one})*({other})"
    if way < 0.95:
        return f"{rng.choice(['min', 'max'])}({one}, {other})"
    return f"({one} if {rng.choice(names)} > 2 else {other})"
