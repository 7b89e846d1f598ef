"""Answers of all kinds are sequences of rows: printed, pickled, sampled and verified alike."""

import copy
import json
import pickle
from itertools import chain, combinations, islice, product
from types import SimpleNamespace

import pytest

import symconv
from symconv.cli import COMMANDS, main
from symconv.designing.ranking import Ranking
from symconv.errors import RequestError
from symconv.proving.clock import TIME_UP, Clock
from symconv.questions.sampling import _places
from symconv.solving.listing import Listing
from symconv.solving.solver import asked

ONE = ("Conv1d(kernel_size=1..9, stride=1..3, padding=0..4)", {"down": 2})
BY_AXES = ("Conv2d(kernel_size=1..4, padding=0..2)", {"input": (7, 9), "output": (7, 8)})
SHARED = (
    "MaxPool2d(kernel_size=1..3, stride=1..3, ceil_mode=?)",
    {"input": (8, 9), "output": (4, 5)},
)
CHAIN = ("2 x Conv1d(kernel_size=1..4, stride=1..2)", {"input": 12, "output": 4})
OPEN_CHAIN = ("1..3 x Conv1d(kernel_size=1..3)", {"input": 12, "output": 9})
EVERY_SIZE = ("Conv1d(kernel_size=1..3, padding=0..2) -> Conv1d(kernel_size=1..3)", {"same": True})
PROVED = ("Conv1d(kernel_size=3) -> ConvTranspose1d(kernel_size=?)", {"same": True})
KINDS = [ONE, BY_AXES, SHARED, CHAIN, OPEN_CHAIN, EVERY_SIZE, PROVED]
ENDLESS = ("ConvTranspose1d(kernel_size=?, stride=?, padding=?)", {"up": 2})
NONE = [
    ("Conv1d(kernel_size=2, padding=?)", {"same": True}),
    ("Conv2d(kernel_size=2, padding=?)", {"input": (7, 9), "output": (7, 9)}),
    ("2 x Conv1d(kernel_size=1..3)", {"input": 20, "output": 9}),
]  # fmt: skip


@pytest.fixture(autouse=True)
def _patient(monkeypatch):
    """Whether there is room for notes is seen by counting, for as long as a busy machine needs."""
    monkeypatch.setattr("symconv.solving.solver.SOON", 60)


def every(kind, **options):
    text, goal = kind
    return symconv.solve(text, limit=None, **goal, **options)


def words(kind):
    """The command that asks the same."""
    text, goal = kind
    values = {name: value if value is not True else None for name, value in goal.items()}
    each = [
        [f"--{name}"] if value is None else [f"--{name}", str(value).strip("()").replace(" ", "")]
        for name, value in values.items()
    ]
    return ["solve", text, *chain(*each)]


def key(row):
    """A row as something that sets hold."""
    if hasattr(row, "layers"):
        return row.layers
    return tuple(tuple(axis.values()) for axis in row) if isinstance(row, tuple) else tuple(row.values())  # fmt: skip


@pytest.mark.parametrize("kind", KINDS, ids=str)
def test_an_answer_is_its_rows(kind):
    answer = every(kind)
    rows = list(answer)
    assert answer
    assert len(answer) == len(rows) == answer.count > 0
    assert [answer[place] for place in range(-len(rows), len(rows))] == rows * 2
    assert list(answer[:2]) == rows[:2]
    assert list(answer.settings) == rows
    assert len({*map(key, rows)}) == len(rows)
    with pytest.raises(IndexError):
        answer[len(rows)]


@pytest.mark.parametrize("kind", NONE, ids=str)
def test_an_answer_without_rows_is_empty(kind):
    answer = every(kind)
    assert answer.verdict == "infeasible"
    assert (list(answer), len(answer), bool(answer), answer.count) == ([], 0, False, 0)
    assert answer.exhausted
    assert answer.conflict.sentences
    assert answer.sample(3) == []


@pytest.mark.parametrize("kind", [ONE, CHAIN, EVERY_SIZE], ids=str)
def test_an_answer_that_is_unknown_is_not_all_there_is(kind):
    clock = Clock(600)
    clock.stop(TIME_UP)
    answer = every(kind, timeout=clock)
    assert (answer.verdict, answer.reason) == ("unknown", TIME_UP)
    assert (answer.exhausted, answer.count) == (False, None)
    told = answer.to_dict()
    assert (told["exhausted"], told["count"], told["reason"]) == (False, None, TIME_UP)
    assert f"unknown: {TIME_UP}" in repr(answer)


@pytest.mark.parametrize("kind", [*KINDS, ENDLESS, *NONE], ids=str)
@pytest.mark.parametrize("again", [copy.deepcopy, lambda one: pickle.loads(pickle.dumps(one))])
def test_an_answer_comes_back_from_a_pickle(kind, again):
    text, goal = kind
    answer = symconv.solve(text, limit=5, **goal)
    other = again(answer)
    assert other == answer
    assert list(map(key, other)) == list(map(key, answer))
    assert repr(other) == repr(answer)
    assert other.to_dict() == answer.to_dict()
    assert other.count == answer.count
    assert other != symconv.solve(text, limit=1, **goal) or len(answer) < 2
    with pytest.raises(TypeError):
        hash(answer)


def test_answers_of_another_kind_or_question_are_others():
    answers = [every(kind) for kind in KINDS]
    for one, other in combinations(answers, 2):
        assert one != other
    assert answers[0] != "an answer"


@pytest.mark.parametrize("kind", [*KINDS, *NONE], ids=str)
def test_there_is_one_way_to_print(kind, capsys):
    answer = every(kind)
    status = 0 if answer else 1
    assert main([*words(kind), "--all"]) == status
    assert capsys.readouterr().out == f"{answer}\n"
    assert main([*words(kind), "--all", "--json"]) == status
    assert json.loads(capsys.readouterr().out) == json.loads(json.dumps(answer.to_dict()))


def test_a_mirror_is_printed_as_it_is_shown(capsys):
    encoder = "Conv1d(1, 8, kernel_size=3, stride=2, padding=1)"
    answer = symconv.mirror(encoder, for_="W % 2 == 0")
    assert main(["mirror", encoder, "--for", "W % 2 == 0"]) == 0
    assert capsys.readouterr().out == f"{answer}\n"
    assert main(["mirror", encoder, "--for", "W % 2 == 0", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["decoder"] == answer.to_dict()["decoder"]


@pytest.mark.parametrize("kind", [*KINDS, *NONE], ids=str)
def test_a_notebook_shows_a_table_with_all_rows(kind):
    answer = every(kind)
    html = answer._repr_html_()
    assert html.count("<tr>") == (len(answer) + 1 if answer else 0)
    assert html.count("<td>") == len(answer) * html.count("<th>")
    assert " -> " not in html
    assert ("cannot hold together" in html) == (not answer)


def test_many_rows_are_the_same_as_json_and_as_text_however_they_come(capsys):
    """So many that what there is to say of each is left out, and they stream."""
    kind = ("Conv1d(kernel_size=1..2000, padding=?)", {"same": True})
    answer = every(kind)
    assert (len(answer), answer.modest) == (1000, True)
    kind = ("Conv1d(kernel_size=1..60, stride=1..60, padding=0..60)", {"input": 99, "output": 3})
    answer = every(kind)
    assert not answer.modest
    assert main([*words(kind), "--all", "--json"]) == 0
    told, whole = json.loads(capsys.readouterr().out), answer.to_dict()
    order = [one["kernel_size"] + one["padding"] for one in told["solutions"]]
    assert sorted(map(json.dumps, told.pop("solutions"))) == sorted(map(json.dumps, whole.pop("solutions")))  # fmt: skip
    assert order == [row["kernel_size"] + row["padding"] for row in answer]
    assert told == whole
    assert main([*words(kind), "--all"]) == 0
    lines = capsys.readouterr().out.splitlines()
    rows = [tuple(map(int, line.split())) for line in lines if line.replace(" ", "").isdigit()]
    assert rows == [tuple(row.values()) for row in answer]


def test_the_first_settings_are_told_before_the_search_goes_on(monkeypatch):
    blocks, log = Listing.blocks, []

    def watched(self, *until, **above):
        search = blocks(self, *until, **above)
        while True:
            try:
                block = next(search)
            except StopIteration as stop:
                return stop.value
            yield block
            if len(block):
                log.append("more was asked for")

    monkeypatch.setattr(Listing, "blocks", watched)
    text, goal = "Conv1d(kernel_size=1..9999, padding=?)", {"same": True}
    goal = dict.fromkeys(("up", "down", "same", "input", "output", "for_")) | goal
    options = {"where": (), "limit": None, "sort": None, "streams": True}
    answer = asked(text, goal=goal, clock=Clock(600), **options)
    telling = answer.streamed()
    lines = "\n".join(islice(telling, 2)).splitlines()  # the head, and the first rows
    assert [int(line.split()[0]) for line in lines[3:5]] == [1, 3]
    soon = len(log)
    assert len("\n".join(telling).splitlines()) > 1000
    assert soon <= 1 < len(log) - soon


def test_the_first_design_is_there_before_the_others_are_looked_for(monkeypatch):
    walk, log = Ranking.__iter__, []

    def watched(self):
        for ranked in walk(self):
            yield ranked
            log.append("more was asked for")

    monkeypatch.setattr(Ranking, "__iter__", watched)
    goal = {"up": None, "down": None, "same": False, "input": 40, "output": 9, "for_": None}
    options = {"where": (), "limit": None, "sort": None, "streams": True}
    text = "3 x Conv1d(kernel_size=1..9, stride=1..3)"
    answer = asked(text, goal=goal, clock=Clock(600), **options)
    assert answer
    first = answer[0]
    assert log == []
    assert len(answer) == answer.count > 100
    assert answer[0] is first


@pytest.mark.parametrize("kind", KINDS, ids=str)
def test_every_place_of_an_answer_has_a_row_and_every_row_a_place(kind):
    answer = every(kind)
    count = answer.counted(Clock(600))
    rows = answer.at(range(count))
    assert {*map(key, rows)} == {*map(key, answer)}
    assert len(rows) == len(answer) == count
    for place in {0, count // 2, count - 1}:
        assert key(answer.at([place])[0]) == key(rows[place])


@pytest.mark.parametrize("kind", KINDS, ids=str)
def test_a_sample_is_of_all_rows_not_of_those_listed(kind):
    answer, (text, goal) = every(kind), kind
    whole = {*map(key, answer)}
    n = min(2, len(whole))
    subsets = {*map(frozenset, combinations(whole, n))}
    few = symconv.solve(text, limit=1, **goal) if kind not in (EVERY_SIZE, PROVED) else answer
    seen: set = set()
    for seed in range(40):
        rows = [key(row) for row in few.sample(n, seed)]
        assert len({*rows}) == len(rows) == n
        assert rows == [key(row) for row in few.sample(n, seed)]
        seen.add(frozenset(rows))
    assert seen <= subsets
    assert len(seen) > min(len(subsets), 20) // 2
    assert {key(row) for row in few.sample(10**6)} == whole


def test_every_subset_occurs():
    answer = symconv.solve("Conv1d(kernel_size=1..9, padding=?)", same=True, limit=1)
    sets = {frozenset(map(key, answer.sample(2, seed))) for seed in range(300)}
    assert len(sets) == 10  # two of five


@pytest.mark.parametrize(("count", "n"), [(5, 2), (4, 3), (3, 1), (2, 2), (2, 5)])
def test_each_subset_of_places_comes_from_equally_many_draws(count, n):
    """The places are the first different ones that are drawn: by symmetry each set as often."""
    times: dict[tuple[int, ...], int] = {}
    for draws in product(range(count), repeat=n + 3):
        drawn = iter(draws)
        try:
            places = _places(
                count, n, SimpleNamespace(randrange=lambda _, drawn=drawn: next(drawn))
            )
        except StopIteration:
            continue  # some place came again and again
        assert places == sorted({*places})
        assert all(0 <= place < count for place in places)
        times[tuple(places)] = times.get(tuple(places), 0) + 1
    assert len({*times.values()}) == 1
    assert {*times} == {*combinations(range(count), min(n, count))}


@pytest.mark.parametrize(("n", "seed"), [(0, 0), (-1, 0), (True, 0), ("2", 0), (2, "x"), (2, 1.5)])
def test_a_sample_has_a_number_of_rows_and_a_seed(n, seed):
    with pytest.raises(RequestError) as caught:
        every(ONE).sample(n, seed)
    assert caught.value.write


def test_infinitely_many_settings_are_not_sampled():
    text, goal = ENDLESS
    with pytest.raises(RequestError, match="infinitely many"):
        symconv.solve(text, **goal).sample(3)


@pytest.mark.parametrize("kind", KINDS, ids=str)
def test_torch_agrees_with_every_kind_of_answer(kind):
    pytest.importorskip("torch")
    answer = every(kind)
    said = answer.verify("torch", timeout=600)
    assert said.failed == 0 < said.checked
    assert answer.verified is None
    clock = Clock(600)
    clock.stop(TIME_UP)
    late = answer.verify("torch", timeout=clock)
    assert (late.checked, late.failed) == (0, 0)
    assert late.left > 0


def test_torch_sees_settings_beyond_the_list_and_the_answer_says_so():
    pytest.importorskip("torch")
    text, goal = ENDLESS
    answer = symconv.solve(text, limit=3, verify=True, **goal)
    assert answer.verified.checked > 3
    assert "settings beyond this list among them" in repr(answer)
    assert "beyond" not in repr(every(ONE, verify=True))


def test_there_is_one_witness():
    with pytest.raises(RequestError, match="torch"):
        every(ONE).verify("jax")


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_has_a_time_limit(command, capsys):
    with pytest.raises(SystemExit):
        main([command, "--help"])
    assert "--timeout SECONDS" in capsys.readouterr().out


@pytest.mark.parametrize("kind", [ONE, BY_AXES, CHAIN], ids=str)
def test_the_layers_of_each_place_are_those_of_its_row(kind):
    answer = every(kind)
    for place in range(len(answer)):
        assert all(layer.settled for layer in answer.layers(place))
    assert answer.layers() == answer.layers(0)
