"""Places: what is shown of a line, how it is underlined, and that a place goes with its error."""

import copy
import pickle

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.cells import cell_len

from readings import underlined
from symconv.errors import RequestError, SymconvError
from symconv.places import WIDTH, Excerpt, Place, cut, place_in
from symconv.reading.chains import chain
from symconv.reading.constraints import constraint, formula

characters = st.characters() | st.sampled_from("ab (),=\t\n\r#中文é\u0301\x07\u200b…^")
texts = st.text(characters, max_size=300)


@st.composite
def places(draw):
    text = draw(texts)
    start = draw(st.integers(0, len(text)))
    return Place(text, start, draw(st.integers(start, min(len(text), start + 40))))


@settings(max_examples=500)
@given(places(), st.sampled_from(["utf-8", "ascii", "cp1252", "gb18030"]))
def test_a_shown_line_is_short_and_can_be_written_and_underlined(place, encoding):
    line, marks = place.shown(encoding)
    assert line.isprintable()
    assert line.encode(encoding).decode(encoding) == line
    assert cell_len(line) <= WIDTH + 2 * len("...")
    assert {*marks.lstrip(" ")} == {"^"}
    assert len(marks) <= max(cell_len(line), 1) + 1


@given(places())
def test_the_columns_that_are_underlined_show_the_piece(place):
    shown, (line, start, end) = underlined(*place.shown()), place.in_line()
    piece = line[start:end]
    if piece.isprintable():
        width = cell_len(shown)
        assert piece.startswith(shown) or shown.startswith(piece) or width == cell_len(piece)
    else:
        assert shown


@given(places())
def test_json_has_the_line_with_its_column_from_1(place):
    document = place.to_dict()
    start = document["column"] - 1
    assert "\n" not in document["text"]
    assert document["text"] in place.text
    assert place.piece.startswith(document["text"][start : start + document["length"]])


def test_a_short_line_is_shown_as_it_is():
    assert Place("a && b", 2, 4).shown() == ("a && b", "  ^^")
    assert Place("a\nb && c\nd", 4, 6).shown() == ("b && c", "  ^^")
    assert Place("a &&\r\nb", 2, 4).shown() == ("a &&", "  ^^")
    assert Place("a and", 5, 5).shown() == ("a and", "     ^")
    assert Place("x\nSequential(\n", 12, 14).shown() == ("Sequential(", " " * 10 + "^")


def test_a_piece_over_several_lines_is_underlined_in_its_first():
    assert Place("a (b,\n c) d", 2, 9).shown() == ("a (b,", "  ^^^")
    assert Place("a (b,\n c) d", 2, 9).to_dict() == {"text": "a (b,", "column": 3, "length": 3}


def test_wide_letters_tabs_and_escapes_take_their_columns():
    assert Place("中文 && b", 3, 5).shown() == ("中文 && b", "     ^^")
    assert Place("a 中文 b", 2, 4).shown() == ("a 中文 b", "  ^^^^")
    assert Place("e\u0301 && b", 3, 5).shown() == ("e\u0301 && b", "  ^^")
    assert Place("a\t&& b", 2, 4).shown() == ("a    && b", "     ^^")
    assert Place("\x1b[2J &&", 5, 7).shown() == ("\\x1b[2J &&", "        ^^")
    assert Place("a\u200b&&", 1, 2).shown() == ("a\\u200b&&", " ^^^^^^")
    assert Place("中 &&", 2, 4).shown("ascii") == ("\\u4e2d &&", "       ^^")


@pytest.mark.parametrize("unit", ["ReLU() -> ", "中文 -> ", "\x07"])
def test_a_long_line_is_cut_on_both_sides_of_the_piece(unit):
    text = unit * 40 + "Konv" + unit * 40
    line, marks = Place(text, len(unit) * 40, len(unit) * 40 + 4).shown()
    assert underlined(line, marks) == "Konv"
    assert line[0] == line[-1] == "…"
    assert WIDTH - 6 <= cell_len(line) <= WIDTH + 2


def test_a_piece_that_is_too_long_is_cut_itself():
    line, marks = Place("f(" + "a" * 500 + ")", 2, 502).shown()
    assert (line, marks) == ("f(" + "a" * (WIDTH - 2) + "…", "  " + "^" * (WIDTH - 2))
    assert Place("a" * 500, 0, 500).shown("ascii")[0] == "a" * WIDTH + "..."


def test_an_error_keeps_its_place_when_it_is_copied_and_pickled():
    with pytest.raises(RequestError) as caught:
        chain("ReLU() -> Conv2d(3, 8, kernel=3)")
    error = caught.value
    for twin in (pickle.loads(pickle.dumps(error)), copy.copy(error), copy.deepcopy(error)):
        assert type(twin) is RequestError
        assert twin.place == error.place == ("ReLU() -> Conv2d(3, 8, kernel=3)", 23, 29)
        assert (twin.needed, twin.arrived, twin.write) == (
            error.needed,
            error.arrived,
            error.write,
        )
        assert str(twin) == str(error)
    told, line, marks = str(error).splitlines()
    assert told == "needed a parameter of Conv2d; got `kernel`. Did you mean `kernel_size`?"
    assert underlined(line, marks) == "kernel"


def test_an_error_learns_its_place_once():
    error = SymconvError("a", "b", "c")
    assert "\n" not in str(error)
    error.stands(Place("abc", 1, 2))
    error.stands(Place("xyz", 0, 1))
    assert error.place.piece == "b"


def test_an_excerpt_knows_where_it_stands_also_in_another_and_as_a_copy():
    whole = "A -> B | C(1, 2) , D"
    _, second = cut(whole, r"\|")
    first, last = cut(second, " ,")
    for part, text in ((second, "C(1, 2) , D"), (first, "C(1, 2)"), (last, "D")):
        for excerpt in (part, pickle.loads(pickle.dumps(part)), copy.deepcopy(part)):
            assert excerpt == text
            assert excerpt.place == (whole, whole.index(text), whole.index(text) + len(text))
    assert place_in(first, 2, 3).piece == "1"
    assert Excerpt(" ", 0, 1).place is None
    assert [part.place[1:] for part in cut("7,,8,", ",")] == [(0, 1), (2, 3), (3, 4), (5, 5)]


GOOD = [
    "Conv2d(3, 64, kernel_size=(7, 7), stride=2, padding=same) -> ReLU()",
    "Sequential(\n  (0): Conv1d(1, 1, kernel_size=(3,), stride=(1,))\n  (1): ReLU()\n)",
    "2 x Conv2d(kernel_size=3) -> 1..3 x MaxPool2d({1, 2}, stride=?)",
    "Upsample(scale_factor=120/88, mode='bilinear') -> Flatten() -> Linear(8, 8)",
    "kernel_size % stride == 0 and (padding in {1, 2} or not odd(F // 2)) # so",
    "conv(W, kernel_size=3, ceil_mode=True) <= max(2*W, abs(-3)) if W > 2 else W in 3..7",
    "1 <= W/2 < ceil(W/3) != 7 and W in range(3, 8, 2)",
]
slips = st.tuples(
    st.floats(0, 1),
    st.integers(0, 3),
    st.text(st.sampled_from("()[]{},.=<>&^≤?x0 7aW\n\t#→"), max_size=3),
)


@settings(max_examples=1500)
@given(st.sampled_from(GOOD), st.lists(slips, min_size=1, max_size=3))
def test_a_slip_in_a_text_is_an_answer_or_an_error_with_a_place_in_it(text, wrongs):
    for where, left_out, instead in wrongs:
        at = int(where * len(text))
        text = text[:at] + instead + text[at + left_out :]
    for read in (chain, constraint, formula):
        try:
            read(text)
        except RequestError as error:
            if error.place is None:  # nothing is written there, or too much as a whole
                assert (
                    not text.partition("#")[0].strip()
                    or "at most" in error.needed
                    or ("at least one layer" in error.needed)
                )
                continue
            whole, start, end = error.place
            assert whole == text
            assert 0 <= start <= end <= len(text)
            if start == end:  # something is missing behind all that is written
                assert all(not line.partition("#")[0].strip() for line in text[end:].splitlines())
            assert str(error).splitlines()[-1].strip("^ ") == ""
