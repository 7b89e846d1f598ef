"""What is pickled or copied says the same afterwards, in another process too."""

import copy
import pickle
import subprocess
import sys
from pathlib import Path

import pytest

from kept import KEPT

ROOT = Path(__file__).parents[2]


def pickled(value):
    return pickle.loads(pickle.dumps(value))


WAYS = {"copied": copy.copy, "copied with its parts": copy.deepcopy, "pickled": pickled}
EVERY = [*KEPT]


def made(name):
    return KEPT[name]()


def said(value):
    """How a value is shown, and its JSON if it has one."""
    return repr(value), value.to_dict() if hasattr(value, "to_dict") else None


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("name", EVERY)
def test_what_is_copied_is_equal(name, way):
    value = made(name)
    copied = WAYS[way](value)
    assert type(copied) is type(value)
    assert said(copied) == said(value)
    if not isinstance(value, Exception):
        assert copied == value


@pytest.mark.parametrize("name", EVERY)
def test_what_is_equal_has_equal_hashes(name):
    value = made(name)
    try:
        expected = hash(value)
    except TypeError:
        pytest.skip("it has no hash")
    assert isinstance(value, Exception) or hash(copy.deepcopy(value)) == expected


def in_a_new_process(values, folder):
    """What a new process, with other hashes, says of values that are pickled."""
    file = folder / "values.pickle"
    file.write_bytes(pickle.dumps(values))
    code = """
import pickle, sys
from pathlib import Path
values = pickle.loads(Path(sys.argv[1]).read_bytes())
said = [(repr(v), v.to_dict() if hasattr(v, "to_dict") else None) for v in values]
sys.stdout.buffer.write(pickle.dumps(said))
"""
    done = subprocess.run(
        [sys.executable, "-c", code, str(file)], cwd=ROOT, capture_output=True, timeout=600
    )
    assert done.returncode == 0, done.stderr.decode()
    return pickle.loads(done.stdout)


def test_a_new_process_reads_what_is_pickled(tmp_path):
    values = [make() for make in KEPT.values()]
    said_there = in_a_new_process(values, tmp_path)
    for name, value, there in zip(KEPT, values, said_there, strict=True):
        assert there == said(value), name


def test_a_copied_theorem_of_the_book_is_still_of_the_book():
    import symconv

    proof = symconv.prove("upsampling")
    again = symconv.prove(pickled(proof.theorem))
    assert again.coq == proof.coq
    assert again.of_the_book
    assert pickled(proof).of_the_book
