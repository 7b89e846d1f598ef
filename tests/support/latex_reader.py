"""A small reader of the LaTeX that `notation.latex` writes: it computes the value of a formula.

It follows the conventions of mathematics, not our printer: a product binds tighter than `\\bmod`,
and what a person could read in two ways is an error (`-a \\bmod b`, `a \\bmod b c`, `2 3`).
"""

import re

_TOKEN = re.compile(
    r"\\(?:text|mathrm)\{(?:[^{}\\]|\\_)*\}|\\(?:begin|end)\{cases\}|\\\\|\\[A-Za-z]+|\d+|[A-Za-z]"
    r"|[{}(),&_+\-<>=']"
)
_RELATIONS = {
    r"\le": lambda a, b: a <= b,
    "<": lambda a, b: a < b,
    r"\ge": lambda a, b: a >= b,
    ">": lambda a, b: a > b,
    "=": lambda a, b: a == b,
    r"\ne": lambda a, b: a != b,
    r"\iff": lambda a, b: a == b,
}


class AmbiguousError(Exception):
    """A person could read the formula in another way."""


def value_of_latex(formula, numbers):
    """Compute a formula, given a number for each name."""
    reader = _Reader(formula, numbers)
    value = reader.disjunction()
    assert not reader.tokens, reader.tokens
    return value


class _Reader:
    def __init__(self, formula, numbers):
        assert _TOKEN.sub("", formula).isspace() or not _TOKEN.sub("", formula), formula
        self.tokens, self.numbers = _TOKEN.findall(formula), numbers

    @property
    def next(self):
        return self.tokens[0] if self.tokens else ""

    def accept(self, *signs):
        return self.tokens.pop(0) if self.next in signs else None

    def expect(self, *signs):
        for sign in signs:
            assert self.accept(sign), (sign, self.tokens)

    def disjunction(self):
        value = self.conjunction()
        while self.accept(r"\lor"):
            value = self.conjunction() or value
        return value

    def conjunction(self):
        value = self.negation()
        while self.accept(r"\land"):
            value = self.negation() and value
        return value

    def negation(self):
        return not self.negation() if self.accept(r"\lnot") else self.relation()

    def relation(self):
        value = self.sum()
        if sign := self.accept(*_RELATIONS):
            value = _RELATIONS[sign](value, self.sum())
            if self.next in _RELATIONS:
                raise AmbiguousError("a chain of relations")
        return value

    def sum(self):
        value = self.remainder()
        while sign := self.accept("+", "-"):
            other = self.remainder()
            value = value + other if sign == "+" else value - other
        return value

    def remainder(self):
        signed = self.next == "-"
        value, _ = self.product()
        while self.accept(r"\bmod"):
            if signed:
                raise AmbiguousError("a sign before the left of a remainder")
            divisor, factors = self.product()
            if factors > 1:
                raise AmbiguousError("a product on the right of a remainder")
            value %= divisor
        return value

    def product(self):
        value, factors = self.signed(), 1
        while True:
            if not self.accept(r"\cdot"):
                if self.next.isdigit():
                    raise AmbiguousError("a number beside a factor")
                if not self.begins_factor():
                    return value, factors
            value, factors = value * self.signed(), factors + 1

    def begins_factor(self):
        atoms = (r"\left", r"\min", r"\max", r"\begin{cases}")
        return self.next in atoms or self.next.isalpha() or self.next.startswith(r"\mathrm")

    def signed(self):
        return -self.signed() if self.accept("-") else self.atom()

    def atom(self):
        token = self.tokens.pop(0)
        if token.isdigit():
            return int(token)
        if token in (r"\min", r"\max"):
            self.expect(r"\left")
            return (min if token == r"\min" else max)(self.bracket(","))
        if token == r"\left":
            return self.floor() if self.next == r"\lfloor" else self.bracket()[0]
        if token == r"\begin{cases}":
            return self.cases()
        return self.numbers[self.name(token)]

    def name(self, token):
        if token == "P" and self.accept("_"):
            self.expect("{")
            token = self.tokens.pop(0)
            self.expect("}")
        if token.startswith(r"\mathrm"):
            token = token[len(r"\mathrm{") : -1].replace(r"\_", "_")
        while self.accept("'"):
            token += "'"
        return token

    def bracket(self, *separators):
        self.expect("(")
        values = [self.disjunction()]
        while self.accept(*separators):
            values.append(self.disjunction())
        self.expect(r"\right", ")")
        return values

    def floor(self):
        self.expect(r"\lfloor", r"\frac", "{")
        numerator = self.disjunction()
        self.expect("}", "{")
        denominator = self.disjunction()
        self.expect("}", r"\right", r"\rfloor")
        return numerator // denominator

    def cases(self):
        then = self.disjunction()
        self.expect("&", r"\text{if }")
        condition = self.disjunction()
        self.expect(r"\\")
        otherwise = self.disjunction()
        self.expect("&", r"\text{otherwise}", r"\end{cases}")
        return then if condition else otherwise
