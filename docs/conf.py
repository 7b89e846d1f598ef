"""How the site is built: `python -m sphinx -W -b html docs build/site`."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path
from typing import Any

DOCS = Path(__file__).resolve().parent
sys.path.insert(0, str(DOCS))

import symconv  # noqa: E402
from _generate import (  # noqa: E402
    breaking,
    cards,
    chinese,
    coq_texts,
    folding,
    generate,
    katex,
    links,
    offline,
    pictures,
    roles,
    searching,
)
from _generate.signatures import plain_signature  # noqa: E402

project = "symconv"
author = "The symconv maintainers"
project_copyright = "2026, The symconv maintainers"
version = release = symconv.__version__

extensions = [
    "myst_parser",
    "sphinx.ext.autodoc",
    "sphinx.ext.napoleon",
    "sphinx_copybutton",
    "sphinx_design",
    "sphinx_proof",
    "sphinxcontrib.katex",
]
exclude_patterns = ["_generate", "decisions/README.md"]

myst_enable_extensions = ["dollarmath", "amsmath", "deflist", "colon_fence", "attrs_block"]
myst_heading_anchors = 4
myst_dmath_double_inline = True

smartquotes_action = "D"  # dashes, but no quotes: "same" is a word of torch
default_role = "code"  # one backtick in a docstring is code
autodoc_member_order = "bysource"
autodoc_typehints = "none"  # the docstrings say what an argument is
napoleon_use_rtype = False
napoleon_use_ivar = True
add_module_names = False
python_maximum_signature_line_length = 88

proof_minimal_theme = True

copybutton_prompt_text = r">>> |\.\.\. |\$ "
copybutton_prompt_is_regexp = True
copybutton_exclude = ".linenos, .go"  # what a command prints, which may begin with `... ` as well
copybutton_copy_empty_lines = False
copybutton_line_continuation_character = "\\"

html_search_scorer = str(DOCS / "_generate" / "scorer.js")

html_theme = "furo"
html_title = f"symconv {release}"
html_static_path = ["_static"]
html_css_files = ["custom.css"]
html_show_sphinx = False
html_copy_source = False
html_domain_indices = False
pygments_style = "default"
pygments_dark_style = "github-dark"

KATEX = katex.static_path(DOCS.parent / "build")
katex_css_path = "katex/katex.min.css" if KATEX else "custom.css"
katex_prerender = shutil.which("node") is not None
katex_options = "throwOnError: false" + ("" if KATEX else ", output: 'mathml'")
if KATEX:
    html_static_path.append(str(KATEX))


def write_generated_pages(_app: Any) -> None:
    """Write them before Sphinx looks which pages there are."""
    generate(DOCS / "_generated")


def put_in_what_pages_ask_for(_app: Any, document: str, source: list[str]) -> None:
    """Draw what a page asks for, put in its cards, and enter what it is found by into the index."""
    with_pictures = pictures.placed(source[0])
    source[0] = searching.entered(cards.placed(with_pictures, document))


def put_coq_files_in(app: Any, failure: Exception | None) -> None:
    """Put the files that Coq was given beside the pages."""
    if failure is None and app.builder.format == "html":
        coq_texts.put_files(Path(app.outdir))


def put_explorer_in(app: Any, failure: Exception | None) -> None:
    """Put the page to play with beside the others; it is a file of its own."""
    if failure is None and app.builder.format == "html":
        folder = Path(app.outdir) / "explore"
        folder.mkdir(exist_ok=True)
        symconv.explore().save(folder / "index.html")


def look_at_the_site(app: Any, failure: Exception | None) -> None:
    """Refuse a site that loads from outside, has broken links or formulas that KaTeX refuses."""
    if failure is None and app.builder.format == "html":
        site = Path(app.outdir)
        faults = [*offline.faults(site), *links.broken(site)]
        if faults:
            raise ValueError("\n".join(["the site is not right:", *faults]))
        if said := offline.unseen(site):
            print(said, file=sys.stderr)


def setup(app: Any) -> None:
    """Connect what this site does by itself."""
    katex.wait_until_it_listens()
    if not KATEX:
        from sphinxcontrib import katex as renderer

        renderer.KATEX_DEFAULT_OPTIONS["output"] = "mathml"
    app.add_role("thm", roles.Theorem())
    app.connect("missing-reference", roles.resolve)
    folding.setup(app)
    searching.setup(app)
    chinese.setup(app)
    app.add_post_transform(breaking.LongNames)
    app.connect("builder-inited", write_generated_pages)
    app.connect("source-read", put_in_what_pages_ask_for)
    app.connect("autodoc-process-signature", plain_signature)
    app.connect("build-finished", put_coq_files_in)
    app.connect("build-finished", put_explorer_in)
    app.connect("build-finished", look_at_the_site)
