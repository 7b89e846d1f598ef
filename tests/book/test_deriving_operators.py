"""Every operator's law is derived, a corrupted one is not, and the derivations start from torch."""

from dataclasses import replace
from functools import cache

import pytest

import symconv
from latex_reader import value_of_latex
from mutations import off_by_one as changed
from symconv.book.derived import checked
from symconv.book.deriving.drafts import DERIVATIONS, RULES, of_operator
from symconv.book.deriving.expressions import latex_of
from symconv.book.deriving.lemmas import derived as derived_lemmas
from symconv.book.deriving.resizing import ENDS, STARTS
from symconv.book.deriving.writers import writer_of
from symconv.book.statements.chapters import THEOREMS
from symconv.book.statements.goals import says_nothing
from symconv.book.statements.statement import Theorem
from symconv.errors import DerivationError, RequestError
from symconv.meanings.integers import INTEGERS
from symconv.operators import OPERATORS
from symconv.operators.applied import operator_of
from symconv.operators.letters import O
from symconv.terms import Term, interpret, variables

derived = cache(symconv.derive)
every_operator = pytest.mark.parametrize("name", OPERATORS)


def test_every_operator_has_a_derivation_and_no_other_law_has():
    assert set(RULES) == {"upsampling", "downsampling", "chain", "inverse"}
    assert [*DERIVATIONS] == [*OPERATORS, *RULES]


@every_operator
def test_a_derivation_arrives_at_the_declared_law(name):
    derivation, operator = derived(name), operator_of(name)
    assert derivation.result == symconv.law(name)
    assert derivation.conclusion is (O if operator.size is O else O.eq(operator.size))
    assert derivation.conclusion in [step.statement for step in derivation.steps]
    assert derivation.hypotheses == operator.requires
    assert len({step.name for step in derivation.steps}) >= len(derivation.steps) - 1
    for step in derivation.steps:
        assert step.reason.endswith(".")
        if step.theorem is None:
            assert step.checks == {}
            assert step.checked == "by definition"
        else:
            assert not says_nothing(step.theorem.claim)
            assert step.verdict.proved
            assert step.checks["Coq"] == "proved"


@every_operator
def test_where_there_is_nothing_to_derive_a_sentence_says_so(name):
    """And no derivation is a row of definitions that looks like a proof."""
    derivation = derived(name)
    said = [step for step in derivation.steps if "nothing to derive" in step.reason]
    proved = [step for step in derivation.steps if step.verdict is not None]
    assert bool(said) == (not proved) or name == "halve_channels"
    assert ("proved" in repr(derivation)) == bool(proved)


def test_what_the_checkers_prove_is_shown_and_so_is_the_theorem_that_says_the_same():
    conv = {step.name: step for step in derived("conv").steps}
    assert conv["count"].theorem is THEOREMS["size_ge_iff_window_fits"]
    assert conv["precondition"].theorem is THEOREMS["size_pos_iff_fits"]
    assert "   theorem: size_pos_iff_fits\n" in repr(derived("conv"))
    assert "   claim: O >= 1 just when E <= W + 2*P\n" in repr(derived("conv"))


def test_no_lemma_of_a_derivation_says_what_a_theorem_or_another_one_says():
    lemmas = derived_lemmas().statements
    told = [(lemma.claim, frozenset(lemma.hypotheses)) for lemma in lemmas]
    book = [
        (theorem.claim, frozenset(theorem.hypotheses))
        for theorem in THEOREMS.values()
        if isinstance(theorem, Theorem) and theorem.plain
    ]
    assert len({*told}) == len(told)
    assert not {*told} & {*book}
    assert len({lemma.name for lemma in lemmas}) == len(lemmas)


FIRST_OF = {
    (writer_of(operator), operator.border, operator.size): operator.name
    for operator in map(operator_of, reversed(OPERATORS))
}
"""Of the operators with one law and one way to derive it, the first: its constants are changed."""


@every_operator
def test_a_corrupted_law_is_found(name):
    operator = operator_of(name)
    for size in (operator.size + 1, operator.size - 1, 2 * operator.size):
        with pytest.raises(DerivationError, match="step `"):
            checked(of_operator(name, {}, replace(operator, size=size)))


@pytest.mark.parametrize("name", FIRST_OF.values())
def test_every_changed_constant_of_a_law_is_found(name):
    operator = operator_of(name)
    for _, size in changed(operator.size):
        with pytest.raises(DerivationError, match="step `"):
            checked(of_operator(name, {}, replace(operator, size=size)))


DERIVED = {
    "conv": "one window fits the padded input",
    "conv_replicate": "the input has a cell",
    "conv_reflect": "a reflected padding is smaller than the input",
    "conv_circular": "a wrapped padding is at most the input",
    "conv_same_reflect": "a reflected padding is smaller than the input",
    "conv_same_circular": "a wrapped padding is at most the input",
    "conv_transpose": "cropping leaves the output a cell",
    "conv_transpose_sized": "the output size is less than a stride above that of output padding 0",
    "max_pool": "the first window fits, or in ceil mode hangs over by less than a stride",
    "avg_pool": "the first window fits, or in ceil mode hangs over by less than a stride",
    "lp_pool": "the first window fits, or in ceil mode hangs over by less than a stride",
    "avg_pool3d": "the kernel fits the unpadded input",
    "lp_pool3d": "the kernel fits the unpadded input",
    "fractional_max_pool": "the windows fit the input",
    "fractional_max_pool3d": "the windows fit the input with a cell to spare",
    "max_unpool_sized": "the output size is more than a stride below the default one",
    "upsample": "the output has a cell",
    "constant_pad": "cropping leaves the input a size",
    "reflection_pad": "a reflected padding is smaller than the input",
    "replication_pad": "the input has a cell",
    "circular_pad": "a wrapped padding is at most the input",
}
"""A requirement of each operator that its derivation derives."""


@pytest.mark.parametrize("name", DERIVED)
def test_a_requirement_that_is_too_weak_is_found(name):
    operator = operator_of(name)
    law = operator.requires[DERIVED[name]]
    weaker = Term(law.word, law.args[0], law.args[1] + 1)
    requires = dict(operator.requires) | {DERIVED[name]: weaker}
    with pytest.raises(DerivationError, match="step `"):
        checked(of_operator(name, {}, replace(operator, requires=requires)))


@every_operator
def test_the_latex_of_the_law_means_the_law(name):
    law = operator_of(name).size
    latex = latex_of(derived(name).conclusion)
    names = variables(law)
    for numbers in (
        {one: 1 + 2 * place for place, one in enumerate(names)},
        dict.fromkeys(names, 1),
    ):
        size = interpret(law, INTEGERS, numbers)
        if "O" in names:
            assert latex == "O"
        else:
            assert value_of_latex(latex, numbers | {"O": size})
            assert not value_of_latex(latex, numbers | {"O": size + 1})


LAYERS = (
    "Conv2d(3, 8, kernel_size=3, stride=2, padding=1, dilation=2)",
    "Conv1d(kernel_size=4, padding='same')",
    "Conv1d(kernel_size=3, padding=4, padding_mode='reflect')",
    "ConvTranspose2d(kernel_size=3, stride=2, padding=1, output_padding=1)",
    "MaxPool2d(3, 2, padding=1, ceil_mode=True)",
    "LPPool2d(2, 3, stride=2, ceil_mode=True)",
    "AvgPool3d(3, 2, padding=1)",
    "MaxUnpool1d(3, 2, 1)",
    "AdaptiveAvgPool2d(5)",
    "FractionalMaxPool2d(2, output_size=4)",
    "Upsample(scale_factor=1.5)",
    "PixelUnshuffle(3)",
    "ConstantPad1d((2, -3), 0)",
    "CircularPad1d(4)",
    "ReplicationPad1d((-1, 2))",
    "GLU(dim=2)",
    "ReLU()",
)


@pytest.mark.parametrize("layer", LAYERS)
def test_a_layer_has_its_numbers_put_in(layer):
    axis = 1 if layer.startswith("ConstantPad") else None
    for size in (2, 6):
        derivation = symconv.derive(layer, axis=axis, W=size)
        sizes = symconv.size(layer, size)
        if sizes.refused:
            assert derivation.facts["output"].startswith("none")
        else:
            assert derivation.facts["output"] == sizes.output


def test_names_that_people_type():
    for typed, name in (
        ("Conv2d", "conv"),
        ("nn.ConvTranspose1d", "conv_transpose"),
        ("MaxPool3d", "max_pool"),
        ("LPPool2d", "lp_pool"),
        ("PixelShuffle", "pixel_shuffle"),
        ("ReLU", "keep"),
        ("Conv2d(kernel_size=?, stride=2)", "conv"),
        ("MaxPool", "max_pool"),
        ("Upsample", "upsample"),
        ("AdaptiveAvgPool2d", "adaptive_pool"),
        ("BatchNorm2d", "batch_norm"),
        ("GroupNorm", "group_norm"),
        ("GLU", "halve"),
    ):
        assert symconv.derive(typed).name == name
    same = symconv.derive(symconv.Conv1d(kernel_size=3, stride=2), input=9)
    assert same.facts["output"] == 4
    assert same.numbers["S"] == 2


@pytest.mark.parametrize(
    ("of", "numbers", "says"),
    [
        ("max_pol", {}, "Did you mean `max_pool`"),
        ("Conv2d(kernel_size=(3, 5))", {}, "which axis"),
        ("Conv2d(kernel_size=3)", {"axis": 3}, "an axis from 1 to 2"),
        ("Conv2d(kernel_size=3)", {"axis": 0}, "axis=1 for the first"),
        ("conv", {"axis": 1}, "axis"),
        ("conv", {"output": 7}, "letters"),
        ("Conv2d(kernel_size=3)", {"F": 3}, "letters"),
        ("Upsample(scale_factor=0.7)", {}, "law"),
        ("max_pool", {"W": 5, "ceil_mode": "yes"}, "ceil_mode"),
        ("max_pool", {"padding": -1}, "padding|P as an integer"),
        (7, {}, "layers"),
        ("", {}, "derivation"),
        ("Conv2d(", {}, "needed"),
        ("Dense(3)", {}, "needed"),
    ],
)
def test_wrong_requests(of, numbers, says):
    with pytest.raises(RequestError, match=says):
        symconv.derive(of, **numbers)


def test_a_pool_takes_its_ceil_mode_as_a_number_and_as_a_truth_value():
    given = {"W": 5, "F": 2, "S": 2, "P": 0}
    assert symconv.derive("max_pool", **given).facts["output"] == 2
    assert symconv.derive("max_pool", ceil_mode=True, **given).facts["output"] == 3
    assert symconv.derive("max_pool", ceil_mode=1, **given).facts["output"] == 3


def cells_read(layer, size, out):
    """Which input cells an output cell of a torch layer is computed from, by autograd."""
    torch = pytest.importorskip("torch")
    cells = torch.rand(1, 1, size, requires_grad=True)
    layer(cells)[0, 0, out].backward()
    return cells.grad.flatten().nonzero().flatten().tolist()


def at(term, **numbers):
    return interpret(term, INTEGERS, numbers)


def test_adaptive_windows_are_torchs():
    torch = pytest.importorskip("torch")
    for size in range(1, 10):
        for output in range(1, 12):
            pool = torch.nn.AdaptiveAvgPool1d(output)
            for j in range(output):
                place = {"W": size, "O": output, "j": j}
                assert cells_read(pool, size, j) == list(
                    range(at(STARTS, **place), at(ENDS, **place))
                )


def test_the_windows_that_ceil_mode_adds_are_torchs():
    torch = pytest.importorskip("torch")
    for size, kernel, stride, padding in ((5, 2, 2, 0), (6, 3, 4, 1), (4, 2, 3, 1), (7, 3, 3, 1)):
        pool = torch.nn.AvgPool1d(kernel, stride, padding, ceil_mode=True, count_include_pad=False)
        numbers = {"W": size, "F": kernel, "S": stride, "P": padding, "ceil_mode": 1}
        output = symconv.derive("avg_pool", **numbers).facts["output"]
        assert pool(torch.zeros(1, 1, size)).shape[-1] == output
        for out in range(output):
            start = out * stride - padding
            window = [cell for cell in range(start, start + kernel) if 0 <= cell < size]
            assert cells_read(pool, size, out) == window != []


def test_borders_and_places_are_torchs():
    torch = pytest.importorskip("torch")
    cells = torch.arange(1.0, 6.0).view(1, 1, -1)
    for padding in range(1, 5):
        reflected = torch.nn.ReflectionPad1d(padding)(cells)[0, 0]
        wrapped = torch.nn.CircularPad1d(padding)(cells)[0, 0]
        for j in range(1, padding + 1):
            assert reflected[padding - j] == cells[0, 0, j]
            assert wrapped[padding - j] == cells[0, 0, 5 - j]
    windows = torch.nn.Unfold(1, stride=(2, 3))(torch.arange(42.0).view(1, 1, 6, 7))[0, 0]
    assert windows.tolist() == [7.0 * row + column for row in (0, 2, 4) for column in (0, 3, 6)]
    shuffled = torch.nn.PixelShuffle(3)(torch.arange(18.0).view(1, 9, 1, 2))[0, 0, 0]
    assert [int(value) // 2 for value in shuffled] == [0, 1, 2, 0, 1, 2]
    channels = torch.nn.ChannelShuffle(2)(torch.arange(6.0).view(1, 6, 1, 1)).flatten().tolist()
    assert [channels[b * 2 + a] for a in range(2) for b in range(3)] == [0, 1, 2, 3, 4, 5]


def test_stretched_and_fractional_places_are_torchs():
    torch = pytest.importorskip("torch")
    for size in range(1, 9):
        for output in range(1, 12):
            stretch = torch.nn.Upsample(size=output)
            for out in range(output):
                assert cells_read(stretch, size, out) == [out * size // output]
    pool = torch.nn.FractionalMaxPool2d(2, output_size=(4, 4), return_indices=True)
    for seed in range(10):
        torch.manual_seed(seed)
        rising = torch.arange(81.0).view(1, 1, 9, 9)
        _, indices = pool(rising)
        assert indices[0, 0, -1, -1] == 80  # the last window ends with the input
        rows = [int(one) // 9 for one in indices[0, 0, :, 0]]
        assert rows == sorted(set(rows))
