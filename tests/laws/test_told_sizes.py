"""Where a text of a size only tells people something, and where a model may ask it."""

import contextlib
import io
import sys
import textwrap

import pytest

from symconv.networks.lines import tells_people

TOLD = [
    "print(size)",
    "print(f'a size of {size}', 'and', str(size))",
    "print('a' + f'{size:3}' + 'b')",
    "warn(f'size {size}')",
    "log.info(f'size {size}')",
    "torch._assert(True, f'size {size}')",
    "torch._check(True, lambda: f'size {size}')",
    "assert False, f'size {size}'",
    "assert False, (f'size {size}', 1)",
    "raise ValueError(f'size '\n  f'not {size}' + 'a')",
    "raise ValueError('size %s' % size)",
    "raise ValueError('size {}, {}'.format(size, 2))",
    "raise ValueError(', '.join(str(s) for s in [size]))",
    "raise ValueError(text=f'{size}')",
    "if True:\n  def tell():\n    print(f'{size}')\n  tell()",
]
ASKED = [
    "text = f'{size}'",
    "text = str(size)",
    "print('hi'); text = f'{size}'",
    "print(check(f'{size}'))",
    "print(f'{size}' == '5')",
    "assert str(size) != '5'",
    "assert f'{size}'",
    "assert check(f'{size}'), 'told'",
    "raise (ValueError if f'{size}' == '5' else TypeError)",
    "raise ERRORS[f'{size}']",
    "if str(size) == '5': print('five')",
    "torch._assert(f'{size}' == '5', 'told')",
    "name = lambda: f'{size}'; name()",
    "{'5': 1}.get(str(size))",
    "check(f'{size}')",
    "raise ValueError(check(f'{size}'))",
    "text = print(size)",
    "print([1 for _ in f'{size}'])",
    "print(f'{size}', file=FILE)",
    "log.append(f'{size}')",
    "name = 'a'\nprint(name.format(f'{size}'))",
    "print(lambda text=f'{size}': text)",
]


class Size:
    def __init__(self):
        self.told = []

    def __format__(self, form):
        return self._written(sys._getframe(1))

    def __str__(self):
        return self._written(sys._getframe(1))

    def _written(self, frame):
        self.told.append(tells_people(frame))
        return "7"


class Teller:
    def info(self, *_):
        """Tell nobody."""

    def append(self, text):
        """Keep it."""

    def _assert(self, holds, text):
        """Look at nothing."""

    def _check(self, holds, text):
        text()


def told(code, tmp_path):
    """Run a piece of code as a file of its own: what is thought of each text made there."""
    file = tmp_path / "model.py"
    file.write_text(textwrap.dedent(code))
    size, ignored = Size(), lambda *_: None
    names = {"size": size, "warn": ignored, "check": ignored, "log": Teller(), "torch": Teller()}
    with contextlib.suppress(ValueError, AssertionError, TypeError, AttributeError):
        exec(
            compile(file.read_text(), str(file), "exec"),
            {**names, "ERRORS": {"7": ValueError}, "FILE": io.StringIO()},
        )
    assert size.told
    return size.told


@pytest.mark.parametrize("code", TOLD)
def test_what_is_only_told(code, tmp_path):
    assert all(told(code, tmp_path))


@pytest.mark.parametrize("code", ASKED)
def test_what_a_model_may_ask(code, tmp_path):
    assert not any(told(code, tmp_path))
