"""Rows are found when they are asked for, in order, each once, and it is known whether all are."""

import copy
import pickle
from itertools import chain, count, islice

import pytest
from hypothesis import given
from hypothesis import strategies as st

from symconv import solve
from symconv.errors import RequestError
from symconv.proving.clock import INTERRUPTED, TIME_UP, Clock, OutOfTime
from symconv.questions import listed
from symconv.questions.listed import FIRST, Listed, check_limit
from symconv.questions.tables import Table


def search(blocks, reason="", log=None):
    """A search that says in a log how far it went."""
    for block in blocks:
        if log is not None:
            log.append(block)
        yield block
    return reason


def endless(log, width=1):
    """A search that never ends."""
    return search((range(start, start + width) for start in count(0, width)), "", log)


def broken(error):
    yield [1, 2]
    yield [3]
    raise error


def test_the_first_rows_of_a_search_without_end_are_there():
    log = []
    rows = Listed(endless(log, 3))
    assert rows.started
    assert list(islice(rows, 7)) == [*range(7)]
    assert len(log) == 3
    assert rows[4] == 4
    assert len(log) == 3
    assert (rows.seen, rows.ended) == (9, False)


@pytest.mark.parametrize("limit", [1, 4, 6, 7])
def test_a_limit_ends_a_search_without_end(limit):
    log = []
    rows = Listed(endless(log, 3), limit)
    assert list(rows) == [*range(limit)]
    assert (len(rows), rows.whole, rows.reason, rows.ended) == (limit, False, "", True)
    assert len(log) <= limit // 3 + 1


BLOCKS = st.lists(st.lists(st.integers(), max_size=4), max_size=8)


@given(BLOCKS, st.none() | st.integers(1, 12), st.sampled_from(["", TIME_UP]), st.booleans())
def test_rows_are_those_of_the_blocks_as_far_as_they_are_wanted(blocks, limit, reason, streams):
    flat = [*chain(*blocks)]
    rows = Listed(search(blocks, reason), limit)
    expected = flat[:limit]
    if streams:
        assert [*chain(*rows.together())] == expected
    else:
        assert list(rows) == expected == list(rows.joined())
        assert [rows[place] for place in range(-len(expected), len(expected))] == expected * 2
        assert rows[1::2] == expected[1::2]
        assert rows == expected
    assert len(rows) == len(expected)
    cut = limit is not None and len(flat) > limit
    assert rows.whole == (not cut and not reason)
    assert rows.reason == ("" if cut else reason)


@given(BLOCKS, st.data())
def test_nothing_is_lost_where_several_go_through_at_once(blocks, data):
    rows = Listed(search(blocks))
    walks, seen = [iter(rows), iter(rows)], [[], []]
    for turn in data.draw(st.lists(st.integers(0, 3), max_size=30)):
        if turn < 2:
            seen[turn] += islice(walks[turn], 1)
        elif turn == 2:
            len(rows)
        elif rows.started:
            assert rows[0] == next(iter(rows))
    for walk, some in zip(walks, seen, strict=True):
        assert [*some, *walk] == [*chain(*blocks)]


@pytest.mark.parametrize(
    ("error", "reason"), [(KeyboardInterrupt(), INTERRUPTED), (OutOfTime(TIME_UP), TIME_UP)]
)
@pytest.mark.parametrize("streams", [False, True])
def test_what_was_found_before_an_interruption_is_kept(error, reason, streams):
    rows = Listed(broken(error))
    assert (list(chain(*rows.together())) if streams else list(rows)) == [1, 2, 3]
    assert (len(rows), rows.whole, rows.reason) == (3, False, reason)


def test_other_exceptions_are_faults_and_not_answers():
    with pytest.raises(ZeroDivisionError):
        list(Listed(broken(ZeroDivisionError())))


def test_rows_that_are_told_are_told_before_others_are_searched():
    log = []
    rows = Listed(endless(log, FIRST)).together()
    for turn in (1, 2):
        assert next(rows)[0] == (turn - 1) * FIRST
        assert len(log) == 1 or turn > 1


def test_rows_that_are_told_are_not_kept():
    rows = Listed(search([[number] * 10 for number in range(50)]))
    assert sum(map(len, rows.together())) == 500
    assert (len(rows), rows.whole, rows._known) == (500, True, [])
    assert rows.started


def test_telling_ends_when_the_clock_does():
    log = []
    rows = Listed(endless(log, FIRST))
    with Clock(600).running() as clock:
        telling = rows.together()
        next(telling)
        clock.stop(TIME_UP)
        list(telling)  # it ends
    assert (rows.whole, rows.reason, rows.ended) == (False, TIME_UP, True)


def test_one_great_block_is_told_in_pieces(monkeypatch):
    monkeypatch.setattr(listed, "MANY", 10)
    groups = list(Listed(search([range(95)])).together())
    assert [*chain(*groups)] == [*range(95)]
    assert max(map(len, groups)) <= 2 * listed.FIRST


@pytest.mark.parametrize("again", [copy.copy, copy.deepcopy, lambda a: pickle.loads(pickle.dumps(a))])  # fmt: skip
@pytest.mark.parametrize("limit", [None, 2, 5])
def test_a_copy_has_the_same_rows_and_says_the_same(again, limit):
    rows = Listed(search([[1, 2], [], [3]], TIME_UP), limit)
    assert rows[0] == 1
    other = again(rows)
    assert list(other) == list(rows)
    assert (other.whole, other.reason, other.seen) == (rows.whole, rows.reason, rows.seen)


def test_known_rows_are_a_list_as_well():
    rows = Listed.of([1, 2], whole=False, reason=TIME_UP)
    assert (list(rows), rows.whole, rows.reason, rows.ended) == ([1, 2], False, TIME_UP, True)
    assert repr(rows) == "[1, 2]"
    assert not Listed.of(()).started
    with pytest.raises(IndexError):
        rows[2]
    with pytest.raises(IndexError):
        rows[-3]
    with pytest.raises(TypeError):
        hash(rows)


@pytest.mark.parametrize("limit", [0, -1, True, 1.0, "3", 10**9])
def test_a_limit_is_a_number_of_rows(limit):
    with pytest.raises(RequestError) as caught:
        check_limit(limit)
    assert caught.value.write


def test_what_was_not_counted_of_a_row_is_left_blank():
    answer = solve("Conv1d(kernel_size=?, stride=?, padding=0..9)", input=10**6, output=10**5)
    names, rows = answer.cells(answer.settings.joined())
    unread = [row[names.index("unread")] for row in rows]
    assert {"none", ""} < set(unread)
    assert len({len(line) for line in repr(answer).splitlines()[1:22]}) == 1
    assert "".join(answer.streamed())


def test_columns_that_come_later_have_a_head_of_their_own():
    table = Table(["a"])
    assert [*table.lines(table.filled(["a"], [("1",)]))] == ["a", "1"]
    assert table.filled([], [()]) == [("",)]
