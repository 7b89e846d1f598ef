"""The page's script under node: what it computes, as JSON."""

import json
import shutil
import subprocess

import pytest

from symconv.explorer.forms import drawn
from symconv.explorer.page import computing

NODE = shutil.which("node")

needs_node = pytest.mark.skipif(NODE is None, reason="node is not installed")

READ = """
const cases = JSON.parse(require("fs").readFileSync(0, "utf8"));
const outcomeOf = (compute) => {
  try {
    const value = compute();
    return value === undefined || Number.isNaN(value) ? "undefined" : value;
  } catch (error) {
    if (error instanceof RangeError) return null;
    throw error;
  }
};
"""
"""Reads the cases; `outcomeOf` is null where a term divides by zero."""


def computed(expression, cases, script=None):
    """What an expression of `each` comes to for each case, in the page's script."""
    source = "\n".join(
        [
            computing(tuple(drawn())) if script is None else script,
            READ,
            f"console.log(JSON.stringify(cases.map((each) => outcomeOf(() => {expression}))));",
        ]
    )
    done = subprocess.run(
        [NODE, "-e", source],
        input=json.dumps(cases),
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-2000:]
    return json.loads(done.stdout)
