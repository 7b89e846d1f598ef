"""How much a compiled law costs, next to the same formula written by hand."""

from timeit import repeat

from symconv.meanings.integers import INTEGERS, compiled
from symconv.operators import OPERATORS
from symconv.terms import interpret

BY_HAND = {
    "conv": lambda W, lo, hi, D, F, S: (W + (lo + hi) - (D * (F - 1) + 1)) // S + 1,
    "conv_transpose": lambda W, S, D, F, P, A: (W - 1) * S + (D * (F - 1) + 1) - 2 * P + A,
}
NUMBERS = {"W": 224, "F": 7, "S": 2, "D": 1, "P": 3, "A": 0, "lo": 3, "hi": 3}

for name, by_hand in BY_HAND.items():
    law = OPERATORS[name].size
    names = by_hand.__code__.co_varnames
    arguments = [NUMBERS[one] for one in names]
    ours = compiled(law, names)
    assert ours(*arguments) == by_hand(*arguments) == interpret(law, INTEGERS, NUMBERS)
    times = {
        what: min(repeat(run, number=20_000, repeat=15))
        for what, run in (
            ("by hand", lambda: by_hand(*arguments)),
            ("compiled", lambda: ours(*arguments)),
            ("fold", lambda: interpret(law, INTEGERS, NUMBERS)),
        )
    }
    ratios = {what: time / times["by hand"] for what, time in times.items()}
    print(name, ", ".join(f"{what} {ratio:.2f}" for what, ratio in ratios.items()))
