"""The grammar of conditions: comparisons, sets, and what `and or not if` make of them."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from symconv.reading import quotients
from symconv.reading.amounts import Amounts
from symconv.reading.quotients import COMPARE, Value
from symconv.reading.tokens import BRACKETS
from symconv.terms import TRUTH, Term, both, constant, either, where

OPPOSITE = {"==": "!=", "<=": ">", ">=": "<", "<": ">=", ">": "<="}

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
        start = self.index
        value = self.disjunction()
        if self.at("if"):
            met = self.integer(value, start)
            self.advance()
            condition = self.operand(self.disjunction, self.truth)
            self.expect("else")
            value = where(condition, met, self.operand(self.expression, self.integer))
        self.leave()
        return value

    def disjunction(self) -> Value:
        """Read `a or b`."""
        start = self.index
        value = self.conjunction()
        while self.at("or"):
            before = self.truth(value, start)
            self.advance()
            value = before | self.operand(self.conjunction, self.truth)
        return value

    def conjunction(self) -> Value:
        """Read `a and b`, and keep in mind where its parts stand."""
        start = self.index
        value = self.negation()
        parts = [(start, self.index, value)]
        while self.at("and"):
            before = self.truth(value, start)
            self.advance()
            place = self.index
            part = self.operand(self.negation, self.truth)
            value = before & part
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
        value = ~self.operand(self.negation, self.truth)
        self.leave()
        return value

    def comparison(self) -> Value:
        """Read a chain such as `1 <= a < b`, which may end with `in` and a set."""
        start = self.index
        left, links = self.sum(), []
        while self.at(*COMPARE):
            truths = left.sort == TRUTH and self.at("==", "!=")
            left = (self.truth if truths else self.amount)(left, start)
            sign, start = self.advance().text, self.index
            right = self.operand(self.sum, self.truth if truths else self.amount)
            links.append(self.link(sign, left, right, start))
            left = right
        if self.at("in") or (self.at("not") and self.after == "in"):
            links.append(self.membership(self.amount(left, start), start))
        return both(*links) if links else left

    def link(self, sign: str, left: Value, right: Value, since: int) -> Term:
        """State one comparison of what was checked: of truth values, or of amounts."""
        if isinstance(left, Term) and isinstance(right, Term) and left.sort == TRUTH:
            return left.iff(right) if sign == "==" else ~left.iff(right)
        return self.compared(sign, left, right, since)

    def compared(self, sign: str, left: Value, right: Value, since: int) -> Term:
        """State how two amounts compare."""
        if not (isinstance(left, Term) and isinstance(right, Term)):
            self.reasonable(quotients.subtracted(left, right), since)
        return quotients.compared(sign, left, right, self.least)

    def membership(self, value: Value, since: int) -> Term:
        """Read `in` or `not in` and a set, and state that a value, which begins there, is in it.

        It is where it meets all conditions of one of the entries.
        """
        outside = bool(self.accept("not"))
        self.expect("in")
        if opening := self.accept(*BRACKETS):
            entries = self.entries(value, BRACKETS[opening])
        else:
            entries = [self.entry(value, alone=True)]
        if not outside:
            return either(*(both(*self.stated(entry, since)) for entry in entries))
        turned = [[(OPPOSITE[sign], a, b) for sign, a, b in entry] for entry in entries]
        return both(*(either(*self.stated(entry, since)) for entry in turned))

    def stated(self, entry: list[Link], since: int) -> list[Term]:
        """State the conditions of an entry of a set."""
        return [self.compared(*link, since) for link in entry]

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
        start = self.index
        first = self.operand(self.sum, self.amount)
        if not self.at(".."):
            if alone:
                raise self.error(
                    "a set after `in`",
                    write="Write for instance `in {3, 5}`, `in 3..7` or `in range(3, 8, 2)`.",
                    since=start,
                )
            return [("==", value, first)]
        least = self.integer(first, start)
        self.advance()
        most = self.operand(self.sum, self.integer)
        self.filled(start, least, most)
        return [(">=", value, least), ("<=", value, most), *_steps(value, 1)]

    def range(self, value: Value) -> list[Link]:
        """Read Python's `range(stop)`, `range(start, stop)` or `range(start, stop, step)`."""
        since = self.index
        self.advance()
        numbers = self.arguments(self.integer)
        step = numbers[2] if len(numbers) > 2 else constant(1)
        if len(numbers) > 3 or step.word != "constant" or step is constant(0):
            raise self.error(
                "start, stop and step in `range`, the step a number other than 0",
                write="Write for instance `range(3, 8, 2)`.",
                since=since,
            )
        start, stop = numbers[:2] if len(numbers) > 1 else (constant(0), numbers[0])
        if step.args[0] > 0:
            self.filled(since, start, stop, 1)
            past = value if start is constant(0) else quotients.subtracted(value, start)
            return [(">=", value, start), ("<", value, stop), *_steps(past, step.args[0])]
        self.filled(since, stop, start, 1)
        past = quotients.subtracted(start, value)
        return [("<=", value, start), (">", value, stop), *_steps(past, -step.args[0])]

    def filled(self, since: int, first: Term, last: Term, apart: int = 0) -> None:
        """Refuse a range that ends before it begins."""
        numbers = first.word == last.word == "constant"
        if numbers and last.args[0] - first.args[0] < apart:
            raise self.error(
                "a range with something in it",
                write="Write the smaller number first, as in 3..7.",
                since=since,
            )


def _steps(past: Value, by: int) -> list[Link]:
    """Return the condition that a value is whole steps past the start of a range."""
    if by == 1 and isinstance(past, Term):
        return []
    return [("==", quotients.remainder(past, constant(by)), constant(0))]
