"""`solve` in sizes, relations, axes and ceil modes: elimination, Z3 and brute force find the same."""

import random
from dataclasses import replace
from itertools import product

import pytest

import symconv
from ordering import ordered
from random_requests import SIZES_TRIED, Case, random_case
from symconv.families.search import possible, search
from symconv.meanings.integers import compiled
from symconv.proving import Clock, prove_by_parity
from symconv.proving.clock import INTERRUPTED, TIME_UP
from symconv.questions.asking import goals
from symconv.questions.order import weight
from symconv.reading.chains import chain
from symconv.solving.combining import TOO_MANY, Together
from symconv.solving.listing import STAGES
from symconv.solving.problem import problems
from symconv.solving.single import listing
from symconv.solving.taking import taken_by
from symconv.solving.together import MOST_STATED
from symconv.terms import both, defined, substitute, variable
from symconv.vocabulary import LETTERS, torch_name

SECONDS = 60.0


def problems_of(case):
    (layer,) = chain(case.layer).layers
    row = layer.rows(layer.least_axes)[0]
    return problems(layer, row, *goals(**case.options), case.where)


def eliminated(case):
    """The settings that elimination lists, in order, and proved where no rule says all."""
    asked = problems_of(case)
    found = listing(asked, clock := Clock(SECONDS))
    rows = [tuple(setting.values()) for block in found.blocks() for setting in block]
    assert found.count(clock) == len(rows)
    return [row for row in rows if ruled(asked, row) or proved(asked, row)]


def ruled(asked, row):
    """Whether the sentences of the request that a setting answers are the goal, not a part of it."""
    one = asked[row[-1]] if len(asked) > 1 else asked[0]
    return one.goal.kind == "pair" or one.condition is not None


def proved(asked, row):
    setting = dict(zip(asked[0].letters, row, strict=True))
    return taken_by(asked[0], setting, Clock(SECONDS)).suits


def by_z3(case):
    """The settings that Z3 lists, by weight."""
    rows = []
    asked = problems_of(case)
    for one in asked:
        known = {variable(letter): value for letter, value in one.fixed.items()}
        terms = [sentence.term for sentence in one.sentences]
        meets = [substitute(defined(term) & term, known) for term in terms]
        key = substitute(weight(one.operator.kernel, one.letters), known)
        for point in search(both(*meets), one.free, key, SECONDS):
            rows.append(tuple((dict(one.fixed) | point)[letter] for letter in one.letters))
    return [row for row in rows if ruled(asked, row) or proved(asked, row)]


def ranked(case, rows):
    """Settings in the order in which they should come."""
    return [row for _, row in ordered(problems_of(case), rows)]


@pytest.mark.parametrize("first", range(0, 800, 100))
def test_elimination_lists_in_order_what_trying_every_setting_finds(first):
    for seed in range(first, first + 100):
        case = random_case(random.Random(seed))
        assert eliminated(case) == ranked(case, case.settings()), case


@pytest.mark.parametrize("first", range(0, 150, 50))
def test_z3_finds_the_same_settings(first):
    for seed in range(first, first + 50):
        case = random_case(random.Random(seed))
        assert ranked(case, by_z3(case)) == eliminated(case), case


@pytest.mark.parametrize("seed", range(3000, 3060))
def test_solve_answers_with_these_settings_or_with_a_conflict(seed):
    case = random_case(random.Random(seed))
    found = symconv.solve(case.layer, where=case.where, limit=None, timeout=SECONDS, **case.options)
    expected = ranked(case, case.settings())
    if chain(case.layer).layers[0].settled and not case.where:
        assert_inputs(case, found)
        return
    assert [tuple(one.values()) for one in found.settings] == expected
    assert found.count == len(expected)
    assert found.exhausted
    assert found.verdict == ("solved" if expected else "infeasible")
    if not expected:
        assert_a_conflict(case, found)


def settled_case(rng):
    """Return a random request in which nothing is left to be found, and nothing else is asked."""
    while True:
        case = random_case(rng)
        if chain(case.layer).layers[0].settled and not case.where:
            return case


@pytest.mark.parametrize("seed", range(40))
def test_of_a_layer_without_unknowns_the_answer_is_the_inputs(seed):
    case = settled_case(random.Random(f"settled {seed}"))
    assert_inputs(case, symconv.solve(case.layer, timeout=SECONDS, **case.options))


def assert_inputs(case, found):
    """The answer has just those sizes that the layer turns into what is asked, one by one."""
    goal, one_input = case.asked.goal, "input" in case.options
    answers = {size: symconv.size(case.layer, size) for size in range(1, SIZES_TRIED + 1)}
    taken = {size for size, answer in answers.items() if not answer.refused}
    asked = taken if one_input else {size for size in taken if goal.speaks_of(size)}
    right = {size for size in asked if answers[size].output == goal.gives(size)}
    assert {size for size in answers if size in found} == right
    if one_input:
        assert found.verdict == ("solved" if case.options["input"] in right else "infeasible")
    else:
        assert found.verdict == ("solved" if right else "infeasible")
        assert found.whole == (right == asked != set())


def assert_a_conflict(case, found):
    """All sentences together hold nowhere; where it is minimal, without any one of them they do."""
    sentences = {
        sentence.says: defined(sentence.term) & sentence.term
        for sentence in found.problem.sentences
    }
    if "ceil_mode=?" in case.layer:  # two requests, each with a conflict of its own
        assert not found.conflict.minimal
        return
    conflict = {sentence.says: sentences[sentence.says] for sentence in found.conflict.sentences}
    assert not consistent(conflict.values())
    assert found.conflict.minimal
    for left_out in conflict:
        assert consistent(t for s, t in conflict.items() if s != left_out), left_out
    for relaxed in found.conflict.relaxations:
        assert_meets_all_but(relaxed, sentences, found.problem)


def consistent(statements):
    """Whether some integers meet all of the statements, as Z3 says."""
    given = list(statements)
    answer = possible(both(*given), 5.0)
    if answer is not None:
        return answer
    verdict = prove_by_parity(~both(), given, ("D", "F"), seconds=SECONDS)
    assert verdict.word != "unknown"
    return not verdict.proved


def assert_meets_all_but(relaxed, sentences, asked):
    """The example of a relaxation meets every sentence but the one that is given up."""
    dropped = relaxed.sentence
    at = {LETTERS.get(name, name): int(value) for name, value in relaxed.example.items()}
    at.setdefault("ceil_mode", int(asked.ceil))
    assert dropped in sentences
    broken = {s for s, t in sentences.items() if not compiled(t, tuple(at))(*at.values())}
    assert broken <= {dropped}


def test_a_planted_fault_in_a_conflict_is_found(monkeypatch):
    case = next(
        one
        for one in (random_case(random.Random(seed)) for seed in range(3000, 4000))
        if "ceil_mode" not in one.layer and not one.settings()
    )
    found = symconv.solve(case.layer, where=case.where, limit=None, **case.options)
    assert_a_conflict(case, found)
    for wrong in (found.conflict.sentences[1:], found.problem.sentences):
        planted = replace(found, conflict=replace(found.conflict, sentences=wrong))
        with pytest.raises(AssertionError):
            assert_a_conflict(case, planted)


def test_no_choice_is_lost_where_a_request_has_many_clauses():
    """Five is none of the kernels; each instance of the goal is a dozen clauses."""
    layer = "AvgPool1d(kernel_size={1, 4, 6}, stride=1..3, padding={0, 2, 3}, ceil_mode=True)"
    answer = symconv.solve(layer, output="W", for_="W % 3 == 0", limit=None)
    assert [tuple(one.values()) for one in answer.settings] == [(1, 1, 0)]


AXES = [
    (
        "ConvTranspose2d(kernel_size=1..6, stride=1..4, padding=0..3)",
        ["ConvTranspose1d(kernel_size=1..6, stride=1..4, padding=0..3)"] * 2,
        "", (7, 9), (14, 18), (),
    ),
    (
        "ConvTranspose2d(kernel_size=2..4, stride=1..3, padding=0..1, output_padding=0..2)",
        ["ConvTranspose1d(kernel_size=2..4, stride=1..3, padding=0..1, output_padding=0..2)"] * 2,
        "", (7, 9), (14, 19), ("kernel_size % stride == 0",),
    ),
    (
        "Conv2d(kernel_size=(1..5, 1..7), stride=1..4, padding=0..3)",
        [f"Conv1d(kernel_size=1..{most}, stride=1..4, padding=0..3)" for most in (5, 7)],
        "SP", (9, 9), (5, 5), (),
    ),
    (
        "Conv2d(kernel_size=(1..5, 1..6), stride=(1..3, 1..4), padding=0..2)",
        [f"Conv1d(kernel_size=1..{f}, stride=1..{s}, padding=0..2)" for f, s in ((5, 3), (6, 4))],
        "P", (12, 12), (5, 5), ("odd(kernel_size)",),
    ),
    (
        "Conv2d(kernel_size=(1..5, 3), stride=1..4, padding=0..3, dilation=(1, 2))",
        [
            "Conv1d(kernel_size=1..5, stride=1..4, padding=0..3)",
            "Conv1d(kernel_size=3, stride=1..4, padding=0..3, dilation=2)",
        ],
        "SP", (12, 12), (5, 5), (),
    ),
    (
        "MaxPool2d(kernel_size=2..3, stride=1..3, padding=(0..1, 0..1), ceil_mode=?)",
        ["MaxPool1d(kernel_size=2..3, stride=1..3, padding=0..1, ceil_mode=?)"] * 2,
        ("F", "S", "ceil_mode"), (8, 8), (4, 4), (),
    ),
    (
        "MaxPool2d(kernel_size=1..3, stride=1..3, ceil_mode=?)",
        ["MaxPool1d(kernel_size=1..3, stride=1..3, ceil_mode=?)"] * 2,
        ("ceil_mode",), (8, 9), (4, 5), (),
    ),
    (
        "Conv3d(kernel_size=1..3, stride=1..2, padding=0..1)",
        ["Conv1d(kernel_size=1..3, stride=1..2, padding=0..1)"] * 3,
        "", (6, 7, 8), (3, 3, 4), ("padding < kernel_size",),
    ),
    (
        "ConvTranspose2d(kernel_size=2, stride=1..3, padding=0..2)",
        ["ConvTranspose1d(kernel_size=2, stride=1..3, padding=0..2)"] * 2,
        "", (7, 9), (14, 19), (),
    ),
]  # fmt: skip


def axis_case(text, size, cells, where):
    """The request about one axis, its box read off the layer."""
    case = Case(text, {"input": size, "output": cells}, where, {})
    unknowns = chain(text).layers[0].unknowns()
    box = {
        letter: (case.asked.fixed[letter],)
        if letter in case.asked.fixed and letter not in unknowns
        else (0, 1)
        if letter == "ceil_mode"
        else tuple(unknowns[letter].choices)
        for letter in case.asked.letters
    }
    return replace(case, box=box)


@pytest.mark.parametrize("way", AXES, ids=lambda way: f"{way[0]} {way[3]} {way[4]}")
def test_axes_combine_by_the_sum_of_their_ranks_and_are_alike_where_they_can(way):
    text, each, shared, inputs, outputs, where = way
    cases = [axis_case(*one, where) for one in zip(each, inputs, outputs, strict=True)]
    places = [cases[0].letters.index(letter) for letter in shared]

    def key(row):
        return tuple(row[place] for place in places)

    settings = [case.settings() for case in cases]
    few = [{*map(key, rows)} for rows in settings if len(rows) <= MOST_STATED]
    fits = [[row for row in rows if all(key(row) in keys for keys in few)] for rows in settings]
    ranks_of = [ordered(problems_of(case), rows) for case, rows in zip(cases, fits, strict=True)]
    combined = (zip(*pairs, strict=True) for pairs in product(*ranks_of))
    own = [n for n, name in enumerate(cases[0].letters) if name in {*"FSD"} - {*shared}]

    def unlike(rows):
        return any(len({row[place] for row in rows}) > 1 for place in own)

    ranked_rows = sorted((sum(ranks) + 8 * unlike(rows), rows) for ranks, rows in combined)
    expected = [rows for _, rows in ranked_rows if len({*map(key, rows)}) == 1]
    found = symconv.solve(text, input=inputs, output=outputs, where=where, limit=None)
    assert [tuple(tuple(one.values()) for one in axes) for axes in found.settings] == expected
    assert (found.count, found.exhausted) == (len(expected), True)
    assert found.verdict == ("solved" if expected else "infeasible")
    assert_json_of_axes(found, cases, inputs)


def assert_json_of_axes(found, cases, inputs):
    """Solutions are numbers or lists, and each axis has its own answer."""
    json = found.to_dict()
    assert len(json["axes"]) == len(inputs)
    for axis, case in zip(json["axes"], cases, strict=True):
        assert axis["count"] == len(case.settings())
    for named, axes in zip(json["solutions"], found.settings, strict=True):
        for letter in cases[0].letters:
            values = [int(one[letter]) for one in axes]
            whole = values[0] if len(set(values)) == 1 else values
            assert named[torch_name(letter)] == whole


def test_the_first_settings_of_two_axes_are_the_first_of_all():
    text, _, _, inputs, outputs, _ = AXES[0]
    whole = symconv.solve(text, input=inputs, output=outputs, limit=None)
    for limit in (1, 2, 3, 5):
        found = symconv.solve(text, input=inputs, output=outputs, limit=limit)
        assert found.settings == whole.settings[:limit]
        assert not found.exhausted
        assert found.count == whole.count


def test_each_axis_has_a_padding_and_an_output_padding_of_its_own():
    text = "ConvTranspose2d(kernel_size=16, stride=8, padding=?, output_padding=?)"
    found = symconv.solve(text, input=(46, 62), output=(368, 489))
    assert found.named(found.settings[0])["padding"] == [4, 8]
    assert found.named(found.settings[0])["output_padding"] == [0, 1]


def test_settled_layers_tell_which_inputs_give_an_output_on_each_axis():
    stem = "Conv2d(3, 64, kernel_size=7, stride=2, padding=3) -> MaxPool2d(3, 2, 1)"
    found = symconv.solve(stem, output=(56, 60))
    for axis, output in zip(found.axes, (56, 60), strict=True):
        assert list(axis) == [w for w in range(1, 400) if symconv.size(stem, w).output == output]
    assert len(found) == 16


def test_axes_with_many_settings_are_combined_as_far_as_they_go(monkeypatch):
    """Stages that have too many settings are halved, and nothing that came before is lost."""
    text, sizes = "Conv2d(kernel_size=?, padding=?)", {"input": (7, 9), "output": (7, 9)}
    whole = [*symconv.solve(text, limit=300, timeout=60, **sizes).settings]
    for most in (3, 10):
        monkeypatch.setattr("symconv.solving.combining.MOST_COMBINED", most)
        found = symconv.solve(text, limit=300, timeout=60, **sizes)
        assert len(found) >= most
        assert [*found.settings] == whole[: len(found)]
        assert found.reason == TOO_MANY


def test_square_kernels_come_before_others_that_are_as_ordinary():
    layer = "Conv2d(kernel_size=?, stride=?, padding=?)"
    found = symconv.solve(layer, input=(224, 220), output=(112, 110), limit=5)
    assert [row["kernel_size"] for row in found.to_dict()["solutions"]] == [3, 7, 2, 5, 4]


def test_two_far_sizes_have_a_first_setting():
    pytest.importorskip("torch")
    found = symconv.solve(
        "Conv2d(kernel_size=?, stride=?, padding=?)", input=(224, 220), output=(3, 5), limit=1
    )
    assert found.verdict == "solved"
    assert found.verify().failed == 0


def test_what_an_earlier_stage_found_is_not_lost_when_a_later_one_stops(monkeypatch):
    text, sizes = "Conv2d(kernel_size=?, padding=?)", {"input": (7, 9), "output": (7, 9)}
    whole = Together._list
    for reason in (INTERRUPTED, TOO_MANY, TIME_UP):

        def stopped(self, up_to, reason=reason):
            if up_to == STAGES[0]:
                return whole(self, up_to)
            if reason == INTERRUPTED:
                raise KeyboardInterrupt
            if reason == TIME_UP:
                self.clock.stop(reason)
            return False

        monkeypatch.setattr(Together, "_list", stopped)
        found = symconv.solve(text, limit=10**5, timeout=60, **sizes)
        assert found.verdict == "solved"
        assert len(found) > 10
        assert (found.exhausted, found.reason) == (False, reason)
