"""The n-fold upsampling identities, derived, proved and solved to (k, t), in a SymPy session."""

from itertools import islice

from sympy import Eq, Mod

import symconv
from symconv.symbols import A, D, F, P, S, W, k, n

print(symconv.derive("upsampling"))

up = symconv.law("conv_transpose").subs({D: 1, A: 0})
rule = symconv.forall(W, Eq(up, n * W))
print(rule, "-", rule.verdict)

even = symconv.family(rule, {n: 2 * k})
odd = symconv.family(rule, {n: 2 * k + 1})
print(even, odd, sep="\n")

settings = list(even.where(Eq(Mod(F, S), 0), F <= 8))
assert [(s[F], s[S], s[P]) for s in settings[:3]] == [(2, 2, 0), (4, 2, 1), (6, 2, 2)]
print(list(islice(odd.where(P <= 2), 3)))

verified = even.verify("torch")
assert verified.failed == 0
print(verified)
