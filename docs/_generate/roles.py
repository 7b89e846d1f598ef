"""The role `thm`: a theorem by its name, as in `` {thm}`upsampling` ``, with a link to the book.

The book gives each theorem its name as its label: `:label: upsampling` in a directive of
sphinx-proof, or `(upsampling)=` before a paragraph. While the book has no page, a name is only
written; from then on a name that the book does not have is a warning, which stops `-W`.
"""

from __future__ import annotations

from typing import Any

from docutils import nodes
from sphinx.addnodes import pending_xref
from sphinx.util.docutils import SphinxRole
from sphinx.util.nodes import make_refnode

BOOK = "_generated/book/"


class Theorem(SphinxRole):
    """Writes a theorem's name, to be linked when all pages are read."""

    def run(self) -> tuple[list[nodes.Node], list[nodes.system_message]]:
        """Return the name, as a reference."""
        shown = nodes.literal(self.text, self.text, classes=["theorem"])
        found = pending_xref(
            "", shown, reftype="thm", refdomain="", reftarget=self.text, refwarn=True
        )
        found["refdoc"] = self.env.docname
        self.set_source_info(found)
        return [found], []


def resolve(app: Any, env: Any, node: Any, shown: Any) -> nodes.Node | None:
    """Link a theorem's name to where the book states it; without a book, leave the name alone."""
    if node.get("reftype") != "thm":
        return None
    name = node["reftarget"]
    here, there = node["refdoc"], getattr(env, "proof_list", {}).get(name)
    labels = env.get_domain("std").anonlabels
    found: nodes.Node | None = None
    if there:
        found = make_refnode(app.builder, here, there["docname"], there["ids"][0], shown)
    elif name in labels:
        document, place = labels[name]
        found = make_refnode(app.builder, here, document, place, shown)
    elif not any(document.startswith(BOOK) for document in env.found_docs):
        found = shown
    return found
