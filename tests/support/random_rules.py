"""Rules drawn at random: equations and inequalities of letters, and of products of two."""

import random

BOX = {"F": range(1, 5), "S": range(1, 4), "P": range(4), "D": range(1, 4), "A": range(3),
       "n": range(1, 4), "b": range(-2, 3)}  # fmt: skip
"""The numbers that letters have in brute force."""


def _side(rng, letters):
    some = rng.sample(letters, min(rng.choice([1, 1, 2, 2, 3]), len(letters)))
    parts = [f"{rng.choice([1, 1, 1, 2, 2, 3])}*{letter}" for letter in some]
    if rng.random() < 0.4:
        parts.append(rng.choice(["D*F", "D*(F - 1)", "S*P", "S*F", "n*S"]))
    side = " + ".join(parts)
    return side + (f" - {rng.choice([1, 1, 2])}*{rng.choice(letters)}" * (rng.random() < 0.5))


def rule(seed):
    """A rule as a text."""
    rng = random.Random(seed)
    letters = rng.sample([*BOX], rng.choice([3, 4, 4, 5]))
    parts = []
    for _ in range(rng.choice([1, 1, 2, 2, 3])):
        sign = rng.choice(["==", "==", "==", "<=", ">=", "<"])
        other = rng.choice([_side(rng, letters), str(rng.randint(0, 6)), rng.choice(letters)])
        parts.append(f"{_side(rng, letters)} {sign} {other}")
    if rng.random() < 0.15:
        parts.append(
            f"({rng.choice(letters)} == {rng.randint(0, 3)} or {_side(rng, letters)} >= 3)"
        )
    if rng.random() < 0.15:
        parts.append(f"{rng.choice(letters)} % {rng.choice([2, 3])} == {rng.choice([0, 1])}")
    return " and ".join(parts)
