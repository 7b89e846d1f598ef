"""The book of theorems: statements with their proofs, from `symconv.book.statements`.

Each theorem has its name as its label. It says who checked it: Z3 now, Coq by the record or not at
all, and torch on samples, counted.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from _generate.markdown import display, items, page, prose, table
from symconv.book import wording
from symconv.book.asking import prove
from symconv.book.coq.record import recorded
from symconv.book.numbers import calls
from symconv.book.proof import Proof
from symconv.book.statements.chapters import CHAPTERS, THEOREMS, Chapter, Entry
from symconv.book.statements.statement import Theorem

PATIENCE = 60.0
"""Seconds for Z3, on a machine that may be busy; all but a few theorems take milliseconds."""
SAMPLES = 5
"""How many samples of a theorem are run on torch when the site is built."""

INTRODUCTION = """\
Every statement here is a value in the code, made of the operators' own laws.
Z3 proves it when this page is built, or refutes it with the smallest counterexample.
Coq's kernel has accepted the same statement, read back from its file and compared, and none rests
on an axiom; `symconv prove --coq FOLDER` writes the files, for you to compile.
Where a statement is about layers, samples of its hypotheses were run on real torch layers.

Letters are integers: input size $W$, kernel size $F$, stride $S$, padding $P$, dilation $D$,
output padding $A$, extent $E = D(F - 1) + 1$.
$\\operatorname{conv}(W)$ is the size law of a convolution, $\\operatorname{conv}^{\\mathsf{T}}(W)$
that of a transposed one; a letter below them has another value there.
The laws are total functions on the integers: a hypothesis of validity stands where it is needed.

What people believe and what is false stands among the theorems, as refuted.
"""


def pages() -> dict[str, str]:
    """Return the pages of the book, by their paths."""
    found = {f"book/{path(one)}.md": chapter_page(one) for one in CHAPTERS}
    return {"book/index.md": index()} | found


def path(chapter: Chapter) -> str:
    """Return the file name of a chapter's page."""
    return f"{chapter.number:02}-{chapter.name}"


@cache
def proof(entry: Entry) -> Proof:
    """Prove a theorem, with samples on torch.

    Whether Coq has accepted it is said on the page; a test of the record sees to it.

    Raises:
        ValueError: the verdict is not what the book declares, or a sample contradicts it.
    """
    found = prove(entry, seconds=PATIENCE).verify(samples=SAMPLES)
    if not found.as_stated or (found.samples and found.samples.failed):
        raise ValueError(f"{entry.name} is not as the book has it: {found.told}")
    return found


def index() -> str:
    """Write the page that lists the chapters."""
    counts = [len(one.theorems) for one in CHAPTERS]
    rows = [
        [f"[{one.number} {one.title}]({path(one)}.md)", prose(one.says), str(count)]
        for one, count in zip(CHAPTERS, counts, strict=True)
    ]
    rows.append(["", "all", str(sum(counts))])
    listed = "\n".join(map(path, CHAPTERS))
    tree = f"```{{toctree}}\n:hidden:\n\n{listed}\n```\n"
    heads = ("chapter", "what it is about", "statements")
    coq = f"Coq {recorded()['coq']} accepted what is on record.\n"
    return page("The book", "book", INTRODUCTION, table(heads, rows), coq, tree)


def chapter_page(chapter: Chapter) -> str:
    """Write the page of a chapter."""
    title = f"{chapter.number} {chapter.title}"
    written = [theorem(one) for one in chapter.theorems]
    return page(title, f"book-{chapter.name}", prose(chapter.says), "", *written)


def theorem(entry: Entry) -> str:
    """Write one theorem: statement, proof, checkers, and what it goes with."""
    found = proof(entry)
    kind = "theorem" if entry.expected == "proved" else "conjecture"
    title = "" if kind == "theorem" else " refuted"
    stated = "\n".join([prose(entry.says), "", *_hypotheses(entry), _claim(entry)])
    proved = "\n".join([*_steps(found), items(checked(found))])
    head = f"## {entry.name}\n"
    return (
        f"{head}\n::::{{prf:{kind}}}{title}\n:label: {entry.name}\n\n{stated}\n::::\n\n"
        f"::::{{prf:proof}}\n{proved}\n::::\n\n{_links(entry)}"
    )


def _hypotheses(entry: Entry) -> Iterator[str]:
    if not isinstance(entry, Theorem):
        yield f"Given: {prose(entry.given)}.\n" if entry.given else ""
    elif entry.given:
        given = [f"{prose(one)}: ${wording.latex(term)}$" for one, term in entry.given.items()]
        yield "Given\n\n" + items(given)


def _claim(entry: Entry) -> str:
    latex = wording.claim_latex(entry.claim) if isinstance(entry, Theorem) else entry.statement
    return display(latex)


def _steps(found: Proof) -> Iterator[str]:
    """Write the steps, unless the only one is the claim itself."""
    how = "Step by step." if found.steps else "Directly." if found.z3 else "By hand, in Coq."
    yield f"Refutation: {how[0].lower()}{how[1:]}\n" if _false(found.theorem) else f"{how}\n"
    for count, step in enumerate(found.steps, 1):
        yield f"{count}. {prose(step.reason)} ({step.checked})\n\n   $$\n   {step.latex}\n   $$\n"


def _false(entry: Entry) -> bool:
    """Whether the book declares a statement refuted."""
    return entry.expected == "refuted"


def checked(found: Proof) -> Iterator[str]:
    """Say who checked a theorem, a line each."""
    entry = found.theorem
    if found.z3:
        example = found.counterexample
        values = ", ".join(f"${name} = {value}$" for name, value in (example or {}).items())
        yield f"Z3: {found.z3.verdict.word}" + (
            f", by the smallest counterexample {values}" if example else ""
        )
    else:
        yield "Z3 has no say: the statement is beyond the language of laws"
    if found.coq:
        accepted = found.coq
        says = "accepts that it does not hold," if _false(entry) else "accepted"
        lemma = "" if isinstance(entry, Theorem) else f", `{'`, `'.join(entry.lemmas)}`"
        yield (
            f"Coq {accepted.version}: {says} in `{accepted.file}`{lemma} "
            f"(digest `{accepted.digest[:12]}`)"
        )
    else:
        yield "Coq has not accepted it as it stands"
    if found.samples and found.samples.checked:
        yield f"measured: {found.samples}"
    if entry.cites:
        yield f"source: {prose(entry.cites)}"


def _links(entry: Entry) -> str:
    uses = [f"{{thm}}`{name}`" for name in entry.uses]
    used = [f"{{thm}}`{one.name}`" for one in THEOREMS.values() if entry.name in one.uses]
    laws = sorted({f"[{name}](#operator-{name})" for name in _laws(entry)})
    lines = [("goes with", uses), ("used by", used), ("laws", laws)]
    return "".join(f"{what}: {', '.join(names)}\n\n" for what, names in lines if names)


def _laws(entry: Entry) -> Iterator[str]:
    """Return the operators whose laws a theorem speaks of."""
    if isinstance(entry, Theorem):
        for call in calls(entry):
            if call.law.operator is not None:
                yield call.law.operator.name
