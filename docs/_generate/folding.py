"""Two words that pages can use beside Sphinx's own: a part that folds, and a file to download.

`:::{folded} What is inside` holds anything. `` {coq}`Counting.v` `` is one of the Coq files that
the site comes with; a name that it has no file of is a warning, which stops `-W`.
"""

from __future__ import annotations

from html import escape
from typing import Any

from docutils import nodes
from docutils.parsers.rst import Directive
from sphinx.addnodes import download_reference, pending_xref
from sphinx.util.docutils import SphinxRole
from sphinx.util.osutil import relative_uri

from _generate.coq_texts import FOLDER, offered


class FoldedPart(nodes.General, nodes.Element):
    """A part of a page that opens when the reader asks for it."""


class Folded(Directive):
    """Makes a part that folds; its argument says what is inside."""

    has_content = True
    required_arguments = 1
    final_argument_whitespace = True

    def run(self) -> list[nodes.Node]:
        """Return the part with what it holds."""
        part = FoldedPart("", summary=self.arguments[0])
        self.state.nested_parse(self.content, self.content_offset, part)
        return [part]


def visit_html(writer: Any, node: FoldedPart) -> None:
    """Begin a part that folds."""
    summary = escape(node["summary"], quote=False)
    classes = " ".join(["folded", *node["classes"]])
    writer.body.append(f'<details class="{classes}">\n<summary>{summary}</summary>\n')


def depart_html(writer: Any, _node: FoldedPart) -> None:
    """End it."""
    writer.body.append("</details>\n")


def visit_other(_writer: Any, _node: FoldedPart) -> None:
    """Write what is inside, and nothing else, where nothing folds."""


class CoqFile(SphinxRole):
    """Writes the name of a Coq file, to be downloaded."""

    def run(self) -> tuple[list[nodes.Node], list[nodes.system_message]]:
        """Return the name, as a reference that is resolved when the page is written."""
        shown = nodes.literal(self.text, self.text, classes=["download"])
        reference = pending_xref("", shown, reftype="coq", refdomain="", reftarget=self.text)
        reference["refdoc"], reference["refwarn"] = self.env.docname, True
        self.set_source_info(reference)
        return [reference], []


def resolve(app: Any, _env: Any, node: Any, shown: Any) -> nodes.Node | None:
    """Link a Coq file's name to the file."""
    if node.get("reftype") != "coq" or node["reftarget"] not in offered():
        return None
    page = app.builder.get_target_uri(node["refdoc"])
    address = relative_uri(page, f"{FOLDER}/{node['reftarget']}")
    return download_reference("", "", shown, refuri=address, reftarget=address)


def setup(app: Any) -> None:
    """Tell Sphinx of both."""
    app.add_node(FoldedPart, html=(visit_html, depart_html), text=(visit_other, visit_other))
    app.add_directive("folded", Folded)
    app.add_role("coq", CoqFile())
    app.connect("missing-reference", resolve)
