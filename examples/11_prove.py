"""Theorems of the book, a statement of one's own, and what an almost true one is worth."""

import symconv

upsampling = symconv.prove("upsampling").verify()
print(upsampling)
assert upsampling.word == "proved"
assert upsampling.samples.failed == 0

belief = symconv.prove("not_output_padding_restores")
print(belief.at(W=1, F=1, S=2, P=0, D=1))
assert belief.word == "refuted"
assert belief.counterexample == {"W": 1, "P": 0, "D": 1, "F": 1, "S": 2}

own = symconv.Theorem(given="W >= 1 and S >= 1", claim="((W - 1)*S)//S + 1 == W")
assert symconv.prove(own).word == "proved"
assert symconv.prove(given="W >= 1", claim="2*(W//2) == W").counterexample == {"W": 1}

beyond = symconv.prove(given="x > 2 and y > 2 and z > 2", claim="x*x*x + y*y*y != z*z*z")
assert beyond.word == "unknown"
print(beyond.z3.verdict)
