"""Rules and families timed, as multiples of one derivation: `python benchmarks/rules.py`."""

from __future__ import annotations

import time

import symconv
from symconv.symbols import W

RULES = (
    "conv(W) == W",
    "conv(n*W) == W",
    "conv(W) == W//n",
    "conv_transpose(W) == n*W",
    "conv(conv_transpose(W)) == W",
    "max_pool(n*W, ceil_mode=True) == W",
    "max_pool(W, ceil_mode=True) == ceil(W/n)",
    "conv(W) <= W",
)
REPEATS = 5


def least(question: object, *given: object) -> float:
    """Return the shortest of some times for a question, in seconds."""
    times = []
    for _ in range(REPEATS):
        start = time.perf_counter()
        question(*given)  # type: ignore[operator]
        times.append(time.perf_counter() - start)
    return min(times)


def main() -> None:
    """Print each rule with its time, and with that of its families."""
    symconv.derive("conv")  # SymPy and Z3 are loaded
    unit = least(symconv.derive, "conv")
    print(f"derive conv: {1000 * unit:.0f} ms; the others as multiples of it")
    for text in RULES:
        rule = symconv.forall(W, text)
        ruled, solved = least(symconv.forall, W, text), least(symconv.family, rule)
        print(f"{ruled / unit:6.1f}  {solved / unit:6.1f}  {text}: {rule.text}")


if __name__ == "__main__":
    main()
