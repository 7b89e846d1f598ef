"""Random texts of Python's grammar, as far as constraints have it: brackets are few on purpose."""

from hypothesis import strategies as st

NAMES = ("W", "F", "x")
COMPARISONS = ("==", "!=", "<", "<=", ">", ">=")

operands = st.sampled_from([*NAMES, "0", "1", "2", "3", "7", "12"])
signs = st.sampled_from(["", "", "", "-", "+", "- -", "-+"])


def joined(items, operators, most):
    """Texts `item operator item …`, without brackets: what binds how is for the reader to say."""
    more = st.lists(st.tuples(st.sampled_from(operators), items), max_size=most)
    return st.tuples(items, more).map(
        lambda pair: " ".join([pair[0], *(part for one in pair[1] for part in one)])
    )


def bracketed(items):
    return items | items.map("({})".format)


@st.composite
def calls(draw, items):
    name = draw(st.sampled_from(["min", "max", "abs"]))
    count = 1 if name == "abs" else draw(st.integers(2, 3))
    return f"{name}({', '.join(draw(items) for _ in range(count))})"


plain = st.tuples(signs, operands).map("".join)
sums = joined(plain, ["+", "-", "*", "//", "%"], 4)
atoms = plain | sums.map("({})".format) | calls(sums) | calls(sums).map("-{}".format)
integers = joined(atoms, ["+", "-", "*", "//", "%"], 4)
comparisons = st.tuples(
    integers,
    st.lists(st.tuples(st.sampled_from(COMPARISONS), integers), min_size=1, max_size=3),
).map(lambda pair: " ".join([pair[0], *(part for one in pair[1] for part in one)]))
negations = st.tuples(st.sampled_from(["", "", "not ", "not not "]), bracketed(comparisons)).map(
    "".join
)
statements = joined(negations, ["and", "or"], 3)
conditionals = st.tuples(integers, statements, integers, statements, integers).map(
    lambda t: f"{t[0]} if {t[1]} else {t[2]} if {t[3]} else {t[4]}"
)
