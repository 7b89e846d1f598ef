"""`forall`: the rules of the table, in each form, and every one of them against brute force."""

import itertools
import re

import numpy as np
import pytest
import sympy
from sympy import Dummy, Eq, Mod, Symbol, ceiling, floor

import symconv
from latex_reader import value_of_latex
from random_relations import at, constraint, drawn, for_all, points
from symconv import forall, law, takes
from symconv.errors import RequestError
from symconv.meanings.integers import compiled
from symconv.meanings.symbols import term_of
from symconv.operators import OPERATORS, missing
from symconv.operators.applied import applied
from symconv.operators.letters import W as SIZE
from symconv.rules.proof import claims, proof
from symconv.rules.relations import Relations
from symconv.symbols import A, D, F, P, S, W, conv, conv_transpose, k, max_pool, n
from symconv.terms import both, either, substitute, variables

b, a, r, u = sympy.symbols("b a r u", integer=True)
T = Symbol("T", integer=True, positive=True)
CHAIN = "Conv1d(kernel_size=?, stride=?, padding=?) -> MaxPool1d(2)"
EXTENT = D * (F - 1) + 1

TABLE = [
    (Eq(conv(W), W), (), "Eq(S, 1) & Eq(D*(F - 1), 2*P)"),
    ("conv(n*W) == W", (), "Eq(S, n) & (1 <= D*(F - 1) - 2*P + 1) & (D*(F - 1) - 2*P + 1 <= n)"),
    (Eq(conv(W), floor(W / n)), (), "Eq(S, n) & Eq(D*(F - 1) + 1, 2*P + S)"),
    ("conv(W) == ceil(W/n)", (), "Eq(S, n) & Eq(D*(F - 1), 2*P)"),
    (Eq(conv(W), ceiling(W / n)), (), "Eq(S, n) & Eq(D*(F - 1), 2*P)"),
    (Eq(conv(W), W + b), (), "Eq(S, 1) & Eq(D*(F - 1) + b, 2*P)"),
    (Eq(conv_transpose(W), n * W + b), (),
     "Eq(S, n) & Eq(A + D*(F - 1) + 1, 2*P + S + b)"),
    (Eq(conv_transpose(W, D=1, A=0), n * W), (), "Eq(S, n) & Eq(F - 2*P - S, 0)"),
    (Eq(conv(conv_transpose(W)), W), (), "A < S"),
    ("conv_transpose(conv(W)) == W", "W % S == r", "Eq(A, Mod(-D*(F - 1) + 2*P + r - 1, S))"),
    (Eq(conv_transpose(conv(S * u + r)), S * u + r), (),
     "Eq(A, Mod(-D*(F - 1) + 2*P + r - 1, S))"),
    (Eq(max_pool(W, ceil_mode=True), W), (), "Eq(S, 1) & Eq(D*(F - 1), 2*P)"),
    ("max_pool(n*W, ceil_mode=True) == W", (),
     "Eq(S, n) & (D*(F - 1) + 1 < 2*P + 2*n) & (Eq(P, 0) | (D*(F - 1) + 1 >= 2*P + n))"),
    ("max_pool(W, ceil_mode=1) == W//n", (), "Eq(S, n) & Eq(D*(F - 1) + 1, 2*P + 2*n - 1)"),
    ("max_pool(W, ceil_mode=1) == ceil(W/n)", (),
     "Eq(S, n) & (D*(F - 1) + 1 <= 2*P + n) & (Eq(P, 0) | (D*(F - 1) + 1 >= 2*P + n))"),
    (conv(W) >= 1, (), "D*(F - 1) <= 2*P"),
    (conv(W) <= W, (), "D*(F - 1) + S > 2*P"),
    ("(W + 2*P - E) % S <= P", "every size the layer takes", None),
    ("(W + 2*P - E) % S <= P", [conv.takes(W)], "S <= P + 1"),
    (Eq(floor((W + a) / S), floor((W + b) / T)), (), "Eq(S, T) & Eq(a, b)"),
    (conv(W) >= 1, "every size the layer takes", "True"),
    (Eq(law(CHAIN), floor(W / 4)), (), "Eq(S1, 2) & Eq(F1, 2*P1 + 2)"),
    ("2 <= conv(W) <= W", (), "False"),
    ("conv(W, D=1) in {W, W + 1}", (), "Eq(S, 1) & (0 <= F - 2*P) & (F - 2*P <= 1)"),
    ("(conv(W) - 1)*S < W + P and E > P", [conv.takes(W)], "D*(F - 1) + 1 > P"),
    (conv.every_cell_read(W, D=1), [conv.takes(W, D=1)], "(F >= S) & (S <= P + 1)"),
    (conv.every_window_reads(W, D=1), "every size the layer takes", None),
    (conv.every_window_reads(W, D=1), [conv.takes(W, D=1)], "F > P"),
]  # fmt: skip
OVER = {10: u}


@pytest.mark.parametrize("place", range(len(TABLE)))
def test_the_rules_of_the_table(place):
    statement, given, expected = TABLE[place]
    if expected is None:  # no law by its name, so nobody knows which layer
        with pytest.raises(RequestError, match="by its name"):
            forall(W, statement, given)
        return
    rule = forall(OVER.get(place, W), statement, given, timeout=60)
    assert str(rule.relation) == expected
    assert rule.verdict.proved


def test_the_condition_for_each_size_by_itself():
    rule = forall((), "conv_transpose(conv(W)) == W", timeout=60)
    assert str(rule) == "Eq(A, Mod(-D*(F - 1) + 2*P + W - 1, S))"
    assert str(forall(None, Eq(conv(W, D=1, S=1), W))) == "Eq(F, 2*P + 1)"


def test_texts_sympy_and_terms_are_the_same_relations():
    term = substitute(OPERATORS["conv"].symmetric.size, {}).eq(SIZE)
    rules = [forall(W, one) for one in (term, "conv(W) == W", Eq(conv(W), W), Eq(law("conv"), W))]
    assert len({str(rule) for rule in rules}) == 1
    assert len({str(forall(over, term)) for over in (W, "W", SIZE)}) == 1


def _brute(statement, given, rule):
    """Points of the box at which brute force and the rule do not agree."""
    read = Relations()
    term = read.read(statement)
    told = read.hypotheses(given, statement)
    about = [each for each in told if "W" in variables(each)]
    letters = both(*(each for each in (*told, *rule.given) if "W" not in variables(each)))
    asked = either(*(~each for each in about), term)
    columns, count = points(both(asked, rule.term, letters))
    if count > 3000:
        some = np.random.default_rng(0).choice(count, 3000, replace=False)
        columns, count = {name: column[some] for name, column in columns.items()}, 3000
    meant = at(letters, columns, count)
    columns = {name: column[meant] for name, column in columns.items()}
    count = int(meant.sum())
    if not count:
        return 0
    return int((for_all(asked, columns, count) != at(rule.term, columns, count)).sum())


@pytest.mark.parametrize("seed", range(60))
def test_random_relations_are_decided_as_brute_force_decides_them(seed):
    statement, given = drawn(seed)
    rule = forall(W, statement, given, timeout=3)
    if rule.relation is None:
        assert rule.verdict.word == "unknown"
        assert rule.verdict.reason
    else:
        assert rule.verdict.proved
        assert _brute(statement, given, rule) == 0


@pytest.mark.parametrize("great", [51, 100])
def test_powers_that_are_no_terms_are_out_of_reach(great):
    rule = forall(W, Eq(floor(W / F**great), F**great), timeout=60)
    assert (rule.relation, rule.verdict.word) == (None, "unknown")
    assert rule.verdict.reason.startswith(f"it comes to F**{2 * great}")
    assert forall(W, Eq(floor(W / F**9), F**9), timeout=60).relation == sympy.false


def test_brute_force_can_say_no():
    rule = forall(W, "conv(W, D=1) == W//n")
    assert _brute("conv(W, D=1) == W//n", (), rule) == 0
    assert _brute("conv(W, D=1) == ceil(W/n)", (), rule) > 0


def test_most_relations_of_the_same_kinds_are_decided():
    texts = [
        f"{side}({size}, D={d}{more}) {sign} {other}"
        for side, more in (("conv", ""), ("conv_transpose", ", A=1"), ("max_pool", ", ceil_mode=1"))
        for d in (1, 2)
        for size in ("W", "n*W", "W + b")
        for sign in ("==", "<=", ">=")
        for other in ("W", "n*W + b", "W//n", "ceil(W/n)")
    ]
    some = texts[::5]
    rules = [forall(W, text, timeout=60) for text in some]
    unknown = [text for text, rule in zip(some, rules, strict=True) if rule.relation is None]
    assert len(unknown) <= len(some) // 10, unknown
    for text, rule in zip(some, rules, strict=True):
        assert rule.relation is None or _brute(text, (), rule) == 0


WRONG = {
    "no integer": Eq(W, Symbol("z")),
    "two of one name": Eq(Dummy("x", integer=True), Dummy("x", integer=True)),
    "a letter with two meanings": Eq(conv(W), Symbol("F", integer=True)),
    "a prime": Eq(W, Symbol("p", prime=True)),
    "Python's True": True,
    "no relation": conv(W),
    "a text without a relation": "conv(W)",
    "a power": Eq(2**W, n),
    "another function": "conv(W) == sin(W)",
    "a law's letter that it lacks": "conv(W, A=1) == W",
}


@pytest.mark.parametrize("statement", WRONG.values(), ids=WRONG)
def test_what_is_no_relation_of_integers_is_refused_by_name(statement):
    with pytest.raises(RequestError) as caught:
        forall(W, statement)
    assert caught.value.write


def test_what_sympy_has_settled_has_its_answer():
    assert str(forall(W, Eq(W, W))) == "True"
    assert str(forall(W, W >= 1)) == "True"
    assert str(forall(W, Eq(W, W + 1))) == "False"
    assert str(forall(W, conv(W) >= 1, given=[W >= 1])) == "D*(F - 1) <= 2*P"
    assert forall(W, W >= 2).relation == sympy.false


def test_symbols_may_be_any_integers_with_their_assumptions():
    x, z = Symbol("x", integer=True), Symbol("z", integer=True, negative=True)
    even = Symbol("e", integer=True, even=True, positive=True)
    assert str(forall(x, Eq(floor((x + 1) / 2), floor(x / 2) + 1))) == "False"
    assert str(forall(x, floor(x / 2) * 2 <= x)) == "True"
    assert str(forall(even, Eq(floor(even / 2) * 2, even))) == "True"
    assert str(forall(W, Eq(conv(W), W + z))) == "Eq(S, 1) & Eq(D*(F - 1) + z, 2*P)"
    assert str(forall(z, z <= b)) == "b >= -1"
    rule = forall(W, Eq(floor((W + a) / S), floor((W + b) / x)))
    assert str(rule) == "Eq(S, x) & Eq(a, b)"  # so x is positive, as S is


def test_what_is_given_about_letters_is_taken_for_granted():
    rule = forall(W, "conv(W) == W//n", given=[Eq(D, 1), "stride == 2"])
    assert rule.verdict.proved
    assert str(rule) == "Eq(n, 2) & Eq(F, 2*P + 2)"
    assert str(forall(W, "conv(W) <= 10", given="W <= 12")) != "False"
    assert str(forall(W, conv(W) >= 1, given=takes("conv"))) == "True"


def test_a_rule_that_is_not_known_says_why_and_cannot_be_used():
    rule = forall(W, "conv(W) == (W*W)//n")
    assert (rule.relation, rule.verdict.word) == (None, "unknown")
    assert repr(rule).startswith("unknown: ")
    with pytest.raises(RequestError, match="a rule that is known"):
        symconv.family(rule)
    assert forall(W, "conv(n*W) == W", timeout=1e-6).verdict.word == "unknown"


def test_a_wrong_rule_is_not_proved():
    from symconv.proving import Clock
    from symconv.rules.deciding import stages
    from symconv.rules.facts import Facts

    read = Relations()
    asked = read.read("conv(W) == W//n")
    names = tuple(name for name in variables(asked) if name != "W")
    facts = Facts(tuple(fact for name in names for fact in read.of_letter(name)), Clock(20))
    found = stages(asked, "W", facts)
    right = read.read("D*(F - 1) + 1 == 2*P + n")
    for wrong in ("D*(F - 1) == 2*P + n", "F >= 1", "D*(F - 1) + 1 == 2*P + n and F >= 2"):
        assert not proof(found, "W", read.read(wrong), Clock(5)).proved
    assert proof(found, "W", right, Clock(20)).proved
    assert [*claims(found, "W", right)][-1].claim is found[-1].statement


def test_laws_of_layers_and_chains():
    assert str(law(CHAIN)) == "floor((-F1 + 2*P1 + S1 + W)/(2*S1))"
    assert law("Conv2d(kernel_size=3) -> MaxPool2d(2)") == floor(W / 2) - 1
    assert law("Conv1d(kernel_size=?)").free_symbols == {W, F}
    for size in range(1, 30):
        numbers = {Symbol("F1", integer=True, positive=True): 3, Symbol("S1", integer=True, positive=True): 2,
                   Symbol("P1", integer=True, nonnegative=True): 1, W: size}  # fmt: skip
        chain = CHAIN.replace(
            "kernel_size=?, stride=?, padding=?", "kernel_size=3, stride=2, padding=1"
        )
        sizes = symconv.size(chain, size)
        assert bool(takes(CHAIN).subs(numbers)) == (not sizes.refused)
        if not sizes.refused:
            assert law(CHAIN).subs(numbers) == sizes.output
    assert takes("AdaptiveAvgPool1d(2) -> Conv1d(kernel_size=3)") == sympy.false
    assert takes("ReLU()") == sympy.true
    assert str(takes("Conv1d(kernel_size=3) -> MaxPool1d(2)")) == "W >= 4"
    with pytest.raises(RequestError):
        law("Upsample(scale_factor=0.7) -> Conv1d(kernel_size=3)")


@pytest.mark.parametrize("ceil_mode", [False, True])
def test_what_windows_miss_is_what_brute_force_misses(ceil_mode):
    law = max_pool if ceil_mode else conv
    letters = ("W", "F", "S", "P")
    asked = {"D": 1} | ({"ceil_mode": 1} if ceil_mode else {})
    applied_law = applied(law.name, SIZE, asked)
    size, takes_it, all_read, all_reading = (
        compiled(term, letters)
        for term in (
            applied_law.size,
            applied_law.takes,
            missing.every_cell_read(applied_law.operator),
            missing.every_window_reads(applied_law.operator),
        )
    )
    for point in itertools.product(range(1, 12), range(1, 6), range(1, 6), range(5)):
        if not takes_it(*point):
            continue
        cells, taps, step, padding = point
        windows = [
            {window * step + tap - padding for tap in range(taps)} & {*range(cells)}
            for window in range(size(*point))
        ]
        assert bool(all_read(*point)) == (len({*itertools.chain(*windows)}) == cells), point
        assert bool(all_reading(*point)) == all(windows), point


def test_what_windows_miss_is_not_said_with_a_dilation():
    for wrong in (lambda: conv.every_cell_read(W), lambda: conv_transpose.every_window_reads(W)):
        with pytest.raises(RequestError):
            wrong()


def test_laws_are_applied_to_sizes_as_sympy_has_them():
    assert conv(W) == law("conv")
    assert conv(n * W).subs({n: 2, F: 2, S: 2, P: 0, D: 1}) == W
    assert max_pool(7, F=3, S=2, P=1, D=1, ceil_mode=True) == 4
    assert max_pool(7, F=3, S=2, P=0, D=1) == 3
    assert str(conv.takes(W)) == "D*(F - 1) + 1 <= 2*P + W"
    assert conv(8, kernel_size=3, stride=2, padding=1, dilation=1) == 4
    with pytest.raises(RequestError, match="a letter of conv"):
        conv(W, output_padding=1)
    assert k.is_positive


SHOWN = [
    "conv(n*W) == W",
    "conv_transpose(W) == n*W + b",
    "max_pool(n*W, ceil_mode=True) == W",
    "max_pool(W, ceil_mode=True) == ceil(W/n)",
    "conv(W) <= W",
    "W >= 1",
    "W >= 2",
]


def _read_back(formula, numbers):
    """The truth of a rule in LaTeX: parts that all hold, of which some have alternatives."""
    return all(
        any(_chain(one, numbers) for one in part.strip()[1:-1].split(r"\;\text{or}\;"))
        if r"\text{or}" in part
        else _chain(part, numbers)
        for part in formula.split(r",\;")
    )


def _chain(formula, numbers):
    """The truth of `a \\le b < c`."""
    sides = re.split(r"( = |\\le(?!ft)|\\ge|<|>)", formula)
    pairs = zip(sides[::2], sides[1::2], sides[2::2], strict=False)
    return all(value_of_latex(f"{a} {sign} {b}", numbers) for a, sign, b in pairs)


@pytest.mark.parametrize("statement", SHOWN)
def test_text_latex_and_the_relation_say_the_same(statement):
    rule = forall(W, statement, timeout=60)
    as_text = rule.text.replace(" = ", " == ").replace(", ", " and ")
    if rule.relation in (sympy.true, sympy.false):
        word = str(rule.relation).lower()
        assert (rule.text, rule.latex()) == (word, rf"\text{{{word}}}")
        return
    names = variables(rule.term)
    holds, written = compiled(rule.term, names), compiled(constraint(as_text), names)
    for point in itertools.product(range(1, 4), repeat=len(names)):
        numbers = dict(zip(names, point, strict=True))
        expected = bool(holds(*point))
        assert bool(written(*point)) == expected
        assert _read_back(rule.latex(), numbers) == expected
    assert rule.latex() in rule.markdown()
    assert rule.latex() in rule._repr_latex_()
    assert rule.to_dict()["rule"] == str(rule.relation)


x, q = Symbol("x", integer=True), Symbol("q", integer=True)
ODD = Symbol("o", integer=True, odd=True)
BREAKERS = [
    ((x, x >= 0, Eq(Mod(x, 2), 0)), "False"),
    ((ODD, ODD >= b), "False"),
    (
        (Symbol("on", odd=True, negative=True), Symbol("on", odd=True, negative=True) <= b),
        "b >= -1",
    ),
    ((W, "b == 0 or W % b < n"), "Eq(b, 0) | (b <= -1) | ((b >= 1) & (b <= n))"),
    ((W, Eq(sympy.Piecewise((floor(W / b), b > 0), (0, True)), 0)), "Eq(b, 0) | (b <= -1)"),
    ((W, "W >= b", "W % -3 == 0"), "b <= 3"),
    ((W, "W >= 5", "W % q == 0"), "Eq(q, 0) | (q >= 5) | (q <= -5)"),
    ((W, "W >= 5", "S >= 5 and S <= 3"), "True"),
    ((W, "W >= 5", "W >= 5 and W <= 3"), "True"),
    ((W, "W >= 5", "W % 5 == 7"), "True"),
    ((W, W >= 5, sympy.false), "True"),
    (("kernel_size", "conv(W) == W"), "False"),
    ((W, "extent == 3 and conv(W) == W"), "Eq(S, 1) & Eq(D*(F - 1), 2) & Eq(D*(F - 1), 2*P)"),
    ((S, "conv(W) <= W"), "D*(F - 1) + 1 > 2*P"),
    ((W, "b // W >= 0"), "b >= 0"),
    ((W, "W // (W + 1) == 0"), "True"),
    ((W, sympy.Implies(W > 3, conv(W) >= 1)), "D*(F - 1) <= 2*P + 3"),
    ((W, ceiling(n / 2) > floor(W / 2)), "False"),
    ((W, "conv(W) == W", {S: 1}), "Eq(D*(F - 1), 2*P)"),
]


@pytest.mark.parametrize("place", range(len(BREAKERS)))
def test_what_is_easily_done_wrong(place):
    asked, expected = BREAKERS[place]
    assert str(forall(*asked, timeout=60).relation) == expected


REFUSED = [
    (Symbol("λ", integer=True), Eq(W, W)),
    (W, "conv(W, kernel_size=3, F=5) == W"),
    (W, "max_pool(W, ceil_mode=2) == W"),
    (W, "conv(W) == W", "kernal_size == 3"),
    (Symbol("S", integer=True, negative=True), "F/S <= 0"),
    (W, Eq(law(CHAIN), floor(W / 4)), "every size the layer takes"),
]


@pytest.mark.parametrize("asked", REFUSED, ids=range(len(REFUSED)))
def test_what_means_two_things_or_nothing_is_refused(asked):
    with pytest.raises(RequestError):
        forall(*asked)


def test_a_divisor_that_depends_on_the_size_is_unknown():
    for relation in ("W // (W - 3) >= 0", "conv(W)*W >= W*W"):
        rule = forall(W, relation)
        assert rule.verdict.word == "unknown"
        assert "unknown" not in rule.verdict.reason


def test_a_rule_stands_where_sympy_wants_a_relation():
    rule = forall(W, "conv(W) == W")
    assert rule.subs({P: 1}) == rule.relation.subs({P: 1})
    assert hash(rule) == hash(forall(W, "conv(W) == W"))
    assert rule.latex() in sympy.latex(rule)
    assert (
        symconv.prove(claim=rule, given="F == 3 and S == 1 and P == 1 and D == 1").word == "proved"
    )


def test_what_was_given_belongs_to_the_families_of_a_rule():
    rule = forall(W, "conv(W) == W", given="D == 2")
    assert repr(symconv.family(rule)).startswith("S = 1, P = t, F = t + 1, D = 2   (")
    assert [str(each) for each in forall(W, "conv_transpose(conv(W)) == W", "W % S == r").given]


def test_the_extent_can_be_kept():
    extent = Symbol("E", integer=True, positive=True)
    for relation, expected in (
        ("conv(n*W) == W", "Eq(S, n) & (1 <= E - 2*P) & (E - 2*P <= n)"),
        ("conv(W) == W", "Eq(S, 1) & Eq(E, 2*P + 1)"),
        ("conv_transpose(W) == n*W", "Eq(S, n) & Eq(A + E, 2*P + S)"),
        ("conv(W) <= W", "E + S > 2*P + 1"),
    ):
        kept = forall(W, relation).keep(extent)
        assert str(kept) == expected
        rule = forall(W, relation)
        for numbers in itertools.product(range(1, 4), repeat=3):
            point = dict(zip((F, D, P), numbers, strict=True)) | {S: 2, n: 2, A: 1}
            told = kept.subs({extent: (D * (F - 1) + 1).subs(point)}).subs(point)
            assert told == rule.relation.subs(point)


INSIDE = [
    "W >= 2*((2*P - D*(F - 1))//S) + D*(F - 1)",
    "conv_transpose(W) > 2*conv(W)",
    "2*conv(W) >= W - 1",
    "conv_transpose(W) >= 2*conv(W)",
    "3*conv(W) >= W - 2",
]


@pytest.mark.parametrize("statement", INSIDE)
def test_the_relation_that_is_shown_is_the_rule(statement):
    rule = forall(W, statement, timeout=60)
    shown = term_of(rule.relation)
    names = variables(both(rule.term, shown))
    holds, seen = compiled(rule.term, names), compiled(shown, names)
    boxes = {"F": range(1, 5), "S": range(1, 4), "P": range(4), "D": range(1, 4), "A": range(3)}
    for point in itertools.product(*(boxes[name] for name in names)):
        assert bool(holds(*point)) == bool(seen(*point)), point


@pytest.mark.parametrize("wrong", ["stride=0", "kernel_size=0", "padding=-1"])
def test_numbers_that_no_layer_has_are_refused(wrong):
    with pytest.raises(RequestError):
        forall(W, f"conv(W, {wrong}) == W")


def test_a_rule_as_a_sentence():
    assert (
        forall(W, "conv(W) >= 1", conv.takes(W))
        .markdown()
        .startswith("`conv(W) >= 1` holds for all")
    )
    assert "never holds for all $W$" in forall(W, "W >= 2").markdown()
    assert forall(W, "conv(W)*W >= W*W").markdown().startswith("`conv(W)*W >= W*W`: unknown: ")
    assert (
        "given $W \\bmod 2 = 0$, just when $" in forall(W, "conv(W) == W//2", "even(W)").markdown()
    )


def test_letters_of_a_law_are_given_by_their_names():
    with pytest.raises(RequestError, match="without a name"):
        conv(W, 3)
