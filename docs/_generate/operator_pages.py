"""A page for each operator: what it says, its law, what it requires, why, and how torch does it."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

import symconv
from _generate.examples import examples_of
from _generate.laws import law
from _generate.layers_of import layers_of
from _generate.letters import explained, letters
from _generate.markdown import (
    code,
    display,
    formula,
    inline,
    items,
    page,
    picture,
    prose,
    sentence,
    table,
)
from _generate.pictures import pictures_of
from _generate.running import BATCH, DifferenceError, Example, Outcome, Size, run
from _generate.traps import traps_of
from _generate.worked import worked
from symconv.meanings import notation
from symconv.operators import OPERATORS, Operator
from symconv.operators.families import families
from symconv.operators.letters import C
from symconv.terms import Term, variables
from symconv.vocabulary import parameter_name
from symconv.witness import Witness

INTRODUCTION = """\
Each operator has one law for the size of its output along one axis.
Below each name stands the law as `symconv.law` has it, with one padding $P$ for both sides.
Their pages are made of that law when the site is built: written by hand are only the layers and
sizes of the examples, and the traps; each of them is run on torch.
"""


def pages() -> dict[str, str]:
    """Return the page of every operator and every family, and their index."""
    texts = {f"operators/{name}.md": operator_page(name) for name in OPERATORS}
    texts |= {f"operators/{_slug(family)}.md": family_page(family) for family in families()}
    return texts | {"operators/index.md": index_page()}


def operator_page(name: str, examples: Sequence[Example] | None = None) -> str:
    """Return the page of an operator.

    Args:
        name: the operator.
        examples: its examples, by default those whose layer follows it.

    Raises:
        DifferenceError: an example or a trap is not what torch does.
    """
    operator = OPERATORS[name]
    return page(
        f"`{name}`",
        f"operator-{name}",
        prose(operator.says) + "\n",
        _layers(operator),
        *_law(operator),
        *_drawn(operator),
        *_requirements(operator),
        *_examples(operator, examples_of(operator) if examples is None else examples),
        *_traps(name),
        *_derivation(operator),
        "## Source\n",
        prose(operator.source) + "\n",
    )


def _layers(operator: Operator) -> str:
    """Say which layers the law is about."""
    import torch

    torchs, others = list[str](), list[str]()
    for name in layers_of(operator):
        has = hasattr(torch.nn, name)
        (torchs if has else others).append(f"{{py:class}}`~symconv.{name}`" if has else f"`{name}`")
    said = [("In torch", torchs), ("Not in torch", others)]
    lines = [f"{where}: {', '.join(names)}.\n" for where, names in said if names]
    return "\n".join(lines or ["No layer follows this law.\n"])


def _law(operator: Operator) -> list[str]:
    """Write the law, with one padding where that is shorter, and the letters."""
    size = notation.latex(operator.size)
    found = ["## The law\n", display(size if size == "O" else f"O = {size}")]
    symmetric = notation.latex(_symmetric(operator))
    if symmetric != size:
        found += ["With the same padding on both sides:\n", display(f"O = {symmetric}")]
    if operator.channels is not C:
        found.append(f"The output has {inline(operator.channels)} channels.\n")
    rows = [
        (inline(term), torch, prose(meaning))
        for letter in letters(operator, _symmetric(operator))
        for term, torch, meaning in [explained(letter, operator)]
    ]
    return [*found, "{.letters}\n" + table(("letter", "in torch", "what it is"), rows)]


def _symmetric(operator: Operator) -> Term:
    """Return the law with one padding, unless that stands there twice, as in a padding layer."""
    one = operator.symmetric.size
    return operator.size if "P + P" in notation.text(one) else one


def _drawn(operator: Operator) -> list[str]:
    """Show the pictures, if the operator has any."""
    found = [picture(svg) for svg in pictures_of(operator)]
    return ["## Drawn\n", *found] if found else []


def _requirements(operator: Operator) -> list[str]:
    """Write what the operator requires: each sentence, and its term."""
    if not operator.requires:
        return ["## What it requires\n", "Nothing.\n"]
    lines = (f"{prose(sentence)}: {formula(term)}" for sentence, term in operator.requires.items())
    said = "A size that breaks one of these is refused with its sentence.\n"
    return ["## What it requires\n", said, items(lines)]


def _examples(operator: Operator, examples: Sequence[Example]) -> list[str]:
    """Compute the examples, if there are any, run them on torch, and show both."""
    if not examples:
        return []
    outcomes = [(example, _run(operator.name, example)) for example in examples]
    witness = Witness().name
    rows = [
        (
            f"`{example.layer}`" + (f" <br> {prose(example.says)}" if example.says else ""),
            _size(outcome.input) + _arriving(example),
            _size(outcome.output) if outcome.output is not None else "refused",
            "refuses" if isinstance(outcome.torch, str) else _size(outcome.torch),
        )
        for example, outcome in outcomes
    ]
    refusals = "".join(
        f"* {_size(outcome.input)}{_arriving(example)} into `{example.layer}`:\n"
        f"  symconv says *{prose(outcome.refused)}*; torch says `{outcome.torch}`\n"
        for example, outcome in outcomes
        if outcome.refused
    )
    with_numbers = worked(operator, *outcomes[0])
    said = f"By `symconv.size`, and by a forward of {witness} on a batch of {BATCH}.\n"
    return [
        "## Examples\n",
        said,
        table(("layer", "input", "symconv", "torch"), rows),
        *(["The first one with its numbers:\n", display(with_numbers)] if with_numbers else []),
        *(["What is refused, and why:\n", refusals] if refusals else []),
    ]


def _run(name: str, example: Example) -> Outcome:
    """Run an example, which must be one of the operator's."""
    outcome = run(example)
    if outcome.layer is not None:
        follows = {row.operator.name for row in outcome.layer.rows(len(outcome.input))}
        if name not in follows:
            raise DifferenceError(f"{example.layer} is no example of {name}, but of {follows}")
    return outcome


def _size(size: Size) -> str:
    """Write a size, once where all axes are alike."""
    return "\u00a0×\u00a0".join(map(str, size))


def _arriving(example: Example) -> str:
    """Write how many channels arrive, where that is said."""
    return f", {example.channels} channels" if example.channels else ""


def _traps(name: str) -> list[str]:
    """Write the traps, whose lines have been run."""
    found = [part for trap in traps_of(name) for part in (trap.says + "\n", code(trap.shown))]
    return ["## Traps\n", *found] if found else []


@cache
def _derivation(operator: Operator) -> list[str]:
    """Write the derivation, each step with what checked it."""
    name = operator.name
    try:
        steps = symconv.derive(name).steps
    except symconv.RequestError:
        return ["## Why\n", "Nobody has derived this law here: it is used as it stands.\n"]
    parts = [
        "## Why\n",
        f"The same as `symconv derive {name}` prints.\n",
    ]
    for count, step in enumerate(steps, 1):
        parts.append(f"{f'{count}.':3} **{prose(step.name)}.** {sentence(step.reason)}\n")
        parts.append(display(step.latex, indent="    "))
        if step.claim is not None:
            parts += ["    {.checked}\n    Claim:\n", display(step.claim.latex, indent="    ")]
        theorem = f"Theorem {{thm}}`{step.theorem.name}`. " if step.of_the_book else ""
        parts.append(f"    {{.checked}}\n    {theorem}Checked: {prose(step.checked)}.\n")
    return parts


def index_page() -> str:
    """Return the list of all operators, by family."""
    parts = [INTRODUCTION]
    for family, names in families().items():
        parts += [f"## {family}\n", *map(_entry, names)]
    listed = "\n".join(_slug(family) for family in families())
    parts.append(f"```{{toctree}}\n:hidden:\n\n{listed}\n```\n")
    return page("Operators", "operators", *parts)


def family_page(family: str) -> str:
    """Return the list of the operators of a family, under which their pages stand.

    It is found by the parameters that no other family's laws have.
    """
    names = families()[family]
    listed = "\n".join(names)
    tree = f"```{{toctree}}\n:hidden:\n\n{listed}\n```\n"
    others = [_parameters(each) for each in families() if each != family]
    own = sorted(_parameters(family).difference(*others))
    found_by = [f"<!-- found by: {', '.join(own)} -->\n"] if own else []
    return page(family, f"operators-{_slug(family)}", *found_by, *map(_entry, names), tree)


def _parameters(family: str) -> set[str]:
    """Return what the letters in a family's laws are called in torch."""
    laws = (OPERATORS[name].size for name in families()[family])
    return {parameter_name(letter) for size in laws for letter in variables(size)}


def _entry(name: str) -> str:
    """Write what an operator does, and its law as `symconv.law` has it."""
    return f"[`{name}`](#operator-{name})\n: {prose(OPERATORS[name].says)}\\\n  ${law(name)}$\n"


def _slug(family: str) -> str:
    """Return the name of a family's page."""
    return family.lower().replace(" ", "-")
