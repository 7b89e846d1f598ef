"""Whether every command ends in time, by its limit and by Ctrl-C, in a gigabyte; rows a second.

    python benchmarks/in_time.py [limits] [interrupts] [rows] [--only WORD]

Each command is a process of its own. What is timed begins when `main` does, so that what Python
takes to start is left out. A command that is late runs again, up to four times, and the last run
counts: another process may have had the processor.
"""

import argparse
import os
import shlex
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import NamedTuple

LATE, LARGE = 1.0, 1024
"""How many seconds after its limit or Ctrl-C a command may end, and how many megabytes it takes."""
LIMITS, PRESSED = {1: [], 2: ["--json"]}, {0.05: ["--json"], 0.2: [], 1.0: ["--json"]}
"""The time limits, and when Ctrl-C is pressed, in seconds, and in which form."""
ROUNDS = 4
"""How often a command that is late runs again: another process may have had the processor."""
ANSWERS, UNKNOWN, INTERRUPTED = (0, 1), 3, 130
ROWS = {"a layer": 50_000, "a chain": 5_000}
"""How many rows a second are wanted."""
STARTED = "from symconv.cli import run; import os; os.write({0}, b'.'); os.close({0}); run()"

BIG = "*".join(str(7 ** (60 * k) + k)[:200] for k in range(4, 14))
TOWER = " and ".join(f"{b} >= {a}*{a}*{a}*{a}" for a, b in zip("abcde", "bcdef", strict=True))
STRIDES = " -> ".join(f"Conv1d(kernel_size={n},stride={n})" for n in (2, 3, 5, 7, 11, 13, 17, 19))
CONV, UP = (f"{name}1d(kernel_size=?,stride=?,padding=?)" for name in ("Conv", "ConvTranspose"))
WIDE = CONV.replace("?", "1..3000")
REACH = "receptive_field >= 3999"
LINES = f"""
size '1000 x MaxPool2d(3, stride=1, padding=1, ceil_mode=True)' 9,7
size '1000 x ConvTranspose1d(kernel_size=9, stride=9)' 9
size '999 x Conv3d(kernel_size=(3,5,7), stride=(2,3,1))' --receptive
derive '1000 x Conv1d(kernel_size=3, stride=2)'
derive '1000 x MaxPool1d(3, stride=2, ceil_mode=True)'
derive '300 x Conv1d(kernel_size=5, stride=3)' --output 7
solve '{CONV}' --input 20 --output 5 --where '{"*".join(["(kernel_size+1)"] * 400)} > 7'
solve '{CONV}' --same --where '{"*".join(["(stride+padding*kernel_size)"] * 400)} % 7 == 6'
solve '{WIDE}' --input 7000 --output 100 --all
solve '{WIDE}' --input 7000 --output 100 --all --sort padding
solve '{UP}' --up 65521 --where 'kernel_size % 65521 == 1 and padding*padding % 65519 == 3'
solve '{WIDE.replace("1d", "2d")}' --input 224,300 --output 7,9 --all
solve 'MaxPool1d(kernel_size=4..5, ceil_mode=?, padding=2..3, stride=2)' --same
solve '1000 x Conv1d(kernel_size=?, stride=?)' --input 100 --output 5
solve '2..6 x Conv2d(kernel_size={{3,4,5,8}}, stride=1..4)' --input 84 --output 1 --all
solve '4..8 x Conv1d(kernel_size=1..7, stride=1..2, padding=0..3)' --down 16 --all
solve '8 x ConvTranspose1d(kernel_size=1..9, stride=1..3, padding=0..4)' --input 1 --output 999
solve '8 x Conv1d(kernel_size=3..9, dilation=1..64)' --input 4000 --output 1 --where '{REACH}'
solve 'Conv2d(3,3,7, stride=5) -> MaxPool2d(3) | {CONV.replace("1d", "2d")}' --agree --limit 1000
solve '200 x Conv1d(kernel_size=7, stride=5)' --output 3..99
solve 'Upsample(scale_factor=?)' --input 900000 --output 800001
audit '8 x Conv1d(kernel_size=7, stride=5) -> MaxPool1d(7, 3)'
audit '{STRIDES}'
audit '1000 x Conv1d(kernel_size=3)'
audit '12 x Conv2d(3,3,3, stride=2) -> MaxPool2d(3,2,1)' --verify --z3 --input 1,3,H,W
mirror '12 x MaxPool1d(3, ceil_mode=True)' --for 'W % 1000 == 7'
mirror '300 x Conv1d(4, 4, 5, stride=3)' --verify
mirror '9 x Conv2d(4, 4, (3, 5), stride=(2, 3))' --for 'W % 512 == 7'
prove --claim 'x < {BIG}'
prove --given '{TOWER} and a >= 2' --claim 'f >= a'
prove --given 'a >= 1 and b >= 1 and c >= 1' --claim 'a*a*a + b*b*b != c*c*c'
prove --claim '{"*".join(["(x+y)"] * 400)} >= 0'
prove --all
prove --all --verify
draw 'ConvTranspose2d(kernel_size=9, stride=2)' 8 --view paint -o -
draw 'Conv1d(kernel_size=3)' 64 --view matrix -o -
theorems
"""
HEAVY = {number: shlex.split(line) for number, line in enumerate(LINES.strip().splitlines(), 1)}
LISTS = {
    "a layer": "solve 'ConvTranspose1d(kernel_size=1..{0}, stride=1..{0}, padding=0..{0}, "
    "dilation=1..9, output_padding=?)' --input 7 --output 14 --all",
    "a chain": "solve '4 x Conv1d(kernel_size=1..5, stride=1..2, padding=0..2)' --all "
    "--input {0} --output 16",
}
FEW_MANY = {"a layer": (9, 280), "a chain": (16, 64)}
"""Long lists, of which a number is left open: one that has few rows, and one that has many."""


class Ended(NamedTuple):
    """How a process ended: its status, seconds since `main` began, seconds of the processor since
    it was made, megabytes at most, seconds until it wrote, what it wrote, and how many rows."""

    status: int
    seconds: float
    processor: float
    megabytes: float
    first: float
    file: Path
    rows: int = 0


def command(arguments, folder, press=None):
    """Run one command, press Ctrl-C if that is asked for, and tell how it ended."""
    began, begins = os.pipe()
    file = Path(folder) / "out"
    with file.open("wb") as out, (Path(folder) / "err").open("wb") as err:
        code = STARTED.format(begins)
        process = subprocess.Popen(
            [sys.executable, "-c", code, *arguments],
            stdin=subprocess.DEVNULL,
            stdout=out,
            stderr=err,
            pass_fds=[begins],
            env={name: value for name, value in os.environ.items() if name != "PYTHONUNBUFFERED"},
        )
        os.close(begins)
        os.read(began, 1)
        os.close(began)
        start, first, pressed = time.monotonic(), float("inf"), press is None
        while True:
            now = time.monotonic() - start
            if not pressed and now >= press:
                pressed = True
                os.kill(process.pid, signal.SIGINT)  # `send_signal` would reap it
            if first == float("inf") and file.stat().st_size:
                first = now
            done, status, usage = os.wait4(process.pid, os.WNOHANG)
            if done:
                break
            time.sleep(0.005)
    process.returncode = os.waitstatus_to_exitcode(status)
    seconds = time.monotonic() - start
    processor = usage.ru_utime + usage.ru_stime
    return Ended(process.returncode, seconds, processor, usage.ru_maxrss / 1024, first, file)


def entries(file, key="schema"):
    """Return how long an entry of the one JSON object in a file is; -1 where it holds no such.

    It is read in a process of its own: what a process made by this one takes would count as much.
    """
    code = "import json, sys; print(len(json.load(open(sys.argv[1]))[sys.argv[2]]))"
    done = subprocess.run([sys.executable, "-c", code, file, key], capture_output=True)
    return -1 if done.returncode else int(done.stdout)


def judged(ended, allowed, end, as_json):
    """Return what is wrong with how a command ended; nothing if it is well."""
    early = ended.seconds < end and ended.status == UNKNOWN  # it said so by itself
    faults = [] if early or ended.status in allowed else [f"status {ended.status}"]
    faults += ["no JSON object"] if as_json and entries(ended.file) < 0 else []
    if ended.seconds > end + LATE:
        faults.append(f"{ended.seconds:.2f} s, {ended.processor:.2f} s of the processor")
    faults += [f"{ended.megabytes:.0f} MB"] if ended.megabytes > LARGE else []
    return ", ".join(faults)


def table(head, cases, requests, folder):
    """Print for each request how it ends in each case: seconds past its end, status, megabytes.

    Args:
        head: what the table is of.
        cases: for each column, options, when Ctrl-C is pressed, when the command should end, and
            with which statuses.
        requests: the requests by number.
        folder: where output goes.
    """
    print(f"\n{head}\n{'':48}", *(f"{name:>14}" for name in cases), "most MB")
    past, faults = [], []
    for number, arguments in requests.items():
        cells, most = [], 0.0
        for name, (options, press, end, allowed) in cases.items():
            for _ in range(ROUNDS):
                ended = command([*arguments, *options], folder, press)
                fault = judged(ended, allowed, end, "--json" in options)
                if not fault:
                    break
            past.append(ended.seconds - end)
            most = max(most, ended.megabytes)
            cells.append(f"{past[-1]:+.2f}, {ended.status}{' !' if fault else ''}")
            faults += [f"{number}, {name}: {fault}"] if fault else []
        says = f"{number:2} {' '.join(arguments)[:44]}"
        print(f"{says:48}", *(f"{cell:>14}" for cell in cells), f"{most:7.0f}", flush=True)
    print(f"the latest {max(past):+.2f} s; {len(faults)} of {len(past)} missed", *faults, sep="\n")


def limits(requests, folder):
    cases = {
        f"{limit} s{', JSON' if options else ''}": (
            ["--timeout", str(limit), *options],
            None,
            limit,
            (*ANSWERS, UNKNOWN),
        )
        for limit, options in LIMITS.items()
    }
    table("Time limits: seconds past the limit, exit status", cases, requests, folder)


def interrupts(requests, folder):
    cases = {
        f"{press} s{', JSON' if options else ''}": (
            ["--timeout", "60", *options],
            press,
            press,
            (*ANSWERS, INTERRUPTED),
        )
        for press, options in PRESSED.items()
    }
    table("Ctrl-C: seconds after it was pressed, exit status", cases, requests, folder)


def rows(folder):
    """Print how soon lists begin, and how many rows they write a second of the processor's time."""
    print("\nLists; what a short one of the same kind takes is subtracted")
    for name, line in LISTS.items():
        for options in ([], ["--json"]):
            short, long = (
                [listed(line.format(number), options, folder) for _ in range(3)]
                for number in FEW_MANY[name]
            )
            counts = long[0].rows - short[0].rows
            seconds, later = (
                min(getattr(one, what) for one in long) - min(getattr(one, what) for one in short)
                for what in ("processor", "first")
            )
            print(
                f"{name}{', JSON' if options else ''}: {long[0].rows:,} rows, "
                f"{counts / seconds:,.0f} a second (wanted {ROWS[name]:,}), "
                f"the first {later:+.2f} s ({min(one.first for one in long):.2f} s in all), "
                f"{long[0].megabytes:.0f} MB",
                flush=True,
            )


def listed(line, options, folder):
    """Return how a command ended that lists rows, with their number."""
    ended = command([*shlex.split(line), "--timeout", "60", *options], folder)
    if options:
        return ended._replace(rows=entries(ended.file, "solutions"))
    with ended.file.open("rb") as lines:
        return ended._replace(rows=sum(1 for _ in lines) - 2)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("parts", nargs="*", help="limits, interrupts, rows; by default all")
    parser.add_argument("--only", default="", metavar="WORD", help="requests with this in them")
    options = parser.parse_args()
    requests = {n: some for n, some in HEAVY.items() if options.only in " ".join(some)}
    parts = options.parts or ["limits", "interrupts", "rows"]
    with tempfile.TemporaryDirectory() as folder:
        if "limits" in parts:
            limits(requests, folder)
        if "interrupts" in parts:
            interrupts(requests, folder)
        if "rows" in parts:
            rows(folder)


if __name__ == "__main__":
    main()
