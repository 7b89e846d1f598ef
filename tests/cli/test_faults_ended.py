"""Lists that are ended while they are printed keep what was found, and say why they end."""

import io
import json
import sys
from types import SimpleNamespace

import pytest

from symconv import cli
from symconv.cli import main, run
from symconv.proving import clock as clocks
from symconv.proving import interrupt
from symconv.proving.clock import INTERRUPTED, TIME_UP, OutOfTime


class Stopping(io.StringIO):
    """An output whose reader ends the work that is under way after some lines."""

    def __init__(self, reason, lines):
        """Say why it is ended, and after how many lines, or writings that end no line."""
        super().__init__()
        self.reason, self.left = reason, lines

    def write(self, text):
        """Take it, and count it."""
        before, self.left = self.left, self.left - (text.count("\n") or 1)
        if self.left <= 0 < before:
            running = clocks._running.get()
            while running is not None:
                running.stop(self.reason)
                running = running._around
        return super().write(text)


LISTS = [
    ["Conv1d(kernel_size=1..300, stride=1..30, padding=0..30)", "--input", "300", "--output", "9"],
    ["2..6 x Conv2d(kernel_size={3, 4, 5, 8}, stride=1..4)", "--input", "84", "--output", "1"],
    ["3 x Conv1d(kernel_size=1..80)", "--input", "160", "--output", "60"],
    ["ZeroPad1d((0..90, 0..90)) -> Conv1d(kernel_size=1..90)", "--input", "90", "--output", "90"],
]
STOPS = [(TIME_UP, 3), (INTERRUPTED, 130)]


@pytest.mark.parametrize("lines", [4, 60], ids=str)
@pytest.mark.parametrize(("reason", "status"), STOPS, ids=["time is up", "Ctrl-C"])
@pytest.mark.parametrize("request_", LISTS, ids=str)
@pytest.mark.parametrize("amount", [["--all"], ["--limit", "100000"]], ids=str)
def test_a_list_that_is_ended_keeps_what_was_found(
    request_, amount, reason, status, lines, monkeypatch
):
    out = Stopping(reason, lines)
    monkeypatch.setattr(sys, "stdout", out)
    left = main(["solve", *request_, *amount, "--timeout", "600"])
    assert left == (0 if reason == TIME_UP and amount != ["--all"] else status)
    printed = out.getvalue().splitlines()
    assert len(printed) > 3
    assert printed[-1].startswith("... and more (")


@pytest.mark.parametrize(("reason", "status"), STOPS, ids=["time is up", "Ctrl-C"])
@pytest.mark.parametrize("request_", LISTS, ids=str)
def test_a_list_in_json_that_is_ended_is_one_object(request_, reason, status, monkeypatch):
    out = Stopping(reason, 6)
    monkeypatch.setattr(sys, "stdout", out)
    assert main(["solve", *request_, "--all", "--json", "--timeout", "600"]) == status
    answer = json.loads(out.getvalue())
    assert (answer["exhausted"], answer["reason"]) == (False, reason)
    assert answer["solutions"]


class Slow(io.StringIO):
    """An output whose reader takes an hour for each writing."""

    def __init__(self, monkeypatch):
        super().__init__()
        self.hours = 0
        monkeypatch.setattr(clocks, "time", SimpleNamespace(monotonic=lambda: self.hours * 3600))

    def write(self, text):
        """Take it, an hour later."""
        self.hours += 1
        assert not clocks.over()
        return super().write(text)


@pytest.mark.parametrize("form", [[], ["--json"], ["--limit", "5000", "--json"]], ids=str)
@pytest.mark.parametrize("request_", LISTS[1:3], ids=str)
def test_the_time_that_a_reader_takes_is_not_ours(request_, form, monkeypatch):
    """Answers that were found were ended in the middle of a line by a pager."""
    out = Slow(monkeypatch)
    monkeypatch.setattr(interrupt, "last_resort", None)  # as it will be again
    monkeypatch.setattr(sys, "argv", ["symconv", "solve", *request_, *form, "--timeout", "5"])
    monkeypatch.setattr(sys, "stdout", out)
    with pytest.raises(SystemExit) as ended:
        run()
    assert ended.value.code == 0
    assert "time limit" not in out.getvalue()
    assert out.hours


@pytest.mark.parametrize("reason", [TIME_UP, INTERRUPTED])
def test_there_is_one_json_object_whatever_ends_a_command_that_has_printed_it(reason, monkeypatch):
    out = io.StringIO()
    monkeypatch.setattr(sys, "stdout", out)
    real = cli._run

    def late(*arguments):
        real(*arguments)
        raise OutOfTime(reason)

    monkeypatch.setattr(cli, "_run", late)
    status = main(["solve", "Conv1d(kernel_size=?)", "--same", "--json"])
    assert status == (3 if reason == TIME_UP else 130)
    assert json.loads(out.getvalue())["verdict"] == "solved"
