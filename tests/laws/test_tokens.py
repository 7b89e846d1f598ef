"""Tokens: nothing of a text is lost, and errors point at their place."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from symconv.errors import RequestError
from symconv.reading.tokens import LONGEST_NUMBER, LONGEST_TEXT, Reader, tokens

SAMPLE = "nn.Conv2d(3, 64, kernel_size=(7, ?), padding='same') -> {1, 2}\n1..11 # end"
alphabet = st.sampled_from("aZ_09.?'\"()[]{}<>=!-+*/%,:→ \t\r\n#e") | st.characters()


def kinds(text):
    return [(one.kind, one.text) for one in tokens(text)][:-1]


@given(st.text(alphabet, max_size=60))
def test_tokens_with_blanks_and_comments_make_up_the_text(text):
    try:
        found = list(tokens(text))
    except RequestError as error:
        assert all((error.needed, error.arrived, error.write))
        return
    assert found[-1] == ("end", "", len(text))
    place = 0
    for token in found:
        assert re.fullmatch(r"(?:[ \t\r]|#[^\n]*)*", text[place : token.start])
        assert text[token.start :].startswith(token.text)
        place = token.start + len(token.text)


def test_each_kind_of_token_is_told_apart():
    assert kinds("a _b1 Conv2d") == [("name", "a"), ("name", "_b1"), ("name", "Conv2d")]
    assert kinds("12 0") == [("int", "12"), ("int", "0")]
    for number in ("1.5", "1.", "1e5", "1.5e-3", ".5", "1.e2"):
        assert kinds(number) == [("float", number)]
    assert kinds("'a b' \"c\"") == [("text", "'a b'"), ("text", '"c"')]
    assert kinds("1..11") == [("int", "1"), ("sign", ".."), ("int", "11")]
    assert kinds("a\nb") == [("name", "a"), ("newline", "\n"), ("name", "b")]
    assert kinds("a # b -> c\n") == [("name", "a"), ("newline", "\n")]
    signs = "-> → == != <= >= // ** - + * / % < > = ( ) { } [ ] , : ? ."
    for sign in signs.split():
        assert kinds(sign) == [("sign", sign)]
    assert kinds("a->b") == [("name", "a"), ("sign", "->"), ("name", "b")]


def test_a_sample_is_cut_where_people_would_cut_it():
    line = "nn . Conv2d ( 3 , 64 , kernel_size = ( 7 , ? ) , padding = 'same' )"
    rest = "-> { 1 , 2 } \n 1 .. 11"
    assert " ".join(text for _, text in kinds(SAMPLE)) == f"{line} {rest}"


@pytest.mark.parametrize(
    "text", ["'open", '"open', "'a\nb'", "$", "é", "\0", "٣", "\u00a0", "`", "\\"]
)
def test_what_begins_no_token_is_refused_at_its_place(text):
    with pytest.raises(RequestError, match="a name, a number or a sign") as caught:
        list(tokens(f"a {text}"))
    assert caught.value.place == (f"a {text}", 2, 3)
    assert caught.value.write


def test_texts_and_numbers_have_a_greatest_length():
    assert len(list(tokens(" " * LONGEST_TEXT))) == 1
    with pytest.raises(RequestError, match=f"at most {LONGEST_TEXT} characters"):
        list(tokens(" " * (LONGEST_TEXT + 1)))
    assert kinds("9" * LONGEST_NUMBER) == [("int", "9" * LONGEST_NUMBER)]
    for number in ("9" * (LONGEST_NUMBER + 1), "0." + "1" * LONGEST_NUMBER):
        with pytest.raises(RequestError, match=f"at most {LONGEST_NUMBER} digits") as caught:
            list(tokens(f"W {number}"))
        assert caught.value.place.piece == number


def test_a_reader_never_moves_past_the_end():
    reader = Reader("a ( b")
    assert reader.accept("b") is None
    assert reader.accept("x", "a") == "a"
    reader.expect("(")
    with pytest.raises(RequestError, match=r"needed `\)`; got `b`"):
        reader.expect(")")
    reader.advance()
    assert reader.advance().kind == reader.advance().kind == "end"
    with pytest.raises(RequestError, match="the end of the text"):
        reader.expect(")")


def test_a_text_in_quotes_is_never_taken_for_a_sign_or_word():
    reader = Reader("'('")
    assert reader.accept("(", "'('") is None
