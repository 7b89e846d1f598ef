"""What a page leaves out of what a command prints is left out in order, and nothing is made up."""

import pytest

from conftest import is_printed

PRINTED = ["$ symconv tell", "one", "two", "  three", "four"]
SHOWN = {
    "all of it": PRINTED,
    "without a beginning": ["$ symconv tell", "⋮", "four"],
    "without an end": ["$ symconv tell", "one", "⋮"],
    "without a middle": ["$ symconv tell", "one", "⋮", "  three", "  ⋮"],
}
MADE_UP = {
    "another line": ["$ symconv tell", "one", "⋮", "five"],
    "another order": ["$ symconv tell", "two", "one", "⋮"],
    "too little": PRINTED[:-1],
    "too much": [*PRINTED, "five"],
    "nothing left out": [*PRINTED, "⋮"],
    "a line that only begins so": ["$ symconv tell", "on", "⋮"],
    "a pattern": ["$ symconv tell", ".*", "⋮"],
}


@pytest.mark.parametrize("name", SHOWN)
def test_what_is_printed_may_be_shortened(name):
    assert is_printed(SHOWN[name], PRINTED)


@pytest.mark.parametrize("name", MADE_UP)
def test_what_is_not_printed_is_found(name):
    assert not is_printed(MADE_UP[name], PRINTED)
