"""The grammar of conditions: comparisons, sets, and what `and or not if` make of them."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from symconv.reading import quotients
from symconv.reading.amounts import Amounts
from symconv.reading.quotients import COMPARE, Value
from symconv.terms import TRUTH, Term, both, constant, either, where

OPPOSITE = {"==": "!=", "<=": ">", ">=": "<", "<": ">=", ">": "<="}
BRACKETS = {"{": "}", "(": ")", "[": "]"}

Link = tuple[str, Value, Value]
Part = tuple[int, int, Value]


class Parser(Amounts):
    """A condition or a formula; one method a level of precedence, loosest first."""

    def __init__(
        self, text: str, known: Collection[str] | None, words: Mapping[str, Value]
    ) -> None:
        """Cut the text; by the places of tokens, keep what `and` joins."""
        super().__init__(text, known, words)
        self.joined: dict[tuple[int, int], list[Part]] = {}

    def expression(self) -> Value:
        """Read what may stand between brackets."""
        self.enter()
        value = self.disjunction()
        if self.accept("if"):
            condition = self.truth(self.disjunction())
            self.expect("else")
            value = where(condition, self.integer(value), self.integer(self.expression()))
        self.leave()
        return value

    def disjunction(self) -> Value:
        """Read `a or b`."""
        value = self.conjunction()
        while self.accept("or"):
            value = self.truth(value) | self.truth(self.conjunction())
        return value

    def conjunction(self) -> Value:
        """Read `a and b`, and keep in mind where its parts stand."""
        start = self.index
        value = self.negation()
        parts = [(start, self.index, value)]
        while self.accept("and"):
            place = self.index
            part = self.truth(self.negation())
            value = self.truth(value) & part
            parts.append((place, self.index, part))
        self.joined[start, self.index] = parts
        return value

    def parts_of(self, start: int, stop: int) -> list[Part]:
        """Return the parts that `and` joins of what stands between two tokens, if it is such."""
        while self.brackets.get(start) == stop - 1:
            start, stop = start + 1, stop - 1
        parts = self.joined.get((start, stop), [])
        return parts if len(parts) > 1 else []

    def negation(self) -> Value:
        """Read `not a`."""
        if not self.accept("not"):
            return self.comparison()
        self.enter()
        value = ~self.truth(self.negation())
        self.leave()
        return value

    def comparison(self) -> Value:
        """Read a chain such as `1 <= a < b`, which may end with `in` and a set."""
        left, links = self.sum(), []
        while sign := self.accept(*COMPARE):
            right = self.sum()
            links.append(self.link(sign, left, right))
            left = right
        outside = self.next.text == "not" and self.after == "in"
        if outside:
            self.advance()
        if self.accept("in"):
            links.append(self.membership(self.amount(left), outside))
        return both(*links) if links else left

    def link(self, sign: str, left: Value, right: Value) -> Term:
        """State one comparison; truth values are equal, or they are not."""
        if isinstance(left, Term) and left.sort == TRUTH and sign in ("==", "!="):
            same = left.iff(self.truth(right))
            return same if sign == "==" else ~same
        return self.compared(sign, self.amount(left), self.amount(right))

    def compared(self, sign: str, left: Value, right: Value) -> Term:
        """State how two amounts compare."""
        if not (isinstance(left, Term) and isinstance(right, Term)):
            self.reasonable(quotients.subtracted(left, right))
        return quotients.compared(sign, left, right, self.least)

    def membership(self, value: Value, outside: bool) -> Term:
        """State that a value is in a set: that it meets all conditions of one of its entries."""
        if opening := self.accept(*BRACKETS):
            entries = self.entries(value, BRACKETS[opening])
        else:
            entries = [self.entry(value, alone=True)]
        if not outside:
            return either(*(both(*(self.compared(*link) for link in one)) for one in entries))
        turned = [[(OPPOSITE[sign], a, b) for sign, a, b in one] for one in entries]
        return both(*(either(*(self.compared(*link) for link in one)) for one in turned))

    def entries(self, value: Value, closing: str) -> list[list[Link]]:
        """Read what stands between the brackets of a set."""
        if self.next.text == closing:
            raise self.error("a set with something in it", write="Write for instance `in {3, 5}`.")
        entries = [self.entry(value)]
        while self.accept(",") and self.next.text != closing:
            entries.append(self.entry(value))
        self.expect(closing, f"`,` or `{closing}`")
        return entries

    def entry(self, value: Value, *, alone: bool = False) -> list[Link]:
        """Read one entry of a set, `a`, `a..b` or `range(...)`; alone, the first is no set."""
        if self.next.text == "range" and self.after == "(":
            return self.range(value)
        place = self.index
        first = self.amount(self.sum())
        if not self.accept(".."):
            if alone:
                self.index = place
                raise self.error(
                    "a set after `in`",
                    write="Write for instance `in {3, 5}`, `in 3..7` or `in range(3, 8, 2)`.",
                )
            return [("==", value, first)]
        ends = self.integer(first), self.integer(self.sum())
        self.filled(place, *ends)
        return [(">=", value, ends[0]), ("<=", value, ends[1]), *_steps(value, 1)]

    def range(self, value: Value) -> list[Link]:
        """Read Python's `range(stop)`, `range(start, stop)` or `range(start, stop, step)`."""
        self.advance()
        place = self.index
        numbers = [self.integer(one) for one in self.arguments()]
        step = numbers[2] if len(numbers) > 2 else constant(1)
        if len(numbers) > 3 or step.word != "constant" or step is constant(0):
            self.index = place
            raise self.error(
                "start, stop and step in `range`, the step a number other than 0",
                arrived="something else",
                write="Write for instance `range(3, 8, 2)`.",
            )
        start, stop = numbers[:2] if len(numbers) > 1 else (constant(0), numbers[0])
        if step.args[0] > 0:
            self.filled(place, start, stop, 1)
            past = value if start is constant(0) else quotients.subtracted(value, start)
            return [(">=", value, start), ("<", value, stop), *_steps(past, step.args[0])]
        self.filled(place, stop, start, 1)
        past = quotients.subtracted(start, value)
        return [("<=", value, start), (">", value, stop), *_steps(past, -step.args[0])]

    def filled(self, place: int, first: Term, last: Term, apart: int = 0) -> None:
        """Refuse a range that ends before it begins."""
        numbers = first.word == last.word == "constant"
        if numbers and last.args[0] - first.args[0] < apart:
            self.index = place
            raise self.error(
                "a range with something in it", write="Write the smaller number first, as in 3..7."
            )


def _steps(past: Value, by: int) -> list[Link]:
    """Return the condition that a value is whole steps past the start of a range."""
    if by == 1 and isinstance(past, Term):
        return []
    return [("==", quotients.remainder(past, constant(by)), constant(0))]
