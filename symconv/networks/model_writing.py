"""A model's audit as a proposition with its proof."""

from __future__ import annotations

from collections.abc import Iterator

from symconv.errors import UndecidedError
from symconv.meanings.notation import latex
from symconv.networks.model_answer import ModelAudit
from symconv.networks.model_paths import ModelPath
from symconv.networks.recording import Recorder
from symconv.networks.writing import formula, in_words
from symconv.periodic import EVERYTHING
from symconv.questions.documents import Line, closing, opening
from symconv.terms import Term, variable


def lines(audit: ModelAudit) -> Iterator[Line]:
    """Yield the proposition and its proof, path by path."""
    letter = latex(variable(audit.letter))
    shape = r" \times ".join(str(axis) if isinstance(axis, int) else letter for axis in audit.axes)
    question = f"`{audit.name}`, on an input of ${shape}$ in eval mode"
    yield from opening("Which sizes the model takes", question)
    if audit.certificate is None:
        yield Line("text", f"Unknown: {audit.reason}.")
        if audit.open != EVERYTHING:
            yield Line("text", _without_proof(audit, letter))
        return
    yield Line("proposition", _claim(audit, letter))
    yield Line(
        "proof",
        "The model's own code was run on sizes that are terms. Each decision on a size was "
        f"followed on both sides; that makes {len(audit.paths)} paths, which cover all "
        f"${letter} \\ge 1$:",
    )
    for path in audit.paths:
        yield Line("step", f"{in_words(path.sizes, letter)}: {_came(path)}")
        for place, statement in _telling(audit, path):
            yield Line("need", f"{place}${formula(statement, letter)}$")
    yield Line(
        "text",
        "The lines below a path are the decisions that cut it out, each with the line of the model "
        "that asked for it first; those that all sizes of a path decide alike are in the "
        "certificate, too. A checker of plain integers followed each path "
        "in residue classes, in which every size above is a polynomial, and accepts it.",
    )
    yield Line("end", "")
    if audit.second is not None:
        yield Line("text", f"Z3, as a second opinion: {audit.second}.")
    yield from closing(audit.verified)
    yield Line("text", f"The laws are those of {audit.rules}.")
    yield from closing(None, [f"assuming {each}" for each in audit.assumes])


def _without_proof(audit: ModelAudit, letter: str) -> str:
    """Say what is known where not all is."""
    taken = in_words(audit.valid, letter) if audit.valid else "none of the sizes that were followed"
    refused = (
        f"It refuses {in_words(sizes, letter)}: `{reason}`." for sizes, reason in audit.refused
    )
    left = [f"Nothing is known of {in_words(audit.open, letter)}."] if audit.open else []
    found = f"As far as was found, and without a proof, the model takes {taken}."
    return " ".join([found, *_outputs(audit, letter), *refused, *left])


def _claim(audit: ModelAudit, letter: str) -> str:
    """Say what is proved."""
    if not audit.valid:
        return f"The model takes no ${letter} \\ge 1$."
    taken = f"The model takes just {in_words(audit.valid, letter)}."
    return " ".join([taken, *_outputs(audit, letter)])


def _outputs(audit: ModelAudit, letter: str) -> Iterator[str]:
    """Say what comes out."""
    for entries in audit.outputs:
        for output in entries:
            shape = r" \times ".join(
                formula(size, letter) if isinstance(size, Term) else str(size)
                for size in output.shape
            )
            where = "" if len(entries) == 1 else f", for {in_words(output.sizes, letter)}"
            yield f"Out comes ${shape}${where}."


def _came(path: ModelPath) -> str:
    """Say how a path ends."""
    if path.outcome.error is None:
        return "taken"
    line = path.outcome.line
    return f"refused{f' at `{line}`' if line else ''}, `{path.reason}`"


def _telling(audit: ModelAudit, path: ModelPath) -> Iterator[tuple[str, Term]]:
    """Yield the decisions of a path that cut it out of all sizes, each as it went, and where."""
    left = EVERYTHING
    for statement, value in path.path.decisions:
        try:
            holding = audit.values.of(statement)
        except UndecidedError:
            continue
        kept = left & holding if value else left - holding
        if kept != left:
            left = kept
            shown = statement if value else Recorder(lambda _: False).no(statement)
            if isinstance(shown, Term):
                place = audit.places.get(statement, "")
                yield f"`{place}`: " if place else "", shown
