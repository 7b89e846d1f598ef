"""How derivations look: text, LaTeX, Markdown and HTML say the same thing; `E` once it is defined."""

import random
import re
from functools import cache

import pytest
import sympy

import symconv
import symconv.book.wording as wording
from html_reader import read
from symconv.book.breaking import broken
from symconv.book.derivation import stated
from symconv.book.deriving.drafts import DERIVATIONS
from symconv.book.deriving.expressions import latex_of
from symconv.book.deriving.given import parted
from symconv.book.deriving.shortening import definitions, shortened
from symconv.book.forms import MARKDOWN
from symconv.markup import latex_code, latex_words
from symconv.meanings import notation
from symconv.meanings.integers import PLAIN
from symconv.meanings.symbols import symbol
from symconv.operators import OPERATORS
from symconv.operators.applied import operator_of
from symconv.terms import Term, sizes, variables
from typeset import beside, in_html, in_latex, in_markdown

derived = cache(symconv.derive)
CHAIN = "Conv2d(3, 64, 7, stride=2, padding=3) -> ReLU() -> MaxPool2d(3, 2, 1)"
every_derivation = pytest.mark.parametrize("name", [*DERIVATIONS, CHAIN])
C, D, E, F, W, groups = sizes("C D E F W groups")


def plain(statement):
    return notation.text(statement) if isinstance(statement, Term) else str(statement)


def spoken(sentence):
    """A sentence without the marks that only some forms have."""
    return sentence.replace("`", "").replace("\\", "")


@every_derivation
def test_all_forms_say_every_statement_with_its_reason_in_order(name):
    derivation = derived(name)
    assert derivation.steps
    text, markdown = repr(derivation), derivation.markdown()
    cells, entries, _ = read(derivation._repr_html_())
    latex = derivation.latex()
    assert len(cells) == len(derivation.steps)
    for place, step in enumerate(derivation.steps):
        number, formula, said = cells[place]
        named = f"{step.name}: " if step.name else ""
        assert f"{place + 1}. {named}{step.reason}\n   {step.formula.text}\n" in text
        assert f"   checked: {step.checked}\n" in text
        named = f"**{step.name}.** " if step.name else ""
        within = " " * len(f"{place + 1}. ")
        told = f"{place + 1}. {named}{in_markdown(step.reason)}\n\n{within}$${step.latex}$$\n"
        assert told in markdown
        assert f"Checked: {step.checked}.\n" in markdown
        assert step.claim is None or f"   claim: {step.claim.text}".replace("\n", "\n   ") in text
        assert all(told in markdown for told in beside(step, "${}$".format))
        given = ", ".join(supposed.text for supposed in step.given)
        assert not given or f"   given: {given}\n" in text
        named = rf"\textbf{{{step.name}.}} " if step.name else ""
        theorem = [f"Theorem {latex_code(step.theorem.name)}."] if step.of_the_book else []
        small = [*beside(step, "${}$".format), *theorem, f"Checked: {step.checked}."]
        told = f"\\item {named}{in_latex(step.reason)}\n\\[\n{broken(step.latex)}\n\\]\n{' '.join(small)}\n"
        assert told in latex
        assert (number, formula) == (f"{place + 1}.", rf"$\displaystyle {step.latex}$")
        extra = "".join(f"{told} " for told in beside(step, r"$\displaystyle {}$".format))
        theorem = f"Theorem {step.theorem.name}. " if step.of_the_book else ""
        named = f"{step.name}. " if step.name else ""
        shown = f"{named}{in_html(step.reason)} {extra}{theorem}Checked: {step.checked}."
        assert spoken(said) == spoken(shown)
    result = stated(shortened(derivation.conclusion, derivation.wholes), derivation.named)
    assert f"\nresult  {result.text}" in text
    assert f"**Result.** ${result.latex}$" in markdown
    assert f"\\par\\noindent\\textbf{{Result.}}\n\\[\n{broken(result.latex)}\n\\]\n" in latex
    listed = re.findall(r"\\begin\{itemize\}(.*?)\\end\{itemize\}", latex, re.DOTALL)
    assert len(entries) == "".join(listed).count(r"\item ")


def on_a_line(words, law):
    """A hypothesis as the text has it."""
    kind, _, sentence = words.partition(": ")
    told = f"{sentence}: {plain(law)}" if sentence else plain(law)
    return f"{kind}: {told}" if " " in kind else f"{kind}  {told}"


@every_derivation
def test_all_forms_say_what_is_given_and_what_follows(name):
    derivation = derived(name)
    given = [
        *(("given", *pair) for pair in derivation.given.of_sizes.items()),
        *(("given, of channels", *pair) for pair in derivation.given.of_channels.items()),
    ]
    shown = [(f"{kind}: {told}", shortened(law, derivation.wholes)) for kind, told, law in given]
    shown += [("where", definition) for definition in definitions(derivation.wholes)]
    _, entries, below = read(derivation._repr_html_())
    title, *lines = repr(derivation).splitlines()
    assert below.startswith(title)
    assert spoken(in_html(derivation.says)) in spoken(below)
    begun = lines.index(on_a_line(*shown[0])) if shown else 0
    for place, (words, law) in enumerate(shown):
        assert lines[begun + place] == on_a_line(words, law)
        assert f"* {in_markdown(words)}: ${latex_of(law)}$\n" in derivation.markdown()
        assert f"\\item {in_latex(words)}: ${latex_of(law)}$\n" in derivation.latex()
        formula = rf"$\displaystyle {latex_of(law)}$"
        assert spoken(entries[place]) == spoken(f"{in_html(words)}: {formula}")
    for told in [f"source: {derivation.source}"] if derivation.source else []:
        assert told in entries
        assert told in lines
        assert f"* {MARKDOWN.told(told)}\n" in derivation.markdown()
        assert f"\\item {latex_words(told)}\n" in derivation.latex()


def at(statement, numbers):
    """A term's value; of SymPy's expressions, that of all sides."""
    if isinstance(statement, Term):
        return PLAIN.evaluate(statement, numbers)
    parts = statement.args if isinstance(statement, sympy.core.relational.Relational) else ()
    values = {symbol(name): value for name, value in numbers.items()}
    return [part.subs(values) for part in parts or (statement,)]


def letters(statement):
    if isinstance(statement, Term):
        return {*variables(statement)}
    return {letter.name for letter in statement.free_symbols}


@every_derivation
def test_a_letter_that_a_step_defines_is_used_from_then_on_and_means_the_same(name):
    derivation, rng = derived(name), random.Random(name)
    if derivation.named:
        terms = [step for step in derivation.steps if isinstance(step.statement, Term)]
        assert all(step.formula.text == wording.text(step.statement) for step in terms)
        assert "where  E == D*(F - 1) + 1\n" in repr(derivation)
        return
    defining = [
        step for step in derivation.steps if step.statement in definitions(derivation.wholes)
    ]
    assert len(defining) == len(definitions(derivation.wholes))
    begun = derivation.steps.index(defining[0]) + 1 if defining else len(derivation.steps)
    assert all(step.formula.text == plain(step.statement) for step in derivation.steps[:begun])
    for step in derivation.steps[begun:]:
        for definition in definitions(derivation.wholes):
            letter, whole = definition.args
            assert plain(whole) not in step.formula.text
            short_form = shortened(step.statement, derivation.wholes)
            assert plain(short_form) == step.formula.text
            for _ in range(5):
                own = letters(step.statement) | {*variables(whole)}
                numbers = {name: rng.randint(1, 9) for name in sorted(own)}
                short = numbers | {letter.args[0]: PLAIN.evaluate(whole, numbers)}
                assert at(short_form, short) == at(step.statement, numbers)


def test_the_extent_of_a_kernel_is_written_out_once():
    for name in ("conv", "conv_transpose", "max_pool", "conv_same"):
        derivation = derived(name)
        forms = (
            repr(derivation),
            derivation.latex(),
            derivation.markdown(),
            derivation._repr_html_(),
        )
        for form in forms:
            assert len(re.findall(r"D\*?\s?(\\left)?\(F - 1", form)) == 2, name
            assert "F - 1) + 1 - 1" not in form
    assert "(n - 1)*S + E - 1\n" in repr(derived("conv"))
    assert "n <= (-E + 2*P + S + W)/S\n" in repr(derived("conv"))
    assert derived("conv").steps[1].expression.free_symbols >= {symbol("D"), symbol("F")}
    assert not derived("upsampling").wholes


def test_of_channels_is_said_what_plays_a_part_behind_what_is_about_sizes():
    conv = derived("conv")
    forms = (repr(conv), conv.latex(), conv.markdown(), conv._repr_html_(), str(conv.to_dict()))
    assert not any("group" in form or "channels" in form for form in forms)
    assert conv.hypotheses == operator_of("conv").requires
    shuffled = derived("pixel_shuffle")
    assert [*shuffled.given.of_channels] == [*shuffled.to_dict()["hypotheses"]][-1:]
    assert "C" in letters(next(iter(shuffled.given.of_channels.values())))


@pytest.mark.parametrize("name", OPERATORS)
def test_what_is_left_out_speaks_of_nothing_that_is_said(name):
    derivation = derived(name)
    said = set().union(
        letters(derivation.conclusion), *(letters(step.statement) for step in derivation.steps)
    )
    for sentence, law in derivation.hypotheses.items():
        if sentence not in derivation.given.of_sizes | derivation.given.of_channels:
            assert said.isdisjoint(variables(law))
    of_sizes = {name for law in derivation.given.of_sizes.values() for name in variables(law)}
    assert "C" not in of_sizes


def test_hypotheses_about_sizes_stay_whatever_is_said_of_them():
    laws = {"a": W >= 1, "b": groups >= 1, "c": (C % groups).eq(0), "d": F >= 1}
    assert [[*part] for part in parted(laws, "W")] == [["a", "d"], []]
    assert [[*part] for part in parted(laws, "C")] == [["a", "d"], ["b", "c"]]
    assert [[*part] for part in parted(laws, ["groups"])] == [["a", "b", "d"], ["c"]]
