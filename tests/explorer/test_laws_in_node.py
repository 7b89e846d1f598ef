"""The page's functions are the operators' own terms: under node they say what Python says."""

import itertools
import random

import pytest

import symconv
from in_node import computed, needs_node
from symconv.chains.through import through
from symconv.chains.unmet import misfits, unmet
from symconv.errors import RequestError
from symconv.explorer.forms import drawn
from symconv.explorer.goals import GOALS, rules
from symconv.explorer.layers_of_page import layers
from symconv.explorer.operators_of_page import operators
from symconv.explorer.page import computing
from symconv.meanings.integers import INTEGERS, PLAIN
from symconv.operators import OPERATORS
from symconv.operators.letters import W
from symconv.operators.resize import scale_denominator, scale_numerator
from symconv.operators.window import ceil_mode
from symconv.proving import prove
from symconv.reading.chains import chain
from symconv.terms import Term, interpret, substitute, variable, variables

pytestmark = needs_node

DRAWINGS = tuple(drawn())
PAGE, OPERATORS_OF_PAGE = layers(DRAWINGS), operators(DRAWINGS)
n = variable("n")
CONFIGURATIONS = 100_000
LARGE = 2**20
"""Products of three such numbers are beyond what doubles count."""


def functions(value, path=()):
    """Every term in a value for the page, with the way to it."""
    if isinstance(value, Term):
        yield path, value
    elif isinstance(value, dict):
        for key, inner in value.items():
            yield from functions(inner, (*path, str(key)))
    elif isinstance(value, (list, tuple)):
        for number, inner in enumerate(value):
            yield from functions(inner, (*path, number))


def by_integers(term, numbers):
    try:
        value = interpret(term, INTEGERS, numbers)
    except ZeroDivisionError:
        return None
    return value


def a_number(rng):
    kind = rng.random()
    if kind < 0.9:
        return rng.randint(-3, 12)
    return rng.randint(0, 300) if kind < 0.97 else rng.randint(1000, LARGE)


@pytest.fixture(scope="module")
def every_function():
    return list(functions({"OPERATORS": OPERATORS_OF_PAGE, "LAYERS": PAGE}))


def drawn_cases(every_function, count, seed):
    rng = random.Random(seed)
    repeats = -(-count // len(every_function))
    for path, term in every_function:
        for _ in range(repeats):
            numbers = {name: a_number(rng) for name in variables(term)}
            yield path, term, numbers


APPLIED = "each[0].slice(1).reduce((value, key) => value[key], {OPERATORS, LAYERS}[each[0][0]])"


def test_every_function_says_under_node_what_its_term_says(every_function):
    cases = list(drawn_cases(every_function, CONFIGURATIONS, seed=13))
    assert len(cases) >= CONFIGURATIONS
    values = computed(f"{APPLIED}(each[1])", [(path, numbers) for path, _, numbers in cases])
    zeros = 0
    for (path, term, numbers), value in zip(cases, values, strict=True):
        exact = by_integers(term, numbers)
        zeros += exact is None
        assert (value, type(value)) == (exact, type(exact)), (path, numbers)
    assert zeros  # divisions by zero are among them


def test_a_planted_fault_in_a_law_is_found(every_function):
    """The comparison can say no: rounding towards zero, and a window too few."""
    cases = list(drawn_cases(every_function, 3000, seed=5))
    arguments = [(path, numbers) for path, _, numbers in cases]
    exact = [by_integers(term, numbers) for _, term, numbers in cases]
    script = computing(DRAWINGS)
    faults = [
        ("Math.floor(a / b)", "Math.trunc(a / b)"),
        ("div(W + 2*P - F, S) + 1", "div(W + 2*P - F, S)"),
    ]
    for right, wrong in faults:
        assert right in script
        assert computed(f"{APPLIED}(each[1])", arguments, script.replace(right, wrong)) != exact


def settings(name, axes, form, rng):
    """A setting of the page at random, and the same layer as Python writes it."""
    numbers, in_python = {}, {}
    for parameter in PAGE[name]["parameters"]:
        word = form.chosen.get(parameter["name"], "number")
        if parameter["kind"] == "flag":
            entries = [rng.randint(0, 1)]
        elif parameter["kind"] == "fraction":
            entries = [rng.choice([0.25, 0.5, 0.75, 1, 1.5, 2, 2.25, 3])]
        else:
            most = 30 if parameter["letters"] == ["O"] else 5
            entries = [rng.randint(parameter["least"] - 1, most) for _ in range(rng.randint(1, 2))]
        pair = form.alike is False or axes == 2
        entries = entries if pair else entries[:1]
        if parameter["numbers"]:
            numbers[parameter["name"]] = entries
        if word == "number" and parameter["numbers"]:
            value = bool(entries[0]) if parameter["kind"] == "flag" else entries[0]
            tupled = len(entries) == 2 and not isinstance(value, bool)
            in_python[parameter["name"]] = tuple(entries) if tupled else value
        elif word != "nothing":
            in_python[parameter["name"]] = word
    return {"name": name, "chosen": dict(form.chosen), "numbers": numbers}, in_python


def by_symconv(name, setting, sizes):
    """The sizes that come out, or the sentence that refuses."""
    kind = getattr(symconv, name)
    needed = {
        parameter: declared.usual
        for parameter, declared in kind.parameters.items()
        if declared.required and parameter not in setting
    }
    read = chain(kind(**needed, **setting))
    (passage,) = through(read.layers, tuple(sizes), PLAIN, None)
    broken = next(itertools.chain(misfits(read, len(sizes), None), unmet(passage)), None)
    return broken.requirement.sentence if broken else list(passage.leaving)


SIZED = """(() => {
  const {sizes, refused} = applied(each[0], each[1]);
  return refused ? refused.need.says : sizes;
})()"""


def test_every_layer_gives_the_sizes_and_the_refusals_of_symconv():
    rng, cases, answers = random.Random(7), [], []
    for name, axes, forms in DRAWINGS:
        for form, _ in itertools.product(forms, range(200)):
            setting, parameters = settings(name, axes, form, rng)
            sizes = [rng.randint(1, 12) for _ in range(axes)]
            try:
                answer = by_symconv(name, parameters, sizes)
            except RequestError:
                continue  # no such layer: what refuses it is tried below
            cases.append((setting, sizes))
            answers.append(answer)
    assert len(cases) > 5000
    values = computed(SIZED, cases)
    wrong = [(c, w, v) for c, w, v in zip(cases, answers, values, strict=True) if w != v]
    assert not wrong, wrong[:5]
    kinds = {isinstance(answer, str) for answer in answers}
    assert kinds == {True, False}


def test_what_no_layer_can_be_is_refused_on_the_page_by_the_same_sentence():
    for name, axes, setting, sentence in [
        ("Conv1d", 1, {"kernel_size": [3], "stride": [0]}, "the stride advances"),
        ("Conv2d", 2, {"kernel_size": [0], "stride": [1]}, "the kernel has a tap"),
        ("ConvTranspose1d", 1, {"padding": [-1]}, "padding is not negative"),
        (
            "MaxPool2d",
            2,
            {"kernel_size": [3], "padding": [2]},
            "padding is at most half the kernel",
        ),
        ("PixelShuffle", 2, {"upscale_factor": [0]}, "the upscale factor is positive"),
    ]:
        case = [[name, axes, setting]]
        refusal = """(() => {
          const setting = settingOf(each[0], each[1]);
          Object.assign(setting.numbers, each[2]);
          return applied(setting, Array(each[1]).fill(9)).refused?.need.says;
        })()"""
        assert computed(refusal, case) == [sentence]


def test_rules_are_what_laws_do():
    """A goal is lit just where the law does that to every size that the layer takes."""
    factor = {"doubles": (2, 1, 1), "halves": (1, 2, 2), "keeps": (1, 1, 1)}
    tried = {True: 0, False: 0}
    for name in OPERATORS_OF_PAGE:
        operator = OPERATORS[name]
        operator = operator.symmetric if operator.kernel is not None else operator
        for rule in rules(operator):
            if rule["goal"] not in GOALS:
                continue
            above, below, step = factor[rule["goal"]]
            for numbers in settings_of(operator, rule["ceil"]):
                sizes = [
                    size
                    for size in range(step, 60, step)
                    if all(
                        interpret(law, INTEGERS, numbers | {"W": size})
                        for law in operator.requires.values()
                        if {*variables(law)} <= {*numbers, "W"}
                    )
                ]
                if len(sizes) < 10:
                    continue
                meets = all(
                    interpret(operator.size, INTEGERS, numbers | {"W": size}) * below
                    == size * above
                    for size in sizes
                )
                assert interpret(rule["holds"], INTEGERS, numbers) == meets, (name, rule, numbers)
                tried[meets] += 1
    assert all(tried.values())


def by_goal(goal, law):
    """What a goal says of an input `n`, in W: what goes in, and what comes out."""
    goes_in = 2 * n if goal == "halves" else n
    comes_out = 2 * n if goal == "doubles" else n
    return substitute(law, {W: goes_in}).eq(comes_out), goes_in


@pytest.mark.parametrize("name", [name for name, own in OPERATORS_OF_PAGE.items() if own["rules"]])
def test_z3_proves_that_rules_suffice(name):
    operator = OPERATORS[name]
    operator = operator.symmetric if operator.kernel is not None else operator
    for rule in rules(operator):
        if rule["goal"] not in GOALS:
            continue
        claim, goes_in = by_goal(rule["goal"], operator.size)
        mode = {ceil_mode: int(rule["ceil"])}
        letters = {"W", *variables(operator.size)}
        needs = [law for law in operator.requires.values() if {*variables(law)} <= letters]
        conditions = [substitute(law, {W: goes_in} | mode) for law in needs]
        least = [letter >= 1 for letter in (scale_numerator, scale_denominator)]
        verdict = prove(substitute(claim, mode), [*conditions, *least, rule["holds"], n >= 1])
        assert verdict.proved, (rule, verdict)
        false = prove(~substitute(claim, mode), [*conditions, *least, rule["holds"], n >= 1])
        assert false.word == "refuted", "a rule that nothing meets proves everything"


def settings_of(operator, ceil):
    """Small settings of an operator's letters, out of ceil mode or in it."""
    letters = [name for name in variables(operator.size) if name not in ("W", "ceil_mode")]
    spans = [range(0 if name in "PA" else 1, 5) for name in letters]
    for numbers in itertools.product(*spans):
        yield dict(zip(letters, numbers, strict=True)) | {"ceil_mode": int(ceil)}
