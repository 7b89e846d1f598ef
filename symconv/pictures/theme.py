"""Colours and fonts: one colour a role in every picture, in light and in dark.

The style sheet is the same in every picture and its names all begin with `sc-`, so that many
pictures can stand on one page. A picture follows the reader's system, unless it stands inline in
a page with a theme of its own: `<body data-theme="dark">`, as the documentation's theme has it.
"""

from __future__ import annotations

from collections.abc import Mapping

LIGHT = {
    "paper": "#ffffff", "ink": "#1f2630", "muted": "#5d6775",
    "in": "#d3e5f8", "in-line": "#4581bd", "in-ink": "#1f5789",
    "pad": "#fafbfd", "pad-line": "#8ea6c0",
    "zero": "#f1f2f4", "zero-line": "#c8cdd4",
    "added-line": "#c58a3c",
    "beyond-line": "#c4625a",
    "kernel": "#2f8a69", "kernel-ink": "#ffffff", "kernel-text": "#1c6b4f",
    "out": "#fce3bf", "out-line": "#c58a3c", "out-ink": "#85530f",
    "hatch": "#98a1ad",
}  # fmt: skip
DARK = {
    "paper": "#131416", "ink": "#e4e7eb", "muted": "#9da7b3",
    "in": "#1d3d5f", "in-line": "#6ba3d8", "in-ink": "#93c2ee",
    "pad": "#191e24", "pad-line": "#59748f",
    "zero": "#22262c", "zero-line": "#454c56",
    "added-line": "#d29c50",
    "beyond-line": "#d9786f",
    "kernel": "#2c8163", "kernel-ink": "#ffffff", "kernel-text": "#6fcaa6",
    "out": "#523a17", "out-line": "#d29c50", "out-ink": "#f0c27d",
    "hatch": "#78828e",
}  # fmt: skip

SANS = 'system-ui,-apple-system,"Segoe UI",Roboto,"Helvetica Neue",Arial,sans-serif'
MONO = 'ui-monospace,SFMono-Regular,Menlo,Consolas,"DejaVu Sans Mono",monospace'

RULES: Mapping[str, Mapping[str, str]] = {
    "text": {"fill": "ink", "font-family": SANS},
    ".sc-muted": {"fill": "muted"},
    ".sc-code": {"font-family": MONO, "font-weight": "600"},
    ".sc-head": {"font-weight": "600"},
    ".sc-paper": {"fill": "paper"},
    ".sc-in": {"fill": "in", "stroke": "in-line"},
    ".sc-pad": {"fill": "pad", "stroke": "pad-line", "stroke-dasharray": "4 3"},
    ".sc-zero": {"fill": "zero", "stroke": "zero-line"},
    ".sc-added": {"fill": "pad", "stroke": "added-line", "stroke-dasharray": "4 3"},
    ".sc-beyond": {"fill": "none", "stroke": "beyond-line", "stroke-dasharray": "1.5 3"},
    ".sc-out": {"fill": "out", "stroke": "out-line"},
    ".sc-cropped": {"fill": "none", "stroke": "out-line", "stroke-dasharray": "2 3"},
    ".sc-tap": {"fill": "kernel"},
    ".sc-open": {"fill": "none", "stroke": "kernel", "stroke-width": "1.5"},
    ".sc-hollow": {"fill": "paper", "stroke": "kernel", "stroke-width": "1.5"},
    ".sc-span": {"fill": "kernel", "fill-opacity": ".26"},
    ".sc-window": {"fill": "none", "stroke": "kernel", "stroke-width": "2.5"},
    ".sc-beam": {"fill": "kernel", "fill-opacity": ".09"},
    ".sc-painted": {"fill": "none", "stroke": "kernel", "stroke-width": "2.5"},
    ".sc-counted": {"fill": "paper", "stroke": "out-line"},
    ".sc-tie": {"fill": "none", "stroke": "kernel", "stroke-width": "1.5"},
    ".sc-dotted": {"stroke-dasharray": "2 3"},
    ".sc-count": {"fill": "kernel"},
    ".sc-hatch": {"fill": "none", "stroke": "hatch", "stroke-width": "1.3"},
    ".sc-dot": {"fill": "zero-line"},
    ".sc-faded": {"opacity": ".28"},
    ".sc-in-ink": {"fill": "in-ink", "font-weight": "600"},
    ".sc-out-ink": {"fill": "out-ink", "font-weight": "600"},
    ".sc-kernel-ink": {"fill": "kernel-ink"},
    ".sc-kernel-text": {"fill": "kernel-text"},
    ".sc-halo": {"stroke": "paper", "stroke-width": "3.5", "paint-order": "stroke"},
    ".sc-swatch": {"fill": "none", "stroke": "hatch"},
    ".sc-frame": {"fill": "none", "stroke": "muted", "stroke-width": "1.5"},
    ".sc-shown": {"fill": "kernel", "fill-opacity": ".75", "visibility": "hidden"},
}
"""How each part looks; a colour goes by its name in the tables."""

HOVER = (
    ".sc-picture .sc-one{transition:opacity .12s}"
    ".sc-picture .sc-view:has(.sc-one:hover) .sc-one:not(:hover){opacity:.18}"
    ".sc-picture .sc-shown{pointer-events:none}"
    ".sc-picture .sc-cell:hover .sc-shown{visibility:visible}"
)
"""Under the pointer, an output cell stands out with its window."""


def style_sheet() -> str:
    """Return the style sheet of every picture.

    Where variables are not known, as in converters to PDF, the light colours stand.
    """
    rules = "".join(
        f".sc-picture {name}{{{''.join(_declaration(*one) for one in rule.items())}}}"
        for name, rule in RULES.items()
    )
    light, dark = (_variables(colours) for colours in (LIGHT, DARK))
    return (
        f".sc-picture{{{light}}}"
        f"@media (prefers-color-scheme:dark){{.sc-picture{{{dark}}}}}"
        f'body[data-theme="light"] .sc-picture{{{light}}}'
        f'body[data-theme="dark"] .sc-picture{{{dark}}}'
        f"{rules}{HOVER}"
    )


def _variables(colours: Mapping[str, str]) -> str:
    return "".join(f"--sc-{name}:{colour};" for name, colour in colours.items())


def _declaration(name: str, said: str) -> str:
    if said in LIGHT:
        return f"{name}:{LIGHT[said]};{name}:var(--sc-{said});"
    return f"{name}:{said};"
